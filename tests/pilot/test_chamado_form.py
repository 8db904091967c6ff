"""The chamado form, by keyboard alone."""

import re

import pytest
from textual.events import Paste
from textual.pilot import Pilot
from textual.widgets import TextArea

from clients.models.chamado import TOOL_SCOPE, ChamadoDraft
from clients.models.feed import Trouble
from clients.models.licence import LicenceState
from clients.models.quality import TEMPLATE
from tests.support.form_desk import GOOD, NOON, FormDesk
from tests.support.painted import lines_of
from widgets.chamado_form import ChamadoForm
from widgets.form_field import FormField
from widgets.key_bar import KeyBar
from widgets.send_preview import SendPreview

pytestmark = pytest.mark.anyio

EMPTY = ChamadoDraft(id="6a1f", notice_read_at=NOON)
SMALL, LARGE = (80, 24), (120, 36)


async def settle(pilot: Pilot[None]) -> None:
    """Wait for the letter's check and what it changes."""
    form = pilot.app.query_one(ChamadoForm)
    for _ in range(2):  # what is told at the end may begin another round
        await pilot.pause(0.02)
        while form.waiting:
            await pilot.pause(0.01)
    await pilot.pause()


async def paste(app: FormDesk, text: str) -> None:
    assert app.focused is not None
    app.focused.post_message(Paste(text))


def text_of(app: FormDesk, selector: str) -> str:
    return str(app.query_one(selector).render())


def line_of(app: FormDesk) -> tuple[str, str]:
    """What stands before and behind the cursor on its line."""
    box = app.focused
    assert isinstance(box, TextArea)
    row, column = box.cursor_location
    line = box.document.get_line(row)
    return line[:column], line[column:]


def findings_of(app: FormDesk, name: str) -> set[str]:
    return {finding.rule for finding in app.query_one(f"#field-{name}", FormField).findings}


async def test_a_chamado_that_the_form_first_refuses_and_then_sends() -> None:
    app = FormDesk(GOOD.model_copy(update={"title": "Erro"}))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await pilot.press("f9")
        await settle(pilot)
        assert not app.query(SendPreview)
        assert app.focused is not None
        assert app.focused.id == "title"
        assert "Não enviado" in text_of(app, ".said")
        assert findings_of(app, "title")
        await pilot.press("ctrl+u")
        await paste(app, "Pedido de venda não salva ao alterar a forma de pagamento")
        await pilot.pause()
        await settle(pilot)
        assert not findings_of(app, "title")
        await pilot.press("f9")
        await settle(pilot)
        assert app.query(SendPreview)
        assert app.sent() == []
        await pilot.press("enter")
        await settle(pilot)
        (sent,) = app.sent()
        assert sent.draft == GOOD
        assert not sent.unchecked_accepted


async def test_the_whole_form_is_filled_and_sent_at_80x24_without_a_mouse() -> None:
    app = FormDesk(EMPTY)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await paste(app, "Pedido de venda não salva ao alterar a forma de pagamento")
        await pilot.pause()
        await pilot.press("enter")
        await paste(app, "admin@padaria-aurora.com.br")
        await pilot.pause()
        await pilot.press("enter", "s", "tab")  # s: Sistema
        await paste(app, "ana@parceiro.com.br")
        await pilot.pause()
        await pilot.press("enter")
        await paste(app, GOOD.flow)
        await pilot.pause()
        await pilot.press("tab")
        await paste(app, GOOD.description)
        await settle(pilot)
        focused = app.focused
        assert focused is not None
        assert focused.id == "description"
        field = app.query_one("#field-description", FormField)
        assert app.form.sheet.region.contains_region(field.region)
        await pilot.press("f9")
        await settle(pilot)
        assert app.query(SendPreview), app.form.findings
        await pilot.press("f9")
        await settle(pilot)
        (sent,) = app.sent()
        assert sent.draft.tool == "Sistema"
        assert sent.draft.notify == "ana@parceiro.com.br"


