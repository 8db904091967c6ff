import errno
import os
from pathlib import Path

import pytest

from clients.errors import PlantaoError
from clients.freshdesk_files import create, read_upload
from clients.os_faults import os_fault
from clients.tables import LocalFile
from tui.editor import edit
from tui.settings_layers import read_file
from tui.templates_file import read_templates


def test_what_happens_to_people_is_said_in_portuguese() -> None:
    said = {os_fault(OSError(number, os.strerror(number))) for number in (errno.ENOENT, errno.EISDIR)}
    assert said == {"não existe", "é uma pasta"}
    assert os_fault(PermissionError(errno.EACCES, "Permission denied")) == "sem permissão"
    assert os_fault(OSError(errno.ENOSPC, "No space left on device")) == "o disco está cheio"


def test_an_error_without_words_shows_its_name() -> None:
    assert os_fault(OSError(errno.EXDEV, "Invalid cross-device link")) == "EXDEV"
    assert os_fault(OSError(9999, "?")) == "erro 9999"
    assert os_fault(TimeoutError()) == "TimeoutError"


@pytest.mark.parametrize(
    ("name", "said"),
    [("nada.txt", "nada.txt: não existe"), ("pasta", "pasta: é uma pasta"), ("f.txt/x", "x: uma parte do")],
)
def test_a_file_that_cannot_go_along_says_why(tmp_path: Path, name: str, said: str) -> None:
    (tmp_path / "pasta").mkdir()
    (tmp_path / "f.txt").write_text("x")
    with pytest.raises(PlantaoError) as told:
        read_upload(tmp_path / name)
    assert told.value.message.startswith(f"Freshdesk: {said}")
    assert "atalho" not in told.value.message


def test_a_symbolic_link_is_named_as_one(tmp_path: Path) -> None:
    (tmp_path / "link.txt").symlink_to(tmp_path / "f.txt")
    with pytest.raises(PlantaoError, match=r"link\.txt: é um atalho \(link simbólico\)"):
        read_upload(tmp_path / "link.txt")


def test_an_empty_file_is_no_attachment(tmp_path: Path) -> None:
    (tmp_path / "vazio.log").touch()
    with pytest.raises(PlantaoError, match=r"vazio\.log: está vazio"):
        read_upload(tmp_path / "vazio.log")


def test_no_message_carries_the_words_of_the_host(tmp_path: Path) -> None:
    (tmp_path / "f").write_text("x")
    for work in (
        lambda: read_templates(tmp_path),
        lambda: read_file(tmp_path / "f" / "x"),
        lambda: LocalFile(tmp_path / "nada.csv").stamp(),
        lambda: create(tmp_path / "f" / "x", "a.txt"),
        lambda: edit("oi", ["naoexiste-em-lugar-nenhum"], tmp_path),
    ):
        with pytest.raises(PlantaoError) as told:
            work()
        for english in ("No such", "Is a directory", "Not a directory"):
            assert english not in told.value.message
