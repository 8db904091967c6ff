"""The maker's page, line by line: from the notice to the end of the cycle, with every e-mail on its way."""

from datetime import date
from pathlib import Path

import pytest

from clients.models.assistant.record import Decision
from clients.models.chamado import Chamado
from clients.models.lifecycle import ChamadoStatus
from clients.models.moves import Move
from clients.models.ticket import CLOSED, Turn
from clients.sandbox.server import Running
from tests.support.clock import NOW, frozen
from tests.support.desk import WIDE, Sitting, at_the_desk, settings_for
from tests.support.published import answered_before, colleague_at
from tests.support.tickets import client_says, ticket, we_answer
from tui.desk import Desk
from tui.screens.chamado import ChamadoScreen
from tui.screens.field import FieldScreen
from tui.screens.last_look import WorkScreen
from tui.screens.mesa import MesaScreen
from tui.screens.move_asking import ChamadoTextScreen
from tui.screens.pick import PickScreen
from tui.screens.rewriting import RewritingScreen
from tui.screens.triage import TriageScreen
from tui.screens.validation_question import ValidationScreen
from tui.screens.wording_look import WordingScreen
from tui.settings import ReplySettings
from widgets.chamado_form import ChamadoForm
from widgets.send_preview import SendPreview

from .test_the_desk_sending_a_chamado import valid_licence

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("seconds_stand_still")]
S = ChamadoStatus
AUTHOR, OTHER = "beatriz.nogueira@exemplo.com.br", "ana@parceiro.exemplo.com.br"
UNSORTED = """\
Ao salvar o pedido 4512, a forma de pagamento volta para Dinheiro e o pedido não é gravado. Acontece com o
usuário caixa1 (perfil Vendas) e também com o admin, desde 03/03, só neste cliente. Acesse Vendas > Pedidos e
abra o pedido 4512. Clique em Forma de pagamento e selecione Cartão. Clique em Salvar. Aparece a mensagem
"Erro 500: parcela inválida". O pedido deveria ser gravado com Cartão.
Fica em Vendas > Pedidos > Editar pedido."""
URL, VERSION = "https://homologacao.exemplo.com.br/4512", "4.18.2"
IN_DEVELOPMENT = (
    Move(to=S.A_FAZER),
    Move(to=S.DOING),
    Move(to=S.PULL_REQUEST),
    Move(to=S.ERROR_FIX, comment="Falta o caso sem parcela."),
    Move(to=S.DOING),
    Move(to=S.PULL_REQUEST),
    Move(to=S.PR_APROVADO),
    Move(to=S.PUBLICADO_EM_HOMOLOGACAO, url=URL),
    Move(to=S.TESTING),
    Move(to=S.TEST_FINISHED),
    Move(to=S.PUBLICADO, version=VERSION),
)
"""What the developers do on the board, in their order."""


def form(seat: Sitting) -> ChamadoForm:
    return next(screen for screen in seat.app.screen_stack if isinstance(screen, ChamadoScreen)).form


class Walk:
    """One chamado on its way, seen from the desk that opened it."""

    def __init__(self, seat: Sitting, running: Running, ticket_id: int) -> None:
        self.seat = seat
        self.running = running
        self.ticket_id = ticket_id

    async def chamado(self) -> Chamado:
        (found,) = await self.seat.app.desk.board.chamados()
        return found

    async def reaches(self, status: ChamadoStatus) -> None:
        """Wait until the board has it in ``status``."""
        while (await self.chamado()).status is not status:
            await self.seat.pilot.pause(0.02)

    async def mailed(self, words: str, letters: int) -> None:
        """Wait until so many letters arrived in all; the last two say ``words``, one to each address."""
        kept = self.running.mail.letters
        await self.seat.until(lambda: len(kept) >= letters, f"{letters} letters, of which some say {words}")
        assert len(kept) == letters
        newest = kept[-2:]
        assert {letter.recipients for letter in newest} == {(AUTHOR,), (OTHER,)}
        for letter in newest:
            body = letter.message.get_body(("plain",))
            assert body is not None
            assert words in " ".join(str(body.get_content()).split())

    async def colleague_moves(self, move: Move) -> None:
        """Somebody else moves it on the board, and the desk reads that."""
        sent = await self.chamado()
        board = colleague_at(self.seat, NOW)
        await board.move(sent.id, move, event=f"{sent.id}:{len(sent.events)}", who="Téo")
        self.seat.app.chamado_news.ask()


async def test_from_the_notice_to_the_end_of_the_cycle(running: Running, tmp_path: Path) -> None:
    desk = Desk(settings_for(running, tmp_path, replies=ReplySettings(undo_seconds=0)), frozen)
    async with at_the_desk(running, tmp_path, WIDE, desk=desk) as seat:
        walk = Walk(seat, running, answered_before(seat))
        await seat.goes_to(walk.ticket_id)
        await _opens_and_sends(walk)
        await _triages(walk)
        letters = 4
        for move in IN_DEVELOPMENT:
            await walk.colleague_moves(move)
            await walk.reaches(move.to)
            if move.to is S.PUBLICADO_EM_HOMOLOGACAO:
                letters += 2
                await walk.mailed(URL, letters)
        letters += 2
        await walk.mailed(VERSION, letters)
        await _validates(walk)
        await walk.mailed("validado com o cliente", letters + 2)
        assert [event.status for event in (await walk.chamado()).events] == [
            *(S.TRIAGEM, S.AGUARDANDO_INFORMACOES, S.TRIAGEM, S.BACKLOG),
            *(move.to for move in IN_DEVELOPMENT),
            S.ENCERRADO,
        ]


