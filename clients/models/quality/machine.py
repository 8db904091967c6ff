"""Version and system, where the tool runs on the client's own machine."""

from collections.abc import Iterator

from ..chamado import ChamadoDraft, Tool
from ..finding import Finding, Severity
from ..tool_asks import TOOL_ASKS, tells_system, tells_version


def check_machine(draft: ChamadoDraft) -> Iterator[Finding]:
    """Ask for what neither its own field nor the description tells."""
    if draft.tool not in TOOL_ASKS:
        return
    tool = Tool(draft.tool)
    ask = TOOL_ASKS[tool]
    if not draft.tool_version.strip() and not tells_version(draft.description):
        yield Finding(
            "ferramenta.versao",
            "tool_version",
            Severity.WARN,
            f"{tool} roda na máquina do cliente: diga a versão.",
            ask.version_example,
        )
    if not draft.tool_system.strip() and not tells_system(draft.description):
        yield Finding(
            "ferramenta.sistema",
            "tool_system",
            Severity.WARN,
            f"Diga em que roda ({ask.system.lower()}): sem isso o Desenvolvimento não repete o problema.",
            ask.system_example,
        )
