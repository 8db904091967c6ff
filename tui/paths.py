"""Where files live, by the XDG rules. Nothing is created here."""

from pathlib import Path

import platformdirs

NAME = "plantao"
TEAM_FILE = Path("/etc/plantao/equipe.toml")
"""Settings that a whole team shares, read below each user's own."""


def config_file() -> Path:
    """The user's settings: ``$XDG_CONFIG_HOME/plantao/config.toml``."""
    return platformdirs.user_config_path(NAME) / "config.toml"


def state_folder() -> Path:
    """Store, drafts and logs: ``$XDG_STATE_HOME/plantao``."""
    return platformdirs.user_state_path(NAME)


def downloads_folder() -> Path:
    """Where files from tickets go: ``$XDG_DOWNLOAD_DIR`` or ``~/Downloads``."""
    return platformdirs.user_downloads_path()
