from collections.abc import Iterator

import pyte
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.color import Color
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

from tests.support.hostile import ACTED_UPON, HOSTILE
from widgets import belt

CONSOLE = Console(force_terminal=True, color_system="truecolor", width=80)
COLOURS = st.sampled_from(
    [None, Color.parse("#102030"), Color.parse("#aabbcc"), Color.parse("red"), Color.default()]
)
STYLES = st.one_of(
    st.none(),
    st.builds(
        Style,
        color=COLOURS,
        bgcolor=COLOURS,
        bold=st.sampled_from([None, True, False]),
        dim=st.sampled_from([None, True]),
        italic=st.sampled_from([None, True]),
        reverse=st.sampled_from([None, True]),
        overline=st.sampled_from([None, True]),
    ),
)
SEGMENTS = st.lists(st.tuples(st.text("abç ", min_size=1, max_size=4), STYLES), max_size=6)


@pytest.fixture(autouse=True)
def belt_on() -> Iterator[None]:
    belt.install()
    yield
    belt.uninstall()


def written(segments: list[tuple[str, Style | None]]) -> str:
    return Strip([Segment(text, style) for text, style in segments]).render(CONSOLE)


@pytest.mark.parametrize("name", sorted(HOSTILE))
@pytest.mark.parametrize("style", [None, Style(bold=True), Style(link="http://evil.test/")])
def test_no_character_that_a_terminal_acts_upon_is_written(name: str, style: Style | None) -> None:
    raw = written([(HOSTILE[name], style)]).removeprefix("\x1b[1m").removesuffix("\x1b[0m")
    assert not ACTED_UPON & set(raw)
    assert "\ud83d" not in raw
    styled = Strip.render_style(style or Style(), HOSTILE[name], CONSOLE._color_system or 1)  # type: ignore[arg-type]
    assert not ACTED_UPON & set(styled.removeprefix("\x1b[1m").removesuffix("\x1b[0m"))


def test_without_the_belt_they_are() -> None:
    belt.uninstall()
    assert "\x1b]52;" in written([(HOSTILE["osc52"], None)])
    assert "\x1b]8;" in written([("x", Style(link="http://evil.test/"))])


@settings(max_examples=300)
@given(SEGMENTS)
def test_the_screen_is_the_same_as_with_textuals_own_writing(
    segments: list[tuple[str, Style | None]],
) -> None:
    belt.install()
    terse = written(segments)
    belt.uninstall()
    full = written(segments)
    belt.install()
    assert on_screen(terse + "z") == on_screen(full + "z")
    assert len(terse) <= len(full)


def on_screen(raw: str, lines: int = 1) -> list[object]:
    screen = pyte.Screen(40, lines)
    pyte.Stream(screen).feed(raw)
    return [screen.buffer[line][column] for line in range(lines) for column in range(40)]


LINES = st.lists(SEGMENTS.filter(bool), min_size=1, max_size=4)


def both_updates(lines: list[list[tuple[str, Style | None]]]) -> tuple[str, str]:
    """The lines as a new screen, and as parts of one that begin in the third column and end in the ninth."""
    strips = [Strip([Segment(text, style) for text, style in line]) for line in lines]
    new = LayoutUpdate([[strip] for strip in strips], Region(2, 0, 30, len(strips)))
    spans = [(y, 2, 9) for y in range(len(strips))]
    parts = ChopsUpdate(
        [{2: strip} for strip in strips], spans, [[2 + strip.cell_length] for strip in strips]
    )
    return new.render_segments(CONSOLE), parts.render_segments(CONSOLE)


@settings(max_examples=300)
@given(LINES)
def test_an_update_shows_the_same_as_textuals_own_in_fewer_bytes(
    lines: list[list[tuple[str, Style | None]]],
) -> None:
    belt.install()
    terse = both_updates(lines)
    belt.uninstall()
    full = both_updates(lines)
    belt.install()
    for short, long in zip(terse, full, strict=True):
        assert on_screen(short + "z", len(lines)) == on_screen(long + "z", len(lines))
        assert len(short) <= len(long)


def test_lines_that_look_the_same_say_so_once() -> None:
    look = Style(color=Color.parse("#111111"), bgcolor=Color.parse("#000000"))
    new, _ = both_updates([[("abc", look)], [("def", look)]])
    assert new == "\x1b[1;3H\x1b[38;2;17;17;17;48;2;0;0;0mabc\x1b[2;3Hdef\x1b[0m"


def test_what_a_strip_says_alone_does_not_hang_on_the_update_before() -> None:
    look = Style(bold=True)
    both_updates([[("abc", look)]])
    assert written([("abc", look)]) == "\x1b[1mabc\x1b[0m"


def test_neighbours_that_differ_in_colour_alone_say_only_the_colour() -> None:
    paper = Color.parse("#000000")
    one, two = (
        Style(color=Color.parse("#111111"), bgcolor=paper),
        Style(color=Color.parse("#222222"), bgcolor=paper),
    )
    assert written([("a", one), ("b", two)]) == "\x1b[38;2;17;17;17;48;2;0;0;0ma\x1b[38;2;34;34;34mb\x1b[0m"
