"""HTML mail as text that one reads with pleasure in a terminal."""

# selectolax is imported on use: lists of tickets carry no HTML, and a start should not pay for it
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from .text import safe_text

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_DROPPED = frozenset(("script", "style", "head", "title", "template", "noscript", "object", "iframe"))
_BLOCKS = frozenset(
    """
    address article aside blockquote body center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6
    header hr html li main nav ol p pre section table tbody thead tr ul
    """.split()
)
_LINE, _PARAGRAPH = "\x01", "\x02"  # boundaries of blocks, folded into line breaks at the end
_SPACES = re.compile(r"[ \t\r\n\u00a0]+")
_MAX_HTML = 2_000_000
_MAX_DEPTH = 120


def html_to_text(html: str | None) -> str:
    """Return the readable text of ``html``: lists bulleted, quotations behind ``> ``, links with address.

    Scripts, styles and comments are dropped; the result has gone through `safe_text`. Never raises on
    broken markup; null and empty give the empty string.
    """
    if not html:
        return ""
    if "<" not in html and "&" not in html:
        return safe_text(html).strip()
    from selectolax.lexbor import LexborHTMLParser

    root = LexborHTMLParser(html[:_MAX_HTML]).body
    return safe_text(_tidy("".join(_walk(root, 0)))) if root is not None else ""


def _walk(node: "LexborNode", depth: int) -> Iterator[str]:
    child = node.first_child
    while child is not None:
        yield from _piece(child, depth)
        child = child.next


def _piece(node: "LexborNode", depth: int) -> Iterator[str]:
    tag = node.tag or ""
    if tag == "-text":
        preformatted = node.parent is not None and node.parent.tag == "pre"
        raw = (node.text_content or "").replace(_LINE, "").replace(_PARAGRAPH, "")
        yield raw if preformatted else _SPACES.sub(" ", raw)
    elif tag == "br":
        yield "\n"
    elif tag == "img":
        yield f"[imagem: {_SPACES.sub(' ', node.attributes.get('alt') or 'sem descrição').strip()}]"
    elif tag in _DROPPED or tag.startswith(("-", "_", "!")):
        return
    elif depth >= _MAX_DEPTH:
        yield _SPACES.sub(" ", node.text())
    elif tag == "blockquote":
        quoted = _tidy("".join(_walk(node, depth + 1)))
        yield _LINE + "\n".join(f"> {line}".rstrip() for line in quoted.split("\n")) + _LINE
    elif tag == "a":
        yield _link(node, "".join(_walk(node, depth + 1)))
    elif tag == "li":
        yield f"{_LINE}• {_tidy(''.join(_walk(node, depth + 1)))}{_LINE}"
    elif tag in ("td", "th"):
        yield _tidy("".join(_walk(node, depth + 1))).replace("\n", " ") + " │ "
    elif tag == "hr":
        yield f"{_LINE}────────{_LINE}"
    elif tag in _BLOCKS:
        boundary = _PARAGRAPH if tag == "p" else _LINE
        yield boundary
        yield from _walk(node, depth + 1)
        yield boundary
    else:
        yield from _walk(node, depth + 1)


def _link(node: "LexborNode", label: str) -> str:
    target = (node.attributes.get("href") or "").strip()
    if not target.startswith(("http://", "https://")) or target == label.strip():
        return label
    return f"{label} <{target}>" if label.strip() else target


def _tidy(text: str) -> str:
    text = re.sub(f"[{_LINE} ]*{_PARAGRAPH}[{_LINE}{_PARAGRAPH} ]*", "\n\n", text)
    text = re.sub(f" ?{_LINE}[{_LINE} ]*", "\n", text)
    lines = [line.rstrip(" ").removesuffix(" │") for line in text.split("\n")]
    lines = [line[1:] if line[:1] == " " and line[:2] != "  " else line for line in lines]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")
