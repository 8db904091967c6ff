"""Where an answer goes that is not kept whole in memory."""

from collections.abc import Callable
from typing import BinaryIO, Protocol

from .errors import StoreError
from .os_faults import os_fault


class Into(Protocol):
    """Takes an answer piece by piece."""

    @property
    def max_bytes(self) -> int:
        """More than this is not taken."""
        ...

    def write(self, piece: bytes) -> bool:
        """Take a piece; tell whether more is wanted."""
        ...


class Sink:
    """An open binary file, how much went into it, and why no more could."""

    def __init__(self, into: BinaryIO, max_bytes: int) -> None:
        self._into = into
        self.max_bytes = max_bytes
        self.size = 0
        self.fault: StoreError | None = None

    def write(self, piece: bytes) -> bool:
        """Write ``piece``; tell whether that went well, else ``fault`` says why."""
        self.size += len(piece)
        return self._tried(lambda: self._into.write(piece))

    def flush(self) -> None:
        """Hand over what the file still holds back."""
        self._tried(self._into.flush)

    def _tried(self, step: Callable[[], object]) -> bool:
        try:
            step()
        except OSError as error:
            self.fault = StoreError(f"não foi possível gravar o arquivo: {os_fault(error)}")
        return self.fault is None
