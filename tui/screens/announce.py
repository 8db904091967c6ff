"""Saying in Slack that one enters or leaves a client's server: the words as they will be posted (R3)."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from clients.errors import PlantaoError
from clients.models.runbook import Act, Step
from clients.models.text import safe_text
from clients.models.walk import Walk
from tui.commands.dialogs import ANNOUNCE
from tui.kept_text import KeptText
from widgets.bound import bound
from widgets.phrases import sentence

from .confirm import ConfirmScreen
from .slack_text import SlackTextScreen

if TYPE_CHECKING:
    from tui.app import PlantaoApp


class AnnounceScreen(SlackTextScreen):
    """The announcement, as it will be posted."""

    ABOUT = """\
O aviso sai como está escrito, uma vez só, no canal dos servidores. Por
ele a equipe sabe quem está onde: diga o cliente e se entra ou sai."""
    BINDINGS = bound(ANNOUNCE, priority=("anuncio.publicar",))

    def __init__(
        self,
        title: str,
        text: str,
        *,
        keep: Callable[[str], None],
        above: Sequence[Content],
        unclear: Callable[[str], str],
    ) -> None:
        """``unclear`` says what the team would not understand of a text; else as of `SlackTextScreen`."""
        super().__init__(title, text, keep=keep, above=above)
        self._unclear = unclear

    def fault(self, text: str) -> str:
        """What the team would not understand."""
        return self._unclear(text)


async def announce(
    app: "PlantaoApp", walk: Walk, step: Step, *, above: Sequence[str] = (), accepted: Sequence[str] = ()
) -> bool:
    """Announce an entering or leaving ``step`` once the analyst has seen the words: for a worker.

    ``above`` is shown before them; ``accepted`` as of `ServerRoom.announcement`. False where it was not done;
    what went wrong is told. Without Slack the analyst's word is taken that the team knows.
    """
    desk = app.desk
    try:
        if not desk.server_room.can_announce:
            return await _by_hand(app, walk, step)
        kept, enters = KeptText(desk, f"anuncio:{walk.id}:{step.id}"), step.act is Act.ENTER
        room = desk.server_room
        proposed = room.entering_text(walk) if enters else room.leaving_text(walk)
        channel = desk.settings.slack.servers_channel if desk.settings.slack else ""
        page = AnnounceScreen(
            f"{'Avisar a entrada' if enters else 'Avisar a saída'} em {channel} · {walk.client}",
            await kept.begun() or proposed,
            keep=kept.keep,
            above=[Content.styled(safe_text(line), "$text-warning") for line in above],
            unclear=lambda written: room.unclear(walk, written, enters=enters),
        )
        text = await app.ask(page)
        if text is None:
            return False
        result = await app.server_watch.announce(walk, step.id, text, accepted)
        if result.done:
            await kept.forget()
        return result.done
    except PlantaoError as error:
        app.report(error.trouble)
    except LookupError:
        app.refuse("Este roteiro não está mais guardado.")
    except ValueError as error:
        app.refuse(safe_text(sentence(str(error))))
    return False


async def leave_server(app: "PlantaoApp", walk: Walk) -> bool:
    """Announce that one left the server that one is on by ``walk``; as of `announce`."""
    step = walk.way_out
    return step is not None and await announce(app, walk, step)


async def _by_hand(app: "PlantaoApp", walk: Walk, step: Step) -> bool:
    verb = "entra em" if step.act is Act.ENTER else "saiu de"
    about = (
        f"O Slack não está configurado: avise você mesmo no canal que {verb} {walk.client}, e confirme aqui."
    )
    if not await app.ask(ConfirmScreen("A equipe já sabe?", about, "Já avisei")):
        return False
    await app.server_watch.noted_by_hand(walk, step.id)
    return True
