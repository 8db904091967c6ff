"""The settings: what each key of the file means. Keys are Portuguese, as people write them.

Where they come from is `settings_layers`, how they are checked `settings_reading`; `secrets` runs the
commands that print a key.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from pydantic import Field, PrivateAttr, SecretStr, model_validator

from . import paths
from .settings_assistant import AssistantSettings
from .settings_chamados import ChamadoSettings, LicenceSettings
from .settings_fields import Argv, Key, Seconds, Section, Url, one_secret
from .settings_handover import HandoverSettings
from .settings_mail import MailSettings
from .settings_monitor import MonitorSettings
from .settings_runbooks import RunbookSettings
from .settings_servers import ServerSettings
from .settings_tasks import TaskSettings
from .settings_workday import WorkdaySettings

ChannelName = Annotated[str, Field(min_length=1)]
"""A channel's name, with or without ``#``, or its id."""


class FreshdeskSettings(Section):
    """[freshdesk]: tickets, conversations, canned responses."""

    url: Url
    """Address of the account, such as https://empresa.freshdesk.com."""
    key: Key | None = Field(None, alias="chave")
    """API key of the analyst's own profile."""
    key_command: Argv | None = Field(None, alias="chave_cmd")
    """Program that prints the key, instead of writing it down."""
    interval: Seconds = Field(60, alias="intervalo")
    """Seconds between two reads of the queue."""

    @model_validator(mode="after")
    def _has_key(self) -> "FreshdeskSettings":
        one_secret("chave", self.key, self.key_command)
        return self


class RedmineSettings(Section):
    """[redmine]: the tasks behind the tickets."""

    url: Url
    """Address of the Redmine."""
    key: Key | None = Field(None, alias="chave")
    """API key of the analyst's own account."""
    key_command: Argv | None = Field(None, alias="chave_cmd")
    """Program that prints the key, instead of writing it down."""
    ticket_field: int | str | None = Field(None, alias="campo_ticket")
    """Custom field of a task that holds the ticket's number: its name, or its id."""
    client_field: int | str = Field("Cliente", alias="campo_cliente")
    """Custom field of a task that says whom it is for, where there is one: hours are summed by it."""

    @model_validator(mode="after")
    def _has_key(self) -> "RedmineSettings":
        one_secret("chave", self.key, self.key_command)
        return self


class SlackSettings(Section):
    """[slack]: the team's channels."""

    url: Url = "https://slack.com/api"
    """Address of the Web API; only a test's or a proxy's differs."""
    key: Key | None = Field(None, alias="chave")
    """Token of the team's own app, xoxp-… (writes as the analyst) or xoxb-… (as the app)."""
    key_command: Argv | None = Field(None, alias="chave_cmd")
    """Program that prints the token, instead of writing it down."""
    ticket_channel: ChannelName = Field("freshdesk", alias="canal_tickets")
    """Where new tickets are announced: a name or an id."""
    manager_channel: ChannelName = Field("gestor_suporte", alias="canal_gestor")
    """Where one asks to whom a task may go, and with which priority."""
    servers_channel: ChannelName = Field("gestor_remote", alias="canal_servidores")
    """Where one says that one enters or leaves a client's server."""
    round_channel: str = Field("", alias="canal_rotina")
    """Where the summary of the morning round is posted; empty: it is only copied."""
    handover_channel: str | None = Field(None, alias="canal_passagem")
    """Where a shift is handed over, instead of the round's channel; empty: it is only saved or copied."""
    interval: Seconds = Field(30, alias="intervalo")
    """Seconds between two reads of a channel."""

    @model_validator(mode="after")
    def _has_key(self) -> "SlackSettings":
        one_secret("chave", self.key, self.key_command)
        return self


class ReplySettings(Section):
    """[respostas]: answering tickets."""

    file: Path | None = Field(None, alias="arquivo")
    """The team's own templates: a TOML of [[modelo]]."""
    undo_seconds: Annotated[int, Field(ge=0, le=120)] = Field(8, alias="segundos_para_desfazer")
    """How long an answer or a chamado can be taken back before it leaves; with 0 it waits for Enter."""
    under_review: str | None = Field(None, alias="em_analise")
    """Text of the answer *em análise*, in the place of the built-in one."""
    call_words: Annotated[int, Field(ge=0)] = Field(400, alias="palavras_para_ligar")
    """Words of one reply from which on a call is suggested; 0 never suggests it."""
    call_returns: Annotated[int, Field(ge=0)] = Field(3, alias="voltas_para_ligar")
    """Times that a client came back after an answer, from which on a call is suggested; 0 never does."""