async def _opens_and_sends(walk: Walk) -> None:
    """Notice, form refused, mended, another description accepted, sent."""
    seat = walk.seat
    await seat.press("c")
    await seat.arrives_at(ChamadoScreen)
    await seat.sees("Entendi")
    await seat.press("enter")
    await seat.sees("Título")
    await seat.press("f9")
    await seat.sees("Não enviado.")
    sheet = form(seat).sheet
    sheet.write("title", "Pedido de venda não salva ao alterar a forma de pagamento")
    sheet.write("licence_email", valid_licence(walk.running))
    sheet.write("flow", "Vendas; Pedidos; Editar pedido; Forma de pagamento; Salvar")
    sheet.write("notify", OTHER)
    sheet.write("description", UNSORTED)
    sheet.focus_field("tool")
    await seat.press("s")
    await seat.until(lambda: form(seat).known_licence is not None and not form(seat).waiting)
    await seat.press("f2")
    await seat.arrives_at(RewritingScreen)
    await seat.sees("Proposta", "Como está")
    await seat.press("a")
    await seat.arrives_at(ChamadoScreen)
    await seat.until(lambda: form(seat).draft.description != UNSORTED and not form(seat).waiting)
    await seat.press("f9")
    await seat.until(lambda: form(seat).query(SendPreview), "showed the last look")
    await seat.press("enter")
    await seat.hears("está em Triagem")
    sent = await walk.chamado()
    assert sent.status is S.TRIAGEM
    assert sent.notify == (AUTHOR, OTHER)
    assert [one.decision for one in sent.rewritings] == [Decision.ACCEPTED]
    assert sent.rewritings[0].original == UNSORTED
    assert not walk.running.mail.letters, "nobody is told of what they did themselves"


async def _triages(walk: Walk) -> None:
    """Asked for information, answered, approved with a deadline."""
    seat = walk.seat
    await seat.arrives_at(MesaScreen)
    await seat.press("3", "T")
    await seat.arrives_at(TriageScreen)
    await seat.sees("1 à espera")
    await seat.press("i")
    await seat.arrives_at(ChamadoTextScreen)
    await seat.write("Em qual navegador acontece?")
    await seat.press("f9")
    await seat.arrives_at(WorkScreen)
    await seat.sees("Aviso por e-mail", OTHER)
    await seat.press("enter")
    await walk.reaches(S.AGUARDANDO_INFORMACOES)
    await walk.mailed("Em qual navegador acontece?", 2)
    await walk.colleague_moves(Move(to=S.TRIAGEM, comment="No Chrome e no Edge."))
    await seat.sees("1 à espera")
    await seat.press("a")
    await seat.arrives_at(FieldScreen)
    await seat.write("20/03/2026")
    await seat.press("enter")
    await seat.arrives_at(WorkScreen)
    await seat.press("enter")
    await walk.reaches(S.BACKLOG)
    await walk.mailed("20/03/2026", 4)
    assert (await walk.chamado()).deadline == date(2026, 3, 20)


async def _validates(walk: Walk) -> None:
    """The ticket is back, the client says that it works, and all is closed as one."""
    seat, ticket_id = walk.seat, walk.ticket_id
    await seat.press("1")
    await seat.arrives_at(MesaScreen)
    await seat.until(lambda: seat.mesa.queue.shown[0].id == ticket_id, "brought the ticket up")
    we_answer(walk.running, ticket_id, "A correção foi publicada: pode testar?")
    walk.running.knobs.clock.offset_seconds += 300
    client_says(walk.running, ticket_id, "Deu certo, obrigada!")
    await seat.press("u")
    await seat.until(lambda: (known := seat.app.ticket(ticket_id)) and known.turn is Turn.OURS)
    await seat.goes_to(ticket_id)
    await seat.press("x")
    await seat.until(lambda: not isinstance(seat.app.screen, MesaScreen))
    if "mudou enquanto isso" in seat.text():
        await seat.press("s")
    await seat.arrives_at(ValidationScreen)
    await seat.sees("> Deu certo, obrigada!")
    await seat.press("v")
    await seat.until(lambda: isinstance(seat.app.screen, PickScreen | WordingScreen))
    while isinstance(asked := seat.app.screen, PickScreen):
        await seat.press("enter")
        await seat.until(lambda asked=asked: seat.app.screen is not asked)  # type: ignore[misc]
    await seat.arrives_at(WordingScreen)
    await seat.press("enter", "enter")
    await seat.hears("tudo feito, 3 passos.")
    await seat.arrives_at(MesaScreen)
    await walk.reaches(S.ENCERRADO)
    assert (await ticket(seat, ticket_id)).status == CLOSED
