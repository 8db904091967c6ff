"""Services of all clients: what fails first, then what is not known, then what runs (R1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from textual.message import Message
from textual.widget import Widget

from clients.models.feed import Feed
from clients.models.service import LONGEST_UNCHECKED, Service, ServiceState, standing
from clients.models.service_note import ServiceNote

from . import phrases
from .cells import Line, Piece, Tone, fit
from .line_list import LineList
from .pane import Clock, Pane
from .reasons import empty_reason
from .service_known import Known, state_tone
from .service_row import remark_pieces

NOTHING = ("A página de monitoramento não mostra nenhum serviço.", "Confira os seletores na configuração.")
NEVER = ("Ainda sem dados dos serviços.",)


class ServicesPane(Pane):
    """Client × service, with since when, as `Feed` of services."""

    HELP = """\
**Serviços**: ✖ falha, ? desconhecido (não se conseguiu ler, ou há tempo demais sem verificação, e por
isso nunca é verde), ● ok.
Só se entra no servidor do cliente quando algo está vermelho nele.
"ciente" diz quem já sabe de uma falha. Enter abre o serviço com tudo o que se sabe dele."""

    @dataclass
    class Chosen(Message):
        """Enter on a service: all that is known of it is wanted."""

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
        super().__init__("Serviços", clock=clock, id=id)
        self._never = never
        self._longest = longest
        self._items: tuple[Service, ...] = ()
        self._known = Known()
        self._list: LineList[Service] = LineList(lambda service: service.key, self._draw)

    def content(self) -> list[Widget]:
        """The list."""
        return [self._list]

    @property
    def highlighted(self) -> Service | None:
        """The service under the cursor."""
        return self._list.highlighted

    def show(self, feed: Feed[Service]) -> None:
        """Show ``feed``."""
        self._list.explain(*empty_reason(feed, NOTHING, self._never))
        self._items = feed.items
        self.tell_feed(feed, self._stand())

    def show_acknowledged(self, acknowledged: Mapping[str, ServiceNote]) -> None:
        """Say who knows of which failure, by `Service.key`."""
        self._known = Known(acknowledged=acknowledged)
        self._list.content_changed()

    def _stand(self) -> str:
        """List the services as they count now; return the summary."""
        services = standing(self._items, self.clock(), self._longest)
        self._list.set_rows(services)
        return summary(services)

    def tick(self) -> None:
        """Say ages anew; what was green may have gone unchecked for too long meanwhile."""
        super().tick()
        self.tell_count(self._stand())
        self._list.content_changed()

    def focus(self, scroll_visible: bool = True) -> "ServicesPane":
        """Give the keys to the list."""
        self._list.focus(scroll_visible)
        return self

    def _draw(self, service: Service, width: int) -> Line:
        glyph, word = phrases.state(service.state)
        tone = state_tone(service)
        quiet = Tone.DIM if service.state is ServiceState.OK else Tone.PLAIN
        since = phrases.age(service.since, self.clock())
        room = width - 2 - 7
        line = [Piece(f"{glyph} ", tone)]
        if width >= 56:
            line.append(Piece(f"{fit(word, 12)} ", tone))
            room -= 13
        note = min(60, room * 2 // 5) if width >= 90 else max(0, room - 36) if width >= 66 else 0
        name = min(34, (room - note) * 11 // 20)
        what = room - note - name - 2
        line += [
            Piece(f"{fit(service.client, name)} ", quiet),
            Piece(f"{fit(service.service, what)} ", quiet),
        ]
        line += remark_pieces(service, self._known, note, self.clock())
        return (*line, Piece(fit(since, 7, right=True), tone if quiet is Tone.PLAIN else Tone.DIM))

    def on_line_list_chosen(self, event: LineList.Chosen) -> None:
        """Say it in the pane's own words."""
        event.stop()
        if self.highlighted is not None:
            self.post_message(self.Chosen(self.highlighted))


def summary(services: Sequence[Service]) -> str:
    """ "2 falhas · 1 desconhecido · 33 ok", without what there is none of."""
    counts = {state: sum(1 for service in services if service.state is state) for state in ServiceState}
    said = []
    if counts[ServiceState.FAIL]:
        said.append(phrases.counted(counts[ServiceState.FAIL], "falha", "falhas"))
    if counts[ServiceState.UNKNOWN]:
        said.append(phrases.counted(counts[ServiceState.UNKNOWN], "desconhecido", "desconhecidos"))
    if counts[ServiceState.OK]:
        said.append(f"{phrases.number(counts[ServiceState.OK])} ok")
    return " · ".join(said)
