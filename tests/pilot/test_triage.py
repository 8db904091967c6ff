"""The triage: decide on what was sent, each with its reason, one after the other."""

from datetime import date
from pathlib import Path

import pytest

from clients.models.chamado import Chamado
from clients.models.lifecycle import ChamadoStatus
from clients.models.moves import Move
from clients.models.quality import check_draft
from clients.models.quality.questions import reasons_from
from tests.support.chamado_desk import as_it_is, at_the_board, chamado_settings, has_read, on_the_board
from tests.support.desk import NARROW, WIDE, Sitting
from tests.support.form_desk import GOOD, licence
from tests.support.hostile import ACTED_UPON, HOSTILE
from tests.support.painted import repainted, settle
from tui.screens.confirm import ConfirmScreen
from tui.screens.field import FieldScreen
from tui.screens.last_look import WorkScreen
from tui.screens.move_asking import ChamadoTextScreen
from tui.screens.pick import PickScreen
from tui.screens.results import ResultsScreen
from tui.screens.triage import TriageScreen
from widgets.countdown import Countdown

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("seconds_stand_still")]
S = ChamadoStatus
VAGUE = {"title": "Erro no sistema", "description": "Não funciona."}
"""What the rules have much to say on."""


async def vague(seat: Sitting) -> Chamado:
    """Send a chamado that says little."""
    board = seat.app.desk.board
    return await on_the_board(board, VAGUE["title"], description=VAGUE["description"])


async def triaging(seat: Sitting, *titles: str) -> None:
    """Come to the triage, and wait until it lists ``titles``."""
    await seat.press("3", "T")
    await seat.arrives_at(TriageScreen)
    await seat.sees(*titles)


def under(seat: Sitting) -> int:
    """The number under the cursor."""
    assert isinstance(seat.app.screen, TriageScreen)
    row = seat.app.screen.pane.highlighted
    assert isinstance(row, Chamado)
    return row.number


async def agrees(seat: Sitting) -> None:
    """Say yes to what is shown."""
    await seat.arrives_at(WorkScreen)
    await seat.press("enter")
    await seat.arrives_at(TriageScreen)


async def comes_to(seat: Sitting, chamado: Chamado, status: ChamadoStatus) -> Chamado:
    """Wait until the board has it in ``status``."""
    found = await as_it_is(seat, chamado)
    while found.status is not status:
        await seat.pilot.pause(0.02)
        found = await as_it_is(seat, chamado)
    return found


async def test_the_oldest_is_on_top_with_what_its_author_saw(tmp_path: Path) -> None:
    async with at_the_board(chamado_settings(tmp_path), WIDE) as seat:
        board = seat.app.desk.board
        await vague(seat)
        await on_the_board(board, "Boleto sai com vencimento em branco")
        await on_the_board(board, "Já aprovado", S.BACKLOG)
        await triaging(seat, "2 à espera", "Erro no sistema", "Boleto sai")
        assert under(seat) == 1
        draft = GOOD.model_copy(update=VAGUE)
        expected = check_draft(draft, licence=licence(draft.licence_email))
        shown = await seat.sees(f"O que o autor viu: {len(expected)} achados")
        assert "Já aprovado" not in shown
        words = " ".join(" ".join(line[50:].split()) for line in seat.lines())
        assert expected[0].message[:30] in words


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_approved_with_a_deadline_and_on_to_the_next(tmp_path: Path, size: tuple[int, int]) -> None:
    async with at_the_board(chamado_settings(tmp_path, hold=1), size) as seat:
        first = await on_the_board(seat.app.desk.board, "Primeiro chamado não salva")
        await on_the_board(seat.app.desk.board, "Segundo chamado não salva")
        await triaging(seat, "Primeiro", "Segundo")
        await seat.press("a")
        await seat.arrives_at(FieldScreen)
        await seat.press("enter")
        await seat.sees("✖ Falta o prazo.")
        await seat.write("03/03/2026")
        await seat.press("enter")
        await seat.sees("✖ 03/03/2026 já passou.")
        assert isinstance(seat.app.screen, FieldScreen)
        await seat.press(*["backspace"] * 10)
        await seat.write("sex")
        await seat.sees("= sexta-feira, 06/03/2026 (em 2 dias)")
        await seat.press("enter")
        await seat.arrives_at(WorkScreen)
        await seat.sees(
            "Aprovar: chamado nº 1 → Backlog (prazo 06/03/2026)", "Aviso por e-mail:", "ana@parceiro"
        )
        await seat.press("enter")
        await seat.sees("Começa em 1 s")
        assert (await as_it_is(seat, first)).status is S.TRIAGEM, "not before the seconds are over"
        await seat.lets_a_second_pass()
        await seat.arrives_at(TriageScreen)
        moved = await comes_to(seat, first, S.BACKLOG)
        assert moved.deadline == date(2026, 3, 6)
        await seat.hears("chamado nº 1 · está em Backlog.")
        await seat.sees("1 à espera")
        assert under(seat) == 2


