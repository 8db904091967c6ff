"""R11, R14, R15, R19, R22: what the routine asks of a ticket and its tasks."""

from datetime import UTC, datetime

import pytest

from clients.models.conversation import Conversation
from clients.models.fields import Vocabulary
from clients.models.rules.closing import Closing, client_ok
from clients.models.rules.matching_type import Match, tipo_and_tracker
from clients.models.rules.planning import planning_changes
from clients.models.rules.time_spent import finish_needs_time
from clients.models.rules.unanswered import unanswered
from clients.models.task import Named, Task, TaskStatus
from clients.models.ticket import CLOSED, OPEN, PENDING, Requester, Ticket, TicketStats
from clients.models.ticket_changes import Change

WHEN = datetime(2026, 7, 31, 12, tzinfo=UTC)
WORDS = Vocabulary(statuses={OPEN: "Aberto", CLOSED: "Fechado"})
TRACKERS = (Named(id=1, name="Bug"), Named(id=7, name="PLANEJAMENTO"))


def ticket(**fields: object) -> Ticket:
    return Ticket.model_validate({"id": 10, "created_at": WHEN, "updated_at": WHEN, **fields})


def task(number: int = 5, tracker: str = "Bug") -> Task:
    known = {each.name: each for each in TRACKERS}
    return Task(
        id=number,
        project=Named(id=1),
        tracker=known.get(tracker, Named(id=99, name=tracker)),
        status=TaskStatus(id=1),
        created_on=WHEN,
        updated_on=WHEN,
    )


def said(text: str, by: str = "c", number: int = 1, **fields: object) -> Conversation:
    """``by`` is ``c`` the client, ``r`` a reply, ``n`` a note."""
    wire = {"id": number, "incoming": by == "c", "private": by == "n", "text": text, **fields}
    return Conversation.model_validate({**wire, "created_at": WHEN, "updated_at": WHEN})


class TestUnanswered:
    def test_only_a_public_answer_that_arrived_counts(self) -> None:
        assert unanswered(ticket(), [])
        assert unanswered(ticket(), [said("oi"), said("ver", "n"), said("oi", "r", email_failure_count=1)])
        assert not unanswered(ticket(), [said("em análise", "r")])

    def test_without_the_messages_the_times_decide_as_in_the_queue(self) -> None:
        assert unanswered(ticket(stats=TicketStats()))
        assert not unanswered(ticket(stats=TicketStats(first_responded_at=WHEN)))
        assert not unanswered(ticket())

    def test_what_is_closed_waits_for_nobody(self) -> None:
        assert not unanswered(ticket(status=CLOSED), [])


class TestTipo:
    def test_equal_whatever_the_accents_case_and_blanks(self) -> None:
        found = tipo_and_tracker(
            ticket(type="Treinamento/Orientação"), [task(tracker="treinamento / orientacao")]
        )
        assert (found.match, found.mend) == (Match.EQUAL, "")

    def test_different_says_what_makes_them_equal(self) -> None:
        found = tipo_and_tracker(ticket(type="Dúvida"), [task(5, "Bug")])
        assert (found.match, found.tipo, found.tracker) == (Match.DIFFER, "Dúvida", "Bug")
        assert found.mend == "Mude o Tipo do ticket para “Bug”, ou o tipo da tarefa #5 para “Dúvida”."

    def test_what_each_side_would_become_is_told_apart(self) -> None:
        found = tipo_and_tracker(ticket(type="Dúvida"), [task(5, "Bug")], {"Dúvida": "Suporte"})
        assert (found.tipo_wanted, found.tracker_wanted) == ("Bug", "Suporte")
        equal = tipo_and_tracker(ticket(type="Bug"), [task(5, "Bug")])
        assert (equal.tipo_wanted, equal.tracker_wanted) == ("", "")

    def test_an_empty_tipo_is_to_be_filled_in(self) -> None:
        found = tipo_and_tracker(ticket(type=None), [task(5, "Bug")])
        assert (found.match, found.mend) == (Match.DIFFER, "Mude o Tipo do ticket para “Bug”.")

    def test_two_systems_may_call_it_differently(self) -> None:
        same = {"Dúvida": "Suporte"}
        assert tipo_and_tracker(ticket(type="duvida"), [task(5, "SUPORTE")], same).match is Match.EQUAL
        assert "“Dúvida”" in tipo_and_tracker(ticket(type="Bug"), [task(5, "Suporte")], same).mend
        assert "“Suporte”" in tipo_and_tracker(ticket(type="Dúvida"), [task(5, "Bug")], same).mend

    def test_several_tasks_suspend_the_rule_and_none_has_nothing_to_compare(self) -> None:
        assert tipo_and_tracker(ticket(type="Dúvida"), [task(1), task(2)]).match is Match.SUSPENDED
        assert tipo_and_tracker(ticket(type="Bug"), []).match is Match.NO_TASK


