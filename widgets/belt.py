"""The last line of defence: no control character of any widget's text reaches the terminal.

Text is cleaned where it enters (`clients.models.text.safe_text`). Should a widget or a library show text
that did not go that way, this replaces what a terminal would act upon, where Textual turns strips into
bytes. Textual 8.2.8 itself removes only BEL, BS, VT, FF and CR.
"""

from rich.color import ColorSystem
from rich.console import Console
from rich.style import Style
from textual.strip import Strip

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


def harmless(text: str) -> str:
    """``text`` with every character that a terminal acts upon replaced by U+FFFD."""
    return text if text.isascii() and text.isprintable() else text.translate(_ACTED_UPON)


def install() -> None:
    """Put the belt on, once per process; putting it on again changes nothing."""
    Strip.render_style = classmethod(_safe_render_style)  # type: ignore[assignment,method-assign]
    Strip.render = _safe_render  # type: ignore[method-assign]


def uninstall() -> None:
    """Take the belt off: for tests that show what it is for."""
    Strip.render_style = classmethod(_render_style)  # type: ignore[assignment,method-assign]
    Strip.render = _render  # type: ignore[method-assign]


def _safe_render_style(cls: type[Strip], style: Style, text: str, color_system: ColorSystem) -> str:
    if style.link:
        style = style.update_link(None)  # no OSC 8: links are read and copied, not clicked
    rendered: str = _render_style(cls, style, harmless(text), color_system)
    return rendered


def _safe_render(self: Strip, console: Console) -> str:
    if self._render_cache is None and any(segment.style is None for segment in self._segments):
        self._segments = [
            segment if segment.style is not None else segment._replace(text=harmless(segment.text))
            for segment in self._segments
        ]
    return _render(self, console)