async def test_taken_back_in_time_nothing_is_written(tmp_path: Path) -> None:
    async with at_the_board(chamado_settings(tmp_path, hold=5)) as seat:
        chamado = await on_the_board(seat.app.desk.board)
        await triaging(seat, "1 à espera")
        await seat.press("a")
        await seat.arrives_at(FieldScreen)
        await seat.write("hoje")
        await seat.press("enter")
        await seat.arrives_at(WorkScreen)
        await seat.press("enter")
        await seat.until(lambda: seat.app.screen.query_one(Countdown).left)
        await seat.press("escape")
        await seat.arrives_at(TriageScreen)
        assert await as_it_is(seat, chamado) == chamado


async def test_a_reproval_begins_with_the_reasons_and_what_is_typed_survives(tmp_path: Path) -> None:
    async with at_the_board(chamado_settings(tmp_path)) as seat:
        chamado = await vague(seat)
        await triaging(seat, "Erro no sistema")
        await seat.press("r")
        await seat.arrives_at(ChamadoTextScreen)
        box = seat.app.screen.query_one("TextBox")
        proposed = box.text  # type: ignore[attr-defined]
        expected = check_draft(GOOD.model_copy(update=VAGUE), licence=licence(GOOD.licence_email))
        assert proposed == reasons_from(expected)
        await seat.write(" Confira.")
        await seat.press("escape")
        await seat.arrives_at(TriageScreen)
        await seat.app.desk.saver.flush()
    async with at_the_board(chamado_settings(tmp_path)) as seat:  # the next day
        await triaging(seat, "Erro no sistema")
        await seat.press("r")
        await seat.arrives_at(ChamadoTextScreen)
        assert seat.app.screen.query_one("TextBox").text == f"{proposed} Confira."  # type: ignore[attr-defined]
        await seat.press("f9")
        await seat.sees("Reprovar: chamado nº 1 → Reprovado", "Confira.")
        await agrees(seat)
        moved = await comes_to(seat, chamado, S.REPROVADO)
        assert moved.last_move is not None
        assert moved.last_move.comment == f"{proposed} Confira."
        await seat.sees("Nenhum chamado em triagem.")
        key = f"chamado:{chamado.id}:reprovado"
        assert await seat.app.desk.disk(seat.app.desk.local.drafts.load, key) is None, "it was written"


async def test_a_reproval_without_a_reason_is_refused(tmp_path: Path) -> None:
    async with at_the_board(chamado_settings(tmp_path)) as seat:
        chamado = await on_the_board(seat.app.desk.board)
        await triaging(seat, "1 à espera")
        await seat.press("r")
        await seat.arrives_at(ChamadoTextScreen)
        await seat.press("f9")
        await seat.sees("✖ Escreva o texto, ou volte.")
        await seat.press("escape")
        await seat.arrives_at(TriageScreen)
        assert (await as_it_is(seat, chamado)).status is S.TRIAGEM


