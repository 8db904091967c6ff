"""The summary of the morning round before it leaves: as it will be posted or copied, to be edited."""

from typing import TYPE_CHECKING

from clients.errors import PlantaoError
from clients.models.morning import MorningRound
from clients.models.morning_summary import summary
from clients.models.text import safe_text
from tui.commands.dialogs import ROUND_TEXT
from tui.kept_text import KeptText
from tui.morning import Morning, Sights
from widgets.bound import bound

from .summary_text import SummaryScreen, edited_summary

if TYPE_CHECKING:
    from tui.app import PlantaoApp

_ONLY_COPIED = (
    "O resumo é copiado (OSC 52) e fica visível na rotina: o Slack não está configurado, "
    "ou [slack] não diz canal_rotina."
)


class RoundTextScreen(SummaryScreen):
    """The summary, as it will leave."""

    AGAIN = "fecha a rotina"
    ABOUT = """\
O resumo sai como está escrito, uma vez só, e não chama ninguém. Fechada, a rotina do dia não muda mais;
o texto fica nela, para copiar."""
    BINDINGS = bound(ROUND_TEXT, priority=("resumo.fechar",))


async def close_round(app: "PlantaoApp", morning: Morning, seen: MorningRound, sights: Sights) -> None:
    """Close the round once the analyst has read its summary, and post or copy that: for a worker."""
    key = f"rotina:{seen.id}"
    try:
        channel = await morning.channel()
        text = await edited_summary(
            app,
            RoundTextScreen,
            key,
            "Fechar a rotina",
            summary(seen, sights),
            channel=channel,
            only_copied=_ONLY_COPIED,
        )
        if text is None:
            return
        workflow = await morning.close(text, channel)
    except ValueError as error:
        app.refuse(str(error))
        return
    except PlantaoError as error:
        app.report(error.trouble)
        return
    if workflow:
        app.carrier.carry(workflow, f"Rotina fechada; resumo publicado em {channel.name if channel else ''}.")
    else:
        app.copy_to_clipboard(safe_text(text))
        app.say("Rotina fechada; resumo enviado ao terminal.")
    await KeptText(app.desk, key).forget("rotina:")  # those of days that were never closed, too
