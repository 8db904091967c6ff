"""What was seen of a service, worded for where it goes on to: a question, a note, a task, a chamado."""

from collections.abc import Mapping
from datetime import datetime

from .quality import TEMPLATE
from .service import Service, ServiceState
from .service_note import ServiceNote, failing_line
from .text import clipped
from .times import BRAZIL

LONGEST_SUBJECT = 200
QUESTION_LINES = 15
"""Lines of a log in a question; who wants more opens the ticket or asks."""
_QUESTION_CHARS = 2_500
_STATES = {
    ServiceState.FAIL: "em falha",
    ServiceState.UNKNOWN: "sem estado conhecido",
    ServiceState.OK: "ok agora",
}


def question(service: Service, note: ServiceNote) -> str:
    """A question for a channel of the team, to be edited."""
    lines = note.excerpt.splitlines()[-QUESTION_LINES:]
    while len(lines) > 1 and len("\n".join(lines)) > _QUESTION_CHARS:
        lines = lines[1:]
    excerpt = "\n".join(lines)[-_QUESTION_CHARS:]
    since = f" desde {_at(service.since)}" if service.since else ""
    # no "Name: " at its beginning: that is how an app says whom it speaks for
    head = f"{_named(service)} {_STATES[service.state]}{since}"
    parts = (head, service.note, note.text.strip(), _fenced(excerpt))
    return "\n".join(filter(None, (*parts, "Alguém já viu isto? Como seguimos?")))


def ticket_note(service: Service, note: ServiceNote) -> str:
    """An internal note of a ticket."""
    head = f"{_named(service)}: {_state(service)}. Visto em {_at(note.at)} por {note.who}."
    excerpt = f"Trecho do log:\n{note.excerpt}" if note.excerpt.strip() else ""
    return "\n\n".join(filter(None, (head, note.text.strip(), excerpt)))


def subject(service: Service, note: ServiceNote) -> str:
    """The subject of a task."""
    return _one_line(": ".join(filter(None, (_named(service), note.gist))))


def description(service: Service, note: ServiceNote) -> str:
    """The description of a task, in Textile."""
    head = f"{_named(service)}: {_state(service)}. Visto em {_at(note.at)}."
    # what ends the block early would let the rest of the log be read as markup
    excerpt = note.excerpt.replace("</pre>", "< /pre>")
    block = f"Trecho do log:\n\n<pre>\n{excerpt}\n</pre>" if excerpt.strip() else ""
    return "\n\n".join(filter(None, (head, note.text.strip(), block)))


def chamado_fields(service: Service, note: ServiceNote) -> Mapping[str, str]:
    """Title and description of a chamado: what is known stands under its heading, the others wait.

    The client is not named: the licence's e-mail says who it is.
    """
    kind = f" ({service.kind})" if service.kind else ""
    known = {
        "Onde acontece": f"serviço {service.service}{kind}, no servidor do cliente",
        "O que acontece": note.text.strip(),
        "Mensagem exata": failing_line(note.excerpt),
        "Desde quando": _at(service.since) if service.since and service.state is ServiceState.FAIL else "",
    }
    text = TEMPLATE
    for heading, answer in known.items():
        if answer:
            text = text.replace(f"{heading}:\n", f"{heading}: {answer}\n", 1)
    excerpt = f"\nTrecho do log:\n{note.excerpt}\n" if note.excerpt.strip() else ""
    title = ": ".join(filter(None, (service.service, note.gist)))
    return {"title": _one_line(title), "description": f"{text}{excerpt}"}


def _named(service: Service) -> str:
    return f"{service.client} · {service.service}"


def _state(service: Service) -> str:
    since = f" desde {_at(service.since)}" if service.since else ""
    note = f" ({service.note})" if service.note else ""
    return f"{_STATES[service.state]}{since}{note}"


def _at(moment: datetime) -> str:
    return f"{moment.astimezone(BRAZIL):%d/%m/%Y %H:%M}"


def _fenced(excerpt: str) -> str:
    # what ends the block early would let the rest of the log be read as markup
    return "```\n{}\n```".format(excerpt.replace("```", "'''")) if excerpt.strip() else ""


def _one_line(text: str) -> str:
    line = " ".join(text.split())
    return clipped(line, LONGEST_SUBJECT)
