"""``plantao passagem``: the handover that is prepared, and those that were handed over, without a screen."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from clients.errors import PlantaoError
from clients.models.handover import PART_TITLES, Handover, HandoverLine, Part, Portion, Preparation, awaited
from clients.models.morning import Weight
from clients.models.server_talk import Occupant
from clients.models.service import ServiceState
from clients.models.slack_talk import Heard
from clients.models.text import fold, safe_text
from clients.models.times import day_time

from ..desk import Desk
from ..handover import HandingOver
from ..handover_portions import Read, portions_of, read_promises
from . import show
from .exit_codes import Code
from .fresh import fresh, fresh_chamados
from .headless import at_the_desk, known
from .running import say, tell_trouble
from .spreadsheet import csv_page

_SIGNS = {Weight.RED: "✖", Weight.UNKNOWN: "?", Weight.PLAIN: "•"}


@dataclass(frozen=True)
class Prepared:
    """What a handover would pass on now."""

    preparation: Preparation
    portions: tuple[Portion, ...]

    @property
    def lines(self) -> tuple[HandoverLine, ...]:
        """The lines that are passed on."""
        return self.preparation.lines(self.portions)

    @property
    def code(self) -> int:
        """REMOTE where something could not be read."""
        return Code.REMOTE if any(each.trouble for each in self.portions) else Code.OK


def show_preparing(whole_team: bool, as_text: bool, as_json: bool, as_csv: bool) -> int:
    """Print the lines by part, or the text that they would go out in; ``whole_team`` as of `read_now`."""

    from clients.slack import LONGEST_TEXT

    async def work(desk: Desk) -> int:
        handing = await known_handovers(desk)
        prepared = await read_now(desk, handing, whole_team=whole_team)
        posted = desk.room is not None and desk.room.handover_channel
        text = handing.text(prepared.lines, prepared.portions, LONGEST_TEXT if posted else None)
        if as_json:
            show.write(show.as_json(_preparing_json(prepared, text)))
        elif as_csv:
            show.write(_preparing_csv(prepared))
        elif as_text:
            show.write(text)
        else:
            show.write("\n".join(_preparing(prepared)))
            waiting = await handing.awaited()
            if waiting:
                say(f"Espera sua ciência: a passagem de {waiting[0].who} (plantao passagem ver).")
        return prepared.code

    return at_the_desk(work)


def show_handed(as_json: bool) -> int:
    """Print the last handover of each person. WRONG while a line of another's waits."""

    async def work(desk: Desk) -> int:
        handing, now = await known_handovers(desk), desk.clock()
        every = [*await handing.handovers(), *await handing.on_slack()]
        latest = {fold(each.who): each for each in sorted(every, key=lambda one: one.at)}
        waiting = {each.id for each in awaited(tuple(latest.values()), desk.author, now)}
        # what waits comes first: its lines are those that «ciente N» means
        shown = sorted(latest.values(), key=lambda one: (one.id in waiting, one.at), reverse=True)
        shown = [await handing.with_link(each) for each in shown]
        fates = [await handing.fate(each) for each in shown]
        first = next((each for each in shown if each.id in waiting), None)
        if as_json:
            rows = [_handed_json(each, fate) for each, fate in zip(shown, fates, strict=True)]
            show.write(show.as_json({"espera": first.id if first else None, "passagens": rows}))
        elif not shown:
            say("Nenhuma passagem para ler.")
        else:
            pages = (
                "\n".join(_handed(each, fate, desk, numbered=each.id in waiting))
                for each, fate in zip(shown, fates, strict=True)
            )
            show.write("\n\n".join(pages))
            if first is not None:
                say(f"Espera sua ciência: a de {first.who} (plantao passagem ciente N).")
        return Code.WRONG if waiting else Code.OK

    return at_the_desk(work)


async def known_handovers(desk: Desk) -> HandingOver:
    """Connect, and return the handovers; a folder that is away is told and holds up nothing."""
    await known(desk)
    if (trouble := desk.handovers.trouble) is not None:
        tell_trouble(trouble)
    return HandingOver(desk)


async def read_now(desk: Desk, handing: HandingOver, *, whole_team: bool) -> Prepared:
    """Read the systems, and return what a handover would pass on.

    With ``whole_team`` everybody's tickets are, whatever was chosen on the screen.
    """
    preparation = await handing.preparation()
    if whole_team:
        preparation = preparation.of_whole_team(is_so=True)
    sources = desk.sources
    services, queue = await sources.remembered_services(), await sources.remembered_queue()
    services = await fresh(sources.services_poller(services), services)
    red = {each.client for each in services.items if each.state is ServiceState.FAIL}
    read = Read(
        services=services,
        queue=await fresh(sources.queue_poller(queue), queue),
        chamados=await fresh_chamados(desk),
        occupied=await _occupied(desk, sorted(red)),
    )
    try:
        await read_promises(desk, read, whole_team=preparation.whole_team)
    except PlantaoError as error:
        tell_trouble(error.trouble)
    return Prepared(preparation, await portions_of(desk, read, whole_team=preparation.whole_team))


