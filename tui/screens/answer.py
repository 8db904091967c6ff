"""Answering a ticket: write, pick a template, look again, see it as it will be read, send or take back."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from textual import on, work

from clients.errors import PlantaoError
from clients.models.answer import Answer, Kind, Request
from clients.models.finding import Finding
from clients.models.rules.closed_ticket import check_closed, closed_about
from clients.models.ticket_view import TicketView
from clients.models.timer import ticket_target
from tui.desk import Desk
from tui.drafts import Draft, draft_key
from tui.flows.answer import Looked
from tui.flows.reply_checks import reply_findings
from widgets.answer_frame import recipient
from widgets.answer_preview import AnswerPreview
from widgets.composer import Composer
from widgets.key_line import key_by_id

from .attach import AttachScreen
from .beside_screen import BesideScreen
from .confirm import ConfirmScreen
from .copies import CopyScreen
from .editing import in_the_editor
from .last_look import SendScreen


class AnswerScreen(BesideScreen):
    """One answer to one ticket, beside what was said so far where there is room."""

    TITLE = "Resposta ou nota"
    ABOUT = Composer.HELP
    CSS = """
    AnswerScreen KeyBar { display: none; }
    AnswerScreen.-reading KeyBar { display: block; }
    """

    def __init__(
        self,
        desk: Desk,
        seen: TicketView,
        kind: Kind,
        drafts: Mapping[Kind, Draft],
        *,
        begin_with: str = "",
        request: Request | None = None,
    ) -> None:
        """``drafts`` is what was kept of either kind.

        ``begin_with`` is the title of a template to begin with where there is no draft yet; ``request`` is
        there then. Neither is a draft until it is changed.
        """
        super().__init__(desk, seen)
        self._texts = {each: drafts[each].text if each in drafts else "" for each in Kind}
        self._kind = kind
        self._given = ""
        """The text as it was put here, until somebody writes."""
        self._validates = drafts[Kind.REPLY].validates if Kind.REPLY in drafts else ""
        if request is not None and kind not in drafts:
            self._texts[kind] = self._given = request.text
            self._validates = request.chamado_id
        self._files = {each: drafts[each].files if each in drafts else () for each in Kind}
        self._cc = drafts[Kind.REPLY].cc if Kind.REPLY in drafts else None
        requester = seen.ticket.requester
        self._begin_with = begin_with
        self._recipient = recipient(
            requester.name if requester else "", requester.email if requester else None
        )
        self._about = closed_about(seen.ticket, desk.account.vocabulary.status(seen.ticket.status))

    def writing(self) -> Composer:
        """The composer."""
        text, drafted = self._texts[self._kind], not self._given
        return Composer(self._kind, self._recipient, self._about, text, drafted=drafted)

    def on_mount(self) -> None:
        """Show what goes along; begin with the template that was asked for."""
        self._show_along()
        if self._begin_with and not self._texts[self._kind].strip():
            self.insert_titled(self._begin_with)
        self._read()

    def resume(self) -> None:
        """Back to the text."""
        self.query_one(Composer).resume()

    def write(self, text: str) -> None:
        """At the cursor."""
        composer = self.query_one(Composer)
        is_first = not composer.text.strip()
        composer.insert(text)
        if is_first:
            self._given = composer.text

    @on(Composer.ReadingWanted)
    def _read_on(self) -> None:
        self.read_on()

    # ── the draft ──

    @on(Composer.Changed)
    def _keep(self, event: Composer.Changed) -> None:
        self._texts[event.kind] = event.text
        if not event.text.strip():
            self._begun_from = self._validates = ""
        if not self._given or event.text != self._given:
            self._keep_draft(event.kind)

    def _keep_draft(self, kind: Kind) -> None:
        self._given = ""
        self.plantao.timekeeper.note(ticket_target(self._seen.ticket.id))
        key, text, drafts = draft_key(self._seen.ticket.id, kind), self._texts[kind], self._desk.local.drafts
        cc, files, validates = self._cc, self._files[kind], self._validates
        self.keep(key, lambda: drafts.save(key, text, cc=cc, files=files, validates=validates))

    @on(Composer.Switched)
    def _move(self, event: Composer.Switched) -> None:
        """The text goes along; where the other kind has one of its own both stay, and F6 alternates."""
        before, ticket_id, text = _other(event.kind), self._seen.ticket.id, event.text
        if self._texts[event.kind].strip() not in ("", text.strip()):
            self.query_one(Composer).replace(self._texts[event.kind])
            self._show_along()
            self.plantao.say("Este ticket tem um rascunho de cada tipo; os dois ficam.")
            return
        self._texts, self._given = {event.kind: text, before: ""}, ""
        cc, files, validates = self._cc, self._files[before], self._validates
        self._files = {event.kind: files, before: ()}
        self._show_along()
        drafts, away, to = (
            self._desk.local.drafts,
            draft_key(ticket_id, before),
            draft_key(ticket_id, event.kind),
        )

        def move() -> None:
            # its last letters may have been refused before
            drafts.save(away, text, cc=cc, files=files, validates=validates)
            drafts.move(away, to)

        self.then(move)

    def say_kept(self, kept: str, unkept: str) -> None:
        """Below the text."""
        for composer in self.query(Composer):
            composer.kept, composer.trouble = kept, unkept

    @work(exclusive=True, group="read", exit_on_error=False)
    async def _read(self) -> None:
        """What was never read is read while one writes; what is new since is asked about before sending."""
        seen = self._seen
        known = seen.conversations.as_of is not None
        if self._desk.freshdesk is None or (known and not seen.tasks.loading):
            return
        if not known:
            self.show(replace(seen, conversations=seen.conversations.busy()))
        try:
            async for newer in self._desk.read(seen.ticket.id):
                self.show(replace(seen, tasks=newer.tasks) if known else newer)
        except PlantaoError as error:
            self.show(replace(self._seen, conversations=self._seen.conversations.failed(error.trouble)))

    def show(self, seen: TicketView) -> None:
        """Whom it has in copy may be new."""
        super().show(seen)
        self._show_along()

    @on(Composer.Cancelled)
    def _leave(self, event: Composer.Cancelled) -> None:
        kept = event.text.strip() and event.text != self._given
        self.close_kept(f"Rascunho do #{self._seen.ticket.id} guardado." if kept else "")

    # ── templates and editor ──

    @on(Composer.TemplateWanted)
    def _pick(self) -> None:
        self.pick_template()

    @on(Composer.UnderReviewWanted)
    def _say_under_review(self) -> None:
        self.insert_titled()

    @on(Composer.FilesWanted)
    def _choose_files(self) -> None:
        self.app.push_screen(
            AttachScreen(self._files[self._writing], self._desk.settings.private_paths), self._take_files
        )

    def _take_files(self, files: tuple[Path, ...] | None) -> None:
        if files is not None:
            self._files[self._writing] = files
        self._taken()

    @on(Composer.CopyWanted)
    def _choose_copies(self) -> None:
        self.app.push_screen(CopyScreen(self._copies), self._take_copies)

    def _take_copies(self, copies: tuple[str, ...] | None) -> None:
        self._cc = self._cc if copies is None else copies
        self._taken()

    @property
    def _copies(self) -> tuple[str, ...]:
        """Whom the analyst chose, or else whom the ticket has in copy."""
        ticket = self._seen.ticket
        return self._cc if self._cc is not None else ticket.copied

    def _taken(self) -> None:
        self._show_along()
        self._keep_draft(self._writing)

    @property
    def _writing(self) -> Kind:
        return self.query_one(Composer).kind

    def _show_along(self) -> None:
        composer = self.query_one(Composer)
        composer.attached = tuple(path.name for path in self._files[composer.kind])
        composer.cc = self._copies

    @on(Composer.EditorWanted)
    def _edit(self, event: Composer.EditorWanted) -> None:
        edited = in_the_editor(self.plantao, event.text)
        if isinstance(edited, str):
            self.query_one(Composer).replace(edited)
            return
        self.plantao.report(edited.trouble)
        if edited.saved is not None:
            self._offer(edited.saved)

    @work(exclusive=True, group="editor", exit_on_error=False)
    async def _offer(self, saved: str) -> None:
        """What an editor that failed had written is taken only at the analyst's word."""
        question = ConfirmScreen("Usar o que o editor gravou?", saved, "Usar")
        if await self.app.push_screen_wait(question):
            self.query_one(Composer).replace(saved)

    # ── sending ──

    @on(Composer.Submitted)
    @work(exclusive=True, group="send", exit_on_error=False)
    async def _look_again(self, event: Composer.Submitted) -> None:
        if self._desk.answering is None:
            kept = "; o rascunho está guardado" if self.is_kept else ""
            self.plantao.refuse(f"Sem conexão com o Freshdesk não dá para enviar{kept}.")
            return
        composer = self.query_one(Composer)
        await self._desk.saver.flush()  # a save that came late would bring back the draft of what was sent
        composer.doing = "conferindo se algo mudou no ticket…"
        try:
            looked = await self._desk.answering.look_again(self._seen, self._desk.account.vocabulary)
        except PlantaoError as error:
            self.plantao.report(error.trouble)
            return
        finally:
            composer.doing = ""
        if (composer.text, composer.kind) != (event.text, event.kind):
            key = key_by_id(composer, "resposta.enviar")
            self.plantao.refuse(f"O texto mudou enquanto o ticket era conferido: {key} de novo.")
            return
        answer = Answer(
            ticket_id=self._seen.ticket.id,
            kind=event.kind,
            text=event.text,
            cc=self._copies if event.kind is Kind.REPLY else (),
            attachments=self._files[event.kind],
            validates=self._validates if event.kind is Kind.REPLY else "",
        )
        await self._preview(answer, looked)

    async def _preview(self, answer: Answer, looked: Looked) -> None:
        self.show(looked.view)
        preview = AnswerPreview(
            answer,
            self._recipient,
            self._about,
            self._desk.clock(),
            new=looked.new,
            changes=looked.changes,
            findings=self._findings(answer),
            company=await self.company(),
            hold=self._desk.settings.replies.undo_seconds,
        )
        if await self.app.push_screen_wait(SendScreen(preview)):
            self.leave()
            self.plantao.outbox.send(answer, looked.last)

    def _findings(self, answer: Answer) -> tuple[Finding, ...]:
        """What the routine has to say on the text, and on answering a ticket that is closed."""
        desk, seen = self._desk, self._seen
        status = desk.account.vocabulary.status(seen.ticket.status)
        found = reply_findings(
            answer,
            seen.ticket,
            seen.conversations.items,
            desk.account,
            desk.settings,
            template=self._begun_from,
        )
        return (*check_closed(answer, seen.ticket, status), *found)


def _other(kind: Kind) -> Kind:
    return Kind.NOTE if kind is Kind.REPLY else Kind.REPLY
