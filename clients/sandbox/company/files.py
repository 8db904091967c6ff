"""The bytes of the seeded attachments: made here, since no picture of a real desk may be shipped."""

import struct
import zlib

_WIDTH, _HEIGHT = 1366, 768


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def screen_print() -> bytes:
    """A PNG of a whole screen: a title bar, a form and a task bar, in greys."""
    rows = []
    for y in range(_HEIGHT):
        shade = 0x33 if y < 40 or y > 728 else 0xC8 if 120 < y < 640 and y % 48 < 24 else 0xF4
        rows.append(b"\x00" + bytes([shade]) * _WIDTH)
    header = struct.pack(">IIBBBBB", _WIDTH, _HEIGHT, 8, 0, 0, 0, 0)
    picture = zlib.compress(b"".join(rows), 9)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", picture) + _chunk(b"IEND", b"")


def service_log() -> bytes:
    """A log of a scheduled task, as it is pasted into tickets."""
    lines = [
        "2026-03-04 02:00:01 INFO  Início da tarefa CTE",
        "2026-03-04 02:00:09 INFO  14 documentos na fila",
    ]
    for number in range(1, 15):
        lines.append(f"2026-03-04 02:00:{10 + number:02d} ERROR Documento {88200 + number}: tempo esgotado")
    return "\r\n".join([*lines, "2026-03-04 02:00:40 INFO  Fim, 0x1", ""]).encode("cp1252")


def invoice_xml() -> bytes:
    """A stub of an invoice with invented numbers."""
    return (
        b'<?xml version="1.0" encoding="UTF-8"?>\n<nfeProc versao="4.00"><NFe><infNFe Id="NFe0000">'
        b"<ide><natOp>VENDA</natOp></ide></infNFe></NFe></nfeProc>\n"
    )


BLOBS = {
    "print.png": ("image/png", screen_print),
    "tarefa.log": ("text/plain", service_log),
    "nota.xml": ("application/xml", invoice_xml),
}
"""Blob name: content type and maker."""
