"""Which keys work together: what makes one key for two verbs a conflict, and what an id may be called."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from widgets.key_names import key_name
from widgets.keys import (
    ATTEND,
    BEFORE_FORM,
    CHECKING,
    CHOICE,
    COMPOSER,
    DETAIL,
    FILES,
    FILTER,
    FORM,
    JUMP,
    KANBAN,
    LINES,
    LIST,
    MARKING,
    PICK,
    PICK_FIELD,
    PREVIEW,
    QUEUE,
    SENDING,
    SIFTING,
    SIFTING_SERVICES,
    SIFTING_TASKS,
    TEMPLATES,
    WIDGET_KEYS,
    KeyGroup,
)

from .catalog import (
    CHAMADO_PAGES,
    CHAMADO_VERBS,
    CHAMADOS,
    COMMAND_GROUPS,
    DESK,
    HANDOVER,
    HISTORY,
    IN_DIALOGS,
    MESA,
    PENDING,
    QUIT,
    READING,
    ROUND,
    RUNBOOK,
    SERVICES,
    TASKS,
    TODAY,
    TRIAGE,
)
from .dialogs import (
    ANNOUNCE,
    ASK_LEAD,
    ATTACH,
    BARRED,
    CLOSING,
    CONFIRM,
    COPIES,
    DIALOG_KEYS,
    FORGOTTEN,
    FOUND,
    HANDOVER_TEXT,
    HELP,
    LEAVING,
    LINE,
    LOG_FILE,
    MOVE_TEXT,
    RESULTS,
    REWRITING,
    REWRITING_TEXT,
    ROUND_TEXT,
    SEEN,
    SETTLE,
    STILL_INSIDE,
    STOPPED,
    TASK_NOTE,
    TASK_TEXT,
    THREAD,
    TIME,
    TIMERS,
    UNIT,
    VALIDATION,
    WORDING,
    WORDING_TEXT,
)
from .keys import read_keys

GROUPS = (*COMMAND_GROUPS, *WIDGET_KEYS, *DIALOG_KEYS)
"""All keys, place by place."""
ALWAYS_QUITS = "ctrl+q"


@dataclass(frozen=True)
class Place:
    """Where the focus can be, and whose keys work there."""

    groups: tuple[KeyGroup, ...]
    """From the inside out."""
    typing: bool = False
    """Letters are text here."""


_IN_CHAMADOS = (SIFTING, CHAMADO_VERBS, CHAMADO_PAGES)
PLACES = (
    Place((LINES, LIST, QUEUE, MESA, DESK)),
    Place((FILTER, QUEUE, MESA, DESK), typing=True),
    Place((LINES, LIST, MESA, DESK)),
    Place((LINES, PREVIEW, MESA, DESK)),
    *(
        Place((*keys, *_IN_CHAMADOS, page, DESK), typing=FILTER in keys)
        for page in (CHAMADOS, TRIAGE)
        for keys in ((LINES, LIST, MARKING), (DETAIL, MARKING), (FILTER, MARKING))
    ),
    Place((LINES, LIST, KANBAN, *_IN_CHAMADOS, DESK)),
    Place((FILTER, KANBAN, *_IN_CHAMADOS, DESK), typing=True),
    Place((LINES, CHAMADO_VERBS, HISTORY, DESK)),
    *(
        Place((*keys, SIFTING_SERVICES, SERVICES, DESK), typing=FILTER in keys)
        for keys in ((LINES, LIST), (DETAIL,), (FILTER,))
    ),
    Place((LINES, LIST, TODAY, DESK)),
    Place((LINES, TODAY, DESK)),
    *(
        Place((*keys, SIFTING_TASKS, TASKS, DESK), typing=FILTER in keys)
        for keys in ((LINES, LIST), (LINES, DETAIL), (FILTER,))
    ),
    Place((LINES, LIST, PENDING, DESK)),
    Place((LINES, LIST, RUNBOOK, DESK)),
    Place((RUNBOOK, DESK), typing=True),
    Place((LINES, LIST, ROUND, DESK)),
    Place((LINES, LIST, HANDOVER, DESK)),
    Place((COMPOSER, READING, DESK), typing=True),
    Place((LINES, PREVIEW, READING, DESK)),
    Place((BEFORE_FORM, DESK)),
    Place((CHOICE, FORM, DESK), typing=True),
    Place((FILES, FORM, DESK), typing=True),
    Place((PICK_FIELD, ATTEND, READING, DESK), typing=True),
    Place((CHECKING, DESK)),
    Place((JUMP, DESK), typing=True),
    *(
        Place((group, IN_DIALOGS), typing=True)
        for group in (
            *(TEMPLATES, PICK, ATTACH, COPIES, LINE, MOVE_TEXT, ASK_LEAD, ANNOUNCE, FOUND),
            *(TASK_TEXT, WORDING_TEXT, REWRITING_TEXT, TIME, SEEN, LOG_FILE, ROUND_TEXT, HANDOVER_TEXT),
        )
    ),
    *(
        Place((group, IN_DIALOGS))
        for group in (
            *(CONFIRM, CLOSING, VALIDATION, SETTLE, THREAD, UNIT, FORGOTTEN, LEAVING, STILL_INSIDE, RESULTS),
            *(BARRED, STOPPED, HELP),
        )
    ),
    Place((TASK_NOTE, TASK_TEXT, IN_DIALOGS), typing=True),
    Place((LINES, CONFIRM, IN_DIALOGS)),
    Place((LINES, SENDING, IN_DIALOGS)),
    Place((LINES, SENDING, WORDING, IN_DIALOGS)),
    Place((LINES, LIST, TIMERS, IN_DIALOGS)),
    Place((LINES, REWRITING, IN_DIALOGS)),
)
TYPED_IN = {
    key.id
    for group in (
        FILTER,
        COMPOSER,
        TEMPLATES,
        PICK,
        FORM,
        FILES,
        ATTEND,
        JUMP,
        ATTACH,
        COPIES,
        LINE,
        MOVE_TEXT,
        TASK_TEXT,
        TASK_NOTE,
        ASK_LEAD,
        ANNOUNCE,
        WORDING_TEXT,
        REWRITING_TEXT,
        ROUND_TEXT,
        HANDOVER_TEXT,
        TIME,
        SEEN,
        LOG_FILE,
        FOUND,
    )
    for key in group.keys
}
"""Keys that work while the focus is in a text."""
STEPS_ASIDE = {
    ("filtro.limpar", "fila.limpar-filtro"),
    ("filtro.limpar", "voltar-fila"),
    ("fila.limpar-filtro", "voltar-fila"),
    ("filtro.limpar", "chamados.limpar-filtro"),
    ("detalhe.voltar", "chamados.limpar-filtro"),
    ("filtro.limpar", "servicos.limpar-filtro"),
    ("detalhe.voltar", "servicos.limpar-filtro"),
    ("filtro.limpar", "tarefas.limpar-filtro"),
    ("detalhe.voltar", "tarefas.limpar-filtro"),
    ("escolha.desistir", "form.fechar"),
    ("resposta.fechar", "voltar-texto"),
    ("resposta.conversa", "voltar-texto"),
    ("atender.fechar", "voltar-texto"),
    ("atender.conversa", "voltar-texto"),
}
"""Inner and outer of two that share a key: the inner goes first, and only while it has something to do."""
EDITING = frozenset(
    """
    alt+backspace alt+delete backspace ctrl+a ctrl+backspace ctrl+c ctrl+d ctrl+e ctrl+k ctrl+left ctrl+right
    ctrl+shift+a ctrl+shift+k ctrl+shift+left ctrl+shift+right ctrl+u ctrl+v ctrl+w ctrl+x ctrl+y ctrl+z
    delete end enter home left right shift+down shift+end shift+home shift+left shift+right shift+tab shift+up
    tab
    """.split()
)
"""Keys with which the text itself is edited (in fields of one line or of several)."""


def known_ids() -> list[str]:
    """Every id that ``[teclas]`` may name."""
    return [key.id for group in GROUPS for key in group.keys]


def default_keys() -> dict[str, str]:
    """The keys of every id as they come."""
    return {key.id: key.keys for group in GROUPS for key in group.keys}


def live_keys(wanted: Mapping[str, str]) -> dict[str, str]:
    """The keys of every id under the settings ``wanted`` (id → keys as written, "" switches off).

    Quitting can be moved and never lost: Ctrl+Q stays. ValueError for a key that does not exist.
    """
    keys = default_keys() | {name: read_keys(written) for name, written in wanted.items()}
    quitting = [key for key in keys[QUIT].split(",") if key]
    keys[QUIT] = ",".join(dict.fromkeys([*quitting, ALWAYS_QUITS]))
    return keys


def conflicts(keys: Mapping[str, str]) -> list[str]:
    """One sentence for each key that means two things in one place, or that a text would take for itself.

    ``keys`` as of `live_keys`.
    """
    found = [sentence for place in PLACES for sentence in _clashes(place, keys)]
    return [*dict.fromkeys(found), *_swallowed(keys)]


def _clashes(place: Place, keys: Mapping[str, str]) -> Iterator[str]:
    taken: dict[str, str] = {}
    for name in (key.id for group in place.groups for key in group.keys):
        for key in filter(None, keys[name].split(",")):
            if place.typing and len(key_name(key)) == 1:
                continue
            other = taken.setdefault(key, name)
            if other != name and (other, name) not in STEPS_ASIDE:
                first, second = sorted((other, name))
                yield f"a tecla {key_name(key)} está em «{first}» e em «{second}»"


def _swallowed(keys: Mapping[str, str]) -> Iterator[str]:
    as_they_come = default_keys()
    for name in sorted(TYPED_IN):
        for key in filter(None, keys[name].split(",")):
            if key in as_they_come[name].split(","):
                continue
            if len(key_name(key)) == 1 or key in EDITING or key == "space":
                yield f"«{name}» não pode ficar em {key_name(key)}, que ali escreve ou edita o texto"