async def test_what_is_missing_is_asked_in_the_words_of_the_rules(tmp_path: Path) -> None:
    async with at_the_board(chamado_settings(tmp_path)) as seat:
        chamado = await vague(seat)
        await triaging(seat, "Erro no sistema")
        await seat.press("i")
        await seat.arrives_at(ChamadoTextScreen)
        await seat.sees("O que falta informar → Aguardando Informações · nº 1")
        await seat.press("f9")
        await seat.sees("Pedir informação: chamado nº 1 → Aguardando Informações")
        await agrees(seat)
        moved = await comes_to(seat, chamado, S.AGUARDANDO_INFORMACOES)
        assert moved.last_move is not None
        assert moved.last_move.comment


async def test_a_duplicate_names_its_original(tmp_path: Path) -> None:
    async with at_the_board(chamado_settings(tmp_path)) as seat:
        board = seat.app.desk.board
        original = await on_the_board(board, "NF-e rejeitada ao transmitir", S.DOING)
        await on_the_board(board, "Boleto em branco", S.DOING)
        chamado = await on_the_board(board, "Nota fiscal rejeitada com código 539")
        await triaging(seat, "1 à espera")
        await seat.press("d")
        await seat.arrives_at(PickScreen)
        await seat.sees("nº 1  NF-e rejeitada", "nº 2  Boleto", "Doing")
        assert seat.text().index("nº 1  NF-e") < seat.text().index("nº 2  Boleto"), "the most alike first"
        await seat.write("transmitir")
        await seat.press("enter")
        await seat.sees(f"duplicado do nº {original.number}", "Duplicado do nº 1: NF-e rejeitada ao")
        await agrees(seat)
        moved = await comes_to(seat, chamado, S.REPROVADO)
        assert moved.last_move is not None
        assert moved.last_move.duplicate_of == original.number
        assert moved.last_move.comment == "Duplicado do nº 1: NF-e rejeitada ao transmitir"


async def test_nothing_is_a_duplicate_of_nothing(tmp_path: Path) -> None:
    async with at_the_board(chamado_settings(tmp_path)) as seat:
        await on_the_board(seat.app.desk.board)
        await triaging(seat, "1 à espera")
        await seat.press("d")
        await seat.hears("Não há outro chamado")


async def test_the_second_of_two_analysts_is_told(tmp_path: Path) -> None:
    shared = tmp_path / "quadro"
    shared.mkdir()
    shared.chmod(0o2770)
    mine, theirs = (chamado_settings(tmp_path / name, shared=shared) for name in ("ana", "bia"))
    async with at_the_board(mine) as ana, at_the_board(theirs) as bia:
        chamado = await on_the_board(ana.app.desk.board)
        for seat in (ana, bia):
            await triaging(seat, "1 à espera")
        await ana.press("a")
        await ana.arrives_at(FieldScreen)
        await ana.write("hoje")
        await bia.press("i")
        await bia.arrives_at(ChamadoTextScreen)
        await bia.write("Qual a versão?")
        await bia.press("f9")
        await agrees(bia)
        moved = await comes_to(bia, chamado, S.AGUARDANDO_INFORMACOES)
        await ana.press("enter")
        await agrees(ana)
        await ana.hears("O chamado nº 1 já foi para Aguardando Informações por")
        await ana.sees("Nenhum chamado em triagem.")
        assert await as_it_is(ana, chamado) == moved, "nothing was written over it"


async def test_the_second_is_told_before_anything_is_asked(tmp_path: Path) -> None:
    async with at_the_board(chamado_settings(tmp_path)) as seat:
        chamado = await on_the_board(seat.app.desk.board)
        await triaging(seat, "1 à espera")
        reprove = Move(to=S.REPROVADO, comment="fora do canal")
        await seat.app.desk.board.move(chamado.id, reprove, event="x", who="Bia")
        await seat.press("a")
        await seat.hears("O chamado nº 1 já foi para Reprovado por Bia.")
        assert isinstance(seat.app.screen, TriageScreen)


