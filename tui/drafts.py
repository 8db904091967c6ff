"""What was typed and not yet sent. Durable before `Drafts.save` returns, so a dropped link loses no word."""

from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from clients.models.answer import Kind
from clients.models.base import Model, Moment
from clients.models.text import whole_characters

if TYPE_CHECKING:
    from clients.store import Store

DRAFTS = "drafts"


class Draft(Model):
    """A text somebody began."""

    key: str
    text: str
    cc: tuple[str, ...] | None = None
    """Who gets a copy, where the analyst chose; None is whom the ticket has in copy."""
    files: tuple[Path, ...] = ()
    """What goes along, if it is still there by then."""
    validates: str = ""
    """Id of the chamado that its reader is asked to validate."""
    base: str | None = None
    """The text that it is to replace, as that was when one began; None where it replaces none."""
    saved_at: Moment


def draft_key(ticket_id: int, kind: Kind) -> str:
    """The key of an answer's draft: ``ticket:4102:reply``."""
    return f"ticket:{ticket_id}:{kind.value}"


def rewriting_key(draft_id: str, proposal: str = "") -> str:
    """The key of what was made of ``proposal`` for a chamado's draft; without one, how all of them begin."""
    return f"rewriting:{draft_id}:{sha256(proposal.encode()).hexdigest()[:16] if proposal else ''}"


def description_key(task_id: int) -> str:
    """The key of what a task's description is to become."""
    return f"task:{task_id}:description"


def task_note_key(task_id: int, *, private: bool) -> str:
    """The key of a note on a task: who may read it is kept with it."""
    return f"task:{task_id}:{'private-note' if private else 'note'}"


def time_key(target: str, what: str = "") -> str:
    """The key of what is being said of the time of ``target``; without ``what``, how all of it begins."""
    return f"tempo:{target}:{what}"


def walk_key(walk_id: str, step_id: str = "") -> str:
    """The key of what is being written at a walk's step; without one, how all of the walk's begin."""
    return f"walk:{walk_id}:{step_id}"


class Drafts:
    """Drafts by key. Every call may wait for the disk: never call it from the screen's thread."""

    def __init__(self, store: "Store", clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    def save(
        self,
        key: str,
        text: str,
        *,
        cc: tuple[str, ...] | None = None,
        files: tuple[Path, ...] = (),
        validates: str = "",
        base: str | None = None,
    ) -> None:
        """Keep ``text`` under ``key`` in the place of what was there; an empty one is discarded.

        ``cc``, ``files``, ``validates`` and ``base`` as of `Draft`.
        """
        if not text.strip():
            self.discard(key)
            return
        draft = Draft(
            key=key,
            text=text,
            cc=cc,
            files=files,
            validates=validates,
            base=base,
            saved_at=self._clock(),
        )
        self._store.put(DRAFTS, "key", [draft.model_dump(mode="json")])

    def begin(self, key: str, text: str, *, base: str | None = None) -> bool:
        """Keep ``text`` under ``key``. False, and nothing is kept, where a draft is there already."""
        with self._store.transaction():
            if self.load(key) is not None:
                return False
            self.save(key, text, base=base)
        return True

    def load(self, key: str) -> Draft | None:
        """Return the draft of ``key``, if there is one."""
        rows = self._store.table(DRAFTS).search(lambda row: bool(row["key"] == key))
        return Draft.model_validate(rows[0]) if rows else None

    def tickets(self) -> frozenset[int]:
        """Return the tickets on which an answer or a note was begun."""
        keys = (str(row["key"]).split(":") for row in self._store.table(DRAFTS).all())
        return frozenset(int(key[1]) for key in keys if key[0] == "ticket")

    def discard(self, key: str, *, only: str | None = None) -> None:
        """Forget the draft of ``key``; with ``only``, not if it says anything else by now."""
        said = None if only is None else whole_characters(only).strip()
        self._store.table(DRAFTS).remove(
            lambda row: row["key"] == key and (said is None or row["text"].strip() == said)
        )

    def discard_all(self, beginning: str) -> None:
        """Forget the drafts whose keys begin so."""
        self._store.table(DRAFTS).remove(lambda row: str(row["key"]).startswith(beginning))

    def move(self, key: str, to: str) -> bool:
        """Keep the draft of ``key`` under ``to`` instead. False, and nothing moves, where another one is."""
        with self._store.transaction():
            draft, other = self.load(key), self.load(to)
            if draft is None or (other is not None and other.text != draft.text):
                return False
            self.save(
                to, draft.text, cc=draft.cc, files=draft.files, validates=draft.validates, base=draft.base
            )
            self.discard(key)
        return True
