"""``plantao roteiros``: which runbooks there are, what one says, and whether a file is one."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from clients.errors import SourceError
from clients.models.runbook import Act, Guard, Runbook, Step
from clients.runbooks import example, read, read_all, written
from widgets.phrases import counted

from ..settings_reading import NoSettings, load_settings
from ..settings_runbooks import RunbookSettings
from . import show
from .exit_codes import Code
from .running import say, say_trouble

GUARDS = {
    Guard.RED: "só com algo vermelho no cliente",
    Guard.FREE: "só com o servidor livre",
    Guard.ENTERED: "só com a entrada anunciada",
}
"""What bars a step, in words."""
ACTS = {Act.ENTER: "o Plantão anuncia a entrada", Act.LEAVE: "o Plantão anuncia a saída"}
"""What Plantão does at a step, in words."""


def list_runbooks(as_json: bool) -> int:
    """List what is shipped and the team's own. WRONG where a file is refused."""
    found, refused = _all()
    _complain(refused)
    if as_json:
        show.write(show.as_json([written(each) for each in found]))
    else:
        show.write("\n".join(_summary(each) for each in found))
    return Code.WRONG if refused else Code.OK


def show_runbook(runbook_id: str, as_json: bool = False) -> int:
    """Print one runbook, step by step, or with the keys of its file. WRONG where there is none of that id."""
    found, refused = _all()
    runbook = next((each for each in found if each.id == runbook_id), None)
    if runbook is None:
        _complain(refused)
        say(f"Não há roteiro “{runbook_id}”: há {', '.join(each.id for each in found)}.")
        return Code.WRONG
    show.write(show.as_json(written(runbook)) if as_json else "\n".join(_told(runbook)))
    return Code.OK


def show_example() -> int:
    """Print a commented runbook, to begin one's own from."""
    show.write(example().rstrip())
    return Code.OK


def check_runbooks(paths: Sequence[Path]) -> int:
    """Tell of each file whether it is a runbook, and by line what is wrong in it, in its commands too."""
    refused, programs = [], _settings().programs
    for path in paths:
        try:
            runbook = read(path, programs)
        except SourceError as error:
            refused.append(error)
            continue
        say(f"{path}: certo, {counted(len(runbook.steps), 'passo', 'passos')}.")
    _complain(refused)
    return Code.WRONG if refused else Code.OK


def _all() -> tuple[tuple[Runbook, ...], tuple[SourceError, ...]]:
    settings = _settings()
    return read_all(settings.folder, settings.programs)


def _settings() -> RunbookSettings:
    try:
        return load_settings().runbooks
    except NoSettings:
        return RunbookSettings()


def _complain(refused: Sequence[SourceError]) -> None:
    for error in refused:
        say_trouble(error)


def _summary(runbook: Runbook) -> str:
    serves = ", ".join(runbook.serves) or "todos os serviços"
    return f"{runbook.id:<20} {counted(len(runbook.steps), 'passo', 'passos'):<10} {runbook.title} ({serves})"


def _told(runbook: Runbook) -> Iterator[str]:
    yield runbook.title
    if runbook.about:
        yield runbook.about
    for number, step in enumerate(runbook.steps, 1):
        yield ""
        yield f"{number}. {step.title}"
        yield from (f"   {line}" for line in _step(step))


def _step(step: Step) -> Iterator[str]:
    yield from (GUARDS[guard] for guard in step.barred_by)
    yield from step.text.strip().splitlines()
    if step.act:
        yield ACTS[step.act]
    if step.command:
        yield from (f"$ {line}" for line in step.command.splitlines())
    if step.expected:
        yield f"Esperado: {step.expected}"
        yield f"Senão: {step.otherwise}"
    if step.record:
        yield f"Anotar: {step.record}"
