"""A text in the analyst's own editor, which gets the terminal meanwhile."""

import os
from typing import TYPE_CHECKING

from tui.editor import EditorError, edit, editor_command

if TYPE_CHECKING:
    from tui.app import PlantaoApp


def in_the_editor(app: "PlantaoApp", text: str) -> str | EditorError:
    """Return ``text`` as the editor left it, or why it could not be used."""
    # nothing may be raised out of `suspend`: Textual then never takes the terminal back
    with app.suspend():
        try:
            return edit(text, editor_command(os.environ), app.desk.settings.state_folder)
        except EditorError as error:
            return error


async def edited(app: "PlantaoApp", text: str) -> str | None:
    """Return ``text`` as the editor left it, or None where it stays: for a worker.

    What an editor that failed had written is taken only at the analyst's word.
    """
    from .confirm import ConfirmScreen

    left = in_the_editor(app, text)
    if isinstance(left, str):
        return left
    app.report(left.trouble)
    if left.saved is None:
        return None
    question = ConfirmScreen("Usar o que o editor gravou?", left.saved, "Usar")
    return left.saved if await app.ask(question) else None
