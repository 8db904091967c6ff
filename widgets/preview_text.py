"""A ticket with its conversation as readable lines. Pure: models in, lines for a width out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from clients.models.chamado import Chamado
from clients.models.conversation import Conversation, Voice
from clients.models.fields import Vocabulary
from clients.models.lifecycle import LABELS, Labels
from clients.models.quoted import split_quote
from clients.models.rules.matching_type import Match, tipo_and_tracker
from clients.models.task import Task
from clients.models.ticket import Attachment, Ticket
from clients.models.ticket_view import TicketView

from . import phrases
from .cells import Ground, Line, Piece, Tone, clip, clip_line, fit, line_width, wrap
from .chamado_told import chamado_pieces
from .queue_row import clock_tone
from .reasons import trouble_line

_LABEL = 10
"""Cells of the names in front of the ticket's facts."""


@dataclass(frozen=True)
class PreviewLine:
    """A line and what lies behind it."""

    line: Line
    ground: Ground = Ground.PLAIN


@dataclass(frozen=True)
class _Speech:
    """One message as it is shown."""

    voice: Voice
    who: str
    when: datetime
    text: str
    attachments: tuple[Attachment, ...]
    bounced: bool = False


_EDGES = {
    # left edge of every line of a message, its tone, and the words of its heading: told apart without colour
    Voice.CLIENT: ("", Tone.PLAIN, "◄ cliente", Tone.ACCENT, Ground.PLAIN),
    Voice.REPLY: ("│ ", Tone.DIM, "► resposta", Tone.GOOD, Ground.PLAIN),
    Voice.NOTE: ("NOTA ┃ ", Tone.WARN, "NOTA INTERNA", Tone.WARN, Ground.NOTE),
}


def preview_lines(
    view: TicketView,
    vocabulary: Vocabulary,
    now: datetime,
    width: int,
    *,
    quotes: bool = False,
    quotes_key: str = "Enter",
    trackers: Mapping[str, str] | None = None,
    mended_by: str = "",
    chamados: Sequence[Chamado] = (),
    labels: Labels = LABELS,
    validated_by: str = "",
) -> list[PreviewLine]:
    """Everything about ``view`` in lines of ``width`` cells; ``quotes`` shows quoted tails as well.

    ``quotes_key`` is named where one is folded; ``mended_by`` where Tipo and tracker differ, which
    ``trackers`` (Tipo → tracker) says where the two systems use different words. ``chamados`` are the
    ticket's own, told in ``labels``; ``validated_by`` is named where one is published.
    """
    lines = [PreviewLine(line) for line in _facts(view, vocabulary, now, width)]
    for number, chamado in enumerate(chamados):
        name = "" if number else "chamado"
        lines += [
            PreviewLine(line)
            for line in _fact(name, chamado_pieces(chamado, view, labels, validated_by), width)
        ]
    lines += [PreviewLine(line) for line in _types(view, trackers, mended_by, width)]
    for speech in _speeches(view, vocabulary):
        lines.append(PreviewLine(()))
        lines += _message(speech, now, width, "" if quotes else quotes_key)
    if view.conversations.trouble:
        lines += [PreviewLine(()), PreviewLine(clip_line(trouble_line(view.conversations.trouble), width))]
    elif view.conversations.as_of is None:
        word = "↻ lendo a conversa…" if view.conversations.loading else "Conversa ainda não lida."
        lines += [PreviewLine(()), PreviewLine((Piece(f" {word}", Tone.DIM),))]
    elif not view.conversations.items:
        lines += [PreviewLine(()), PreviewLine((Piece(" Ninguém respondeu ainda.", Tone.DIM),))]
    return lines


# ── the ticket ──


