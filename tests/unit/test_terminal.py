"""What is said of the terminal, and what of it is serious enough to fail a diagnosis."""

from dataclasses import replace

import pytest

from tui.cli.terminal import Terminal, _locale

GOOD = Terminal(term="tmux-256color", colours=256, size=(80, 24), locale="pt_BR.UTF-8", tmux=True)


def test_a_terminal_that_serves() -> None:
    assert GOOD.complaints() == []
    assert str(GOOD) == "tmux-256color, 80×24, 256 cores, pt_BR.UTF-8"
    assert replace(GOOD, size=None).complaints() == []


@pytest.mark.parametrize(
    ("terminal", "words", "serious"),
    [
        (replace(GOOD, size=(60, 15)), "60×15 é pequeno", True),
        (replace(GOOD, size=(79, 24)), "79×24 é pequeno", True),
        (replace(GOOD, size=(200, 23)), "200×23 é pequeno", True),
        (replace(GOOD, locale="pt_BR.ISO-8859-1"), "sem UTF-8 (pt_BR.ISO-8859-1)", True),
        (replace(GOOD, locale=""), "sem UTF-8 (nenhum)", True),
        (replace(GOOD, term="dumb", tmux=False), "que terminal é este", True),
        (replace(GOOD, term="screen", colours=8), "8 cores", False),
        (replace(GOOD, term="screen-nada", colours=0), "não é conhecido", False),
        (replace(GOOD, term="xterm-256color"), "dentro do tmux", False),
    ],
)
def test_what_is_wrong_with_a_terminal(terminal: Terminal, words: str, serious: bool) -> None:
    (complaint,) = terminal.complaints()
    assert words in complaint.message
    assert complaint.way_out
    assert complaint.serious == serious


@pytest.mark.parametrize(
    ("environment", "locale"),
    [
        ({"LANG": "pt_BR.UTF-8"}, "pt_BR.UTF-8"),
        ({"LC_ALL": "C.UTF-8", "LANG": "pt_BR.ISO-8859-1"}, "C.UTF-8"),
        ({"LC_CTYPE": "pt_BR.utf8", "LANG": "C"}, "pt_BR.utf8"),
        # Python puts LC_CTYPE=C.UTF-8 where the machine lacks what LANG names
        ({"LC_CTYPE": "C.UTF-8", "LANG": "pt_BR.ISO-8859-1"}, "pt_BR.ISO-8859-1"),
        ({"LC_CTYPE": "C.UTF-8", "LANG": "C"}, "C.UTF-8"),
        ({"LC_CTYPE": "C.UTF-8"}, "C.UTF-8"),
        ({}, ""),
    ],
)
def test_the_locale_that_counts(environment: dict[str, str], locale: str) -> None:
    assert _locale(environment) == locale
