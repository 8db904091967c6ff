"""The app's stylesheet: what was read of it once is not read again for each screen that opens."""

from textual.css.stylesheet import Stylesheet


class KeptStylesheet(Stylesheet):
    """Textual's, without the fresh copy that parses everything whenever a screen brings rules along."""

    def reparse(self) -> None:
        """Parse what is new; all of it after other variables, with which what was kept is dropped."""
        self.parse()
