"""Handing a shift over: what is passed on, line by line, and what the next shift acknowledges."""

from collections.abc import Awaitable
from typing import TYPE_CHECKING

from textual import on, work

from clients.errors import PlantaoError
from clients.models.excerpt import masked
from clients.models.handover import LONGEST_NOTE, Handover, HandoverLine, Part
from clients.models.reference import Asked, RefKind
from clients.models.times import BRAZIL
from tui.commands.catalog import HANDOVER
from tui.kept_text import KeptText
from widgets.bound import bound
from widgets.handover_pane import HandoverPane
from widgets.handover_rows import HandoverRow
from widgets.key_bar import KeyBar

from .draft_screen import first_to_close
from .handover_page import PREPARING, HandoverPage
from .handover_text import hand_over
from .line import LineScreen

if TYPE_CHECKING:
    from tui.app import PlantaoApp

_READING = "Ainda lendo: um instante."
_PREPARED = ("acrescentar-linha", "da-equipe", "passar-turno")
_TAKEN_IN = ("marcar-linha", "anotar-linha", "ciente-de-tudo")
"""What is done to the lines, where it was handed over, by the next shift."""
_NEW_LINE = "nova"


class HandoverScreen(HandoverPage):
    """A page over whatever was in view."""

    VERBS = HANDOVER
    TITLE = "Passagem de turno"
    ABOUT = """\
O que o próximo turno precisa saber, achado nos dados: promessas a clientes com hora, prazos vencendo,
serviços que não estão bem e quem está neles, tickets em aberto e de quem é a vez, chamados à nossa espera,
perguntas no Slack. O que não serve fica de fora com Espaço; anote, acrescente linhas e passe o turno.

O texto sai no Slack uma vez só, é guardado num arquivo ou copiado. Com [passagem] pasta, quem entra dá
ciência linha a linha ou de tudo, e pode perguntar numa linha; quem passou o turno é avisado, e vê de quem,
quando e o que falta. Sem ela, a passagem dos outros se lê no canal, e se responde nele."""
    BINDINGS = bound(HANDOVER)

    # ── what can be done ──

    def why_not(self, command_id: str) -> str | None:
        """What was handed over stays as it is; what is prepared is acknowledged by nobody."""
        if self.preparation is None and command_id != "sair-passagem":
            return _READING if command_id in {key.id for key in HANDOVER.keys} else None
        if command_id in _PREPARED and self.shown is not None:
            return f"Esta já foi passada: {self.plantao.key_of('outra-passagem')} volta à que se prepara."
        if command_id in _TAKEN_IN and self.shown is not None:
            if self.shown.is_of(self.plantao.desk.author):
                return "Quem dá ciência é o próximo turno: esta passagem é sua."
            if not self.shown.lines and command_id != "ciente-de-tudo":
                return f"Esta passagem só está no Slack: {self.plantao.key_of('ciente-de-tudo')} responde lá."
        if command_id == "ciente-de-tudo" and self.shown is None:
            return "Esta é a que se prepara: a ciência se dá da que se recebe."
        if command_id == "outra-passagem" and not self.handovers:
            return "Ainda não há passagem para ler."
        return None

    def tell_bar(self) -> None:
        """Name only what can be done."""
        every = (key.id for key in HANDOVER.keys)
        self.query_one(KeyBar).left_out = frozenset(name for name in every if self.why_not(name))

    # ── verbs ──

    def do_marcar_linha(self) -> None:
        """Pass a line on or leave it out; acknowledge it where it was handed over."""
        row = self.pane.highlighted
        if row is None:
            return
        if self.shown is not None:
            self._acknowledge(row)
        elif keys := (row.keys if row.line is None else (row.line.key,)):
            self._change(self.handing.pass_on(keys, passed_on=not row.is_on))

    def _acknowledge(self, row: HandoverRow) -> None:
        handover, keys = self.shown, row.keys if row.line is None else (row.line.key,)
        if handover is None or not keys:
            every = self.plantao.key_of("ciente-de-tudo")
            self.plantao.refuse(
                f"Ponha o cursor numa linha ou no título de uma parte; {every} vale para tudo."
            )
        elif not row.is_on:
            self._change(self.handing.acknowledge(handover, keys))
        elif row.line is not None:
            self._change(self.handing.take_back(handover, row.line.key))

    @work(exclusive=True, group="write", exit_on_error=False)
    async def do_ciente_de_tudo(self) -> None:
        """Acknowledge every line; answer in the channel what is only there."""
        handover = self.shown
        if handover is None:
            return
        if handover.lines:
            self._change(self.handing.acknowledge(handover, [line.key for line in handover.waiting]))
            return
        kept = KeptText(self.plantao.desk, f"ciencia:{handover.id}")
        text = await self._typed(kept, f"Responder a {handover.who} em {handover.place}", "Ciente.")
        if text:
            self._change(self._answer(handover, masked((text,)).texts[0]), kept)

    async def _answer(self, handover: Handover, text: str) -> None:
        workflow = await self.handing.answer_on_slack(handover, text)
        self.plantao.carrier.carry(workflow, f"Ciência dada em {handover.place}.")

    def do_da_equipe(self) -> None:
        """Everybody's tickets, or one's own and nobody's."""
        if self.preparation is not None:
            self._change(self.handing.of_whole_team(is_so=not self.preparation.whole_team))

    @work(exclusive=True, group="write", exit_on_error=False)
    async def do_anotar_linha(self) -> None:
        """A note on the line under the cursor; a line of one's own is written anew.

        Where it was handed over, the note is asked of who did, and acknowledges the line.
        """
        row = self.pane.highlighted
        line = row.line if row is not None else None
        if line is None:
            self.plantao.refuse("Ponha o cursor numa linha, para anotar nela.")
            return
        if self.shown is not None:
            await self._ask_back(self.shown, line)
        elif line.part is Part.ADDED:
            kept = self._of_line(line.key)
            text = await self._typed(kept, "Linha da passagem", line.text)
            if text is not None:
                self._change(self.handing.write_line(text, line.key), kept)
        else:
            kept, note = self._of_line(line.key), " ".join(line.note.split())
            text = await self._typed(kept, "Nota na linha", note)
            if text is not None:
                self._change(self.handing.note(line.key, text), kept)

    async def _ask_back(self, handover: Handover, line: HandoverLine) -> None:
        given = handover.acknowledgement(line.key)
        kept = KeptText(self.plantao.desk, f"ciencia:{handover.id}:{line.key}")
        before = " ".join(given.note.split()) if given else ""
        text = await self._typed(
            kept, f"Perguntar a {handover.who}", before, "vai com a sua ciência desta linha"
        )
        if text is not None and (text or before):
            self._change(self.handing.ask_back(handover, line.key, text), kept)

    @work(exclusive=True, group="write", exit_on_error=False)
    async def do_acrescentar_linha(self) -> None:
        """A line of one's own."""
        kept = self._of_line(_NEW_LINE)
        text = await self._typed(kept, "Linha da passagem", "")
        if text:
            self._change(self._add(text), kept)

    async def _add(self, text: str) -> None:
        made = await self.handing.write_line(text)
        self._new_line = made.added[-1].key

    def _of_line(self, key: str) -> KeptText:
        return KeptText(self.plantao.desk, f"passagem:linha:{key}")

    async def _typed(
        self, kept: KeptText, title: str, text: str, hint: str = "o que o próximo turno precisa saber"
    ) -> str | None:
        """Ask for one line, which is kept as it is typed, until it is used: see `_change`."""
        try:
            begun = await kept.begun()
        except PlantaoError as error:
            self.plantao.report(error.trouble)
            return None
        return await self.plantao.ask(
            LineScreen(
                title,
                begun or text,
                placeholder=hint,
                optional=True,
                longest=LONGEST_NOTE,
                keep=kept.keep,
            )
        )

    @work(exclusive=True, group="close", exit_on_error=False)
    async def do_passar_turno(self) -> None:
        """The text, to be read and edited, and the shift is handed over."""
        if self.preparation is None:
            return
        if not self.plantao.desk.knows_author:
            self.plantao.refuse("Ainda não se sabe quem passa o turno: o Freshdesk não respondeu.")
            return
        lines = self.preparation.lines(self.portions)
        if await hand_over(self.plantao, self.handing, lines, self.portions):
            self.shown_id = await self.handing.last()
        self._shown_everywhere()

    @work(group="save", exit_on_error=False)
    async def do_guardar_passagem(self) -> None:
        """Into a file of one's own."""
        from tui.text_file import write_text

        desk = self.plantao.desk
        at = self.shown.at if self.shown is not None else desk.clock()
        name = f"passagem-{at.astimezone(BRAZIL):%Y-%m-%d-%H%M}.txt"
        try:
            path = await desk.disk(write_text, f"{self.text}\n", desk.settings.downloads_folder, name)
        except PlantaoError as error:
            self.plantao.report(error.trouble)
        else:
            self.plantao.say(f"Guardado em {path}")

    def do_copiar(self) -> None:
        """The text, by OSC 52."""
        self.copy_text()

    def do_outra_passagem(self) -> None:
        """The next one: the one that is prepared, then those that were handed over, the latest first."""
        every = [PREPARING, *(each.id for each in self.handovers)]
        place = every.index(self.shown_id) if self.shown_id in every else 0
        self.shown_id = every[(place + 1) % len(every)]
        self.reload()

    def do_sair_passagem(self) -> None:
        """Back to what was in view."""
        self.leave()

    @on(HandoverPane.Chosen)
    def _go(self, event: HandoverPane.Chosen) -> None:
        """To where the line is dealt with."""
        line = event.row.line
        asked = line.leads_to if line is not None else None
        if line is not None and asked is None and line.link:
            self.plantao.copy(line.link)
        elif line is None or (asked is None and not line.service):
            self.plantao.refuse("Esta linha não leva a um ticket, tarefa, chamado ou serviço.")
        elif (below := first_to_close(self.app.screen_stack)) is not None:
            self.plantao.refuse(below.BELOW_FIRST)
        else:
            if asked is None or RefKind.TICKET in asked.kinds:  # the others are shown over this page
                self.leave()
            self.app.run_worker(_to(self.plantao, asked, line.service), group="go", exit_on_error=False)

    @work(group="change", exit_on_error=False)
    async def _change(self, change: Awaitable[object], kept: KeptText | None = None) -> None:
        """Make the change; what was typed for it, ``kept``, is forgotten once it is made."""
        try:
            await change
            if kept is not None:
                await kept.forget()
        except ValueError as error:
            self.plantao.refuse(str(error))
        except PlantaoError as error:
            self.plantao.report(error.trouble)
        self._shown_everywhere()

    def _shown_everywhere(self) -> None:
        self.plantao.handover_count.look()
        if self.is_attached:
            self.reload()


async def _to(app: "PlantaoApp", asked: Asked | None, service: str) -> None:
    """Bring what has the number into view, or the service."""
    try:
        if asked is None:
            await app.show_service(service)
        else:
            await app.going.to_number(asked)
    except PlantaoError as error:
        app.report(error.trouble)
