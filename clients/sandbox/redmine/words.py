"""The vocabulary of the sandbox's Redmine: what an administrator would have set up. Everybody is invented."""

from dataclasses import dataclass

from ...models.lifecycle import CLOSED, LABELS
from ...models.moves import ARROWS


@dataclass(frozen=True)
class Word:
    """A tracker, priority or activity."""

    id: int
    name: str
    is_default: bool = False


@dataclass(frozen=True)
class StatusWord:
    """A situation; analysts may go to it only if ``allowed``."""

    id: int
    name: str
    is_closed: bool = False
    allowed: bool = True


@dataclass(frozen=True)
class Project:
    """A project; ``members`` False hides it from analysts, ``public`` shows it to strangers.

    A closed one is seen, not listed, and cannot be written to.
    """

    id: int
    identifier: str
    name: str
    parent_id: int | None = None
    public: bool = False
    members: bool = True
    closed: bool = False
    kanban: bool = False
    """Whether chamados live there, and nothing else."""


@dataclass(frozen=True)
class OfProject:
    """A category or a version; each project has its own."""

    id: int
    project_id: int
    name: str
    is_open: bool = True


@dataclass(frozen=True)
class FieldWord:
    """A custom field of issues. A filter on one that is not ``is_filter`` is ignored without a word."""

    id: int
    name: str
    number: bool = False
    day: bool = False
    is_filter: bool = True
    multiple: bool = False
    values: tuple[str, ...] = ()
    """All that it takes; none for anything."""
    required_on: int | None = None
    """Tracker on which it must be filled; the others do not have it."""
    projects: tuple[int, ...] = ()
    """Those that have it; none for all."""
    kanban: bool = False
    """Whether it is a chamado's; the trackers of chamados have no others."""

    def is_on(self, project_id: int, tracker_id: int) -> bool:
        """Whether issues of that project and tracker have it."""
        if self.projects and project_id not in self.projects:
            return False
        return self.kanban is (tracker_id in KANBAN_TRACKERS) and self.required_on in (None, tracker_id)


