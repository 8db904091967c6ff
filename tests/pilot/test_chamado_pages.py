"""The pages of mode 3 at the desk: walking them, moving along the table, the history of a chamado."""

from datetime import timedelta
from pathlib import Path

import pytest

from clients.errors import StoreError
from clients.models.chamado import Chamado, ChamadoDraft
from clients.models.feed import Feed
from clients.models.lifecycle import LABELS, ChamadoStatus
from clients.models.moves import ARROWS, Move
from tests.support.chamado_desk import as_it_is, at_the_board, chamado_settings, has_read, on_the_board
from tests.support.chamados import chamado as sent
from tests.support.clock import NOW, Clock
from tests.support.desk import NARROW, WIDE, Sitting
from tests.support.hostile import ACTED_UPON, HOSTILE
from tests.support.painted import repainted, settle
from tui.screens.chamado import ChamadoScreen
from tui.screens.chamado_history import ChamadoHistoryScreen
from tui.screens.chamados import ChamadosScreen
from tui.screens.confirm import ConfirmScreen
from tui.screens.field import FieldScreen
from tui.screens.kanban import KanbanScreen
from tui.screens.last_look import WorkScreen
from tui.screens.mesa import MesaScreen
from tui.screens.move_asking import ChamadoTextScreen, draft_name
from tui.screens.pending import PendingScreen
from tui.screens.pick import PickScreen
from tui.screens.results import ResultsScreen
from tui.screens.triage import TriageScreen
from tui.settings_chamados import ChamadoSettings

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("seconds_stand_still")]
S = ChamadoStatus


async def on_the_kanban(seat: Sitting, chamado: Chamado) -> None:
    """Come to the kanban, with the cursor on ``chamado``."""
    await seat.press("3", "K")
    await seat.arrives_at(KanbanScreen)
    screen = seat.app.screen
    assert isinstance(screen, KanbanScreen)
    await seat.until(lambda: screen.pane.select(chamado.id), "showed the card")


async def agrees(seat: Sitting) -> None:
    """Say yes to what is shown."""
    await seat.arrives_at(WorkScreen)
    await seat.press("enter")
    await seat.until(lambda: not isinstance(seat.app.screen, WorkScreen))


async def comes_to(seat: Sitting, chamado: Chamado, status: S) -> Chamado:
    """Wait until the board has it in ``status``."""
    found = await as_it_is(seat, chamado)
    while found.status is not status:
        await seat.pilot.pause(0.02)
        found = await as_it_is(seat, chamado)
    return found


async def test_the_digit_walks_the_pages_and_comes_back_to_the_last(tmp_path: Path) -> None:
    async with at_the_board(chamado_settings(tmp_path)) as seat:
        for page in (ChamadosScreen, KanbanScreen, TriageScreen, ChamadosScreen):
            await seat.press("3")
            await seat.arrives_at(page)
        await seat.sees("[L lista]", "K kanban", "T triagem")
        await seat.press("T")
        await seat.arrives_at(TriageScreen)
        await seat.sees("L lista", "[T triagem]")
        await seat.press("1")
        await seat.arrives_at(MesaScreen)
        await seat.press("3")
        await seat.arrives_at(TriageScreen)
        await seat.press("L")
        await seat.arrives_at(ChamadosScreen)


