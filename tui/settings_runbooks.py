"""[roteiros]: the team's own runbooks beside those that are shipped."""

from pathlib import Path

from pydantic import Field

from .settings_fields import Section


class RunbookSettings(Section):
    """[roteiros]: what is done on a client's server by the book."""

    folder: Path | None = Field(None, alias="pasta")
    """Folder of the team's runbooks, one TOML file each; one with a shipped id replaces that one."""
