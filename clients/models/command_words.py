"""A command as its words, where cmd, PowerShell and sh would all read the same; anything else is refused.

Which of them it is pasted into is not known. What only one of them would act upon, or each in its own way
(an escape, a variable, a quote within the other kind), could hide a command from the two others.
"""

import re
import unicodedata

from .text import safe_text

Words = tuple[str, ...]

PLACE = re.compile(r"\{(\w*)\}")
"""What a command leaves open, as ``{servidor}``."""
_VARIABLES = re.compile(
    r"(?:%|\$env:)(?:windir|systemroot|systemdrive|programdata|programfiles|temp|tmp|public|userprofile|"
    r"appdata|localappdata|computername|username)\b%?",
    re.I,
)
"""Of Windows itself: each names a folder, the machine or the user."""
_OF_IT = r"\$_(?:\.\w+)+\s+-[ic]?(?:eq|ne|[gl][te]|(?:not)?(?:like|match|contains))\s+"
_COMPARED = _OF_IT + r"""(?:"[^"$`%!\\]*"|'[^'"|&;<>$`%!(){}]*'|[\w.*]+)"""
_FILTER = re.compile(rf"\{{\s*{_COMPARED}(?:\s+-(?:and|or)\s+{_COMPARED})*\s*\}}", re.I)
"""A block of Where-Object that compares properties."""
_WHOLE = r'(?:[^()"]|"[^"]*")*'
_PROPERTY = re.compile(rf"^\(({_WHOLE})\)(?:\.\w+)*(?=\s*(?:\||$))")
"""A pipeline whose property is looked at: ``(Get-Service DYPE).Status``."""
_READ_DIFFERENTLY = frozenset("“”„‘’‚‛‐‑‒–—―−")
"""Quotes and dashes that PowerShell takes for ``"``, ``'`` and ``-``."""
_ACTED_UPON = re.compile(r"[`^$!%<>(){}]|\\(?=')")
_ACTED_UPON_QUOTED = re.compile(r"[`$!%]")
_TOKEN = re.compile(r'"(?P<quoted>[^"]*)"|(?P<end>[|;&]+)|(?P<blank>\s+)|(?P<plain>[^\s"|;&]+)')
_SINGLE = re.compile(r"'([^']*)'")


def odd_character(text: str) -> str:
    """Return why ``text`` has a character that is not seen, or is not what it looks like; else nothing."""
    for char in text:
        if char == "\n":
            return "tem mais de uma linha, e ao colar cada uma seria executada: ponha cada uma no seu passo"
        name = f"U+{ord(char):04X}"
        if safe_text(char) != char:
            return f"tem um caractere de controle ou que não se vê ({name}): apague-o"
        if char in _READ_DIFFERENTLY or unicodedata.normalize("NFKC", char) != char:
            return f"tem “{char}” ({name}), que o terminal leria como outro: troque-o pelo comum"
    return "" if safe_text(text) == text else "tem acentos demais sobre uma letra"


def commands_in(text: str) -> tuple[Words, ...]:
    """Return each command of ``text`` as its words, in lower case and without quotes.

    ValueError (Portuguese) where shells would read it differently, or would put something else in its place.
    """
    if reason := odd_character(text):
        raise ValueError(reason)
    text = _FILTER.sub("filtro", _PROPERTY.sub(r"\1", text.strip()))
    _same_in_every_shell(text)
    commands: list[list[str]] = [[]]
    apart = True
    for token in _TOKEN.finditer(text):
        if token["end"]:
            commands.append([])
        elif token["quoted"] is not None or token["plain"]:
            word = token["plain"].replace("'", "") if token["plain"] else token["quoted"]
            if apart:
                commands[-1].append("")
            commands[-1][-1] += word.casefold()
        apart = bool(token["end"] or token["blank"])
    return tuple(tuple(each) for each in commands)


def _same_in_every_shell(text: str) -> None:
    bare = PLACE.sub("x", _VARIABLES.sub("x", text))
    if '\\"' in bare:
        raise ValueError("a barra antes das aspas não se lê igual em todo terminal: tire-a")
    if bare.count('"') % 2:
        raise ValueError("falta fechar as aspas")
    for number, part in enumerate(bare.split('"')):
        quoted = number % 2
        if found := (_ACTED_UPON_QUOTED if quoted else _ACTED_UPON).search(part):
            raise ValueError(
                f"“{found[0]}” pode fazer mais do que olhar (grava, esconde ou chama outra coisa): escreva o "
                "comando sem ele"
            )
        parts = any(set("|&;") & set(each) for each in _SINGLE.findall(part))
        if not quoted and (parts or part.count("'") % 2):
            raise ValueError("as aspas simples não valem em todo terminal: use aspas duplas")
