"""Asking something on Slack: the message as it will be posted, to be edited; its thread is followed."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from tui.commands.dialogs import ASK_LEAD
from tui.flows.slack_posting import Posting, post_step
from tui.kept_text import KeptText
from widgets.bound import bound

from .slack_text import SlackTextScreen

if TYPE_CHECKING:
    from tui.app import PlantaoApp


class SlackQuestionScreen(SlackTextScreen):
    """The question, as it will be posted."""

    ABOUT = """\
A pergunta sai como está escrita, uma vez só, e não chama ninguém pelo @.
A conversa no Slack é acompanhada: a resposta aparece aqui."""
    BINDINGS = bound(ASK_LEAD, priority=("gestor.perguntar",))


async def ask_on_slack(
    app: "PlantaoApp",
    key: str,
    place: str,
    text: str,
    *,
    about: str = "",
    above: Sequence[Content] = (),
    ticket: int | None = None,
    also: Callable[[str], object] = lambda channel: None,
) -> bool:
    """Ask in the channel ``place``, once the analyst has seen the message: for a worker.

    ``key`` names the draft that goes on until it is posted; ``about`` and ``above`` are shown with it;
    ``also`` is done in the store with the plan to post, and is given the channel's name. What becomes of
    it is told by the carrier. False where nothing was asked. Raises PlantaoError.
    """
    desk = app.desk
    if desk.slack is None:
        known = desk.settings.slack is not None
        app.refuse("O Slack ainda não está conectado." if known else "O Slack não está configurado.")
        return False
    from clients.slack import LONGEST_TEXT

    channel = await desk.slack.channel_named(place)
    kept = KeptText(desk, key)
    title = " · ".join(filter(None, (f"Perguntar em {channel.name}", about)))
    first = await kept.begun() or text
    asked = await app.ask(
        SlackQuestionScreen(title, first, keep=kept.keep, above=above, longest=LONGEST_TEXT)
    )
    if asked is None:
        return False
    await desk.saver.flush()

    def with_it(workflow: str) -> None:
        desk.local.drafts.discard(key)
        also(channel.name)

    posting = Posting(
        channel=channel.id, place=channel.name, text=asked, ticket=ticket, about=about, followed=True
    )
    planned = await desk.workflows.plan([post_step(posting)], also=with_it)
    app.carrier.carry(planned[0].workflow)
    return True
