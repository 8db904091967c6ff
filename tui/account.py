"""The account at the desk: who we are, the words of the systems, the templates; remembered and learned."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from clients.errors import Forbidden, PlantaoError, SettingsError
from clients.models.feed import Trouble
from clients.models.fields import Vocabulary
from clients.models.people import Agent
from clients.models.task import RedmineUser
from clients.models.template import Template

from .cache import Cache
from .disk import Disk
from .flows.task_offers import TaskOffers
from .templates_file import read_templates

if TYPE_CHECKING:
    from clients.freshdesk import Freshdesk

    from .settings import ReplySettings

MEMBERS_LAST = timedelta(days=1)
"""People come and go rarely; asking for them costs a request a person."""


class NobodyYet(PlantaoError):
    """Something was to be done before Freshdesk said whose key it is."""

    title = "Agora não dá"


@dataclass(frozen=True)
class Account:
    """Who is at the desk, and the account's words."""

    me: Agent | None = None
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    members: tuple[RedmineUser, ...] = ()
    """Who takes part in the projects of Redmine: a reply names none of them."""
    templates: tuple[Template, ...] = ()
    templates_trouble: Trouble | None = None
    """Why Freshdesk's canned responses are missing, for instance a key without the right."""

    @property
    def agent(self) -> Agent:
        """Who is at the desk. Raises NobodyYet."""
        if self.me is None:
            raise NobodyYet("Ainda não se sabe quem você é no Freshdesk: espere a conexão.")
        return self.me


class AccountBook:
    """What is known of the account on this machine, and how more is learned."""

    def __init__(
        self,
        cache: Cache,
        disk: Disk,
        clock: Callable[[], datetime],
        replies: "ReplySettings",
        tell: Callable[[Trouble], None],
    ) -> None:
        """``tell`` is told of a file of templates that cannot be read."""
        self._cache = cache
        self._disk = disk
        self._clock = clock
        self._replies = replies
        self._tell = tell

    def remembered(self) -> Account:
        """The account as it was last learned. May wait for the disk."""
        templates = (*self._team_templates(), *self._cache.templates())
        return Account(self._cache.me(), self._cache.vocabulary(), self._cache.members(), templates)

    async def with_words(self, account: Account, freshdesk: "Freshdesk") -> Account:
        """The same with who we are, and what statuses and people are called. Raises RemoteError."""
        me = await freshdesk.me()
        vocabulary = await freshdesk.vocabulary()
        await self._disk(self._cache.keep_me, me)
        await self._disk(self._cache.keep_vocabulary, vocabulary)
        return replace(account, me=me, vocabulary=vocabulary)

    async def with_templates(self, account: Account, freshdesk: "Freshdesk") -> Account:
        """The same with the team's templates and Freshdesk's. Raises RemoteError."""
        team = self._team_templates()
        try:
            templates = await freshdesk.templates()
        except Forbidden as error:  # normal: canned responses are for administrators
            return replace(account, templates=team, templates_trouble=error.trouble)
        await self._disk(self._cache.keep_templates, templates)
        return replace(account, templates=(*team, *templates), templates_trouble=None)

    async def with_members(self, account: Account, offers: TaskOffers) -> Account:
        """The same with the people of Redmine, once a day."""
        read_at, now = await self._disk(self._cache.stamp, "members"), self._clock()
        if read_at is not None and now - read_at < MEMBERS_LAST:
            return account
        with suppress(PlantaoError):  # those of yesterday do as well; the tasks tell what Redmine has
            members = await offers.people()
            await self._disk(self._cache.keep_members, members, now)
            return replace(account, members=members)
        return account

    def _team_templates(self) -> tuple[Template, ...]:
        if self._replies.file is None:
            return ()
        try:
            return read_templates(self._replies.file)
        except SettingsError as error:
            self._tell(error.trouble)
            return ()
