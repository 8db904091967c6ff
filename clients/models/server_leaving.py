"""Whether a message says that its author left a server, and which. Everyday words are no leaving (R3).

"Saí da Padaria" leaves, "a nota de saída da Padaria" does not, nor does who goes for lunch: a leaving begins
a sentence or a part of one, names the server right there or nothing at all, and lies in no future. What may
be one, but is not clearly, is told as such.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from .server_names import MARK, alternatives, phrases
from .text import fold

_OF = r"(?:(?:d[aeo]s?|[ao]s?)\s+)?"
_PLACE = rf"{_OF}(?:(?:servidor|maquina|vm|vps|remoto)\s+{_OF})?(?:cliente\s+)?{MARK}"
_PLACES = rf"{_PLACE}(?:(?:\s*,\s*(?=d[aeo]s?\s)|\s*/\s*|\s+e\s+){_PLACE})*"
_OPENING = (
    r"[\s*•>-]{0,9}(?:(?:pessoal|gente|galera|time|oi|ola|bom dia|boa tarde|boa noite|ok|pronto|beleza|blz"
    r"|certo|ja|eu|agora|estou|to|tambem|:[\w+-]+:|@[\w.-]+)[\s,!:]{1,9}){0,6}"
)
_CLAUSE = rf"(?:^|,\s*|\)\s*|\s[-–—]\s+|\s(?:e|mas)\s+){_OPENING}"
_CLOSING = (
    r"(?:[\s,]+(?:agora|agora mesmo|ja|obrigad[oa]|valeu|pessoal|gente|galera|tchau|abs|ate mais|ok|por hoje"
    r"|bom dia|boa tarde|boa noite|bom almoco|:[\w+-]+:))*\s*"
)
_THERE = r"(?:\s+(?:agora|ja|de la|dai|daqui|(?:do|no) servidor|da maquina|do remoto))*"
_BOUNDARY = (
    r"(?=$|\s*[,:()]|\s[-–—]|\s(?:e|agora|ja|pessoal|gente|obrigad[oa]|valeu|porque|pois|ha \d+|faz)(?!\w))"
)
_ENDS = re.compile(r"[.!;]+(?=\s|$)|\n")
_NOT = re.compile(r"\b(?:nao|ainda|sem|nem|nunca)\b")
_LATER = re.compile(
    r"\b(?:em (?:\w+ ){0,2}(?:\d+|um|uns|umas|dois|cinco|dez|meia|poucos?|breve|instantes|minutos?|min)"
    r"|daqui (?:a|uns|umas|pouco)|amanha|depois|quando|assim que|quase|logo|se|mais tarde|ate as|as \d+\w*"
    r"|antes de|prestes|por favor|favor|pfv?)\b"
)
_UNSURE = re.compile(r"((?:,|@[\w.-]+)[\s,:!]{0,9})(?=sai\b)", re.IGNORECASE)
"""After a comma or a name, "sai" without its accent asks somebody else to leave: "Bruno, sai de …"."""
_NEEDS_PLACE = re.compile(r"\w*(?:ad|id)[oa]|terminei|encerrei|finalizei")
"""Words that are said of much else: of logins, of backups, of chamados."""
_REPEATED = re.compile(r"^>.*$", re.MULTILINE)
"""What another one wrote, repeated."""


@dataclass(frozen=True)
class Leaving:
    """What a message says of leaving."""

    marks: frozenset[int] = frozenset()
    """Numbers of the marks of the servers that were left."""
    bare: bool = False
    """Whether the whole message is a leaving that names no place."""
    unclear: bool = False
    """Whether a leaving may be meant, but it is not clear of what, or whether at all."""
    elsewhere: str = ""
    """What is said to be left and is no server that is known: "loja x"."""


NO_LEAVING = Leaving()


class LeavingWords:
    """The team's words of leaving, read in messages."""

    def __init__(self, words: Iterable[str]) -> None:
        words = tuple(words)
        self._said = phrases(words)
        strict = [word for word in words if _NEEDS_PLACE.fullmatch(fold(word).strip())]
        plain = alternatives(word for word in words if word not in strict) or "(?!)"
        rest = alternatives(strict) or "(?!)"
        leads = r"(?:\s*[:,]\s*|\s+[-–—]\s+|\s+(?:agora\s+|ja\s+)?)"
        self._first = re.compile(rf"{_CLAUSE}(?:{plain}){leads}(?P<places>{_PLACES}){_BOUNDARY}")
        self._sentence = re.compile(rf"{_OPENING}(?:{rest}){leads}(?P<places>{_PLACES}){_CLOSING}")
        self._after = re.compile(
            rf"{_OPENING}(?P<places>{_PLACES})(?:\s*[:,]\s*|\s+[-–—]\s+|\s+)(?:ja\s+)?(?:{plain}){_BOUNDARY}"
        )
        self._whole = re.compile(
            rf"{_OPENING}(?P<places>{_PLACES})(?:\s*:\s*|\s+)(?:ja\s+)?(?:{rest}){_CLOSING}"
        )
        self._bare = re.compile(rf"{_OPENING}(?:{plain}){_THERE}{_CLOSING}")
        self._elsewhere = re.compile(rf"{_CLAUSE}(?:{plain})\s+d[aeo]s?\s+(?P<rest>[^\0.,;:!()\n]+)")

    def may_be_in(self, text: str) -> bool:
        """Whether ``text``, of `readable_for_leaving`, has any of the words and neither asks nor denies."""
        return "?" not in text and bool(self._said.search(text)) and not _NOT.search(text)

    def read(self, text: str) -> Leaving:
        """Read ``text``, in which leaving may be, with its servers marked."""
        sentences = [one.strip() for one in _ENDS.split(text) if one.strip()]
        marks: set[int] = set()
        for sentence in () if _LATER.search(text) else sentences:
            hits = [*self._first.finditer(sentence), self._sentence.fullmatch(sentence)]
            if sentence is sentences[0]:
                hits.append(self._after.match(sentence))
            if len(sentences) == 1:
                hits.append(self._whole.fullmatch(sentence))
            marks.update(
                int(number) for hit in hits if hit for number in re.findall(r"\0(\d+)\0", hit["places"])
            )
        if marks:
            return Leaving(frozenset(marks))
        if self._bare.fullmatch(" ".join(sentences)):
            return Leaving(bare=True)
        elsewhere = self._elsewhere.search(text)
        return Leaving(unclear=True, elsewhere=elsewhere["rest"].strip() if elsewhere else "")


def readable_for_leaving(text: str) -> str:
    """Return ``text`` folded, without what it repeats of others; requests to leave become no leaving."""
    own = _UNSURE.sub("\\1\1", unicodedata.normalize("NFC", _REPEATED.sub(" ", text)))
    return re.sub(r"[^\S\n]+", " ", fold(own)).strip()
