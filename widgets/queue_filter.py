"""The filter of the queue."""

from clients.models.queue import QueueEntry

from .word_filter import WordFilter


class QueueFilter(WordFilter[QueueEntry]):
    """Searches entries by words, in any order, without accents and case."""

    def __init__(self) -> None:
        super().__init__(lambda entry: entry.id, QueueEntry.haystack)
