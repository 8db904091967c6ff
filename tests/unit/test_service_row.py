"""A service as a line and as a sheet: what flaps, what is known, what is unknown, who is on the server."""

from dataclasses import replace
from datetime import timedelta

import pytest

from clients.models.server_talk import Occupant
from clients.models.service import Service, ServiceState
from clients.models.service_history import ServiceHistory, Spell
from clients.models.service_note import Destination, Passed, ServiceNote
from tests.support.desk_sample import NOW, services
from widgets.cells import Tone, line_width
from widgets.service_known import Known
from widgets.service_row import Columns, draw_header, draw_row
from widgets.service_text import service_text

OK, FAIL, UNKNOWN = ServiceState.OK, ServiceState.FAIL, ServiceState.UNKNOWN
ONE_HOUR = timedelta(hours=1)


def cte(state: ServiceState = FAIL, **facts: object) -> Service:
    given = {"client": "Loja Ção", "service": "CTE", "state": state, "since": NOW - ONE_HOUR}
    return Service.model_validate(given | facts)


def row(service: Service, known: Known, width: int = 77) -> str:
    return "".join(piece.text for piece in draw_row(service, known, Columns.for_width(width), NOW))


def sheet(service: Service, known: Known, *notes: ServiceNote, width: int = 100) -> str:
    return service_text(service, known, notes, NOW, width).plain


def acknowledgement(**facts: object) -> ServiceNote:
    given = {"id": "1", "key": cte().key, "at": NOW, "who": "Ana Lima", "text": "com a equipe"}
    return ServiceNote.model_validate(given | {"acknowledges": True} | facts)


def somebody(who: str = "Ana Lima", *, minutes: int = 20, **facts: object) -> Occupant:
    given = {"who": who, "since": NOW - timedelta(minutes=minutes), "said": "entrei na Ção", "sure": True}
    return Occupant.model_validate(given | facts)


def on_it(*people: Occupant) -> Known:
    return Known(people={"loja cao": people})


def coming_and_going() -> Known:
    spells = tuple(
        Spell(
            state=OK if number % 2 else FAIL,
            begun=NOW - timedelta(minutes=50 - number * 8),
            seen=NOW - timedelta(minutes=43 - number * 8),
        )
        for number in range(6)
    )
    return Known(histories={cte().key: ServiceHistory(key=cte().key, spells=spells)})


@pytest.mark.parametrize("width", [40, 60, 68, 70, 77, 90, 100, 140, 200])
def test_a_row_fills_its_width_as_the_header_does(width: int) -> None:
    columns = Columns.for_width(width)
    known = Known(acknowledged={each.key: acknowledgement(key=each.key) for each in services()})
    assert {line_width(draw_row(each, known, columns, NOW)) for each in services()} == {width}
    assert line_width(draw_header(columns)) == width + 1  # the list's own first cell is above the header


@pytest.mark.parametrize(
    ("state", "said", "tone"),
    [
        (FAIL, "✖≈ vai e volta", Tone.BAD),
        (UNKNOWN, "?≈ vai e volta", Tone.WARN),
        (OK, "●≈ vai e volta", Tone.WARN),
    ],
)
def test_what_flaps_says_so_and_how_it_is_just_now(state: ServiceState, said: str, tone: Tone) -> None:
    piece = draw_row(cte(state), coming_and_going(), Columns.for_width(77), NOW)[0]
    assert (piece.text.strip(), piece.tone) == (said, tone)
    assert "≈ vai e volta" in sheet(cte(state), coming_and_going())


def test_what_is_just_down_does_not_flap() -> None:
    assert row(cte(), Known()).startswith("✖ falha ")
    assert row(cte(UNKNOWN), Known()).startswith("? desconhecido ")
    assert "vai e volta" not in sheet(cte(), Known())


def test_a_known_failure_is_still_red_and_says_who_knows_of_it() -> None:
    known = Known(acknowledged={cte().key: acknowledgement()})
    line = draw_row(cte(note="parado"), known, Columns.for_width(100), NOW)
    text = "".join(piece.text for piece in line)
    assert text.startswith("✖ falha")
    assert line[0].tone is Tone.BAD
    assert "ciente: Ana · pa" in text
    assert "Ciente      Ana Lima, 18/03 10:42" in sheet(cte(), known)


@pytest.mark.parametrize(
    "service", [cte(OK), cte(UNKNOWN), cte(since=NOW + timedelta(minutes=1))], ids=["ok", "unknown", "new"]
)
def test_only_the_failure_that_was_meant_is_known(service: Service) -> None:
    known = Known(acknowledged={cte().key: acknowledgement()})
    assert "ciente" not in row(service, known)
    assert "Ciente" not in sheet(service, known)


