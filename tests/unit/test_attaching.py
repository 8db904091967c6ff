from pathlib import Path

import pytest

from clients.models.ticket import MAX_TICKET_BYTES
from tui.flows.attaching import NotAttached, attach, complete, typed_path

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("~/print.png", "print.png"),
        (" print.png ", "print.png"),
        ('"~/print.png"', "print.png"),
        ("'{home}/print.png' ", "print.png"),
        (r"log\ erro.txt", "log erro.txt"),
        ("log erro.txt", "log erro.txt"),
        ("'log erro.txt'", "log erro.txt"),
        ("file://{home}/print%201.png", "print 1.png"),
        ("file://localhost{home}/a%C3%A7%C3%A3o%23.png", "ação#.png"),
        ("gota d'água.txt", "gota d'água.txt"),
    ],
)
def test_a_path_is_taken_as_terminals_paste_it(home: Path, typed: str, name: str) -> None:
    assert typed_path(typed.format(home=home)) == home / name


def test_a_file_whose_name_holds_quotes_is_meant_as_it_stands(home: Path) -> None:
    (home / '"x".txt').write_text("x")
    assert typed_path('"x".txt') == home / '"x".txt'


async def test_files_are_added_once_and_keep_out_what_is_ours(home: Path) -> None:
    (home / "a.txt").write_text("a")
    (home / "b.txt").write_text("b")
    a, b = home / "a.txt", home / "b.txt"
    chosen = await attach("a.txt", (), ())
    chosen = await attach("b.txt", chosen, ())
    assert await attach("'~/a.txt'", chosen, ()) == (b, a)
    with pytest.raises(NotAttached, match=r"^b\.txt: é um arquivo do próprio Plantão"):
        await attach("b.txt", (a,), (b,))


async def test_what_cannot_go_along_is_told_without_the_name_of_a_system(home: Path) -> None:
    (home / "vazio.txt").touch()
    for typed, said in (("nada.txt", "nada.txt: não existe"), ("vazio.txt", "vazio.txt: está vazio")):
        with pytest.raises(NotAttached) as told:
            await attach(typed, (), ())
        assert told.value.message.startswith(said)


async def test_all_of_them_have_to_fit_into_the_ticket(home: Path) -> None:
    for name in "ab":
        with (home / name).open("wb") as file:
            file.truncate(MAX_TICKET_BYTES // 2 + 1)
    with pytest.raises(NotAttached, match="o limite é 20 MB"):
        await attach("b", (home / "a",), ())


async def test_a_path_is_completed_as_far_as_there_is_no_choice(home: Path) -> None:
    (home / "prints").mkdir()
    for name in ("prints/tela 1.png", "prints/tela 2.png", "prints/.tela", "log.txt", ".bashrc"):
        (home / name).write_text("x")
    assert (await complete("~")).text == "~/"
    assert (await complete("~/l")).text == "~/log.txt"
    assert (await complete("p")).text == "prints/"
    several = await complete("~/prints/")
    assert (several.text, several.names) == ("~/prints/tela ", ("tela 1.png", "tela 2.png"))
    assert (await complete('"~/prints/tela 1')).text == "~/prints/tela 1.png"
    assert (await complete(r"prints/tela\ 2")).text == "prints/tela 2.png"
    assert (await complete("~/.b")).text == "~/.bashrc"


async def test_nothing_there_leaves_what_was_typed(home: Path) -> None:
    for typed in ("nada", "nada/x", "~ninguem/x", "\0"):
        found = await complete(typed)
        assert (found.text, found.names) == (typed, ())


async def test_a_name_that_a_terminal_would_act_upon_is_not_offered(home: Path) -> None:
    (home / "a\x1b[2J.txt").write_text("x")
    assert (await complete("a")).text == "a"


async def test_a_path_knows_whether_it_is_complete(tmp_path: Path) -> None:
    (tmp_path / "print.png").write_text("x", encoding="utf-8")
    (tmp_path / "pasta").mkdir()
    assert (await complete(f"{tmp_path}/pri")).is_whole
    assert (await complete(f"{tmp_path}/print.png")).is_whole
    assert not (await complete(f"{tmp_path}/pas")).is_whole
    assert not (await complete(f"{tmp_path}/p")).is_whole
    assert not (await complete(f"{tmp_path}/nada")).is_whole