async def test_from_triagem_to_the_end_along_the_table(tmp_path: Path) -> None:
    """Every status by keyboard, each move with what it has to carry."""
    async with at_the_board(chamado_settings(tmp_path), WIDE) as seat:
        chamado = await on_the_board(seat.app.desk.board, "Pedido não salva")
        await on_the_kanban(seat, chamado)
        await seat.press("m")
        await seat.arrives_at(PickScreen)
        await seat.sees("Aprovar", "→ Backlog, com prazo", "Pedir informação")
        await seat.press("enter")
        await seat.arrives_at(FieldScreen)
        await seat.write("+10d")
        await seat.press("enter")
        await agrees(seat)
        await comes_to(seat, chamado, S.BACKLOG)
        for to in (S.A_FAZER, S.DOING, S.PULL_REQUEST):
            await _next(seat, chamado)
            await agrees(seat)
            await comes_to(seat, chamado, to)
        await _next(seat, chamado)
        await seat.arrives_at(PickScreen)
        await seat.sees("Aprovar o PR", "Devolver para ajuste")
        await seat.press("down", "enter")
        await seat.arrives_at(ChamadoTextScreen)
        await seat.write("Falha com Cartão.")
        await seat.press("f9")
        await agrees(seat)
        await comes_to(seat, chamado, S.ERROR_FIX)
        await _next(seat, chamado)
        await agrees(seat)
        await comes_to(seat, chamado, S.DOING)
        await _next(seat, chamado)
        await agrees(seat)
        await comes_to(seat, chamado, S.PULL_REQUEST)
        await _next(seat, chamado)
        await seat.arrives_at(PickScreen)
        await seat.press("enter")
        await agrees(seat)
        await comes_to(seat, chamado, S.PR_APROVADO)
        await _next(seat, chamado)
        await seat.arrives_at(FieldScreen)
        await seat.write("no servidor de testes")
        await seat.press("enter")
        await seat.sees("✖ Não é um endereço que se possa abrir.")
        await seat.press(*["backspace"] * 30)
        await seat.write("https://homologacao.exemplo.com.br/pedidos")
        await seat.press("enter")
        await seat.sees("Aviso por e-mail: ana@parceiro")
        await agrees(seat)
        moved = await comes_to(seat, chamado, S.PUBLICADO_EM_HOMOLOGACAO)
        assert moved.url == "https://homologacao.exemplo.com.br/pedidos"
        await _next(seat, chamado)
        await seat.sees("Sem e-mail: desta situação ninguém é avisado.")
        await agrees(seat)
        await comes_to(seat, chamado, S.TESTING)
        await _next(seat, chamado)
        await seat.arrives_at(PickScreen)
        await seat.press("enter")
        await agrees(seat)
        await comes_to(seat, chamado, S.TEST_FINISHED)
        await _next(seat, chamado)
        await seat.arrives_at(FieldScreen)
        await seat.press("enter")
        await seat.sees("✖ Versão publicada: preencha.")
        await seat.write("4.18.2")
        await seat.press("enter")
        await agrees(seat)
        assert (await comes_to(seat, chamado, S.PUBLICADO)).version == "4.18.2"
        await _next(seat, chamado)
        await seat.arrives_at(PickScreen)
        await seat.sees("Encerrar, ouvido o cliente")
        await seat.press("enter")
        await seat.arrives_at(ChamadoTextScreen)
        await seat.write("Testei no caixa1 e salvou.")
        await seat.press("f9")
        await agrees(seat)
        await comes_to(seat, chamado, S.ENCERRADO)
        await on_the_kanban(seat, chamado)
        await seat.until(lambda: _status(seat) is S.ENCERRADO)
        await seat.press("m")
        await seat.hears("Encerrado é o fim: dali um chamado não sai.")


async def _next(seat: Sitting, chamado: Chamado) -> None:
    """Begin to move it from where the kanban shows it by now."""
    screen = seat.app.screen
    assert isinstance(screen, KanbanScreen)
    there = await as_it_is(seat, chamado)
    await seat.until(lambda: screen.pane.select(chamado.id) and _status(seat) is there.status)
    await seat.press("m")


def _status(seat: Sitting) -> S | None:
    screen = seat.app.screen
    assert isinstance(screen, KanbanScreen)
    return screen.pane.highlighted.status if screen.pane.highlighted else None


async def test_what_was_typed_for_a_move_survives(tmp_path: Path) -> None:
    async with at_the_board(chamado_settings(tmp_path)) as seat:
        chamado = await on_the_board(seat.app.desk.board, status=S.TEST_FINISHED)
        await on_the_kanban(seat, chamado)
        await seat.press("m")
        await seat.arrives_at(FieldScreen)
        await seat.write("4.19")
        await seat.press("escape")
        await seat.arrives_at(KanbanScreen)
        await seat.press("m")
        await seat.arrives_at(FieldScreen)
        await seat.sees("guardado")
        await seat.press("end")
        await seat.write(".1")
        await seat.press("enter")
        await agrees(seat)
        assert (await comes_to(seat, chamado, S.PUBLICADO)).version == "4.19.1"