async def test_an_arrowed_flow_is_converted_and_numbered() -> None:
    app = FormDesk(GOOD.model_copy(update={"flow": "Vendas > Pedidos > Editar pedido > Salvar"}))
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        note = text_of(app, "#field-flow .note")
        assert "F4 converte em 4 etapas: Vendas; Pedidos; Editar pedido; Salvar" in note
        await pilot.press("f4")
        await settle(pilot)
        assert app.form.draft.flow == "Vendas; Pedidos; Editar pedido; Salvar"
        assert "convertido em 4 itens" in text_of(app, ".said")
        assert text_of(app, "#field-flow .note") == "1 Vendas  2 Pedidos  3 Editar pedido  4 Salvar"
        app.form.sheet.focus_field("flow")
        await pilot.press("ctrl+z")
        await settle(pilot)
        assert app.form.draft.flow == "Vendas > Pedidos > Editar pedido > Salvar"


async def test_a_pasted_list_is_kept_whole_and_converted() -> None:
    app = FormDesk(GOOD.model_copy(update={"flow": ""}))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert app.focused is not None
        assert app.focused.id == "flow"
        await paste(app, "1. Vendas\r\n2. Pedidos\x1b[31m\r\n3. Salvar")
        await settle(pilot)
        await pilot.press("f4")
        await settle(pilot)
        assert app.form.draft.flow == "Vendas; Pedidos␛[31m; Salvar"


async def test_commas_between_addresses_are_offered_as_semicolons() -> None:
    app = FormDesk(GOOD.model_copy(update={"notify": "ana@parceiro.com.br, bia@parceiro.com.br"}))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert "F4 separa com «;»: ana@parceiro.com.br; bia@parceiro.com.br" in text_of(
            app, "#field-notify .note"
        )
        assert findings_of(app, "notify") == {"notificar.separador"}
        await pilot.press("f4")
        await settle(pilot)
        assert app.form.draft.notify == "ana@parceiro.com.br; bia@parceiro.com.br"
        assert not findings_of(app, "notify")


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_an_unchecked_licence_needs_an_explicit_yes(size: tuple[int, int]) -> None:
    app = FormDesk(GOOD, LicenceState.UNCHECKED)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await pilot.press("f9")
        await settle(pilot)
        assert "A licença não foi verificada (a lista não respondeu)" in text_of(app, ".question")
        await pilot.press("enter", "f9")
        await settle(pilot)
        assert app.sent() == [], "habit of the fingers is no yes"
        await pilot.press("s")
        await settle(pilot)
        (sent,) = app.sent()
        assert sent.unchecked_accepted


@pytest.mark.usefixtures("seconds_stand_still")
async def test_what_was_agreed_to_can_be_taken_back_for_some_seconds() -> None:
    app = FormDesk(GOOD, hold=60)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await pilot.press("f9")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert "Enviando em 60 s — Esc desfaz" in text_of(app, ".question")
        await pilot.press("enter", "escape")
        await settle(pilot)
        assert app.sent() == []
        assert not app.query(SendPreview)
        assert "Não enviado" in text_of(app, ".said")
        assert app.focused is not None, "back where one was"


async def test_the_countdown_is_held_and_goes_on_with_the_key_of_the_answers() -> None:
    app = FormDesk(GOOD, hold=60)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await pilot.press("f9")
        await settle(pilot)
        await pilot.press("space")
        await settle(pilot)
        assert "Confira" in text_of(app, ".question"), "nothing runs yet, nothing to hold"
        await pilot.press("enter", "space")
        await settle(pilot)
        assert app.query_one(SendPreview).left is None
        assert "do envio — Espaço continua" in text_of(app, ".question")
        await pilot.press("space")
        await settle(pilot)
        assert "— Esc desfaz" in text_of(app, ".question")
        await pilot.press("space", "escape")
        await settle(pilot)
        assert app.sent() == []
        assert not app.query(SendPreview)