async def test_what_was_said_meanwhile_is_read_before_the_yes(tmp_path: Path) -> None:
    async with at_the_board(chamado_settings(tmp_path)) as seat:
        chamado = await on_the_board(seat.app.desk.board)
        await triaging(seat, "1 à espera")
        await seat.app.desk.board.comment(chamado.id, "Espere, falta um print.", event="x", who="Bia")
        await seat.press("a")
        await seat.arrives_at(FieldScreen)
        await seat.write("hoje")
        await seat.press("enter")
        await seat.sees("▲ Enquanto isso, nº 1", "Bia escreveu «Espere, falta um print.»")


async def test_blocking_findings_are_said_again_at_an_approval(tmp_path: Path) -> None:
    async with at_the_board(chamado_settings(tmp_path)) as seat:
        await on_the_board(seat.app.desk.board, description="")
        await triaging(seat, "1 à espera")
        await seat.press("a")
        await seat.arrives_at(FieldScreen)
        await seat.write("hoje")
        await seat.press("enter")
        await seat.arrives_at(WorkScreen)
        await seat.sees("▲")


async def test_marked_ones_are_reproved_each_for_its_own_reasons(tmp_path: Path) -> None:
    async with at_the_board(chamado_settings(tmp_path), WIDE) as seat:
        board = seat.app.desk.board
        first = await vague(seat)
        second = await on_the_board(board, "Problema", flow="", description="Segue print em anexo.")
        third = await on_the_board(board, "Terceiro chamado não salva")
        await triaging(seat, "3 à espera")
        await seat.press("space", "space")
        await seat.sees("■ 2 marcados")
        await seat.press("r")
        await seat.arrives_at(PickScreen)
        await seat.press("enter")
        await seat.arrives_at(WorkScreen)
        await seat.sees("Reprovar · 2 chamados", "chamado nº 1 → Reprovado", "2. Reprovar: chamado nº 2")
        await agrees(seat)
        one, other = [await comes_to(seat, each, S.REPROVADO) for each in (first, second)]
        assert one.last_move
        assert other.last_move
        assert one.last_move.comment != other.last_move.comment
        await seat.hears("2 de 2 chamados feitos.")
        await seat.sees("1 à espera")
        assert under(seat) == third.number
        assert "marcado" not in seat.text()


async def test_of_many_each_has_its_result(tmp_path: Path) -> None:
    async with at_the_board(chamado_settings(tmp_path), WIDE) as seat:
        board = seat.app.desk.board
        first = await on_the_board(board, "Primeiro chamado não salva")
        second = await on_the_board(board, "Segundo chamado não salva")
        await triaging(seat, "2 à espera")
        await seat.press("asterisk")
        await seat.sees("■ 2 marcados")
        await board.move(first.id, Move(to=S.REPROVADO, comment="fora do canal"), event="x", who="Bia")
        await seat.press("a")
        await seat.arrives_at(FieldScreen)
        await seat.sees("Prazo → Backlog · nº 2")
        await seat.write("+10d")
        await seat.press("enter")
        await seat.sees("▲ chamado nº 1 fica de fora: já foi para Reprovado por Bia")
        await seat.press("enter")
        await seat.arrives_at(ResultsScreen)
        await seat.sees("✖ chamado nº 1", "✓ chamado nº 2")
        assert (await as_it_is(seat, second)).status is S.BACKLOG


async def test_one_text_for_all_where_the_rules_have_nothing_to_say(tmp_path: Path) -> None:
    async with at_the_board(chamado_settings(tmp_path), WIDE) as seat:
        sent = [await on_the_board(seat.app.desk.board) for _ in range(2)]
        await triaging(seat, "2 à espera")
        await seat.press("asterisk", "r")
        await seat.arrives_at(ChamadoTextScreen)
        await seat.write("Pedido de melhoria.")
        await seat.press("f9")
        await agrees(seat)
        for chamado in sent:
            moved = await comes_to(seat, chamado, S.REPROVADO)
            assert moved.last_move is not None
            assert moved.last_move.comment == "Pedido de melhoria."


