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
