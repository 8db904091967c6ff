"""A shift at the desk, from the round that opens it (R1) to its handover: a ticket attended (R9 to R15), a
task that a colleague concludes told and answered from (R23, R21), its hours logged from what was done (R11),
the client's OK and the closing (R22), and what is left passed on to the next analyst line by line."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest
import requests
from pydantic import SecretStr

from clients.models.conversation import Conversation, Voice
from clients.models.handover import Handover, Part, Preparation
from clients.models.morning import CheckKind, day_of
from clients.models.slack_talk import HANDED_OVER
from clients.models.task import Task
from clients.models.ticket import CLOSED, Turn
from clients.models.worked import minutes_of
from clients.sandbox.server import Running
from clients.slack import Slack
from tests.support.attending import attends, confirms, everywhere, fills_in, is_through, pick
from tests.support.clock import NOW
from tests.support.desk import NARROW, WIDE, Sitting, at_the_desk, settings_for, sitting
from tests.support.tickets import client_says
from tui.desk import Desk
from tui.screens.answer import AnswerScreen
from tui.screens.confirm import ConfirmScreen
from tui.screens.duration import TimeScreen
from tui.screens.handover import HandoverScreen
from tui.screens.handover_text import HandoverTextScreen
from tui.screens.last_look import SendScreen
from tui.screens.line import LineScreen
from tui.screens.mesa import MesaScreen
from tui.screens.morning import MorningScreen
from tui.screens.morning_text import RoundTextScreen
from tui.screens.pick import PickScreen
from tui.screens.slack_question import SlackQuestionScreen
from tui.screens.tasks import TasksScreen
from tui.screens.today import TodayScreen
from tui.settings import ReplySettings
from tui.settings_handover import HandoverSettings
from widgets.composer import Composer
from widgets.hours_row import RowKind
from widgets.inputs import TextBox
from widgets.top_line import TopLine

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("seconds_stand_still")]
COLLEAGUE, BY = "otavio.prado", "Otávio Prado"
CLOSED_TASK = 5
SUBJECT = "Tabela de preço: não aparece no pedido"
PROMISE = "Retornamos com a correção até amanhã às 10h."
ANSWER = f"Olá! Recebemos o seu pedido e já o reproduzimos aqui. {PROMISE}"
CLIENTS_OK = "Deu certo, podem encerrar."
THANKS = "Que bom que deu certo. Encerramos o ticket por aqui; obrigado pelo retorno."
LEFT_BY_HAND = "a chave da sala está na portaria"
ROUND_NOTE, SERVICE_NOTE = "avisei a WE, que já olha", "ligar ao cliente às 8h"


class Shift:
    """The desk, and the hours that pass on it as on the sandbox."""

    def __init__(self, seat: Sitting, running: Running) -> None:
        self.seat = seat
        self.running = running
        self.attended = 0
        """The ticket that was attended, on which the promise was given."""
        self.concluded: Task
        """The task that a colleague concludes."""
        self.answered = 0
        """Its ticket."""

    def passes(self, minutes: int) -> None:
        """Let time pass, and nothing be read over it."""
        self.running.knobs.clock.offset_seconds += minutes * 60

    async def comes_to(self, minute: int) -> None:
        """Let it be so many minutes after the start, and have all read."""
        self.running.knobs.clock.offset_seconds = minute * 60
        app = self.seat.app
        before = app.services.as_of, app.queue.as_of
        app.refresh_sources()
        await self.seat.until(
            lambda: app.services.as_of != before[0] and app.queue.as_of != before[1], "read all again"
        )

    async def does_the_round(self) -> None:
        seat = self.seat
        await seat.press("R")
        await seat.arrives_at(MorningScreen)
        screen = seat.app.screen
        assert isinstance(screen, MorningScreen)
        await seat.until(lambda: screen.sees(CheckKind.CONCLUDED), "read the tasks")
        assert screen.pane._list.select_key(CheckKind.SERVICES.value)
        await seat.press("n")
        await seat.arrives_at(LineScreen)
        await seat.paste(ROUND_NOTE)
        await seat.press("enter")
        await seat.sees(ROUND_NOTE)
        for done, kind in enumerate(CheckKind, 1):
            assert screen.pane._list.select_key(kind.value)
            await seat.press("space")
            await seat.sees(f"{done} de 5")
        await seat.press("f9")
        await seat.arrives_at(RoundTextScreen)
        await seat.press("f9")
        await seat.sees("publicada em suporte")
        await seat.press("escape")
        await seat.arrives_at(MesaScreen)

    async def attends_a_ticket(self) -> None:
        """Tipo, task, time, answer and status of one that has none of them."""
        seat = self.seat
        self.attended = await untouched(seat)
        form = await attends(seat, self.attended)
        self.passes(minutes=25)
        await fills_in(
            seat,
            form,
            type="Bug",
            project=pick(form, "project", "ERP"),
            subject=SUBJECT,
            time="25 min",
            text=ANSWER,
            status=pick(form, "status", "Aguardando Cliente"),
        )
        await fills_in(seat, form, activity=form.choices["activity"][0].value)
        await confirms(seat)
        await is_through(seat)

    async def hears_of_a_concluded_task(self) -> None:
        """One that is observed; the ticket that it serves is still open."""
        seat, redmine = self.seat, self.seat.app.desk.redmine
        assert redmine is not None
        self.answered, self.concluded = await with_a_task_under_way(seat, self.attended)
        await redmine.watch(self.concluded.id, (await redmine.current_user()).id)
        seat.app.task_watch.ask()
        await seat.until(lambda: any(one.id == self.concluded.id for one in seat.app.tasks.items), "observed")
        self.passes(minutes=1)
        concludes(self.running, self.concluded.id)
        seat.app.task_watch.ask()
        await seat.hears(f"concluída por {BY}")
        await seat.until(lambda: "✱ 1" in top(seat), "counted it above")

    async def answers_from_the_task(self) -> None:
        seat = self.seat
        await seat.press("2")
        await seat.arrives_at(TasksScreen)
        screen = seat.app.screen
        assert isinstance(screen, TasksScreen)
        await seat.until(
            lambda: screen.pane.highlighted and screen.pane.highlighted.id == self.concluded.id, "came to it"
        )
        await seat.until(lambda: "✱" not in top(seat), "saw it")
        await seat.press("r")
        await seat.arrives_at(AnswerScreen)
        await seat.sees(f"#{self.answered}", "Concluímos o que você nos pediu")
        await self.sends(TasksScreen)

    async def sends(self, back: type[TasksScreen] | type[MesaScreen]) -> None:
        """Send what is in the composer."""
        await self.seat.press("f9")
        await self.seat.arrives_at(SendScreen)
        await self.seat.lets_a_second_pass()
        await self.seat.arrives_at(back)
        await self.seat.until(lambda: not self.seat.app.carrier.on_the_way, "sent")

    async def logs_what_has_no_hours(self) -> None:
        """The hours of the day; the answer without any becomes an entry of its task."""
        seat = self.seat
        await seat.press("5")
        await seat.arrives_at(TodayScreen)
        screen = seat.app.screen
        assert isinstance(screen, TodayScreen)
        await seat.until(lambda: screen.sheet and screen.sheet.read_at, "read the hours")
        await seat.until(lambda: screen.sheet and screen.sheet.suggestions, "found what has no hours")
        await seat.sees("0h25", f"#{self.answered}", "respondido", "sem hora registrada")
        assert screen.sheet is not None
        assert [one.target for one in screen.sheet.suggestions] == [f"ticket:{self.answered}"]
        row = screen.pane.row
        assert row is not None
        assert row.kind is RowKind.SUGGESTION
        await seat.press("enter")
        await seat.arrives_at(TimeScreen)
        await seat.write("30min")
        await seat.press("enter")
        await seat.arrives_at(PickScreen)
        await seat.press("enter")
        await seat.arrives_at(LineScreen)
        await seat.press("enter")
        await seat.arrives_at(ConfirmScreen)
        await seat.sees(f"Registrar 0h30 na tarefa {self.concluded.id}")
        await seat.press("s")
        await seat.arrives_at(TodayScreen)
        await seat.until(
            lambda: screen.sheet and 30 in map(minutes_of, screen.sheet.of_today), "read what was logged"
        )
        await seat.until(lambda: screen.sheet and not screen.sheet.suggestions, "had nothing left to suggest")
        await seat.press("1")
        await seat.arrives_at(MesaScreen)

    async def closes_with_the_clients_ok(self) -> None:
        """The OK is answered first, then the ticket is closed (R22)."""
        seat, ticket_id = self.seat, self.answered
        client_says(self.running, ticket_id, CLIENTS_OK)
        await self.comes_to(185)
        await seat.goes_to(ticket_id)
        await seat.press("f4")
        await seat.until(lambda: heard(seat) == CLIENTS_OK, "read what the client wrote")
        await seat.press("r")
        await seat.arrives_at(AnswerScreen)
        await seat.paste(THANKS)
        await seat.until(lambda: seat.app.screen.query_one(Composer).text == THANKS, "wrote")
        await self.sends(MesaScreen)
        await seat.goes_to(ticket_id)
        await seat.until(lambda: THANKS in last_said(seat), "read one's own answer")
        await seat.press("e")
        await seat.until(lambda: isinstance(seat.app.screen, PickScreen | ConfirmScreen), "was asked")
        while isinstance(seat.app.screen, PickScreen):
            asked = seat.app.screen
            await seat.press("enter")
            await seat.until(lambda asked=asked: seat.app.screen is not asked)  # type: ignore[misc]
        await seat.arrives_at(ConfirmScreen)
        shown = await seat.sees("✓ O cliente deu o OK, e foi respondido", "«Deu certo»")
        assert "▲" not in shown
        await seat.press("s")
        await seat.hears(f"#{ticket_id} · ")
        await seat.arrives_at(MesaScreen)

    async def asks_who_takes_it(self) -> None:
        """A question on Slack that nobody answers in this shift."""
        self.running.knobs.slack.answer_after_seconds = None
        seat = self.seat
        seat.mesa.queue.show_view("todos")
        await seat.goes_to(self.attended)
        await seat.press("d")
        await seat.arrives_at(SlackQuestionScreen)
        await seat.sees(f"#{self.attended}", "Quem pega e com que prioridade?")
        await seat.press("f9")
        await seat.arrives_at(MesaScreen)
        await seat.until(lambda: seat.app.questions, "followed the question")

    async def hands_over(self) -> Handover:
        """What has to be known, with a note and a line of one's own; edited, and posted."""
        seat = self.seat
        await seat.press("E")
        await seat.arrives_at(HandoverScreen)
        screen = seat.app.screen
        assert isinstance(screen, HandoverScreen)
        await seat.until(lambda: len(screen.portions) == len(Part) - 1 and screen.preparation, "read it all")
        for part in (Part.OPEN, Part.CLOCKS):
            await seat.until(lambda part=part: screen.pane.select(f"parte:{part.value}"), "shows it")  # type: ignore[misc]
            await seat.press("space")
            await seat.sees("· 0 de")
        red = next(line for each in screen.portions for line in each.lines if line.part is Part.SERVICES)
        assert screen.pane.select(red.key)
        await seat.press("n")
        await seat.arrives_at(LineScreen)
        await seat.paste(SERVICE_NOTE)
        await seat.press("enter")
        await seat.sees(f"✎ {SERVICE_NOTE}")
        await seat.press("a")
        await seat.arrives_at(LineScreen)
        await seat.paste(LEFT_BY_HAND)
        await seat.press("enter")
        await seat.until(lambda: screen.preparation and screen.preparation.added, "kept the line")
        await seat.press("f9")
        await seat.arrives_at(HandoverTextScreen)
        await seat.sees("publicar em suporte")
        text = seat.app.screen.query_one(TextBox).text
        assert f"«{PROMISE}» — nossa vez: até amanhã 10:00" in text
        await seat.write("Boa tarde. ")
        await seat.press("f9")
        await seat.sees("Texto · publicada em suporte", "sem ciência")
        assert screen.shown is not None
        return screen.shown


