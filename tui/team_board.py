"""The board in the team's Redmine, as the settings name it. Importing this imports redminelib's client."""

from collections.abc import Callable
from datetime import datetime

from clients.boards.kept_files import COPIES
from clients.boards.redmine import RedmineBoard
from clients.boards.redmine_place import BoardPlace
from clients.errors import SettingsError
from clients.redmine import Redmine
from clients.store import Store

from .settings import Settings


def team_board(
    settings: Settings, redmine: Redmine | None, clock: Callable[[], datetime], store: Store | None = None
) -> RedmineBoard:
    """Return the board; SettingsError where the settings do not name one. Nothing is asked yet.

    ``store`` keeps what was read of it for the next start.
    """
    place = place_of(settings)
    if redmine is None:
        raise SettingsError("o quadro no Redmine precisa de [redmine], com endereço e chave.")
    return RedmineBoard(
        redmine,
        place,
        clock,
        labels=settings.chamados.labels,
        keep_out=settings.private_paths,
        copies=(settings.chamados.folder or settings.state_folder) / COPIES,
        store=store,
    )


def place_of(settings: Settings) -> BoardPlace:
    """Where it is to be; SettingsError where the settings do not say."""
    section = settings.chamados.redmine
    if section is None:
        raise SettingsError("não há [chamados.redmine], com o projeto e o tipo dos chamados.")
    return BoardPlace(
        project=section.project,
        tracker=section.tracker,
        approved_project=section.approved_project,
        approved_tracker=section.approved_tracker,
        fields=section.fields,
    )
