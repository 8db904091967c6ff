"""A chamado as the description of a task: the author's words, a sheet for people, a record of everything."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from ..errors import Rejected
from ..models.chamado import Chamado, ChamadoEvent, Tool, split_list
from ..models.licence import STATE_WORDS
from ..models.quality import is_link
from ..models.task import Task, TaskFile
from ..models.task_changes import LONGEST_SUBJECT, CustomValue, custom_values
from ..models.text import fold, safe_text
from ..models.times import BRAZIL
from ..redmine_wire import SYSTEM
from .columns import Column
from .redmine_place import Layout
from .redmine_record import Record, recorded, with_record

_HEAD = "*Dados do chamado*"
_LONGEST = 60_000
"""Bytes: some databases keep no more than 65,535 bytes of a description."""
_MOST_LINES = 1_900
"""What is shown of a text ends at 2,000 lines, and the record stands below."""
_FILE = "anexo:"
_KEPT_ELSEWHERE = frozenset(
    ("description", "number", "status", "created_at", "updated_at", "events", "announced")
)


def subject_of(chamado: Chamado) -> str:
    """The title, as far as a task's goes."""
    title = chamado.title
    return title if len(title) <= LONGEST_SUBJECT else f"{title[: LONGEST_SUBJECT - 1]}…"


def description_of(chamado: Chamado, names: Iterable[str], *, began: datetime | None = None) -> str:
    """The description of its task; ``names`` are those of the local files, in order.

    Of the assistant's proposals only the decisions are recorded, not the texts.
    ``began`` is when it was sent, where that was before the task came into being; its first event is then as
    it was, announced or not. Rejected where Redmine would not keep all of it.
    """
    told = chamado.model_copy(update={"rewritings": tuple(one.without_texts for one in chamado.rewritings)})
    record: dict[str, object] = told.model_dump(
        mode="json", exclude=set(_KEPT_ELSEWHERE), exclude_defaults=True
    )
    attached = iter(names)
    record["files"] = [entry if is_link(entry) else f"{_FILE}{next(attached)}" for entry in chamado.files]
    if began is not None:
        first = chamado.events[0]
        record |= {
            "created_at": began.isoformat(),
            "first_event": first.model_dump(mode="json"),
            "first_announced": first.id in chamado.announced,
        }
    sheet = "\n".join(f"* {label}: {text}" for label, text in _sheet(chamado) if text)
    text = with_record(f"{chamado.description}\n\n{_HEAD}\n{sheet}".strip(), record)
    if len(text.encode()) > _LONGEST or text.count("\n") > _MOST_LINES:
        raise Rejected(SYSTEM, "a descrição é longa demais para uma tarefa; ponha o detalhe num arquivo")
    return text


def column_values(chamado: Chamado, layout: Layout) -> dict[int, CustomValue]:
    """The custom fields of its task, as far as this Redmine has them."""
    written = {column: write(chamado) for column, write in _WRITTEN.items()}
    return {
        layout.columns[column]: text for column, text in written.items() if text and column in layout.columns
    }


def read_sheet(task: Task, layout: Layout) -> tuple[Chamado, Record]:
    """Return the chamado that a task was made for, as it began, and the record that was kept of it.

    What was changed in Redmine since, title, description or a field, counts. The record is empty where the
    description no longer has one, nor did before it was edited.
    """
    above, record, below = recorded(task.description)
    if record is None:
        record = next(filter(None, map(_record_in, _former_descriptions(task))), {})
    typed = above.rpartition(_HEAD)[0] if _HEAD in above else above
    description = "\n\n".join(filter(None, (typed.strip(), below)))
    try:
        chamado = _chamado(task, record, description, layout)
        if "first_event" in record:
            ChamadoEvent.model_validate(record["first_event"])
    except ValueError:  # edited by hand
        record = {}
        chamado = _chamado(task, record, description, layout)
    return chamado.model_copy(update=dict(_changed(task, chamado, layout))), record


