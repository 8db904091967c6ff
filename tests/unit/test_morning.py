"""The morning round: whose day it is, what may be ticked, what closes it, and the summary that it ends in."""

from datetime import UTC, date, datetime, timedelta

import pytest

from clients.models.chamado import Chamado, ChamadoEvent, Tool
from clients.models.feed import Feed, Trouble
from clients.models.lifecycle import LABELS, ChamadoStatus
from clients.models.morning import (
    CheckKind,
    MorningRound,
    Sight,
    SightLine,
    Weight,
    day_of,
    since_when,
)
from clients.models.morning_doings import told_at_the_round
from clients.models.morning_sights import (
    absent,
    chamados_sight,
    concluded_sight,
    services_sight,
    timers_sight,
    unanswered_sight,
)
from clients.models.morning_summary import MOST_NAMED, summary
from clients.models.service import Service, ServiceState
from clients.models.task import Named, Task, TaskStatus
from clients.models.ticket import Company, Ticket, TicketStats
from clients.models.timer import Span, Timer
from clients.models.workday import WorkCalendar

NOW = datetime(2026, 3, 4, 11, 12, tzinfo=UTC)
"""A Wednesday, twelve past eight in São Paulo."""
TODAY = date(2026, 3, 4)
CALENDAR = WorkCalendar()
MINUTE = timedelta(minutes=1)
SERVICES, TICKETS = CheckKind.SERVICES, CheckKind.UNANSWERED


def begun() -> MorningRound:
    return MorningRound.begun(TODAY, "Ana Lima")


def well(kind: CheckKind, told: str = "nenhum") -> Sight:
    return Sight(kind=kind, told=told, read_at=NOW)


def red(*dealt: str, read_at: datetime = NOW) -> Sight:
    lines = tuple(
        SightLine(key=str(place), text=f"Loja {place} · CTE: em falha", weight=Weight.RED, dealt=word)
        for place, word in enumerate(dealt)
    )
    return Sight(kind=SERVICES, told=f"{len(dealt)} em falha", lines=lines, read_at=read_at)


def all_ticked(services: Sight) -> MorningRound:
    morning = begun().ticked(services, NOW)
    for kind in list(CheckKind)[1:]:
        morning = morning.ticked(well(kind), NOW)
    return morning


class TestDays:
    def test_at_one_in_the_morning_of_utc_it_is_still_yesterday_here(self) -> None:
        assert day_of(datetime(2026, 3, 5, 1, 0, tzinfo=UTC)) == TODAY
        assert day_of(datetime(2026, 3, 5, 3, 0, tzinfo=UTC)) == date(2026, 3, 5)

    def test_after_days_off_it_looks_back_over_them(self) -> None:
        after_carnival, after_easter = date(2026, 2, 18), date(2026, 4, 6)
        assert since_when(after_carnival, (), CALENDAR) == datetime(2026, 2, 13, 3, 0, tzinfo=UTC)
        assert since_when(after_easter, (), CALENDAR) == datetime(2026, 4, 2, 3, 0, tzinfo=UTC)
        at_work = WorkCalendar(optional=())
        assert since_when(after_carnival, (), at_work) == datetime(2026, 2, 17, 3, 0, tzinfo=UTC)

    def test_where_no_day_is_worked_it_looks_back_as_far_as_ever(self) -> None:
        never = WorkCalendar(minutes=(0,) * 7)
        assert NOW - since_when(TODAY, (), never) < timedelta(days=32)

    def test_without_a_round_before_it_looks_back_to_the_first_minute_of_the_last_working_day(self) -> None:
        assert since_when(TODAY, (), CALENDAR) == datetime(2026, 3, 3, 3, 0, tzinfo=UTC)
        monday = date(2026, 3, 9)
        assert since_when(monday, (), CALENDAR) == datetime(2026, 3, 6, 3, 0, tzinfo=UTC)

    def test_it_goes_on_from_where_the_round_before_was_closed(self) -> None:
        closed = [NOW - timedelta(days=5), NOW - timedelta(days=2), NOW]
        assert since_when(TODAY, closed, CALENDAR) == NOW - timedelta(days=2), "today's own is none before it"

    def test_after_months_away_it_does_not_look_back_over_them(self) -> None:
        assert since_when(TODAY, [NOW - timedelta(days=90)], CALENDAR) == datetime(
            2026, 3, 3, 3, 0, tzinfo=UTC
        )

    def test_one_analyst_has_one_round_a_day(self) -> None:
        assert begun().id == MorningRound.begun(TODAY, "ana lima").id
        assert begun().id != MorningRound.begun(TODAY, "Bia").id
        assert begun().id != MorningRound.begun(TODAY - timedelta(days=1), "Ana Lima").id


