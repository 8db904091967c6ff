"""What a mark says of a service: classes, styles, texts and names of pictures, never more than they say."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from .models.page_rules import Marks
from .models.service import ServiceState
from .models.text import fold

_TOKEN = re.compile(r"[^\W_]+")
_NEGATIONS = frozenset("nao sem not no non un nunca".split())
_COLOUR_PROPERTIES = frozenset("background background-color color fill border-color".split())
_HEX3 = re.compile(r"#([0-9a-f])([0-9a-f])([0-9a-f])")
_RGB = re.compile(r"rgba?\((\d{1,3}),(\d{1,3}),(\d{1,3})(?:,[\d.]+)?\)")


@dataclass(frozen=True)
class Evidence:
    """What one cell shows, element by element."""

    classes: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    """``style`` attributes as written; ``bgcolor`` and its like as ``color:…``."""
    text: str = ""
    labels: tuple[str, ...] = ()
    """``alt``, ``title``, ``aria-label`` and file names."""


@dataclass(frozen=True)
class Verdict:
    """What the marks say."""

    state: ServiceState
    note: str = ""
    """Why it is unknown."""
    marked: bool = True
    """Whether any known mark was there."""
    mark: str = ""
    """What decided, for an explanation: "classe verde"; empty where nothing did."""


def judge(evidence: Evidence, ok: Marks, fail: Marks) -> Verdict:
    """Return what the evidence shows: contradictory and unknown marks are unknown, never green."""
    good, bad = _found(evidence, ok), _found(evidence, fail)
    if good and bad:
        return Verdict(ServiceState.UNKNOWN, f"marcas contraditórias: {good[0][1]} e {bad[0][1]}")
    if good or bad:
        mark = " ".join((good or bad)[0])
        return Verdict(ServiceState.OK if good else ServiceState.FAIL, mark=mark)
    shown = evidence.text or " ".join(evidence.labels) or " ".join(evidence.classes)
    note = f"situação não reconhecida: {shown[:60]}" if shown else "sem marca de situação"
    return Verdict(ServiceState.UNKNOWN, note, marked=False)


def judge_text(text: str, ok: Marks, fail: Marks) -> Verdict:
    """Return what a single word of a table says."""
    return judge(Evidence(text=text), ok, fail)


def _found(evidence: Evidence, marks: Marks) -> list[tuple[str, str]]:
    """Return the known marks that are there, each with what it is."""
    texts, styles = _folded(marks.texts), {_plain(style) for style in marks.styles}
    found = [("texto", text) for text in (evidence.text,) if text and _words(text) in texts]
    found += [("classe", name) for name in evidence.classes if fold(name) in _folded(marks.classes)]
    declared = (style for written in evidence.styles for style in _declarations(written))
    found += [("estilo", style) for style in declared if style in styles]
    fragments = _folded(marks.fragments)
    found += [("figura", label) for label in evidence.labels if _says(label, texts, fragments)]
    return found


@lru_cache(maxsize=32)  # of the settings, asked for at every cell
def _folded(words: frozenset[str]) -> frozenset[str]:
    return frozenset(fold(word) for word in words)


def _words(text: str) -> str:
    return " ".join(_TOKEN.findall(fold(text)))


def _says(label: str, texts: frozenset[str], fragments: frozenset[str]) -> bool:
    if _words(label) in texts:
        return True
    tokens = set(_TOKEN.findall(fold(label)))
    return bool(tokens & fragments) and not tokens & _NEGATIONS


def _declarations(style: str) -> Iterable[str]:
    """Yield each declaration, and beside it the bare colour where it sets one."""
    for declaration in style.split(";"):
        name, _, value = _plain(declaration).partition(":")
        value = value.removesuffix("!important")
        if value:
            yield f"{name}:{value}"
            if name in _COLOUR_PROPERTIES:
                yield value


def _plain(style: str) -> str:
    """Return a declaration or a colour in one spelling: lower case, no blanks, ``rrggbb`` colours."""
    text = "".join(style.casefold().split())
    text = _RGB.sub(
        lambda match: "#" + "".join(f"{min(int(part), 255):02x}" for part in match.groups()), text
    )
    name, colon, value = text.rpartition(":")
    short = _HEX3.fullmatch(value)
    return f"{name}{colon}#{''.join(digit * 2 for digit in short.groups())}" if short else text


def evidence_of(attributes: Iterable[Mapping[str, str | None]], text: str = "") -> Evidence:
    """Return what the attributes of some elements, and the text of all of them, show."""
    parts = [_evidence_of_one(each) for each in attributes]
    return Evidence(
        tuple(name for part in parts for name in part.classes),
        tuple(style for part in parts for style in part.styles),
        text,
        tuple(label for part in parts for label in part.labels),
    )


def _evidence_of_one(attributes: Mapping[str, str | None]) -> Evidence:
    given = {name: value for name, value in attributes.items() if value}
    styles = [given["style"]] if "style" in given else []
    styles += [f"color:{given[name]}" for name in ("bgcolor", "color", "fill") if name in given]
    labels = [given[name] for name in ("alt", "title", "aria-label") if name in given]
    labels += [given["src"].partition("?")[0].rpartition("/")[2]] if "src" in given else []
    return Evidence(tuple(given.get("class", "").split()), tuple(styles), labels=tuple(labels))
