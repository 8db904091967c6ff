"""What lies over the composer: the picker of templates, and the last look before an answer leaves."""

from textual import on
from textual.app import ComposeResult

from clients.models.template import Template
from widgets.answer_preview import AnswerPreview
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


class SendScreen(Dialog[bool]):
    """The last look; gives True once the countdown ran out or Enter was pressed."""

    TITLE = "Antes de enviar"
    CSS = """
    SendScreen { align: center middle; }
    SendScreen AnswerPreview { max-width: 110; background: $background; }
    """

    def __init__(self, preview: AnswerPreview) -> None:
        super().__init__()
        self._preview = preview

    def compose(self) -> ComposeResult:
        """The sheet and the countdown."""
        yield self._preview

    def on_screen_suspend(self) -> None:
        """Nothing leaves while help or the palette hides it."""
        self._preview.pause()

    @on(AnswerPreview.Confirmed)
    def _go(self) -> None:
        self.dismiss(True)

    @on(AnswerPreview.TakenBack)
    def _back(self) -> None:
        self.dismiss(False)