class TestTicking:
    def test_it_keeps_when_and_what_was_seen(self) -> None:
        check = begun().ticked(well(TICKETS, "4"), NOW).check(TICKETS)
        assert (check.done_at, check.seen) == (NOW, well(TICKETS, "4"))

    def test_a_second_session_changes_nothing_of_a_tick(self) -> None:
        once = begun().ticked(well(TICKETS, "4"), NOW)
        assert once.ticked(well(TICKETS, "5"), NOW + MINUTE) == once

    def test_what_was_read_hours_ago_is_not_ticked(self) -> None:
        old = well(TICKETS).model_copy(update={"read_at": NOW - timedelta(hours=3)})
        with pytest.raises(ValueError, match="a leitura é de há 3 h; atualize antes"):
            begun().ticked(old, NOW)

    def test_what_was_read_before_midnight_is_another_days(self) -> None:
        midnight = datetime(2026, 3, 5, 3, 5, tzinfo=UTC)
        evening = well(TICKETS).model_copy(update={"read_at": midnight - 10 * MINUTE})
        with pytest.raises(ValueError, match="atualize antes"):
            MorningRound.begun(date(2026, 3, 5), "Ana").ticked(evening, midnight)

    def test_what_was_never_read_is_not_ticked_and_says_why(self) -> None:
        with pytest.raises(ValueError, match="ainda não há leitura"):
            begun().ticked(Sight(kind=TICKETS, trouble="O servidor caiu."), NOW)

    def test_a_check_without_a_system_is_nothing_to_tick(self) -> None:
        with pytest.raises(ValueError, match="Redmine não configurado"):
            begun().ticked(absent(CheckKind.CONCLUDED, "Redmine não configurado"), NOW)

    def test_each_red_service_wants_what_was_done_or_the_check_a_note(self) -> None:
        with pytest.raises(ValueError, match="o que foi feito de 1 em falha"):
            begun().ticked(red("ciente por Ana", ""), NOW)
        assert begun().ticked(red("ciente por Ana", "anotado por Ana"), NOW).done == 1
        noted = begun().noted(SERVICES, "monitor em manutenção", NOW)
        assert noted.ticked(red(""), NOW).done == 1

    def test_services_of_which_a_source_failed_want_a_note_and_the_summary_says_so(self) -> None:
        partly = red("ciente").model_copy(update={"trouble": "Painel: não respondeu."})
        with pytest.raises(ValueError, match="Atualize, ou anote aqui"):
            begun().ticked(partly, NOW)
        noted = begun().noted(SERVICES, "painel em manutenção", NOW).ticked(partly, NOW)
        assert "  ▲ Painel: não respondeu." in summary(noted, dict.fromkeys(CheckKind, partly)).splitlines()
        blip = well(TICKETS).model_copy(update={"trouble": "Freshdesk: não respondeu."})
        assert begun().ticked(blip, NOW).done == 1, "what was read some minutes ago is fresh enough"

    def test_the_note_that_a_tick_stands_on_stays(self) -> None:
        ticked = begun().noted(SERVICES, "em manutenção", NOW).ticked(red(""), NOW)
        with pytest.raises(ValueError, match="desmarque antes"):
            ticked.noted(SERVICES, " ", NOW)
        assert ticked.unticked(SERVICES).noted(SERVICES, "", NOW).check(SERVICES).note == ""

    def test_what_turned_red_after_the_tick_is_news(self) -> None:
        check = begun().ticked(red("ciente"), NOW).check(SERVICES)
        assert [each.key for each in check.news(red("", ""))] == ["1"]


