"""Texts that a workflow sends: shown with all its steps until it is done or given up, changed in between."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from clients.models.answer import Answer, Kind
from clients.models.template import fill, unfilled, values_for
from clients.models.ticket import Ticket
from tui.drafts import Draft, draft_key
from tui.flows.step_words import step_text, step_title
from tui.intent import Step
from widgets.phrases import counted
from widgets.picker import Pick
from widgets.work_preview import PlannedStep

from .pending import PendingScreen
from .pick import PickScreen
from .wording_look import Part, Word, WordingPreview, WordingScreen, WordingTextScreen

if TYPE_CHECKING:
    from tui.app import PlantaoApp

_CHANGED, _DRAFT, _COMPOSED = "changed", "draft", "composed"


@dataclass(frozen=True)
class Wording:
    """A text of a workflow, with what goes along."""

    key: str
    """Under which it is kept once it was changed: a draft for the composer is another."""
    heading: str
    """Of the page on which it is changed."""
    text: str
    begun: tuple[str, ...] = ()
    """Keys of drafts that are none any more once it is sent."""
    cc: tuple[str, ...] | None = None
    files: tuple[Path, ...] = ()

    def answer(self, ticket: Ticket) -> Answer:
        """The reply that says it, with the copies and files that were chosen, or else those of ``ticket``."""
        cc = ticket.copied if self.cc is None else self.cc
        return Answer(ticket_id=ticket.id, kind=Kind.REPLY, text=self.text, cc=cc, attachments=self.files)

    def begun_with(self, draft: Draft | None) -> "Wording":
        """This text as it was ``draft``ed, if it was."""
        if draft is None:
            return self
        begun = (*self.begun, draft.key)
        return replace(self, text=draft.text, cc=draft.cc, files=draft.files, begun=begun)


Wordings = Mapping[Part, Wording]


@dataclass(frozen=True)
class Look:
    """What a workflow would do, with its texts as they stand."""

    steps: Sequence[Step]
    warnings: Sequence[str] = ()


Plan = Callable[[Wordings], Awaitable[Look]]


class Worded:
    """A workflow on a ticket. Methods wait for the analyst: for a worker."""

    def __init__(self, app: "PlantaoApp", ticket: Ticket, title: str) -> None:
        """``title`` is what the last look is about."""
        self._app = app
        self._ticket = ticket
        self._title = title
        self._changing: dict[str, str] = {}
        """By key, the text from which what is kept under it was changed."""

    async def begun(
        self, wording: Wording, question: str, composed: tuple[str, str], *, draft: bool = False
    ) -> Wording | None:
        """``wording``, or what was written in its place, if that is wanted; None where one gave up.

        ``composed`` is what ``wording`` is called, and a word on it; ``draft`` offers the ticket's draft too.
        """
        desk = self._app.desk
        await desk.saver.flush()
        keys = {_CHANGED: wording.key}
        if draft:
            keys[_DRAFT] = draft_key(self._ticket.id, Kind.REPLY)
        found = {name: await desk.disk(desk.local.drafts.load, key) for name, key in keys.items()}
        begun = {name: draft for name, draft in found.items() if draft is not None}
        if not begun:
            return wording
        labels = {_CHANGED: "O texto que você mudou aqui", _DRAFT: "O rascunho deste ticket"}
        picks = [Pick(name, labels[name], " ".join(draft.text.split())[:24]) for name, draft in begun.items()]
        picks.append(Pick(_COMPOSED, *composed))
        chosen = await self._app.ask(PickScreen(question, picks))
        return None if chosen is None else wording.begun_with(begun.get(chosen))

    async def confirmed(self, wordings: Wordings, plan: Plan) -> bool:
        """Show what ``plan`` makes of the texts until it is done or given up. True where it was begun."""
        while True:
            wordings = self._filled(wordings)
            gap = _gap(wordings)
            if gap:
                self._app.refuse(f"Falta preencher {gap} na resposta.")
                word: Word | Part = Part.REPLY
            else:
                look = await plan(wordings)
                word = await self._app.ask(WordingScreen(self._preview(look, wordings)))
            match word:
                case Word.GO:
                    return await self._carry_out(look.steps, wordings)
                case Word.BACK:
                    self._app.say("Nada foi feito; o que você escreveu fica guardado.")
                    return False
                case Part():
                    edited = await self._edited(wordings[word])
            if edited is None and gap:
                return False
            wordings = {**wordings, word: edited or wordings[word]}

    # ── below ──

    def _filled(self, wordings: Wordings) -> Wordings:
        """What the client reads, with the placeholders filled in for the ticket."""
        reply = wordings[Part.REPLY]
        text = fill(reply.text, values_for(self._ticket, self._app.desk.account.agent.name))
        return {**wordings, Part.REPLY: replace(reply, text=text)}

    def _preview(self, look: Look, wordings: Wordings) -> WordingPreview:
        words = self._app.desk.account.vocabulary
        return WordingPreview(
            f" {self._title} ",
            [PlannedStep(step_title(step, words), step_text(step)) for step in look.steps],
            parts=frozenset(wordings),
            warnings=look.warnings,
            hold=self._app.desk.settings.replies.undo_seconds,
            back="Voltar à fila",
        )

    async def _carry_out(self, steps: Sequence[Step], wordings: Wordings) -> bool:
        drafts = self._app.desk.local.drafts

        def confirmed(workflow: str) -> None:
            for wording in wordings.values():
                for key in (wording.key, *wording.begun):
                    drafts.discard(key)

        planned = await self._app.desk.workflows.plan(steps, also=confirmed)
        workflow = planned[0].workflow
        self._app.push_screen(PendingScreen(workflow, passing=True))
        done = counted(len(planned), "passo", "passos")
        self._app.carrier.carry(workflow, f"{self._title} · tudo feito, {done}.")
        return True

    async def _edited(self, wording: Wording) -> Wording | None:
        """The text as it was changed, which is kept meanwhile; None where one goes back."""
        desk, key = self._app.desk, wording.key

        def keep(text: str) -> None:
            desk.saver.save(
                key, lambda: desk.local.drafts.save(key, text, cc=wording.cc, files=wording.files)
            )

        begun = (
            await desk.disk(desk.local.drafts.load, key) if self._changing.get(key) == wording.text else None
        )
        self._changing[key] = wording.text
        page = WordingTextScreen(wording.heading, begun.text if begun else wording.text, keep=keep)
        text = await self._app.ask(page)
        await desk.saver.flush()
        return None if text is None else replace(wording, text=text)


def _gap(wordings: Wordings) -> str:
    """What is left to be filled in where the client reads it; empty where nothing is."""
    text = wordings[Part.REPLY].text
    spans = unfilled(text)
    return text[slice(*spans[0])] if spans else ""