@pytest.mark.parametrize(
    ("known", "width", "said"),
    [
        (on_it(somebody()), 77, "Ana há 20 min"),
        (on_it(somebody(sure=False)), 70, "Ana? 20 min"),
        (on_it(somebody()), 70, "Ana 20 min"),
        (on_it(somebody("Helena", minutes=47)), 70, "Helena 47m"),
        (on_it(somebody("Helena", minutes=47), somebody("Bia")), 70, "Helena +1"),
        (on_it(somebody(own=True)), 100, "você há 20 min"),
        (on_it(somebody(), somebody("Bia", minutes=50)), 77, "Ana +1 20 min"),
        (on_it(), 77, " — "),
        (on_it(somebody(since=None)), 77, "Ana  "),
        (replace(on_it(somebody()), doubt="lido há 9 min"), 77, "Ana? há 20 min"),
        (replace(on_it(), doubt="o Slack não foi lido"), 77, "? incerto"),
        (Known(), 77, "? incerto"),
    ],
)
def test_who_is_on_the_server(known: Known, width: int, said: str) -> None:
    assert said in row(cte(), known, width)


@pytest.mark.parametrize(
    ("known", "said"),
    [
        (on_it(somebody()), "No servidor Ana Lima, 10:22 · há 20 min"),
        (on_it(somebody(sure=False)), "No servidor Ana Lima? “entrei na Ção”, 10:22 · há 20 min"),
        (on_it(), "No servidor ninguém"),
        (Known(), "No servidor não se sabe"),
        (replace(on_it(), doubt="o Slack não foi lido"), "No servidor não se sabe"),
        (replace(on_it(), doubt="o Slack não foi lido"), "            o Slack não foi lido"),
        (replace(on_it(somebody()), doubt="lido há 9 min"), "No servidor Ana Lima, 10:22 · há 20 min"),
        (on_it(somebody(since=None, said="em outra sessão")), "No servidor Ana Lima “em outra sessão”"),
    ],
)
def test_the_sheet_names_everybody_who_is_there(known: Known, said: str) -> None:
    assert said in sheet(cte(), known).splitlines()


def test_where_all_runs_no_doubt_is_told_in_the_table() -> None:
    assert "incerto" not in row(cte(OK), Known())
    assert "Ana há 20 min" in row(cte(OK), on_it(somebody()))


def test_the_sheet_tells_what_is_known_and_what_the_source_does_not_say() -> None:
    text = sheet(cte(last_check=None, kind="tarefa agendada", note="código 0x1 (acesso negado)"), Known())
    assert text.splitlines()[0] == "Loja Ção · CTE"
    assert "Tipo        tarefa agendada" in text
    assert "Desde       18/03 09:42 · há 1 h" in text
    assert "Verificado  o monitoramento não diz" in text
    assert "Nota        código 0x1 (acesso negado)" in text
    assert "█ falha  ▒ desconhecido  ▁ ok  · não lido" in text
    assert "Sem histórico" in text


def test_the_sheet_has_the_notes_in_the_order_given() -> None:
    found = acknowledgement(id="2", acknowledges=False, who="Bia", text="disco cheio\n2 GB livres")
    lines = sheet(cte(), Known(), found, acknowledgement()).splitlines()
    assert lines[lines.index("Anotações") :] == [
        "Anotações",
        "18/03 10:42 Bia",
        "disco cheio",
        "2 GB livres",
        "18/03 10:42 Ana Lima · ciente",
        "com a equipe",
    ]


def test_the_sheet_has_what_was_seen_in_the_log_and_where_it_went() -> None:
    passed = Passed(to=Destination.NOTE, place="#4102", at=NOW, who="Bia")
    seen = acknowledgement(acknowledges=False, text="", excerpt="08:12 ok\n08:13 [b]ERRO", passed=(passed,))
    lines = sheet(cte(), Known(), seen).splitlines()
    assert lines[lines.index("Anotações") + 2 :] == [
        "08:12 ok",
        "08:13 [b]ERRO",
        "→ rascunho de nota no #4102, 18/03 10:42 Bia",
    ]


def test_a_text_of_strangers_is_no_markup() -> None:
    assert "[/b] [red]x" in sheet(cte(note="[/b] [red]x"), Known())


def test_what_is_longer_than_its_line_goes_on_under_its_beginning() -> None:
    service = cte(note="Certificado digital A1 vencido na filial de Ponta Grossa")
    lines = sheet(service, Known(), width=44).splitlines()
    first = next(at for at, line in enumerate(lines) if line.startswith("Nota        Certificado"))
    assert lines[first + 1].startswith(" " * 12)
    assert lines[first + 1].strip() in service.note


def test_the_room_of_checks_that_no_source_tells_is_the_clients() -> None:
    without, with_them = (Columns.for_width(100, checked=told) for told in (False, True))
    assert (without.check, with_them.check) == (0, 6)
    assert without.client > with_them.client
    assert "verif." not in "".join(piece.text for piece in draw_header(without))
    known = Known()
    assert {line_width(draw_row(each, known, without, NOW)) for each in services()} == {100}
