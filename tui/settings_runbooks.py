"""[roteiros]: the team's own runbooks beside those that are shipped."""

from pathlib import Path

from pydantic import Field, ValidationInfo, field_validator

from clients.models.forbidden_commands import program_refusal
from clients.models.local_command import checked

from .settings_fields import Argv, Section


class RunbookSettings(Section):
    """[roteiros]: what is done on a client's server by the book."""

    folder: Path | None = Field(None, alias="pasta")
    """Folder of the team's runbooks, one TOML file each; one with a shipped id replaces that one."""
    programs: frozenset[str] = Field(frozenset(), alias="programas")
    """The team's own that only look, by name: for the commands of steps and ``comando_local``."""
    local_command: Argv | None = Field(None, alias="comando_local")
    """Program that a step with a command may run here, with the places of `PLACES`: shown before it runs."""

    @field_validator("programs")
    @classmethod
    def _are_names(cls, programs: frozenset[str]) -> frozenset[str]:
        if reason := next(filter(None, map(program_refusal, sorted(programs))), ""):
            raise ValueError(reason)
        return programs

    @field_validator("local_command")
    @classmethod
    def _only_looks(cls, command: Argv | None, info: ValidationInfo) -> Argv | None:
        if command is not None and "programs" in info.data:  # else what is wrong with those is told
            checked(command, info.data["programs"])
        return command
