"""[licencas] and [chamados]: the technical tickets to the ERP's maker, and whom they may be about."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, model_validator

from clients.boards.columns import Column
from clients.models.licence import TrialPolicy
from clients.models.lifecycle import LABELS, ChamadoStatus, Labels

from .settings_fields import Argv, Key, Seconds, Section, Url, one_secret
from .settings_lexicon import LexiconSettings


class LicenceSettings(Section):
    """[licencas]: the list of licences that a chamado's e-mail is checked against."""

    file: Path | None = Field(None, alias="arquivo")
    """A CSV or JSON list on this machine."""
    url: Url | None = None
    """A service that is asked for one e-mail at a time, instead of a file."""
    key: Key | None = Field(None, alias="chave")
    """Key of that service, if it wants one."""
    key_command: Argv | None = Field(None, alias="chave_cmd")
    """Program that prints the key, instead of writing it down."""
    trials: TrialPolicy = Field(TrialPolicy.WARN, alias="experiencia")
    """What a licence of experiência that has not expired is worth."""

    @model_validator(mode="after")
    def _has_source(self) -> "LicenceSettings":
        if (self.url is None) == (self.file is None):
            raise ValueError("precisa de “url” ou de “arquivo”, um dos dois")
        one_secret("chave", self.key, self.key_command, needed=False)
        return self


Name = Annotated[str, Field(min_length=1)]


class RedmineBoardSettings(Section):
    """[chamados.redmine]: the project of the team's Redmine that is the board."""

    project: Name = Field(alias="projeto")
    """Where chamados are sent to, by identifier or name."""
    tracker: Name = "Chamado"
    """Tracker of its tasks."""
    approved_project: str = Field("", alias="projeto_aprovado")
    """Where an approved chamado goes on; empty where it stays."""
    approved_tracker: str = Field("", alias="tracker_aprovado")
    """Tracker of an approved chamado; empty where it keeps its own."""
    fields: dict[Column, int | Name] = Field({}, alias="campos")
    """[chamados.redmine.campos]: custom fields that are called otherwise, by name or number."""


class ChamadoSettings(Section):
    """[chamados]: the technical tickets to the ERP's maker."""

    notice: str | None = Field(None, alias="aviso")
    """Text of the notice before the form, in the place of the built-in one."""
    folder: Path | None = Field(None, alias="pasta")
    """Folder of a board that the analysts of this machine share; without it the board is one's own."""
    board: Literal["local", "redmine"] = Field("local", alias="quadro")
    """Where chamados live: on this machine, or in the team's Redmine."""
    redmine: RedmineBoardSettings | None = None
    """The board in Redmine."""
    stuck_days: int = Field(3, alias="dias_parado", ge=1, le=365)
    """Days in one status after which the kanban marks a chamado as stuck."""
    interval: Seconds = Field(60, alias="intervalo")
    """Seconds between two reads of the board."""
    words: LexiconSettings = Field(LexiconSettings(), alias="lexico")
    """Words added to those that the rules look for."""
    own_labels: dict[ChamadoStatus, str] = Field({}, alias="rotulos")
    """[chamados.rotulos]: id of a status to what it is called."""

    @model_validator(mode="after")
    def _has_its_board(self) -> "ChamadoSettings":
        if self.board == "redmine" and self.redmine is None:
            raise ValueError("com quadro “redmine” precisa de [chamados.redmine]")
        return self

    @property
    def labels(self) -> Labels:
        """What every status is called."""
        return {**LABELS, **self.own_labels}

    @model_validator(mode="after")
    def _has_distinct_labels(self) -> "ChamadoSettings":
        names = [name.strip().casefold() for name in self.labels.values()]
        if "" in names:
            raise ValueError("tem um rótulo vazio em “rotulos”")
        if len(set(names)) < len(names):
            raise ValueError("tem o mesmo rótulo para duas situações em “rotulos”")
        return self