def heard(seat: Sitting) -> str:
    """The client's last words on the ticket that is read."""
    seen = seat.seen
    words = [one.text for one in seen.conversations.items if one.voice is Voice.CLIENT] if seen else []
    return words[-1] if words else ""


def last_said(seat: Sitting) -> str:
    """The last words on it, whoever's."""
    said = seat.seen.conversations.items if seat.seen else ()
    return said[-1].text if said else ""


def top(seat: Sitting) -> str:
    return seat.app.screen.query_one(TopLine).render_line(0).text


async def untouched(seat: Sitting) -> int:
    """A ticket that nobody answered, without type and task."""
    for entry in seat.mesa.queue.shown:
        bare = entry.turn is Turn.UNANSWERED and not entry.ticket.type
        if bare and not (await everywhere(seat, entry.id)).tasks:
            return entry.id
    raise AssertionError("the sandbox has no unanswered ticket without a task")


async def with_a_task_under_way(seat: Sitting, but: int) -> tuple[int, Task]:
    """An open ticket with one task that is not concluded."""
    for entry in seat.mesa.queue.shown:
        if entry.id != but and entry.ticket.is_open and entry.ticket.type:
            tasks = (await everywhere(seat, entry.id)).tasks
            if len(tasks) == 1 and not tasks[0].status.is_closed:
                return entry.id, tasks[0]
    raise AssertionError("no open ticket has one task under way")


