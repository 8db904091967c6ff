"""A handover: what is passed on, what its text says, and who may acknowledge what."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from clients.models.chamado import Chamado, ChamadoEvent, Tool
from clients.models.feed import Feed, Trouble
from clients.models.fields import Vocabulary
from clients.models.handover import (
    WAITS,
    Handover,
    HandoverLine,
    Part,
    Portion,
    Preparation,
    awaited,
)
from clients.models.handover_lines import (
    Reply,
    chamados_portion,
    clocks_portion,
    open_portion,
    promises_portion,
    questions_portion,
    services_portion,
)
from clients.models.handover_news import sentences
from clients.models.handover_text import HEADING, LONGEST_LINE, handover_text
from clients.models.lifecycle import LABELS, ChamadoStatus
from clients.models.morning import CheckKind, Sight, SightLine, Weight
from clients.models.queue import Queue, QueueEntry
from clients.models.reference import Asked, RefKind
from clients.models.server_talk import Occupant
from clients.models.slack_talk import Answer, Question
from clients.models.slack_time import ts_of
from clients.models.ticket import Company, Ticket, TicketStats
from clients.models.workday import WorkCalendar
from widgets.handover_rows import SEEN_ROW, handed_rows

NOW = datetime(2026, 3, 4, 20, 0, tzinfo=UTC)
"""A Wednesday, five in the afternoon in São Paulo."""
HOUR = timedelta(hours=1)
ME, COLLEAGUE = 7, 8


def ticket(number: int, **more: object) -> Ticket:
    asked = {
        "subject": "CT-e parado",
        "company": Company(id=1, name="Loja Sol"),
        "created_at": NOW - 30 * HOUR,
        "updated_at": NOW - HOUR,
        "responder_id": ME,
        "stats": TicketStats(agent_responded_at=NOW - 5 * HOUR, requester_responded_at=NOW - 2 * HOUR),
        **more,
    }
    return Ticket.model_validate({"id": number, **asked})


def entries(*tickets: Ticket) -> tuple[QueueEntry, ...]:
    return Queue.read(tickets, me=ME, vocabulary=Vocabulary(), now=NOW).entries


def read(*tickets: Ticket) -> Feed[Ticket]:
    return Feed(tickets, as_of=NOW)


def reply(number: int, hours: int, text: str, ticket_id: int = 4102) -> Reply:
    return Reply(id=number, ticket_id=ticket_id, who="Ana", at=NOW - hours * HOUR, text=text)


def chamado(number: int, status: ChamadoStatus, deadline: date | None = None) -> Chamado:
    moved = ChamadoEvent(
        at=NOW - 3 * HOUR, who="Dev", status=status, before=ChamadoStatus.TRIAGEM, deadline=deadline
    )
    return Chamado(
        id=f"c{number}",
        number=number,
        title="Emissão trava",
        licence_email="a@exemplo.com.br",
        tool=Tool.SISTEMA,
        status=status,
        created_at=NOW - 50 * HOUR,
        updated_at=NOW,
        events=(moved,),
    )


class TestLines:
    def test_a_promise_says_who_gave_it_when_and_until_when(self) -> None:
        found = promises_portion(
            read(ticket(4102)), [reply(1, 6, "Retornamos até amanhã às 10h.")], NOW, WorkCalendar()
        )
        (line,) = found.lines
        assert line.key == "promessa:4102:1:0"
        assert line.text == (
            "#4102 · Loja Sol: «Retornamos até amanhã às 10h.» — nossa vez: até amanhã 10:00"
            " (dito hoje 11:00 por Ana)"
        )
        assert (line.ticket_id, line.weight) == (4102, Weight.PLAIN)

    def test_what_is_due_first_comes_first_and_what_is_overdue_is_red(self) -> None:
        said = [reply(1, 6, "Retornaremos até sexta."), reply(2, 6, "Retorno em 2 horas.", 4103)]
        found = promises_portion(read(ticket(4102), ticket(4103)), said, NOW, WorkCalendar())
        assert [line.ticket_id for line in found.lines] == [4103, 4102]
        assert [line.weight for line in found.lines] == [Weight.RED, Weight.PLAIN]
        assert "▲ venceu hoje 13:00" in found.lines[0].text

    def test_an_overdue_promise_was_kept_where_we_wrote_again(self) -> None:
        said = [reply(1, 6, "Retorno em 2 horas."), reply(2, 1, "Segue a correção.")]
        assert promises_portion(read(ticket(4102)), said, NOW, WorkCalendar()).lines == ()

    def test_one_that_is_still_to_be_kept_stays_and_says_that_we_wrote_again(self) -> None:
        said = [reply(1, 6, "Retornaremos até sexta."), reply(2, 1, "Ainda em análise.")]
        (line,) = promises_portion(read(ticket(4102)), said, NOW, WorkCalendar()).lines
        assert "até sex 06/03 (dito hoje 11:00 por Ana; escrevemos de novo hoje 16:00)" in line.text

    def test_of_a_closed_ticket_nothing_is_promised(self) -> None:
        closed = ticket(4102, status=5)
        assert (
            promises_portion(
                read(closed), [reply(1, 6, "Retornaremos até sexta.")], NOW, WorkCalendar()
            ).lines
            == ()
        )

    def test_clocks_of_tickets_and_chamados_end_in_one_order(self) -> None:
        soon, later = ticket(4102, due_by=NOW + 2 * HOUR), ticket(4103, due_by=NOW + 50 * HOUR)
        over = ticket(4104, due_by=NOW - HOUR)
        board = Feed(
            (
                chamado(12, ChamadoStatus.BACKLOG, date(2026, 3, 5)),
                chamado(13, ChamadoStatus.DOING, date(2026, 3, 3)),
                chamado(14, ChamadoStatus.DOING, date(2026, 3, 9)),
                chamado(15, ChamadoStatus.PUBLICADO, date(2026, 3, 3)),
            ),
            as_of=NOW,
        )
        tickets = (soon, later, over)
        found = clocks_portion(entries(*tickets), read(*tickets), board, LABELS, NOW)
        keys = [line.key for line in found.lines]
        assert keys == ["prazo-chamado:c13", "prazo:4104", "prazo:4102", "prazo-chamado:c12"]
        texts = [line.text for line in found.lines]
        assert texts[0] == "nº 13 · Emissão trava — prazo ▲ venceu 03/03; está em Doing"
        assert "solução ▲ venceu hoje 16:00; nossa vez desde hoje 15:00" in texts[1]
        assert texts[3] == "nº 12 · Emissão trava — prazo 05/03; está em Backlog"

    def test_what_is_open_says_whose_turn_it_is_since_when(self) -> None:
        ours = ticket(4102)
        theirs = ticket(4103, stats=TicketStats(agent_responded_at=NOW - HOUR))
        nobodys = ticket(4104, responder_id=None, stats=TicketStats())
        found = open_portion(entries(ours, theirs, nobodys), read(), NOW)
        told = {line.ticket_id: line.text for line in found.lines}
        assert "— nossa vez desde hoje 15:00" in told[4102]
        assert "— vez do cliente desde hoje 16:00" in told[4103]
        assert "— sem resposta desde ontem 11:00, sem responsável" in told[4104]

    def test_a_closed_one_and_one_with_its_clock_told_are_not_told_as_open(self) -> None:
        every = (ticket(2, status=5), ticket(3, due_by=NOW + HOUR))
        assert open_portion(entries(*every), read(*every), NOW).lines == ()

    def test_of_whom_a_ticket_is_its_line_says(self) -> None:
        known = Vocabulary(agents={COLLEAGUE: "Bruno Reis"})
        theirs = ticket(1, responder_id=COLLEAGUE), ticket(2, responder_id=COLLEAGUE, due_by=NOW + HOUR)
        found = Queue.read(theirs, me=ME, vocabulary=known, now=NOW).entries
        lines = (
            *open_portion(found, read(), NOW).lines,
            *clocks_portion(found, read(), Feed(), LABELS, NOW).lines,
        )
        assert [line.ticket_id for line in lines] == [1, 2]
        assert all("com Bruno Reis" in line.text for line in lines)

    def test_a_service_says_what_was_done_and_who_is_on_the_server(self) -> None:
        red = SightLine(key="loja sol/cte", text="Loja Sol · CTE: em falha", weight=Weight.RED)
        dealt = red.model_copy(update={"key": "loja lua/cte", "text": "Loja Lua · CTE: em falha"})
        dealt = dealt.model_copy(update={"dealt": "ciente por Ana"})
        sight = Sight(kind=CheckKind.SERVICES, lines=(red, dealt), read_at=NOW)
        there = {"loja sol": (Occupant(who="Bruno", since=NOW - HOUR, sure=True),)}
        told = [line.text for line in services_portion(sight, there, NOW).lines]
        assert told == [
            "Loja Sol · CTE: em falha — ninguém anotou o que fez — Bruno está lá desde 16:00 (há 1 h)",
            "Loja Lua · CTE: em falha — ciente por Ana",
        ]

    def test_only_chamados_that_wait_for_us_are_told(self) -> None:
        board = Feed(
            (chamado(12, ChamadoStatus.AGUARDANDO_INFORMACOES), chamado(13, ChamadoStatus.DOING)), as_of=NOW
        )
        (line,) = chamados_portion(board, LABELS, NOW).lines
        assert line.text.startswith(
            "nº 12 · Emissão trava — nossa vez: Aguardando Informações desde hoje 14:00"
        )

    def test_a_question_says_whether_it_was_answered(self) -> None:
        asked = Question(
            id="C1/1.0",
            channel="C1",
            place="gestor",
            ts="1.0",
            ticket_id=4102,
            text="Quem?",
            asked_at=NOW - HOUR,
        )
        answer = Answer(ts=f"{NOW.timestamp():.6f}", who="Rui", text="Ana pega")
        answered = asked.model_copy(update={"id": "C1/2.0", "answers": (answer,)})
        told = [line.text for line in questions_portion((asked, answered), NOW).lines]
        assert told == [
            "#4102 · gestor: «Quem?» — sem resposta desde hoje 16:00",
            "#4102 · gestor: «Quem?» — Rui respondeu hoje 17:00: «Ana pega»",
        ]

    def test_what_could_not_be_read_is_said(self) -> None:
        failed = Feed[Ticket]().failed(Trouble("Freshdesk", "não respondeu"))
        assert open_portion((), failed, NOW).trouble == "não respondeu"
        assert open_portion((), Feed(), NOW).trouble == "ainda sem leitura"


def line(key: str, part: Part = Part.OPEN, text: str = "algo") -> HandoverLine:
    return HandoverLine(key=key, part=part, text=text)


class TestPreparation:
    PORTIONS = (Portion(part=Part.OPEN, lines=(line("a"), line("b"))),)

    def test_lines_are_left_out_noted_and_added(self) -> None:
        made = (
            Preparation(who="Ana")
            .with_only(["a"], passed_on=False)
            .noted("b", " ligar ")
            .with_line("livre:1", "chave na\nportaria")
        )
        assert [(one.key, one.note) for one in made.lines(self.PORTIONS)] == [("b", "ligar"), ("livre:1", "")]
        assert [one.key for one in made.all_lines(self.PORTIONS)] == ["a", "b", "livre:1"]
        assert made.added[0].text == "chave na portaria"
        assert made.with_only(["a"], passed_on=True).left_out == frozenset()

    def test_an_empty_note_and_an_empty_line_are_taken_away(self) -> None:
        made = Preparation(who="Ana").noted("b", "x").with_line("livre:1", "y")
        made = made.noted("b", "").with_line("livre:1", " ")
        assert (made.notes, made.added) == ({}, ())


class TestText:
    def test_it_names_each_part_its_lines_and_notes_and_what_was_not_read(self) -> None:
        noted = line("a", Part.PROMISES, "#1 · Loja").model_copy(update={"note": "ligar\njá"})
        portions = (Portion(part=Part.SERVICES, absent="Monitoramento não configurado"),)
        text = handover_text((noted, line("b")), portions, who="Ana", at=NOW)
        assert text.splitlines() == [
            f"{HEADING}, quarta 04/03/2026 17:00, por Ana",
            "Promessas a clientes: 1",
            "  • #1 · Loja",
            "    Nota: ligar já",
            "Serviços que não estão bem: Monitoramento não configurado",
            "Tickets em aberto: 1",
            "  • algo",
            "Nada a passar em: prazos vencendo, chamados à nossa espera, perguntas no Slack.",
        ]

    def test_a_part_that_was_left_out_is_not_said_to_hold_nothing(self) -> None:
        portions = (Portion(part=Part.PROMISES, lines=(line("a", Part.PROMISES, "#1 · Loja"),)),)
        text = handover_text((line("b"),), portions, who="Ana", at=NOW)
        assert "Promessas a clientes: 1, fora desta passagem" in text.splitlines()
        assert "promessas" not in text.splitlines()[-1]

    def test_what_the_analyst_wrote_leaves_without_what_has_to_stay_inside(self) -> None:
        noted = line("a").model_copy(update={"note": "senha: Segredo123"})
        own = line("livre:1", Part.ADDED, "CPF 111.444.777-35 espera")
        text = handover_text((noted, own), (), who="Ana", at=NOW)
        assert "Segredo123" not in text
        assert "111.444.777-35" not in text

    def test_what_was_found_leaves_without_it_as_well(self) -> None:
        found = line("a", Part.PROMISES, "#1 · Loja: «retorno até as 15h, a senha: Segredo123»")
        assert "Segredo123" not in handover_text((found,), (), who="Ana", at=NOW)

    def test_it_fits_by_naming_fewer_lines_of_each_part(self) -> None:
        lines = [line(str(number), text="x" * (LONGEST_LINE + 50)) for number in range(30)]
        text = handover_text(lines, (), who="Ana", at=NOW, longest=4000)
        assert len(text) <= 4000
        assert "Tickets em aberto: 30" in text
        assert "  e mais 20" in text

    def test_a_line_with_a_note_is_named_however_many_there_are(self) -> None:
        lines = [line(str(number), text=f"{number} " + "x " * LONGEST_LINE) for number in range(200)]
        lines[150] = lines[150].model_copy(update={"note": "ligar antes das nove"})
        text = handover_text(lines, (), who="Ana", at=NOW, longest=1500)
        assert len(text) <= 1500
        assert "Nota: ligar antes das nove" in text
        assert re.search(r"e mais \d+", text)

    def test_it_is_never_longer_than_what_the_channel_takes(self) -> None:
        noted = line("a").model_copy(update={"note": "x" * LONGEST_LINE})
        lines = [noted.model_copy(update={"key": str(number)}) for number in range(300)]
        assert len(handover_text(lines, (), who="Ana", at=NOW, longest=4000)) == 4000


@pytest.mark.parametrize(
    ("made", "asked"),
    [
        ({"ticket_id": 4102}, Asked(4102, (RefKind.TICKET,))),
        ({"ticket_id": 4102, "chamado": 12}, Asked(12, (RefKind.CHAMADO,))),
        ({"part": Part.ADDED, "text": "ver a tarefa #77 e o ticket 4102"}, Asked(77, (RefKind.TASK,))),
        ({"part": Part.ADDED, "text": "a chave está na portaria"}, None),
        ({"service": "loja/cte"}, None),
    ],
)
def test_a_line_leads_to_what_it_is_about(made: dict[str, object], asked: Asked | None) -> None:
    assert line("a").model_copy(update=made).leads_to == asked


class TestAcknowledging:
    HANDED = Handover(id="h1", who="Ana Lima", at=NOW, lines=(line("a"), line("b")))

    def test_each_line_is_acknowledged_by_whoever_is_first(self) -> None:
        seen = self.HANDED.acknowledged(["a"], "Bruno", NOW + HOUR).acknowledged(
            ["a"], "Caio", NOW + 2 * HOUR
        )
        given = seen.acknowledgement("a")
        assert given is not None
        assert (given.who, given.at) == ("Bruno", NOW + HOUR)
        assert [one.key for one in seen.waiting] == ["b"]

    def test_not_by_who_handed_over_nor_of_what_is_not_in_it(self) -> None:
        with pytest.raises(ValueError, match="esta passagem é sua"):
            self.HANDED.acknowledged(["a"], "ana lima", NOW)
        with pytest.raises(ValueError, match="não está na passagem"):
            self.HANDED.acknowledged(["c"], "Bruno", NOW)

    def test_what_is_asked_goes_along_with_ones_own_acknowledgement(self) -> None:
        asked = self.HANDED.asked_back("a", "Bruno", NOW, " qual servidor? ")
        given = asked.acknowledgement("a")
        assert given is not None
        assert (given.who, given.note) == ("Bruno", "qual servidor?")
        assert asked.asked_back("a", "bruno", NOW, "").acknowledged(["b"], "Bruno", NOW).waiting == ()
        with pytest.raises(ValueError, match="A ciência é de Bruno"):
            asked.asked_back("a", "Caio", NOW, "e eu?")
        with pytest.raises(ValueError, match="esta passagem é sua"):
            self.HANDED.asked_back("a", "Ana Lima", NOW, "?")

    def test_who_handed_over_reads_who_took_in_how_much_and_what_is_asked(self) -> None:
        some = self.HANDED.asked_back("a", "Bruno", NOW, "qual servidor?")
        assert [*sentences(some, some.seen, NOW + HOUR)] == [
            "Bruno deu ciência de 1 linha da sua passagem de hoje 17:00; sem ciência: 1 de 2.",
            "Bruno, na sua passagem: qual servidor? (sobre «algo»)",
        ]
        done = some.acknowledged(["b"], "Caio", NOW)
        assert [*sentences(done, done.seen[1:], NOW)] == [
            "Caio deu ciência de 1 linha da sua passagem de hoje 17:00; tudo com ciência."
        ]
        assert [*sentences(done, (), NOW)] == []

    def test_its_page_says_who_took_in_which_line_what_waits_and_what_was_answered(self) -> None:
        answer = Answer(ts=ts_of(NOW), who="Caio", text="Ciente,\nobrigado")
        some = self.HANDED.asked_back("a", "Bruno", NOW, "qual servidor?")
        rows = {row.key: row for row in handed_rows(some, "publicada", NOW, (answer,))}
        seen = rows[SEEN_ROW]
        assert seen.text == "Ciência · Bruno 1 · 1 resposta no Slack"
        assert [f"{sign.text} {text}" for sign, text in seen.details] == [
            "» Caio, hoje 17:00, no Slack: Ciente, obrigado",
            "» Bruno: qual servidor? (sobre «algo»)",
            "☐ sem ciência: algo",
            "✓ Bruno, hoje 17:00: algo",
        ]
        assert (rows["a"].is_asked, rows["b"].is_asked) == (True, False)
        assert rows["a"].details[-1][1] == "Bruno: qual servidor?"
        assert SEEN_ROW not in {row.key for row in handed_rows(Handover(id="h", who="A", at=NOW), "", NOW)}

    def test_a_narrow_row_keeps_whose_turn_it_is_in_view(self) -> None:
        long = HandoverLine(key="a", part=Part.OPEN, text=f"#1 · {'x' * 60} — nossa vez desde hoje 15:00")
        rows = handed_rows(self.HANDED.model_copy(update={"lines": (long,)}), "", NOW)
        drawn = "".join(piece.text for piece in rows[-1].draw(60))
        assert drawn.endswith("x… — nossa vez desde hoje 15:00")
        assert len(drawn) == 60
        assert "".join(piece.text for piece in rows[-1].draw(200)).endswith(long.text)

    def test_only_ones_own_is_taken_back(self) -> None:
        seen = self.HANDED.acknowledged(["a"], "Bruno", NOW)
        with pytest.raises(ValueError, match="A ciência é de Bruno"):
            seen.taken_back("a", "Caio")
        assert seen.taken_back("a", "Bruno") == self.HANDED

    def test_the_last_one_of_each_other_person_waits_for_some_days(self) -> None:
        old = self.HANDED.model_copy(update={"id": "h0", "at": NOW - HOUR})
        bia = self.HANDED.model_copy(update={"id": "h2", "who": "Bia", "at": NOW + HOUR})
        every = (old, bia, self.HANDED)
        assert [one.id for one in awaited(every, "Caio", NOW + 2 * HOUR)] == ["h2", "h1"]
        assert [one.id for one in awaited(every, "Ana Lima", NOW + 2 * HOUR)] == ["h2"]
        assert awaited(every, "Caio", NOW + WAITS + 2 * HOUR) == ()
        done = self.HANDED.acknowledged(["a"], "Caio", NOW).acknowledged(["b"], "Caio", NOW)
        assert awaited((done,), "Caio", NOW) == ()
