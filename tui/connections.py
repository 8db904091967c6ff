"""The clients of the systems that the settings name. Importing this imports httpx."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import SecretStr

from clients.assistant import Assistant
from clients.errors import SettingsError
from clients.freshdesk import Freshdesk
from clients.http import Http, bearer_key
from clients.licences import FileLicences, HttpLicences, LicenceSource, NoLicences
from clients.mail import Mail, MailServer, Security
from clients.mail_message import Sender
from clients.models.service_reading import ClientNames
from clients.monitor import MonitorSource, StatusPage
from clients.monitor_table import CsvMonitor, JsonMonitor
from clients.monitors import Monitors, NamedSource
from clients.redmine import Redmine
from clients.slack import Slack
from clients.tables import Document, LocalFile, RemoteFile

from .settings import Settings
from .settings_monitor import MonitorSettings, SourceSettings

Clock = Callable[[], datetime]
_KINDS = {"html": "página", "json": "JSON", "csv": "CSV"}


class Connections:
    """What is configured; None where a system has no section in the settings. Nothing is asked yet."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        """Raises SettingsError where an address or a key cannot be used."""
        self._pages: list[Http] = []
        self._ca_file = settings.ca_file
        self.freshdesk = _freshdesk(settings, clock)
        self.redmine = _redmine(settings)
        self.slack = _slack(settings)
        self.mail = _mail(settings, clock)
        self.monitor = self._monitors(settings.monitor, clock)
        self.licences: LicenceSource = self._licences(settings, clock)
        self.assistant = _assistant(settings)

    async def aclose(self) -> None:
        """Close every connection."""
        if self.freshdesk is not None:
            await self.freshdesk.aclose()
        if self.redmine is not None:
            self.redmine.close()
        if self.slack is not None:
            await self.slack.aclose()
        if self.assistant is not None:
            await self.assistant.aclose()
        for page in self._pages:
            await page.aclose()

    def _http(self, system: str, url: str, key: SecretStr | None = None, *, browser: bool = False) -> Http:
        auth = bearer_key(key) if key is not None else None
        http = Http(system, url, auth=auth, ca_file=self._ca_file, browser=browser)
        self._pages.append(http)
        return http

    def _monitors(self, settings: MonitorSettings | None, clock: Clock) -> Monitors | None:
        if settings is None:
            return None
        sources = [
            NamedSource(name, _KINDS[source.kind], self._source(name, source))
            for name, source in settings.sources()
        ]
        return Monitors(sources, clock, ClientNames(settings.clients))

    def _source(self, name: str, settings: SourceSettings) -> MonitorSource:
        rules = settings.page
        if settings.kind == "html" and settings.url is not None:
            page = self._http(name, settings.url, browser=True)
            return StatusPage(page, settings.user or "", settings.password or SecretStr(""), rules)
        document = self._document(name, settings.url, settings.file)
        table = JsonMonitor if settings.kind == "json" else CsvMonitor
        return table(document, ok=rules.ok, fail=rules.fail)

    def _document(self, name: str, url: str | None, file: Path | None) -> Document:
        if file is not None:
            return LocalFile(file)
        if url is None:
            raise SettingsError("[monitor] precisa de “url” ou de “arquivo”")
        server, path = _server_and_path(url)
        return RemoteFile(self._http(name, server), path)

    def _licences(self, settings: Settings, clock: Clock) -> LicenceSource:
        licences = settings.licences
        if licences is not None and licences.file is not None:
            return FileLicences(licences.file, clock, licences.trials)
        if licences is not None and licences.url is not None:
            server, path = _server_and_path(licences.url)
            http = self._http("Licenças", server, licences.key)
            return HttpLicences(http, clock, path, licences.trials)
        return NoLicences(clock)


def _server_and_path(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}", parts._replace(scheme="", netloc="").geturl() or "/"


def _freshdesk(settings: Settings, clock: Clock) -> Freshdesk | None:
    section = settings.freshdesk
    if section is None or section.key is None:
        return None
    return Freshdesk.connect(
        section.url, section.key, clock, ca_file=settings.ca_file, keep_out=settings.private_paths
    )


def _redmine(settings: Settings) -> Redmine | None:
    section = settings.redmine
    if section is None or section.key is None:
        return None
    field = section.ticket_field
    return Redmine(
        section.url,
        section.key,
        ticket_field=field,
        ca_file=settings.ca_file,
        keep_out=settings.private_paths,
    )


def _slack(settings: Settings) -> Slack | None:
    section = settings.slack
    if section is None or section.key is None:
        return None
    return Slack.connect(section.url, section.key, ca_file=settings.ca_file)


def _mail(settings: Settings, clock: Clock) -> Mail | None:
    section = settings.mail
    if section is None:
        return None
    server = MailServer(
        section.host, section.port_used, Security(section.security), section.user or "", section.password
    )
    return Mail(server, Sender(section.sender, section.name), clock, ca_file=settings.ca_file)


def _assistant(settings: Settings) -> Assistant | None:
    section = settings.assistant
    if section is None:
        return None
    return Assistant(section.url, section.model, section.key or None, ca_file=settings.ca_file)