async def test_warnings_that_are_left_are_told_before_the_yes() -> None:
    app = FormDesk(GOOD.model_copy(update={"flow": "Vendas; Salvar"}), LicenceState.UNCHECKED)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await pilot.press("f9")
        await settle(pilot)
        told = text_of(app, ".warnings")
        assert "▲ 1 aviso ficou:" in told, "the licence is asked about in the question"
        assert "Fluxo: ▲ Fluxo com 2 telas" in told
        await pilot.press("s")
        await settle(pilot)
        assert len(app.sent()) == 1


async def test_the_hold_ends_by_itself() -> None:
    app = FormDesk(GOOD, hold=1)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await pilot.press("f9")
        await settle(pilot)
        await pilot.press("enter")
        while not app.sent():
            await pilot.pause(0.1)
        assert app.sent()[0].draft == GOOD


async def test_esc_in_the_last_second_comes_too_late_and_says_nothing_else() -> None:
    app = FormDesk(GOOD, hold=1)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await pilot.press("f9")
        await settle(pilot)
        sheet = app.query_one(SendPreview)
        sheet.action_agree_checked()
        sheet.tick()
        sheet.action_take_back()
        sheet.tick()
        await settle(pilot)
        assert len(app.sent()) == 1
        assert "Não enviado" not in text_of(app, ".said")


async def test_an_expired_licence_cannot_be_sent() -> None:
    app = FormDesk(GOOD, LicenceState.EXPIRED)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert "✖ vencida" in text_of(app, "#field-licence_email .note")
        await pilot.press("f9", "enter", "s")
        await settle(pilot)
        assert app.sent() == []


async def test_sending_waits_for_the_answer_about_the_licence() -> None:
    app = FormDesk(GOOD, answer=None)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await pilot.press("f9")
        await settle(pilot)
        assert not app.query(SendPreview)
        assert "conferida" in text_of(app, ".said")
        assert "conferindo" in text_of(app, "#field-licence_email .note")


async def test_an_answer_about_another_address_does_not_count() -> None:
    app = FormDesk(GOOD)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert "● válida" in text_of(app, "#field-licence_email .note")
        app.form.sheet.focus_field("licence_email")
        app._answer = None
        await pilot.press("end", "x")
        assert app.form.known_licence is None
        await pilot.press("tab")
        await settle(pilot)
        wanted = [m.email for m in app.heard if isinstance(m, ChamadoForm.LicenceWanted)]
        assert wanted == ["admin@padaria-aurora.com.br", "admin@padaria-aurora.com.brx"], "asked once each"


async def test_every_change_is_told_so_that_nothing_typed_is_lost() -> None:
    app = FormDesk(EMPTY)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await pilot.press("n", "ã", "o")
        await pilot.press("tab", "tab", "p", "p")
        await settle(pilot)
        drafts = [m.draft for m in app.heard if isinstance(m, ChamadoForm.Changed)]
        assert [draft.title for draft in drafts[:3]] == ["n", "nã", "não"]
        assert [draft.tool for draft in drafts[3:]] == ["Print Integrator", "Painel"]
        await pilot.press("escape")
        await pilot.pause()
        closed = app.heard[-1]
        assert isinstance(closed, ChamadoForm.Closed)
        assert closed.draft == drafts[-1]


async def test_leaving_two_fields_in_a_hurry_loses_no_check() -> None:
    app = FormDesk(GOOD.model_copy(update={"title": "", "files": ""}))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await paste(app, GOOD.title)
        app.form.sheet.focus_field("files")
        app.form.sheet.focus_field("tool")
        await settle(pilot)
        assert all(found.field != "title" for found in app.form.findings)


async def test_untouched_fields_are_not_scolded_but_counted() -> None:
    app = FormDesk(EMPTY)
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        assert all(not field.findings for field in app.query(FormField))
        assert "impedem o envio" in text_of(app, ".summary")
        await pilot.press("tab")
        await settle(pilot)
        assert findings_of(app, "title")
        assert not findings_of(app, "description")


