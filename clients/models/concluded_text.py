"""What is written to a client whose task was concluded (R16, R22)."""

from .rules.shipped import HELLO
from .template import fill, values_for
from .ticket import Ticket

# neither the task's title nor who did it: both are the house's


def concluded_text(ticket: Ticket) -> str:
    """The reply that tells it and asks for the client's OK, with which the ticket is closed."""
    return "\n\n".join(
        (
            fill(HELLO, values_for(ticket, "")),
            "Concluímos o que você nos pediu neste ticket.",
            "Por favor, confira e responda a esta mensagem dizendo se está tudo certo, ou o que ainda falta. "
            "Com o seu OK encerramos o ticket.",
        )
    )
