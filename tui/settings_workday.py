"""[jornada]: the working day, against which logged hours are held."""

from typing import Literal

from pydantic import Field, field_validator

from clients.models.duration import Duration, read_duration
from clients.models.text import fold
from clients.models.workday import WEEKDAYS, WorkCalendar, read_team_day

from .settings_fields import Section

Weekday = Literal["seg", "ter", "qua", "qui", "sex", "sab", "dom"]
OptionalHoliday = Literal[
    "Carnaval",
    "Quarta-feira de Cinzas",
    "Corpus Christi",
    "Dia do Servidor Público",
    "Véspera de Natal",
    "Véspera de Ano-Novo",
]


class WorkdaySettings(Section):
    """[jornada]: hours of each weekday and days off."""

    hours: dict[Weekday, str] = Field({}, alias="horas")
    """[jornada.horas]: weekday to working time, where it is not 8h from Monday to Friday; "0": free."""
    optional: tuple[OptionalHoliday, ...] = Field(("Carnaval", "Corpus Christi"), alias="facultativos")
    """Optional holidays that are days off here; the national ones always are."""
    days_off: dict[str, str] = Field({}, alias="feriados")
    """[jornada.feriados]: 24/12 (every year) or 24/12/2026 to the name of the team's day off."""

    @field_validator("hours")
    @classmethod
    def _are_times(cls, hours: dict[Weekday, str]) -> dict[Weekday, str]:
        for weekday, text in hours.items():
            if _minutes(text) is None:
                raise ValueError(f"“{text}” em {weekday} não é um tempo como 8h, 7h30 ou 0")
        return hours

    @field_validator("days_off")
    @classmethod
    def _are_days(cls, days_off: dict[str, str]) -> dict[str, str]:
        for text, name in days_off.items():
            read_team_day(text)
            if not name.strip():
                raise ValueError(f"falta o nome do feriado {text}")
        return days_off

    @property
    def calendar(self) -> WorkCalendar:
        """What is expected of each day."""
        usual = WorkCalendar().minutes
        given = {str(weekday): _minutes(text) or 0 for weekday, text in self.hours.items()}
        minutes = tuple(given.get(fold(name), usual[place]) for place, name in enumerate(WEEKDAYS))
        team = {read_team_day(text): name.strip() for text, name in self.days_off.items()}
        return WorkCalendar(minutes, self.optional, team)


def _minutes(text: str) -> int | None:
    if text.strip() == "0":
        return 0
    reading = read_duration(text)
    return reading.minutes if isinstance(reading, Duration) else None
