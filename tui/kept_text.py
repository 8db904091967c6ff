"""A text that is kept as it is typed, and found again where one went back. Knows no screen."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .desk import Desk


class KeptText:
    """What stands in the drafts under one key. Raises StoreError."""

    def __init__(self, desk: "Desk", key: str) -> None:
        self._desk = desk
        self._key = key

    async def begun(self) -> str:
        """What was begun; empty where nothing was."""
        await self._desk.saver.flush()
        draft = await self._desk.disk(self._desk.local.drafts.load, self._key)
        return draft.text if draft is not None else ""

    def keep(self, text: str) -> None:
        """Have ``text`` written soon."""
        drafts = self._desk.local.drafts
        self._desk.saver.save(self._key, lambda: drafts.save(self._key, text))

    async def forget(self, beginning: str = "") -> None:
        """It was used; with ``beginning``, so were all texts whose keys begin so."""
        desk = self._desk
        await desk.saver.flush()
        if beginning:
            await desk.disk(desk.local.drafts.discard_all, beginning)
        else:
            await desk.disk(desk.local.drafts.discard, self._key)
