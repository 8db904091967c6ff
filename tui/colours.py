"""The colours in use: the settings' or the chosen ones, and the question which."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.theme import Theme

from clients.errors import PlantaoError
from widgets.picker import Pick

from .theme_choice import ThemeChoice

if TYPE_CHECKING:
    from .app import PlantaoApp

BUILT_IN = "textual-dark"
"""What Textual wears by itself."""


class Colours:
    """What was chosen on screen comes before the settings; the list offers to go back to these."""

    def __init__(self, app: "PlantaoApp") -> None:
        self._app = app
        self._choice = ThemeChoice(app.desk.settings.state_folder)

    def put_on(self) -> None:
        """Wear them, for the first paint; a chosen theme that is no more is as none."""
        chosen = self._choice.read()
        self._show(chosen if chosen in self._app.available_themes else "")

    async def ask(self) -> None:
        """Ask which, showing each: for a worker that keys wait for."""
        from .screens.theme import ThemeScreen

        app, before = self._app, self._app.theme
        picks = theme_picks(app.available_themes.values(), self._of_settings)
        name = await app.ask(ThemeScreen(picks, self._choice.read(), self._show))
        if name is None:
            self._wear(before)
            return
        self._show(name)
        try:
            await app.desk.disk(self._choice.keep, name)
        except PlantaoError as error:
            app.report(error.trouble)
            return
        app.say(f"Tema {app.theme}, também nas próximas vezes.")

    @property
    def _of_settings(self) -> str:
        return self._app.desk.settings.theme or BUILT_IN

    def _show(self, name: str) -> None:
        self._wear(name or self._of_settings)

    def _wear(self, theme: str) -> None:
        app = self._app
        if theme == app.theme:
            return
        app.theme = theme
        if app.is_running:
            # Textual changes its filters now and its styles a moment later; what is painted in between has
            # colours of the terminal that the filter cannot mix, and the desk would end there
            app.refresh_css(animate=False)


def theme_picks(themes: Iterable[Theme], of_settings: str) -> list[Pick]:
    """The themes to choose among: the settings' own first, then those of few bytes, then by name."""
    ordered = sorted(themes, key=lambda theme: (not theme.ansi, theme.name))
    picks = [Pick(theme.name, theme.name, _about(theme)) for theme in ordered]
    return [Pick("", "como na configuração", of_settings), *picks]


def _about(theme: Theme) -> str:
    shade = "escuro" if theme.dark else "claro"
    return f"{shade} · 16 cores do terminal" if theme.ansi else shade
