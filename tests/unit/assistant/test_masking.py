"""What must not leave does not leave, and comes back letter by letter."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from stdnum.br import cnpj, cpf

from clients.models.assistant.masking import StillPrivate, mask
from clients.models.assistant.private import PLACEHOLDER
from clients.models.quality.personal import documents, emails


def whole_cpf(base: str) -> str:
    """The nine figures with their two check digits."""
    for first in (10, 11):
        rest = (
            sum(int(digit) * weight for digit, weight in zip(base, range(first, 1, -1), strict=True))
            * 10
            % 11
        )
        base += str(rest % 10)
    return base


NAMES = ("Ana Paula Souza", "José da Silva")
CPFS = st.integers(0, 999_999_999).map(lambda number: whole_cpf(f"{number:09d}")).filter(cpf.is_valid)
SHAPES = st.sampled_from(
    [
        lambda d: d,
        lambda d: f"{d[:3]}.{d[3:6]}.{d[6:9]}-{d[9:]}",
        lambda d: f"{d[:3]} {d[3:6]} {d[6:9]} {d[9:]}",
        lambda d: f"{d[:3]}{d[3:6]}{d[6:9]}-{d[9:]}",
        lambda d: f"{d[:5]} {d[5:]}",
        lambda d: " ".join(d),
        lambda d: f"{d[:4]}\u200b{d[4:]}",
    ]
)
WRITTEN_CPFS = st.builds(lambda digits, shape: shape(digits), CPFS, SHAPES)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("a senha do sa é Lua4512", "a senha do sa é ‹CHAVE_1›"),
        ("pago com 4111 1111 1111 1111", "pago com ‹CARTAO_1›"),
        ("CPF 529.982.247-25 e 52998224725", "CPF ‹CPF_1› e ‹CPF_2›"),
        ("o cpf: 123.456.789-00 não vale", "o cpf: ‹CPF_1› não vale"),
        ("CNPJ 12.ABC.345/01DE-35", "CNPJ ‹CNPJ_1›"),
        ("de 33000167000101, de novo 33000167000101", "de ‹CNPJ_1›, de novo ‹CNPJ_1›"),
        ("fale com ana.souza@exemplo.com.br.", "fale com ‹EMAIL_1›."),
        ("tel (11) 98765-4321, 3456-7890 ou 0800 123 4567", "tel ‹FONE_1›, ‹FONE_2› ou ‹FONE_3›"),
        ("ANA PAULA SOUZA ligou; a Ana disse ao José", "‹NOME_1› ligou; a ‹NOME_2› disse ao ‹NOME_3›"),
        ("avise @ana.souza no canal", "avise ‹NOME_1› no canal"),
        ("a senha é abc123, a chave é obrigatória", "a senha é ‹CHAVE_1›, a chave é obrigatória"),
        ("senha: abc123", "senha: ‹CHAVE_1›"),
        ("Authorization: Bearer abcdef.123456", "Authorization: ‹CHAVE_1›"),
        ("use xoxp-123456789012-abcdef aqui", "use ‹CHAVE_1› aqui"),
        ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIx.c2ln", "‹CHAVE_1›"),
        ("https://erp.exemplo.com.br/p?token=a1&id=7#x fim", "https://erp.exemplo.com.br/p‹CHAVE_1› fim"),
        ("https://ana:segredo@erp.exemplo.com.br/p", "https://ana:‹CHAVE_1›@erp.exemplo.com.br/p"),
        ("chave 3523 1234 5678 9012 3456 7890 1234 5678 9012 3456 7890", "chave ‹CHAVE_1›"),
        ("o texto ‹CPF_1› já estava", "o texto ‹MARCA_1› já estava"),
    ],
)
def test_each_kind(text: str, masked: str) -> None:
    made = mask(text, NAMES)
    assert made.text == masked
    assert made.restore(made.text).text == text


@pytest.mark.parametrize(
    "text",
    [
        "Rejeição 539, v12.4, 10/03/2026 às 14:30, R$ 1.234,56, pedido 4512, caixa1",
        'Aparece "Erro 500: parcela inválida" em Vendas > Pedidos, código ABC-123',
        "https://erp.exemplo.com.br/pedidos/4512 e /home/ana/prints/pedido-4512.png, IP 192.168.0.10",
        "a ana do caixa, sem maiúscula, pode ser outra palavra; o amada também",
    ],
)
def test_what_a_developer_needs_stays(text: str) -> None:
    assert mask(text, NAMES).text == text


@pytest.mark.parametrize(
    "text", ["529.982.2\u200b47-25", "5 2 9 9 8 2 2 4 7 2 5", "ana (at) exemplo.com", "ana @ exemplo"]
)
def test_what_the_second_look_finds_keeps_everything_here(text: str) -> None:
    with pytest.raises(StillPrivate) as refused:
        mask(f"primeira linha\n{text}", NAMES)
    assert "linha 2" in refused.value.message
    assert text not in str(refused.value)


@given(
    st.lists(
        st.text() | WRITTEN_CPFS | st.sampled_from(["ana@exemplo.com.br", "‹CPF_1›", "senha: x1y2z3", *NAMES])
    )
)
def test_what_is_put_back_is_what_was_there(pieces: list[str]) -> None:
    text = " ".join(pieces)
    try:
        masked = mask(text, NAMES)
    except StillPrivate:
        return
    restored = masked.restore(masked.text)
    assert restored.text == text
    assert (restored.missing, restored.unknown) == ((), ())


@given(st.text(), WRITTEN_CPFS, st.text())
def test_no_cpf_ever_leaves(before: str, number: str, after: str) -> None:
    try:
        masked = mask(f"{before} {number} {after}", NAMES).text
    except StillPrivate:
        return
    assert number not in masked
    assert not list(documents(masked))
    assert "".join(char for char in number if char.isdigit()) not in masked


@given(st.text(alphabet="0123456789ABC.-/ ", max_size=40))
@example("946CA/300264958")
def test_no_valid_document_ever_leaves(text: str) -> None:
    try:
        masked = mask(text).text
    except StillPrivate:
        return
    plain = PLACEHOLDER.sub("", masked)
    assert not any(check(piece) for check in (cpf.is_valid, cnpj.is_valid) for piece in plain.split())
    assert not list(emails(plain))


def test_an_answer_that_lost_or_invented_a_placeholder() -> None:
    masked = mask("ana@exemplo.com.br com CPF 529.982.247-25")
    restored = masked.restore("‹EMAIL_1› disse ‹NOME_9›")
    assert restored.text == "ana@exemplo.com.br disse ‹NOME_9›"
    assert restored.missing == ("‹CPF_1›",)
    assert restored.unknown == ("‹NOME_9›",)


def test_the_originals_are_in_no_repr() -> None:
    assert "529" not in repr(mask("CPF 529.982.247-25"))


@pytest.mark.parametrize(
    "text",
    [
        f"https://erp.exemplo.com.br/{'a' * 3_000}?token=x1",
        f"https://erp.exemplo.com.br/p?{'token=x1&' * 1_000}",
        f"eyJ{'a' * 5_000}.{'b' * 5_000}.c2ln",
        "a1b2c3d4" * 200,
    ],
    ids=["a long address", "a long query", "a long token", "a long key"],
)
def test_no_key_is_too_long_to_be_seen(text: str) -> None:
    assert mask(text).text.removeprefix(text.split("?")[0]) == "‹CHAVE_1›"


@pytest.mark.parametrize(
    ("text", "line"), [("certo\n\nana @ exemplo", 3), ("5 2 9 9 8 2 2 4 7 2 5\nana @ exemplo", 1)]
)
def test_the_first_line_that_is_left_over_is_told(text: str, line: int) -> None:
    with pytest.raises(StillPrivate, match=f"linha {line} "):
        mask(text, NAMES)