class TestWhatTheNoteSays:
    FAILING = Service(
        client="Loja Sol", service="CTE", state=ServiceState.FAIL, since=NOW - timedelta(hours=2)
    )

    def test_it_is_what_was_done_of_a_service_that_failed_then(self) -> None:
        noted = begun().noted(SERVICES, "avisei a WE,\nque já olha", NOW)
        assert told_at_the_round(self.FAILING, [begun(), noted], NOW) == (
            "na rotina, por Ana Lima, hoje 08:12: avisei a WE, que já olha"
        )

    def test_the_latest_is_told(self) -> None:
        earlier = begun().noted(SERVICES, "avisei a WE", NOW - timedelta(hours=1))
        assert "a WE corrigiu" in told_at_the_round(
            self.FAILING, [begun().noted(SERVICES, "a WE corrigiu", NOW), earlier], NOW
        )

    def test_of_a_failure_that_began_later_it_says_nothing(self) -> None:
        noted = begun().noted(SERVICES, "avisei a WE", NOW - timedelta(hours=3))
        assert told_at_the_round(self.FAILING, [noted], NOW) == ""

    def test_what_was_taken_away_or_stands_at_another_check_says_nothing(self) -> None:
        noted = begun().noted(SERVICES, "avisei", NOW).noted(SERVICES, "", NOW)
        assert told_at_the_round(self.FAILING, [noted.noted(CheckKind.TIMERS, "de ontem", NOW)], NOW) == ""


class TestClosing:
    def test_it_wants_every_check_ticked_or_a_note_that_says_why_not(self) -> None:
        with pytest.raises(ValueError, match="Falta marcar, ou anotar por que não: Serviços, Tickets"):
            begun().closed("texto", NOW, absent=())
        morning = all_ticked(red("ciente")).unticked(TICKETS)
        with pytest.raises(ValueError, match="por que não: Tickets sem resposta"):
            morning.closed("texto", NOW, absent=())
        assert morning.noted(TICKETS, "Freshdesk fora", NOW).closed("texto", NOW, absent=()).closed_at == NOW

    def test_what_has_no_system_holds_it_up_not(self) -> None:
        left = all_ticked(red("ciente")).unticked(CheckKind.CONCLUDED)
        assert left.closed("texto", NOW, absent=(CheckKind.CONCLUDED,)).text == "texto"

    def test_once_closed_it_stays_as_it_is(self) -> None:
        closed = all_ticked(red("ciente")).closed("texto", NOW, absent=(), workflow="w1")
        with pytest.raises(ValueError, match="já foi fechada"):
            closed.closed("outro", NOW, absent=())
        with pytest.raises(ValueError, match="já foi fechada"):
            closed.unticked(SERVICES)
        with pytest.raises(ValueError, match="já foi fechada"):
            closed.noted(SERVICES, "x", NOW)


