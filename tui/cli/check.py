"""What one check of the diagnosis found, and how it is marked."""

from dataclasses import dataclass
from enum import StrEnum

from clients.errors import PlantaoError


class Verdict(StrEnum):
    """How a check ended."""

    OK = "ok"
    WARNING = "atencao"
    WRONG = "falha"
    ABSENT = "ausente"
    """Not configured: nothing to check."""


MARKS = {
    Verdict.OK: "● ok",
    Verdict.WARNING: "▲ atenção",
    Verdict.WRONG: "✖ falha",
    Verdict.ABSENT: "– não usado",
}


@dataclass(frozen=True)
class Check:
    """What one check found."""

    name: str
    verdict: Verdict
    message: str
    way_out: str = ""

    @classmethod
    def failed(cls, name: str, error: PlantaoError) -> "Check":
        """A check that an error ended."""
        return cls(name, Verdict.WRONG, f"{error.title}: {error.message}", error.way_out)


def address_of(section: str) -> str:
    """The way out where nothing answers at the address of a section."""
    return f"Confira o endereço em [{section}], na configuração."
