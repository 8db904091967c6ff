"""The summary of the morning round before it leaves: as it will be posted or copied, to be edited."""

from typing import TYPE_CHECKING

from textual.content import Content

from clients.errors import PlantaoError
from clients.models.morning import MorningRound
from clients.models.morning_summary import summary
from clients.models.text import safe_text
from tui.commands.dialogs import ROUND_TEXT
from tui.morning import Morning, Sights
from widgets.bound import bound

from .text import TextScreen

if TYPE_CHECKING:
    from tui.app import PlantaoApp

_ONLY_COPIED = (
    "O resumo é copiado (OSC 52) e fica visível na rotina: o Slack não está configurado, "
    "ou [slack] não diz canal_rotina."
)
_BEGUN = "Este é o texto que você deixou antes; apagado todo, o resumo se faz de novo."


class RoundTextScreen(TextScreen):
    """The summary, as it will leave."""

    READ_FIRST = True
    ABOUT = """\
O resumo sai como está escrito, uma vez só, e não chama ninguém. Fechada, a rotina do dia não muda mais;
o texto fica nela, para copiar."""
    CSS = """
    RoundTextScreen > Vertical { width: 100; padding: 0 2; }
    RoundTextScreen TextBox { max-height: 60vh; }
    """
    BINDINGS = bound(ROUND_TEXT, priority=("resumo.fechar",))


async def close_round(app: "PlantaoApp", morning: Morning, seen: MorningRound, sights: Sights) -> None:
    """Close the round once the analyst has read its summary, and post or copy that: for a worker."""
    from clients.slack import LONGEST_TEXT

    desk, key = app.desk, f"rotina:{seen.id}"
    await desk.saver.flush()
    try:
        channel = await morning.channel()
        begun = await desk.disk(desk.drafts.load, key)
    except PlantaoError as error:
        app.report(error.trouble)
        return

    def keep(text: str) -> None:
        desk.saver.save(key, lambda: desk.drafts.save(key, text))

    above = [] if channel is not None else [Content.styled(_ONLY_COPIED, "$text-warning")]
    page = RoundTextScreen(
        f"Fechar a rotina · {f'publicar em {channel.name}' if channel is not None else 'copiar'}",
        begun.text if begun else summary(seen, sights),
        keep=keep,
        above=[*above, *([Content.styled(_BEGUN, "$text-muted")] if begun else [])],
        longest=LONGEST_TEXT if channel is not None else None,
    )
    text = await app.ask(page)
    if text is None:
        return
    try:
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
    await desk.saver.flush()
    await desk.disk(desk.drafts.discard_all, "rotina:")  # those of days that were never closed, too
