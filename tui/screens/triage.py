"""Mode 3, the triage: decide, and go on to the next."""

import asyncio
from collections.abc import Iterable, Sequence

from textual import on, work
from textual.widget import Widget

from clients.models.chamado import Chamado, ChamadoDraft
from clients.models.feed import Feed
from tui.commands.catalog import CHAMADO_PAGES, CHAMADO_VERBS, TRIAGE
from tui.flows.triage import sent_findings
from widgets.bound import bound
from widgets.keys import KeyGroup
from widgets.triage_pane import TriagePane

from .chamado_page import ChamadoPage

CHECK_AFTER = 0.08
"""Seconds that the cursor rests on a chamado before its texts are checked."""


class TriageScreen(ChamadoPage):
    """What waits for a decision, oldest first, each with the findings that its author saw."""

    VERBS = KeyGroup(TRIAGE.id, TRIAGE.title, (*TRIAGE.keys, *CHAMADO_VERBS.keys, *CHAMADO_PAGES.keys))
    PAGE = "triagem"
    TITLE = "Triagem"
    ABOUT = """\
Cada chamado enviado espera aqui uma decisão: aprovar com um prazo,
reprovar com o motivo, pedir a informação que falta, ou reprovar
como duplicado. As perguntas vêm prontas do que a conferência aponta,
e o motivo, do que nela basta para reprovar (nem todo ▲ basta); os
dois podem ser mudados. Antes de escrever, tudo é mostrado, também
quem será avisado por e-mail."""
    BINDINGS = bound(VERBS)

    def content(self) -> Iterable[Widget]:
        """The queue and the sheet."""
        return [TriagePane(clock=self.plantao.minute, labels=self.plantao.desk.settings.chamados.labels)]

    @property
    def pane(self) -> TriagePane:
        """The queue."""
        return self.query_one(TriagePane)

    @property
    def kept_pane(self) -> TriagePane:
        """The queue."""
        return self.pane

    def on_mount(self) -> None:
        """The keys go to the list."""
        self.pane.focus()

    def show_chamados(self, feed: Feed[Chamado], drafts: tuple[ChamadoDraft, ...]) -> None:
        """Those in Triagem."""
        self.pane.show(feed)

    @property
    def chosen(self) -> tuple[Chamado, ...]:
        """The marked ones, or the one under the cursor."""
        return self.pane.chosen

    def dealt_with(self, chamados: Sequence[Chamado]) -> None:
        """On to the next; what was marked was for this."""
        self.pane.mark(frozenset())
        row = self.pane.highlighted
        if isinstance(row, Chamado) and row.id in {chamado.id for chamado in chamados}:
            self.pane.go_on()

    def tick(self) -> None:
        """Ages grow."""
        self.pane.tick()

    @on(TriagePane.Highlighted)
    def _another(self, event: TriagePane.Highlighted) -> None:
        if isinstance(event.row, Chamado):
            self._check(event.row)

    @work(exclusive=True, group="findings", exit_on_error=False)
    async def _check(self, chamado: Chamado) -> None:
        await asyncio.sleep(CHECK_AFTER)
        lexicon = self.plantao.desk.settings.chamados.words.lexicon
        self.pane.tell_findings(chamado, await sent_findings(chamado, lexicon))

    def do_aprovar(self) -> None:
        """With a deadline."""
        self.begin(lambda verbs: verbs.approve)

    def do_reprovar(self) -> None:
        """With a reason."""
        self.begin(lambda verbs: verbs.reprove)

    def do_pedir_informacao(self) -> None:
        """With questions."""
        self.begin(lambda verbs: verbs.ask)

    def do_duplicado(self) -> None:
        """Of another one."""
        self.begin(lambda verbs: verbs.duplicate)
