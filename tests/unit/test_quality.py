from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clients.models.chamado import INTEGRATIONS, ChamadoDraft, Tool, convert_flow, convert_notify
from clients.models.finding import Finding, Severity
from clients.models.licence import Licence, LicenceCheck, LicenceState, TrialPolicy
from clients.models.quality import (
    TEMPLATE,
    FileFact,
    can_send,
    check_draft,
    check_files,
    file_entries,
    is_link,
)

NOW = datetime(2026, 7, 31, 12, 0, tzinfo=UTC)
EMAIL = "admin@padariaaurora.com.br"
SEED_TITLE = "Não está salvando no ERP novos produtos cadastrados através de planilha."
SEED_FLOW = "Cadastros; Produtos; Editar produto; cadastrar produto; salvar"
DESCRIPTION = """\
Ao importar a planilha de produtos com o usuário caixa1 (perfil vendedor), os produtos novos não são salvos.
1. Acesse Cadastros > Produtos
2. Clique em Importar e escolha a planilha
3. Clique em Salvar
Aparece a mensagem “Registro inválido na linha 2”. Os produtos deveriam ser gravados. Acontece desde ontem.
Na nossa base de testes não ocorre.
"""


def licence(
    state: LicenceState = LicenceState.VALID, *, email: str = EMAIL, reason: str = ""
) -> LicenceCheck:
    row = Licence(email=email, expires=date(2026, 7, 1)) if state is LicenceState.EXPIRED else None
    return LicenceCheck(
        email=email, state=state, source="lista de teste", checked_at=NOW, licence=row, reason=reason
    )


def draft(**changes: object) -> ChamadoDraft:
    good: dict[str, object] = {
        "id": "0001",
        "title": SEED_TITLE,
        "licence_email": EMAIL,
        "tool": Tool.SISTEMA.value,
        "flow": SEED_FLOW,
        "description": DESCRIPTION,
        "notice_read_at": NOW,
    }
    return ChamadoDraft.model_validate(good | changes)


def judged(check: LicenceCheck) -> tuple[Finding, ...]:
    return check_draft(draft(), licence=check)


def findings(**changes: object) -> tuple[Finding, ...]:
    return check_draft(draft(**changes), licence=licence())


def rules(**changes: object) -> list[str]:
    return [finding.rule for finding in findings(**changes)]


def blocks(**changes: object) -> list[str]:
    return [finding.rule for finding in findings(**changes) if finding.severity is Severity.BLOCK]


def test_the_makers_own_examples_pass_clean() -> None:
    assert rules() == []
    assert rules(title=f"- {SEED_TITLE}") == []  # as it stands in the manual


def test_an_empty_form_is_refused_at_every_field_that_must_be_filled() -> None:
    empty = check_draft(ChamadoDraft(id="0001"))
    assert {finding.rule for finding in empty if finding.severity is Severity.BLOCK} == {
        "aviso.nao_lido",
        "titulo.vazio",
        "licenca.vazia",
        "ferramenta.vazia",
        "fluxo.vazio",
        "descricao.vazia",
    }
    assert not can_send(empty)
    assert all(finding.example for finding in empty)


# ── title ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "title",
    [
        "Rejeição 539 ao emitir NF-e no PDV",
        "Importação de planilha não traz o NCM dos produtos",
        "Tela de conferência trava depois de bipar o item",
        "Estoque do produto negativo após cancelar venda",
        "Pedidos parou de sincronizar com a Shopee desde ontem",
        "[Financeiro] Boletos gerados com valor incorreto",
        "Preços duplicados na tabela de atacado",
        "Sugestão de preço não aparece na tela de venda",
        "PDV: “Timeout expired” ao finalizar venda com cartão",
        "/api/v1/Pedidos retorna 500 ao gravar o pedido",
        "Botão Salvar sumiu da tela de cotações",
        "Permissão do vendedor não é respeitada no relatório",
    ],
)
def test_titles_that_say_where_and_what(title: str) -> None:
    assert [rule for rule in rules(title=title) if rule.startswith("titulo") and "assunto" not in rule] == []


