"""`plantao avaliar`: tables of chamados, with and without labels, and what the rules reach on our own."""

import json
from pathlib import Path

import pytest

from clients.chamado_history import History, read_history
from clients.errors import SourceError
from clients.models.quality import Lexicon
from clients.models.quality.evaluation import Score, evaluate, judged, would_be_reproved
from tests.support.terminal import ROOT
from tui.cli.evaluate import WIDTH, evaluate_file, report, report_json
from tui.cli.exit_codes import Code

LABELLED = ROOT / "tests" / "quality"


def table(folder: Path, text: str, name: str = "historico.csv") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def history(folder: Path, text: str, name: str = "historico.csv") -> History:
    return read_history(table(folder, text, name))


def rules(read: History, index: int = 0) -> set[str]:
    return {finding.rule for finding in judged(read.cases[index])}


# ── reading ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", "Título;Rótulo;Regras\nErro na NF;ruim;titulo.qual_erro\n"),
        ("a.csv", "titulo,rotulo,regras\nErro na NF,1,titulo.qual_erro\n"),
        ("a.tsv", "TITULO\tROTULO\tREGRAS\nErro na NF\tRuim\ttitulo.qual_erro\n"),
        ("a.jsonl", '\n{"título": "Erro na NF", "rotulo": 1, "regras": ["titulo.qual_erro"]}\n'),
        ("a.json", '[{"titulo": "Erro na NF", "rotulo": "ruim", "regras": "titulo.qual_erro"}]'),
    ],
)
def test_a_table_is_read_as_people_export_it(tmp_path: Path, name: str, text: str) -> None:
    (case,) = history(tmp_path, text, name).cases
    assert (case.draft.title, case.reproved) == ("Erro na NF", True)
    assert case.rules == frozenset({"titulo.qual_erro"})
    assert case.fields == {"title"}


def test_only_what_the_table_has_is_judged(tmp_path: Path) -> None:
    only_titles = history(tmp_path, "titulo\nBoleto do contrato não é gerado\n")
    assert rules(only_titles) == set()
    both = history(tmp_path, "titulo;fluxo\nBoleto do contrato não é gerado;\n")
    assert rules(both) == {"fluxo.vazio"}
    cited = "descricao{0}\nSegue print do erro.{1}\n"
    assert "descricao.print_sem_arquivo" not in rules(history(tmp_path, cited.format("", "")))
    assert "descricao.print_sem_arquivo" in rules(history(tmp_path, cited.format(";arquivos", ";")))
    assert "descricao.print_sem_arquivo" not in rules(history(tmp_path, cited.format(";arquivos", ";a.png")))


def test_the_tool_is_known_however_it_is_written(tmp_path: Path) -> None:
    assert rules(history(tmp_path, "titulo;ferramenta\nBoleto do contrato não é gerado;PAINEL\n")) == set()
    unknown = history(tmp_path, "titulo;ferramenta\nBoleto do contrato não é gerado;Planilha\n")
    assert rules(unknown) == {"ferramenta.desconhecida"}


def test_rows_that_cannot_be_read_are_told_by_their_line(tmp_path: Path) -> None:
    read = history(
        tmp_path,
        'titulo;rotulo\n"Pedido não\nsalva na tela";bom\nErro;talvez\n;ruim\nNota; fiscal;ruim\nErro;ruim\n',
    )
    assert [case.line for case in read.cases] == [2, 7]
    assert read.mistakes == (
        "linha 4: rótulo “talvez”: use bom ou ruim (0 ou 1)",
        "linha 5: não tem título, fluxo nem descrição",
        "linha 6: tem mais colunas que o cabeçalho; ponha entre aspas o texto que tem separador",
    )


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.csv", "assunto;texto\na;b\n", "nenhuma das colunas título, fluxo e descrição"),
        ("a.csv", "", "o arquivo está vazio"),
        ("a.jsonl", '{"titulo": "a"}\n{"titulo": \n', "a.jsonl, linha 2: não é JSON"),
        ("a.jsonl", '{"titulo": "a"}\n\n"b"\n', "linha 3: precisa ser um objeto JSON, entre { e }"),
    ],
)
def test_what_is_no_table_of_chamados_is_refused(tmp_path: Path, name: str, text: str, said: str) -> None:
    with pytest.raises(SourceError) as refused:
        history(tmp_path, text, name)
    assert said in refused.value.message


# ── judging ──────────────────────────────────────────────────────────────────────────────────────────────

SAMPLE = """titulo;rotulo;regras;parte
Boleto do contrato não é gerado;bom;;a
Erro na emissão da NF-e;ruim;titulo.qual_erro;a
Erro no pedido de venda;bom;;b
Pedido não salva no PDV;ruim;titulo.longo;b
"""


