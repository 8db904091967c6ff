from collections.abc import Callable
from typing import TypeVar

import pytest
from rich.segment import Segment
from textual.app import App, ComposeResult
from textual.events import Paste
from textual.message import Message
from textual.pilot import Pilot
from textual.strip import Strip
from textual.widget import Widget

from clients.models.answer import Answer, Kind
from clients.models.conversation import Conversation
from clients.models.discretion import Team
from clients.models.feed import Trouble
from clients.models.rules.reply import ReplyContext, check_answer
from clients.models.template import Template
from clients.models.ticket_changes import Change
from tests.support.ticket_server import WHEN
from widgets.answer_frame import AnswerFrame, recipient
from widgets.answer_preview import AnswerPreview
from widgets.composer import Composer, Manuscript
from widgets.one_line import OneLine
from widgets.template_picker import TemplatePicker

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("seconds_stand_still")]
SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=["80x24", "120x36"])
TO = recipient("Marina Alves", "marina@exemplo.com.br")
ABOUT = "#4102 [b]NF-e[/b] rejeitada"
Said = TypeVar("Said", bound=Message)


class Bench(App[None]):
    """One widget, and what it said."""

    def __init__(self, make: Callable[[], Widget]) -> None:
        super().__init__()
        self._make = make
        self.heard: list[Message] = []

    def compose(self) -> ComposeResult:
        yield self._make()

    def on_composer_changed(self, message: Composer.Changed) -> None:
        self.heard.append(message)

    def on_composer_switched(self, message: Composer.Switched) -> None:
        self.heard.append(message)

    def on_composer_submitted(self, message: Composer.Submitted) -> None:
        self.heard.append(message)

    def on_composer_cancelled(self, message: Composer.Cancelled) -> None:
        self.heard.append(message)

    def on_composer_template_wanted(self, message: Composer.TemplateWanted) -> None:
        self.heard.append(message)

    def on_composer_editor_wanted(self, message: Composer.EditorWanted) -> None:
        self.heard.append(message)

    def on_template_picker_chosen(self, message: TemplatePicker.Chosen) -> None:
        self.heard.append(message)

    def on_template_picker_dismissed(self, message: TemplatePicker.Dismissed) -> None:
        self.heard.append(message)

    def on_last_look_confirmed(self, message: AnswerPreview.Confirmed) -> None:
        self.heard.append(message)

    def on_last_look_taken_back(self, message: AnswerPreview.TakenBack) -> None:
        self.heard.append(message)

    def of(self, kind: type[Said]) -> list[Said]:
        return [message for message in self.heard if isinstance(message, kind)]


def screen(app: Bench) -> str:
    """What is on screen, as text."""
    width, height = app.size
    lines = app.screen._compositor.render_strips()[:height]
    return "\n".join("".join(segment.text for segment in strip)[:width] for strip in lines)


async def settled(pilot: Pilot[None]) -> None:
    await pilot.pause()
    await pilot.pause()


def composer(text: str = "", kind: Kind = Kind.REPLY) -> Bench:
    return Bench(lambda: Composer(kind, TO, ABOUT, text))


@SIZES
async def test_a_reply_names_the_client_and_a_note_says_that_nobody_outside_reads_it(
    size: tuple[int, int],
) -> None:
    app = composer("Olá")
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        frame = app.query_one(AnswerFrame)
        reply = screen(app)
        assert "RESPOSTA AO CLIENTE → Marina Alves <marina@exemplo.com.br>" in reply
        assert "#4102 [b]NF-e[/b] rejeitada" in reply
        assert "Enviar ao cliente" in reply
        assert "Gravar nota" not in reply
        assert str(frame.styles.border_top[0]) == "heavy"

        await pilot.press("f6")
        await settled(pilot)
        note = screen(app)
        assert "NOTA INTERNA — o cliente não vê" in note
        assert "Marina" not in note
        assert "Gravar nota" in note
        assert "Enviar ao cliente" not in note
        assert str(frame.styles.border_top[0]) == "dashed"
        assert app.of(Composer.Switched) == [app.heard[-1]]
        assert (app.of(Composer.Switched)[0].text, app.of(Composer.Switched)[0].kind) == ("Olá", Kind.NOTE)

        await pilot.press("f9")
        await settled(pilot)
        assert [(said.text, said.kind) for said in app.of(Composer.Submitted)] == [("Olá", Kind.NOTE)]


