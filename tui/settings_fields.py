"""What the sections of the settings are made of: addresses, keys, programs that print them."""

from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr

from clients.access_key import fits_a_header
from clients.loopback import is_overheard

Seconds = Annotated[int, Field(ge=15)]
"""A pause between two automatic reads; shorter ones eat the account's limit."""
Argv = Annotated[tuple[str, ...], Field(min_length=1)]
"""A program and its arguments. No shell reads them."""


def _any_url(url: str) -> str:
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        raise ValueError("precisa ser um endereço como https://empresa.example") from None
    if parts.username is not None or parts.password is not None:
        raise ValueError("não pode levar usuário nem senha no endereço")
    if parts.scheme not in ("http", "https") or not host:
        raise ValueError("precisa ser um endereço como https://empresa.example")
    return url.rstrip("/")


def _private_url(url: str) -> str:
    usable = _any_url(url)
    if is_overheard(usable):
        raise ValueError("precisa começar com https:// (http só vale para esta própria máquina)")
    return usable


def usable_key(key: SecretStr) -> SecretStr:
    """Return the key if it is empty or a header can carry it; ValueError, without the value, if not."""
    # an HTTP library would quote the value in its own complaint
    if key and not fits_a_header(key):
        raise ValueError("tem espaço, quebra de linha ou acento, que uma chave de acesso não tem")
    return key


Url = Annotated[str, AfterValidator(_private_url)]
PlainUrl = Annotated[str, AfterValidator(_any_url)]
"""An address that may also be plain HTTP: of a page that its owner serves in no other way."""
Key = Annotated[SecretStr, AfterValidator(usable_key)]


class Section(BaseModel):
    """A part of the file. Unknown keys are errors: a typing mistake must not pass for a setting."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, hide_input_in_errors=True)


def one_secret(name: str, written: SecretStr | None, command: Argv | None, *, needed: bool = True) -> None:
    """Raise ValueError unless a section has its secret written down or a command for it, and not both."""
    if written and command:
        raise ValueError(f"tem “{name}” e “{name}_cmd”: deixe só um")
    if needed and not written and not command:
        raise ValueError(f"não tem “{name}” nem “{name}_cmd”")
