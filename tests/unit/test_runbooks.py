"""Runbooks as files: the shipped ones, a team's own, and every way in which one is refused."""

from pathlib import Path

import pytest

from clients.errors import SourceError
from clients.models.runbook import Act, Guard, Runbook, Step, filled, fitting, open_places
from clients.models.service import Service
from clients.runbooks import parse, read, read_all, shipped

STEP = """
[[passos]]
id = "ver"
titulo = "Ver"
"""


def _file(*, head: str = "", steps: str = STEP) -> str:
    return f'id = "meu"\ntitulo = "Meu roteiro"\n{head}{steps}'


def _refused(text: str) -> str:
    with pytest.raises(SourceError) as refused:
        parse(text, "meu.toml")
    return refused.value.message


@pytest.fixture(params=[each.id for each in shipped()])
def ours(request: pytest.FixtureRequest) -> Runbook:
    return next(each for each in shipped() if each.id == request.param)


class TestShipped:
    def test_the_three_of_the_routine_are_there(self) -> None:
        assert {each.id for each in shipped()} == {"acessar-servidor", "servico-dype", "cte-ez-commerce"}

    def test_each_looks_who_is_there_before_it_enters_and_leaves_at_the_end(self, ours: Runbook) -> None:
        assert ours.enters
        assert ours.steps[0].barred_by == (Guard.RED, Guard.FREE)
        assert ours.steps[-1].act is Act.LEAVE

    def test_each_says_to_ask_where_something_is_not_as_expected(self, ours: Runbook) -> None:
        assert all(step.otherwise for step in ours.steps if step.expected)

    def test_the_one_of_the_service_comes_before_the_one_for_all(self) -> None:
        quotes = Service(client="Loja Sol", service="Serviço DYPE", kind="serviço do Windows")
        assert [each.id for each in fitting(shipped(), quotes)] == ["servico-dype", "acessar-servidor"]

    def test_scheduled_tasks_have_theirs(self) -> None:
        freight = Service(client="Loja Sol", service="Integração EZ Commerce", kind="tarefa agendada")
        assert [each.id for each in fitting(shipped(), freight)] == ["cte-ez-commerce", "acessar-servidor"]


class TestGoingOntoAServer:
    def test_entering_is_barred_by_the_rules_though_the_author_named_no_guard(self) -> None:
        going_out = '[[passos]]\nid = "sair"\ntitulo = "Sair"\nacao = "sair"\n'
        steps = f'{STEP}acao = "entrar"\n{going_out}'
        enter, leave = parse(_file(steps=steps), "x").steps
        assert enter.barred_by == (Guard.RED, Guard.FREE)
        assert leave.barred_by == (Guard.ENTERED,)

    def test_who_enters_must_leave(self) -> None:
        assert "falta um passo com acao = “sair”" in _refused(_file(steps=f'{STEP}acao = "entrar"\n'))

    def test_nobody_leaves_who_did_not_enter(self) -> None:
        assert "sai sem ter entrado" in _refused(_file(steps=f'{STEP}acao = "sair"\n'))


class TestCommands:
    @pytest.mark.parametrize(
        "command",
        ["'Restart-Service DYPE'", "'''\nnet stop DYPE\n'''", "'schtasks /Delete /TN CTE'"],
    )
    def test_one_that_would_stop_something_is_refused_by_its_line(self, command: str) -> None:
        said = _refused(_file(steps=f"{STEP}comando = {command}\n"))
        assert said.startswith("meu.toml: linha 7: passo 1 “comando”: “")
        assert said.endswith("pergunte antes")

    def test_an_escape_that_the_terminal_would_run_is_refused(self) -> None:
        assert "caractere de controle" in _refused(_file(steps=f'{STEP}comando = "dir\\u001b[201~"\n'))

    def test_one_of_several_lines_is_refused_since_pasting_runs_each(self) -> None:
        assert "mais de uma linha" in _refused(_file(steps=f"{STEP}comando = '''\ndir\nhostname\n'''\n"))

    def test_what_is_not_seen_is_refused_before_it_is_cleaned(self) -> None:
        assert "(U+200B)" in _refused(_file(steps=f'{STEP}comando = "ne\\u200bt stop DYPE"\n'))

    @pytest.mark.parametrize("value", ['["net stop DYPE"]', "5", '{ x = "dir" }'])
    def test_what_is_no_text_is_refused(self, value: str) -> None:
        assert "“comando”" in _refused(_file(steps=f"{STEP}comando = {value}\n"))

    def test_a_teams_own_program_passes_where_the_settings_name_it(self) -> None:
        text = _file(steps=f'{STEP}comando = "verifica.exe {{servidor}}"\n')
        assert "programas, de [roteiros]" in _refused(text)
        (step,) = parse(text, "x", {"verifica.exe"}).steps
        assert filled(step.command, {"servidor": "sol/01"}, {"verifica.exe"}) == "verifica.exe sol/01"

    def test_what_a_walk_kept_is_judged_before_it_is_copied(self) -> None:
        step = Step(id="ver", title="Ver", command="net stop {servico}")
        with pytest.raises(ValueError, match="pergunte antes"):
            filled(step.command, {"servico": "DYPE"})

    def test_what_is_copied_is_what_was_judged(self) -> None:
        with pytest.raises(ValueError, match=r"U\+200B"):
            filled("ping {servidor}", {"servidor": "so\u200bl"})
        assert Step(id="ver", title="Ver", command="di\u200br\n").command == "dir"

    def test_an_unknown_place_is_refused(self) -> None:
        assert "“{host}” não é conhecido; há {cliente}" in _refused(
            _file(steps=f'{STEP}comando = "ping {{host}}"\n')
        )

    def test_places_are_filled_and_what_is_not_known_stays_to_be_seen(self) -> None:
        assert filled("ping {servidor}", {"servidor": "sol/01"}) == "ping sol/01"
        assert filled("ping {servidor}", {}) == "ping {servidor}"

    def test_a_value_cannot_make_it_stop_something(self) -> None:
        with pytest.raises(ValueError, match="pergunte antes"):
            filled("{servidor}", {"servidor": "net stop DYPE"})
        with pytest.raises(ValueError, match="não está entre os comandos que só olham"):
            filled("net {servidor}", {"servidor": "start DYPE"})
        with pytest.raises(ValueError, match="não é um código"):
            filled("{servidor}", {"servidor": "sol.bat"})
        assert filled("{servidor}", {"servidor": "sol-01"}) == "sol-01"

    @pytest.mark.parametrize("name", ["Sol & Filhos", "x | y", "$(ls)", "Sol\nls", "`ls`", "50%"])
    def test_a_name_that_somebody_chose_cannot_begin_a_command_of_its_own(self, name: str) -> None:
        with pytest.raises(ValueError, match="digite-o à mão"):
            filled("ping {cliente}", {"cliente": name})
        assert filled("ping {servidor}", {"cliente": name, "servidor": "sol/01"}) == "ping sol/01"

    def test_what_stays_open_is_named(self) -> None:
        assert open_places("ping {servidor} {servidor}") == ("o código do servidor",)


