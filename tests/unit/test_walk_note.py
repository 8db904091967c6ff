"""What a walk leaves in its service's history: what was found, masked, and nothing of the announcements."""

from datetime import UTC, datetime

from clients.models.runbook import Runbook, Step
from clients.models.service import Service, ServiceState
from clients.models.service_doings import LONGEST_FOUND, dealt_with
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


SERVICE = Service(client="Loja Sol", service="CT-e", state=ServiceState.FAIL)
TWO_LOOKS = Runbook(
    id="olhar",
    title="Olhar",
    steps=(
        Step(id="conectar", title="Conectar"),
        Step(id="ver", title="Ver o log", record="Trecho"),
        Step(id="fim", title="Desconectar"),
    ),
)


def looking(**found: str) -> Walk:
    """A walk on which steps were skipped, for a reason, or something was found at them."""
    walk = Walk(id="w", runbook=TWO_LOOKS, client="Loja Sol", service="CT-e", who="Bia", begun_at=NOW)
    for step, said in found.items():
        outcome = Outcome.DONE if step == "ver" else Outcome.SKIPPED
        walk = walk.stepped(step, outcome, at=NOW, who="Bia", found=said)
    return walk


def test_a_walk_that_came_to_nothing_is_no_doing() -> None:
    assert dealt_with(SERVICE, (), (looking(),), NOW) == ""
    assert dealt_with(SERVICE, (), (looking(conectar="sem VPN"),), NOW) == ""
    assert "sem NCM" in dealt_with(SERVICE, (), (looking(conectar="já estava", ver="sem NCM"),), NOW)


def test_the_gist_of_a_walk_is_what_was_found_last() -> None:
    walk = looking(conectar="já estava", ver="item 7 sem NCM\nveja o log", fim="ficou aberta")
    note = note_of_walk(walk, None, NOW, "Bia")
    assert note is not None
    assert note.gist == "item 7 sem NCM"
    assert "ficou aberta" not in note.text
    words = note.model_copy(update={"text": "Parece cadastro.", "headline": ""})
    kept = note_of_walk(walk, words, NOW, "Bia")
    assert kept is not None
    assert kept.gist == "Parece cadastro.", "the analyst's own words are said first"


def test_of_long_findings_the_gist_is_told_and_everyone_who_did_something() -> None:
    passed = Passed(to=Destination.LEAD, place="gestor_suporte", at=NOW, who="Ana")
    long = f"Certificado venceu.\n{'08:13 ERRO ' * 60}"
    notes = [
        ServiceNote(id=str(number), key=SERVICE.key, at=NOW, who=f"Ana {number}", text=long, passed=(passed,))
        for number in range(4)
    ]
    told = dealt_with(SERVICE, notes, (), NOW)
    assert told.count("Certificado venceu. (perguntado em gestor_suporte)") == 4
    assert all(f"Ana {number}" in told for number in range(4))
    endless = notes[0].model_copy(update={"text": "x" * 900})
    assert len(dealt_with(SERVICE, (endless,), (), NOW)) < LONGEST_FOUND + 100