SUPPORT_STATUSES = (
    StatusWord(1, "Nova"),
    StatusWord(2, "Em andamento"),
    StatusWord(3, "Resolvida"),
    StatusWord(4, "Feedback"),
    StatusWord(7, "Aguardando cliente"),
    StatusWord(8, "Aguardando terceiros"),
    StatusWord(9, "Em homologação"),
    StatusWord(5, "Fechada", is_closed=True),
    StatusWord(6, "Rejeitada", is_closed=True),
    StatusWord(10, "Cancelada", is_closed=True, allowed=False),
)
KANBAN = tuple(
    StatusWord(number, LABELS[status], is_closed=status in CLOSED)
    for number, status in enumerate(LABELS, start=11)
)
"""What a chamado goes through."""
STATUSES = (*SUPPORT_STATUSES, *KANBAN)
CLOSED_STATUSES = frozenset(status.id for status in STATUSES if status.is_closed)
_KANBAN_NUMBERS = dict(zip(LABELS, (word.id for word in KANBAN), strict=True))
KANBAN_WORKFLOW = {
    _KANBAN_NUMBERS[status]: frozenset(_KANBAN_NUMBERS[arrow.to] for arrow in arrows)
    for status, arrows in ARROWS.items()
}
"""Situation of a chamado to those that it may go to."""
SUPPORT_TRACKERS = (
    Word(4, "Bug"),
    Word(5, "Treinamento/Orientação"),
    Word(6, "Solicitação/Intervenção"),
    Word(2, "Funcionalidade"),
    Word(3, "Suporte"),
    Word(7, "Planejamento"),
    Word(8, "Implantação"),
)
GROUPING_TRACKERS = (Word(11, "Atendimento"),)
"""For issues that hold others together, as Planejamento and Funcionalidade do."""
CHAMADO, DEVELOPMENT = 9, 10
KANBAN_TRACKERS = (CHAMADO, DEVELOPMENT)
TRACKERS = (
    *SUPPORT_TRACKERS,
    *GROUPING_TRACKERS,
    Word(CHAMADO, "Chamado"),
    Word(DEVELOPMENT, "Desenvolvimento"),
)
PRIORITIES = (
    Word(1, "Baixa"),
    Word(2, "Normal", is_default=True),
    Word(3, "Alta"),
    Word(4, "Urgente"),
    Word(5, "Imediata"),
)
ACTIVITIES = (
    Word(9, "Desenvolvimento"),
    Word(10, "Suporte", is_default=True),
    Word(11, "Treinamento"),
    Word(12, "Análise"),
    Word(13, "Plantão"),
)
SUPPORT_PROJECTS = (
    Project(1, "erp", "ERP"),
    Project(2, "portal", "Portal do Cliente", public=True),
    Project(3, "integracoes", "Integrações"),
    Project(4, "erp-fiscal", "ERP Fiscal", parent_id=1),
    Project(5, "diretoria", "Diretoria (restrito)", members=False),
    Project(6, "arquivo", "Arquivo", parent_id=1, closed=True),
)
KANBAN_PROJECTS = (7, 8)
PROJECTS = (
    *SUPPORT_PROJECTS,
    Project(7, "chamados", "Chamados", kanban=True),
    Project(8, "desenvolvimento", "Desenvolvimento", kanban=True),
)
CATEGORIES = tuple(
    OfProject(10 * project.id + place, project.id, name)
    for project in SUPPORT_PROJECTS
    for place, name in enumerate(("Cadastro", "Integração", "Relatórios"))
)
VERSIONS = tuple(
    OfProject(10 * project.id + place, project.id, name, is_open)
    for project in SUPPORT_PROJECTS
    for place, (name, is_open) in enumerate((("2026.1", False), ("2026.2", True), ("2026.3", True)))
)
TICKET_NUMBER, TICKET_TEXT, CLIENT, MODULE, ACCEPTED, PROMISED = range(1, 7)
TICKETS, TICKET_UNFILTERED, REASON, PLACE = range(9, 13)
FIELDS = (
    FieldWord(TICKET_NUMBER, "Freshdesk ticket", number=True),
    FieldWord(TICKET_TEXT, "Freshdesk ticket (texto)"),
    FieldWord(CLIENT, "Cliente"),
    FieldWord(MODULE, "Módulo", multiple=True, values=("Fiscal", "Financeiro", "Estoque", "Vendas", "RH")),
    FieldWord(ACCEPTED, "Homologado"),  # a yes or no, which Redmine checks as little as a text
    FieldWord(PROMISED, "Data prevista", day=True),
    FieldWord(TICKETS, "Freshdesk"),
    FieldWord(TICKET_UNFILTERED, "Ticket sem filtro", is_filter=False),
    FieldWord(REASON, "Motivo", values=("Ajuste de dados", "Acesso", "Outro"), required_on=6),
    FieldWord(PLACE, "Ambiente", values=("Produção", "Homologação"), required_on=8, projects=(1,)),
    *(
        FieldWord(number, name, projects=KANBAN_PROJECTS, kanban=True)
        for number, name in enumerate(
            (
                *("Chamado", "Ferramenta", "Integração", "E-mail da licença", "Licença", "Notificar"),
                *("Fluxo", "Ticket", "Autor", "URL de homologação", "Versão publicada"),
            ),
            start=13,
        )
    ),
)
REQUIRED = {8: {"category_id": "Categoria", "due_date": "Data prevista"}}
"""Core fields that the analysts' role must fill in, by tracker, with their labels."""
PEOPLE = (
    ("beatriz.nogueira", "Beatriz", "Nogueira"),
    ("otavio.prado", "Otávio", "Prado"),
    ("jessica.andrade", "Jéssica", "Andrade"),
    ("helena.saraiva", "Helena", "Saraiva"),
)
"""Login, first name, last name. The first is the analyst at the desk."""


def trackers_of(project: Project) -> tuple[Word, ...]:
    """The trackers that a project has, the first for issues that name none."""
    return tuple(word for word in TRACKERS if (word.id in KANBAN_TRACKERS) is project.kanban)


def first_status(tracker_id: int) -> StatusWord:
    """Where issues of a tracker begin."""
    return KANBAN[0] if tracker_id in KANBAN_TRACKERS else SUPPORT_STATUSES[0]


def default(words: tuple[Word, ...]) -> Word:
    """The word that stands where none was chosen."""
    return next((word for word in words if word.is_default), words[0])
