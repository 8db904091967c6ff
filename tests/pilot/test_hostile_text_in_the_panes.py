from datetime import timedelta

import pytest
from textual.widget import Widget

from clients.models.conversation import Conversation
from clients.models.feed import Feed, Trouble
from clients.models.fields import Vocabulary
from clients.models.service import Service, ServiceState
from clients.models.task import Task
from clients.models.ticket import Ticket
from clients.models.ticket_view import TicketView
from tests.support.desk_sample import NOW
from tests.support.hostile import ACTED_UPON, HOSTILE
from tests.support.mesa import MesaApp
from tests.support.painted import lines_of, settle
from widgets.preview_pane import PreviewText

pytestmark = pytest.mark.anyio


def ticket(number: int, text: str) -> Ticket:
    return Ticket.model_validate(
        {
            "id": number,
            "subject": text,
            "type": text,
            "status": 9,
            "responder_id": 9,
            "tags": [text],
            "created_at": NOW - timedelta(days=number),
            "updated_at": NOW,
            "description": text,
            "requester": {"id": 1, "name": text, "email": text, "phone": text},
            "company": {"id": 1, "name": text},
            "attachments": [{"id": 1, "name": text, "size": 7}],
        }
    )


def view(number: int, text: str) -> TicketView:
    said = tuple(
        Conversation.model_validate(
            {
                "id": kind,
                "incoming": kind == 0,
                "private": kind == 1,
                "body": text,
                "from_email": text,
                "attachments": [{"id": 1, "name": text, "size": 7}],
                "created_at": NOW,
                "updated_at": NOW,
            }
        )
        for kind in range(3)
    )
    task = Task.model_validate(
        {
            "id": 1,
            "project": {"id": 1, "name": text},
            "tracker": {"id": 1, "name": text},
            "status": {"id": 1, "name": text},
            "assigned_to": {"id": 1, "name": text},
            "subject": text,
            "created_on": NOW,
            "updated_on": NOW,
        }
    )
    return TicketView(ticket(number, text), Feed(said, as_of=NOW), Feed((task,), as_of=NOW))


async def test_nothing_that_a_terminal_acts_upon_is_in_any_line_of_any_pane() -> None:
    texts = tuple(HOSTILE.values())
    vocabulary = [Vocabulary.model_validate({"statuses": {9: text}, "agents": {9: text}}) for text in texts]
    tickets = Feed(tuple(ticket(number + 1, text) for number, text in enumerate(texts)), as_of=NOW)
    services = Feed(
        tuple(Service(client=text, service=text, state=ServiceState.FAIL, note=text) for text in texts),
        as_of=NOW,
    )
    app = MesaApp(tickets, services)
    async with app.run_test(size=(150, 70)) as pilot:
        for number, text in enumerate(texts):
            app.preview_pane.show(view(number + 1, text), vocabulary[number])
            app.queue_pane.show(
                tickets.failed(Trouble("Falhou", ticket(1, text).subject)),
                me=1,
                vocabulary=vocabulary[number],
            )
            await settle(pilot)
            for widget in app.screen.walk_children(Widget):
                for line in lines_of(widget) if not widget.children and widget.display else ():
                    assert not ACTED_UPON & set(line), (widget, line)
        assert app.said  # still alive, and no markup ran: the app has no action named pwn


async def test_markup_is_shown_as_it_was_written() -> None:
    text = "[bold red]ZQZ[/] [/foo] [@click=app.pwn]x[/]"
    app = MesaApp(view=view(1, text))
    async with app.run_test(size=(200, 40)) as pilot:
        await settle(pilot)
        assert text in "\n".join(lines_of(app.preview_pane.query_one(PreviewText)))
        click = [
            segment.style.meta
            for y in range(30)
            for segment in app.preview_pane.query_one(PreviewText).render_line(y)
            if segment.style is not None
        ]
        assert not any(click)
