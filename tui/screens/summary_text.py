"""A summary before it leaves: as it will be posted or copied, to be edited, kept as it is typed."""

from typing import TYPE_CHECKING

from textual.content import Content

from clients.models.slack import SlackChannel
from tui.kept_text import KeptText

from .slack_text import SlackTextScreen

if TYPE_CHECKING:
    from tui.app import PlantaoApp

_BEGUN = "Este é o texto que você deixou antes; apagado todo, ele se faz de novo."


class SummaryScreen(SlackTextScreen):
    """The summary, as it will leave. Keys and words are the subclass's."""

    READ_FIRST = True
    DEFAULT_CSS = """
    SummaryScreen > Vertical { width: 100; padding: 0 2; }
    SummaryScreen TextBox { max-height: 60vh; }
    """


async def edited_summary(
    app: "PlantaoApp",
    page: type[SummaryScreen],
    key: str,
    title: str,
    text: str,
    *,
    channel: SlackChannel | None,
    only_copied: str,
) -> str | None:
    """Let the analyst read and edit ``text``, or the draft of ``key`` where one was begun; None to go back.

    ``only_copied`` tells why it is posted nowhere, where ``channel`` is None. Raises StoreError.
    """
    from clients.slack import LONGEST_TEXT

    kept = KeptText(app.desk, key)
    begun = await kept.begun()
    above = [] if channel is not None else [Content.styled(only_copied, "$text-warning")]
    shown = page(
        f"{title} · {f'publicar em {channel.name}' if channel is not None else 'copiar'}",
        begun or text,
        keep=kept.keep,
        above=[*above, *([Content.styled(_BEGUN, "$text-muted")] if begun else [])],
        longest=LONGEST_TEXT if channel is not None else None,
    )
    return await app.ask(shown)
