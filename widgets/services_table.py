"""Every client × service in a list that can be filtered, the one under the cursor in full beside or below."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from textual import events, on
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from clients.models.feed import Feed
from clients.models.server_talk import Occupant
from clients.models.service import LONGEST_UNCHECKED, Service, ServiceState, standing
from clients.models.service_history import ServiceHistory
from clients.models.service_note import ServiceNote
from clients.models.spot import Spot
from clients.models.text import fold

from .bound import bound
from .cells import Line
from .detail import Detail
from .filtered_pane import FilteredPane
from .key_line import key_by_id
from .keys import SIFTING_SERVICES
from .line_list import MARGIN, LineList
from .one_line import OneLine
from .pane import Clock
from .phrases import number, state
from .reasons import empty_reason
from .service_known import Known
from .service_row import Columns, draw_header, draw_row
from .service_text import service_text
from .services_pane import NEVER, NOTHING, summary
from .word_filter import WordFilter

WIDE = 110
"""Columns from which the detail stands beside the list."""


class ServiceHeader(OneLine):
    """Names of the columns, as wide as the list draws them."""

    checked = True
    """Whether some source says when it looked."""

    def lay_out(self, width: int) -> Line:
        """Over the columns of the list."""
        return draw_header(Columns.for_width(width - MARGIN, checked=self.checked))

    def tell(self, *, checked: bool) -> None:
        """Show the column of the checks, or leave its room to the others."""
        self.checked = checked
        self.refresh()


class ServicesTable(FilteredPane, inherit_bindings=False):
    """Mode 4: what fails first, then what is not known, then what runs (R1)."""

    HELP = """\