async def test_what_would_be_refused_is_not_marked_as_right_while_it_is_typed() -> None:
    app = FormDesk(GOOD.model_copy(update={"licence_email": "ana@"}))
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        field = app.query_one("#field-licence_email", FormField)
        assert "licenca.email" in {found.rule for found in app.query_one(ChamadoForm).findings}
        assert not field.filled


async def test_one_key_goes_from_finding_to_finding() -> None:
    app = FormDesk(GOOD.model_copy(update={"title": "Erro", "flow": "Vendas"}))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        visited = []
        for _ in range(len(app.form.findings) + 1):
            await pilot.press("f8")
            await settle(pilot)
            assert app.focused is not None
            visited.append(app.focused.id)
        assert "flow" in visited
        assert visited[0] == visited[-1] == "title", "round and round"


async def test_what_blocks_is_gone_to_before_what_warns() -> None:
    app = FormDesk(GOOD.model_copy(update={"title": "Pedido trava", "flow": "", "description": ""}))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        visited = []
        for _ in range(3):
            await pilot.press("f8")
            await settle(pilot)
            assert app.focused is not None
            visited.append(app.focused.id)
        assert visited == ["flow", "description", "title"]


async def test_where_there_is_little_room_the_way_out_stays_in_the_bar() -> None:
    app = FormDesk(GOOD)
    async with app.run_test(size=(60, 24)) as pilot:
        await settle(pilot)
        app.form.sheet.focus_field("files")
        await settle(pilot)
        bar = lines_of(app.query_one(KeyBar))[0]
        for told in ("F6 Completar", "F9 Enviar", "F8 Achados", "Esc Fechar"):
            assert told in bar
        assert "F3" not in bar


async def test_after_a_refusal_the_next_finding_is_the_one_below() -> None:
    app = FormDesk(GOOD.model_copy(update={"title": "Pedido trava", "flow": "", "description": ""}))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await pilot.press("f9")
        await settle(pilot)
        assert app.focused is not None
        assert app.focused.id == "flow", "the first that blocks"
        await pilot.press("f8")
        await settle(pilot)
        assert app.focused.id == "description"


async def test_each_heading_of_the_skeleton_is_gone_to_once_while_they_are_answered() -> None:
    headings = TEMPLATE.splitlines()
    app = FormDesk(GOOD.model_copy(update={"description": ""}))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await pilot.press("f3")
        assert line_of(app) == (headings[0], ""), "behind the first one, to be answered at once"
        for heading in headings:
            await pilot.press("f8")
            assert line_of(app) == (heading, "")
            await pilot.press("space", *"dá erro")
            await settle(pilot)
        for heading, line in zip(headings, app.form.draft.description.splitlines(), strict=True):
            assert line == f"{heading} dá erro"
        await pilot.press("f8")
        await settle(pilot)
        assert not [found for found in app.form.findings if found.rule == "descricao.modelo"]


@pytest.mark.parametrize("skipped", range(4))
async def test_what_was_left_out_is_not_gone_back_to_before_the_end(skipped: int) -> None:
    headings = TEMPLATE.splitlines()
    app = FormDesk(GOOD.model_copy(update={"description": ""}))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await pilot.press("f3")
        gone_to = []
        for number in range(len(headings)):
            await pilot.press("f8")
            gone_to.append(line_of(app)[0])
            if number != skipped:
                await pilot.press("x")
            await settle(pilot)
        assert gone_to == headings
        for _ in range(len(app.form.findings)):
            await pilot.press("f8")
        assert line_of(app)[0] == headings[skipped], "the next time round"


async def test_every_finding_has_its_turn_in_each_round() -> None:
    draft = GOOD.model_copy(
        update={"title": "Erro", "flow": "Vendas", "description": "Dá erro ao abrir ____"}
    )
    app = FormDesk(draft)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        rounds = []
        for _ in range(2):
            told = []
            for _ in app.form.findings:
                await pilot.press("f8")
                await settle(pilot)
                told.append(text_of(app, ".said"))
            rounds.append(told)
        assert len(set(rounds[0])) == len(app.form.findings)
        assert rounds[0] == rounds[1]


