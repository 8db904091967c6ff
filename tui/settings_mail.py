"""[email]: the server that hands in the notices of chamados, and in whose name."""

import re
from typing import Annotated, Literal

from pydantic import Field, SecretStr, field_validator, model_validator

from clients.loopback import is_loopback

from .settings_fields import Argv, Section, one_secret

PORTS = {"tls": 465, "starttls": 587, "nenhuma": 25}
_ADDRESS = re.compile(r"[^\s@<>\",;:]+@[^\s@<>\",;:]+")


class MailSettings(Section):
    """[email]: sending by SMTP."""

    host: str = Field(alias="servidor", min_length=1)
    """Name of the SMTP server."""
    port: Annotated[int, Field(ge=1, le=65535)] | None = Field(None, alias="porta")
    """Its port; without it, the usual one of the protection."""
    security: Literal["tls", "starttls", "nenhuma"] = Field("starttls", alias="seguranca")
    """How the way there is protected; ``nenhuma`` is only for a server on this very machine."""
    user: str | None = Field(None, alias="usuario")
    """Who logs in, where the server wants a login."""
    password: SecretStr | None = Field(None, alias="senha")
    """Password of the login."""
    password_command: Argv | None = Field(None, alias="senha_cmd")
    """Program that prints the password, instead of writing it down."""
    sender: str = Field(alias="remetente")
    """Address that the letters come from."""
    name: str = Field("", alias="nome")
    """Name shown with it."""

    @field_validator("sender")
    @classmethod
    def _is_an_address(cls, sender: str) -> str:
        # light: settings are read before anything that checks addresses by the RFCs is imported
        if not _ADDRESS.fullmatch(sender):
            raise ValueError("precisa ser um endereço como plantao@empresa.example")
        return sender

    @model_validator(mode="after")
    def _keeps_secrets(self) -> "MailSettings":
        if self.security == "nenhuma" and not is_loopback(self.host):
            raise ValueError("com seguranca “nenhuma” só pode usar um servidor desta própria máquina")
        if self.user is None and (self.password or self.password_command):
            raise ValueError("tem senha e não tem “usuario”")
        one_secret("senha", self.password, self.password_command, needed=self.user is not None)
        return self

    @property
    def port_used(self) -> int:
        """The port, written down or usual."""
        return self.port or PORTS[self.security]
