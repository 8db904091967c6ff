"""Jumping: letters appear beside everything that can be gone to, and the next letter goes there."""

from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Protocol, runtime_checkable

from textual import events
from textual.geometry import Offset, Region
from textual.screen import Screen
from textual.widget import Widget

from .bound import bound
from .cells import Line, Piece, Tone
from .jump_place import Place
from .key_line import key_by_id
from .keys import JUMP
from .one_line import OneLine
from .quiet_screen import QuietScreen

_HOME = "asdfghjklqwertyuiopzxcvbnm"
LETTERS = _HOME + _HOME.upper()
"""What is beside the places, the easiest first; no keyboard lacks them."""


@runtime_checkable
class Jumpable(Protocol):
    """A widget that can be gone into."""

    def jump_places(self) -> Iterable[Place]:
        """Return what is in view of it, from above."""
        ...


@dataclass(frozen=True)
class Target:
    """One place on the screen."""

    at: Offset
    within: Widget
    go: Callable[[], object]


def targets(screen: Screen[object]) -> list[Target]:
    """What is in view and takes keys, from above; of a list, each row. No more than there are letters.

    Where there is more, what has the keys now comes first.
    """
    found: list[Target] = []
    for widget in screen.focus_chain:
        found += _within(screen, widget, screen.find_widget(widget).visible_region)
    found.sort(key=lambda target: (target.at.y, target.at.x))
    if len(found) > len(LETTERS):
        found.sort(key=lambda target: target.within is not screen.focused)
    return found[: len(LETTERS)]


def _covers(seen: Region, at: Offset) -> bool:
    return seen.contains(at.x, at.y)


def _within(screen: Screen[object], widget: Widget, seen: Region) -> Iterator[Target]:
    places = list(widget.jump_places()) if isinstance(widget, Jumpable) else []
    corner = widget.content_region.offset
    for place in places:
        if _covers(seen, corner + place.at):
            yield Target(corner + place.at, widget, partial(_go, screen, widget, place.go))
    if not places and _covers(seen, corner):
        yield Target(Offset(_margin(widget), corner.y), widget, partial(screen.set_focus, widget))


def _margin(widget: Widget) -> int:
    """The column beside its text: its own edge or padding, or that of what holds it."""
    edge, holder = widget.region.x, widget.parent
    if edge < widget.content_region.x or not isinstance(holder, Widget):
        return edge
    return edge - 1 if holder.region.x < holder.content_region.x == edge else edge


def _go(screen: Screen[object], widget: Widget, go: Callable[[], object]) -> None:
    screen.set_focus(widget)
    go()


class JumpLetter(Widget):
    """A letter before a place: over its mark, or over the edge of what has none."""

    DEFAULT_CSS = """
    JumpLetter {
        layer: jump; position: absolute; width: 1; height: 1;
        background: $warning; color: $background; text-style: bold;
    }
    JumpLetter:ansi { background: ansi_default; color: ansi_default; text-style: bold reverse; }
    """

    def __init__(self, letter: str, at: Offset) -> None:
        super().__init__()
        self.letter = letter
        self.styles.offset = (at.x, at.y)

    def render(self) -> str:
        """The letter."""
        return self.letter


class JumpLine(OneLine, can_focus=True):
    """Says what is waited for in the place of the key bar, and takes the letter."""

    BINDINGS = bound(JUMP)
    DEFAULT_CSS = """
    JumpLine { layer: jump; dock: bottom; background: $panel; }
    """

    def __init__(self, places: Mapping[str, Target], before: Widget | None) -> None:
        """``before`` is what had the keys."""
        super().__init__()
        self._places = places
        self._before = before
        self._over = False

    def lay_out(self, width: int) -> Line:
        """The question and the way out."""
        key = key_by_id(self, "salto.voltar")
        return (Piece(" Saltar: ", Tone.STRONG), Piece("aperte a letra do lugar  "), Piece(f"{key} volta"))

    def on_key(self, event: events.Key) -> None:
        """There, and done; another letter leads nowhere."""
        if event.character is None or not event.is_printable:
            return
        event.stop()
        event.prevent_default()
        self.end()
        if (target := self._places.get(event.character)) is not None:
            target.go()

    def on_blur(self) -> None:
        """Something else took the keys."""
        self.end(give_back=False)

    def action_leave(self) -> None:
        """Stay where one was."""
        self.end()

    def end(self, *, give_back: bool = True) -> None:
        """Have the letters go, and the keys where they came from."""
        if self._over:
            return
        self._over = True
        if give_back:
            self.screen.set_focus(self._before)
        screen = self.screen
        gone = [letter.remove() for letter in screen.query(JumpLetter)]
        self.app.call_later(_settle, screen, [*gone, self.remove()])


async def _settle(screen: Screen[object], gone: Iterable[Awaitable[None]]) -> None:
    for each in gone:
        await each
    if isinstance(screen, QuietScreen):
        screen.call_after_refresh(setattr, screen, "overlaid", False)


def begin_jump(screen: Screen[object]) -> bool:
    """Show the letters; False where there is nothing to go to, or they are there already."""
    places = dict(zip(LETTERS, targets(screen), strict=False))
    if not places or screen.query(JumpLine):
        return False
    line = JumpLine(places, screen.focused)
    letters = [JumpLetter(letter, target.at) for letter, target in places.items()]
    # before everything else, which keeps its place in the order of painting: what loses it is painted anew
    if isinstance(screen, QuietScreen):
        screen.overlaid = True
    screen.mount(*letters, line, before=0)
    screen.set_focus(line)
    return True