def test_counts_and_scores(tmp_path: Path) -> None:
    found = evaluate(history(tmp_path, SAMPLE).cases)
    assert (found.total, found.reproved) == (4, 2)
    assert found.verdict == Score(right=1, false=1, missed=1)
    assert found.parts == (("a", Score(1, 0, 0)), ("b", Score(0, 1, 1)))
    assert (found.false, found.missed) == ((4,), (5,))
    vague, long = found.rules
    assert vague.spoken is not None
    assert (vague.rule, vague.spoken.count, vague.spoken.line) == ("titulo.qual_erro", 2, 3)
    assert vague.spoken.text == "Erro"
    assert vague.score == Score(1, 1, 0)
    assert (long.rule, long.spoken, long.score) == ("titulo.longo", None, Score(0, 0, 1))


def test_what_a_score_says() -> None:
    score = Score(right=3, false=1, missed=2)
    assert (score.precision, score.recall, score.f1) == (3 / 4, 3 / 5, 6 / 9)
    assert Score(0, 0, 0) == (0, 0, 0)
    assert (Score(0, 0, 0).precision, Score(0, 0, 0).recall, Score(0, 0, 0).f1) == (None, None, None)


def test_without_labels_only_the_counts_are_told(tmp_path: Path) -> None:
    found = evaluate(history(tmp_path, "titulo\nErro na emissão da NF-e\n").cases)
    assert found.verdict is None
    assert found.rules[0].score is None
    assert "Contra os rótulos" not in report(found)
    assert "titulo.qual_erro" in report(found)


def test_hints_alone_let_a_chamado_pass(tmp_path: Path) -> None:
    read = history(tmp_path, 'fluxo\n"Produtos; Editar; Preço"\n')
    assert rules(read) == {"fluxo.ultimo_passo"}
    assert not would_be_reproved(judged(read.cases[0]))


def test_the_teams_own_words_count(tmp_path: Path) -> None:
    read = history(tmp_path, "titulo\nRemanejo some quando se grava\n")
    assert evaluate(read.cases).reproved == 1
    assert evaluate(read.cases, Lexicon({"places": ("Remanejo",)})).reproved == 0


# ── the command ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nobody has written settings."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "nobody"))


@pytest.mark.usefixtures("nobody")
def test_the_report_fits_eighty_columns(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert evaluate_file(table(tmp_path, SAMPLE), as_json=False) == Code.OK
    shown = capsys.readouterr().out
    assert "4 chamados: 2 seriam reprovados (50%)." in shown
    assert "Reprovados a menos, linhas: 5" in shown
    assert max(map(len, shown.splitlines())) <= WIDTH


@pytest.mark.usefixtures("nobody")
def test_the_report_for_programs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert evaluate_file(table(tmp_path, SAMPLE), as_json=True) == Code.OK
    told = json.loads(capsys.readouterr().out)
    assert told["veredito"]["certos"] == 1
    assert told["linhas_a_mais"] == [4]
    assert told["regras"][0]["exemplo"] == {"linha": 3, "texto": "Erro"}


@pytest.mark.usefixtures("nobody")
def test_a_bad_row_is_told_and_the_others_are_judged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = table(tmp_path, f"{SAMPLE}Erro;sei lá;;a\n")
    assert evaluate_file(path, as_json=True) == Code.WRONG
    shown = capsys.readouterr()
    assert "historico.csv, linha 6: rótulo “sei lá”" in shown.err
    assert json.loads(shown.out)["chamados"] == 4


@pytest.mark.usefixtures("nobody")
def test_a_file_that_is_no_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert evaluate_file(table(tmp_path, "a;b\n"), as_json=False) == Code.WRONG
    assert "título, fluxo e descrição" in capsys.readouterr().err


@pytest.mark.usefixtures("nobody")
def test_a_file_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert evaluate_file(tmp_path / "nada.csv", as_json=False) == Code.WRONG
    assert "nada.csv: não existe" in capsys.readouterr().err


def test_texts_of_strangers_cannot_act_on_the_terminal(tmp_path: Path) -> None:
    found = evaluate(history(tmp_path, "titulo\n\x1b[2JPedidos da loja\n").cases)
    assert "\x1b" not in report(found) + report_json(found)


# ── the project's own labelled chamados ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "part", "precision", "recall"),
    [
        ("titles", "dev", 0.97, 0.97),
        ("titles", "teste", 0.94, 0.94),
        ("descriptions", "dev", 0.97, 0.90),
        ("descriptions", "teste", 0.90, 0.90),
    ],
)
def test_the_rules_judge_no_worse_than_they_did(
    name: str, part: str, precision: float, recall: float
) -> None:
    found = evaluate([case for case in read_history(LABELLED / f"{name}.csv").cases if case.part == part])
    assert found.verdict is not None
    assert (found.verdict.precision or 0) >= precision
    assert (found.verdict.recall or 0) >= recall


def test_the_labelled_chamados_can_all_be_read() -> None:
    titles, descriptions = (read_history(LABELLED / f"{name}.csv") for name in ("titles", "descriptions"))
    assert not titles.mistakes + descriptions.mistakes
    assert len(titles.cases) >= 120
    assert len(descriptions.cases) >= 60
    apart = {case.draft.title: case.part for case in descriptions.cases}
    assert all(apart.get(case.draft.title, case.part) == case.part for case in titles.cases)