async def test_answering_where_the_exact_message_is_asked_for_mends_it() -> None:
    description = GOOD.description.replace(' "Erro 500: parcela inválida".', "").replace(
        '"Dinheiro"', "outra"
    )
    app = FormDesk(GOOD.model_copy(update={"description": description}))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        app.form.sheet.focus_field("description")
        await pilot.press("f8")
        assert line_of(app) == ("Mensagem exata:", "")
        await pilot.press(*' "Erro 500"')
        await settle(pilot)
        assert 'Mensagem exata: "Erro 500"' in app.form.draft.description
        assert not findings_of(app, "description")


async def test_the_key_to_separate_says_that_all_is_separated_only_where_it_is() -> None:
    app = FormDesk(GOOD.model_copy(update={"flow": "Vendas Pedidos Salvar"}))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await pilot.press("f4")
        await settle(pilot)
        assert "o fluxo tem um passo só" in text_of(app, ".said")
        app.form.sheet.write("flow", GOOD.flow)
        await settle(pilot)
        await pilot.press("f4")
        await settle(pilot)
        assert "já estão separados por «;»" in text_of(app, ".said")
        app.form.sheet.write("notify", "ana@x.com.br; ana")
        await settle(pilot)
        await pilot.press("f4")
        await settle(pilot)
        assert "em Notificar há o que não é e-mail" in text_of(app, ".said")


async def test_addresses_with_names_are_counted_once_each() -> None:
    app = FormDesk(GOOD.model_copy(update={"notify": "Ana <ana@x.com.br>, bia@y.com.br, ANA@x.com.br"}))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await pilot.press("f4")
        await settle(pilot)
        assert app.form.draft.notify == "ana@x.com.br; bia@y.com.br"
        assert text_of(app, "#field-notify .note") == "2 e-mails serão avisados"


async def test_the_integration_is_asked_only_under_central_de_integracoes() -> None:
    app = FormDesk(GOOD)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        integration = app.form.sheet.field("integration")
        assert not integration.display
        app.form.sheet.focus_field("tool")
        await pilot.press("c")
        await settle(pilot)
        assert app.form.draft.tool == "Central de Integrações"
        assert integration.display
        note = "#field-integration > .note"
        assert "Mercado Livre, Loja Integrada" in text_of(app, note)
        assert "DSLite" in text_of(app, note), "the maker's list is seen whole where there is no guide"
        await pilot.press("tab", "m", "a", "g")
        await settle(pilot)
        assert text_of(app, note) == "Magento 1, Magento 2, Magalu"
        await pilot.press("backspace", "backspace", "e", "right")
        await settle(pilot)
        assert not app.query_one(note).has_class("-said")
        assert app.form.draft.integration == "Mercado Livre"


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_of_a_tool_on_the_clients_machine_version_and_system_are_asked(size: tuple[int, int]) -> None:
    app = FormDesk(GOOD)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        version, system = app.form.sheet.field("tool_version"), app.form.sheet.field("tool_system")
        assert not version.display
        app.form.sheet.focus_field("tool")
        await pilot.press("m")
        await settle(pilot)
        assert version.display
        assert system.display
        assert "Versão do Mobi" in text_of(app, "#field-tool_version > .rule")
        assert "Aparelho e sistema" in text_of(app, "#field-tool_system > .rule")
        await pilot.press("tab", "tab", "tab")
        await settle(pilot)
        assert app.focused is not None
        assert app.focused.id == "notify"
        assert findings_of(app, "tool_system") == {"ferramenta.sistema"}, "left empty, and asked for"
        assert not findings_of(app, "tool_version"), "the description tells it"
        await pilot.press("shift+tab")
        await paste(app, "Moto G84, Android 14")
        await pilot.press("shift+tab")
        await paste(app, "3.2.1")
        await settle(pilot)
        assert app.form.draft.tool_version == "3.2.1"
        assert not findings_of(app, "tool_version") | findings_of(app, "tool_system")
        await pilot.press("f9")
        await settle(pilot)
        sheet = str(app.query_one(SendPreview).query_one("VerticalScroll > Static").render())
        assert "No cliente  versão 3.2.1 · Moto G84, Android 14" in sheet