@pytest.mark.parametrize(
    "title", ["Erro", "ERRO URGENTE", "Ajuda!", "Sistema não funciona", "Problema no sistema", "bom dia", "…"]
)
def test_titles_that_say_nothing_are_refused(title: str) -> None:
    assert blocks(title=title) in (["titulo.generico"], ["titulo.vazio"])


@pytest.mark.parametrize(
    ("title", "rule"),
    [
        ("Chuva de canivetes hoje cedo", "titulo.vago"),
        ("Erro no pedido de venda", "titulo.qual_erro"),
        ("Problema na NF", "titulo.qual_erro"),
        ("Erro ao cadastrar pessoas", "titulo.qual_erro"),
        ("Relatório de vendas do mês", "titulo.sem_situacao"),
        ("Total fica errado quando salva", "titulo.sem_local"),
        ("Produto não salva", "titulo.curto"),
        ("Produto não salva " + "de novo " * 20, "titulo.longo"),
        ("PRODUTO NÃO SALVA NA TELA DE CADASTRO", "titulo.maiusculas"),
        ("Por que o produto não salva no cadastro?", "titulo.pergunta"),
        ("Produto não salva no cadastro, urgente", "titulo.apelo"),
        ("Produto não salva e também a nota não emite", "titulo.dois_problemas"),
        ("Produto do CPF 529.982.247-25 não salva", "titulo.dado_pessoal"),
        ("Produto do CNPJ 12.ABC.345/01DE-35 não salva", "titulo.dado_pessoal"),
        ("Produto de ana@x.com.br não salva", "titulo.dado_pessoal"),
        ("Criar relatório de produtos por vendedor", "titulo.pedido"),
        ("Gostaria de um campo novo no cadastro de produtos", "titulo.pedido"),
        ("Permitir dois endereços no cadastro de pessoas", "titulo.pedido"),
        ("Boleto pago não aparece no extrato", "titulo.outro_assunto"),
    ],
)
def test_each_rule_of_the_title(title: str, rule: str) -> None:
    assert rule in rules(title=title)


def test_a_defect_that_opens_like_a_request_is_none() -> None:
    assert "titulo.pedido" not in rules(title="Importar planilha de produtos não funciona")


def test_telephone_and_order_numbers_are_no_cpf() -> None:
    assert "titulo.dado_pessoal" not in rules(title="Produto do pedido 11987654321 não salva")
    assert "titulo.dado_pessoal" not in rules(title="Produto do CPF 111.111.111-11 não salva")


# ── licence ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("state", "rule", "severity"),
    [
        (LicenceState.EXPIRED, "licenca.vencida", Severity.BLOCK),
        (LicenceState.NOT_FOUND, "licenca.nao_encontrada", Severity.BLOCK),
        (LicenceState.TRIAL, "licenca.experiencia", Severity.WARN),
        (LicenceState.UNCHECKED, "licenca.nao_verificada", Severity.WARN),
    ],
)
def test_what_the_licence_check_says(state: LicenceState, rule: str, severity: Severity) -> None:
    (finding,) = judged(licence(state, reason="fora do ar"))
    assert (finding.rule, finding.field, finding.severity) == (rule, "licence_email", severity)
    assert can_send([finding]) == (severity is not Severity.BLOCK)


def test_what_experiencia_is_worth_is_the_houses_policy() -> None:
    trial = licence(LicenceState.TRIAL)
    assert judged(trial.model_copy(update={"trials": TrialPolicy.ACCEPT})) == ()
    (refused,) = judged(trial.model_copy(update={"trials": TrialPolicy.REFUSE}))
    assert (refused.rule, refused.severity) == ("licenca.experiencia", Severity.BLOCK)
    assert judged(licence().model_copy(update={"trials": TrialPolicy.REFUSE})) == ()


def test_an_expired_licence_says_since_when() -> None:
    assert "01/07/2026" in judged(licence(LicenceState.EXPIRED))[0].message


