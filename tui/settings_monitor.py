"""[monitor]: where the services of the clients are seen, in one place or in several."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, model_validator

from clients.models.service import FRESH
from clients.models.service_reading import ClientNames

from .settings_fields import Argv, PlainUrl, Seconds, Section, one_secret
from .settings_page import PageSettings


class SourceSettings(Section):
    """[monitor.outras.NOME]: one source of services, a page, a JSON or a CSV."""

    kind: Literal["html", "json", "csv"] = Field("html", alias="tipo")
    """What the source is."""
    url: PlainUrl | None = None
    """Where the source is, if not in a file."""
    user: str | None = Field(None, alias="usuario")
    """Who logs in to the page."""
    password: SecretStr | None = Field(None, alias="senha")
    """Password of the page."""
    password_command: Argv | None = Field(None, alias="senha_cmd")
    """Program that prints the password, instead of writing it down."""
    file: Path | None = Field(None, alias="arquivo")
    """A JSON or CSV on this machine, instead of an address."""
    page: PageSettings = Field(PageSettings(), alias="pagina")
    """[monitor.pagina]: how the page is read, where the defaults do not fit."""

    @model_validator(mode="after")
    def _has_source(self) -> "SourceSettings":
        if (self.url is None) == (self.file is None):
            raise ValueError("precisa de “url” ou de “arquivo”, um dos dois")
        if self.kind == "html" and self.url is None:
            raise ValueError("com tipo “html” precisa de “url”; um arquivo é “json” ou “csv”")
        one_secret("senha", self.password, self.password_command, needed=self.user is not None)
        return self


class MonitorSettings(SourceSettings):
    """[monitor]: the services of the clients, from a page, a JSON or a CSV, and from further ones."""

    name: Annotated[str, Field(min_length=1)] = Field("Monitoramento", alias="nome")
    """What this source is called, where there are several."""
    interval: Seconds = Field(120, alias="intervalo")
    """Seconds between two reads of the services."""
    minutes_unchecked: Annotated[int, Field(ge=1)] = Field(60, alias="minutos_sem_verificacao")
    """Minutes after which a service that the source itself no longer looked at is unknown, not green."""
    others: dict[str, SourceSettings] = Field({}, alias="outras")
    """[monitor.outras.NOME]: further sources, each under its name."""
    clients: dict[str, str] = Field({}, alias="clientes")
    """[monitor.clientes]: a client's name as a source writes it = the name that counts."""

    @property
    def longest_unchecked(self) -> timedelta:
        """How long ago the source may have looked at a service that counts as green."""
        return timedelta(minutes=self.minutes_unchecked)

    @property
    def fresh(self) -> timedelta:
        """How old a reading may be that lets one onto a client's server: some that failed do not matter."""
        return min(self.longest_unchecked, max(FRESH, 3 * timedelta(seconds=self.interval)))

    def sources(self) -> Iterator[tuple[str, SourceSettings]]:
        """Yield each source with its name."""
        yield self.name, self
        yield from self.others.items()

    @model_validator(mode="after")
    def _names_are_clear(self) -> "MonitorSettings":
        if self.name in self.others:
            raise ValueError(f"dá o nome “{self.name}” a duas fontes")
        try:
            ClientNames(self.clients)
        except ValueError as error:
            raise ValueError(f"{error} em “clientes”") from None
        return self