class TestSights:
    def test_red_before_unknown_and_the_green_only_counted(self) -> None:
        services = tuple(
            Service(client=name, service="CTE", state=state, since=NOW - timedelta(hours=2))
            for name, state in (
                ("Aurora", ServiceState.OK),
                ("Bento", ServiceState.UNKNOWN),
                ("Cruz", ServiceState.FAIL),
            )
        )
        sight = services_sight(Feed(services, as_of=NOW), {"cruz/cte": "ciente por Ana"}, NOW)
        assert sight.told == "1 em falha · 1 desconhecido · 1 ok"
        assert [(each.text, each.weight, each.dealt) for each in sight.lines] == [
            ("Cruz · CTE: em falha desde hoje 06:12", Weight.RED, "ciente por Ana"),
            ("Bento · CTE: desconhecido desde hoje 06:12", Weight.UNKNOWN, ""),
        ]

    def test_a_reading_that_failed_says_why_and_keeps_its_age(self) -> None:
        feed = Feed[Service](as_of=NOW - timedelta(hours=3)).failed(Trouble("Fora", "O monitor caiu."))
        sight = services_sight(feed, {}, NOW)
        assert (sight.read_at, sight.trouble) == (NOW - timedelta(hours=3), "O monitor caiu.")

    def test_tickets_without_an_answer_the_oldest_first(self) -> None:
        def ticket(number: int, hours: int, **more: object) -> Ticket:
            at = NOW - timedelta(hours=hours)
            return Ticket(
                id=number,
                subject="Nota recusada",
                status=2,
                company=Company(id=1, name="Padaria Estrela"),
                stats=TicketStats.model_validate(more),
                created_at=at,
                updated_at=at,
            )

        waiting = (ticket(1, 2), ticket(2, 30), ticket(3, 40, first_responded_at=NOW))
        sight = unanswered_sight(Feed(waiting, as_of=NOW), NOW)
        assert sight.told == "2 · o mais antigo de ontem 02:12"
        assert [each.text for each in sight.lines] == [
            "#2 · Padaria Estrela: Nota recusada (desde ontem 02:12)",
            "#1 · Padaria Estrela: Nota recusada (desde hoje 06:12)",
        ]
        assert unanswered_sight(Feed(as_of=NOW), NOW).told == "nenhum"

    def test_chamados_that_moved_since_then_from_where_to_where_and_by_whom(self) -> None:
        def event(hours: float, before: ChamadoStatus, status: ChamadoStatus, who: str) -> ChamadoEvent:
            return ChamadoEvent(at=NOW - timedelta(hours=hours), who=who, before=before, status=status)

        doing, pull, error = ChamadoStatus.DOING, ChamadoStatus.PULL_REQUEST, ChamadoStatus.ERROR_FIX
        chamado = Chamado(
            id="c1",
            number=12,
            title="Não emite NF-e",
            licence_email="a@exemplo.com.br",
            tool=Tool.SISTEMA,
            created_at=NOW - timedelta(days=9),
            updated_at=NOW,
            events=(
                event(60, ChamadoStatus.A_FAZER, doing, "Téo"),
                event(3, doing, pull, "Téo"),
                event(1, pull, error, "Rui"),
                event(0.5, error, error, "Ana"),  # a comment
            ),
        )
        since = NOW - timedelta(days=1)
        sight = chamados_sight(Feed((chamado,), as_of=NOW), since, LABELS, NOW)
        assert sight.told == "1 desde ontem 08:12"
        assert [each.text for each in sight.lines] == [
            "nº 12 · Não emite NF-e: Doing → Error Fix (por Rui, hoje 07:12)"
        ]
        assert chamados_sight(Feed((chamado,), as_of=NOW), NOW, LABELS, NOW).told == "nenhum desde hoje 08:12"

    def test_concluded_tasks_the_latest_first(self) -> None:
        def task(number: int, hours: int) -> Task:
            at = NOW - timedelta(hours=hours)
            return Task(
                id=number,
                project=Named(id=1, name="ERP"),
                tracker=Named(id=1, name="Bug"),
                status=TaskStatus(id=5, name="Fechada", is_closed=True),
                subject="Ajuste no boleto",
                created_on=at,
                updated_on=at,
                closed_on=at,
            )

        sight = concluded_sight(Feed((task(7, 9), task(8, 2)), as_of=NOW), NOW - timedelta(days=1), NOW)
        assert sight.told == "2 desde ontem 08:12"
        assert [each.key for each in sight.lines] == ["8", "7"]
        assert sight.lines[0].text == "tarefa #8 · ERP: Ajuste no boleto (Fechada, hoje 06:12)"

    def test_only_timers_that_run(self) -> None:
        began = NOW - timedelta(hours=13)
        running = Timer(target="ticket:4102", spans=(Span(began=began),))
        paused = Timer(target="ticket:7", spans=(Span(began=began, ended=NOW),))
        sight = timers_sight((running, paused), NOW)
        assert (sight.told, sight.read_at) == ("1", NOW)
        assert sight.lines[0].text == "#4102 conta desde ontem 19:12 (13h00 por registrar)"