def test_a_licence_that_was_switched_off_is_not_called_expired_on_a_day_to_come() -> None:
    check = licence(LicenceState.EXPIRED)
    assert check.licence is not None
    off = check.model_copy(update={"licence": check.licence.model_copy(update={"active": False})})
    message = judged(off)[0].message
    assert "Licença inativa" in message
    assert "01/07/2026" not in message


def test_a_check_of_another_address_counts_as_none() -> None:
    (finding,) = judged(licence(email="outro@padariaaurora.com.br"))
    assert finding.rule == "licenca.nao_verificada"
    assert judged(licence(email=EMAIL.upper())) == ()
    assert [each.rule for each in check_draft(draft())] == ["licenca.nao_verificada"]


@pytest.mark.parametrize(
    ("typed", "rule"),
    [
        ("", "licenca.vazia"),
        (f"{EMAIL}; b@x.com.br", "licenca.varios"),
        (f"{EMAIL}, b@x.com.br", "licenca.varios"),
        (f"{EMAIL} b@x.com.br", "licenca.varios"),
        (f"{EMAIL};", "licenca.varios"),
        ("admin@", "licenca.email"),
        ("padaria aurora", "licenca.varios"),
        ("admin@padaria", "licenca.email"),
    ],
)
def test_exactly_one_valid_address(typed: str, rule: str) -> None:
    assert blocks(licence_email=typed) == [rule]


# ── tool and notify ──────────────────────────────────────────────────────────────────────────────────────


def test_the_integration_belongs_to_the_central() -> None:
    central = Tool.CENTRAL_DE_INTEGRACOES.value
    assert rules(tool=central) == ["integracao.vazia"]
    assert rules(tool=central, integration="shopee") == []
    assert rules(tool=central, integration=INTEGRATIONS[0]) == []
    assert rules(tool=central, integration="Feira da esquina") == ["integracao.desconhecida"]
    assert rules(integration="Shopee") == ["integracao.sobrando"]
    assert blocks(tool="Planilha") == ["ferramenta.desconhecida"]


def test_tools_of_the_clients_machine_ask_for_its_environment() -> None:
    asked = [found for found in findings(tool=Tool.SAT.value) if found.severity is Severity.WARN]
    assert [(found.rule, found.field) for found in asked] == [
        ("ferramenta.versao", "tool_version"),
        ("ferramenta.sistema", "tool_system"),
    ]
    assert rules(tool=Tool.SAT.value, tool_version="3.2", tool_system="Linker II") == []
    assert rules(tool=Tool.SAT.value, description=DESCRIPTION + "Windows 11, versão 3.2") == []
    for tool in (Tool.MOBI, Tool.OFFLINE, Tool.PRINT_INTEGRATOR):
        assert rules(tool=tool.value) == ["ferramenta.versao", "ferramenta.sistema"]
    assert rules(tool=Tool.PAINEL.value) == []


@pytest.mark.parametrize(
    "typed", ["a@x.com.br, b@x.com.br", "a@x.com.br b@x.com.br", "a@x.com.br\nb@x.com.br", "Ana <a@x.com.br>"]
)
def test_a_wrong_separator_is_offered_to_be_converted(typed: str) -> None:
    (finding,) = findings(notify=typed)
    assert (finding.rule, finding.severity) == ("notificar.separador", Severity.BLOCK)
    assert rules(notify=convert_notify(typed)) == []


def test_each_address_of_the_notify_list_is_checked() -> None:
    typed = "a@x.com.br; b@ ;A@X.com.br;"
    invalid, repeated = findings(notify=typed)
    assert (invalid.rule, repeated.rule) == ("notificar.invalido", "notificar.repetido")
    assert invalid.span is not None
    assert typed[slice(*invalid.span)] == "b@"
    assert rules(notify="") == []


