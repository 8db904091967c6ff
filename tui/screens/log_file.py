"""Which log file of this machine is read into what was seen of a service."""

from collections.abc import Sequence
from pathlib import Path

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from clients.models.excerpt import MOST_LINES
from clients.models.text import safe_text
from tui.commands.dialogs import LOG_FILE
from tui.flows.log_reading import NotRead, read_log
from widgets.bound import bound
from widgets.inputs import TextInput
from widgets.key_line import KeyLine

from .path_screen import PathScreen


class LogFileScreen(PathScreen[str | None]):
    """Gives the end of the file that was named; None where one goes back."""

    TITLE = "Arquivo de log"
    ABOUT = f"""\
Digite ou cole o caminho de um arquivo desta máquina (~ vale) e Enter;
Tab completa o caminho. Vêm as últimas {MOST_LINES} linhas, já mascaradas.
Links simbólicos e os arquivos do próprio Plantão não são lidos."""
    CSS = """
    LogFileScreen { align: center middle; }
    LogFileScreen > Vertical {
        width: 76; max-width: 100%; height: auto; padding: 1 2; border: round $primary; background: $surface;
    }
    LogFileScreen Static { height: auto; }
    LogFileScreen .names { color: $text-muted; }
    LogFileScreen .refused { margin-bottom: 1; color: $text-error; }
    """
    BINDINGS = bound(LOG_FILE, priority=("arquivo-log.ler",))

    def __init__(self, keep_out: Sequence[Path]) -> None:
        """``keep_out`` are folders and files that are not read."""
        super().__init__()
        self._keep_out = keep_out

    def compose(self) -> ComposeResult:
        """The field, how it could go on, what was refused, the keys."""
        with Vertical() as card:
            card.border_title = Content(" Ler um arquivo de log ")
            yield TextInput(placeholder="caminho do arquivo, como ~/cte.log")
            yield Static(classes="names")
            yield Static(classes="refused")
            yield KeyLine(self)

    def action_take(self) -> None:
        """Read it."""
        typed = self.query_one(TextInput).value
        if typed.strip():
            self._read(typed)

    def action_give_up(self) -> None:
        """Nothing."""
        self.dismiss(None)

    @work(exclusive=True, group="read-log", exit_on_error=False)
    async def _read(self, typed: str) -> None:
        try:
            text = await read_log(typed, self._keep_out)
        except NotRead as error:
            self.query_one(".refused", Static).update(Content(f"✖ {safe_text(error.message)}"))
            return
        self.dismiss(text)

    @on(Input.Changed)
    def _forget_refusal(self) -> None:
        self.query_one(".refused", Static).update(Content(""))
