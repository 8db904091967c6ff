"""A log file of this machine: its end, in whatever encoding, and only where it is a plain file of others."""

import os
from pathlib import Path

import pytest

from clients.models.excerpt import MOST_LINES
from tui.flows.log_reading import READ_AT_MOST, NotRead, read_log

pytestmark = pytest.mark.anyio
LINES = "08:12 Rejeição: certificado inválido\r\n08:13 próxima tentativa\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
async def test_a_log_is_read_in_the_encoding_that_it_has(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "cte.log").write_bytes(LINES.encode(encoding))
    assert await read_log(f"'{tmp_path}/cte.log'", ()) == f"De cte.log:\n{LINES.strip()}".replace("\r", "")


async def test_the_log_of_a_windows_tool_is_read_too(tmp_path: Path) -> None:
    (tmp_path / "ez.log").write_bytes(b"\xff\xfe" + LINES.encode("utf-16-le"))
    assert "Rejeição" in await read_log(str(tmp_path / "ez.log"), ())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
async def test_of_a_big_log_the_end_is_read(tmp_path: Path, encoding: str) -> None:
    lines = [f"{number:06d} não é válido, não é válido, não é válido" for number in range(20_000)]
    (tmp_path / "big.log").write_bytes("\n".join(lines).encode(encoding))
    assert (tmp_path / "big.log").stat().st_size > READ_AT_MOST
    head, cut, *kept = (await read_log(str(tmp_path / "big.log"), ())).split("\n")
    assert head == "De big.log:"
    assert cut == f"[só as últimas {MOST_LINES} linhas]"
    assert kept == lines[-MOST_LINES:]


async def test_a_character_that_is_just_being_written_makes_no_other_encoding(tmp_path: Path) -> None:
    (tmp_path / "cte.log").write_bytes("situação".encode()[:-2])
    assert (await read_log(str(tmp_path / "cte.log"), ())).startswith("De cte.log:\nsitua")
    assert "Ã" not in await read_log(str(tmp_path / "cte.log"), ())


async def test_what_is_no_plain_log_is_refused(tmp_path: Path) -> None:
    (tmp_path / "dados.db").write_bytes(b"\0\1\2")
    (tmp_path / "vazio.log").touch()
    (tmp_path / "atalho.log").symlink_to(tmp_path / "vazio.log")
    os.mkfifo(tmp_path / "tubo")
    own = tmp_path / "plantao"
    own.mkdir()
    (own / "plantao.log").write_text("x")
    for name, said in (
        ("dados.db", "não é um texto"),
        ("vazio.log", "está vazio"),
        ("atalho.log", "atalho"),
        ("tubo", "não é um arquivo comum"),
        ("plantao", "arquivo do próprio Plantão"),
        ("plantao/plantao.log", "arquivo do próprio Plantão"),
        ("nada.log", "não existe"),
    ):
        with pytest.raises(NotRead, match=said):
            await read_log(str(tmp_path / name), (own,))
