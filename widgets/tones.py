"""From what a piece of text means to how the theme draws it."""

from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.strip import Strip
from textual.widget import Widget

from .cells import Ground, Line, Piece, Tone, clip_line, line_width

# theme variable, strength and boldness of each tone; $text-… are colours made readable on the background
_TONES = {
    Tone.PLAIN: ("foreground", 1.0, False),
    Tone.DIM: ("foreground", 0.6, False),
    Tone.STRONG: ("foreground", 1.0, True),
    Tone.GOOD: ("text-success", 1.0, False),
    Tone.WARN: ("text-warning", 1.0, False),
    Tone.BAD: ("text-error", 1.0, True),
    Tone.ACCENT: ("text-primary", 1.0, True),
    Tone.LINK: ("text-secondary", 1.0, False),
    Tone.ADDED: ("text-success", 1.0, False),
    Tone.REMOVED: ("text-error", 1.0, False),
}
_GROUNDS = {
    Ground.CURSOR: ("primary", 0.3),
    Ground.RESTING: ("foreground", 0.07),
    Ground.NOTE: ("warning", 0.12),
}


class Palette:
    """Rich styles for every tone on every ground, of one theme over one background."""

    def __init__(self, variables: tuple[tuple[str, str], ...], background: Color) -> None:
        theme = dict(variables)
        self._styles = {
            (tone, ground): _style(theme, tone, ground, background) for tone in Tone for ground in Ground
        }

    def style(self, tone: Tone, ground: Ground = Ground.PLAIN) -> Style:
        """The style of a tone."""
        return self._styles[tone, ground]

    def strip(self, line: Line, width: int, ground: Ground = Ground.PLAIN) -> Strip:
        """Draw ``line`` in exactly ``width`` cells.

        Blanks take the style of their neighbours, unless that is a line under or through them: each change
        of style is bytes on the wire.
        """
        used = line_width(line)
        if used > width:
            line = clip_line(line, width)
            used = line_width(line)
        segments: list[tuple[str, Style]] = []
        for piece in (*line, Piece(" " * (width - used))):
            if not piece.text:
                continue
            style = self._styles[piece.tone, ground]
            plain = bool(segments) and not (segments[-1][1].underline or segments[-1][1].strike)
            if segments and ((plain and piece.text.isspace()) or segments[-1][1] is style):
                segments[-1] = (segments[-1][0] + piece.text, segments[-1][1])
            elif segments and segments[-1][0].isspace():
                segments[-1] = (segments[-1][0] + piece.text, style)
            else:
                segments.append((piece.text, style))
        return Strip([Segment(text, style) for text, style in segments], width)


def _style(theme: dict[str, str], tone: Tone, ground: Ground, background: Color) -> Style:
    variable, strength, bold = _TONES[tone]
    colour = Color.parse(theme[variable])
    if colour.ansi is not None or background.ansi is not None:
        # the terminal's own palette: nothing can be blended, so weight and reversal carry the meaning
        return Style(
            color=None if ground is Ground.CURSOR else colour.rich_color,
            bold=bold or ground is Ground.RESTING or None,
            dim=(tone is Tone.DIM and ground is not Ground.CURSOR) or None,
            reverse=ground is Ground.CURSOR or None,
            underline=tone is Tone.ADDED or None,
            strike=tone is Tone.REMOVED or None,
        )
    if ground in _GROUNDS:
        tint, amount = _GROUNDS[ground]
        background = background.blend(Color.parse(theme[tint]), amount, 1.0)
    return Style(
        color=background.blend(colour, strength, 1.0).rich_color,
        bgcolor=background.rich_color if background.a else None,
        bold=bold or None,
        underline=tone is Tone.ADDED or None,
        strike=tone is Tone.REMOVED or None,
    )


@lru_cache(maxsize=32)
def _palette(variables: tuple[tuple[str, str], ...], background: Color) -> Palette:
    return Palette(variables, background)


_NEEDED = sorted({name for name, *_ in _TONES.values()} | {name for name, _ in _GROUNDS.values()})


def palette_of(widget: Widget) -> Palette:
    """The palette for what ``widget`` draws on its own background; shared by all that look alike."""
    variables = widget.app.theme_variables
    known = tuple((name, variables[name]) for name in _NEEDED)
    return _palette(known, widget.background_colors[1])
