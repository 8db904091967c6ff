"""Questions asked on Slack and their answers, kept in the local store."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from tinydb import where

from clients.models.slack_talk import HANDED_OVER, Answer, Following, Question

if TYPE_CHECKING:
    from clients.store import Store

TABLE = "slack_questions"


class Questions:
    """Questions by id. Every call may wait for the disk: never call it from the screen's thread."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    def keep(self, question: Question) -> Question:
        """Keep a question, durable on return. One that is known stays as it is, and is returned."""
        with self._store.transaction():
            known = self.find(question.id)
            if known is None:
                self._put(question)
        return known or question

    def find(self, question_id: str) -> Question | None:
        """Return a question by id."""
        row = self._store.table(TABLE).get(where("id") == question_id)
        return None if row is None else Question.model_validate(row)

    def open(self) -> tuple[Question, ...]:
        """Return the questions whose threads are followed, oldest first."""
        return tuple(question for question in self._all() if question.state is Following.OPEN)

    def of_ticket(self, ticket_id: int) -> tuple[Question, ...]:
        """Return everything that was asked about a ticket, oldest first."""
        return tuple(question for question in self._all() if question.ticket_id == ticket_id)

    def answered(
        self, question_id: str, answers: Iterable[Answer]
    ) -> tuple[Question, tuple[Answer, ...]] | None:
        """Keep ``answers`` as all that there are; return the question with them, and those that are news.

        News are new ones and those whose text changed. None where the question is not known.
        """
        with self._store.transaction():
            before = self.find(question_id)
            if before is None:
                return None
            after = before.model_copy(update={"answers": tuple(answers)})
            known = {answer.ts: answer.text for answer in before.answers}
            if after != before:
                self._put(after)
        return after, tuple(answer for answer in after.answers if known.get(answer.ts) != answer.text)

    def set_state(self, question_id: str, state: Following) -> None:
        """Go on or stop following; a question that is not known is nothing to change."""
        with self._store.transaction():
            question = self.find(question_id)
            if question is not None and question.state is not state:
                self._put(question.model_copy(update={"state": state}))

    def settle_ticket(self, ticket_id: int) -> None:
        """Stop following everything that was asked about a ticket: it was decided."""
        with self._store.transaction():
            for question in self.of_ticket(ticket_id):
                if question.state is Following.OPEN:
                    self.set_state(question.id, Following.SETTLED)

    def settle_old(self, before: datetime, *, handed_over_before: datetime) -> None:
        """Stop following what was asked ``before`` about no ticket; a handover waits for the next shift."""
        with self._store.transaction():
            for question in self.open():
                oldest = handed_over_before if question.about == HANDED_OVER else before
                if question.ticket_id is None and question.asked_at < oldest:
                    self.set_state(question.id, Following.SETTLED)

    def settle_about(self, about: str) -> None:
        """Stop following everything that was asked ``about`` something that is no ticket."""
        with self._store.transaction():
            for question in self.open():
                if question.ticket_id is None and question.about == about:
                    self.set_state(question.id, Following.SETTLED)

    def _put(self, question: Question) -> None:
        self._store.put(TABLE, "id", [question.model_dump(mode="json")])

    def _all(self) -> list[Question]:
        questions = map(Question.model_validate, self._store.table(TABLE).all())
        return sorted(questions, key=lambda question: question.asked_at)