async def test_what_was_kept_for_a_move_makes_room_for_what_is_typed_anew(tmp_path: Path) -> None:
    async with at_the_board(chamado_settings(tmp_path)) as seat:
        chamado = await on_the_board(seat.app.desk.board, status=S.TEST_FINISHED)
        await on_the_kanban(seat, chamado)
        for left in ("escape", "enter"):
            await seat.press("m")
            await seat.arrives_at(FieldScreen)
            await seat.write("4.19.0")
            await seat.press(left)
            await seat.until(lambda: not isinstance(seat.app.screen, FieldScreen))
        await agrees(seat)
        assert (await comes_to(seat, chamado, S.PUBLICADO)).version == "4.19.0"


async def test_an_answer_to_the_triage_is_written_below_what_was_asked(tmp_path: Path) -> None:
    async with at_the_board(chamado_settings(tmp_path)) as seat:
        chamado = await on_the_board(seat.app.desk.board)
        asked = Move(to=S.AGUARDANDO_INFORMACOES, comment="Com qual usuário?\nEm que [tela]?")
        await seat.app.desk.board.move(chamado.id, asked, event="a", who="Carla")
        await on_the_kanban(seat, chamado)
        await seat.press("m")
        await seat.arrives_at(ChamadoTextScreen)
        await seat.sees("A informação pedida → Triagem · nº 1", "│ Com qual usuário?", "│ Em que [tela]?")
        await seat.write("Com todos.")
        await seat.press("f9")
        await agrees(seat)
        assert (await comes_to(seat, chamado, S.TRIAGEM)).events[-1].comment == "Com todos."


async def test_the_key_that_marks_says_on_the_kanban_where_it_does(tmp_path: Path) -> None:
    async with at_the_board(chamado_settings(tmp_path)) as seat:
        await on_the_kanban(seat, await on_the_board(seat.app.desk.board))
        await seat.press("space")
        await seat.hears("No kanban não se marca: marque em L Lista e T Triagem.")


async def test_a_form_that_nobody_wrote_in_leaves_no_draft(tmp_path: Path) -> None:
    async with at_the_board(chamado_settings(tmp_path)) as seat:
        desk = seat.app.desk
        await seat.press("3", "c")
        await seat.arrives_at(ChamadoScreen)
        await seat.press("enter")
        await seat.sees("Título")
        await seat.press("escape")
        await seat.until(lambda: not isinstance(seat.app.screen, ChamadoScreen))
        await desk.saver.flush()
        assert await desk.disk(desk.local.chamado_drafts.list) == ()
        assert "Rascunho guardado" not in seat.said()


async def test_an_empty_list_names_the_key_that_begins_one(tmp_path: Path) -> None:
    async with at_the_board(chamado_settings(tmp_path)) as seat:
        await seat.press("3", "L")
        await seat.sees("Nenhum chamado ainda.", "ou um novo aqui (c).")


async def test_labels_of_ones_own_are_said_everywhere(tmp_path: Path) -> None:
    labels = ChamadoSettings(own_labels={S.A_FAZER: "Na fila do time"})
    settings = chamado_settings(tmp_path).model_copy(update={"chamados": labels})
    async with at_the_board(settings, WIDE) as seat:
        chamado = await on_the_board(seat.app.desk.board, status=S.BACKLOG)
        await on_the_kanban(seat, chamado)
        await seat.press("m")
        await seat.sees("Dar a um desenvolvedor: chamado nº 1 → Na fila do time")
        await agrees(seat)
        await seat.hears("chamado nº 1 · está em Na fila do time.")
        await seat.press("enter")
        await seat.press("L")
        await seat.sees("Na fila do time")


