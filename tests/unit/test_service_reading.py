"""What a new reading makes of what was known: unknown is never green, and nothing vanishes silently."""

from datetime import UTC, datetime, timedelta

import pytest

from clients.models.service import Service, ServiceState
from clients.models.service_reading import (
    CLOCK_TOLERANCE,
    KEPT_MISSING,
    ClientNames,
    by_our_clock,
    doubted_names,
    missing,
    not_ahead,
    unread,
    worst_of,
)

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
OK, FAIL, UNKNOWN = ServiceState.OK, ServiceState.FAIL, ServiceState.UNKNOWN


def service(
    name: str = "CTE",
    state: ServiceState = OK,
    *sources: str,
    client: str = "Aurora",
    checked: datetime | None = None,
) -> Service:
    return Service(client=client, service=name, state=state, sources=sources, last_check=checked)


class TestMissing:
    @pytest.mark.parametrize(("state", "note"), [(OK, "estava ok"), (FAIL, "estava em falha"), (UNKNOWN, "")])
    def test_what_is_no_longer_shown_is_unknown(self, state: ServiceState, note: str) -> None:
        (gone,) = missing([], [service("CTE", state, "A")], ["A"], NOW)
        assert (gone.state, gone.since, gone.missing_since, gone.note) == (UNKNOWN, NOW, NOW, note)
        told = f"não está mais na página há 2 h{' · ' if note else ''}{note}"
        assert gone.remark(NOW + 2 * HOUR) == told

    def test_it_stays_unknown_for_a_day_and_then_goes(self) -> None:
        (gone,) = missing([], [service("CTE", FAIL, "A")], ["A"], NOW)
        (still,) = missing([], [gone], ["A"], NOW + KEPT_MISSING - MINUTE)
        assert still == gone
        assert not missing([], [gone], ["A"], NOW + KEPT_MISSING)

    def test_what_is_seen_again_is_as_it_is_seen(self) -> None:
        (gone,) = missing([], [service("CTE", FAIL, "A")], ["A"], NOW)
        assert not missing([service("cte", OK, "A")], [gone], ["A"], NOW + HOUR)

    def test_what_comes_from_a_source_that_was_taken_out_goes_at_once(self) -> None:
        before = [service("CTE", OK, "Velha"), service("DYPE", OK, "Velha", "A"), service("EZ", OK)]
        assert [each.service for each in missing([], before, ["A"], NOW)] == ["DYPE", "EZ"]

    def test_one_that_is_missing_is_not_also_unchecked(self) -> None:
        (gone,) = missing([], [service("CTE", OK, "A", checked=NOW)], ["A"], NOW)
        assert gone.seen_at(NOW + 5 * HOUR, HOUR) is gone


class TestUnread:
    def test_a_failed_source_s_services_age_from_when_they_were_read(self) -> None:
        before = [service("CTE", OK, "A"), service("DYPE", OK, "B")]
        (kept,) = unread(before, ["A"], [service("DYPE", OK, "B")], NOW)
        assert (kept.service, kept.state, kept.last_check) == ("CTE", OK, NOW)
        assert kept.seen_at(NOW + HOUR, HOUR).state is OK
        assert kept.seen_at(NOW + HOUR + MINUTE, HOUR).state is UNKNOWN

    def test_its_red_is_not_refuted_by_another_source_but_its_green_and_unknown_are(self) -> None:
        before = [service(name, state, "A") for name, state in (("r", FAIL), ("g", OK), ("u", UNKNOWN))]
        read = [service(name, OK, "B") for name in "rgu"]
        assert [each.service for each in unread(before, ["A"], read, NOW)] == ["r"]

    def test_what_was_missing_already_and_what_others_show_stays_out(self) -> None:
        lost = service("CTE", UNKNOWN, "A").model_copy(update={"missing_since": NOW})
        assert not unread([lost, service("DYPE", OK, "B")], ["A"], [], NOW)

    def test_what_was_kept_before_sources_had_names_may_be_of_any(self) -> None:
        assert unread([service("CTE")], ["A"], [], NOW)
        assert not unread([service("CTE")], [], [], NOW)


