"""What a message says whose text lies in its blocks or attachments (contract of Slack §6)."""

from collections.abc import Iterator, Mapping

_DEEPEST = 8
_BLOCKS = frozenset(("section", "header", "context", "rich_text", "rich_text_list", "rich_text_quote"))


def words_elsewhere(wire: Mapping[str, object]) -> str:
    """Return the text of a message whose ``text`` is empty, as text with tokens: of its blocks, else of its
    attachments."""
    said = "".join(_block_words(wire.get("blocks"), 0)).strip()
    return said or "\n".join(_attached_words(wire.get("attachments")))


def _block_words(value: object, depth: int) -> Iterator[str]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for item in value:
            yield from _block_words(item, depth + 1)
    elif isinstance(value, Mapping):
        kind, text = value.get("type"), value.get("text")
        if kind == "user":
            yield f"<@{value.get('user_id')}>"
        elif kind == "link":
            yield f"<{value.get('url')}|{text or ''}>"
        elif isinstance(text, str):
            yield text
        for inside in ("text", "fields", "elements"):
            if not isinstance(value.get(inside), str):
                yield from _block_words(value.get(inside), depth + 1)
        if kind in _BLOCKS:
            yield "\n"


def _attached_words(attachments: object) -> Iterator[str]:
    for one in attachments if isinstance(attachments, list) else ():
        if isinstance(one, Mapping):
            said = (one.get(key) for key in ("fallback", "text", "title"))
            yield from [text for text in said if isinstance(text, str) and text][:1]
