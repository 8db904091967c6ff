"""What was seen of a service: in one's own words and from a log, masked in view, kept in its history."""

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static, TextArea

from clients.errors import PlantaoError
from clients.models.excerpt import MOST_LINES, log_end, masked
from clients.models.service import Service
from clients.models.service_note import ServiceNote
from clients.models.text import safe_text
from tui.commands.dialogs import SEEN
from widgets.bound import bound
from widgets.inputs import TextBox
from widgets.key_line import KeyLine, key_of

from .dialog import Dialog
from .log_file import LogFileScreen

if TYPE_CHECKING:
    from tui.app import PlantaoApp

Texts = tuple[str, str]
"""One's own words, and of the log."""


class FindingScreen(Dialog[Texts | None]):
    """Gives both texts as they may be kept; None where one goes back."""

    TITLE = "O que foi visto"
    ABOUT = f"""\
Fica no histórico do serviço, e de lá segue para o Slack, um ticket,
uma tarefa ou um chamado. Do log ficam as últimas {MOST_LINES} linhas.
CPF, CNPJ, e-mails, telefones, chaves e senhas são mascarados antes
de guardar: o texto é mostrado como fica, e só então é guardado."""
    CSS = """
    FindingScreen { align: center middle; }
    FindingScreen > Vertical {
        width: 78; max-width: 100%; height: auto; padding: 0 2; border: round $primary; background: $surface;
    }
    FindingScreen Static { height: auto; }
    FindingScreen #words { height: 4; }
    FindingScreen #log { height: 9; }
    FindingScreen .told { min-height: 1; margin-bottom: 1; }
    """
    BINDINGS = bound(SEEN, priority=("visto.guardar", "visto.arquivo"))

    def __init__(
        self, service: Service, begun: Texts, *, keep: Callable[[Texts], None], keep_out: Sequence[Path]
    ) -> None:
        """``begun`` is how the texts begin; ``keep`` is told of each change; ``keep_out`` is never read."""
        super().__init__()
        self._heading = safe_text(f" Anotar · {service.client} · {service.service} ", multiline=False)
        self._texts = begun
        self._keep = keep
        self._keep_out = keep_out

    def compose(self) -> ComposeResult:
        """The two texts, what was done to them, the keys."""
        words, log = self._texts
        with Vertical() as card:
            card.border_title = Content(self._heading)
            yield Static(Content("O que você viu"))
            yield TextBox(words, id="words")
            yield Static(Content("Trecho do log (cole, ou leia de um arquivo)"))
            yield TextBox(log, id="log")
            yield Static(classes="told")
            yield KeyLine(self)

    def on_mount(self) -> None:
        """Go on writing at the end."""
        box = self._box("words")
        box.move_cursor(box.document.end)
        box.focus()

    @on(TextArea.Changed)
    def _typed(self) -> None:
        if self._now != self._texts:
            self._texts = self._now
            self._keep(self._texts)
            self._tell("")

    def action_give_up(self) -> None:
        """Go back; what was typed stays kept."""
        self.dismiss(None)

    def action_take(self) -> None:
        """Keep the texts, once they are in view as they may be kept."""
        if any(text.strip() for text in self._now):
            self.plantao.keys_wait_for(self._take())
        else:
            self._tell("✖ Escreva o que foi visto, ou cole um trecho do log.", "$text-error")

    @work(exclusive=True, group="finding", exit_on_error=False)
    async def _take(self) -> None:
        words, log = self._now
        bounded = log_end(log) if log.strip() else ""
        made = await asyncio.to_thread(masked, (words.strip(), bounded))
        if self._now != (words, log):  # one has typed on: what was looked at is not what would be kept
            return
        cut = len(bounded.splitlines()) < len(log.strip().splitlines())
        told = " · ".join(
            filter(None, (made.told, f"só as últimas {MOST_LINES} linhas ficam" if cut else ""))
        )
        if not told:
            self.dismiss((words.strip(), bounded))
            return
        self._show("words", made.texts[0])
        self._show("log", made.texts[1])
        self._say_once_shown(f"▲ {told}. É assim que fica: {key_of(self, 'take')} de novo guarda.")

    def action_read_file(self) -> None:
        """Ask for a file, and put its end below what is there of the log."""
        self.plantao.keys_wait_for(self._read_file())

    @work(exclusive=True, group="finding", exit_on_error=False)
    async def _read_file(self) -> None:
        text = await self.plantao.ask(LogFileScreen(self._keep_out))
        if text is None:
            return
        before = self._box("log").text.strip()
        made = await asyncio.to_thread(masked, (before, text))
        self._show("log", "\n\n".join(filter(None, (before, made.texts[1]))))
        self._box("log").focus()
        told = made.told or "nada a mascarar"
        self._say_once_shown(
            f"{'▲' if made.told else '✓'} {text.splitlines()[0].removeprefix('De ')} {told}."
        )

    @property
    def _now(self) -> Texts:
        return self._box("words").text, self._box("log").text

    def _box(self, name: str) -> TextBox:
        return self.query_one(f"#{name}", TextBox)

    def _show(self, name: str, text: str) -> None:
        box = self._box(name)
        if box.text != text:
            box.replace(text, box.document.start, box.document.end)

    def _say_once_shown(self, told: str) -> None:
        # the change itself, which arrives later, says nothing of this
        self._texts = self._now
        self._keep(self._texts)
        self._tell(told, "$text-warning" if told.startswith("▲") else "$text-success")

    def _tell(self, told: str, style: str = "") -> None:
        self.query_one(".told", Static).update(Content.styled(safe_text(told), style))


async def write_finding(
    app: "PlantaoApp", service: Service, text: str = "", *, note_id: str = ""
) -> ServiceNote | None:
    """Have what was seen of ``service`` written down, and return it as it is kept: for a worker.

    ``text`` is what is known already, such as what a runbook recorded. The note of ``note_id`` is gone on
    with. None where nothing was kept.
    """
    desk = app.desk
    keys = f"seen:{service.key}:words", f"seen:{service.key}:log"
    try:
        await desk.ready()
        await desk.saver.flush()
        before = await desk.disk(desk.local.service_log.note, note_id) if note_id else None
        drafts = [await desk.disk(desk.local.drafts.load, key) for key in keys]
    except PlantaoError as error:
        app.report(error.trouble)
        return None
    kept = (before.text, before.excerpt) if before else ("", "")
    words, log = (draft.text if draft else said for draft, said in zip(drafts, kept, strict=True))
    missing = [part for part in text.strip().split("\n\n") if part not in words]
    words = "\n\n".join(filter(None, (words.strip(), *missing)))

    def keep(texts: Texts) -> None:
        for key, said in zip(keys, texts, strict=True):
            desk.saver.save(key, partial(desk.local.drafts.save, key, said))

    page = FindingScreen(service, (words, log), keep=keep, keep_out=desk.settings.private_paths)
    seen = await app.ask(page)
    if seen is None:
        return None
    note = ServiceNote(
        id=note_id or str(uuid4()),
        key=service.key,
        at=desk.clock(),
        who=desk.author,
        text=seen[0],
        excerpt=seen[1],
    )
    await desk.saver.flush()
    try:
        note = await desk.disk(desk.local.service_log.write_anew, note)
        for key in keys:
            await desk.disk(desk.local.drafts.discard, key)
    except PlantaoError as error:
        app.report(error.trouble)
        return None
    app.say(f"Anotado em {service.client} · {service.service}.")
    return note
