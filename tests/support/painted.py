"""What Textual paints: the regions it repaints while something happens, and the text of a widget's lines."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from textual._compositor import Compositor
from textual.geometry import Region
from textual.pilot import Pilot
from textual.widget import Widget

Result = TypeVar("Result")


@contextmanager
def repainted() -> Iterator[list[Region]]:
    """Collect every region that is repainted inside the block."""
    regions: list[Region] = []
    original = Compositor.render_update

    def watching(self: Compositor, *args: object, **options: object) -> object:
        regions.extend(self._dirty_regions)
        return original(self, *args, **options)  # type: ignore[arg-type]

    Compositor.render_update = watching  # type: ignore[assignment,method-assign]
    try:
        yield regions
    finally:
        Compositor.render_update = original  # type: ignore[method-assign]


def lines_of(widget: Widget) -> list[str]:
    """The lines of a widget as they are on screen, without trailing blanks."""
    height = widget.region.height
    return [strip.text.rstrip() for strip in widget.render_lines(Region(0, 0, widget.region.width, height))]


async def settle(pilot: Pilot[Result]) -> None:
    """Wait until nothing more is repainted."""
    quiet = 0
    while quiet < 3:
        with repainted() as regions:
            await pilot.pause(0.02)
        quiet = 0 if regions else quiet + 1