async def test_the_history_has_every_step_and_what_it_means(tmp_path: Path) -> None:
    async with at_the_board(chamado_settings(tmp_path), (120, 110)) as seat:
        chamado = await on_the_board(seat.app.desk.board, "Pedido não salva", S.PUBLICADO)
        await seat.app.desk.board.comment(chamado.id, "Cliente avisado.\nAguardo.", event="c", who="Ana")
        await on_the_kanban(seat, chamado)
        await seat.press("enter")
        await seat.arrives_at(ChamadoHistoryScreen)
        shown = await seat.sees("Cliente avisado.")
        for words in (
            "nº 1  Pedido não salva",
            "▲ Publicado",
            "Para o cliente: publicado em produção: validar com o cliente",
            "Prazo       20/03/2026",
            "Onde testar https://homologacao.exemplo.com.br",
            "Versão      4.18.2",
            "Triagem → ◐ Backlog",
            "Test Finished → ▲ Publicado",
            "para o cliente: passou nos testes, mas na base do cliente o problema ainda ocorre",
            "│ comentou",
            "│ Aguardo.",
            "Carla",
            "Ana",
        ):
            assert words in shown, words
        await seat.press("y")
        await seat.hears("Chamado nº 1: Pedido não salva · https://homologacao.exemplo.com.br · 4.18.2")
        await seat.press("n")
        await seat.arrives_at(ChamadoTextScreen)
        await seat.write("Validado por telefone.")
        await seat.press("f9")
        await seat.sees("Comentar no chamado nº 1", "Validado por telefone.")
        await agrees(seat)
        await seat.arrives_at(ChamadoHistoryScreen)
        await seat.sees("│ Validado por telefone.")
        await seat.press("escape")
        await seat.arrives_at(KanbanScreen)
        await seat.press("enter")
        await seat.arrives_at(ChamadoHistoryScreen)
        await seat.press("3")
        await seat.arrives_at(KanbanScreen)


async def test_long_comments_wrap_below_their_bar(tmp_path: Path) -> None:
    async with at_the_board(chamado_settings(tmp_path), (80, 60)) as seat:
        chamado = await on_the_board(seat.app.desk.board)
        await seat.app.desk.board.comment(chamado.id, "palavra " * 40, event="c", who="Ana")
        await seat.press("3", "L")
        await seat.sees("1 enviado")
        await seat.press("h")
        await seat.arrives_at(ChamadoHistoryScreen)
        await seat.sees("palavra")
        lines = [line for line in seat.lines() if "palavra" in line]
        assert len(lines) > 3
        assert all(line.startswith("  │ palavra") for line in lines)


async def test_hostile_words_in_a_history_are_text(tmp_path: Path) -> None:
    async with at_the_board(chamado_settings(tmp_path), (120, 200)) as seat:
        board = seat.app.desk.board
        chamado = await on_the_board(board, HOSTILE["osc52"], description="\n".join(HOSTILE.values()))
        for name, text in HOSTILE.items():
            await board.comment(chamado.id, text, event=name, who=text)
        await seat.press("3")
        await seat.sees("1 enviado")
        assert not ACTED_UPON & set(seat.text().replace("\n", ""))
        await seat.press("h")
        await seat.arrives_at(ChamadoHistoryScreen)
        await seat.sees("comentou")
        assert not ACTED_UPON & set(seat.text().replace("\n", ""))


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_the_list_is_filtered_and_its_marked_ones_moved(tmp_path: Path, size: tuple[int, int]) -> None:
    async with at_the_board(chamado_settings(tmp_path), size) as seat:
        board = seat.app.desk.board
        first = await on_the_board(board, "Boleto em branco", S.BACKLOG)
        second = await on_the_board(board, "Boleto vencido", S.BACKLOG)
        third = await on_the_board(board, "Emissão rejeitada", S.DOING)
        done = await on_the_board(board, "Boleto antigo", S.ENCERRADO)
        await seat.press("3")
        await seat.sees("4 enviados")
        await seat.press("f")
        await seat.write("BOLETO encerrado")
        await seat.sees("1 de 4 enviados", "Boleto antigo")
        await seat.press("escape", "f")
        await seat.write("nada assim")
        await seat.sees("Nada com “nada assim”.", "Esc limpa o filtro.")
        await seat.press("escape", "asterisk")
        await seat.sees("■ 4 marcados")
        await seat.press("m")
        await seat.arrives_at(PickScreen)
        await seat.sees("Dar a um desenvolvedor", "Abrir pull request")
        await seat.write("dar")
        await seat.press("enter")
        await seat.arrives_at(WorkScreen)
        await seat.sees(f"▲ chamado nº {third.number} fica de fora: De Doing não se passa a To Do")
        await seat.press("enter")
        await seat.arrives_at(ResultsScreen)
        await seat.sees("✖ chamado nº 4", "Encerrado é o fim", "✓ chamado nº 1", "✓ chamado nº 2")
        for chamado, status in (
            (first, S.A_FAZER),
            (second, S.A_FAZER),
            (third, S.DOING),
            (done, S.ENCERRADO),
        ):
            assert (await as_it_is(seat, chamado)).status is status
        await seat.press("escape")
        await seat.arrives_at(ChamadosScreen)
        await seat.until(lambda: "marcado" not in seat.text())