@SIZES
async def test_every_key_is_on_screen_at_its_full_length(size: tuple[int, int]) -> None:
    app = composer("Olá {{x}}")
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        shown = screen(app)
        for label in ("Enviar ao cliente", "F6 Nota", "Modelos", "Conversa", "Fechar", "vai à próxima"):
            assert label in shown


async def test_every_change_is_told_for_the_draft() -> None:
    app = composer()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("o", "i", "enter")
        await settled(pilot)
        assert [said.text for said in app.of(Composer.Changed)][-1] == "oi\n"
        assert "3 caracteres · 2 linhas" in screen(app)
        await pilot.press("escape")
        await settled(pilot)
        assert [said.text for said in app.of(Composer.Cancelled)] == ["oi\n"]


async def test_a_draft_is_gone_on_with_at_its_end() -> None:
    app = composer("Olá,\nbom di")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("a")
        await settled(pilot)
        assert app.query_one(Composer).text == "Olá,\nbom dia"


async def test_an_empty_answer_is_not_handed_over() -> None:
    app = composer("  \n")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("f9")
        await settled(pilot)
        assert app.of(Composer.Submitted) == []
        assert "não há nada escrito" in screen(app)


@SIZES
async def test_an_unfilled_template_blocks_sending_and_leads_to_its_gaps(size: tuple[int, int]) -> None:
    app = composer("Bom dia. ")
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        app.query_one(Composer).insert("Olá {{ticket.cf_x}},\nversão {% if v %}.")
        await settled(pilot)
        shown = screen(app)
        assert "2 lacunas por preencher" in shown
        assert "linha 1  {{ticket.cf_x}}  sem valor: escreva por cima" in shown
        assert "linha 2  {% if v %}  condição não sai: apague" in shown

        await pilot.press("f9")
        await settled(pilot)
        assert app.of(Composer.Submitted) == []
        box = app.query_one(Manuscript)
        assert box.selected_text == "{% if v %}", "the insertion selected the first, sending goes to the next"

        await pilot.press("8", "f8", "M")
        await settled(pilot)
        assert app.query_one(Composer).text == "Bom dia. Olá M,\nversão 8."
        assert "lacuna" not in screen(app)
        await pilot.press("f9")
        await settled(pilot)
        assert [said.text for said in app.of(Composer.Submitted)] == ["Bom dia. Olá M,\nversão 8."]


async def test_what_is_pasted_takes_the_place_of_the_gap_that_is_selected() -> None:
    app = composer("Olá {{ticket.foo}}, bom dia.")
    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.press("f8")
        app.post_message(Paste("Maria"))
        await settled(pilot)
        assert app.query_one(Composer).text == "Olá Maria, bom dia."


async def test_a_template_takes_the_place_of_what_is_selected_and_leads_to_its_own_gap() -> None:
    app = composer("Olá {{ticket.foo}}")
    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.press("f8")
        app.query_one(Composer).insert("Prezada {{x}}.")
        await settled(pilot)
        assert app.query_one(Composer).text == "Olá Prezada {{x}}."
        await pilot.press("A", "n", "a")
        assert app.query_one(Composer).text == "Olá Prezada Ana."


async def test_the_gap_is_marked_where_it_stands() -> None:
    app = composer("Olá {{x}}!")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        (span,) = app.query_one(Manuscript).get_line(0).spans
        assert (span.start, span.end) == (4, 9)


async def test_the_editor_s_text_takes_the_place_and_can_be_undone() -> None:
    app = composer("antes")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f4", "f7")
        await settled(pilot)
        assert [said.text for said in app.of(Composer.EditorWanted)] == ["antes"]
        assert len(app.of(Composer.TemplateWanted)) == 1
        app.query_one(Composer).replace("depois\x1b[2J")
        await settled(pilot)
        assert app.query_one(Composer).text == "depois␛[2J"
        assert app.of(Composer.Changed)[-1].text == "depois␛[2J"
        await pilot.press("ctrl+z")
        await settled(pilot)
        assert app.query_one(Composer).text == "antes"


