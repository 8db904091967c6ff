"""What a pane shows: the items of one source, how old they are, and why there are none."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Generic, TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True)
class Trouble:
    """Something that went wrong, in the words of the screen."""

    title: str
    message: str
    way_out: str = ""


@dataclass(frozen=True)
class Feed(Generic[Item]):
    """Items with their age. ``as_of`` is None while nothing was ever read."""

    items: tuple[Item, ...] = ()
    as_of: datetime | None = None
    """When the source last answered (UTC)."""
    trouble: Trouble | None = None
    """Why the newest attempt failed, the items being those of ``as_of``; or which of several sources did."""
    loading: bool = False

    @property
    def is_read(self) -> bool:
        """Whether it can be counted: what was never read holds nobody knows how many."""
        return self.as_of is not None or bool(self.items)

    def failed(self, trouble: Trouble) -> "Feed[Item]":
        """The same items, with the reason why they are not newer."""
        return replace(self, trouble=trouble, loading=False)

    def busy(self) -> "Feed[Item]":
        """The same items while newer ones are fetched."""
        return replace(self, loading=True)