class TestFaultsByLine:
    def test_what_is_no_toml(self) -> None:
        assert _refused('id = "meu"\ntitulo = ') == "meu.toml: linha 2: não é TOML"

    def test_a_key_that_is_not_known(self) -> None:
        said = _refused(_file(steps=f'{STEP}comand = "services.msc"\n'))
        assert said == "meu.toml: linha 7: passo 1 “comand”: não é uma chave de roteiro"

    def test_what_is_missing_is_told_at_its_step(self) -> None:
        said = _refused(_file(steps=f'{STEP}\n[[passos]]\nid = "dois"\n'))
        assert said == "meu.toml: linha 8: passo 2 “titulo”: falta"

    def test_lines_are_counted_past_texts_that_look_like_keys(self) -> None:
        steps = f'{STEP}texto = """\n[[passos]]\nguardas = []\n"""\nguardas = ["sempre"]\n'
        assert _refused(_file(steps=steps)).startswith("meu.toml: linha 11: passo 1 “guardas”: só conhece ")

    def test_two_steps_of_one_id(self) -> None:
        assert "dois passos com o id “ver”" in _refused(_file(steps=STEP + STEP))

    def test_an_id_with_accents(self) -> None:
        assert "minúsculas sem acento" in _refused(_file(steps='[[passos]]\nid = "Vê"\ntitulo = "x"\n'))

    def test_without_steps(self) -> None:
        assert _refused('id = "meu"\ntitulo = "x"\n') == "meu.toml: “passos”: falta"

    def test_all_faults_are_told_at_once(self) -> None:
        said = _refused(_file(head='cor = "azul"\n', steps=f'{STEP}comando = "reboot"\n'))
        assert said.count("linha ") == 2


class TestFolder:
    def test_a_teams_own_is_added_and_one_of_a_shipped_id_replaces_it(self, tmp_path: Path) -> None:
        (tmp_path / "a.toml").write_text(_file(), "utf-8")
        (tmp_path / "b.toml").write_text(_file().replace('"meu"', '"servico-dype"'), "utf-8")
        runbooks, refused = read_all(tmp_path)
        assert {each.id: each.title for each in runbooks}["servico-dype"] == "Meu roteiro"
        assert len(runbooks) == 4
        assert refused == ()

    def test_a_bad_one_is_told_and_the_others_stay(self, tmp_path: Path) -> None:
        (tmp_path / "a.toml").write_text("id = ", "utf-8")
        (tmp_path / "b.toml").write_bytes(b"id = '\xe7'")
        (tmp_path / "c.toml").write_text(_file(), "utf-8")
        (tmp_path / "d.toml").write_text(_file(), "utf-8")
        runbooks, refused = read_all(tmp_path)
        assert len(runbooks) == 4
        assert [each.message.partition(".toml: ")[2] for each in refused] == [
            "linha 1: não é TOML",
            "não está em UTF-8",
            "o id “meu” já é o de c.toml",
        ]

    def test_a_folder_that_is_not_there_is_told(self, tmp_path: Path) -> None:
        runbooks, (refused,) = read_all(tmp_path / "nada")
        assert len(runbooks) == 3
        assert "não existe" in refused.message

    def test_one_that_is_too_big_is_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "a.toml"
        path.write_text(_file(head="#" * 300_000), "utf-8")
        with pytest.raises(SourceError, match="grande demais"):
            read(path)
