"""A sent chamado as the form that it was: so that whoever triages sees what the author saw."""

from .chamado import STEP_SEPARATOR, Chamado, ChamadoDraft


def draft_of(chamado: Chamado) -> ChamadoDraft:
    """Return the draft that ``chamado`` could have been sent from, its notice read."""
    shared = {name: getattr(chamado, name) for name in ChamadoDraft.model_fields if hasattr(chamado, name)}
    return ChamadoDraft.model_validate(
        {
            **shared,
            "tool": chamado.tool.value,
            "notify": STEP_SEPARATOR.join(chamado.notify),
            "flow": STEP_SEPARATOR.join(chamado.flow),
            "files": "\n".join(chamado.files),
            "notice_read_at": chamado.created_at,
        }
    )