class TestTime:
    @pytest.mark.parametrize(
        ("logged", "running", "rule"),
        [
            (0, 0, "tempo.nada"),
            (0, 12, "tempo.correndo"),
            (30, 0.2, "tempo.correndo"),
            (1, 0, None),
        ],
    )
    def test_finishing_needs_every_minute_logged(
        self, logged: float, running: float, rule: str | None
    ) -> None:
        finding = finish_needs_time(logged, running)
        assert (finding.rule if finding else None) == rule

    def test_the_running_timer_is_named(self) -> None:
        for running, words in ((12, "em 12 min"), (0.2, "menos de 1 min")):
            finding = finish_needs_time(0, running)
            assert finding is not None
            assert words in finding.message
            assert finding.example


class TestPlanning:
    TEXT = "Olá, {{ticket.requester.firstname}}! Virou planejamento."

    def test_the_task_changes_its_tracker_and_the_ticket_is_closed(self) -> None:
        asked = ticket(requester=Requester(id=1, name="Marina Alves"))
        plan = planning_changes(asked, [task(5)], TRACKERS, WORDS, self.TEXT)
        assert (plan.task_id, plan.tracker, plan.status, plan.trouble) == (5, TRACKERS[1], CLOSED, "")
        assert plan.reply == "Olá, Marina! Virou planejamento."
        assert plan.changes == (
            Change("Tipo da tarefa #5", "Bug", "PLANEJAMENTO"),
            Change("Situação", "Aberto", "Fechado"),
        )

    def test_the_ticket_takes_the_tipo_where_the_account_has_it(self) -> None:
        words = WORDS.model_copy(update={"types": ("Bug", "Planejamento")})
        plan = planning_changes(ticket(type="Bug"), [task(5)], TRACKERS, words, "x")
        assert plan.tipo == "Planejamento"
        assert Change("Tipo", "Bug", "Planejamento") in plan.changes
        for asked, trackers in ((ticket(type="Planejamento"), TRACKERS), (ticket(type="Bug"), TRACKERS[:1])):
            assert planning_changes(asked, [task(5)], trackers, words, "x").tipo == ""

    def test_what_is_so_already_does_not_change(self) -> None:
        plan = planning_changes(ticket(status=CLOSED), [task(5, "PLANEJAMENTO")], TRACKERS, WORDS, "x")
        assert (plan.tracker, plan.changes, plan.trouble) == (None, (), "")

    @pytest.mark.parametrize(
        ("tasks", "trackers", "trouble"),
        [
            ([], TRACKERS, "O ticket não tem tarefa"),
            ([task(1), task(2)], TRACKERS, "O ticket tem 2 tarefas"),
            ([task(5)], TRACKERS[:1], "tarefa #5 não tem o tipo Planejamento"),
        ],
    )
    def test_what_stands_in_the_way_is_said_and_the_ticket_closes_all_the_same(
        self, tasks: list[Task], trackers: tuple[Named, ...], trouble: str
    ) -> None:
        plan = planning_changes(ticket(status=PENDING), tasks, trackers, WORDS, "x")
        assert trouble in plan.trouble
        assert plan.tracker is None
        assert [change.after for change in plan.changes] == ["Fechado"]