async def test_without_a_chamado_the_verbs_say_so(tmp_path: Path) -> None:
    async with at_the_board(chamado_settings(tmp_path)) as seat:
        await seat.press("3", "T")
        await seat.sees("Nenhum chamado em triagem.")
        for key in "aridmnh":
            seat.toasts.clear()
            seat.app._refusal = ""
            await seat.press(key)
            await seat.hears("Não há chamado enviado sob o cursor.")


async def test_no_other_mode_while_a_form_is_open_below(tmp_path: Path) -> None:
    async with at_the_board(chamado_settings(tmp_path)) as seat:
        await seat.press("3", "c")
        await seat.arrives_at(ChamadoScreen)
        seat.app.do_pendencias()
        await seat.arrives_at(PendingScreen)
        for key in "31":
            seat.toasts.clear()
            seat.app._refusal = ""
            await seat.press(key)
            await seat.hears("Há um rascunho aberto abaixo")
            assert isinstance(seat.app.screen, PendingScreen)


async def test_the_board_is_read_anew_when_asked_for(tmp_path: Path) -> None:
    async with at_the_board(chamado_settings(tmp_path)) as seat:
        await seat.press("3", "K")
        await seat.sees("0 chamados")
        await on_the_board(seat.app.desk.board, "Chegou agora")
        await seat.press("u")
        await seat.sees("1 chamado", "Chegou agora")


async def test_a_page_that_could_not_read_takes_what_is_read_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken() -> tuple[Chamado, ...]:
        raise StoreError("não respondeu")

    async with at_the_board(chamado_settings(tmp_path)) as seat:
        chamado = await on_the_board(seat.app.desk.board, "Chegou depois")
        monkeypatch.setattr(seat.app.desk.board, "chamados", broken)
        await seat.press("3", "K")
        await seat.sees("não respondeu")
        seat.app.chamados = Feed((chamado,), as_of=NOW + timedelta(days=1))
        await seat.sees("1 chamado", "Chegou depois")


async def test_that_the_board_can_be_read_no_more_is_told_over_what_was_read(tmp_path: Path) -> None:
    async with at_the_board(chamado_settings(tmp_path)) as seat:
        await on_the_board(seat.app.desk.board, "Lido antes")
        await seat.press("3", "K")
        await seat.sees("Lido antes")
        await has_read(seat)
        trouble = StoreError("não respondeu").trouble
        seat.app.chamados = Feed(as_of=NOW - timedelta(hours=1)).failed(trouble)
        await seat.sees("Lido antes", "▲", "não respondeu")


