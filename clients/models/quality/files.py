"""Files and links, one per line (C9): what can be told from the text, and from facts gathered elsewhere."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from ..finding import Finding, Severity
from ..folded import Span
from ..ticket import MAX_TICKET_BYTES
from .personal import documents
from .pieces import Piece, pieces

FULL_SCREEN_WIDTH = 1000
"""Pixels; a narrower picture is hardly the whole screen."""

_LINK = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{1,20}:/|www\.", re.ASCII)
_HOST = re.compile(r"[\w-]{1,63}(?:\.[\w-]{1,63}){1,10}|localhost")


@dataclass(frozen=True)
class FileFact:
    """What the caller found out about one local file of the list."""

    entry: Piece
    exists: bool
    is_file: bool = True
    size: int = 0
    """Bytes."""
    width: int | None = None
    """Pixels, where it is a picture whose size could be read."""


def file_entries(raw: str) -> tuple[Piece, ...]:
    """Return the lines of the field: paths and links."""
    return pieces(raw, "\n\r")


def is_link(entry: str) -> bool:
    """Tell whether an entry is meant as a link rather than a path."""
    return _LINK.match(entry) is not None


def check_entries(raw: str) -> Iterator[Finding]:
    """Check what the text alone tells: form of links, personal data in names, repeats."""
    seen: set[str] = set()
    for entry in file_entries(raw):
        if is_link(entry.text) and not _is_web_address(entry.text):
            yield _finding(
                "arquivos.link",
                Severity.WARN,
                f"“{entry.text}” não é um link que se possa abrir.",
                "https://drive.exemplo.com.br/video-do-erro",
                entry.span,
            )
        if next(documents(entry.text), None):
            yield _finding(
                "arquivos.dado_pessoal",
                Severity.WARN,
                "CPF ou CNPJ no nome do arquivo: renomeie.",
                "print-pedido.png",
                entry.span,
            )
        if entry.text in seen:
            yield _finding(
                "arquivos.repetido", Severity.HINT, f"“{entry.text}” aparece duas vezes.", "", entry.span
            )
        seen.add(entry.text)


def _is_web_address(link: str) -> bool:
    if any(char.isspace() for char in link):
        return False
    try:
        parts = urlsplit(link if "://" in link else f"https://{link}")
        host = parts.hostname or ""
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and _HOST.fullmatch(host) is not None


def check_files(facts: Iterable[FileFact]) -> tuple[Finding, ...]:
    """Check what was found out about the local files of the list."""
    return tuple(finding for fact in facts for finding in _check_fact(fact))


def _check_fact(fact: FileFact) -> Iterator[Finding]:
    name, span = fact.entry.text, fact.entry.span
    if not fact.exists:
        yield _finding(
            "arquivos.nao_encontrado", Severity.BLOCK, f"“{name}” não existe.", "/home/ana/print.png", span
        )
    elif not fact.is_file:
        yield _finding(
            "arquivos.pasta",
            Severity.BLOCK,
            f"“{name}” não é um arquivo que se possa ler.",
            "/home/ana/print.png",
            span,
        )
    elif fact.size == 0:
        yield _finding("arquivos.vazio", Severity.BLOCK, f"“{name}” está vazio.", "envie de novo", span)
    elif fact.size > MAX_TICKET_BYTES:
        yield _finding(
            "arquivos.grande",
            Severity.BLOCK,
            f"“{name}” passa de {MAX_TICKET_BYTES // 1_000_000} MB e não pode ser anexado.",
            "compartilhe o vídeo e cole o link",
            span,
        )
    if fact.width is not None and fact.width < FULL_SCREEN_WIDTH:
        yield _finding(
            "arquivos.print_parcial",
            Severity.WARN,
            f"“{name}” tem {fact.width} pixels de largura: parece só um pedaço da tela.",
            "print da tela inteira, da barra de endereço à data e hora",
            span,
        )


def _finding(rule: str, severity: Severity, message: str, example: str, span: Span) -> Finding:
    return Finding(rule, "files", severity, message, example, span)