async def test_what_went_wrong_is_said_in_place() -> None:
    app = composer("Olá")
    async with app.run_test(size=(80, 24)) as pilot:
        app.query_one(Composer).trouble = "rascunho não guardado: disco cheio"
        await settled(pilot)
        assert "▲ rascunho não guardado: disco cheio" in screen(app)
        app.query_one(Composer).trouble = ""
        await settled(pilot)
        assert "▲" not in screen(app)


async def test_a_draft_is_called_kept_only_once_it_is() -> None:
    app = composer()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("o")
        await settled(pilot)
        assert "guardado" not in screen(app)
        app.query_one(Composer).kept = "guardado 12:06"
        await settled(pilot)
        assert "O cliente lê · rascunho guardado 12:06" in screen(app)
        await pilot.press("backspace")
        await settled(pilot)
        assert "guardado" not in screen(app), "of nothing nothing is kept"


def painted(app: Bench) -> list[list[Segment]]:
    return [list(strip) for strip in app.screen._compositor.render_strips()]


@pytest.mark.parametrize(
    "keys",
    [
        ("ctrl+home", "enter", "x"),
        ("pageup", "pageup", "down", "backspace"),
        ("shift+up", "shift+up"),
        ("shift+up", "shift+up", "delete", "ctrl+z"),
        ("f6",),
        ("f6", "f6", "up"),
        ("f7",),
        ("{", "{", "a", "}", "}"),
    ],
)
async def test_what_a_key_leaves_unpainted_would_look_the_same(keys: tuple[str, ...]) -> None:
    app = composer("\n".join(f"linha {number} " + "palavra " * (number % 19) for number in range(40)))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        for key in keys:
            await pilot.press(key)
            await settled(pilot)
            narrow = painted(app)
            box = app.query_one(Manuscript)
            box._painted.clear()
            box.refresh()
            await settled(pilot)
            assert narrow == painted(app), key


async def test_a_narrower_terminal_wraps_the_text_anew() -> None:
    app = composer("Bom dia, esta frase tem mais de setenta colunas para quebrar a linha em tela fica")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "colunas para quebrar a linha em" in screen(app)
        await pilot.resize_terminal(50, 24)
        for _ in range(500):
            await pilot.pause(0.01)
            if "┃ colunas para quebrar a linha em tela fica " in screen(app):
                return
        raise AssertionError(screen(app))


async def test_a_key_repaints_one_line() -> None:
    app = composer("\n".join(f"linha {number}" for number in range(15)))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        box = app.query_one(Manuscript)
        drawn: list[int] = []
        draw = box.render_line

        def noting(y: int) -> Strip:
            drawn.append(y)
            return draw(y)

        box.render_line = noting  # type: ignore[method-assign]
        await pilot.press("a")
        await settled(pilot)
        assert set(drawn) == {14}


@pytest.mark.parametrize("theme", ["ansi-dark", "ansi-light"])
async def test_a_note_stays_readable_in_the_terminal_s_own_colours(theme: str) -> None:
    app = composer("Olá", Kind.NOTE)
    app.theme = theme
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert app.query_one(AnswerFrame).styles.background.ansi == -1, "a tint would be a solid block"


async def test_nothing_blinks() -> None:
    app = composer("Olá")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert not app.query_one(Manuscript).cursor_blink


TEMPLATES = [
    Template(
        id="1", title="Certificado vencido", folder="Fiscal", text="Olá {{nome}}, {{ticket.cf_x}} venceu."
    ),
    Template(id="2", title="Emissão [b]não[/b] autorizada", folder="Fiscal", text="Não autorizada."),
    Template(id="3", title="Senha do portal", folder="Acesso", text="A senha."),
]


def picker(templates: list[Template], trouble: Trouble | None = None) -> Bench:
    return Bench(lambda: TemplatePicker(templates, {"nome": "Marina"}, trouble))