def _facts(view: TicketView, vocabulary: Vocabulary, now: datetime, width: int) -> Iterator[Line]:
    ticket = view.ticket
    for part in wrap(ticket.subject or "(sem assunto)", width - 2):
        yield (Piece(f" {part}", Tone.STRONG),)
    yield ()
    glyph, word = phrases.turn(ticket.turn)
    ours = ticket.is_open and ticket.turn.value in ("unanswered", "ours")
    yield from _fact("vez", [Piece(f"{glyph} {word}", Tone.WARN if ours else Tone.DIM)], width)
    clocks = tuple(_clocks(ticket, now))
    if clocks:
        yield from _fact("prazo", clocks, width)
    yield from _fact("cliente", [Piece(ticket.client or "—")], width)
    yield from _fact("pediu", _requester(ticket), width)
    yield from _fact(
        "situação",
        [
            Piece(vocabulary.status(ticket.status)),
            Piece(f" · {ticket.type or 'sem tipo'} · {vocabulary.priority(ticket.priority)}", Tone.DIM),
        ],
        width,
    )
    owner = vocabulary.agent(ticket.responder_id)
    yield from _fact("com", [Piece(owner) if owner else Piece("ninguém", Tone.WARN)], width)
    opened = f"{phrases.date_time(ticket.created_at, now)} · {phrases.ago(ticket.created_at, now)}"
    yield from _fact("aberto", [Piece(opened, Tone.DIM)], width)
    if ticket.tags:
        yield from _fact("etiquetas", [Piece(", ".join(ticket.tags), Tone.DIM)], width)
    for number, task in enumerate(view.tasks.items):
        yield from _fact("" if number else "tarefa", _task(task), width)
    if view.tasks.trouble:
        yield from _fact("tarefa", trouble_line(view.tasks.trouble), width)
    elif not view.tasks.items and (view.tasks.loading or view.tasks.as_of is not None):
        # the line is there before the answer is: what stands below it should not move
        said = "lendo…" if view.tasks.as_of is None else "nenhuma no Redmine"
        yield from _fact("tarefa", [Piece(said, Tone.DIM)], width)


def _types(
    view: TicketView, trackers: Mapping[str, str] | None, mended_by: str, width: int
) -> Iterator[Line]:
    """Where the ticket's Tipo is not the tracker of its only task (R14)."""
    if view.tasks.as_of is None:
        return
    match = tipo_and_tracker(view.ticket, view.tasks.items, trackers)
    if match.match is Match.DIFFER:
        told = [Piece(f"≠ ticket {match.tipo or 'sem tipo'}", Tone.WARN)]
        told.append(Piece(f" · tarefa {match.tracker}", Tone.WARN))
        if mended_by:
            told.append(Piece(f" · {mended_by} iguala", Tone.DIM))
        yield from _fact("tipo", told, width)


def _fact(name: str, value: Iterable[Piece], width: int) -> Iterator[Line]:
    """A named fact; a piece that no longer fits goes below, under the first."""
    line: Line = (Piece(f" {fit(name, _LABEL)}", Tone.DIM),)
    indent = line_width(line)
    for piece in value:
        if line_width((*line, piece)) > width and line_width(line) > indent:
            yield clip_line(line, width)
            line = (Piece(" " * indent, Tone.DIM),)
        if line_width(line) == indent:
            piece = piece._replace(text=piece.text.removeprefix(" ·").removeprefix(" "))
        line = (*line, piece)
    yield clip_line(line, width)


def _clocks(ticket: Ticket, now: datetime) -> Iterator[Piece]:
    if not ticket.is_open:
        return
    if not ticket.answered and ticket.fr_due_by:
        said = phrases.deadline(ticket.fr_due_by, now)
        yield Piece(f"1ª resposta {said}", clock_tone(ticket.fr_due_by, now))
    if ticket.due_by:
        said = phrases.deadline(ticket.due_by, now)
        yield Piece(f" · solução {said}", clock_tone(ticket.due_by, now))


def _requester(ticket: Ticket) -> list[Piece]:
    person = ticket.requester
    if person is None:
        return [Piece("—", Tone.DIM)]
    contacts = [contact for contact in (person.email, person.phone, person.mobile) if contact]
    return [Piece(person.name or "—"), *(Piece(f" · {contact}", Tone.DIM) for contact in contacts)]