def _chamado(task: Task, record: Record, description: str, layout: Layout) -> Chamado:
    fields: dict[str, object] = {
        "title": task.subject,
        "licence_email": "",
        "tool": Tool.SISTEMA,
        # a record that names no author is of a chamado that has none
        "author": task.author.name if task.author and not record else "",
        **record,
    }
    entries = record.get("files")
    kept = [str(entry) for entry in entries] if isinstance(entries, list) else []
    chamado = Chamado.model_validate(
        {
            **fields,
            "id": layout.chamado_of(task),
            "number": task.id,
            "description": description,
            "files": tuple(_files(kept, task.attachments)),
            "created_at": record.get("created_at") or task.created_on,
            "updated_at": task.updated_on,
        }
    )
    return (
        chamado if task.subject == subject_of(chamado) else chamado.model_copy(update={"title": task.subject})
    )


def _record_in(description: str) -> Record | None:
    return recorded(description).record


def _former_descriptions(task: Task) -> Iterator[str]:
    for entry in task.journals:
        for detail in entry.details:
            if detail.get("name") == "description":
                yield detail.get("old_value") or ""


def _files(entries: Iterable[str], attachments: Iterable[TaskFile]) -> Iterator[str]:
    """Links as they are, files by their address; those that were added to the task since come last."""
    there = sorted(attachments, key=lambda file: file.id)
    for entry in entries:
        name = entry.removeprefix(_FILE)
        found = next((file for file in there if name != entry and file.filename == name), None)
        if found is None:
            yield name
        else:
            there.remove(found)
            yield found.content_url
    for file in there:
        yield file.content_url


def _changed(task: Task, chamado: Chamado, layout: Layout) -> Iterator[tuple[str, object]]:
    """What a field says now, where that is not what was written into it."""
    for column, (name, read) in _READ.items():
        number = layout.columns.get(column)
        if number is None:
            continue
        text = " ".join(custom_values(task, number)).strip()
        if text and text != safe_text(_WRITTEN[column](chamado), multiline=False).strip():
            value = read(text)
            if value is not None:
                yield name, value


def _tool(text: str) -> Tool | None:
    return next((tool for tool in Tool if fold(tool.value) == fold(text)), None)


def _ticket(text: str) -> int | None:
    digits = text.lstrip("#")
    return int(digits) if digits.isdecimal() and len(digits) < 18 else None


def _licence(chamado: Chamado) -> str:
    check = chamado.licence
    if check is None:
        return ""
    when = check.checked_at.astimezone(BRAZIL)
    told = f"{STATE_WORDS[check.state]} em {when:%d/%m/%Y %H:%M} ({check.source})"
    return f"{told}: {check.reason}" if check.reason else told


_WRITTEN: dict[Column, Callable[[Chamado], str]] = {
    Column.CHAMADO: lambda chamado: chamado.id,
    Column.TOOL: lambda chamado: chamado.tool.value,
    Column.INTEGRATION: lambda chamado: chamado.integration,
    Column.LICENCE_EMAIL: lambda chamado: chamado.licence_email,
    Column.LICENCE: _licence,
    Column.NOTIFY: lambda chamado: "; ".join(chamado.notify),
    Column.FLOW: lambda chamado: "; ".join(chamado.flow),
    Column.TICKET: lambda chamado: str(chamado.ticket_id or ""),
    Column.AUTHOR: lambda chamado: chamado.author,
}
_READ: dict[Column, tuple[str, Callable[[str], object]]] = {
    Column.TOOL: ("tool", _tool),
    Column.INTEGRATION: ("integration", str),
    Column.LICENCE_EMAIL: ("licence_email", str),
    Column.NOTIFY: ("notify", split_list),
    Column.FLOW: ("flow", split_list),
    Column.TICKET: ("ticket_id", _ticket),
}


def _sheet(chamado: Chamado) -> Iterator[tuple[str, str]]:
    labels = {
        Column.TOOL: "Ferramenta",
        Column.INTEGRATION: "Integração",
        Column.FLOW: "Fluxo",
        Column.LICENCE_EMAIL: "E-mail da licença",
        Column.LICENCE: "Licença",
        Column.NOTIFY: "Notificar também",
        Column.TICKET: "Ticket",
        Column.AUTHOR: "Autor",
    }
    for column, label in labels.items():
        yield label, _WRITTEN[column](chamado)
    yield "Versão no cliente", chamado.tool_version
    yield "Sistema no cliente", chamado.tool_system
    yield "Links", " ".join(entry for entry in chamado.files if is_link(entry))
