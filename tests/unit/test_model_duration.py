from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clients.models.duration import (
    LONGEST,
    Duration,
    Refusal,
    UnitQuestion,
    clock,
    clock_of,
    read_duration,
    wire_hours,
)

minutes_of_a_day = st.integers(1, LONGEST)


def minutes(text: str) -> int:
    reading = read_duration(text)
    assert isinstance(reading, Duration), reading
    return reading.minutes


@pytest.mark.parametrize(
    "text",
    [
        *("1h30", "1h30m", "1h30min", "1h 30min", "01:30", "1:30", "90m", "90min", "90 min", "1,5", "1.5"),
        *(
            "1.5h",
            "1,5 h",
            "1h e 30",
            "1 h 30",
            "1H30",
            "uma hora e meia",
            "hora e meia",
            "Uma hora e trinta",
        ),
        *("1 hora e 30 minutos", "1h e meia", " 1:30 h ", "1:30h", "１h３０"),
    ],
)
def test_an_hour_and_a_half_however_it_is_typed(text: str) -> None:
    assert read_duration(text) == Duration(90)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0:05", 5),
        ("5m", 5),
        ("2 horas", 120),
        ("três horas", 180),
        ("meia hora", 30),
        ("45 minutos", 45),
        ("quarenta e cinco minutos", 45),
        ("uma hora e vinte e cinco", 85),
        ("vinte e uma horas", 1260),
        ("duas horas e meia", 150),
        ("um minuto", 1),
        ("24h", 1440),
        ("0,25", 15),
        ("1,50", 90),
    ],
)
def test_other_times_are_read_without_a_question(text: str, expected: int) -> None:
    assert read_duration(text) == Duration(expected)


class TestBareNumbers:
    @pytest.mark.parametrize("number", range(1, 8))
    def test_below_eight_it_is_hours_and_the_echo_says_so(self, number: int) -> None:
        reading = read_duration(str(number))
        assert isinstance(reading, Duration)
        assert reading.minutes == number * 60
        assert reading.echo == f"= {number}h00 ({number},00 h), {number} lido em horas"

    def test_from_eight_on_it_is_asked_with_both_readings(self) -> None:
        assert read_duration("8") == UnitQuestion(8, Duration(8), Duration(480))
        asked = read_duration("90")
        assert isinstance(asked, UnitQuestion)
        assert asked.question == "90 minutos ou 90 horas?"
        assert asked.as_minutes == Duration(90)
        assert isinstance(asked.as_hours, Refusal)

    @given(st.integers(0, 2000))
    def test_no_bare_number_from_eight_on_is_taken_without_a_word(self, number: int) -> None:
        reading = read_duration(str(number))
        if number < 8:
            assert isinstance(reading, Refusal if number == 0 else Duration)
        else:
            assert isinstance(reading, UnitQuestion if number <= LONGEST else Refusal)


class TestWarnings:
    @pytest.mark.parametrize(
        ("text", "total"), [("1:75", 135), ("1h90", 150), ("0:60", 60), ("2h e 70", 190)]
    )
    def test_sixty_minutes_and_more_behind_an_hour(self, text: str, total: int) -> None:
        reading = read_duration(text)
        assert isinstance(reading, Duration)
        assert reading.minutes == total
        assert reading.warning.endswith(f"passam de uma hora: é {clock(total)}?")

    @pytest.mark.parametrize("text", ["1:59", "1h59", "1h", "90min"])
    def test_fewer_warn_of_nothing(self, text: str) -> None:
        reading = read_duration(text)
        assert isinstance(reading, Duration) and reading.warning == ""

    def test_decimals_that_look_like_minutes(self) -> None:
        reading = read_duration("1,30")
        assert isinstance(reading, Duration)
        assert (reading.minutes, reading.warning) == (78, "1,30 é hora decimal: para 1h30, escreva 1h30.")
        assert read_duration("1,30 h") == Duration(78)
        assert read_duration("1,75") == Duration(105)