class TestClocks:
    @pytest.mark.parametrize("hours", [-2, 3])
    def test_a_check_is_read_by_our_clock(self, hours: int) -> None:
        ahead = hours * HOUR
        (dated,) = by_our_clock([service(checked=NOW - 5 * MINUTE + ahead)], ahead, NOW)
        assert dated.last_check == NOW - 5 * MINUTE
        assert dated.seen_at(NOW, HOUR).state is OK
        told = "3 h adiantado" if hours > 0 else "2 h atrasado"
        assert dated.remark(NOW) == f"relógio do monitoramento {told}"

    def test_a_stale_page_is_not_fresh_by_a_clock_that_runs_ahead(self) -> None:
        (dated,) = by_our_clock([service(checked=NOW - 30 * MINUTE)], 2 * HOUR, NOW)
        assert dated.seen_at(NOW, HOUR).state is UNKNOWN

    def test_a_check_by_yet_another_clock_is_not_moved(self) -> None:
        item = service(checked=NOW - 10 * MINUTE)
        assert by_our_clock([item], -2 * HOUR, NOW) == [item]

    def test_a_small_difference_is_none(self) -> None:
        item = service(checked=NOW)
        assert by_our_clock([item], CLOCK_TOLERANCE, NOW) == by_our_clock([item], None, NOW) == [item]
        assert not_ahead([item], [], NOW - CLOCK_TOLERANCE) == [item]

    def test_a_check_that_lies_ahead_counts_from_when_it_was_first_read(self) -> None:
        """Where nothing tells the clock of the source, as in a file."""
        written = service(checked=NOW + 3 * HOUR)
        (first,) = not_ahead([written], [], NOW)
        assert (first.last_check, first.state) == (NOW, OK)
        assert first.remark(NOW) == "relógio do monitoramento 3 h adiantado"
        (again,) = not_ahead([written], [first], NOW + 50 * MINUTE)
        assert again.last_check == NOW
        assert again.seen_at(NOW + 61 * MINUTE, HOUR).state is UNKNOWN
        (newer,) = not_ahead([service(checked=NOW + 4 * HOUR)], [again], NOW + HOUR)
        assert newer.last_check == NOW + HOUR


class TestNames:
    def test_what_a_source_writes_is_mapped_to_the_client_accents_and_case_aside(self) -> None:
        names = ClientNames({"PADARIA SAO JOAO LTDA": "Padaria São João"})
        assert names.of("Padaria  São João Ltda") == "Padaria São João"
        assert names.of("Casa Lúmen") == "Casa Lúmen"
        (mapped,) = names.applied([service(client="padaria são joão ltda")])
        assert mapped.key == "padaria sao joao/cte"

    def test_one_written_name_is_not_two_clients(self) -> None:
        with pytest.raises(ValueError, match="dois clientes a “aurora”"):
            ClientNames({"Aurora": "Padaria Aurora", "aurora": "Casa Aurora"})

    @pytest.mark.parametrize("name", ["S\ufffdo João", "SÃ£o João"])
    def test_a_garbled_name_is_not_green(self, name: str) -> None:
        states = [OK, FAIL]
        damaged = doubted_names(service("CTE", state, client=name) for state in states)
        assert [each.state for each in damaged] == [UNKNOWN, FAIL]
        assert damaged[0].note == "nome com caracteres ilegíveis"

    def test_the_worst_of_two_sources_counts_and_both_are_named_where_they_agree(self) -> None:
        (worst,) = worst_of([service("CTE", OK, "A"), service("CTE", FAIL, "B")])
        assert (worst.state, worst.sources) == (FAIL, ("B",))
        (both,) = worst_of([service("CTE", OK, "A"), service("CTE", OK, "B"), service("CTE", OK, "A")])
        assert both.sources == ("A", "B")
