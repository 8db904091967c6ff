"""What Textual's strips become on the wire: nothing that a terminal would act upon, and few bytes.

Text is cleaned where it enters (`clients.models.text.safe_text`). Should a widget or a library show text
that did not go that way, this is the last line of defence: characters that a terminal acts upon become
U+FFFD (Textual 8.2.8 itself removes only BEL, BS, VT, FF and CR), and links are not sent.

Textual writes a full style and a reset round every segment; here a line says only what changes from one
segment to the next, which halves what a repaint costs over SSH.
"""

from functools import lru_cache

from rich.color import ColorSystem
from rich.console import Console
from rich.style import Style
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


def uninstall() -> None:
    """Take the belt off: for tests that show what it is for."""
    Strip.render_style = classmethod(_render_style)  # type: ignore[assignment,method-assign]
    Strip.render = _render  # type: ignore[method-assign]


def _harmless_style(cls: type[Strip], style: Style, text: str, color_system: ColorSystem) -> str:
    if style.link:
        style = style.update_link(None)  # no OSC 8: links are read and copied, not clicked
    rendered: str = _render_style(cls, style, harmless(text), color_system)
    return rendered


def _terse_render(self: Strip, console: Console) -> str:
    if self._render_cache is None:
        colours = console._color_system or ColorSystem.TRUECOLOR
        written: list[str] = []
        now = _PLAIN
        for text, style, _ in self._segments:
            look = _look(style, colours) if style is not None else _PLAIN
            if look != now:
                written.append(_change(now, look))
                now = look
            written.append(harmless(text))
        if now != _PLAIN:
            written.append(_RESET)
        self._render_cache = "".join(written)
    return self._render_cache


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