async def test_a_step_of_some_work_reads_no_board(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with at_the_board(chamado_settings(tmp_path)) as seat:
        await on_the_board(seat.app.desk.board, "Lido antes")
        await seat.press("3", "K")
        await seat.sees("Lido antes")
        await has_read(seat)
        read, times = seat.app.desk.board.chamados, 0

        async def counted() -> tuple[Chamado, ...]:
            nonlocal times
            times += 1
            return await read()

        monkeypatch.setattr(seat.app.desk.board, "chamados", counted)
        for _ in range(3):
            seat.app.work_moved()
            await has_read(seat)
        assert times == 0


async def test_a_history_that_cannot_be_read_anew_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken() -> tuple[Chamado, ...]:
        raise StoreError("não respondeu")

    async with at_the_board(chamado_settings(tmp_path)) as seat:
        chamado = await on_the_board(seat.app.desk.board, "Lido antes")
        monkeypatch.setattr(seat.app.desk.board, "chamados", broken)
        await seat.app.push_screen(ChamadoHistoryScreen(chamado))
        await seat.sees("Lido antes", "▲", "não respondeu")


async def test_from_a_history_the_digits_go_where_they_say(tmp_path: Path) -> None:
    async with at_the_board(chamado_settings(tmp_path)) as seat:
        chamado = await on_the_board(seat.app.desk.board, "Lido antes")
        for digit, page in (("1", MesaScreen), ("3", ChamadosScreen)):
            seat.app.switch_mode("mesa")
            await seat.arrives_at(MesaScreen)
            await seat.app.push_screen(ChamadoHistoryScreen(chamado))
            await seat.press(digit)
            await seat.arrives_at(page)
        await seat.sees("Lido antes")
        await has_read(seat)
        for digit, back in (("3", ChamadosScreen), ("1", MesaScreen)):
            await seat.press("h")
            await seat.arrives_at(ChamadoHistoryScreen)
            await seat.press(digit)
            await seat.arrives_at(back)


async def test_a_draft_that_cannot_be_discarded_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(draft_id: str) -> None:
        raise StoreError("o disco não respondeu.")

    async with at_the_board(chamado_settings(tmp_path)) as seat:
        drafts = seat.app.desk.local.chamado_drafts
        await seat.app.desk.disk(drafts.save, ChamadoDraft(id="a", title="Pedido não salva"))
        monkeypatch.setattr(drafts, "discard", broken)
        await seat.press("3", "L")
        await seat.sees("Pedido não salva")
        await seat.press("x")
        await seat.arrives_at(ConfirmScreen)
        await seat.press("s")
        await seat.hears("o disco não respondeu.")
        assert "Erro interno" not in seat.said()


async def test_the_wide_list_names_the_client_with_the_licence(tmp_path: Path) -> None:
    async with at_the_board(chamado_settings(tmp_path), WIDE) as seat:
        await on_the_board(seat.app.desk.board, "Pedido não salva")
        await seat.press("3", "L")
        await seat.sees("cliente")
        assert "● Padaria" in seat.line("▌")


async def test_what_stands_still_is_marked_after_the_days_of_the_settings(tmp_path: Path) -> None:
    clock = Clock(NOW - timedelta(days=5))
    chamados = ChamadoSettings(stuck_days=4)
    settings = chamado_settings(tmp_path).model_copy(update={"chamados": chamados})
    async with at_the_board(settings, clock=clock) as seat:
        await on_the_board(seat.app.desk.board)
        clock.now = NOW
        await seat.press("3", "K")
        await seat.sees("▲ parado há 5 d", "1 chamado · ▲ 1 parado")


async def test_an_idle_kanban_writes_nothing(tmp_path: Path) -> None:
    async with at_the_board(chamado_settings(tmp_path), WIDE) as seat:
        for status in (S.TRIAGEM, S.DOING, S.PUBLICADO):
            await on_the_board(seat.app.desk.board, status=status)
        for keys in (("3", "L"), ("K",), ("h",)):
            await seat.press(*keys)
            await has_read(seat)
            await settle(seat.pilot)
            screen = seat.app.screen
            assert isinstance(screen, ChamadosScreen | KanbanScreen | ChamadoHistoryScreen)
            with repainted() as regions:
                screen.tick()
                screen.reload()
                await has_read(seat)
                await settle(seat.pilot)
            assert regions == [], screen


def test_a_text_for_several_is_kept_for_these_and_no_others() -> None:
    first, second, third = (sent(number) for number in (1, 2, 3))
    assert draft_name([first, second], "x") == draft_name([second, first], "x")
    assert draft_name([first, second], "x") != draft_name([first, third], "x")


def test_every_arrow_says_what_it_does_and_asks() -> None:
    for status, arrows in ARROWS.items():
        for arrow in arrows:
            assert arrow.verb, (LABELS[status], arrow)
            assert bool(arrow.need) == bool(arrow.asks)
            assert isinstance(arrow.to, S)
