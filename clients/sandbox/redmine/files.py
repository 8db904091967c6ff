"""The bytes of the files on the team's tasks, by how their names end: made here."""

from collections.abc import Callable, Mapping
from functools import cache

from ..company.files import screen_print, service_log

_LINES = (
    "Confirmamos por escrito o que foi dito ao telefone.",
    "Em caso de duvida, o contato segue o mesmo.",
)


def _document() -> bytes:
    """A page of text as PDF."""
    text = "".join(f"0 -20 Td ({line}) Tj " for line in _LINES)
    content = f"BT /F1 12 Tf 72 760 Td {text}ET".encode("ascii")
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    page = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(page))
        page += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    return page + head + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(page))


_KINDS: Mapping[str, tuple[str, Callable[[], bytes]]] = {
    "png": ("image/png", screen_print),
    "log": ("text/plain", service_log),
    "pdf": ("application/pdf", _document),
}


@cache
def made(name: str) -> tuple[str, bytes]:
    """Content type and bytes of the file ``name``."""
    return _of_kind(name.rpartition(".")[2])


@cache
def _of_kind(ending: str) -> tuple[str, bytes]:
    kind, make = _KINDS[ending]
    return kind, make()
