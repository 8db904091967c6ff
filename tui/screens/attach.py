"""Choosing files of this machine to go with an answer."""

from pathlib import Path

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from clients.freshdesk_files import LIMIT
from clients.models.text import safe_text
from tui.commands.dialogs import ATTACH
from tui.flows.attaching import NotAttached, attach
from widgets.bound import bound
from widgets.inputs import TextInput
from widgets.key_line import KeyLine

from .path_screen import PathScreen


class AttachScreen(PathScreen[tuple[Path, ...]]):
    """A path to type, the files chosen so far below it; gives them all when it closes."""

    TITLE = "Anexos da resposta"
    ABOUT = (
        "Digite ou cole o caminho de um arquivo desta máquina (~ vale) e Enter; ele é lido e conferido na "
        "hora. Tab completa o caminho, e mostra o que há onde pode ser mais de um; os ocultos, depois de um "
        "ponto. Links simbólicos, arquivos vazios e os do próprio Plantão não são aceitos; o ticket leva até "
        f"{LIMIT} ao todo. "
        "O rascunho guarda quais são, e cada um é lido de novo ao enviar."
    )
    CSS = """
    AttachScreen { align: center middle; }
    AttachScreen > Vertical {
        width: 76; max-width: 100%; height: auto; max-height: 100%; padding: 1 2; border: round $primary;
        background: $surface;
    }
    AttachScreen Static { height: auto; }
    AttachScreen .names { color: $text-muted; }
    AttachScreen .files { margin: 1 0; }
    """
    BINDINGS = bound(ATTACH)

    def __init__(self, files: tuple[Path, ...], keep_out: tuple[Path, ...]) -> None:
        """``keep_out`` are folders and files that may not be sent."""
        super().__init__()
        self._files = files
        self._keep_out = keep_out

    def compose(self) -> ComposeResult:
        """The field, what is chosen, what was refused, the keys."""
        with Vertical() as card:
            card.border_title = Content(" Anexar arquivos ")
            yield TextInput(placeholder="caminho do arquivo, como ~/print.png; Tab completa, Enter junta")
            yield Static(classes="names")
            yield Static(classes="files")
            yield Static(classes="refused")
            yield KeyLine(self)

    def on_mount(self) -> None:
        """Ready to type."""
        self._show()

    @on(Input.Submitted)
    @work(exclusive=True, group="attach", exit_on_error=False)
    async def _add(self, event: Input.Submitted) -> None:
        if not event.value.strip():
            self.action_close()
            return
        try:
            self._files = await attach(event.value, self._files, self._keep_out)
        except NotAttached as error:
            self._show(error.message)
            return
        event.input.clear()
        self._show()

    def action_drop(self) -> None:
        """Take the last file back."""
        self._files = self._files[:-1]
        self._show()

    def action_close(self) -> None:
        """Back to the text, with the files."""
        self.dismiss(self._files)

    def _show(self, refused: str = "") -> None:
        chosen = [safe_text(f"{path.name}  (de {path.parent})", multiline=False) for path in self._files]
        self.query_one(".files", Static).update(Content("\n".join(chosen or ["Nenhum anexo ainda."])))
        shown = Content.styled(f"✖ {safe_text(refused)}", "$text-error") if refused else Content("")
        self.query_one(".refused", Static).update(shown)
