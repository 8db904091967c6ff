"""The picker of templates over whatever is being written."""

from textual import on
from textual.app import ComposeResult

from clients.models.template import Template
from widgets.template_picker import TemplatePicker

from .dialog import Dialog


class TemplateScreen(Dialog[Template | None]):
    """The picker over the composer; gives the template to insert."""

    TITLE = "Modelos de resposta"
    CSS = """
    TemplateScreen { align: center middle; }
    TemplateScreen TemplatePicker { max-width: 110; max-height: 32; background: $background; }
    """

    def __init__(self, picker: TemplatePicker) -> None:
        super().__init__()
        self._picker = picker

    def compose(self) -> ComposeResult:
        """The picker."""
        yield self._picker

    @on(TemplatePicker.Chosen)
    def _chosen(self, event: TemplatePicker.Chosen) -> None:
        self.dismiss(event.template)

    @on(TemplatePicker.Dismissed)
    def _none(self) -> None:
        self.dismiss(None)
