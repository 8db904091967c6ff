"""[roteiros]: the team's own runbooks beside those that are shipped."""

from pathlib import Path

from pydantic import Field, field_validator

from clients.models.local_command import checked

from .settings_fields import Argv, Section


class RunbookSettings(Section):
    """[roteiros]: what is done on a client's server by the book."""

    folder: Path | None = Field(None, alias="pasta")
    """Folder of the team's runbooks, one TOML file each; one with a shipped id replaces that one."""
    local_command: Argv | None = Field(None, alias="comando_local")
    """Program that a step with a command may run here, with the places of `PLACES`: shown before it runs."""

    @field_validator("local_command")
    @classmethod
    def _only_looks(cls, command: Argv | None) -> Argv | None:
        if command is not None:
            checked(command)
        return command
