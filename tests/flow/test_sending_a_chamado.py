"""A chamado from the ticket to the board: prefilled, checked once more, sent once."""

import os
import struct
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from clients.boards.local import LocalBoard
from clients.errors import OutcomeUnknown, Unreachable
from clients.models.chamado import Chamado, ChamadoDraft
from clients.models.client_words import MAX_QUOTED
from clients.models.conversation import Conversation
from clients.models.licence import LicenceCheck, LicenceState
from clients.models.quality import check_draft
from clients.models.ticket import Requester, Ticket
from clients.store import Store
from tests.support.clock import Clock
from tests.support.form_desk import GOOD, licence
from tui.chamado_drafts import ChamadoDrafts
from tui.disk import Disk
from tui.flows.chamado import NotReady, Submitting, prefill
from tui.flows.chamado_files import ChamadoRules, file_facts

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)


class Answers:
    """A licence source that says what it is told to say."""

    name = "lista"

    def __init__(self, *states: LicenceState) -> None:
        self._states = list(states)

    async def check(self, email: str) -> LicenceCheck:
        return licence(email, self._states.pop(0) if len(self._states) > 1 else self._states[0], "fora do ar")


class Faulty(LocalBoard):
    """A board whose line breaks before or after the chamado arrived."""

    arrives = True
    fault: Exception | None = None

    async def submit(
        self, draft: ChamadoDraft, *, author: str = "", licence: LicenceCheck | None = None
    ) -> Chamado:
        if self.fault is None:
            return await super().submit(draft, author=author, licence=licence)
        if self.arrives:
            await super().submit(draft, author=author, licence=licence)
        raise self.fault


class Desk:
    def __init__(self, path: Path, *states: LicenceState) -> None:
        self.store = Store(path / "plantao.db")
        self.clock = Clock()
        self.disk = Disk()
        self.drafts = ChamadoDrafts(self.store, self.clock)
        self.board = Faulty(self.store, self.clock)
        self.sent: list[tuple[str, int]] = []
        self.submitting = Submitting(
            self.board,
            self.drafts,
            Answers(*states or (LicenceState.VALID,)),
            "Marina",
            disk=self.disk,
            sent=lambda draft_id, number: self.sent.append((draft_id, number)),
        )
        self.drafts.save(GOOD)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = Desk(tmp_path)
    yield opened
    opened.disk.close()
    opened.store.close()


def ticket(**changes: object) -> Ticket:
    fields: dict[str, object] = {
        "id": 4312,
        "subject": "RES: [Urgente] Pedido de venda não salva",
        "requester": Requester(id=1, name="Rita", email="rita@padaria-aurora.example"),
        "text": "Bom dia\n\nO pedido não salva.\n> texto nosso citado",
        "created_at": NOW,
        "updated_at": NOW,
    }
    return Ticket.model_validate(fields | changes)


def message(text: str, **changes: object) -> Conversation:
    fields: dict[str, object] = {
        "id": 1,
        "text": text,
        "incoming": True,
        "created_at": NOW,
        "updated_at": NOW,
    }
    return Conversation.model_validate(fields | changes)


def test_a_form_begun_from_a_ticket_carries_the_clients_words() -> None:
    said = [
        message("Agora deu erro 500"),
        message("nossa resposta", incoming=False),
        message("nota interna", incoming=True, private=True),
    ]
    draft = prefill(ticket(), said, link="https://aurora.example/a/tickets/4312")
    assert draft.title == "Pedido de venda não salva"
    assert draft.licence_email == "rita@padaria-aurora.example"
    assert draft.ticket_id == 4312
    assert draft.description.startswith(
        "Ticket #4312 https://aurora.example/a/tickets/4312\n\nOnde acontece:\n"
    )
    assert (
        "O que acontece:\n> Bom dia\n>\n> O pedido não salva.\n\n> Agora deu erro 500\nCom qual"
        in draft.description
    )
    for inside in ("texto nosso citado", "nossa resposta", "nota interna"):
        assert inside not in draft.description
    assert prefill(ticket(), said).id != draft.id


def test_headings_left_empty_keep_a_prefilled_form_from_being_sent() -> None:
    draft = prefill(ticket(), [])
    findings = check_draft(draft)
    open_headings = {
        draft.description[slice(*found.span)]
        for found in findings
        if found.rule == "descricao.modelo" and found.span
    }
    assert "Onde acontece:" in open_headings
    assert "O que acontece:" not in open_headings


def test_a_ticket_without_text_or_requester_still_opens_a_form() -> None:
    draft = prefill(ticket(text=None, requester=None, subject=""), [])
    assert draft.title == draft.licence_email == ""
    assert "O que acontece:\nCom qual usuário:" in draft.description


def test_a_very_long_message_is_cut_and_says_so() -> None:
    draft = prefill(ticket(text="a" * (MAX_QUOTED + 1)), [])
    assert "(continua no ticket)" in draft.description


async def test_a_sent_chamado_leaves_no_draft(desk: Desk) -> None:
    chamado = await desk.submitting.send(GOOD)
    assert chamado.number == 1
    assert chamado.author == "Marina"
    assert chamado.licence is not None
    assert chamado.licence.state is LicenceState.VALID
    assert desk.drafts.list() == ()
    assert desk.sent == [(GOOD.id, 1)]
    assert await desk.submitting.send(GOOD) == chamado, "the same draft is the same chamado"
    assert len(await desk.board.chamados()) == 1


