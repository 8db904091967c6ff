"""`plantao roteiros`: what there is, what one says, and a team's file judged before it is shared."""

import json
from pathlib import Path

import pytest

from tui.cli.exit_codes import Code
from tui.cli.runbooks import check_runbooks, list_runbooks, show_example, show_runbook

GOOD = """\
id = "ver-disco"
titulo = "Ver o disco"
[[passos]]
id = "ver"
titulo = "Ver"
comando = "services.msc"
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The team's folder, as the settings name it."""
    folder = tmp_path / "roteiros"
    folder.mkdir()
    config = tmp_path / "config" / "plantao" / "config.toml"
    config.parent.mkdir(parents=True, mode=0o700)
    config.write_text(f'[roteiros]\npasta = "{folder}"\n', "utf-8")
    config.chmod(0o600)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return folder


def test_the_shipped_ones_are_there_without_any_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert list_runbooks(as_json=False) == Code.OK
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["acessar-servidor", "cte-ez-commerce", "servico-dype"]


def test_the_teams_own_stand_beside_them(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "disco.toml").write_text(GOOD, "utf-8")
    assert list_runbooks(as_json=True) == Code.OK
    listed = json.loads(capsys.readouterr().out)
    assert {each["id"] for each in listed} >= {"ver-disco", "servico-dype"}


def test_for_programs_the_keys_are_those_of_the_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert show_runbook("servico-dype", as_json=True) == Code.OK
    told = json.loads(capsys.readouterr().out)
    assert {"id", "titulo", "serve", "passos"} <= set(told)
    assert {"titulo", "comando", "esperado", "senao", "guardas", "acao", "registro"} <= set(told["passos"][0])
    assert "title" not in str(told)


def test_the_example_is_a_runbook(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert show_example() == Code.OK
    mine = tmp_path / "meu.toml"
    mine.write_text(capsys.readouterr().out, "utf-8")
    assert check_runbooks([mine]) == Code.OK


def test_a_table_of_another_name_is_told_by_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = tmp_path / "meu.toml"
    mine.write_text(GOOD.replace("[[passos]]", "[[passo]]"), "utf-8")
    assert check_runbooks([mine]) == Code.WRONG
    said = capsys.readouterr().err
    assert "linha 3: “passo”: não é uma chave de roteiro" in said
    assert "“passos”: falta" in said


def test_one_that_would_stop_a_service_is_told_and_the_others_stay(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "mau.toml").write_text(GOOD.replace("services.msc", "net stop DYPE"), "utf-8")
    assert list_runbooks(as_json=False) == Code.WRONG
    said = capsys.readouterr()
    assert "mau.toml: linha 6: passo 1 “comando”: “stop” mexe no que roda" in said.err
    assert "servico-dype" in said.out
    assert "ver-disco" not in said.out


def test_one_is_shown_step_by_step_with_what_bars_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert show_runbook("servico-dype") == Code.OK
    said = capsys.readouterr().out
    for expected in (
        "1. Ver quem está no servidor",
        "   só com algo vermelho no cliente",
        "   só com o servidor livre",
        "   o Plantão anuncia a entrada",
        "   $ services.msc",
        "   Senão: Não mexa no serviço.",
        "   Anotar: Trecho do log",
    ):
        assert expected in said


def test_one_that_is_not_there(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert show_runbook("nada") == Code.WRONG
    assert "Não há roteiro “nada”: há acessar-servidor," in capsys.readouterr().err


def test_files_are_checked_before_they_are_shared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, bad = tmp_path / "bom.toml", tmp_path / "mau.toml"
    good.write_text(GOOD, "utf-8")
    bad.write_text(GOOD.replace('titulo = "Ver"', 'titulo = ""'), "utf-8")
    assert check_runbooks([good]) == Code.OK
    assert check_runbooks([good, bad]) == Code.WRONG
    said = capsys.readouterr().err
    assert f"{good}: certo, 1 passo." in said
    assert f"{bad}: linha 5: passo 1 “titulo”: está vazio" in said
