import pytest

from clients.errors import SettingsError, SourceError
from clients.models.page_rules import FailMarks, OkMarks, PageRules
from clients.models.service import Service, ServiceState
from clients.monitor_marks import Evidence, judge
from clients.monitor_page import Page

OK, FAIL, UNKNOWN = ServiceState.OK, ServiceState.FAIL, ServiceState.UNKNOWN


def read(html: str, **rules: object) -> tuple[Service, ...]:
    return Page(html, "monitor", PageRules.model_validate(rules)).services()


def table(*rows: str) -> str:
    head = "<thead><tr><th>Cliente</th><th>Serviço</th><th>Situação</th></tr></thead>"
    return f"<table>{head}<tbody>{''.join(rows)}</tbody></table>"


def row(state: str, attributes: str = "", client: str = "Padaria Aurora", service: str = "DYPE") -> str:
    return f"<tr {attributes}><td>{client}</td><td>{service}</td>{state}</tr>"


def state_of(cell: str, attributes: str = "") -> ServiceState:
    return read(table(row(cell, attributes)))[0].state


def test_a_list_is_read_with_since_and_note() -> None:
    html = table(
        row('<td class="verde"></td><td>30/07/2026 08:12</td><td></td>'),
        row('<td class="vermelho"></td><td>há 3 horas</td><td>log parado</td>', service="CTE"),
    )
    first, second = read(html)
    assert (first.client, first.service, first.state) == ("Padaria Aurora", "DYPE", OK)
    assert first.since is not None
    assert first.since.isoformat() == "2026-07-30T11:12:00+00:00"  # São Paulo is UTC−3
    assert second.state is FAIL
    assert second.since is None
    assert second.note == "log parado · desde há 3 horas"


@pytest.mark.parametrize(
    ("cell", "state"),
    [
        ('<td class="label-success">x</td>', OK),
        ('<td><span class="badge badge-danger"></span></td>', FAIL),
        ('<td style="background-color: #0F0"></td>', OK),
        ('<td style="BACKGROUND-COLOR:rgb(0, 255, 0) !important"></td>', OK),
        ('<td style="background:red"></td>', FAIL),
        ('<td bgcolor="Green"></td>', OK),
        ("<td> ● OK </td>", OK),
        ("<td>Não está rodando</td>", FAIL),
        ('<td><img src="/img/bola_verde.png?v=2"></td>', OK),
        ('<td><img src="x.gif" alt="Serviço parado"></td>', FAIL),
        ('<td><i class="icon" title="Rodando desde ontem"></i></td>', OK),
        ("<td><svg><circle fill='red'/></svg></td>", FAIL),
    ],
)
def test_marks_that_are_known(cell: str, state: ServiceState) -> None:
    assert state_of(cell) is state


@pytest.mark.parametrize(
    "cell",
    [
        "<td></td>",
        "",
        "<td>reiniciando</td>",
        "<td>quase <b>ok</b></td>",
        '<td class="amarelo">?</td>',
        '<td><img src="notok.png"></td>',
        '<td><img src="not_ok.png"></td>',
        '<td title="sem falha"></td>',
        '<td style="border:1px solid green"></td>',
        '<td class="verde-musgo"></td>',
        '<td><span class="verde" style="display: none">ok</span></td>',
        "<td><script>ok</script></td>",
    ],
)
def test_what_is_not_understood_is_never_green(cell: str) -> None:
    html = table(row('<td class="verde"></td>', service="CTE"), row(cell))
    service = next(each for each in read(html) if each.service == "DYPE")
    assert service.state is UNKNOWN
    assert service.note


def test_contradictory_marks_are_unknown_and_say_why() -> None:
    service = read(table(row('<td class="verde" style="color:red"></td>')))[0]
    assert service.state is UNKNOWN
    assert "contraditórias" in service.note


def test_a_coloured_row_counts_only_where_the_cell_says_nothing_else() -> None:
    assert state_of("<td></td>", 'class="table-success"') is OK
    assert state_of("<td>verificando</td>", 'class="table-success"') is UNKNOWN
    assert state_of("<td>verificando</td>", 'class="danger"') is FAIL
    assert state_of("<td>ok</td>", 'class="danger"') is UNKNOWN


