"""R11: time is always logged, even minutes."""

from ..finding import Finding, Severity


def finish_needs_time(logged_minutes: float, running_minutes: float = 0) -> Finding | None:
    """Return what stands against finishing: nothing logged, or a timer that still runs; None if all is told.

    ``logged_minutes`` are those of this attending, ``running_minutes`` those of the timer not yet logged.
    """
    running = round(running_minutes)
    if running_minutes > 0:
        spent = f"{running} min" if running else "menos de 1 min"
        return _finding("correndo", f"O cronômetro está em {spent} sem lançar: lance antes de concluir.")
    if logged_minutes <= 0:
        return _finding("nada", "Nenhum tempo lançado: lance o que gastou, mesmo que sejam minutos.")
    return None


def _finding(rule: str, message: str) -> Finding:
    return Finding(
        f"tempo.{rule}", "time", Severity.WARN, message, "0:05 — Suporte, conferência com a equipe"
    )