def _task(task: Task) -> list[Piece]:
    who = task.assigned_to.name if task.assigned_to else "sem dono"
    return [
        Piece(f"#{task.id}"),
        Piece(f" · {task.status.name} · {task.done_ratio}% · {who}", Tone.DIM),
        Piece(f" · {task.subject}"),
    ]


# ── the conversation ──


def _speeches(view: TicketView, vocabulary: Vocabulary) -> Iterator[_Speech]:
    ticket = view.ticket
    asked_by = ticket.requester.name if ticket.requester else ""
    if ticket.text is not None or ticket.attachments:
        who = asked_by or "cliente"
        yield _Speech(Voice.CLIENT, who, ticket.created_at, ticket.text or "", ticket.attachments)
    for said in sorted(view.conversations.items, key=lambda said: (said.created_at, said.id)):
        who = _speaker(said, ticket, vocabulary)
        yield _Speech(said.voice, who, said.created_at, said.text, said.attachments, said.bounced)


def _speaker(said: Conversation, ticket: Ticket, vocabulary: Vocabulary) -> str:
    if said.user_id is not None:
        if said.user_id in vocabulary.agents:
            return vocabulary.agents[said.user_id]
        if said.user_id == ticket.requester_id and ticket.requester and ticket.requester.name:
            return ticket.requester.name
    if said.incoming:
        return said.from_email or "cliente"
    return vocabulary.agent(said.user_id) or "sistema"


def _message(speech: _Speech, now: datetime, width: int, folded_by: str) -> Iterator[PreviewLine]:
    edge, edge_tone, heading, tone, ground = _EDGES[speech.voice]
    yield PreviewLine(_heading(speech, heading, tone, now, width), ground)
    beginning = (Piece(f" {edge}", edge_tone),)
    room = max(8, width - line_width(beginning) - 1)
    if speech.bounced:
        warning = "✖ e-mail voltou: o cliente não recebeu"
        yield PreviewLine((*beginning, Piece(clip(warning, room), Tone.BAD)), ground)
    body, tail = split_quote(speech.text)
    for text, text_tone in ((body, Tone.PLAIN), ("" if folded_by else tail, Tone.DIM)):
        for line in text.split("\n") if text else ():
            quoted = Tone.DIM if line.startswith(">") else text_tone
            for part in wrap(line, room):
                yield PreviewLine((*beginning, Piece(part, quoted)), ground)
    if tail and folded_by:
        count = phrases.counted(tail.count("\n") + 1, "linha citada", "linhas citadas")
        yield PreviewLine(
            (*beginning, Piece(clip(f"⋯ {count} · {folded_by} mostra", room), Tone.DIM)), ground
        )
    if not speech.text.strip() and not speech.attachments:
        yield PreviewLine((*beginning, Piece("(sem texto)", Tone.DIM)), ground)
    for attachment in speech.attachments:
        name = f"anexo {attachment.name}"
        size = f" · {phrases.size(attachment.size)}" if attachment.size else ""
        file = (Piece(clip(name, room - len(size)), Tone.LINK), Piece(size, Tone.DIM))
        yield PreviewLine((*beginning, *file), ground)


def _heading(speech: _Speech, heading: str, tone: Tone, now: datetime, width: int) -> Line:
    when = f" {phrases.date_time(speech.when, now)} "
    if width >= 44:
        when = f"{when}· {phrases.age(speech.when, now)} "
    left = clip_line(
        (Piece("─ ", Tone.DIM), Piece(heading, tone), Piece(f"  {speech.who} ", Tone.STRONG)),
        max(0, width - len(when) - 1),
    )
    rule = max(0, width - line_width(left) - len(when))
    return clip_line((*left, Piece("─" * rule, Tone.DIM), Piece(when, Tone.DIM)), width)