async def _occupied(desk: Desk, clients: Sequence[str]) -> Mapping[str, tuple[Occupant, ...]]:
    """Who is on the servers of ``clients``; where the channel cannot be read, who is by other sessions."""
    heard: tuple[Heard, ...] = ()
    with suppress(PlantaoError):
        heard = await desk.room.said_of_servers() if desk.room is not None else ()
    return desk.server_room.look(heard, clients)


# ── the lines ──


def _preparing(prepared: Prepared) -> list[str]:
    lines = []
    for portion in (*prepared.portions, Portion(part=Part.ADDED)):
        every = [one for one in prepared.preparation.all_lines(prepared.portions) if one.part is portion.part]
        unseen = portion.absent or portion.trouble
        if every or portion.part is not Part.ADDED:
            count = str(len(every)) if every else "nada"
            told = f"{count} ({unseen})" if every and unseen else unseen or count
            lines.append(f"{PART_TITLES[portion.part]}: {told}")
        for line in every:
            sign = "–" if line.key in prepared.preparation.left_out else "✓"
            lines += [f"  {sign} {_SIGNS[line.weight]} {line.text}", *_note(line)]
    return [safe_text(line, multiline=False) for line in lines]


def _handed(handover: Handover, fate: str, desk: Desk, *, numbered: bool) -> list[str]:
    now = desk.clock()
    lines = [f"Passagem de {handover.who}, {day_time(handover.at, now)} · {fate}"]
    lines += [handover.link] if handover.link else []
    for number, line in enumerate(handover.lines, start=1):
        given = handover.acknowledgement(line.key)
        asked = f": {' '.join(given.note.split())}" if given and given.note else ""
        seen = f"✓ {given.who}, {day_time(given.at, now)}{asked}" if given else "☐ sem ciência"
        told = f"{number:3}" if numbered else "   "
        lines += [f"{told} {_SIGNS[line.weight]} {line.text}", *_note(line), f"      {seen}"]
    if not handover.lines:
        lines += handover.text.splitlines()
    return [safe_text(line, multiline=False) for line in lines]


def _note(line: HandoverLine) -> Iterator[str]:
    if line.note:
        yield f"      Nota: {' '.join(line.note.split())}"


def _preparing_json(prepared: Prepared, text: str) -> dict[str, object]:
    out = prepared.preparation.left_out
    lines = prepared.preparation.all_lines(prepared.portions)
    return {
        "analista": prepared.preparation.who,
        "equipe": prepared.preparation.whole_team,
        "texto": text,
        "linhas": [{**_line_json(line), "vai": line.key not in out} for line in lines],
        "sem_leitura": {
            each.part.value: each.absent or each.trouble
            for each in prepared.portions
            if each.absent or each.trouble
        },
    }


def _preparing_csv(prepared: Prepared) -> str:
    out = prepared.preparation.left_out
    return csv_page(
        ("parte", "vai", "urgente", "linha", "nota", "ticket", "chamado"),
        (
            (
                PART_TITLES[line.part],
                "não" if line.key in out else "sim",
                "sim" if line.weight is Weight.RED else "não",
                line.text,
                line.note,
                line.ticket_id,
                line.chamado,
            )
            for line in prepared.preparation.all_lines(prepared.portions)
        ),
    )


def _handed_json(handover: Handover, fate: str) -> dict[str, object]:
    return {
        "id": handover.id,
        "de": handover.who,
        "em": handover.at.isoformat(),
        "desfecho": fate,
        "link": handover.link or None,
        "texto": handover.text,
        "linhas": [
            {**_line_json(line), "numero": number, "ciente": _seen_json(handover, line)}
            for number, line in enumerate(handover.lines, start=1)
        ],
    }


def _seen_json(handover: Handover, line: HandoverLine) -> dict[str, object] | None:
    given = handover.acknowledgement(line.key)
    if given is None:
        return None
    return {"quem": given.who, "em": given.at.isoformat(), "nota": given.note}


def _line_json(line: HandoverLine) -> dict[str, object]:
    return {
        "chave": line.key,
        "parte": line.part.value,
        "texto": line.text,
        "nota": line.note,
        "urgente": line.weight is Weight.RED,
        "ticket": line.ticket_id,
        "chamado": line.chamado,
    }
