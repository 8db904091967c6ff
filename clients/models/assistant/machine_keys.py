"""Keys and passwords as machines write them: connection strings, settings files, JSON, XML, logs."""

import re
from collections.abc import Iterator

from ..folded import Span

_NAMED = (
    r"(?:senha|passw(?:or)?d|passphrase|pwd|secret|segredo|token|(?:account|access|shared|api|private)_?key)"
)
_BARE = r"(?!‹›)([^\s\"',;&<>]{1,500})"
_QUOTED = r"\"(?!‹›)([^\"\n]{1,300})\"|'(?!‹›)([^'\n]{1,300})'"

URL_LOGIN = re.compile(
    r"(?<![a-z])[a-z][a-z0-9+.-]{1,20}://"
    r"(?:[^\s/:<>\"]{0,100}:(?!‹›)([^\s/<>\"]{1,300})|(?!‹›)([^\s/@:<>\"]{1,300}))@",
    re.IGNORECASE,
)
"""``postgres://ana:abc@host/base``: ``abc``; without a password who logs in, for it may be a token."""
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # Password=abc;  SenhaCertificado = "a b"  AccountKey=x==  db_pwd='x'
        rf"{_NAMED}\w{{0,20}}[ \t]{{0,3}}=[ \t]{{0,3}}(?:{_QUOTED}|{_BARE})",
        # "senha": "abc"  'dbPassword': 'abc'
        rf"{_NAMED}\w{{0,20}}[\"'][ \t]{{0,3}}[:=][ \t]{{0,3}}(?:{_QUOTED}|{_BARE})",
        # db_password: abc
        rf"[_-]{_NAMED}[ \t]{{0,3}}:[ \t]{{0,3}}(?:{_QUOTED}|{_BARE})",
        # sqlcmd -U sa -P abc1   mysql -pabc1, but not ssh -p 22   --password abc   curl -u ana:abc
        r"(?<!\S)-p[ \t]{0,3}(?!‹›)(?=[^\s:/]{0,60}\d)(?=[^\s:/]{0,60}[a-z])([^\s:/]{4,60})(?!\S)",
        rf"(?<!\S)--?{_NAMED}[ \t]{{1,3}}(?!‹›|-)(\S{{3,100}})",
        r"(?<!\S)(?:-u|--user)[ \t]{1,3}[^\s:]{1,60}:(?!‹›)(\S{1,100})",
        # <senha>abc</senha>
        rf"<[\w:]{{0,20}}{_NAMED}\w{{0,20}}>(?!‹›)([^<\n]{{1,300}})<",
        # <add key="SenhaCertificado" value="abc"/>
        rf"\b(?:key|name)=\"\w{{0,30}}{_NAMED}\w{{0,20}}\"[ \t]{{1,9}}value=\"(?!‹›)([^\"\n]{{1,300}})\"",
    )
)


def machine_keys(text: str) -> Iterator[Span]:
    """Yield where a key or a password stands."""
    for pattern in (URL_LOGIN, *_PATTERNS):
        for match in pattern.finditer(text):
            yield from (match.span(group) for group in range(1, pattern.groups + 1) if match[group])