class TestRefusals:
    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            ("", "Falta o tempo"),
            ("   ", "Falta o tempo"),
            ("0", "não pode ser zero"),
            ("0:00", "não pode ser zero"),
            ("0,0", "não pode ser zero"),
            ("-1h", "não pode ser negativo"),
            ("− 30m", "não pode ser negativo"),
            ("25h", "25h00 passa de 24 horas"),
            ("24:01", "24h01 passa de 24 horas"),
            ("1500", "passa de 24 horas"),
            ("23:60:00", "Não entendi"),
            ("30s", "Segundos não contam"),
            ("1h30m20s", "Segundos não contam"),
            ("1,5 min", "Minutos são inteiros"),
            ("0,001", "Menos de um minuto"),
            ("amanhã", "Não entendi"),
            ("1h30 e", "Não entendi"),
            ("1e30", "Não entendi"),
            ("1 30", "Não entendi"),
            pytest.param("9" * 5000, "Não entendi", id="far too long"),
        ],
    )
    def test_what_is_no_time_says_why_and_how(self, text: str, reason: str) -> None:
        reading = read_duration(text)
        assert isinstance(reading, Refusal)
        assert reason in reading.reason
        assert any(example in reading.reason for example in ("1h30", "1min", "2min"))

    @given(st.text(max_size=80))
    def test_anything_can_be_typed(self, text: str) -> None:
        reading = read_duration(text)
        if isinstance(reading, Duration):
            assert 1 <= reading.minutes <= LONGEST

    @given(st.from_regex(r"\A[0-9]{1,4}( ?(h|:|,|\.|min|horas| e )){1,2}[0-9]{0,4}(m|min|h)?\Z"))
    def test_what_looks_like_a_time_is_one_that_can_be_logged_or_refused(self, text: str) -> None:
        reading = read_duration(text)
        if isinstance(reading, Duration):
            assert 1 <= reading.minutes <= LONGEST


class TestSayingIt:
    @pytest.mark.parametrize(
        ("text", "echo"),
        [
            ("90m", "= 1h30 (1,50 h)"),
            ("0:05", "= 0h05 (0,08 h)"),
            ("10m", "= 0h10 (0,17 h)"),
            ("1,3333h", "= 1h20 (1,33 h), arredondado ao minuto"),
        ],
    )
    def test_the_echo(self, text: str, echo: str) -> None:
        reading = read_duration(text)
        assert isinstance(reading, Duration)
        assert reading.echo == echo

    @given(minutes_of_a_day)
    def test_what_is_shown_can_be_typed(self, total: int) -> None:
        assert read_duration(clock(total)) == Duration(total)
        assert minutes(f"{total}min") == minutes(f"{total // 60}:{total % 60:02}") == total

    @given(minutes_of_a_day)
    def test_decimal_hours_with_a_comma_are_read_to_the_minute(self, total: int) -> None:
        hours = f"{Decimal(total) / 60:.3f}".replace(".", ",")
        assert minutes(f"{hours}h") == total


class TestTheWire:
    def test_decimal_hours_with_a_dot(self) -> None:
        told = {5: "0.083333", 90: "1.5", 600: "10", 1440: "24", 10: "0.166667"}
        assert {total: wire_hours(total) for total in told} == told

    @given(minutes_of_a_day)
    def test_what_redmine_tells_reads_as_it_was_logged(self, total: int) -> None:
        assert clock_of(round(float(wire_hours(total)), 2)) == clock(total)

    @given(minutes_of_a_day)
    def test_minutes_survive_the_two_decimals_of_redmine(self, total: int) -> None:
        assert round(round(float(wire_hours(total)), 2) * 60) == total
        assert round(Decimal(wire_hours(total)) * 60) == total

    @given(minutes_of_a_day, st.integers(1, 2000))
    def test_sums_that_redmine_makes_stay_right(self, each: int, count: int) -> None:
        assert round(sum(Decimal(wire_hours(each)) for _ in range(count)) * 60) == each * count
