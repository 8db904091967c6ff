"""A draft as the chamado that a board takes: cleaned, split, with its first event."""

from datetime import datetime

from ..errors import Rejected
from ..models.chamado import (
    Chamado,
    ChamadoDraft,
    ChamadoEvent,
    Tool,
    convert_flow,
    convert_notify,
    split_list,
)
from ..models.licence import LicenceCheck
from ..models.lifecycle import ChamadoStatus
from ..models.tool_asks import tool_details


def first_record(
    draft: ChamadoDraft, now: datetime, author: str, licence: LicenceCheck | None, *, system: str
) -> Chamado:
    """Return the draft as a chamado in Triagem, still without a number; its event has the draft's id.

    Raises Rejected, in the name of ``system``, where title or ferramenta is missing.
    """
    if not draft.title.strip():
        raise Rejected(system, "o chamado não tem título")
    if draft.tool not in frozenset(Tool):
        raise Rejected(system, "o chamado não diz a ferramenta")
    told = tool_details(draft)
    return Chamado(
        id=draft.id,
        title=draft.title.strip(),
        licence_email=draft.licence_email.strip(),
        licence=licence,
        tool=Tool(draft.tool),
        integration=told.integration,
        tool_version=told.version,
        tool_system=told.system,
        notify=split_list(convert_notify(draft.notify)),
        flow=split_list(convert_flow(draft.flow)),
        description=draft.description.strip(),
        files=tuple(line.strip() for line in draft.files.splitlines() if line.strip()),
        ticket_id=draft.ticket_id,
        rewritings=draft.rewritings,
        author=author,
        status=ChamadoStatus.TRIAGEM,
        created_at=now,
        updated_at=now,
        events=(ChamadoEvent(id=draft.id, at=now, who=author, status=ChamadoStatus.TRIAGEM),),
    )