def test_a_client_cell_that_spans_its_services() -> None:
    html = table(
        '<tr><td rowspan="2">Padaria Aurora</td><td>DYPE</td><td>ok</td></tr>',
        "<tr><td>CTE</td><td>falha</td></tr>",
        "<tr><td>Casa Lúmen</td><td>DYPE</td><td>ok</td></tr>",
    )
    assert [(each.client, each.service, each.state) for each in read(html)] == [
        ("Padaria Aurora", "DYPE", OK),
        ("Padaria Aurora", "CTE", FAIL),
        ("Casa Lúmen", "DYPE", OK),
    ]


def test_a_heading_row_names_the_client_of_those_below() -> None:
    html = """<div class=g><h3>Padaria Aurora</h3></div>
    <div class=g><b>DYPE</b><i class=verde></i></div><div class=g><b>CTE</b><i class=vermelho></i></div>"""
    found = read(html, row="div.g", client="h3", service="b", state="i")
    assert [(each.client, each.service, each.state) for each in found] == [
        ("Padaria Aurora", "DYPE", OK),
        ("Padaria Aurora", "CTE", FAIL),
    ]


def test_a_service_listed_twice_is_as_bad_as_its_worst() -> None:
    html = table(row("<td>ok</td>"), row("<td>falha</td>"), row("<td>ok</td>"))
    assert [each.state for each in read(html)] == [FAIL]


def test_a_green_mark_without_a_client_is_not_green() -> None:
    service = read(table(row("<td>ok</td>", client=""), row("<td>ok</td>")))[0]
    assert (service.client, service.state) == ("?", UNKNOWN)


def test_clients_as_rows_and_services_as_columns() -> None:
    html = """<table><thead><tr><th>Cliente</th><th>DYPE</th><th>CTE</th></tr></thead><tbody>
    <tr><td>Padaria Aurora</td><td class=verde></td><td class=vermelho></td></tr>
    <tr><td>Casa Lúmen</td><td>-</td><td></td><td class=verde></td></tr></tbody></table>"""
    found = {(each.client, each.service): each.state for each in read(html, layout="matrix")}
    assert found == {
        ("Padaria Aurora", "DYPE"): OK,
        ("Padaria Aurora", "CTE"): FAIL,
        ("Casa Lúmen", "CTE"): UNKNOWN,
        ("Casa Lúmen", "coluna 4"): UNKNOWN,
    }


@pytest.mark.parametrize(
    ("rules", "named"),
    [
        ({"row": "ul li"}, "linha = “ul li”"),
        ({"client": ".cliente"}, "cliente = “.cliente”"),
        ({"service": ".svc"}, "servico = “.svc”"),
        ({"state": ".estado"}, "situacao = “.estado”"),
        ({"layout": "matrix", "header": "tr.h"}, "cabecalho = “tr.h”"),
    ],
)
def test_a_selector_that_finds_nothing_is_named(rules: dict[str, str], named: str) -> None:
    with pytest.raises(SourceError, match=named):
        read(table(row("<td>ok</td>")), **rules)


def test_an_empty_board_is_an_error_and_not_a_green_one() -> None:
    with pytest.raises(SourceError, match="linha"):
        read(table())


def test_a_broken_selector_is_named() -> None:
    with pytest.raises(SettingsError, match="td:::"):
        read(table(row("<td>ok</td>")), state="td:::")


def test_when_the_page_last_looked() -> None:
    html = "<p id=x>Atualizado em 31/07/2026 às 08:12</p>" + table(row("<td>ok</td>"))
    moment = read(html, checked_at="#x")[0].last_check
    assert moment is not None
    assert moment.isoformat() == "2026-07-31T11:12:00+00:00"


def test_own_marks_replace_the_defaults_of_their_kind_only() -> None:
    html = table(row('<td class="bolinha-boa"></td>'), row("<td>ok</td>", service="CTE"))
    assert [each.state for each in read(html, ok={"classes": ["bolinha-boa"]})] == [OK, OK]


def test_no_default_mark_means_both() -> None:
    ok, fail = OkMarks(), FailMarks()
    for good, bad in (
        (ok.classes, fail.classes),
        (ok.styles, fail.styles),
        (ok.texts, fail.texts),
        (ok.fragments, fail.fragments),
    ):
        assert not good & bad


def test_a_mark_of_settings_may_be_a_whole_declaration() -> None:
    ok = OkMarks(styles=frozenset({"border-left: 4px solid #0A0"}))
    evidence = Evidence(styles=("border-left:4px solid #0a0;color:black",))
    assert judge(evidence, ok, FailMarks()).state is OK
