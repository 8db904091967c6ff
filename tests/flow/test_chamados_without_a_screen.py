"""``plantao chamado`` and ``plantao sincronizar`` as a script runs them, on the demo's sandbox."""

import json
import os
import pty
import signal
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from tests.support.headless import Env, begun, plantao, plantao_process

GOOD = """
titulo = "Pedido de venda não salva ao alterar a forma de pagamento"
email_licenca = "jose.falcao@serraazul.exemplo.com.br"
ferramenta = "Sistema"
notificar = ["ana@parceiro.exemplo.com.br", "bruno@parceiro.exemplo.com.br"]
fluxo = ["Vendas", "Pedidos", "Editar pedido", "Salvar"]
descricao = \"\"\"
Onde acontece: Vendas > Pedidos > Editar pedido, na aba Pagamento.
O que acontece: ao salvar o pedido 1234 depois de trocar a forma de pagamento, o pedido não é gravado.
Com qual usuário: caixa1, perfil vendedor; com o admin também acontece.
Passo a passo:
1. Acesse Vendas > Pedidos
2. Clique em Editar pedido
3. Troque a forma de pagamento
4. Clique em Salvar
Mensagem exata: "Erro 500: parcela inválida"
O que era esperado: o pedido deveria ser gravado.
Desde quando: desde 09/03, em todos os navegadores, só neste cliente.
\"\"\"
"""


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return written(tmp_path, GOOD)