@SIZES
async def test_a_template_is_found_by_a_few_letters_and_shown_filled(size: tuple[int, int]) -> None:
    app = picker(TEMPLATES)
    async with app.run_test(size=size) as pilot:
        await pilot.press(*"certi")
        await settled(pilot)
        shown = screen(app)
        assert "Certificado vencido" in shown
        assert "Senha do portal" not in shown
        assert "Olá Marina, {{ticket.cf_x}}" in shown
        assert "▲ 1 lacuna" in shown
        await pilot.press("enter")
        await settled(pilot)
        (chosen,) = app.of(TemplatePicker.Chosen)
        assert (chosen.template.id, chosen.text) == ("1", "Olá Marina, {{ticket.cf_x}} venceu.")


async def test_the_arrows_walk_the_list_while_typing_goes_on() -> None:
    app = picker(TEMPLATES)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "down")
        await settled(pilot)
        assert "▌Emissão [b]não[/b]" in screen(app)
        await pilot.press("up", *"venc", "enter")
        await settled(pilot)
        assert [chosen.template.id for chosen in app.of(TemplatePicker.Chosen)] == ["1"]


async def test_a_list_without_matches_says_what_to_do() -> None:
    app = picker(TEMPLATES)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"xyz", "enter")
        await settled(pilot)
        assert "Nenhum modelo assim." in screen(app)
        assert app.heard == []
        await pilot.press("escape")
        await settled(pilot)
        assert len(app.of(TemplatePicker.Dismissed)) == 1


async def test_missing_templates_say_why() -> None:
    app = picker([], Trouble("Sem permissão", "a chave não vê modelos", "Peça a permissão."))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "Peça a permissão." in screen(app)
        assert "▲ Sem permissão: a chave não vê modelos" in screen(app)


async def test_the_keys_of_the_picker_are_on_screen() -> None:
    app = picker(TEMPLATES)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert all(label in screen(app) for label in ("Inserir", "Rolar o texto", "Voltar"))


ANSWER = Answer(
    ticket_id=4102, kind=Kind.REPLY, text="Olá [b]Marina[/b]\n\nPronto.", cc=("fiscal@exemplo.com.br",)
)
NEW = Conversation(id=1, text="Espere,\nachei o erro", incoming=True, created_at=WHEN, updated_at=WHEN)


def preview(
    answer: Answer = ANSWER, new: tuple[Conversation, ...] = (), changes: tuple[Change, ...] = ()
) -> Bench:
    return Bench(lambda: AnswerPreview(answer, TO, ABOUT, WHEN, new=new, changes=changes))


def countdown(app: Bench) -> str:
    return "".join(piece.text for piece in app.query_one(AnswerPreview).query_one(".countdown", OneLine).line)


@SIZES
async def test_the_answer_is_shown_as_it_will_be_seen_and_counts_down(size: tuple[int, int]) -> None:
    app = preview()
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        shown = screen(app)
        for part in ("RESPOSTA AO CLIENTE", TO, "fiscal@exemplo.com.br", "Olá [b]Marina[/b]", "Pronto."):
            assert part in shown
        assert "Enviando ao cliente em" in countdown(app)
        assert "Esc desfaz" in countdown(app)
        hold = app.query_one(AnswerPreview)
        while hold.left:
            hold.tick()
        hold.tick()
        await settled(pilot)
        assert len(app.of(AnswerPreview.Confirmed)) == 1


async def test_enter_does_not_wait() -> None:
    app = preview()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter", "enter", "escape")
        await settled(pilot)
        assert [type(said) for said in app.heard] == [AnswerPreview.Confirmed]


async def test_without_a_hold_it_waits_for_the_key() -> None:
    app = Bench(lambda: AnswerPreview(ANSWER, TO, ABOUT, WHEN, hold=0))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.query_one(AnswerPreview).tick()
        assert app.heard == []
        assert "só sai quando você mandar" in countdown(app)
        await pilot.press("enter")
        await settled(pilot)
        assert len(app.of(AnswerPreview.Confirmed)) == 1


async def test_a_remapped_key_works_for_both_kinds_and_is_told() -> None:
    app = composer("Olá")
    app.set_keymap({"resposta.enviar": "f2"})
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("f2", "f6", "f2")
        await settled(pilot)
        assert [said.kind for said in app.of(Composer.Submitted)] == [Kind.REPLY, Kind.NOTE]
        assert "F2 Gravar nota" in screen(app)


