"""One connection to a Redmine, on a thread of its own: the key proved once, odd answers told as such.

python-redmine is imported on that thread, by the first call.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pydantic import SecretStr

from .dedicated_thread import DedicatedThread
from .errors import ServerTrouble, Unauthorized
from .models.task import RedmineUser
from .redmine_wire import ODD, ODD_SHAPE, SYSTEM, nothing_sent

if TYPE_CHECKING:
    import redminelib

Result = TypeVar("Result")


class RedmineConnection:
    """Does work with python-redmine. Raises errors of `clients.errors`."""

    def __init__(self, url: str, key: SecretStr, *, ca_file: Path | None) -> None:
        self._url = url
        self._key = key
        self._ca_file = ca_file
        self._thread = DedicatedThread("redmine")
        # what follows is touched on that thread alone
        self._redmine: redminelib.Redmine | None = None
        self._known = False

    async def who(self) -> RedmineUser:
        """The key's owner, asked for anew."""
        return await self._call(self._who)

    async def ask(self, work: "Callable[[redminelib.Redmine], Result]") -> Result:
        """Do what only reads."""
        return await self._call(lambda: work(self._connected()))

    async def write(self, work: "Callable[[redminelib.Redmine], Result]") -> Result:
        """Do what writes: where it does not come to that, it is said that nothing was sent."""

        def send() -> Result:
            with nothing_sent():
                redmine = self._connected()
            return work(redmine)

        return await self._call(send)

    def close(self) -> None:
        """End the thread after the calls that were already made. Does not wait."""
        self._thread.close()

    async def _call(self, work: Callable[[], Result]) -> Result:
        return await self._thread.call(partial(self._guarded, work))

    def _guarded(self, work: Callable[[], Result]) -> Result:
        try:
            return work()
        except Unauthorized:
            self._known = False
            raise
        except ODD_SHAPE:
            raise ServerTrouble(SYSTEM, ODD) from None

    def _connected(self) -> "redminelib.Redmine":
        redmine = self._open()
        # a Redmine that is open to anybody takes a wrong key for nobody's, and lists without complaint
        if not self._known:
            self._who()
        return redmine

    def _who(self) -> RedmineUser:
        user = RedmineUser.model_validate(self._open().user.get("current").raw())
        self._known = True
        return user

    def _open(self) -> "redminelib.Redmine":
        if self._redmine is None:
            from .redmine_engine import connect

            self._redmine = connect(self._url, self._key, ca_file=self._ca_file)
        return self._redmine
