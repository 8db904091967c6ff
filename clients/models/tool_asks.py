"""What is asked besides of the tools that run on the client's own machine: version and system (C4).

Whoever mends the fault does not see that machine; of the tools on the maker's servers both are known.
"""

import re
from dataclasses import dataclass

from .chamado import ChamadoDraft, Tool
from .text import fold

_VERSION = re.compile(r"\bversao\b|\bv\.?\s?\d|\b\d{1,4}\.\d")
_SYSTEM = re.compile(r"\b(?:windows|win\s?\d{1,2}|linux|android|ios|iphone|ipad|mac\s?os)\b")


@dataclass(frozen=True)
class ToolAsk:
    """The two questions in the words of one tool, each with an example of an answer."""

    version: str
    version_example: str
    system: str
    system_example: str


TOOL_ASKS: dict[Tool, ToolAsk] = {
    Tool.MOBI: ToolAsk("Versão do Mobi", "3.2.1", "Aparelho e sistema", "Moto G84, Android 14"),
    Tool.OFFLINE: ToolAsk("Versão do Offline", "2.18", "Sistema do computador", "Windows 10, 64 bits"),
    Tool.SAT: ToolAsk(
        "Versão do APP SAT", "1.9.4", "Equipamento SAT e sistema", "SAT modelo Linker II, Windows 11"
    ),
    Tool.PRINT_INTEGRATOR: ToolAsk(
        "Versão do Print Integrator", "4.0.2", "Impressora e sistema", "térmica de 80 mm por USB, Windows 10"
    ),
}


@dataclass(frozen=True)
class ToolDetails:
    """What of a form goes along with its tool; what was typed under another one stays in the draft."""

    integration: str = ""
    version: str = ""
    system: str = ""


def tool_details(draft: ChamadoDraft) -> ToolDetails:
    """Return what is sent of integration, version and system: only what the chosen tool asks for."""
    if draft.tool == Tool.CENTRAL_DE_INTEGRACOES:
        return ToolDetails(integration=draft.integration.strip())
    if draft.tool in TOOL_ASKS:
        return ToolDetails(version=draft.tool_version.strip(), system=draft.tool_system.strip())
    return ToolDetails()


def client_machine(version: str, system: str) -> str:
    """Say both in one line: "versão 3.2.1 · Moto G84, Android 14"; empty where neither is known."""
    return " · ".join(filter(None, (f"versão {version}" if version else "", system)))


def tells_version(text: str) -> bool:
    """Tell whether a text names a version, in whatever place."""
    return _VERSION.search(fold(text)) is not None


def tells_system(text: str) -> bool:
    """Tell whether a text names an operating system."""
    return _SYSTEM.search(fold(text)) is not None
