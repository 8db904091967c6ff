"""Why a pane shows nothing, or nothing newer."""

from clients.models.feed import Feed, Item, Trouble

from .cells import Line, Piece, Tone


def trouble_line(trouble: Trouble) -> Line:
    """What went wrong and the way out, in one line."""
    line = [Piece(f" ▲ {trouble.title}", Tone.WARN)]
    if trouble.message:
        line.append(Piece(f": {trouble.message}", Tone.PLAIN))
    if trouble.way_out:
        line.append(Piece(f" {trouble.way_out}", Tone.DIM))
    return tuple(line)


def empty_reason(feed: Feed[Item], nothing: tuple[str, ...], never: tuple[str, ...]) -> tuple[str, ...]:
    """Why a pane is empty: it failed, it was never read (``never``), or there is ``nothing``."""
    if feed.trouble:
        trouble = feed.trouble
        return tuple(part for part in (f"▲ {trouble.title}", trouble.message, trouble.way_out) if part)
    if feed.as_of is None:
        return ("Lendo…",) if feed.loading else never
    return nothing