def written(folder: Path, text: str, name: str = "chamado.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def letters_in(ready: Mapping[str, object]) -> list[str]:
    files = sorted(Path(str(ready["letters"])).glob("*.eml"))
    return [str(message_from_bytes(file.read_bytes(), policy=policy.default)["To"]) for file in files]


def test_a_chamado_that_would_be_reproved_is_refused_field_by_field(env: Env, tmp_path: Path) -> None:
    bad = written(tmp_path, 'titulo = "Erro no sistema"\nferramenta = "Sistema"\ndescricao = "não funciona"')
    done = plantao(env, "chamado", "enviar", str(bad), "--sim", "--json")
    assert done.returncode == 1
    told = json.loads(done.stdout)
    assert told["desfecho"] == "impedido"
    assert {one["campo"] for one in told["achados"]} >= {"titulo", "email_licenca", "fluxo", "--entendi"}
    assert "✖ fluxo:" in done.stderr
    assert (
        f"Rascunho guardado: continue na mesa, em Chamados, ou com plantao chamado enviar {told['id']}"
        in (done.stderr)
    )
    again = plantao(env, "chamado", "enviar", told["id"], "--simular")
    assert (again.returncode, "Rascunho guardado" in again.stderr) == (1, False)
    listed = json.loads(plantao(env, "chamados", "--json").stdout)
    assert told["id"] in {draft["id"] for draft in listed["rascunhos"]}
    assert told["id"] not in {sent["id"] for sent in listed["chamados"]}
    (line,) = (line for line in plantao(env, "chamados").stdout.splitlines() if line.endswith(told["id"]))
    assert line.strip().startswith("rascunho")


def test_a_chamado_is_sent_once_and_goes_its_way_with_every_letter(
    env: Env, good: Path, ready: Mapping[str, object]
) -> None:
    simulated = plantao(env, "chamado", "enviar", str(good), "--entendi", "--simular")
    assert (simulated.returncode, simulated.stdout) == (0, "")
    assert "nada foi enviado" in simulated.stderr
    sending = plantao_process(env, "chamado", "enviar", str(good), "--entendi", "--sim", "--json")
    sent = json.loads(sending.stdout)
    again = plantao(env, "chamado", "enviar", str(good), "--entendi", "--sim")
    assert sent["desfecho"] == "enviado"
    assert f"Já enviado: é o chamado nº {sent['numero']}" in again.stderr
    number = str(sent["numero"])
    waiting = json.loads(plantao(env, "chamado", "triagem", "--json").stdout)["triagem"]
    assert [str(each["chamado"]["numero"]) for each in waiting] == [number]
    illegal = plantao(env, "chamado", "mover", number, "Doing", "--sim")
    assert illegal.returncode == 1
    assert "só a Backlog, Reprovado ou Aguardando Informações" in illegal.stderr
    bare = plantao(env, "chamado", "mover", number, "backlog", "--sim")
    assert (bare.returncode, "--prazo" in bare.stderr) == (1, True)
    before = len(letters_in(ready))
    soon = f"{datetime.now(UTC) + timedelta(days=9):%d/%m/%Y}"
    approved = plantao_process(env, "chamado", "mover", number, "Backlog", "--prazo", soon, "--sim")
    assert (approved.returncode, approved.stderr.splitlines()[-1]) == (0, "Feito.")
    told = letters_in(ready)[before:]
    assert "ana@parceiro.exemplo.com.br" in told
    assert "bruno@parceiro.exemplo.com.br" in told
    assert len(told) == 3, "the author, too"
    page = plantao_process(env, "chamado", "ver", number)
    assert f"Prazo: {soon}" in page.stdout
    assert "Beatriz Nogueira" in page.stdout
    round_ = plantao_process(env, "sincronizar")
    assert (round_.returncode, "Nada de novo" in round_.stderr) == (0, True)
    assert len(letters_in(ready)) == before + 3


def test_what_is_on_the_board_already_is_told_and_the_clients_machine_goes_along(
    env: Env, tmp_path: Path
) -> None:
    asked = 'ferramenta = "Mobi"\nversao = "3.2.1"\nsistema = "Moto G84, Android 14"'
    mobi = GOOD.replace('ferramenta = "Sistema"', asked)
    first = plantao(env, "chamado", "enviar", str(written(tmp_path, mobi)), "--entendi", "--sim", "--json")
    number = json.loads(first.stdout)["numero"]
    assert "parecido com" not in first.stderr
    page = plantao(env, "chamado", "ver", str(number)).stdout
    assert "No cliente: versão 3.2.1 · Moto G84, Android 14" in page
    other = written(tmp_path, mobi.replace("Pedido de venda não salva", "Não está salvando o pedido"))
    again = plantao(env, "chamado", "enviar", str(other), "--entendi", "--simular")
    assert f"▲ parecido com o nº {number} (Triagem, agora), do mesmo cliente: Pedido de venda" in again.stderr
    assert "em comum: " in again.stderr


def test_a_draft_of_a_ticket_is_kept_and_says_what_is_missing(env: Env) -> None:
    tickets = json.loads(plantao(env, "fila", "--json").stdout)["tickets"]
    number = str(tickets[0]["id"])
    first = plantao(env, "chamado", "novo", "--ticket", number)
    assert first.returncode == 0
    assert "descricao" in first.stderr
    assert "--entendi" not in first.stderr
    assert plantao(env, "chamado", "novo", "--ticket", number).stdout == first.stdout
    refused = plantao(env, "chamado", "enviar", first.stdout.strip()[:8], "--entendi", "--sim")
    assert refused.returncode == 1


def test_an_unchecked_licence_needs_its_own_word_and_is_recorded(env: Env, good: Path) -> None:
    nowhere = {name: value for name, value in env.items() if "LICENCAS" not in name}
    refused = plantao(nowhere, "chamado", "enviar", str(good), "--entendi", "--sim")
    assert refused.returncode == 1
    assert "--licenca-nao-verificada" in refused.stderr
    assert "Você reproduziu o problema na sua própria base?" in refused.stderr
    assert "Rascunho guardado" in refused.stderr
    done = plantao(
        nowhere, "chamado", "enviar", str(good), "--entendi", "--sim", "--licenca-nao-verificada", "--json"
    )
    number = str(json.loads(done.stdout)["numero"])
    assert "enviado assim por Beatriz Nogueira" in plantao(nowhere, "chamado", "ver", number).stdout


@pytest.mark.parametrize(
    ("text", "name", "complaint"),
    [
        ("titulo\nx = 1", "a.toml", "a.toml, linha 1, coluna 7: o TOML está malformado"),
        ("{", "a.json", "a.json, linha 1, coluna 2: o JSON está malformado"),
        ('titlo = "x"', "b.toml", "não existe o campo titlo; há titulo, email_licenca"),
        ("titulo = 3", "c.toml", "o campo titulo não tem o tipo certo"),
    ],
)
def test_a_file_that_cannot_be_read_says_where(
    env: Env, tmp_path: Path, text: str, name: str, complaint: str
) -> None:
    done = plantao(env, "chamado", "enviar", str(written(tmp_path, text, name)), "--sim")
    assert done.returncode == 1
    assert complaint in done.stderr


def test_the_example_is_a_file_that_can_be_read(env: Env, tmp_path: Path) -> None:
    example = plantao_process(env, "chamado", "novo", "--exemplo")
    kept = plantao(env, "chamado", "novo", str(written(tmp_path, example.stdout)), "--json")
    assert kept.returncode == 0
    told = json.loads(kept.stdout)
    assert told["desfecho"] == "rascunho"
    assert "--entendi" not in {found["campo"] for found in told["achados"]}, "an option of enviar"


def sent_by(env: Env, path: Path) -> str:
    done = plantao(env, "chamado", "enviar", str(path), "--entendi", "--sim", "--json")
    return str(json.loads(done.stdout)["numero"])


def test_a_duplicate_is_reproved_with_the_original_as_its_reason(
    env: Env, good: Path, tmp_path: Path, ready: Mapping[str, object]
) -> None:
    first = sent_by(env, good)
    second = sent_by(env, written(tmp_path, GOOD.replace("Pedido de venda", "Pedido"), "b.toml"))
    for original, code, complaint in (
        ("99", 1, "não há chamado nº 99"),
        (second, 1, f"o nº {second} não é duplicado de si mesmo."),
    ):
        refused = plantao(env, "chamado", "mover", second, "Reprovado", "--duplicado-de", original, "--sim")
        assert (refused.returncode, complaint in refused.stderr) == (code, True)
    elsewhere = plantao(env, "chamado", "mover", second, "Backlog", "--duplicado-de", first, "--sim")
    assert (elsewhere.returncode, "só vale para Reprovado" in elsewhere.stderr) == (2, True)
    before = letters_in(ready)
    done = plantao(env, "chamado", "mover", second, "Reprovado", "--duplicado-de", first, "--sim")
    assert done.returncode == 0, done.stderr
    page = plantao(env, "chamado", "ver", second).stdout
    assert f"Duplicado do nº {first}: Pedido de venda não salva" in page
    assert len(letters_in(ready)) == len(before) + 3
    newest = max(Path(str(ready["letters"])).glob("*.eml"), key=lambda file: file.stat().st_mtime_ns)
    body = message_from_bytes(newest.read_bytes(), policy=policy.default).get_body(("plain",))
    assert body is not None
    assert f"Acompanhe o chamado nº {first}, o original" in body.get_content()


def test_nobody_closes_a_chamado_without_the_clients_words(env: Env, good: Path) -> None:
    number = sent_by(env, good)
    soon = f"{datetime.now(UTC) + timedelta(days=9):%d/%m/%Y}"
    for way in (
        ("Backlog", "--prazo", soon),
        ("A fazer",),
        ("Doing",),
        ("pull_request",),
        ("pr_aprovado",),
        ("publicado_em_homologacao", "--url", "https://homologacao.exemplo.com.br"),
        ("testing",),
        ("test_finished",),
        ("publicado", "--versao", "4.18.2"),
    ):
        moved = plantao(env, "chamado", "mover", number, *way, "--sim")
        assert moved.returncode == 0, moved.stderr
    bare = plantao(env, "chamado", "mover", number, "Encerrado", "--sim")
    assert bare.returncode == 1
    assert "✖ --motivo: O que o cliente disse: preencha." in bare.stderr
    words = "Testei no caixa1 e salvou."
    closed = plantao(env, "chamado", "mover", number, "Encerrado", "--motivo", words, "--sim")
    assert closed.returncode == 0, closed.stderr
    assert "validou" not in closed.stdout + closed.stderr
    assert words in plantao(env, "chamado", "ver", number).stdout


def test_what_is_not_there_is_told(env: Env) -> None:
    assert plantao(env, "chamado", "ver", "99").returncode == 1
    assert plantao(env, "chamado", "mover", "99", "backlog", "--sim").returncode == 1
    assert plantao(env, "chamado", "enviar", "nada", "--sim").returncode == 1
    assert plantao(env, "chamado", "novo").returncode == 2


def test_ctrl_c_at_the_question_ends_it_and_nothing_is_sent(env: Env, good: Path) -> None:
    keyboard, stdin = pty.openpty()
    with begun(env, "chamado", "enviar", str(good), "--entendi", stdin=stdin) as process:
        assert process.stderr is not None
        told = ""
        while not told.endswith("[s/N] "):
            told += process.stderr.read(1)
        process.send_signal(signal.SIGINT)
        try:
            assert process.wait(timeout=30) == 130
        finally:
            process.kill()
    os.close(stdin)
    os.close(keyboard)
    assert "Nada em Triagem." in plantao(env, "chamado", "triagem").stderr