def concludes(running: Running, task_id: int) -> None:
    """A colleague does so in Redmine."""
    answer = requests.put(
        f"{running.urls.redmine}/issues/{task_id}.json",
        json={"issue": {"status_id": CLOSED_TASK, "notes": "Publicado na 12.4."}},
        headers={"X-Redmine-API-Key": running.keys.redmine[COLLEAGUE]},
        timeout=30,
    )
    answer.raise_for_status()


def desk_of(running: Running, tmp_path: Path, folder: Path, *, key: str, login: str, token: str) -> Desk:
    """The desk of whoever has those keys, with data of their own and the folder that they share."""
    shared = HandoverSettings.model_validate({"pasta": folder})
    hold = ReplySettings(undo_seconds=1)
    settings = settings_for(running, tmp_path / key, handover=shared, replies=hold)
    assert settings.freshdesk
    assert settings.redmine
    assert settings.slack
    own = {
        "freshdesk": settings.freshdesk.model_copy(update={"key": SecretStr(getattr(running.keys, key))}),
        "redmine": settings.redmine.model_copy(update={"key": SecretStr(running.keys.redmine[login])}),
        "slack": settings.slack.model_copy(update={"key": SecretStr(running.keys.slack[token])}),
    }
    return Desk(settings.model_copy(update=own), running.clock)


