"""The top line of a form: what it is, where it comes from, and whether anything would be lost."""

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from clients.models.text import safe_text


class FormHeading(Widget):
    """``Chamado técnico do ticket #4102   guardado 14:02``; ``name`` is what the form is for."""

    DEFAULT_CSS = """
    FormHeading { height: 1; padding: 0 2; background: $boost; }
    """

    kept: reactive[str] = reactive("")
    """Since when the draft is on disk ("guardado 14:02"), or that it is on its way there."""
    unkept: reactive[str] = reactive("")
    """Why the draft is not on disk; empty while all is well."""
    busy: reactive[str] = reactive("")
    """What is still being fetched for it."""

    def __init__(self, ticket_id: int | None, name: str = "Chamado técnico") -> None:
        super().__init__()
        self._what = name
        self._origin = f" do ticket #{ticket_id}" if ticket_id else ""

    def render(self) -> Content:
        """One line; what would be lost comes before what is kept."""
        if self.unkept:
            said = (f"   ▲ {safe_text(self.unkept, multiline=False)}", "bold $text-error")
        else:
            said = (f"   {self.kept}" if self.kept else "", "$foreground-muted")
        busy = (f"   … {self.busy}" if self.busy else "", "$foreground-muted")
        return Content.assemble((self._what, "bold"), self._origin, said, busy)