async def test_the_filter_answers_while_one_types(tmp_path: Path) -> None:
    async with at_the_board(chamado_settings(tmp_path)) as seat:
        await on_the_board(seat.app.desk.board, "Emissão de NF-e rejeitada")
        await on_the_board(seat.app.desk.board, "Boleto em branco")
        await triaging(seat, "2 à espera")
        await seat.press("f")
        await seat.write("emissao")
        await seat.sees("1 de 2 à espera")
        await seat.press("enter", "escape")
        shown = await seat.sees("2 à espera")
        assert "Boleto" in shown


@pytest.mark.parametrize(("size", "rule"), [(NARROW, "━" * 70), (WIDE, "┃")])
async def test_the_sheet_that_has_the_keys_is_seen_to_and_marks_as_the_list_does(
    tmp_path: Path, size: tuple[int, int], rule: str
) -> None:
    async with at_the_board(chamado_settings(tmp_path), size) as seat:
        await on_the_board(seat.app.desk.board, "Emissão de NF-e rejeitada")
        await on_the_board(seat.app.desk.board, "Boleto em branco")
        await triaging(seat, "2 à espera")
        assert rule not in seat.text()
        await seat.press("enter")
        await seat.sees(rule)
        read = under(seat)
        await seat.press("space")
        await seat.sees("■ 1 marcado")
        assert under(seat) == read, "what is being read stays"
        await seat.press("space")
        await seat.until(lambda: "marcado" not in seat.text())


async def test_an_empty_triage_says_why_nothing_is_copied(tmp_path: Path) -> None:
    async with at_the_board(chamado_settings(tmp_path)) as seat:
        await triaging(seat, "Nenhum chamado em triagem.")
        await seat.press("y")
        await seat.hears("Não há chamado sob o cursor.")
        seat.toasts.clear()
        seat.app._refusal = ""
        await seat.press("K")
        await seat.sees("0 chamados")
        await seat.press("y")
        await seat.hears("Não há chamado sob o cursor.")


async def test_keys_typed_ahead_go_to_the_dialog(tmp_path: Path) -> None:
    async with at_the_board(chamado_settings(tmp_path)) as seat:
        chamado = await on_the_board(seat.app.desk.board)
        await triaging(seat, "1 à espera")
        await seat.press("a", *"hoje", "enter")
        await agrees(seat)
        assert (await comes_to(seat, chamado, S.BACKLOG)).deadline == date(2026, 3, 4)


async def test_an_idle_triage_writes_nothing(tmp_path: Path) -> None:
    async with at_the_board(chamado_settings(tmp_path), WIDE) as seat:
        await vague(seat)
        await triaging(seat, "achados")
        await settle(seat.pilot)
        assert isinstance(seat.app.screen, TriageScreen)
        with repainted() as regions:
            seat.app.screen.tick()
            seat.app.screen.reload()
            await has_read(seat)
            await settle(seat.pilot)
        assert regions == []


async def test_hostile_titles_are_text(tmp_path: Path) -> None:
    async with at_the_board(chamado_settings(tmp_path), WIDE) as seat:
        for text in HOSTILE.values():
            await on_the_board(seat.app.desk.board, text, description=text)
        await triaging(seat, f"{len(HOSTILE)} à espera")
        for _ in HOSTILE:
            await seat.press("down")
            assert not ACTED_UPON & set(seat.text().replace("\n", ""))
        await seat.press("home", "d")
        await seat.arrives_at(PickScreen)
        assert not ACTED_UPON & set(seat.text().replace("\n", ""))
        await seat.press("escape", "r")
        await seat.arrives_at(ChamadoTextScreen)
        await seat.press("escape")
        await seat.arrives_at(TriageScreen)
        assert not isinstance(seat.app.screen, ConfirmScreen)