# ── flow ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "typed",
    [
        "Cadastros > Produtos > Editar produto > Salvar",
        "Cadastros -> Produtos -> Salvar",
        "Cadastros → Produtos → Salvar",
        "1. Cadastros\n2. Produtos\n3. Salvar",
        "- Cadastros\n- Produtos\n- Salvar",
        "Cadastros | Produtos > Salvar",
        "Cadastros, Produtos, Salvar",
        "Cadastros/Produtos/Salvar",
    ],
)
def test_a_flow_written_in_another_way_is_offered_to_be_converted(typed: str) -> None:
    (finding,) = findings(flow=typed)
    assert (finding.rule, finding.severity) == ("fluxo.separador", Severity.BLOCK)
    assert rules(flow=convert_flow(typed)) == []


@pytest.mark.parametrize(
    ("typed", "rule", "severity"),
    [
        (";; ", "fluxo.vazio", Severity.BLOCK),
        ("Salvar produto", "fluxo.curto", Severity.BLOCK),
        ("Produtos; Salvar", "fluxo.curto", Severity.WARN),
        ("Produtos; " * 2 + "Salvar", "fluxo.repetido", Severity.WARN),
        ("; ".join(f"Produtos {n}" for n in range(15)) + "; Salvar", "fluxo.longo", Severity.WARN),
        (f"Produtos; {'muito ' * 12}; Salvar", "fluxo.passo_longo", Severity.WARN),
        ("Produtos; CPF 529.982.247-25; Salvar", "fluxo.dado_pessoal", Severity.WARN),
        ("Produtos; ana@x.com.br; Salvar", "fluxo.dado_pessoal", Severity.WARN),
        ("Banana; Produtos; Salvar", "fluxo.primeiro_passo", Severity.HINT),
        ("Produtos; Editar; Preço", "fluxo.ultimo_passo", Severity.HINT),
        ("Produtos; Valor > 100; Salvar", "fluxo.separador", Severity.WARN),
    ],
)
def test_each_rule_of_the_flow(typed: str, rule: str, severity: Severity) -> None:
    found = {finding.rule: finding.severity for finding in findings(flow=typed)}
    assert found.get(rule) is severity


# ── description ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("without", "rule"),
    [
        (" com o usuário caixa1 (perfil vendedor)", "descricao.usuario"),
        (" “Registro inválido na linha 2”", "descricao.mensagem"),
        (" Os produtos deveriam ser gravados.", "descricao.esperado"),
        (" Acontece desde ontem.", "descricao.quando"),
    ],
)
def test_what_the_description_leaves_out_is_asked_for(without: str, rule: str) -> None:
    assert without in DESCRIPTION
    assert rules(description=DESCRIPTION.replace(without, "")) == [rule]


def test_steps_are_asked_for() -> None:
    prose = "\n".join(line for line in DESCRIPTION.splitlines() if line[:1] not in "123")
    assert rules(description=prose) == ["descricao.passos"]


@pytest.mark.parametrize(
    "message",
    [
        'aparece "Registro inválido"',
        "aparece Rejeição 539",
        "aparece o erro ORA-00001",
        "dá HTTP 500",
        "não aparece nenhuma mensagem",
        "trava sem mensagem",
    ],
)
def test_a_message_told_exactly_is_enough(message: str) -> None:
    assert "descricao.mensagem" not in rules(description=f"Ao salvar dá erro: {message}.")


def test_an_error_that_is_not_quoted_is_asked_for() -> None:
    text = "Ao salvar dá erro na tela."
    finding = next(each for each in findings(description=text) if each.rule == "descricao.mensagem")
    assert finding.span is not None
    assert text[slice(*finding.span)] == "erro"


def test_a_message_that_the_heading_asks_for_is_asked_for_once_and_there() -> None:
    text = "O que acontece: ao salvar dá erro na tela.\nMensagem exata:\nPasso a passo:\n"
    asked = [each for each in findings(description=text) if each.span]
    assert [text[slice(*each.span)] for each in asked if each.span] == ["Mensagem exata:", "Passo a passo:"]
    answered = text.replace("exata:", "exata: dá erro")
    (asking,) = (each for each in findings(description=answered) if each.rule == "descricao.mensagem")
    assert asking.span is not None
    assert answered[slice(*asking.span)] == "Mensagem exata: dá erro"


