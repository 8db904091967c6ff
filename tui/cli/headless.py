"""The desk without a screen: the same composition root, one refresh, data on stdout."""

import asyncio
from collections.abc import Awaitable, Callable, Sized
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from clients.errors import PlantaoError, SettingsError
from clients.models.chamado import Chamado
from clients.models.feed import Feed
from clients.models.queue import QUEUE_VIEWS, Queue, QueueEntry, queue_view
from clients.models.service import Service, ServiceState, standing
from clients.models.ticket import Ticket
from clients.models.validation import published
from widgets.phrases import date_time

from ..desk import Desk
from ..sync import Poller
from . import show, show_chamado
from .exit_codes import Code
from .running import ready_settings, say, tell_trouble

Item = TypeVar("Item")
Result = TypeVar("Result")


def show_services(only_red: bool, as_json: bool) -> int:
    """Print the services, or those that fail, worst first. WRONG unless every one is known to run."""

    async def work(desk: Desk) -> int:
        await desk.connect()
        poller = desk.sources.services_poller(await desk.sources.remembered_services())
        feed, now = await refreshed(poller, "monitor", desk.clock), desk.clock()
        # what is remembered of a source that does not answer has grown older since it was read
        feed = replace(feed, items=standing(feed.items, now, desk.longest_unchecked))
        red = tuple(service for service in feed.items if service.state is ServiceState.FAIL)
        shown = replace(feed, items=red) if only_red else feed
        show.write(show.services_json(shown, now) if as_json else show.services(shown, now))
        if feed.trouble is None:
            none = "Nenhum serviço em falha." if only_red else "Nenhum serviço na lista."
            say_if_none(shown.items, none, as_json)
        return code_of(feed)

    return at_the_desk(work)


def code_of(feed: Feed[Service]) -> int:
    """The exit code of a reading of the services: WRONG unless every one is known to run."""
    if feed.trouble is not None:
        return Code.REMOTE
    return Code.OK if all(service.state is ServiceState.OK for service in feed.items) else Code.WRONG


def show_queue(view_id: str | None, as_json: bool) -> int:
    """Print the queue, or one view of it, in the order in which it breaks."""
    known = [view.id for view in QUEUE_VIEWS]
    if view_id is not None and view_id not in known:
        say(f"plantao: não existe a vista {view_id}; existem {', '.join(known)}.")
        return Code.USAGE

    async def work(desk: Desk) -> int:
        await desk.connect()
        if not desk.account.vocabulary.statuses and desk.freshdesk is not None:
            await desk.learn_account()
        poller = desk.sources.queue_poller(await desk.sources.remembered_queue())
        feed = await refreshed(poller, "freshdesk", desk.clock)
        entries = await _entries(desk, feed, view_id or QUEUE_VIEWS[0].id)
        show.write(show.queue_json(feed, entries) if as_json else show.queue(feed, entries, desk.clock()))
        if feed.trouble is not None:
            return Code.REMOTE
        where = f"na vista {view_id}" if view_id else "na fila"
        say_if_none(entries, f"Nenhum ticket {where}.", as_json)
        return Code.OK

    return at_the_desk(work)


def show_ticket(ticket_id: int, as_json: bool) -> int:
    """Print one ticket with its messages and its tasks. WRONG where there is no such ticket."""

    async def work(desk: Desk) -> int:
        await desk.connect()
        if not desk.account.vocabulary.statuses and desk.freshdesk is not None:
            await desk.learn_account()
        views = [view async for view in desk.read(ticket_id)]
        view, vocabulary = views[-1], desk.account.vocabulary
        page = show.ticket_json(view, vocabulary) if as_json else show.ticket(view, vocabulary, desk.clock())
        show.write(page)
        trouble = view.tasks.trouble
        if trouble is not None:
            tell_trouble(trouble)
        return Code.OK if trouble is None else Code.REMOTE

    return at_the_desk(work)


def show_chamados(as_json: bool) -> int:
    """Print the drafts, then the chamados that were sent, newest first."""

    async def work(desk: Desk) -> int:
        if desk.settings.chamados.board == "redmine":  # one's own is read without any connection
            await desk.connect()
        labels, sent = desk.settings.chamados.labels, await desk.board.chamados()
        on_board = {chamado.id for chamado in sent}
        drafts = [one for one in await desk.disk(desk.local.chamado_drafts.list) if one.id not in on_board]
        show.write(
            show_chamado.list_json(drafts, sent, labels)
            if as_json
            else show.chamados(drafts, sent, desk.clock(), labels)
        )
        say_if_none([*drafts, *sent], "Nenhum chamado, enviado ou em rascunho.", as_json)
        return Code.OK

    return at_the_desk(work)


async def known(desk: Desk) -> None:
    """Connect, and learn who we are where Freshdesk can tell and it is not remembered."""
    await desk.connect()
    if desk.account.me is None and desk.freshdesk is not None:
        await desk.learn_account()


def say_if_none(items: Sized, sentence: str, as_json: bool) -> None:
    """Tell an empty list from a command that did nothing; a program sees the empty list itself."""
    if not items and not as_json:
        say(sentence)


async def refreshed(poller: Poller[Item] | None, section: str, clock: Callable[[], datetime]) -> Feed[Item]:
    """Return the feed after one refresh; where that failed, what was remembered, with a word on stderr."""
    if poller is None:
        raise SettingsError(f"[{section}] não está na configuração.")
    feed = await one_refresh(poller)
    if feed.trouble is not None:
        age = f" Dados de {date_time(feed.as_of, clock())}." if feed.as_of else ""
        say(f"{feed.trouble.title}: {feed.trouble.message}{age}\n{feed.trouble.way_out}".rstrip())
    return feed


async def one_refresh(poller: Poller[Item]) -> Feed[Item]:
    """Return the feed after one refresh, with its trouble where that failed."""
    done: asyncio.Future[Feed[Item]] = asyncio.get_running_loop().create_future()

    def publish(feed: Feed[Item]) -> None:
        if not feed.loading and not done.done():
            done.set_result(feed)

    running = asyncio.ensure_future(poller.run(publish))
    await asyncio.wait((running, done), return_when=asyncio.FIRST_COMPLETED)
    running.cancel()
    if not done.done():
        await running  # ended by an error that is nobody's to show: let it be seen
    return await done


async def _entries(desk: Desk, feed: Feed[Ticket], view_id: str) -> list[QueueEntry]:
    account, now = desk.account, desk.clock()
    me = account.me.id if account.me else None
    waiting = await _waiting(desk)
    queue = Queue.read(feed.items, me=me, vocabulary=account.vocabulary, now=now, published=waiting)
    return queue.of(queue_view(view_id), now)


async def _waiting(desk: Desk) -> dict[int, Chamado]:
    """Chamados that wait for validation; a board that does not answer is told and holds up no queue."""
    try:
        return published(await desk.board.chamados())
    except PlantaoError as error:
        tell_trouble(error.trouble)
        return {}


def at_the_desk(work: Callable[[Desk], Awaitable[int]]) -> int:
    """Do ``work`` at an open desk on the user's settings; return its exit code."""
    settings = ready_settings()

    async def run() -> int:
        desk = Desk(settings)
        try:
            await desk.open()
            return await work(desk)
        finally:
            await desk.close()

    return asyncio.run(run())
