"""One template as a reply to several tickets: read in full for each, sent once to each."""

from pathlib import Path

import pytest

from clients.errors import Rejected
from clients.models.conversation import Conversation, Voice
from clients.sandbox.company.facts import company_facts
from clients.sandbox.server import Running
from tests.support.clock import frozen
from tests.support.desk import NARROW, WIDE, Sitting, at_the_desk, settings_for
from tests.support.tickets import said
from tui.desk import Desk
from tui.screens.last_look import WorkScreen
from tui.screens.mesa import MesaScreen
from tui.screens.results import ResultsScreen
from tui.screens.template import TemplateScreen
from tui.settings import ReplySettings

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("seconds_stand_still")]
TEAM = """
[[modelo]]
titulo = "Ramal do setor"
texto = "Olá {{ticket.requester.firstname}}, ligue no ramal {{ticket.cf_versao}}."
"""


async def chooses(seat: Sitting, title: str) -> None:
    await seat.arrives_at(TemplateScreen)
    await seat.write(title)
    await seat.press("enter")


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_each_marked_ticket_gets_its_own_text_once(
    running: Running, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with at_the_desk(running, tmp_path, size) as seat:
        three = [entry.ticket for entry in seat.mesa.queue.shown[:3]]
        before = {each.id: len(await said(seat, each.id, Voice.REPLY)) for each in three}
        await seat.press("space", "space", "space", "M")
        await chooses(seat, "analise")
        await seat.arrives_at(WorkScreen)
        await seat.sees(f"1. #{three[0].id}")
        await seat.press("end")
        await seat.sees(f"3. #{three[2].id}")
        assert running.journal.of("freshdesk", "POST") == []
        await seat.press("enter")
        await seat.press("enter")
        await seat.hears("3 de 3 tickets feitos")
        for each in three:
            replies = await said(seat, each.id, Voice.REPLY)
            assert len(replies) == before[each.id] + 1
            assert each.requester is not None
            assert each.requester.name.split()[0] in replies[-1].text
        assert "marcado" not in seat.text(), "the marks go once it was begun"


async def test_a_ticket_that_lacks_what_the_text_names_is_left_out(running: Running, tmp_path: Path) -> None:
    file = tmp_path / "modelos.toml"
    file.write_text(TEAM, encoding="utf-8")
    replies = ReplySettings.model_validate({"arquivo": file, "segundos_para_desfazer": 0})
    desk = Desk(settings_for(running, tmp_path, replies=replies), frozen)
    async with at_the_desk(running, tmp_path, desk=desk) as seat:
        rows = [entry.ticket for entry in seat.mesa.queue.shown]
        full = next(each for each in rows if each.custom_fields.get("cf_versao"))
        empty = next(each for each in rows if not each.custom_fields.get("cf_versao"))
        seat.mesa.queue.mark(frozenset((full.id, empty.id)))
        before = len(await said(seat, empty.id, Voice.REPLY))
        await seat.press("M")
        await chooses(seat, "ramal")
        await seat.arrives_at(WorkScreen)
        await seat.sees(f"▲ #{empty.id} fica de fora: falta preencher", f"1. #{full.id}")
        await seat.press("enter")
        await seat.arrives_at(ResultsScreen)
        await seat.sees(f"✖ #{empty.id}", f"✓ #{full.id}")
        assert str(full.custom_fields["cf_versao"]) in (await said(seat, full.id, Voice.REPLY))[-1].text
        assert len(await said(seat, empty.id, Voice.REPLY)) == before


async def test_what_the_routine_has_to_say_stands_below_each_ticket(running: Running, tmp_path: Path) -> None:
    file = tmp_path / "modelos.toml"
    colleague = company_facts().agents[1].name
    file.write_text(f'[[modelo]]\ntitulo = "Quem cuida"\ntexto = "{colleague} cuida disto."\n', "utf-8")
    replies = ReplySettings.model_validate({"arquivo": file})
    desk = Desk(settings_for(running, tmp_path, replies=replies), frozen)
    async with at_the_desk(running, tmp_path, desk=desk) as seat:
        await seat.press("space", "space", "M")
        await chooses(seat, "quem cuida")
        await seat.arrives_at(WorkScreen)
        await seat.until(lambda: seat.text().count("▲ Alguém da equipe no texto") == 2)
        assert running.journal.of("freshdesk", "POST") == []


async def test_taken_back_none_of_them_is_answered(running: Running, tmp_path: Path) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        await seat.press("space", "space", "M")
        await chooses(seat, "analise")
        await seat.arrives_at(WorkScreen)
        await seat.press("enter", "escape")
        await seat.arrives_at(MesaScreen)
        assert running.journal.of("freshdesk", "POST") == []
        await seat.sees("■ 2 marcados")


async def test_the_one_that_is_refused_is_named_and_waits(
    running: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_the_desk(running, tmp_path) as seat:
        two = [entry.id for entry in seat.mesa.queue.shown[:2]]
        freshdesk = seat.app.desk.freshdesk
        assert freshdesk is not None
        reply = freshdesk.reply

        async def refuses_the_second(ticket_id: int, text: str, **options: object) -> Conversation:
            if ticket_id == two[1]:
                raise Rejected("Freshdesk", "cc_emails: valor inválido")
            return await reply(ticket_id, text, **options)  # type: ignore[arg-type]

        monkeypatch.setattr(freshdesk, "reply", refuses_the_second)
        await seat.press("space", "space", "M")
        await chooses(seat, "analise")
        await seat.arrives_at(WorkScreen)
        await seat.press("enter")
        await seat.press("enter")
        await seat.arrives_at(ResultsScreen)
        await seat.sees(f"✖ #{two[1]}", f"✓ #{two[0]}", "valor inválido")
        assert seat.app.carrier.open == 1