class TestClosing:
    @pytest.mark.parametrize(
        ("text", "quote"),
        [
            ("Ok", "Ok"),
            ("OK 👍", "OK"),
            ("Deu certo, obrigada!", "Deu certo"),
            ("Testei e está funcionando normalmente.", "funcionando"),
            ("Problema resolvido.", "resolvido"),
            ("Muito obrigado, resolveu meu problema", "resolveu"),
            ("Não precisa mais, pode encerrar", "pode encerrar"),
            ("podem fechar", "podem fechar"),
            ("Não deu mais erro.", "Não deu mais erro"),
            ("Não, deu certo sim", "deu certo"),
            ("Tudo certo por aqui!", "Tudo certo"),
            ("Bom dia!\n\nConseguimos emitir.\n\n> Ainda não funciona\n> Bia", "Conseguimos"),
        ],
    )
    def test_an_ok_is_found_with_its_words(self, text: str, quote: str) -> None:
        found = client_ok([said("Corrigimos.", "r"), said(text, number=2)])
        assert (found.closing, found.quote, found.message_id) == (Closing.OK, quote, 2)
        assert found.span is not None
        assert text[slice(*found.span)] == quote
        assert not found.answered
        assert not found.may_close

    @pytest.mark.parametrize(
        ("text", "closing", "quote"),
        [
            ("Não deu certo", Closing.COMPLAINT, "Não deu certo"),
            ("Ainda não funcionou.", Closing.COMPLAINT, "Ainda não funcionou"),
            ("Funcionou, mas agora dá outro erro.", Closing.COMPLAINT, "outro erro"),
            ("Favor não fechar ainda", Closing.COMPLAINT, "não fechar"),
            ("O problema persiste", Closing.COMPLAINT, "persiste"),
            ("Testamos e não funciona mais", Closing.COMPLAINT, "não funciona"),
            ("Bom dia, tudo certo. O sistema travou.", Closing.COMPLAINT, "travou"),
            ("Deu certo?", Closing.QUESTION, "Deu certo?"),
            ("Funcionou! Como incluo outro?", Closing.QUESTION, "Como incluo outro?"),
            ("Obrigado", Closing.WEAK, "Obrigado"),
            ("ok, vou testar", Closing.UNCLEAR, ""),
            ("Se funcionar, aviso.", Closing.UNCLEAR, ""),
            ("Ok, aguardo", Closing.UNCLEAR, ""),
            ("Olá, tudo certo. Segue o print.", Closing.UNCLEAR, ""),
            ("", Closing.UNCLEAR, ""),
        ],
    )
    def test_anything_else_is_no_ok(self, text: str, closing: Closing, quote: str) -> None:
        found = client_ok([said("Corrigimos.", "r"), said(text, number=2)])
        assert (found.closing, found.quote) == (closing, quote)
        assert not found.may_close

    def test_the_ok_that_was_answered_closes(self) -> None:
        found = client_ok([said("Deu certo!", number=1), said("ver", "n", 2), said("Ótimo.", "r", 3)])
        assert (found.closing, found.message_id, found.answered) == (Closing.OK, 1, True)
        assert found.may_close
        assert found.said.endswith("pode fechar.")

    def test_a_note_is_no_answer(self) -> None:
        assert not client_ok([said("Deu certo!"), said("pode fechar", "n", 2)]).answered

    def test_thanks_after_the_answer_do_not_take_the_ok_back(self) -> None:
        found = client_ok([said("Deu certo!"), said("Ótimo.", "r", 2), said("Obrigada!", number=3)])
        assert (found.closing, found.message_id) == (Closing.OK, 1)
        assert found.may_close

    def test_a_complaint_after_the_ok_does(self) -> None:
        talk = [said("Deu certo!"), said("Ótimo.", "r", 2), said("Parou de novo, não funciona", number=3)]
        assert client_ok(talk).closing is Closing.COMPLAINT

    def test_where_the_last_word_is_ours_the_client_has_not_reacted(self) -> None:
        found = client_ok([said("Não abre"), said("Corrigimos.", "r", 2)])
        assert (found.closing, found.answered) == (Closing.OURS_LAST, True)
        assert client_ok([said("Corrigimos.", "r")]).closing is Closing.OURS_LAST

    def test_nothing_but_notes_is_silence(self) -> None:
        assert client_ok([said("deu certo", "n")]).closing is Closing.SILENT
        assert client_ok([]).closing is Closing.SILENT
