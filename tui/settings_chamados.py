"""[licencas] and [chamados]: the technical tickets to the ERP's maker, and whom they may be about."""

from pathlib import Path

from pydantic import Field, model_validator

from .settings_fields import Argv, Key, Section, Url, one_secret
from .settings_lexicon import LexiconSettings


class LicenceSettings(Section):
    """[licencas]: the list of licences that a chamado's e-mail is checked against."""

    file: Path | None = Field(None, alias="arquivo")
    """A CSV or JSON list on this machine."""
    url: Url | None = None
    """A service that is asked for one e-mail at a time, instead of a file."""
    key: Key | None = Field(None, alias="chave")
    """Key of that service, if it wants one."""
    key_command: Argv | None = Field(None, alias="chave_cmd")
    """Program that prints the key, instead of writing it down."""

    @model_validator(mode="after")
    def _has_source(self) -> "LicenceSettings":
        if (self.url is None) == (self.file is None):
            raise ValueError("precisa de “url” ou de “arquivo”, um dos dois")
        one_secret("chave", self.key, self.key_command, needed=False)
        return self


class ChamadoSettings(Section):
    """[chamados]: the technical tickets to the ERP's maker."""

    notice: str | None = Field(None, alias="aviso")
    """Text of the notice before the form, in the place of the built-in one."""
    words: LexiconSettings = Field(LexiconSettings(), alias="lexico")
    """Words added to those that the rules look for."""
