"""Keys and passwords as people tell them: "a senha do sa é …", "senha: …", "troquei a senha para …"."""

import re
from collections.abc import Iterator

from ..folded import Span

_NAMED = r"(?:senhas?|password|passwd|passphrase|pwd|pass|pin)"
_KEY = (
    r"(?:token|api[ _-]?key|secret|segredo|authorization|chave(?:[ _]de[ _](?:api|acesso))?"
    r"(?![ \t]{0,3}[:=][ \t]{0,3}[\"']?(?:[pfui][kx]|uq|idx)_))"
)
"""A database's own keys are called PK_… and FK_…. Who reads a fault needs their names."""
_OLD_OR_NEW = r"(?:[ \t](?:nova|atual|antiga|padrão|provisória|temporária|agora|hoje)){0,2}"
_SAID_OF_IT = (
    r"(?!(?:incorret|inválid|invalid|errad|expirad|vencid|bloquead|obrigatóri|vazi|não|nao|em branco|ok\b))"
)
_WHOSE = (
    r"(?:[ \t]{1,3}(?:d[aeo]s?|ao)[ \t]{1,3}[\w@.-]{1,30}(?:[ \t](?!(?:é|eh|is)[ \t])[\w@.-]{1,30})?){0,3}"
)
_WHERE = (
    rf"(?:[ \t]{{1,3}}(?:n[ao]|para[ \t][ao])[ \t]{{1,3}}[\w@.-]{{1,30}}"
    rf"|[ \t]{{1,3}}{_SAID_OF_IT}[\w-]{{2,20}}|{_WHOSE})(?:[ \t]\([\w@.-]{{1,30}}\))?"
)
_ACCOUNT = r"(?:[ \t]d[aeo][ \t](?:sa|root|sysdba|postgres|system|admin\w{0,10}|banco))?"
_COLON = r"[ \t]{0,3}(?:->|=>|[:=])[ \t]{0,3}"
_IS = (
    r"(?:[ \t]{0,3}(?:->|=>|[:=])[ \t]{0,3}"
    r"|[ \t]{1,3}(?:é|eh|era|is)(?:[ \t]{0,3}:|[ \t]igual[ \t]a)?[ \t]{1,3})"
)
_BECAME = r"[ \t](?:(?:foi[ \t])?(?:alterada|trocada|mudada|redefinida|resetada)[ \t])?(?:para|pra)[ \t]{1,3}"

_QUOTED = r"[\"'“](?!‹›)([^\"'“”\n]{1,300})[\"'”]"
_BARE = r"[\"'“]?(?!‹›)((?:bearer |basic )?[^\s\"'”,;]{3,500})"
_AS_A_KEY = r"(?=\S{0,100}(?:[\d@#$%&*_]|(?-i:[a-zà-ú][A-ZÀ-Ú])))"
"""What no plain word has: "a senha é obrigatória" tells no password."""
_IN_A_SENTENCE = (
    r"(?!0x[0-9a-f]|v\d|[a-z]{2,5}-\d|‹›)"  # error codes and versions: 0x80070005, v12.4, ORA-01017
    r"(?=[^\s\"',;:/=()]{0,60}\d)(?=[^\s\"',;:/=()]{0,60}[^\W\d_])([^\s\"',;:/=()]{5,60})(?![\w:/=])"
)
_MORE_FIGURES = (  # "lua 4512" goes on; a date, an address, a version and "porta: 1433" do not belong to it
    r"(?:[ \t](?!\d{4}-\d\d-\d\d|\d{1,3}\.\d{1,3}\.|v\d)(?=[^\s\d]{0,30}\d)[^\s\"',;:=/<>&‹]{1,30}"
    r"(?=[\s,;)]|$)){0,3}"
)
_MORE_WORDS = r"(?:[ \t][^\W\d_]{2,20}){1,2}(?=[ \t]{0,9}$)"
_PHRASE = rf"{_SAID_OF_IT}(?!‹›)([^\s\"'“”,;]{{3,500}}(?:{_MORE_WORDS}|{_MORE_FIGURES}))"

_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE | re.MULTILINE)
    for pattern in (
        # senha do sa: "lua cheia"   a senha é 'lua'
        rf"\b{_NAMED}{_OLD_OR_NEW}{_WHERE}{_OLD_OR_NEW}{_IS}{_QUOTED}",
        # senha: lua   senha: lua 4512   Senha do certificado: lua; but not "erro de senha: tela em branco"
        rf"(?<!\bde[ ])(?<!\b[dn]a[ ])\b{_NAMED}{_OLD_OR_NEW}{_WHOSE}{_COLON}{_PHRASE}",
        # senha do banco é mudar123   troca de senha: lua4512   pwd na base = Xyz 987
        rf"\b{_NAMED}{_OLD_OR_NEW}{_WHERE}{_OLD_OR_NEW}{_IS}(?!‹›){_AS_A_KEY}"
        rf"([^\s\"'“”,;]{{3,500}}{_MORE_FIGURES})",
        # a senha do banco mudou, agora é mudar123
        rf"\b{_NAMED}\b[^\n:;]{{1,40}}[ \t]agora[ \t](?:é|eh)[ \t](?!‹›){_AS_A_KEY}([^\s\"'“”,;]{{3,500}})",
        # a senha foi trocada para Lua4512   senha Lua4512   senha do sa Lua4512
        rf"\b{_NAMED}{_OLD_OR_NEW}{_WHERE}{_BECAME}{_IN_A_SENTENCE}",
        rf"\b{_NAMED}{_OLD_OR_NEW}{_ACCOUNT}[ \t]{{1,3}}{_IN_A_SENTENCE}",
        # Lua4512 é a senha
        rf"(?<!\S)(?!‹›)(?=\S{{0,60}}\d)([^\s\"',;]{{4,60}})[ \t](?:é|eh|is)[ \t](?:a|the)[ \t]{_NAMED}\b",
        # Authorization: Bearer abc   token é abc123
        rf"\b{_KEY}(?:{_COLON}|[ \t]{{1,3}}(?:é|eh)[ \t]{{1,3}}(?=\S{{0,100}}\d)){_BARE}",
    )
)


def said_keys(text: str) -> Iterator[Span]:
    """Yield where a key or a password stands that is told in words."""
    for pattern in _PATTERNS:
        yield from (match.span(1) for match in pattern.finditer(text))
