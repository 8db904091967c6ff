"""Take the README's pictures from the sandbox: ``python -m screenshots.take``, from the repository's root.

Needs Debian's librsvg2-bin, imagemagick and fonts-dejavu-core beside the test extra.
"""

import asyncio
import re
import subprocess
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from clients.models.licence import LicenceCheck
from clients.models.service import ServiceState
from clients.sandbox.server import Running, running_sandbox
from tests.support.attending import attends, everywhere, fills_in, pick
from tests.support.busy_board import SENT, fill
from tests.support.chamado_desk import has_read
from tests.support.clock import NOW, Clock, frozen
from tests.support.desk import NARROW, WIDE, Sitting, at_the_desk, settings_for
from tests.support.form_desk import licence
from tui.desk import Desk
from tui.screens.announce import AnnounceScreen
from tui.screens.answer import AnswerScreen
from tui.screens.chamado import ChamadoScreen
from tui.screens.kanban import KanbanScreen
from tui.screens.last_look import WorkScreen
from tui.screens.morning import MorningScreen
from tui.screens.pick import PickScreen
from tui.screens.runbook import RunbookScreen
from tui.screens.services import ServicesScreen
from tui.screens.tasks import TasksScreen
from tui.screens.template import TemplateScreen
from tui.screens.today import TodayScreen
from tui.screens.triage import TriageScreen

HERE = Path(__file__).parent
FONT, ADVANCE = "DejaVu Sans Mono", 1233 / 2048
"""A font with every glyph that the screen uses, and the width of its letters in ems."""
CELL = 12.2
"""Width of a cell in Textual's pictures."""
SEED = 9
"""A company whose hostile tickets are further down."""
NEAR = 8
"""Tickets among which one with a note is looked for."""
RED = "Cosméticos Flor de Lis"
"""A client of whom a service fails."""
COLOURS = 160
"""A terminal has few; a palette makes the files a third."""

Scene = Callable[[Sitting], Awaitable[None]]


async def desk(seat: Sitting) -> None:
    """The Mesa on an unanswered ticket with a note between the messages."""
    await seat.press("v")
    for entry in seat.mesa.queue.shown[:NEAR]:
        await seat.goes_to(entry.id)
        if seat.seen is not None and any(said.private for said in seat.seen.conversations.items):
            return
    await seat.goes_to(seat.mesa.queue.shown[0].id)


async def answer(seat: Sitting) -> None:
    """A reply begun from a template."""
    await seat.press("v")
    await seat.goes_to(seat.mesa.queue.shown[0].id)
    await seat.press("r")
    await seat.arrives_at(AnswerScreen)
    await seat.press("f7")
    await seat.arrives_at(TemplateScreen)
    await seat.write("analise")
    await seat.press("enter")
    await seat.arrives_at(AnswerScreen)


async def chamado(seat: Sitting) -> None:
    """The form, refusing."""
    await seat.press("3", "c")
    await seat.arrives_at(ChamadoScreen)
    await seat.press("enter")
    await seat.write("Pedido de venda não salva")
    await seat.press("tab")
    await seat.write("admin@padaria")
    await seat.press("f9")
    await seat.sees("impedem o envio")


async def attending(seat: Sitting) -> None:
    """All steps, before the yes."""
    for entry in seat.mesa.queue.shown:
        if not entry.ticket.type and not (await everywhere(seat, entry.id)).tasks:
            break
    form = await attends(seat, entry.id)
    await seat.until(lambda: form.choices.get("activity"), "read what the project offers")
    text = "Bom dia,\n\nRefizemos o cadastro e o pedido já pode ser salvo. Pode conferir, por favor?"
    await fills_in(
        seat, form, type="Bug", time="25 min", text=text, status=pick(form, "status", "Aguardando Cliente")
    )
    await seat.press("f9")
    await seat.arrives_at(WorkScreen)
    await seat.sees("Fazer tudo")


async def services(seat: Sitting) -> None:
    """A red one that somebody knows of."""
    await seat.press("4")
    await seat.arrives_at(ServicesScreen)
    red = next(
        each for each in seat.app.services.items if each.client == RED and each.state is ServiceState.FAIL
    )
    await seat.app.service_recall.acknowledge(red, "Loja fora do ar; o cliente já sabe.")
    await seat.app.show_service(red.key)
    await seat.sees("Loja fora do ar")


async def runbook(seat: Sitting) -> None:
    """On the client's server, writing down what is found."""
    await services(seat)
    await seat.press("r")
    await seat.arrives_at(PickScreen)
    await seat.press("enter")
    await seat.arrives_at(RunbookScreen)
    await seat.press("f9")
    await seat.sees("2/7")
    await seat.press("f9")
    await seat.arrives_at(AnnounceScreen)
    await seat.press("f9")
    await seat.arrives_at(RunbookScreen)
    await seat.sees("3/7")
    await seat.press("f9")
    await seat.sees("4/7")
    await seat.write("Hoje 12:00, resultado 0x1")


