"""The environment as a layer of settings. Imported where a variable is set: its library loads slowly."""

from pydantic_settings import BaseSettings, EnvSettingsSource, SettingsConfigDict

from .settings import Settings
from .settings_layers import NESTED, PREFIX


class _Environment(Settings, BaseSettings):
    """The shape of `Settings`, for the library that reads it from the environment."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_prefix_target="all",
        env_nested_delimiter=NESTED,
        enable_decoding=False,
        populate_by_name=False,
    )


def read_environment() -> dict[str, object]:
    """Return what the variables say, by the names that the file uses."""
    return EnvSettingsSource(_Environment)()