class TestSummary:
    def test_it_says_who_what_was_red_and_what_was_done_about_it(self) -> None:
        services = red("ciente por Ana, hoje 08:10: cliente avisado", "")
        services = services.model_copy(
            update={
                "lines": (
                    *services.lines,
                    SightLine(key="u", text="Loja U · CTE: desconhecido", weight=Weight.UNKNOWN),
                )
            }
        )
        morning = begun().noted(SERVICES, "Loja 1 em\nmanutenção", NOW).ticked(services, NOW)
        for kind in (TICKETS, CheckKind.CHAMADOS):
            morning = morning.ticked(well(kind), NOW)
        morning = morning.noted(CheckKind.TIMERS, "sem tempo", NOW)
        seen = {kind: well(kind) for kind in CheckKind}
        seen[CheckKind.CONCLUDED] = absent(CheckKind.CONCLUDED, "Redmine não configurado")
        assert summary(morning, seen).splitlines() == [
            "Rotina da manhã, quarta 04/03/2026, por Ana Lima",
            "Serviços: 2 em falha",
            "  ✖ Loja 0 · CTE: em falha → ciente por Ana, hoje 08:10: cliente avisado",
            "  ✖ Loja 1 · CTE: em falha → ver a nota",
            "  ? Loja U · CTE: desconhecido",
            "  Nota: Loja 1 em manutenção",
            "Tickets sem resposta: nenhum",
            "Tarefas concluídas: Redmine não configurado",
            "Chamados que mudaram: nenhum",
            "Cronômetros ligados: não conferido",
            "  Nota: sem tempo",
        ]

    def test_it_is_masked_as_a_whole_and_one_number_bears_one_mark(self) -> None:
        services = red("ciente por Ana: senha do sa é lua4512, CPF 529.982.247-25")
        morning = (
            begun().ticked(services, NOW).noted(CheckKind.TIMERS, "o CPF é de outro: 111.444.777-35", NOW)
        )
        told = summary(morning, {kind: well(kind) for kind in CheckKind})
        assert "lua4512" not in told and "529.982" not in told and "111.444" not in told
        assert "‹CPF_1›" in told and "‹CPF_2›" in told

    def test_many_lines_are_counted_and_a_long_one_is_cut(self) -> None:
        lines = tuple(SightLine(key=str(place), text=f"#{place} {'x' * 900}") for place in range(12))
        sight = Sight(kind=TICKETS, told="12", lines=lines, read_at=NOW)
        told = summary(begun().ticked(sight, NOW), {kind: well(kind) for kind in CheckKind})
        assert f"  e mais {12 - MOST_NAMED}" in told.splitlines()
        assert max(map(len, told.splitlines())) < 310

    def test_nothing_of_what_was_done_about_a_red_one_is_cut(self) -> None:
        dealt = f"anotado por Ana: {'x' * 300}; ciente por Bia (perguntado em gestor_suporte)"
        told = summary(begun().ticked(red(dealt), NOW), {kind: well(kind) for kind in CheckKind})
        assert f"→ {dealt}" in told

    def test_what_is_seen_now_stands_in_nothing_that_was_ticked(self) -> None:
        morning = begun().ticked(well(TICKETS, "4 · o mais antigo de ontem 09:00"), NOW)
        told = summary(morning, {kind: well(kind, "9") for kind in CheckKind})
        assert "Tickets sem resposta: 4 · o mais antigo de ontem 09:00" in told
