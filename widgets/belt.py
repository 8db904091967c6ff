"""What Textual's strips become on the wire: nothing that a terminal would act upon, and few bytes.

Text is cleaned where it enters (`clients.models.text.safe_text`). Should a widget or a library show text
that did not go that way, this is the last line of defence: characters that a terminal acts upon become
U+FFFD (Textual 8.2.8 itself removes only BEL, BS, VT, FF and CR), and links are not sent.

Textual writes a full style and a reset round every segment; here an update says only what changes from one
segment to the next, also where the next is on another line. That halves what a repaint costs over SSH.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache

from rich.color import ColorSystem
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.strip import SGR_STYLES, Strip

_ACTED_UPON = dict.fromkeys(
    (
        *range(0x20),
        *range(0x7F, 0xA0),
        *range(0xD800, 0xE000),  # half characters, which no terminal encoding can carry
        0x061C,
        0x200E,
        0x200F,
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
    ),
    "\ufffd",
)
_render_style = Strip.render_style.__func__  # type: ignore[attr-defined]  # a classmethod's function
_render = Strip.render
_UPDATES: dict[type[CompositorUpdate], Callable[..., str]] = {
    update: update.render_segments for update in (ChopsUpdate, LayoutUpdate)
}
"""What goes to the terminal at once: lines, or parts of lines, each behind a move of the cursor."""
_RESET = "\x1b[0m"
Look = tuple[str, str, str]
"""SGR parameters of attributes, foreground and background; empty where a style leaves them alone."""
_PLAIN: Look = ("", "", "")
_OFF = {"1": "22", "2": "22", "3": "23", "4": "24", "5": "25", "7": "27", "8": "28", "9": "29"}
"""What takes an attribute away; bold and dim go together."""


def harmless(text: str) -> str:
    """``text`` with every character that a terminal acts upon replaced by U+FFFD."""
    return text if text.isascii() and text.isprintable() else text.translate(_ACTED_UPON)


def install() -> None:
    """Put the belt on, once per process; putting it on again changes nothing."""
    Strip.render_style = classmethod(_harmless_style)  # type: ignore[assignment,method-assign]
    Strip.render = _terse_render  # type: ignore[method-assign]
    for update in _UPDATES:
        update.render_segments = _terse_update  # type: ignore[method-assign]


def uninstall() -> None:
    """Take the belt off: for tests that show what it is for."""
    Strip.render_style = classmethod(_render_style)  # type: ignore[assignment,method-assign]
    Strip.render = _render  # type: ignore[method-assign]
    for update, render in _UPDATES.items():
        update.render_segments = render  # type: ignore[method-assign]


def _harmless_style(cls: type[Strip], style: Style, text: str, color_system: ColorSystem) -> str:
    if style.link:
        style = style.update_link(None)  # no OSC 8: links are read and copied, not clicked
    rendered: str = _render_style(cls, style, harmless(text), color_system)
    return rendered


class _Pen:
    """How the terminal would show the next character of the update that is being written; None: of none."""

    look: Look | None = None


def _terse_update(self: CompositorUpdate, console: Console) -> str:
    _Pen.look = _PLAIN
    try:
        written = _UPDATES[type(self)](self, console)
        reset = _RESET if _Pen.look != _PLAIN else ""
    finally:
        _Pen.look = None
    # a new line before a move of the cursor says nothing; text has none
    return written.replace("\n\x1b[", "\x1b[") + reset


def _terse_render(self: Strip, console: Console) -> str:
    colours = console._color_system or ColorSystem.TRUECOLOR
    if _Pen.look is not None:
        written, _Pen.look = _written(self, _Pen.look, colours)
        return written
    if self._render_cache is None:
        written, look = _written(self, _PLAIN, colours)
        self._render_cache = written + (_RESET if look != _PLAIN else "")
    return self._render_cache


def _written(segments: Iterable[Segment], look: Look, colours: ColorSystem) -> tuple[str, Look]:
    """What brings the segments to a terminal that is left with ``look``; and what it is left with then."""
    written: list[str] = []
    for text, style, _ in segments:
        wanted = _look(style, colours) if style is not None else _PLAIN
        if wanted != look:
            written.append(_change(look, wanted))
            look = wanted
        written.append(harmless(text))
    return "".join(written), look


@lru_cache(maxsize=4096)
def _look(style: Style, colours: ColorSystem) -> Look:
    bits = style._attributes & style._set_attributes
    attributes = [SGR_STYLES[bit] for bit in range(bits.bit_length()) if bits & (1 << bit)]
    ink, paper = style.color, style.bgcolor
    return (
        ";".join(attributes),
        ";".join(ink.downgrade(colours).get_ansi_codes()) if ink else "",
        ";".join(paper.downgrade(colours).get_ansi_codes(foreground=False)) if paper else "",
    )


@lru_cache(maxsize=4096)
def _change(before: Look, after: Look) -> str:
    """The shortest sequence from one look to the next: saying what differs, or beginning anew."""
    if after == _PLAIN:
        return _RESET
    anew = ";".join(part for part in ("0", *after) if part)
    had, has = (set(filter(None, look[0].split(";"))) for look in (before, after))
    if not (had - has) <= _OFF.keys():
        return f"\x1b[{anew}m"
    off = {_OFF[attribute] for attribute in had - has}
    on = {attribute for attribute in has if attribute not in had or _OFF.get(attribute) in off}
    ink = "" if before[1] == after[1] else after[1] or "39"
    paper = "" if before[2] == after[2] else after[2] or "49"
    changes = ";".join(part for part in (*sorted(off), *sorted(on), ink, paper) if part)
    return f"\x1b[{min(changes, anew, key=len)}m"
