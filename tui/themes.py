"""The colours of the screen by their names."""

import difflib

from clients.errors import SettingsError


def check_theme(name: str | None) -> None:
    """Raise SettingsError where there is no theme of that name."""
    if name is None:
        return
    # a third of a second that only those who chose a theme wait for
    from textual.theme import BUILTIN_THEMES

    if name not in BUILTIN_THEMES:
        near = difflib.get_close_matches(name, BUILTIN_THEMES, n=1)
        hint = f"; seria “{near[0]}”?" if near else f"; existem {', '.join(sorted(BUILTIN_THEMES))}."
        raise SettingsError(f"tema: não existe o tema “{name}”{hint}")