def test_a_print_that_is_not_there_is_refused() -> None:
    text = DESCRIPTION + "Segue print em anexo."
    assert blocks(description=text) == ["descricao.print_sem_arquivo"]
    assert blocks(description=text, files="/home/ana/print.png") == []
    assert blocks(description=text + " https://fotos.exemplo.com.br/1") == []


@pytest.mark.parametrize(
    "text",
    ["https://fotos.exemplo.com.br/1", "Segue o print: https://fotos.exemplo.com.br/1", "[imagem: tela]"],
)
def test_a_bare_link_or_picture_is_no_description(text: str) -> None:
    assert blocks(description=text) == ["descricao.so_link"]


@pytest.mark.parametrize(
    "left", ["Descreva o problema aqui", "(se aplicável)", "Vá para '...'", "[preencher]", "____"]
)
def test_template_text_that_was_left_is_refused(left: str) -> None:
    found = [
        each for each in findings(description=f"{DESCRIPTION}\n{left}") if each.severity is Severity.BLOCK
    ]
    assert [each.rule for each in found] == ["descricao.modelo"]
    assert found[0].span is not None
    assert found[0].span[0] >= len(DESCRIPTION)


@pytest.mark.parametrize("dots", ["\n...", "\n…", " ...", " …", "\n. . .\n\n…"])
def test_dots_are_no_answer(dots: str) -> None:
    heading, *others = TEMPLATE.splitlines()
    answered = "\n".join(f"{each}\n  foi assim no usuário caixa1" for each in others)
    text = f"{heading}{dots}\n{answered}"
    (found,) = (each for each in findings(description=text) if each.severity is Severity.BLOCK)
    assert found.span is not None
    assert text[slice(*found.span)] == heading
    more = text.replace(dots, f"{dots}\n  na tela Vendas > Pedidos, aba Pagamento", 1)
    assert blocks(description=more) == []


def test_our_own_template_blocks_until_every_heading_is_answered() -> None:
    headings = TEMPLATE.splitlines()
    assert blocks(description=TEMPLATE).count("descricao.modelo") == len(headings)
    left = [found for found in findings(description=TEMPLATE) if found.rule == "descricao.modelo"]
    for found, heading in zip(left, headings, strict=True):
        assert found.example.startswith(f"{heading} "), "each shows how it is answered"
    answered = "\n".join(f"{heading}\n  foi assim no usuário caixa1" for heading in headings)
    assert blocks(description=answered) == []
    half = answered.replace(f"{headings[2]}\n  foi assim no usuário caixa1", headings[2])
    (finding,) = (each for each in findings(description=half) if each.severity is Severity.BLOCK)
    assert finding.span is not None
    assert half[slice(*finding.span)] == headings[2]


def test_short_and_long_descriptions() -> None:
    assert "descricao.curta" in rules(description="Ao salvar não grava.")
    assert "descricao.sem_lista" in rules(description="O produto some da tela depois. " * 100)


# ── files ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("/home/ana/print.png", []),
        ("https://drive.exemplo.com.br/v/1?x=2", []),
        ("www.exemplo.com.br/video", []),
        ("C:\\prints\\tela.png", []),
        ("http:/drive.exemplo.com.br/1", ["arquivos.link"]),
        ("https://meu video", ["arquivos.link"]),
        ("https://[::1", ["arquivos.link"]),
        ("ftp://exemplo.com.br/x", ["arquivos.link"]),
        ("/home/ana/cpf_52998224725.png", ["arquivos.dado_pessoal"]),
        ("/a.png\n/a.png", ["arquivos.repetido"]),
    ],
)
def test_each_entry_of_the_files(entry: str, expected: list[str]) -> None:
    assert rules(files=entry) == expected


