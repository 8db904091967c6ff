"""Who carries out which kind of step."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from clients.models.fields import Vocabulary
from clients.models.lifecycle import Labels

from .announcing import CLAIM, SEND, Claiming, SendingLetter
from .answer import KINDS, Answering
from .chamado_steps import COMMENT, MOVE, CommentingChamado, MovingChamado
from .entries import CHANGE, REMOVE, ChangingEntry, RemovingEntry
from .hours import TASK_HOURS, TICKET_HOURS, LoggingTaskTime, LoggingTicketTime, Settle
from .tasks import CREATE, UPDATE, WATCH, CreatingTask, EditingTask, Watching
from .ticket_fields import KIND as FIELDS
from .ticket_fields import TicketFields
from .workflows import WorkRemote

if TYPE_CHECKING:
    from clients.boards.board import Board
    from clients.freshdesk import Freshdesk
    from clients.mail import Mail
    from clients.redmine import Redmine


def board_remotes(board: "Board", labels: Labels) -> dict[str, WorkRemote]:
    """Steps on chamados."""
    return {MOVE: MovingChamado(board, labels), COMMENT: CommentingChamado(board)}


def mail_remotes(board: "Board", mail: "Mail") -> dict[str, WorkRemote]:
    """Steps that tell of chamados by e-mail."""
    return {CLAIM: Claiming(board), SEND: SendingLetter(mail)}


def freshdesk_remotes(
    freshdesk: "Freshdesk", answering: Answering, me: int, words: Callable[[], Vocabulary], settle: Settle
) -> dict[str, WorkRemote]:
    """Steps on tickets; ``me`` is the id of the agent whose key is used.

    ``settle`` takes logged time off its timer.
    """
    return {
        FIELDS: TicketFields(freshdesk, words),
        TICKET_HOURS: LoggingTicketTime(freshdesk, me, settle),
        **dict.fromkeys(KINDS.values(), answering),
    }


def redmine_remotes(redmine: "Redmine", settle: Settle) -> dict[str, WorkRemote]:
    """Steps on tasks; ``settle`` takes logged time off its timer."""
    return {
        CREATE: CreatingTask(redmine),
        UPDATE: EditingTask(redmine),
        WATCH: Watching(redmine),
        TASK_HOURS: LoggingTaskTime(redmine, settle),
        CHANGE: ChangingEntry(redmine),
        REMOVE: RemovingEntry(redmine),
    }
