"""[passagem]: handing a shift over to the next one."""

from pathlib import Path

from pydantic import Field

from .settings_fields import Section


class HandoverSettings(Section):
    """[passagem]: where the analysts of this machine leave their handovers for each other."""

    folder: Path | None = Field(None, alias="pasta")
    """Folder that they share, as a board's: without it only who shares one's data can acknowledge."""
