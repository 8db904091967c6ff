"""One truth for keys: what is bound, what may be remapped, and what is refused."""

import importlib
import json
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest
from textual.binding import Binding
from textual.dom import DOMNode
from textual.widgets import Input, TextArea

import tui.screens
import widgets
from tui.app import PlantaoApp
from tui.cli.keys import markdown
from tui.commands.catalog import COMMAND_GROUPS, IN_DIALOGS
from tui.commands.keymap import SWITCHED_OFF, keymap
from tui.commands.keys import read_keys
from tui.commands.places import (
    EDITING,
    GROUPS,
    PLACES,
    TYPED_IN,
    conflicts,
    default_keys,
    known_ids,
    live_keys,
)
from tui.screens.mesa_pages import PAGES
from tui.screens.mesa_verbs import VERBS
from widgets.key_names import key_name

ROOT = Path(__file__).parents[2]


def live_bindings() -> list[tuple[type[DOMNode], Binding]]:
    """Every binding that a class of ours declares."""
    for package in (widgets, tui.screens):
        for module in pkgutil.iter_modules(package.__path__):
            importlib.import_module(f"{package.__name__}.{module.name}")
    found: list[tuple[type[DOMNode], Binding]] = []
    waiting: list[type[DOMNode]] = [DOMNode]
    seen = set()
    while waiting:
        kind = waiting.pop()
        if kind in seen:
            continue
        seen.add(kind)
        waiting += kind.__subclasses__()
        if kind.__module__.startswith(("widgets.", "tui.")):
            found += [(kind, each) for each in Binding.make_bindings(kind.__dict__.get("BINDINGS", []))]
    return found


class TestOneTruth:
    def test_every_key_that_a_class_of_ours_binds_can_be_remapped_and_is_printed(self) -> None:
        bound: dict[str, set[str]] = {}
        for kind, binding in live_bindings():
            if binding.action == "pass_on":  # not a verb: lets a function key through to the form
                continue
            assert binding.id is not None, (kind, binding)
            bound.setdefault(binding.id, set()).add(binding.key)
        assert {name: frozenset(keys) for name, keys in bound.items()} == {
            name: frozenset(keys.split(",")) for name, keys in default_keys().items()
        }

    def test_every_action_is_there(self) -> None:
        for kind, binding in live_bindings():
            if binding.action == "pass_on":
                continue
            action = binding.action.partition("(")[0].removeprefix("app.")
            holder = PlantaoApp if binding.action.startswith("app.") else kind
            assert any(hasattr(holder, f"{way}{action}") for way in ("action_", "_action_")), (kind, binding)

    def test_no_class_binds_one_key_to_two_ids(self) -> None:
        # remapping one of them would drop the other
        for kind in {kind for kind, _ in live_bindings()}:
            for key, bindings in kind._merge_bindings().key_to_bindings.items():
                assert len({binding.id for binding in bindings}) == 1, (kind, key)

    def test_ids_are_one_style_and_unique(self) -> None:
        ids = known_ids()
        assert len(ids) == len(set(ids))
        for name in ids:
            assert name.replace("-", "").replace(".", "").isalpha(), name
            assert name == name.lower(), name
            assert name.isascii(), name
            assert name.count(".") <= 1, name

    def test_every_command_has_somebody_who_carries_it_out(self) -> None:
        holders = [PlantaoApp, *{kind for kind, _ in live_bindings()}]
        for entry in (key for group in COMMAND_GROUPS for key in group.keys):
            name = f"do_{entry.id.replace('-', '_')}"
            assert entry.id in {*VERBS, *PAGES} or any(hasattr(holder, name) for holder in holders), entry.id

    def test_every_group_of_keys_has_its_place(self) -> None:
        placed = {group.id for place in PLACES for group in place.groups} - {IN_DIALOGS.id}
        assert placed == {group.id for group in GROUPS}

    def test_the_keys_as_they_come_do_not_clash(self) -> None:
        assert conflicts(live_keys({})) == []

    def test_what_edits_a_text_is_what_textual_says(self) -> None:
        edits = {
            binding.key for kind in (TextArea, Input) for binding in Binding.make_bindings(kind.BINDINGS)
        }
        edits = {key for key in edits if not key.startswith("super+")}
        walking = {"up", "down", "pageup", "pagedown"}  # one line has no use for them
        assert edits - walking - {"f6", "f7"} <= EDITING
        assert edits | {"tab", "shift+tab"} >= EDITING


