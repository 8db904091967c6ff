import sys
from pathlib import Path

import pytest

from tui.editor import EditorError, edit, editor_command


def editor(script: str) -> list[str]:
    prelude = "import os, pathlib, sys; path = pathlib.Path(sys.argv[1]);"
    return [sys.executable, "-c", prelude + script]


def test_the_text_comes_back_as_the_editor_left_it(tmp_path: Path) -> None:
    text = edit("Olá", editor("path.write_text(path.read_text() + ', Marina\\n')"), tmp_path)
    assert text == "Olá, Marina"
    assert list(tmp_path.iterdir()) == []


def test_nobody_else_may_read_the_file_meanwhile(tmp_path: Path) -> None:
    assert edit("x", editor("path.write_text(oct(path.stat().st_mode & 0o777))"), tmp_path) == "0o600"


def test_an_editor_that_replaces_the_file_is_understood(tmp_path: Path) -> None:
    script = "new = path.with_suffix('.new'); new.write_text('outro'); os.replace(new, path)"
    assert edit("x", editor(script), tmp_path) == "outro"


def test_an_editor_that_ends_with_an_error_changes_nothing(tmp_path: Path) -> None:
    with pytest.raises(EditorError) as error:
        edit("Olá", editor("path.write_text('pela metade'); sys.exit(1)"), tmp_path)
    assert error.value.saved == "pela metade"
    assert list(tmp_path.iterdir()) == []


def test_an_editor_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(EditorError, match="nao-existe"):
        edit("Olá", ["/nao-existe"], tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("environ", "command"),
    [
        ({"VISUAL": "code --wait", "EDITOR": "nano"}, ["code", "--wait"]),
        ({"VISUAL": " ", "EDITOR": "'/opt/meu editor/nano' -w"}, ["/opt/meu editor/nano", "-w"]),
        ({}, ["vi"]),
    ],
)
def test_the_editor_is_the_one_of_the_environment(environ: dict[str, str], command: list[str]) -> None:
    assert editor_command(environ) == command


def test_a_garbled_editor_is_named() -> None:
    with pytest.raises(EditorError, match="vim"):
        editor_command({"EDITOR": "vim 'a"})
