"""Files and links, one per line (C9): what can be told from the text, and from facts gathered elsewhere."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePath

from ..chamado import Tool
from ..finding import Finding, Severity
from ..folded import Span
from ..ticket import MAX_TICKET_BYTES
from ..web_address import is_web_address
from .personal import documents
from .pieces import Piece, pieces

FULL_SCREEN_WIDTH = 1000
"""Pixels; a narrower picture is hardly the whole screen."""

UNFINISHED = "arquivos.inacabado"
"""Rule of a path that ends in a folder: while one types it, it is no fault yet."""
_KNOWN = frozenset(
    """
    .png .jpg .jpeg .webp .gif .bmp
    .mp4 .webm .mov .mkv .avi .m4v .wmv .3gp
    .txt .log .xml .pdf .csv .xls .xlsx .doc .docx .ods .odt .json .har .eml .msg .ofx .ret .rem
    .zip .7z .rar .gz
    """.split()
)
"""What the maker's people open by habit: prints, videos, documents, bank and fiscal files, archives."""
_PROGRAMS = frozenset(
    """
    .exe .msi .com .scr .dll .bat .cmd .ps1 .psm1 .vbs .vbe .js .jse .wsf .wsh .hta .jar .reg .lnk .pif .cpl
    .apk .sh .html .htm .svg
    """.split()
)
"""Refused: mail filters drop the whole message, and nobody should have to open one to see a fault."""

_LINK = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{1,20}:/|www\.", re.ASCII)


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
    height: int | None = None
    """The same, from top to bottom."""


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
        if is_link(entry.text) and not is_web_address(_in_full(entry.text)):
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


def _in_full(link: str) -> str:
    """The address as a browser takes it: people leave the beginning out."""
    return f"https://{link}" if link.casefold().startswith("www.") else link


def check_files(facts: Iterable[FileFact], tool: str = "") -> tuple[Finding, ...]:
    """Check what was found out about the local files of the list; ``tool`` is a `Tool` value."""
    return tuple(finding for fact in facts for finding in _check_fact(fact, tool))


def _check_fact(fact: FileFact, tool: str) -> Iterator[Finding]:
    name, span = fact.entry.text, fact.entry.span
    if not fact.exists:
        yield _finding(
            "arquivos.nao_encontrado", Severity.BLOCK, f"“{name}” não existe.", "/home/ana/print.png", span
        )
    elif not fact.is_file:
        is_begun = name.endswith("/")
        yield _finding(
            UNFINISHED if is_begun else "arquivos.pasta",
            Severity.BLOCK,
            f"“{name}” é uma pasta: falta o nome do arquivo."
            if is_begun
            else f"“{name}” não é um arquivo que se possa ler.",
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
    if fact.exists and fact.is_file:
        yield from _check_type(name, span)
    if _is_narrow(fact, tool):
        yield _finding(
            "arquivos.print_parcial",
            Severity.WARN,
            f"“{name}” tem {fact.width} pixels de largura: parece só um pedaço da tela.",
            "print da tela inteira, da barra de endereço à data e hora",
            span,
        )


def _check_type(name: str, span: Span) -> Iterator[Finding]:
    suffix = PurePath(name).suffix.casefold()
    if suffix in _PROGRAMS:
        yield _finding(
            "arquivos.programa",
            Severity.BLOCK,
            f"“{name}” pode executar algo ao ser aberto: quem recebe não abre.",
            "um print ou vídeo do que acontece, ou o conteúdo em .txt",
            span,
        )
    elif suffix not in _KNOWN:
        what = f"do tipo {suffix}" if suffix else "sem tipo no nome"
        yield _finding(
            "arquivos.tipo",
            Severity.WARN,
            f"“{name}” é um arquivo {what}: confirme que o Desenvolvimento consegue abrir.",
            "print.png, video.mp4, log.txt, nota.xml",
            span,
        )


def _is_narrow(fact: FileFact, tool: str) -> bool:
    """Of an application on a phone the whole screen is narrow, and higher than wide."""
    if fact.width is None or fact.width >= FULL_SCREEN_WIDTH:
        return False
    return not (tool == Tool.MOBI and fact.height is not None and fact.height > fact.width)


def _finding(rule: str, severity: Severity, message: str, example: str, span: Span) -> Finding:
    return Finding(rule, "files", severity, message, example, span)