class AttendSettings(Section):
    """[atender]: from a ticket to its task."""

    project: str = Field("", alias="projeto")
    """Project of new tasks, by identifier or name, where the company says nothing else."""
    projects: dict[str, str] = Field({}, alias="projetos")
    """[atender.projetos]: company of the ticket to project."""
    trackers: dict[str, str] = Field({}, alias="trackers")
    """[atender.trackers]: Tipo to tracker, where they are not called the same."""
    activity: str = Field("", alias="atividade")
    """Activity of the time, by name."""
    ticket_time: bool = Field(False, alias="tempo_no_freshdesk")
    """Whether time is logged on the Freshdesk ticket, too."""


class Settings(Section):
    """All settings. A system without its section is simply not there."""

    team_file: Path | None = Field(None, alias="equipe")
    """Settings that the team shares, read below these, in the place of /etc/plantao/equipe.toml."""
    freshdesk: FreshdeskSettings | None = None
    """Tickets."""
    redmine: RedmineSettings | None = None
    """Tasks."""
    slack: SlackSettings | None = None
    """Channels."""
    monitor: MonitorSettings | None = None
    """Services."""
    runbooks: RunbookSettings = Field(RunbookSettings(), alias="roteiros")
    """Runbooks."""
    servers: ServerSettings = Field(ServerSettings(), alias="servidores")
    """The clients' servers."""
    workday: WorkdaySettings = Field(WorkdaySettings(), alias="jornada")
    """The working day."""
    handover: HandoverSettings = Field(HandoverSettings(), alias="passagem")
    """Handovers."""
    licences: LicenceSettings | None = Field(None, alias="licencas")
    """Licences."""
    chamados: ChamadoSettings = ChamadoSettings()
    """Chamados."""
    mail: MailSettings | None = Field(None, alias="email")
    """E-mails about chamados."""
    assistant: AssistantSettings | None = Field(None, alias="assistente")
    """The model that proposes another description."""
    replies: ReplySettings = Field(ReplySettings(), alias="respostas")
    """Replies."""
    attend: AttendSettings = Field(AttendSettings(), alias="atender")
    """Attending."""
    tasks: TaskSettings = Field(TaskSettings(), alias="tarefas")
    """Tasks."""
    team_names: tuple[str, ...] = Field((), alias="nomes_internos")
    """Names, logins and e-mails that a reply to a client should not contain: who inside is responsible stays
    inside. Freshdesk's agents count without being named here."""
    ca_file: Path | None = Field(None, alias="ca_arquivo")
    """Certificates (PEM) of the company's own authority, besides the machine's."""
    theme: str | None = Field(None, alias="tema")
    """Colours: the name of a Textual theme."""
    keys: dict[str, str] = Field({}, alias="teclas")
    """[teclas]: command id to key; "" switches the command's key off. plantao teclas lists the ids."""
    state_folder: Path = Field(default_factory=paths.state_folder, alias="pasta_de_dados")
    """Where store, drafts and logs are kept: a folder of one's own."""
    downloads_folder: Path = Field(default_factory=paths.downloads_folder, alias="pasta_de_downloads")
    """Where attachments of tickets are saved, in a folder for each ticket."""

    @model_validator(mode="after")
    def _has_the_redmine_of_its_board(self) -> "Settings":
        if self.chamados.board == "redmine" and self.redmine is None:
            raise ValueError("[chamados] com quadro “redmine” precisa de [redmine]")
        return self

    _throwaway: bool = PrivateAttr(False)

    @property
    def throwaway(self) -> bool:
        """Whether the state folder, drafts and all, goes when the desk closes: a demonstration's."""
        return self._throwaway

    def thrown_away(self) -> "Settings":
        """The same, for a state folder that goes when the desk closes."""
        settings = self.model_copy()
        settings._throwaway = True
        return settings

    @property
    def store_file(self) -> Path:
        """The local store."""
        return self.state_folder / "plantao.db"

    @property
    def crash_log(self) -> Path:
        """Where a crash is written down."""
        return self.state_folder / "erros.log"

    @property
    def private_paths(self) -> tuple[Path, ...]:
        """Folders and files with keys, drafts and logs: nothing of them goes to a client."""
        user_file = paths.config_file()
        return (self.state_folder, user_file.parent, user_file, self.team_file or paths.TEAM_FILE)

    def secrets(self) -> Iterator[SecretStr]:
        """Yield every secret that is known, for the log's redaction."""
        for holder in (self.freshdesk, self.redmine, self.slack, self.licences, self.assistant):
            if holder is not None and holder.key is not None:
                yield holder.key
        pages = [source for _, source in self.monitor.sources()] if self.monitor is not None else []
        for locked in (*pages, self.mail):
            if locked is not None and locked.password is not None:
                yield locked.password