**Serviços**: ✖ falha, ? desconhecido (não se conseguiu ler, ou há tempo demais sem verificação), ● ok;
≈ vai e volta: caiu e voltou várias vezes na última hora. "ciente" diz quem já sabe da falha, que segue
vermelha. Quem está no servidor vem do que se avisou; em dúvida, há alguém (?).
Enter leva ao detalhe."""
    BINDINGS = bound(SIFTING_SERVICES)
    DEFAULT_CSS = """
    ServicesTable .body { layout: vertical; height: 1fr; }
    ServicesTable .rows { height: 1fr; }
    ServicesTable Detail { height: 12; padding: 0 1; border-top: solid $foreground 20%; }
    ServicesTable Detail:focus { border-top: heavy $primary; }
    ServicesTable.-wide .body { layout: horizontal; }
    ServicesTable.-wide .rows { width: 5fr; }
    ServicesTable.-wide Detail {
        width: 3fr; min-width: 47; max-width: 72; height: 1fr;
        border-top: none; border-left: solid $foreground 20%;
    }
    ServicesTable.-wide Detail:focus { border-top: none; border-left: heavy $primary; }
    ServicesTable.-filtering .names { display: none; }
    """

    @dataclass
    class Highlighted(Message):
        """The cursor came to another service; None where there are none."""

        service: Service | None

    @dataclass
    class Chosen(Message):
        """Enter on a service: its detail has the keys."""

        service: Service

    def __init__(
        self,
        *,
        clock: Clock,
        never: tuple[str, ...] = NEVER,
        longest: timedelta = LONGEST_UNCHECKED,
        id: str | None = None,
    ) -> None:
        """``longest`` is how long ago the source may have looked at a service that counts as green."""
        super().__init__("Serviços", clock=clock, looked_in="cliente, serviço, tipo, situação, nota", id=id)
        self._never, self._longest = never, longest
        self._items: tuple[Service, ...] = ()
        self._listed: tuple[Service, ...] = ()
        self._known = Known()
        self._notes: tuple[str, tuple[ServiceNote, ...]] = ("", ())
        self._selected = False
        """Whether the analyst once asked for a certain service."""
        self._told = ""
        """What the detail is about."""
        self._search: WordFilter[Service] = WordFilter(lambda service: service.key, _haystack)
        self._rows: LineList[Service] = LineList(lambda service: service.key, self._draw)
        self._detail = Detail()
        self._header = ServiceHeader(classes="names")

    def content(self) -> list[Widget]:
        """List and detail."""
        rows = Vertical(self._header, self.filter_line, self._rows, classes="rows")
        return [Vertical(rows, self._detail, classes="body")]

    # ── what the screen tells ──

    def show(self, feed: Feed[Service]) -> None:
        """Show ``feed``."""
        first = not self._items
        self._rows.explain(*empty_reason(feed, NOTHING, self._never))
        self._items = feed.items
        self._header.tell(checked=any(each.last_check for each in feed.items))
        self._stand()
        self.tell_feed(feed, self._counted())
        if first:
            self.to_what_is_new()

    def show_histories(self, histories: Mapping[str, ServiceHistory]) -> None:
        """Say how the services were, by `Service.key`."""
        self._know(replace(self._known, histories=histories))

    def show_acknowledged(self, acknowledged: Mapping[str, ServiceNote]) -> None:
        """Say who knows of which failure, by `Service.key`."""
        self._know(replace(self._known, acknowledged=acknowledged))

    def show_people(self, people: Mapping[str, tuple[Occupant, ...]], doubt: str) -> None:
        """Say who is on the servers, by `client_key`; ``doubt`` says why it is not known of the others."""
        self._know(replace(self._known, people=people, doubt=doubt))

    def show_notes(self, key: str, notes: tuple[ServiceNote, ...]) -> None:
        """Tell in the detail what was written of the service ``key``, the newest first."""
        self._notes = (key, notes)
        self._tell_detail()

    def select(self, key: str) -> bool:
        """Put the cursor on a service, which clears a filter that hides it; False if it is not there."""
        self._selected = True
        if not self._rows.select_key(key):
            self.action_clear_filter()
            self.wanted = ""
            self.sift()
        return self._rows.select_key(key)

    def go_back_to(self, spot: Spot) -> None:
        """Come back to a service, which the analyst once went to: a failure does not take the cursor away."""
        self._selected = bool(spot.row)
        super().go_back_to(spot)

    def to_what_is_new(self) -> None:
        """Put the cursor on the newest failure that nobody knows of, unless the analyst moved it."""
        if self._selected or self._rows.taken:
            return
        news = [each for each in self._rows.rows if each.state is ServiceState.FAIL and not self.knows(each)]
        if news:
            self._rows.select_key(max(news, key=_begun).key)

    def tick(self) -> None:
        """Say ages anew; what was green may have gone unchecked for too long meanwhile."""
        super().tick()
        self._stand()
        self._rows.content_changed()

    # ── what is under the keys ──

    @property
    def walked(self) -> Widget:
        """The list."""
        return self._rows

    @property
    def highlighted(self) -> Service | None:
        """The service under the cursor."""
        return self._rows.highlighted

    def knows(self, service: Service) -> ServiceNote | None:
        """The acknowledgement of the failure that goes on."""
        return self._known.acknowledgement(service, self.clock())

    def step(self, by: int) -> None:
        """Move the cursor."""
        self._rows.walk_to(self._rows.cursor + by)

    def sift(self) -> None:
        """List what the filter leaves."""
        shown = self._search.search(self._listed, self.wanted)
        self._rows.set_rows(shown)
        if self._listed and not shown:
            key = key_by_id(self, "servicos.limpar-filtro")
            self._rows.explain(f"Nada com “{self.wanted.strip()}”.", f"{key} limpa o filtro.")
        self.tell_count(self._counted())
        self._tell_detail()

    # ── below ──

    def _stand(self) -> None:
        """List the services as they count now."""
        self._listed = standing(self._items, self.clock(), self._longest)
        self.sift()

    def _counted(self) -> str:
        shown = self._rows.rows
        count = summary(shown)
        if not self.wanted.strip():
            return count
        some = f"{number(len(shown))} de {number(len(self._listed))}"
        return f"{some}: {count}" if count else some

    def _know(self, known: Known) -> None:
        if known != self._known:
            self._known = known
            self._rows.content_changed()
            self._tell_detail()

    def _draw(self, service: Service, width: int) -> Line:
        columns = Columns.for_width(width, checked=self._header.checked)
        return draw_row(service, self._known, columns, self.clock())

    def _tell_detail(self) -> None:
        service = self.highlighted
        if service is None:
            self._detail.tell(Content(""))
            return
        notes = self._notes[1] if self._notes[0] == service.key else ()
        text = service_text(service, self._known, notes, self.clock(), self._detail.text_width)
        self._detail.tell(text, from_top=service.key != self._told)
        self._told = service.key

    def on_resize(self, event: events.Resize) -> None:
        """Beside or below."""
        self.set_class(event.size.width >= WIDE, "-wide")

    @on(Detail.Resized)
    def _wrap_anew(self, event: Detail.Resized) -> None:
        event.stop()
        self._tell_detail()

    @on(LineList.Highlighted)
    def _another(self, event: LineList.Highlighted) -> None:
        event.stop()
        self._tell_detail()
        self.post_message(self.Highlighted(self.highlighted))

    @on(LineList.Chosen)
    def _chosen(self, event: LineList.Chosen) -> None:
        event.stop()
        self._detail.focus()
        if self.highlighted is not None:
            self.post_message(self.Chosen(self.highlighted))

    @on(Detail.Left)
    def _back(self, event: Detail.Left) -> None:
        event.stop()
        self._rows.focus()


def _haystack(service: Service) -> str:
    parts = (service.client, service.service, service.kind, state(service.state)[1], service.note)
    return fold(" ".join(parts))


def _begun(service: Service) -> datetime:
    return service.since or datetime.min.replace(tzinfo=UTC)