async def said(running: Running, place: str) -> list[str]:
    """What was said in a channel since the start, oldest first."""
    client = Slack.connect(running.urls.slack, SecretStr(running.keys.slack["analyst"]))
    try:
        channel = await client.channel_named(place)
        since = f"{(NOW - timedelta(seconds=1)).timestamp():.6f}"
        heard = await client.history(channel.id, since)
    finally:
        await client.aclose()
    return [one.text() for one in sorted(heard, key=lambda one: one.ts)]


async def acknowledges(other: Sitting, handed: Handover) -> None:
    """Take the handover in, line by line."""
    await other.hears(f"Passagem de {handed.who}")
    counted = (f"⇄ passagem {len(handed.lines)} ", f"⇄ {len(handed.lines)} ")
    await other.until(lambda: any(words in top(other) for words in counted), "counted it above")
    await other.press("E")
    await other.arrives_at(HandoverScreen)
    screen = other.app.screen
    assert isinstance(screen, HandoverScreen)
    await other.until(lambda: screen.shown_id == handed.id and screen.pane.rows, "came to it")
    for known, line in enumerate(handed.lines, 1):
        assert screen.pane.select(line.key)
        await other.press("space")
        await other.until(lambda: screen.shown and len(screen.shown.seen) == known, "acknowledged")  # noqa: B023
    await other.until(lambda: "⇄" not in top(other), "had nothing left to take in")


