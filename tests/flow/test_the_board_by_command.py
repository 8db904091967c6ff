"""The board in Redmine from the settings on: diagnosed, migrated to, listed and sent to, on the sandbox."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from clients.boards.local import LocalBoard
from clients.errors import Rejected, Unreachable
from clients.models.lifecycle import ChamadoStatus
from clients.models.moves import Move
from clients.store import Store
from tests.support.boards import draft
from tests.support.headless import Env, environment, plantao, plantao_process
from tui.cli.demo import demo_settings
from tui.desk import Desk
from tui.flows.board_migration import migrate
from tui.flows.chamado_steps import MOVE
from tui.settings import Settings
from tui.settings_chamados import ChamadoSettings, RedmineBoardSettings
from tui.team_board import team_board

pytestmark = pytest.mark.anyio


@pytest.fixture
def env(ready: Mapping[str, object], tmp_path: Path) -> Env:
    """Somebody with a board of their own, who is to work on the team's."""
    return {**environment(ready, tmp_path / "dados"), "PLANTAO_CHAMADOS__REDMINE__PROJETO": "chamados"}


async def _a_chamado(env: Env) -> str:
    store = Store(Path(env["PLANTAO_PASTA_DE_DADOS"]) / "plantao.db")
    board = LocalBoard(store, lambda: datetime.now(UTC))
    sent = await board.submit(draft(), author="Marina")
    asked = Move(to=ChamadoStatus.AGUARDANDO_INFORMACOES, comment="Qual a versão?")
    await board.move(sent.id, asked, event=f"{sent.id}-1", who="Téo")
    store.close()
    return sent.id


async def test_a_board_is_migrated_by_a_command_and_then_worked_on(env: Env) -> None:
    id = await _a_chamado(env)
    foreseen = plantao(env, "quadro", "migrar", "--simular")
    assert foreseen.returncode == 0, foreseen.stderr
    assert "Chamados a levar: 1, com 0 arquivos" in foreseen.stdout
    done = plantao_process(env, "quadro", "migrar", "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["chamados"], told["andamentos"], told["diferencas"]) == (1, 1, {})
    assert 'quadro = "redmine"' in done.stderr
    again = json.loads(plantao(env, "quadro", "migrar", "--json").stdout)
    assert (again["chamados"], again["andamentos"], again["completos"]) == (0, 0, 1)
    there = plantao({**env, "PLANTAO_CHAMADOS__QUADRO": "redmine"}, "chamados", "--json")
    assert there.returncode == 0, there.stderr
    assert id in there.stdout


async def test_a_file_of_ones_own_board_is_migrated_and_no_other_file_of_plantaos(
    ready: Mapping[str, object], tmp_path: Path
) -> None:
    picture, private = tmp_path / "tela.png", tmp_path / "dados" / "plantao.db"
    picture.write_bytes(b"\x89PNG tela")
    desk = Desk(demo_settings(ready, tmp_path / "dados"))
    await desk.open()
    sent = await desk.local_board.submit(draft(files=str(picture)), author="Marina")
    await desk.connect()
    settings = _on_redmine(ready, tmp_path / "dados")
    target = team_board(settings, desk.redmine, desk.clock)
    report = [report async for report in migrate(desk.local_board, target)][-1]
    assert (report.chamados, report.files, report.differences) == (1, 1, {})
    for entry in (private, sent.files[0]):
        with pytest.raises(Rejected, match="do próprio Plantão"):
            await target.submit(draft(files=str(entry)))
    foreign = sent.model_copy(update={"id": "outro", "number": 0})
    with pytest.raises(Rejected, match="do próprio Plantão"):
        await target.receive(foreign)
    await desk.close()


def test_the_diagnosis_says_whether_the_board_can_be_used(env: Env) -> None:
    def boards_of(env: Env) -> dict[str, tuple[str, str]]:
        checks = json.loads(plantao(env, "diagnostico", "--json").stdout)["verificacoes"]
        return {one["nome"]: (one["estado"], one["mensagem"]) for one in checks if "Quadro" in one["nome"]}

    def board_of(env: Env) -> tuple[str, str]:
        return boards_of({**env, "PLANTAO_CHAMADOS__QUADRO": "redmine"})["Quadro"]

    both = boards_of(env)
    assert both["Quadro"] == ("ok", "local, nesta máquina, só seu: 0 chamados")
    state, message = both["Quadro no Redmine"]
    assert (state, message.startswith("pronto para ser o quadro: o tipo “Chamado”")) == ("ok", True)
    assert boards_of({**env, "PLANTAO_CHAMADOS__REDMINE__TRACKER": "Erro"})["Quadro no Redmine"][0] == "falha"
    state, message = board_of(env)
    assert (state, "“Chamado” do projeto “chamados”" in message) == ("ok", True)
    assert board_of({**env, "PLANTAO_CHAMADOS__REDMINE__TRACKER": "Erro"})[0] == "falha"
    renamed = {
        **env,
        "PLANTAO_CHAMADOS__ROTULOS__BACKLOG": "Fila",
        "PLANTAO_CHAMADOS__ROTULOS__DOING": "Agora",
    }
    assert board_of(renamed)[0] == "ok"  # it finds them under the maker's names
    without = {**env, "PLANTAO_CHAMADOS__REDMINE__CAMPOS__VERSAO": "Release"}
    assert board_of(without) == ("atencao", "sem os campos Release, isso fica só na descrição e nas notas")
    lost = {**env, "PLANTAO_CHAMADOS__REDMINE__CAMPOS__CHAMADO": "UUID"}
    state, message = board_of(lost)
    assert (state, "não tem o campo “UUID”" in message) == ("falha", True)
    unused = {name: value for name, value in env.items() if "CHAMADOS" not in name}
    assert {name: state for name, (state, _) in boards_of(unused).items()} == {"Quadro": "ok"}


def test_the_diagnosis_says_why_a_shared_board_is_away(env: Env, tmp_path: Path) -> None:
    away = {**env, "PLANTAO_CHAMADOS__PASTA": str(tmp_path / "nao" / "ha")}
    done = plantao(away, "diagnostico", "--json")
    (wrong,) = (one for one in json.loads(done.stdout)["verificacoes"] if one["estado"] == "falha")
    assert (done.returncode, wrong["nome"]) == (1, "Quadro")
    assert "Dados locais indisponíveis" in wrong["mensagem"]
    assert str(tmp_path / "nao" / "ha") in wrong["mensagem"]
    assert wrong["saida"]


async def test_a_desk_sends_to_redmine_once_it_is_connected_and_never_to_its_own_board(
    ready: Mapping[str, object], tmp_path: Path
) -> None:
    desk = Desk(_on_redmine(ready, tmp_path))
    await desk.open()
    with pytest.raises(Unreachable, match="ainda não há conexão"):
        await desk.board.submit(draft())
    assert MOVE not in desk.remotes
    await desk.connect()
    assert MOVE in desk.remotes
    sent = await desk.board.submit(draft(), author="Marina")
    assert sent.status is ChamadoStatus.TRIAGEM
    assert await desk.board.chamado(sent.id) == sent
    assert await desk.local_board.chamados() == ()
    await desk.close()


def _on_redmine(ready: Mapping[str, object], folder: Path) -> Settings:
    chamados = ChamadoSettings(board="redmine", redmine=RedmineBoardSettings(project="chamados"))
    return demo_settings(ready, folder).model_copy(update={"chamados": chamados})
