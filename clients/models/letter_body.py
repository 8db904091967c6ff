"""What a notice says, as plain text and as the HTML that Gmail and Outlook both understand.

Tables and inline styles, because Outlook lays pages out with Word and Gmail drops style sheets; nothing is
fetched from anywhere. Everything that a stranger wrote is escaped here and only here.
"""

from dataclasses import dataclass
from html import escape

from .web_address import is_web_address

_FONT = "font-family:Arial,Helvetica,sans-serif;"
_TEXT = f"{_FONT}font-size:15px;line-height:22px;color:#1f2933;"
_SMALL = f"{_FONT}font-size:12px;line-height:18px;color:#52606d;"
_BREAKABLE = "word-break:break-word;"
_TABLE = 'role="presentation" cellpadding="0" cellspacing="0" border="0"'


@dataclass(frozen=True)
class Fact:
    """One line: ``Prazo: 12/03/2026``. A web address becomes a link."""

    name: str
    value: str


@dataclass(frozen=True)
class Body:
    """All that a notice says, cleaned and in the order of reading."""

    about: str
    """What it is about: number and title."""
    heading: str
    """The news, in a few words."""
    news: str
    """The news, in a sentence."""
    facts: tuple[Fact, ...] = ()
    quoted_as: str = ""
    """What the quoted text is: ``Motivo``."""
    quoted: str = ""
    """Somebody's own words, with their line breaks."""
    to_do: str = ""
    """What is asked of the reader."""
    small_print: tuple[str, ...] = ()


def as_text(body: Body) -> str:
    """The plain part."""
    parts = [body.about, f"{body.heading}\n{body.news}"]
    if body.facts:
        parts.append("\n".join(f"{fact.name}: {fact.value}" for fact in body.facts))
    if body.quoted:
        lines = "\n".join(f"> {line}".rstrip() for line in body.quoted.split("\n"))
        parts.append(f"{body.quoted_as}:\n{lines}")
    if body.to_do:
        parts.append(body.to_do)
    # "-- " opens a signature: mail programs fold it away
    return "\n\n".join(parts) + "\n\n-- \n" + "\n".join(body.small_print) + "\n"


def as_html(body: Body) -> str:
    """The HTML part: a whole page."""
    rows = [
        _row(f"{_SMALL}padding:20px 24px 0 24px;", escape(body.about)),
        _row(
            f"{_FONT}font-size:20px;line-height:28px;font-weight:bold;color:#102a43;padding:4px 24px 0 24px;",
            escape(body.heading),
        ),
        _row(f"{_TEXT}padding:8px 24px 0 24px;", escape(body.news)),
    ]
    if body.facts:
        rows.append(_row("padding:16px 24px 0 24px;", _facts(body.facts)))
    if body.quoted:
        rows.append(_row("padding:16px 24px 0 24px;", _quote(body.quoted_as, body.quoted)))
    if body.to_do:
        rows.append(_row(f"{_TEXT}font-weight:bold;padding:16px 24px 0 24px;", escape(body.to_do)))
    small_print = "<br>".join(escape(line) for line in body.small_print)
    rows.append(_row(f"{_SMALL}padding:20px 24px 20px 24px;", small_print))
    return _PAGE.format(
        title=escape(body.about), preview=escape(f"{body.heading}: {body.news}"), rows="\n".join(rows)
    )


_PAGE = f"""\
<!DOCTYPE html>
<html lang="pt-BR">
<head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{title}}</title>
</head>
<body style="margin:0;padding:0;background-color:#f0f4f8;">
<div style="display:none;max-height:0;overflow:hidden;mso-hide:all;">{{preview}}</div>
<table {_TABLE} width="100%" bgcolor="#f0f4f8" style="background-color:#f0f4f8;">
<tr><td align="center" style="padding:16px 8px 16px 8px;">
<table {_TABLE} width="600" bgcolor="#ffffff" style="width:100%;max-width:600px;background-color:#ffffff;">
{{rows}}
</table>
</td></tr>
</table>
</body>
</html>
"""


def _row(style: str, inner: str) -> str:
    return f'<tr><td align="left" style="{style}">{inner}</td></tr>'


def _facts(facts: tuple[Fact, ...]) -> str:
    name, value = f"{_TEXT}padding:2px 12px 2px 0;color:#52606d;", f"{_TEXT}padding:2px 0;{_BREAKABLE}"
    rows = "\n".join(
        f'<tr><td valign="top" style="{name}">{escape(fact.name)}</td>'
        f'<td valign="top" style="{value}">{_value(fact.value)}</td></tr>'
        for fact in facts
    )
    return f"<table {_TABLE}>\n{rows}\n</table>"


def _value(value: str) -> str:
    text = escape(value)
    return f'<a href="{text}" style="color:#0b69a3;">{text}</a>' if is_web_address(value) else text


def _quote(name: str, words: str) -> str:
    lines = "<br>\n".join(escape(line) for line in words.split("\n"))
    return (
        f'<table {_TABLE} width="100%"><tr><td style="{_SMALL}padding:0 0 4px 0;">{escape(name)}</td></tr>\n'
        f'<tr><td style="{_TEXT}padding:4px 0 4px 12px;border-left:3px solid #9fb3c8;'
        f'{_BREAKABLE}">{lines}</td></tr></table>'
    )