async def systems_have_it_once(seat: Sitting, running: Running, shift: Shift, handed: Handover) -> None:
    """What Freshdesk, Redmine and Slack have at the end of the shift: all that was done, and nothing else."""
    desk, words = seat.app.desk, seat.app.account.vocabulary
    attended, answered = [await everywhere(seat, number) for number in (shift.attended, shift.answered)]
    assert (attended.ticket.type, words.status(attended.ticket.status)) == ("Bug", "Aguardando Cliente")
    assert since_the_start(attended.said) == [ANSWER]
    assert answered.ticket.status == CLOSED
    told, thanked = since_the_start(answered.said)
    assert "Concluímos o que você nos pediu neste ticket." in told
    assert thanked == THANKS

    assert desk.redmine is not None
    (made,) = attended.tasks
    assert (made.subject, made.tracker.name) == (SUBJECT, "Bug")
    (concluded,) = answered.tasks
    assert (concluded.id, concluded.status.id) == (shift.concluded.id, CLOSED_TASK)
    today = await desk.redmine.spent_times(since=day_of(NOW))
    entries = [each for each in today if each.created_on >= NOW]  # an hour before, one had logged some
    logged = {each.issue.id: minutes_of(each) for each in entries if each.issue}
    assert (logged, len(entries)) == ({made.id: 25, concluded.id: 30}, 2)

    (asked,) = [text for text in await said(running, "gestor_suporte") if f"#{shift.attended}" in text]
    assert "Quem pega e com que prioridade?" in asked
    posted = [text for text in await said(running, "suporte") if text.startswith(("Rotina", "Boa tarde"))]
    (the_round, the_handover) = posted
    assert f"Nota: {ROUND_NOTE}" in the_round
    assert the_handover == handed.text

    writes = Counter(
        (each.system, each.path.rsplit("/", 1)[-1])
        for each in running.journal.writes
        if each.method == "POST" and each.status in (200, 201)
    )
    assert writes["freshdesk", "reply"] == 3
    assert writes["freshdesk", "notes"] == 0
    assert (writes["redmine", "issues.json"], writes["redmine", "time_entries.json"]) == (1, 2)
    assert writes["slack", "chat.postMessage"] == 3


async def nothing_is_left_in_the_store(seat: Sitting, shift: Shift) -> None:
    """What this desk keeps at the end of the shift: the open question alone."""
    desk = seat.app.desk
    await desk.saver.flush()
    assert await desk.disk(desk.local.journal.pending) == ()
    assert await desk.workflows.pending() == ()
    assert await desk.disk(desk.local.attendances.tickets) == frozenset()
    assert await desk.disk(desk.local.drafts.tickets) == frozenset()
    assert await desk.disk(desk.local.timers.list) == ()
    followed = await desk.disk(desk.local.questions.open)
    (question,) = [each for each in followed if each.about != HANDED_OVER]
    assert (question.ticket_id, question.answer) == (shift.attended, None)
    assert not any(one.unread for one in await desk.disk(desk.local.task_shelf.news))
    closed = await desk.disk(desk.local.morning_rounds.of, day_of(NOW), desk.author)
    assert closed.closed_at is not None
    assert await desk.disk(desk.handovers.preparation, desk.author) == Preparation(who=desk.author)


def since_the_start(messages: Sequence[Conversation]) -> list[str]:
    """What we told the client in this shift, oldest first."""
    return [one.text for one in messages if one.voice is Voice.REPLY and one.created_at >= NOW]


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_a_shift_from_the_round_to_its_handover(
    running: Running, tmp_path: Path, size: tuple[int, int]
) -> None:
    folder = tmp_path / "equipe"
    folder.mkdir()
    folder.chmod(0o2770)
    own = next(iter(running.keys.redmine))
    mine = desk_of(running, tmp_path, folder, key="freshdesk", login=own, token="analyst")
    theirs = desk_of(running, tmp_path, folder, key="freshdesk_colleague", login=COLLEAGUE, token="bot")
    async with at_the_desk(running, tmp_path, size, desk=mine) as seat:
        shift = Shift(seat, running)
        await shift.does_the_round()
        await shift.comes_to(20)
        await shift.attends_a_ticket()
        await shift.comes_to(95)
        await shift.hears_of_a_concluded_task()
        await shift.answers_from_the_task()
        await shift.logs_what_has_no_hours()
        await shift.comes_to(180)
        await shift.closes_with_the_clients_ok()
        await shift.comes_to(320)
        await shift.asks_who_takes_it()
        handed = await shift.hands_over()
        assert [line.part for line in handed.lines] == [
            Part.PROMISES,
            Part.SERVICES,
            Part.QUESTIONS,
            Part.ADDED,
        ]
        shift.passes(minutes=15)
        async with sitting(theirs, size) as other:
            await acknowledges(other, handed)
            who = theirs.author

        (known,) = await mine.disk(mine.handovers.list)
        assert [(each.key, each.who) for each in known.seen] == [(line.key, who) for line in handed.lines]
        assert who != mine.author == handed.who
        await systems_have_it_once(seat, running, shift, handed)
        await nothing_is_left_in_the_store(seat, shift)
