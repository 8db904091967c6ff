from clients.models.queue import Queue, initials
from clients.models.text import fold
from tests.support.desk_sample import ME, NOW, VOCABULARY, tickets
from widgets.queue_filter import QueueFilter

ENTRIES = Queue.read(tickets(400), me=ME, vocabulary=VOCABULARY, now=NOW).entries


def plainly(query: str) -> list[int]:
    words = fold(query).split()
    return [entry.id for entry in ENTRIES if all(word in entry.haystack() for word in words)]


def test_every_letter_finds_what_a_plain_search_finds() -> None:
    search = QueueFilter()
    typed = [
        "c",
        "ca",
        "com",
        "comi",
        "comis",
        "comi",
        "comissoes",
        "comissoes me",
        "",
        " ",
        "ótica",
        "zzz",
        "z",
    ]
    for query in typed:
        assert [entry.id for entry in search.search(ENTRIES, query)] == plainly(query), query
    assert plainly("comissoes me")


def test_accents_and_case_do_not_matter() -> None:
    search = QueueFilter()
    found = [entry.id for entry in search.search(ENTRIES, "NAO EMISSAO")]
    assert found == [entry.id for entry in search.search(ENTRIES, "não emissão")]
    assert search.search(ENTRIES, "#48210")[0].id == 48210
    assert search.search(ENTRIES, "aguardando desenvolvimento bruno")


def test_an_owner_is_found_by_the_initials_that_a_narrow_queue_shows() -> None:
    found = QueueFilter().search(ENTRIES, "bt 48209")
    assert [entry.id for entry in found] == [entry.id for entry in ENTRIES if entry.id == 48209]
    assert (initials("Beatriz de Souza Nogueira"), initials("Bia"), initials("")) == ("BN", "B", "")


def test_other_entries_are_searched_anew() -> None:
    search = QueueFilter()
    search.search(ENTRIES[:10], "erro")
    assert [entry.id for entry in search.search(ENTRIES, "erro")] == plainly("erro")


def test_a_ticket_that_changed_is_folded_anew() -> None:
    search = QueueFilter()
    search.search(ENTRIES, "erro")
    renamed = tuple(
        entry.ticket.model_copy(update={"subject": "Assunto inédito"}) if entry.id == 48210 else entry.ticket
        for entry in ENTRIES
    )
    again = Queue.read(renamed, me=ME, vocabulary=VOCABULARY, now=NOW).entries
    assert [entry.id for entry in search.search(again, "inedito")] == [48210]


def test_preparing_goes_on_where_it_stopped() -> None:
    search = QueueFilter()
    assert search.prepare(ENTRIES, 0, 300) == 300
    assert search.prepare(ENTRIES, 300, 300) == 400
