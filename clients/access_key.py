"""What an access key may look like. Light to import: settings are checked before any client is."""

from pydantic import SecretStr

from .errors import SettingsError


def fits_a_header(key: SecretStr) -> bool:
    """Whether a header can carry the key: printable ASCII without a blank, and not empty."""
    # never in a local variable: tracebacks may show those
    return bool(key) and all("!" <= char <= "~" for char in key.get_secret_value())


def require_usable(key: SecretStr) -> None:
    """Raise `SettingsError`, without the value, if no header can carry the key."""
    if not fits_a_header(key):
        raise SettingsError("a chave de acesso está vazia ou tem espaço, quebra de linha ou acento")
