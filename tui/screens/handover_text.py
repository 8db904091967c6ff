"""The text of a handover before it leaves: as it will be posted or copied, to be edited."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from clients.errors import PlantaoError
from clients.models.handover import HandoverLine, Portion
from clients.models.text import safe_text
from tui.commands.dialogs import HANDOVER_TEXT
from tui.handover import HandingOver
from tui.kept_text import KeptText
from widgets.bound import bound

from .summary_text import SummaryScreen, edited_summary

if TYPE_CHECKING:
    from tui.app import PlantaoApp

DRAFT = "passagem:texto"
_ONLY_COPIED = (
    "O texto é copiado (OSC 52) e fica visível na passagem: o Slack não está configurado, "
    "ou [slack] não diz canal_passagem nem canal_rotina."
)


class HandoverTextScreen(SummaryScreen):
    """The text, as it will leave."""

    AGAIN = "passa o turno"
    ABOUT = """\
O texto sai como está escrito, uma vez só, e não chama ninguém. As linhas vão junto como estavam na página:
é nelas que o próximo turno dá ciência, uma a uma."""
    BINDINGS = bound(HANDOVER_TEXT, priority=("texto-passagem.passar",))


async def hand_over(
    app: "PlantaoApp", handing: HandingOver, lines: Sequence[HandoverLine], portions: Sequence[Portion]
) -> bool:
    """Hand the shift over once the analyst has read its text, and post or copy that: for a worker.

    Returns whether it was handed over.
    """
    from clients.slack import LONGEST_TEXT

    try:
        channel, after = await handing.channel(), await handing.last()
        text = await edited_summary(
            app,
            HandoverTextScreen,
            DRAFT,
            "Passar o turno",
            handing.text(lines, portions, LONGEST_TEXT if channel is not None else None),
            channel=channel,
            only_copied=_ONLY_COPIED,
        )
        if text is None:
            return False
        workflow = await handing.hand_over(lines, text, channel, after=after)
    except ValueError as error:
        app.refuse(str(error))
        return False
    except PlantaoError as error:
        app.report(error.trouble)
        return False
    if workflow:
        app.carrier.carry(workflow, f"Turno passado; publicado em {channel.name if channel else ''}.")
    else:
        app.copy_to_clipboard(safe_text(text))
        app.say("Turno passado; texto enviado ao terminal.")
    try:
        await KeptText(app.desk, DRAFT).forget("passagem:")
    except PlantaoError as error:  # the shift is handed over all the same
        app.report(error.trouble)
    return True