class TestNames:
    @pytest.mark.parametrize(
        ("written", "keys"),
        [
            ("r", "r"),
            ("R", "R"),
            ("?", "question_mark"),
            ("/", "slash"),
            (",", "comma"),
            ("+", "plus"),
            ("ç", "ç"),
            ("F5", "f5"),
            ("Ctrl+F, f", "ctrl+f,f"),
            ("shift+v", "V"),
            ("Shift+Ctrl+Left", "ctrl+shift+left"),
            ("PgUp", "pageup"),
            ("Espaço", "space"),
            ("↑", "up"),
            ("escape,esc", "escape"),
            ("", ""),
        ],
    )
    def test_as_people_write_them(self, written: str, keys: str) -> None:
        assert read_keys(written) == keys

    @pytest.mark.parametrize(
        "key", sorted({key for keys in default_keys().values() for key in keys.split(",")})
    )
    def test_what_is_printed_can_be_written(self, key: str) -> None:
        assert read_keys(key_name(key)) == key
        assert read_keys(key) == key

    @pytest.mark.parametrize(
        ("written", "sentence"),
        [
            ("ctlr+f", "não existe a tecla ctlr+f"),
            ("F99", "não existe a tecla F99"),
            ("ctrl+m", "num terminal Ctrl+M é a mesma tecla que Enter"),
            ("Ctrl+H", "num terminal Ctrl+H é a mesma tecla que Backspace"),
        ],
    )
    def test_what_no_keyboard_has(self, written: str, sentence: str) -> None:
        with pytest.raises(ValueError, match=sentence.replace("+", r"\+")):
            read_keys(written)


class TestRemapping:
    @pytest.mark.parametrize(
        ("wanted", "sentences"),
        [
            ({"nota": "r"}, ["a tecla r está em «nota» e em «responder»"]),
            ({"nota": "r", "responder": "n"}, []),
            ({"nota": "r", "responder": ""}, []),
            ({"fila.visao": "r"}, ["a tecla r está em «fila.visao» e em «responder»"]),
            (
                {"lista.subir": "f"},
                [
                    "a tecla f está em «fila.filtrar» e em «lista.subir»",
                    "a tecla f está em «chamados.filtrar» e em «lista.subir»",
                    "a tecla f está em «lista.subir» e em «servicos.filtrar»",
                    "a tecla f está em «lista.subir» e em «tarefas.filtrar»",
                ],
            ),
            ({"resposta.enviar": "f7"}, ["a tecla F7 está em «resposta.enviar» e em «resposta.modelos»"]),
            ({"aviso.entendi": "f2"}, []),  # F2 is the Mesa's, and that is another place
            ({"chamado": "X"}, []),  # X gives up an operation, in another place
            ({"form.enviar": "ctrl+q"}, ["a tecla Ctrl+Q está em «form.enviar» e em «sair»"]),
            (
                {"resposta.enviar": "e"},
                ["«resposta.enviar» não pode ficar em e, que ali escreve ou edita o texto"],
            ),
            (
                {"resposta.enviar": "ctrl+k"},
                ["«resposta.enviar» não pode ficar em Ctrl+K, que ali escreve ou edita o texto"],
            ),
            ({"perdida.chegou": "n"}, ["a tecla n está em «perdida.chegou» e em «perdida.nao-chegou»"]),
        ],
        ids=str,
    )
    def test_one_key_for_two_verbs_in_one_place(self, wanted: dict[str, str], sentences: list[str]) -> None:
        assert conflicts(live_keys(wanted)) == sentences

    @pytest.mark.parametrize("wanted", ["", "f10", "f10,ctrl+q"])
    def test_quitting_can_be_moved_and_never_lost(self, wanted: str) -> None:
        assert "ctrl+q" in keymap({"sair": wanted})["sair"].split(",")

    def test_an_empty_key_switches_off(self) -> None:
        assert keymap({"nota": "", "fila.visao": "F12"}) == {"nota": SWITCHED_OFF, "fila.visao": "f12"}

    def test_what_a_text_would_swallow_is_known_for_every_key_used_while_typing(self) -> None:
        for name in TYPED_IN:
            assert conflicts(live_keys({name: "ctrl+a"})) != []


def test_the_readme_has_the_table_that_is_generated() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    _, begin, rest = text.partition("<!-- teclas -->\n")
    block, end, _ = rest.partition("<!-- /teclas -->")
    assert (begin, end) == ("<!-- teclas -->\n", "<!-- /teclas -->")
    assert block.strip() == markdown().strip(), "plantao teclas --markdown escreve o que deve estar aqui"


def test_as_json_with_what_the_settings_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANTAO_TECLAS__NOTA", "F5")
    done = subprocess.run(
        [sys.executable, "-m", "tui", "teclas", "--json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    rows = {row["id"]: row for row in json.loads(done.stdout)["teclas"]}
    assert list(rows) != sorted(rows)
    assert set(rows) == set(known_ids())
    assert rows["nota"] == {
        "id": "nota",
        "lugar": "Na Mesa",
        "teclas": ["F5"],
        "original": ["n"],
        "mudada": True,
        "o_que_faz": "Gravar nota interna no ticket (o cliente não vê)",
    }
    assert rows["resposta.enviar"]["lugar"] == "Ao responder"