def test_what_was_found_out_about_local_files() -> None:
    raw = "/a.png\nhttps://exemplo.com.br/v\n  /b.png"
    entries = file_entries(raw)
    assert [is_link(entry.text) for entry in entries] == [False, True, False]
    assert raw[slice(*entries[2].span)] == "/b.png"
    facts = [
        FileFact(entries[0], exists=False),
        FileFact(entries[0], exists=True, is_file=False),
        FileFact(entries[0], exists=True, size=0),
        FileFact(entries[0], exists=True, size=20_000_001),
        FileFact(entries[2], exists=True, size=10, width=400),
        FileFact(entries[2], exists=True, size=10, width=1920),
    ]
    found = check_files(facts)
    assert [finding.rule for finding in found] == [
        "arquivos.nao_encontrado",
        "arquivos.pasta",
        "arquivos.vazio",
        "arquivos.grande",
        "arquivos.print_parcial",
    ]
    assert found[-1].span == entries[2].span
    assert can_send(found[-1:]), "a narrow picture is the analyst's to decide"
    assert not any(can_send([finding]) for finding in found[:-1]), "cited, and could not be attached"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("tela.PNG", []),
        ("tela.jpeg", []),
        ("video.mkv", []),
        ("nota 35.xml", []),
        ("instala.exe", [("arquivos.programa", Severity.BLOCK)]),
        ("C:\\logs\\roda.BAT", [("arquivos.programa", Severity.BLOCK)]),
        ("print.png.js", [("arquivos.programa", Severity.BLOCK)]),
        ("IMG_0012.heic", [("arquivos.tipo", Severity.WARN)]),
        ("anexo", [("arquivos.tipo", Severity.WARN)]),
    ],
)
def test_what_nobody_opens_is_refused_and_what_is_unusual_asked_about(
    name: str, expected: list[tuple[str, Severity]]
) -> None:
    (entry,) = file_entries(name)
    found = check_files([FileFact(entry, exists=True, size=10)])
    assert [(finding.rule, finding.severity) for finding in found] == expected
    assert all(finding.span == entry.span for finding in found)


def test_a_phones_whole_screen_is_narrow() -> None:
    (entry,) = file_entries("/tela.png")
    phone = FileFact(entry, exists=True, size=10, width=720, height=1600)
    assert [found.rule for found in check_files([phone], Tool.SISTEMA.value)] == ["arquivos.print_parcial"]
    assert check_files([phone], Tool.MOBI.value) == ()
    cut = FileFact(entry, exists=True, size=10, width=720, height=200)
    assert [found.rule for found in check_files([cut], Tool.MOBI.value)] == ["arquivos.print_parcial"]


# ── whatever is typed ────────────────────────────────────────────────────────────────────────────────────

_BITS = st.sampled_from(
    [
        *"a;>@.-:'\"“”\n\t [](/1ß½ﬁçÃ\u0301\ud83d😀",
        "erro ",
        "não ",
        "529.982.247-25",
        "a@x.com",
        "http://",
        "print em anexo ",
        *(
            "1. ",
            "Onde acontece:",
            "se aplicável",
            "->",
            "12.ABC.345/01DE-35",
            "no pedido",
            "[imagem:",
            "'...'",
        ),
    ]
)
_TYPED = st.one_of(st.text(max_size=80), st.lists(_BITS, max_size=40).map("".join))


@settings(max_examples=300, deadline=None)
@given(_TYPED, _TYPED, _TYPED, _TYPED, _TYPED, _TYPED)
def test_checking_never_raises_and_points_into_the_text(
    title: str, email: str, notify: str, flow: str, description: str, files: str
) -> None:
    typed = ChamadoDraft(
        id="0001",
        title=title,
        licence_email=email,
        notify=notify,
        flow=flow,
        description=description,
        files=files,
    )
    found = check_draft(typed)
    assert found == check_draft(typed)
    for finding in found:
        assert finding.message
        text = getattr(typed, finding.field)
        if finding.span is not None:
            start, end = finding.span
            assert 0 <= start < end <= len(text)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(_BITS, min_size=1, max_size=6).map("".join),
    st.sampled_from(("title", "flow", "description", "files")),
)
def test_long_repetitions_are_checked_to_the_end(bit: str, field: str) -> None:
    """A pattern that backtracks would hang here; hypothesis looks for the worst repetition."""
    long = draft(**{field: (bit * 10_000)[:10_000]})
    for finding in check_draft(long, licence=licence()):
        assert finding.span is None or finding.span[1] <= 10_000
