"""Asking, on Slack, who is on a client's server (R3)."""

from typing import TYPE_CHECKING

from textual.content import Content

from clients.errors import PlantaoError
from clients.models.server_talk import told
from clients.models.slack_talk import Question
from clients.models.text import fold, safe_text

from .question import waiting_line
from .slack_question import ask_on_slack

if TYPE_CHECKING:
    from tui.app import PlantaoApp


async def ask_server(app: "PlantaoApp", client: str) -> None:
    """Ask in the servers' channel who is on the server of ``client``: for a worker; trouble is told."""
    desk = app.desk
    slack = desk.settings.slack
    if slack is None:
        app.refuse("O Slack não está configurado: pergunte você no canal.")
        return
    people, now = desk.server_room.people(client), desk.clock()
    above = [safe_text(told(person, now)) for person in people]
    names = " ou ".join(dict.fromkeys(person.who for person in people))
    text = f"{names}, você ainda está em {client}?" if names else f"Tem alguém em {client}?"
    try:
        above += [safe_text(waiting_line(question)) for question in await _asked(app, client)]
        await ask_on_slack(
            app,
            f"servidor:{client}",
            slack.servers_channel,
            text,
            about=client,
            above=[Content.styled(line, "$text-warning") for line in above],
        )
    except PlantaoError as error:
        app.report(error.trouble)


async def _asked(app: "PlantaoApp", client: str) -> list[Question]:
    """What was asked of that server already and is still followed."""
    questions = await app.desk.disk(app.desk.local.questions.open)
    wanted = fold(client).strip()
    return [one for one in questions if wanted in fold(one.about or one.text)]