async def test_what_was_answered_for_another_tool_waits_in_the_draft() -> None:
    begun = GOOD.model_copy(update={"tool": "SAT", "tool_version": "1.9", "tool_system": "Linker II"})
    app = FormDesk(begun)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert "Equipamento SAT e sistema" in text_of(app, "#field-tool_system > .rule")
        assert app.form.sheet.value("tool_version") == "1.9"
        app.form.sheet.focus_field("tool")
        await pilot.press("a")
        await settle(pilot)
        assert app.form.draft.tool == "API"
        assert not app.form.sheet.field("tool_version").display
        await pilot.press("f9")
        await settle(pilot)
        assert "No cliente" not in str(
            app.query_one(SendPreview).query_one("VerticalScroll > Static").render()
        )
        assert app.form.draft.tool_version == "1.9"


async def test_the_list_of_tools_opens_in_place_and_esc_closes_only_it() -> None:
    app = FormDesk(EMPTY)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        app.form.sheet.focus_field("tool")
        await pilot.press("enter")
        await settle(pilot)
        shown = "\n".join(strip.text for strip in app.screen._compositor.render_strips())
        for tool, scope in TOOL_SCOPE.items():
            assert re.search(rf"{re.escape(tool)} +{re.escape(scope)}", shown), (
                "said to the end at 80 columns"
            )
        await pilot.press("down", "escape")
        await settle(pilot)
        assert not any(isinstance(m, ChamadoForm.Closed) for m in app.heard)
        await pilot.press("enter", "down", "enter")
        await settle(pilot)
        assert app.form.draft.tool == "Sistema"


async def test_a_failed_sending_gives_the_form_back() -> None:
    app = FormDesk(GOOD)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await pilot.press("f9")
        await settle(pilot)
        await pilot.press("enter", "f9", "enter")
        await settle(pilot)
        assert len(app.sent()) == 1, "a second Enter sends nothing twice"
        await pilot.press("escape")
        await settle(pilot)
        assert "Espere a resposta" in text_of(app, ".said")
        assert not any(isinstance(message, ChamadoForm.Closed) for message in app.heard)
        app.form.trouble = Trouble("Sem conexão", "o quadro não respondeu", "Tente de novo.")
        await settle(pilot)
        assert "Sem conexão" in text_of(app, ".said")
        app.form.sheet.focus_field("title")
        await pilot.press("end", "x")
        await settle(pilot)
        assert app.form.draft.title.endswith("x")
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.heard[-1], ChamadoForm.Closed)


async def test_markup_and_escapes_in_a_draft_are_shown_as_text() -> None:
    hostile = GOOD.model_copy(
        update={"title": "[@click=app.quit]x[/b] \x1b]0;y\x07", "flow": "[/b]; \x1b[2J; c"}
    )
    app = FormDesk(hostile)
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        assert "[/b]" in text_of(app, "#field-flow .note")
        await pilot.press("f8")
        await settle(pilot)
        picture = app.export_screenshot()
        assert "\x1b" not in picture
        assert app.is_running


async def test_the_skeleton_enters_an_empty_description_only() -> None:
    app = FormDesk(EMPTY)
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        await pilot.press("f3")
        await settle(pilot)
        assert app.form.draft.description.startswith("Onde acontece:")
        assert "descricao.modelo" in findings_of(app, "description")
        before = app.form.draft
        await pilot.press("f3")
        await settle(pilot)
        assert app.form.draft == before