async def morning(seat: Sitting) -> None:
    """Half of the round, with what is still to be dealt with."""
    await services(seat)
    await seat.press("R")
    await seat.arrives_at(MorningScreen)
    await seat.until(lambda: "lendo" not in seat.text())
    await seat.sees("desde ontem 00:00")
    await seat.press("down", "space")
    await seat.sees("1 de 5")
    await seat.press("up")


async def tasks(seat: Sitting) -> None:
    """The first view with tasks in it."""
    await seat.press("2")
    await seat.arrives_at(TasksScreen)
    await seat.until(lambda: seat.app.tasks.as_of, "read the tasks")
    await seat.press("v")
    await seat.until(lambda: "lendo" not in seat.text())


async def today(seat: Sitting) -> None:
    """The week against the working days."""
    await seat.press("5")
    await seat.arrives_at(TodayScreen)
    await seat.sees("Hoje, qua 04/03", "Rotina da manhã")
    await seat.press("v")
    await seat.sees("━ Semana", "Por cliente")


async def kanban(seat: Sitting) -> None:
    """The board, on what was published for the client to try."""
    await busy(seat)
    await seat.press("3", "K")
    await seat.arrives_at(KanbanScreen)
    await seat.sees(f"{len(SENT)} chamados")
    await seat.press("v", *["right"] * 4)  # without the empty columns
    await has_read(seat)


async def triage(seat: Sitting) -> None:
    """The oldest that waits, with what the rules find in it."""
    await busy(seat)
    await seat.press("3", "T")
    await seat.arrives_at(TriageScreen)
    await seat.sees("achados")
    await seat.until(lambda: "conferindo" not in seat.text())


async def busy(seat: Sitting) -> None:
    """Fill the board."""
    clock = seat.app.desk.clock
    assert isinstance(clock, Clock)
    people = "ana@parceiro.exemplo.com.br; suporte@parceiro.exemplo.com.br"
    client = "admin@padaria-aurora.exemplo.com.br"
    await fill(seat.app.desk.board, clock, checked_just_now, licence_email=client, notify=people)


def checked_just_now(email: str) -> LicenceCheck:
    """Return a licence that is valid."""
    return licence(email).model_copy(update={"checked_at": NOW})


PICTURES: dict[str, tuple[tuple[int, int], Scene]] = {
    "mesa": (WIDE, desk),
    "resposta": (WIDE, answer),
    "atender": (WIDE, attending),
    "chamado": (WIDE, chamado),
    "servicos": (WIDE, services),
    "roteiro": (WIDE, runbook),
    "rotina": (WIDE, morning),
    "tarefas": (WIDE, tasks),
    "hoje": (WIDE, today),
    "kanban": (WIDE, kanban),
    "triagem": (WIDE, triage),
    "mesa-80x24": (NARROW, desk),
}


async def take(running: Running, name: str, size: tuple[int, int], scene: Scene) -> None:
    """Play a scene and write its picture."""
    with tempfile.TemporaryDirectory() as folder:
        opened = Desk(settings_for(running, Path(folder)), Clock(NOW))
        async with at_the_desk(running, Path(folder), size, desk=opened) as seat:
            await scene(seat)
            seat.app.clear_notifications()
            await seat.until(lambda: not seat.app.screen.query("Toast"))
            write_png(seat.app.export_screenshot(), HERE / f"{name}.png")


def write_png(svg: str, path: Path) -> None:
    """Draw Textual's picture with an installed font, its letters as wide as the cells."""
    svg = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL)  # rsvg fetches nothing
    svg = svg.replace("Fira Code", FONT).replace("font-size: 20px", f"font-size: {CELL / ADVANCE:.3f}px")
    svg = svg.replace("<text ", '<text xml:space="preserve" ')  # or leading blanks are dropped
    drawn = subprocess.run(["rsvg-convert"], input=svg.encode(), capture_output=True, check=True).stdout
    few = ["convert", "png:-", "-strip", "+dither", "-colors", str(COLOURS), f"PNG8:{path}"]
    subprocess.run(few, input=drawn, check=True)
    print(f"{path.name}: {path.stat().st_size // 1000} kB")


def main() -> None:
    """Take them all, from one company."""
    with (
        tempfile.TemporaryDirectory() as folder,
        running_sandbox(Path(folder), seed=SEED, clock=frozen) as running,
    ):
        for name, (size, scene) in PICTURES.items():
            asyncio.run(take(running, name, size, scene))


if __name__ == "__main__":
    main()
