"""Questions one after the other, of which going back leads to the one before. Knows no screen."""

from collections.abc import Awaitable, Callable
from typing import NoReturn, TypeVar, cast

Answer = TypeVar("Answer")
Outcome = TypeVar("Outcome")


class WentBackError(Exception):
    """The analyst went back from a question: caught by `InTurn.through`, and by nobody else."""


class InTurn:
    """Asks the questions of a script, in which each may hang on what was answered before.

    Going back begins the script anew and gives it the answers up to the question before, which is asked
    again. A script therefore does nothing but read and ask until its last question is answered.
    """

    def __init__(self) -> None:
        self._given: list[tuple[str, object]] = []
        """The answers that stand, in their order, with the keys of their questions."""
        self._last: dict[str, object] = {}
        """The last answer to each question, whether it stands or not."""
        self._place = 0
        self._is_over = False

    async def through(self, script: Callable[[], Awaitable[Outcome]]) -> Outcome | None:
        """What ``script`` comes to; None where the analyst goes back from its first question."""
        while True:
            self._place = 0
            try:
                return await script()
            except WentBackError:
                if self._is_over:
                    return None

    async def answer(self, key: str, question: Callable[[Answer | None], Awaitable[Answer | None]]) -> Answer:
        """The answer to ``question``, which is told the last one and gives None to go back.

        ``key`` tells it from the other questions of the script. Raises WentBackError.
        """
        stands = self._place < len(self._given) and self._given[self._place][0] == key
        if not stands:
            del self._given[self._place :]
            given = await question(cast("Answer | None", self._last.get(key)))
            if given is None:
                self.back()
            self._given.append((key, given))
            self._last[key] = given
        self._place += 1
        return cast("Answer", self._given[self._place - 1][1])

    def back(self) -> NoReturn:
        """Go to the question before the one that would be next; where there is none it is over."""
        self._is_over = self._place == 0
        del self._given[max(0, self._place - 1) :]
        raise WentBackError
