"""An answer of an OpenAI-compatible server as it comes: events, or one JSON; whole, cut or broken off."""

import codecs
import json
from collections.abc import Callable, Mapping
from enum import StrEnum

MAX_ANSWER = 20_000
"""Characters that are read; a description has fewer."""
MAX_BYTES = 4_000_000
"""Of the stream, whose envelopes are many times as long as the words in them."""
MAX_EVENT = 100_000
"""Characters of one event: the words are few at a time."""
_DONE = "[DONE]"
_ILLEGIBLE = "mandou um trecho ilegível"


class Finish(StrEnum):
    """Why an answer ends."""

    STOP = "stop"
    LENGTH = "length"
    """It grew too long, and its end is missing."""
    FILTER = "content_filter"
    """The server kept something back."""


class AnswerStream:
    """Takes the bytes of an answer as `Http.converse` hands them over.

    What comes is told by its first letter, since servers mislabel it: ``{`` opens one whole JSON, anything
    else is a stream of events.
    """

    max_bytes = MAX_BYTES

    def __init__(self, told: Callable[[int], None]) -> None:
        """``told`` hears how many characters there are by now; first of the first one."""
        self._told = told
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._rest = ""
        self._data: list[str] = []
        self._held = 0
        self._whole: bool | None = None
        self._pieces: list[str] = []
        self._length = 0
        self._done = False
        self.fault = ""
        """What the server said went wrong within the answer."""
        self.finish: Finish | None = None
        """Why it ended; None where that was never said."""

    @property
    def text(self) -> str:
        """What the model said so far."""
        return "".join(self._pieces)

    @property
    def is_complete(self) -> bool:
        """Whether it came to its end: it was cut off otherwise."""
        return self._done or self.finish is not None

    def write(self, piece: bytes) -> bool:
        """Take a piece; False once the end, an error, or more than enough has come."""
        self._rest += self._decoder.decode(piece)
        if self._whole is None and self._rest.strip():
            self._whole = self._rest.lstrip("\ufeff \r\n\t").startswith("{")
        if self._whole:
            return True
        *lines, self._rest = self._rest.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        for line in lines:
            self._line(line)
        if len(self._rest) > MAX_EVENT:
            self.fault = self.fault or _ILLEGIBLE
        return not self._is_over

    def close(self) -> None:
        """The connection ended: take what still lies here."""
        if self._whole:
            self._event(self._rest)
            self._done = self._done or bool(self._pieces)
        elif not self._is_over:
            self._line(self._rest)
            self._line("")
        self._rest = ""

    @property
    def _is_over(self) -> bool:
        return self._done or bool(self.fault) or self._length >= MAX_ANSWER

    def _line(self, line: str) -> None:
        """One line of a stream of events; comments, ids and names of events say nothing to us."""
        if not line:
            if self._data and not self._event("\n".join(self._data)):
                self.fault = self.fault or _ILLEGIBLE
            self._data, self._held = [], 0
            return
        name, _, value = line.partition(":")
        if name != "data" or self._is_over:
            return
        value = value.removeprefix(" ")
        if value.strip() == _DONE:
            self._done = True
            return
        if not self._data and self._event(value):  # nearly always: one line, one event
            return
        self._data.append(value)
        self._held += len(value)
        if self._held > MAX_EVENT:
            self.fault = self.fault or _ILLEGIBLE

    def _event(self, text: str) -> bool:
        """Take one JSON object; False where it is not (yet) one."""
        try:
            event = json.loads(text.lstrip("\ufeff"), parse_constant=lambda _: None)
        except (ValueError, RecursionError):
            return False
        if isinstance(event, Mapping):
            self.fault = self.fault or fault_of(event)
            choices = event.get("choices")
            # empty where only the usage is told
            if isinstance(choices, list) and choices and isinstance(choices[0], Mapping):
                self._choice(choices[0])
        return True

    def _choice(self, choice: Mapping[str, object]) -> None:
        for key in ("delta", "message"):
            said = choice.get(key)
            if isinstance(said, Mapping):
                self._take(_words(said.get("content")))
        reason = choice.get("finish_reason")
        if isinstance(reason, str) and reason:
            known = {one.value for one in Finish}
            self.finish = Finish(reason) if reason in known else Finish.STOP

    def _take(self, words: str) -> None:
        if not words:
            return
        self._pieces.append(words[: MAX_ANSWER - self._length])
        self._length += len(self._pieces[-1])
        if self._length >= MAX_ANSWER:
            self.finish = Finish.LENGTH
        self._told(self._length)


def fault_of(body: Mapping[str, object]) -> str:
    """Return what ``{"error": {"message": …}}`` says, in any of its shapes; nothing where it is none."""
    error = body.get("error")
    if isinstance(error, Mapping):
        return str(error.get("message") or error.get("code") or error.get("type") or "erro sem explicação")
    if isinstance(error, str) and error:
        return error
    if body.get("object") == "error":
        return str(body.get("message") or "erro sem explicação")
    return ""


def _words(content: object) -> str:
    """A text, or a list of parts with texts; absent or null where nothing is said."""
    if isinstance(content, str):
        return content
    if isinstance(content, list):
        return "".join(str(part.get("text") or "") for part in content if isinstance(part, Mapping))
    return ""
