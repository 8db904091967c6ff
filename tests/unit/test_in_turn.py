"""Questions in turn: going back leads to the one before, and what was answered stands."""

from collections.abc import Iterator

import pytest

from tui.in_turn import InTurn

pytestmark = pytest.mark.anyio
BACK = None


class Analyst:
    """Answers by a list, and remembers what was asked and with which answer in the field."""

    def __init__(self, *answers: str | None) -> None:
        self._answers: Iterator[str | None] = iter(answers)
        self.asked: list[tuple[str, str | None]] = []
        self.turn = InTurn()

    async def says(self, key: str) -> str:
        async def question(before: str | None) -> str | None:
            self.asked.append((key, before))
            return next(self._answers)

        return await self.turn.answer(key, question)

    async def three(self) -> tuple[str, ...]:
        return await self.says("time"), await self.says("activity"), await self.says("comment")


async def test_answers_come_in_their_order_and_each_is_asked_for_once() -> None:
    analyst = Analyst("1h", "Suporte", "liguei")
    assert await analyst.turn.through(analyst.three) == ("1h", "Suporte", "liguei")
    assert [key for key, _ in analyst.asked] == ["time", "activity", "comment"]


async def test_going_back_asks_the_one_before_with_its_answer_and_keeps_the_earlier_ones() -> None:
    analyst = Analyst("1h", "Suporte", BACK, "Treinamento", "liguei")
    assert await analyst.turn.through(analyst.three) == ("1h", "Treinamento", "liguei")
    assert [key for key, _ in analyst.asked] == ["time", "activity", "comment", "activity", "comment"]
    assert analyst.asked[3] == ("activity", "Suporte")


async def test_going_back_from_the_first_gives_up() -> None:
    analyst = Analyst("1h", BACK, BACK)
    assert await analyst.turn.through(analyst.three) is None
    assert analyst.asked[-1] == ("time", "1h")


async def test_an_answer_that_leads_elsewhere_forgets_what_was_asked_on_the_other_way() -> None:
    analyst = Analyst("all", "yes", BACK, BACK, "each", "a", "b")

    async def script() -> list[str]:
        names = ["sure"] if await analyst.says("how") == "all" else ["first", "second"]
        return [await analyst.says(name) for name in (*names, "end")[: 2 if len(names) == 2 else None]]

    assert await analyst.turn.through(script) == ["a", "b"]
    assert [key for key, _ in analyst.asked] == ["how", "sure", "end", "sure", "how", "first", "second"]


async def test_a_script_may_go_back_by_itself() -> None:
    analyst = Analyst("no", "yes")

    async def script() -> str:
        said = await analyst.says("how")
        if said == "no":
            analyst.turn.back()
        return said

    assert await analyst.turn.through(script) == "yes"
