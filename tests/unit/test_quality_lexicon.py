"""A team's own words, written in its settings, are what the rules look for beside the built-in ones."""

import pytest
from pydantic import ValidationError

from clients.models.chamado import ChamadoDraft
from clients.models.quality import Lexicon, check_draft
from clients.models.quality.lexicon import BUILT_IN
from tui.settings_chamados import ChamadoSettings
from tui.settings_lexicon import LexiconSettings


def rules(lexicon: Lexicon, **fields: str) -> set[str]:
    return {found.rule for found in check_draft(ChamadoDraft(id="1", **fields), lexicon=lexicon)}


PROSE = "Ao gravar o item a tela fica presa. " * 8


CASES: list[tuple[str, str, dict[str, str], str, bool]] = [
    ("locais", "Remanejo", {"title": "Remanejos somem quando se grava"}, "titulo.sem_local", False),
    ("situacoes", "de pernas pro ar", {"title": "Pedido de pernas pro ar"}, "titulo.sem_situacao", False),
    (
        "falhas",
        "empacar",
        {"title": "Pedido de venda empacando no caixa"},
        "titulo.sem_situacao",
        False,
    ),
    (
        "adjetivos",
        "capenga",
        {"title": "Pedidos de venda capengas no caixa"},
        "titulo.sem_situacao",
        False,
    ),
    ("genericas", "perrengue", {"title": "Perrengue no sistema"}, "titulo.generico", True),
    ("apelos", "pra ontem", {"title": "Pedido não salva no caixa, pra ontem"}, "titulo.apelo", True),
    ("pedidos", "almejamos", {"title": "Almejamos mais cores no pedido"}, "titulo.pedido", True),
    ("menus", "Bancada", {"flow": "Bancada; Itens; Salvar"}, "fluxo.primeiro_passo", False),
    ("acoes", "remanejar", {"flow": "Estoque; Itens; Remanejar item"}, "fluxo.ultimo_passo", False),
    ("usuarios", "franqueado", {"description": f"{PROSE} Com o franqueado."}, "descricao.usuario", False),
    (
        "passos",
        "tocar",
        {"description": f"{PROSE} Toque no item e toque em ok, depois grave."},
        "descricao.passos",
        False,
    ),
    (
        "esperado",
        "contávamos com",
        {"description": f"{PROSE} Contavamos com o total."},
        "descricao.esperado",
        False,
    ),
    (
        "sem_mensagem",
        "fica muda",
        {"description": f"{PROSE} Dá erro mas fica muda."},
        "descricao.mensagem",
        False,
    ),
    ("quando", "no fechamento", {"description": f"{PROSE} No fechamento."}, "descricao.quando", False),
    (
        "prints",
        "segue retrato",
        {"description": f"{PROSE} Segue retrato."},
        "descricao.print_sem_arquivo",
        True,
    ),
    (
        "modelo",
        "Responda nesta linha",
        {"description": f"{PROSE} responda nesta linha"},
        "descricao.modelo",
        True,
    ),
]


@pytest.mark.parametrize(("name", "entry", "fields", "rule", "appears"), CASES)
def test_each_list_of_the_settings_reaches_its_rule(
    name: str, entry: str, fields: dict[str, str], rule: str, appears: bool
) -> None:
    own = ChamadoSettings.model_validate({"lexico": {name: (entry,)}}).words.lexicon
    assert (rule in rules(BUILT_IN, **fields)) is not appears
    assert (rule in rules(own, **fields)) is appears


def test_every_list_is_tried_above() -> None:
    tried = {case[0] for case in CASES}
    assert tried == {field.alias or name for name, field in LexiconSettings.model_fields.items()}


@pytest.mark.parametrize(
    ("name", "entry", "said"),
    [
        ("falhas", "trava", "a entrada 2 da lista precisa ser um verbo no infinitivo, como “salvar”"),
        ("adjetivos", "muito ruim", "a entrada 2 da lista precisa ser uma palavra só"),
        ("locais", " — ", "a entrada 2 da lista precisa ser uma palavra ou frase"),
    ],
)
def test_an_entry_that_could_never_be_found_is_refused(name: str, entry: str, said: str) -> None:
    with pytest.raises(ValidationError) as refused:
        LexiconSettings.model_validate({name: ("parar", entry)})
    assert said in str(refused.value)


def test_two_desks_do_not_share_their_words() -> None:
    own = Lexicon({"noise": ("pra ontem",)})
    assert "titulo.apelo" in rules(own, title="Pedido não salva, pra ontem")
    assert "titulo.apelo" not in rules(Lexicon(), title="Pedido não salva, pra ontem")
