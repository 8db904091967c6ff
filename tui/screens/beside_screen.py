"""A page on which one writes for a ticket, beside what was said on it so far where there is room."""

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widget import Widget

from clients.models.rules.shipped import UNDER_REVIEW, titled, with_shipped
from clients.models.template import Template, fill, values_for
from clients.models.ticket_view import TicketView
from tui.commands.catalog import READING
from tui.desk import Desk
from widgets.bound import bound
from widgets.key_bar import KeyBar
from widgets.preview_pane import PreviewPane
from widgets.template_picker import TemplatePicker

from .draft_screen import DraftScreen
from .template import TemplateScreen


class BesideScreen(DraftScreen):
    """What is written at the left, the conversation at the right; on narrow screens one at a time."""

    VERBS = READING
    DEFAULT_CSS = """
    BesideScreen .writing { width: 1fr; }
    BesideScreen PreviewPane { display: none; width: 2fr; }
    BesideScreen.-wide .writing { width: 3fr; }
    BesideScreen.-wide PreviewPane { display: block; }
    BesideScreen.-narrow.-reading .writing { display: none; }
    BesideScreen.-narrow.-reading PreviewPane { display: block; width: 1fr; border-left: none; }
    """
    BINDINGS = bound(READING)

    def __init__(self, desk: Desk, seen: TicketView) -> None:
        super().__init__(desk)
        self._seen = seen
        self._begun_from = ""
        """Titles of the templates that went into the text."""

    @property
    def ticket_id(self) -> int:
        """The ticket that is written for."""
        return self._seen.ticket.id

    def writing(self) -> Widget:
        """Make what one writes in."""
        raise NotImplementedError

    def resume(self) -> None:
        """Bring the cursor back to the text."""
        raise NotImplementedError

    def write(self, text: str) -> None:
        """Insert ``text``, a template's, at the cursor."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """What one writes in, the conversation, the keys."""
        with Horizontal():
            yield self.writing().add_class("writing")
            yield PreviewPane(clock=self._desk.clock, trackers=self._desk.settings.attend.trackers)
        yield KeyBar()

    def on_mount(self) -> None:
        """Show what was said."""
        self.show(self._seen)
        self.query_one(PreviewPane).add_class("-divided")

    # ── the conversation ──

    def show(self, seen: TicketView) -> None:
        """Go on with the ticket as it was ``seen`` last."""
        self._seen = seen
        self.query_one(PreviewPane).show(seen, self._desk.account.vocabulary)

    def read_on(self) -> None:
        """Go over to the conversation, where the text leaves no room for it."""
        self.add_class("-reading")
        self.query_one(PreviewPane).focus()

    def do_voltar_texto(self) -> None:
        """Esc, away from the conversation."""
        self.remove_class("-reading")
        self.resume()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Tab walks between text and conversation too."""
        self.set_class(self.query_one(PreviewPane) in event.widget.ancestors, "-reading")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Back to the text only from elsewhere."""
        if parameters == ("voltar-texto",):
            return self.has_class("-reading")
        return super().check_action(action, parameters)

    # ── templates ──

    def pick_template(self) -> None:
        """Let one be chosen and insert it."""
        trouble = self._desk.account.templates_trouble
        picker = TemplatePicker(self._templates, self._values, trouble)
        self.app.push_screen(TemplateScreen(picker), self.insert)

    def insert_titled(self, title: str = UNDER_REVIEW) -> None:
        """Insert the template of that title, if there is one."""
        self.insert(titled(self._templates, title))

    def insert(self, template: Template | None) -> None:
        """Insert ``template``, filled in for the ticket; None where none was chosen."""
        if template is not None:
            self._begun_from += f" {template.title}"
            self.write(fill(template.text, self._values))

    @property
    def _templates(self) -> tuple[Template, ...]:
        return with_shipped(self._desk.account.templates, self._desk.settings.replies.under_review)

    @property
    def _values(self) -> dict[str, str]:
        me = self._desk.account.me
        return values_for(self._seen.ticket, me.name if me else "")
