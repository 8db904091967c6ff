"""What a walk leaves in its service's history: what was found, masked, and nothing of the announcements."""

from datetime import UTC, datetime

from clients.models.service import Service, ServiceState
from clients.models.service_doings import dealt_with
from clients.models.service_note import Destination, Passed, ServiceNote
from clients.models.walk import Outcome, Walk
from clients.models.walk_note import note_of_walk
from tests.support.walking import walk_of

NOW = datetime(2026, 3, 4, 15, 6, tzinfo=UTC)


def seen(found: str) -> Walk:
    walk = walk_of("Loja Sol", NOW).stepped("entrada", Outcome.DONE, at=NOW, who="Ana", found="Entrando")
    return walk.stepped("ver", Outcome.DONE, at=NOW, who="Ana", found=found)


def test_what_was_found_stays_masked_under_its_name() -> None:
    note = note_of_walk(seen("parou às 8h; Password=lua4512;"), None, NOW, "Ana")
    assert note is not None
    assert (note.id, note.key) == ("passeio-1", "loja sol/ct-e")
    assert note.text.startswith("O que foi visto: parou às 8h;")
    assert "lua4512" not in note.text
    assert "Entrando" not in note.text


def test_where_nothing_was_written_down_nothing_stays() -> None:
    assert note_of_walk(walk_of("Loja Sol", NOW), None, NOW, "Ana") is None


def test_what_was_passed_on_on_the_way_stays_as_it_went_with_what_came_after() -> None:
    passed = Passed(to=Destination.LEAD, place="gestor_suporte", at=NOW, who="Ana")
    before = ServiceNote(
        id="passeio-1", key="loja sol/ct-e", at=NOW, who="Ana", text="Parece cadastro.", passed=(passed,)
    )
    note = note_of_walk(seen("sem NCM"), before, NOW, "Ana")
    assert note == before.model_copy(update={"text": "Parece cadastro.\n\nO que foi visto: sem NCM"})
    assert note_of_walk(seen("sem NCM"), note, NOW, "Ana") == note


def test_a_walk_and_its_note_are_told_once_with_where_it_went() -> None:
    passed = Passed(to=Destination.LEAD, place="gestor_suporte", at=NOW, who="Ana")
    walk = seen("sem NCM")
    note = note_of_walk(walk, None, NOW, "Ana")
    assert note is not None
    service = Service(client="Loja Sol", service="CT-e", state=ServiceState.FAIL)
    told = dealt_with(service, (note.model_copy(update={"passed": (passed,)}),), (walk,), NOW)
    assert told == (
        "roteiro Entrar e ver por Beatriz Moura, hoje 12:06, em andamento: O que foi visto: sem NCM "
        "(perguntado em gestor_suporte)"
    )


def test_what_was_done_is_told_masked_for_it_is_posted() -> None:
    service = Service(client="Loja Sol", service="CT-e", state=ServiceState.FAIL)
    told = dealt_with(service, (), (seen("user=sa Password=lua4512; CPF 529.982.247-25"),), NOW)
    assert "O que foi visto" in told
    assert "lua4512" not in told and "529.982" not in told
