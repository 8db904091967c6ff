"""A text that is posted to a channel once, with what it closes: both are written down, or neither."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from clients.errors import RemoteError
from clients.models.slack import SlackChannel
from clients.models.slack_talk import Question

from .flows.slack_posting import POST, Posting
from .intent import Intent, State, Step

if TYPE_CHECKING:
    from .desk import Desk


async def plan_posting(
    desk: "Desk",
    text: str,
    channel: SlackChannel,
    target: str,
    closing: Callable[[str], object],
    *,
    about: str = "",
) -> str:
    """Write down that ``text`` is to be posted, and do ``closing`` in the store with it: the operation.

    ``target`` is what no other session may be posting meanwhile; with ``about``, what others answer is
    followed and told as being about that. Raises Busy, and what ``closing`` raises.
    """
    posting = Posting(channel=channel.id, place=channel.name, text=text, about=about, followed=bool(about))
    step = Step(POST, target, posting.model_dump(mode="json"))
    planned = await desk.workflows.plan([step], also=closing)
    return planned[0].workflow


async def fate_of(desk: "Desk", workflow: str) -> str:
    """What became of the text that ``workflow`` posts, in words."""
    step = await _posting(desk, workflow)
    if step is None:  # the journal forgets what became of it after a week
        return "publicação no Slack: veja no canal"
    place = Posting.model_validate(step.payload).place
    if step.state is State.FAILED:
        return f"não publicada em {place}: {step.evidence}"
    return f"publicação em {place} ainda sem desfecho" if step.is_open else f"publicada em {place}"


async def link_of(desk: "Desk", workflow: str) -> str:
    """The address of the message; empty while it is not known to be there, or Slack does not answer."""
    step, slack = await _posting(desk, workflow), desk.slack
    if step is None or slack is None or not isinstance(step.remote_id, str):
        return ""
    try:
        me = await slack.me()
    except RemoteError:
        return ""
    return me.link(Posting.model_validate(step.payload).channel, step.remote_id)


async def thread_of(desk: "Desk", workflow: str) -> Question | None:
    """The text with what others answered, where that is followed; None where it is not, or not yet."""
    step = await _posting(desk, workflow)
    if step is None or not isinstance(step.remote_id, str):
        return None
    channel = Posting.model_validate(step.payload).channel
    return await desk.disk(desk.local.questions.find, f"{channel}/{step.remote_id}")


async def _posting(desk: "Desk", workflow: str) -> Intent | None:
    """The step that posts it; None where there is none, or it is so long ago that it is forgotten."""
    steps = await desk.disk(desk.local.journal.workflow, workflow)
    return steps[0] if steps else None