async def test_what_blocks_is_not_sent_and_the_draft_stays(desk: Desk) -> None:
    with pytest.raises(NotReady) as refused:
        await desk.submitting.send(GOOD.model_copy(update={"flow": ""}))
    assert {found.field for found in refused.value.findings if found.severity == "block"} == {"flow"}
    assert await desk.board.chamados() == ()
    assert len(desk.drafts.list()) == 1


async def test_a_licence_that_expired_since_the_form_looked_is_refused(tmp_path: Path) -> None:
    desk = Desk(tmp_path, LicenceState.EXPIRED)
    with pytest.raises(NotReady) as refused:
        await desk.submitting.send(GOOD)
    assert refused.value.licence is not None
    assert refused.value.licence.state is LicenceState.EXPIRED
    assert await desk.board.chamados() == ()


async def test_an_unchecked_licence_wants_a_yes_that_is_recorded(tmp_path: Path) -> None:
    desk = Desk(tmp_path, LicenceState.UNCHECKED)
    with pytest.raises(NotReady):
        await desk.submitting.send(GOOD)
    assert await desk.board.chamados() == ()
    chamado = await desk.submitting.send(GOOD, unchecked_accepted=True)
    assert chamado.licence is not None
    assert chamado.licence.state is LicenceState.UNCHECKED
    assert chamado.licence.reason == "fora do ar; enviado assim por Marina"
    assert await desk.board.chamado(GOOD.id) == chamado, "the board remembers the yes"


async def test_a_lost_answer_is_resolved_by_looking(desk: Desk) -> None:
    desk.board.fault = OutcomeUnknown("Quadro", "sem resposta")
    chamado = await desk.submitting.send(GOOD)
    assert chamado.id == GOOD.id
    assert desk.drafts.list() == ()
    assert len(await desk.board.chamados()) == 1


@pytest.mark.parametrize(
    "fault", [OutcomeUnknown("Quadro", "sem resposta"), Unreachable("Quadro", "recusou")]
)
async def test_a_chamado_that_never_arrived_stays_a_draft(desk: Desk, fault: Exception) -> None:
    desk.board.fault, desk.board.arrives = fault, False
    with pytest.raises(type(fault)):
        await desk.submitting.send(GOOD)
    assert [draft.id for draft in desk.drafts.list()] == [GOOD.id]
    desk.board.fault = None
    assert (await desk.submitting.send(GOOD)).number == 1


def jpeg(width: int, height: int, *, behind: int = 0) -> bytes:
    """The size of a JPEG stands behind whatever else its head holds."""
    padding = b"".join(b"\xff\xe2" + struct.pack(">H", 60_002) + b"p" * 60_000 for _ in range(behind))
    return b"\xff\xd8" + padding + b"\xff\xc0\0\x11\x08" + struct.pack(">HH", height, width) + b"\x03" * 12


PICTURES = {
    "a.png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", 640, 480) + b"\x08\x02\0\0\0",
    "a.jpg": jpeg(640, 480, behind=3),
    "a.gif": b"GIF89a" + struct.pack("<HH", 640, 480) + b"\0" * 20,
    "a.bmp": b"BM" + b"\0" * 16 + struct.pack("<ll", 640, -480) + b"\0" * 20,
    "a.webp": b"RIFF\x20\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0" + b"\x7f\x02\0" + b"\xdf\x01\0",
}


@pytest.mark.parametrize("name", PICTURES)
def test_the_width_of_every_kind_of_print_is_read(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(PICTURES[name])
    (fact,) = file_facts(str(tmp_path / name))
    assert (fact.width, fact.height) == (640, 480)


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_cut_off_or_full_of_lies_is_one_of_unknown_size(tmp_path: Path, name: str) -> None:
    whole = PICTURES[name]
    lies = [whole[:length] for length in range(1, min(len(whole), 40))]
    lies += [whole[:6] + b"\xff" * 500_000, whole[:4] + b"\0" * 300_000, jpeg(640, 480, behind=40)]
    for number, content in enumerate(lies):
        (tmp_path / f"{number}.png").write_bytes(content)
        (fact,) = file_facts(str(tmp_path / f"{number}.png"))
        assert fact.exists
        assert (fact.width is None) == (fact.height is None)
        assert fact.width is None or fact.width > 0


async def test_files_are_looked_at_without_following_anything(tmp_path: Path) -> None:
    (tmp_path / "print.png").write_bytes(
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", 640, 480) + b"\x08\x02"
    )
    (tmp_path / "link.png").symlink_to(tmp_path / "print.png")
    os.mkfifo(tmp_path / "cano")
    names = ["print.png", "link.png", "cano", "nada.png", "."]
    files = "\n".join([*(str(tmp_path / name) for name in names), "https://exemplo.example/video"])
    facts = [(fact.exists, fact.is_file, fact.size, fact.width) for fact in file_facts(files)]
    assert facts == [
        (True, True, 26, 640),
        (True, False, 0, None),
        (True, False, 0, None),
        (False, False, 0, None),
        (True, False, 0, None),
    ]
    rules = ChamadoRules()
    draft = GOOD.model_copy(update={"files": files})
    assert not [found for found in rules(draft, None) if found.field == "files"]
    await rules.look(files)
    found = {finding.rule for finding in rules(draft, None) if finding.field == "files"}
    assert found == {"arquivos.print_parcial", "arquivos.pasta", "arquivos.nao_encontrado"}