async def test_esc_takes_it_back_and_nothing_follows() -> None:
    app = preview()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("escape", "enter")
        app.query_one(AnswerPreview).tick()
        await settled(pilot)
        assert [type(said) for said in app.heard] == [AnswerPreview.TakenBack]


async def test_the_space_bar_stops_the_clock_for_reading() -> None:
    app = preview()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space")
        await settled(pilot)
        assert "segundos do envio" in countdown(app)
        assert countdown(app).endswith(" continua")
        hold = app.query_one(AnswerPreview)
        for _ in range(20):
            hold.tick()
        assert app.heard == []
        await pilot.press("space")
        await settled(pilot)
        assert "Enviando ao cliente" in countdown(app)


async def test_where_the_ticket_moved_nothing_runs_before_it_was_read() -> None:
    app = preview(new=(NEW,), changes=(Change("Situação", "Aberto", "Pendente"),))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        shown = screen(app)
        for part in ("Situação: Aberto → Pendente", "04/03 12:00  cliente", "│ achei o erro"):
            assert part in shown
        hold = app.query_one(AnswerPreview)
        for _ in range(20):
            hold.tick()
        await settled(pilot)
        assert app.heard == []
        assert "O ticket mudou" in countdown(app)

        await pilot.press("enter")
        await settled(pilot)
        assert "Enviando ao cliente" in countdown(app)
        assert app.heard == [], "the first Enter only starts the countdown"
        await pilot.press("enter")
        await settled(pilot)
        assert len(app.of(AnswerPreview.Confirmed)) == 1


async def test_all_that_was_said_meanwhile_can_be_read() -> None:
    text = "\n\n".join(f"parágrafo {number}" for number in range(30)) + "\nfim da mensagem"
    app = preview(new=(NEW.model_copy(update={"text": text}),))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        seen = screen(app)
        for _ in range(4):
            await pilot.press("pagedown")
            await settled(pilot)
            seen += screen(app)
        for said in (*(f"│ parágrafo {number}" for number in range(30)), "│ fim da mensagem", "Pronto."):
            assert said in seen
        assert app.heard == []


@SIZES
async def test_names_of_the_team_are_pointed_at_and_forbid_nothing(size: tuple[int, int]) -> None:
    text = "Bom dia.\nA Ana Lima está vendo o caso."
    answer = Answer(ticket_id=4102, kind=Kind.REPLY, text=text)
    findings = check_answer(answer, ReplyContext(team=Team(people=("Ana Lima",))))
    app = Bench(lambda: AnswerPreview(answer, TO, ABOUT, WHEN, findings=findings))
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        assert "▲ Alguém da equipe no texto: o cliente não precisa saber" in screen(app)
        assert "“Ana Lima” (linha 2)" in screen(app)
        assert "Exemplo: o responsável pelo cadastro" in screen(app)
        assert "▲ Há o que conferir." in countdown(app)
        assert "Enter Enviar assim mesmo" in screen(app)
        app.query_one(AnswerPreview).tick()
        await pilot.press("space")  # nothing runs that could be held
        assert app.query_one(AnswerPreview).left is None
        await pilot.press("enter")
        await settled(pilot)
        assert "Enviando ao cliente em 8 s" in countdown(app)
        await pilot.press("enter")
        await settled(pilot)
        assert [type(said).__name__ for said in app.heard] == ["Confirmed"]


async def test_a_note_s_preview_is_no_reply_s() -> None:
    app = preview(ANSWER.model_copy(update={"kind": Kind.NOTE}))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        shown = screen(app)
        assert "NOTA INTERNA — o cliente não vê" in shown
        assert "Gravando a nota" in shown
        assert "marina@exemplo.com.br" not in shown
        assert "fiscal@exemplo.com.br" not in shown


async def test_the_cursor_keys_scroll_a_long_answer() -> None:
    app = preview(ANSWER.model_copy(update={"text": "\n".join(f"linha {n}" for n in range(60))}))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "linha 59" not in screen(app)
        await pilot.press("end")
        await settled(pilot)
        assert "linha 59" in screen(app)
