"""A log on its way into a service's history: cleaned, its end only, with nothing in it that stays inside."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clients.models.assistant.private import Kind
from clients.models.excerpt import MOST_CHARS, MOST_LINES, TAKEN_OUT, log_end, masked

LOG = """\
2026-03-04 08:12:33.120 INFO  [Dype.CTe] Serviço iniciado, versão 4.18.2, ambiente 1 (produção)
2026-03-04 08:12:33.480 DEBUG [Dype.CTe] Data Source=10.20.0.15,1433;Initial Catalog=CTE_PRD;User ID=cte_app;\
Password=Xk#9!lua;MultipleActiveResultSets=True
2026-03-04 08:12:34.002 INFO  [Dype.CTe] Certificado A1 carregado de C:\\Certificados\\riomanso.pfx
2026-03-04 08:12:34.003 DEBUG [Dype.CTe] SenhaCertificado=rm2026; validade 03/03/2026
2026-03-04 08:12:35.771 INFO  [Dype.CTe] Emitente 12.345.678/0001-95, motorista CPF 529.982.247-25
2026-03-04 08:12:36.218 INFO  [Dype.CTe] Enviando CT-e 35260312345678000195570010000045121000045129
2026-03-04 08:12:36.220 DEBUG [Dype.CTe] POST https://cte.exemplo.com.br/ws/CTeRecepcao?token=abc123def
2026-03-04 08:12:36.221 DEBUG [Dype.CTe] {"usuario": "cte", "senha": "lua cheia", "lote": 4512}
2026-03-04 08:12:37.903 ERROR [Dype.CTe] Rejeição 280: Certificado Transmissor inválido
2026-03-04 08:12:37.904 INFO  [Dype.CTe] Aviso enviado para fiscal@riomanso.exemplo.com.br e (31) 98765-4321
2026-03-04 08:12:37.990 WARN  [Dype.CTe] Próxima tentativa em 300 s, 12 documentos na fila
"""
SECRET = (
    *("Xk#9!lua", "rm2026", "12.345.678/0001-95", "529.982.247-25", "abc123def", "lua cheia"),
    *("35260312345678000195570010000045121000045129", "fiscal@riomanso", "98765-4321"),
)
NEEDED = (
    *("2026-03-04 08:12:37.903 ERROR", "Rejeição 280: Certificado Transmissor inválido", "versão 4.18.2"),
    *("Initial Catalog=CTE_PRD", "validade 03/03/2026", "12 documentos na fila", "C:\\Certificados"),
    *("https://cte.exemplo.com.br/ws/CTeRecepcao", '"lote": 4512'),
)


def test_of_a_log_stays_what_helps_and_nothing_else() -> None:
    made = masked((LOG,))
    assert [one for one in SECRET if one in made.texts[0]] == []
    assert [one for one in NEEDED if one not in made.texts[0]] == []
    assert made.lines == 0
    assert made.masked == {
        Kind.KEY: 5,
        Kind.CNPJ: 1,
        Kind.CPF: 1,
        Kind.EMAIL: 1,
        Kind.PHONE: 1,
    }
    assert made.told.startswith("9 trechos mascarados (")
    assert not any(one in repr(made.told) for one in SECRET)


@pytest.mark.parametrize(
    ("line", "secret"),
    [
        ("Server=db;Uid=sa;Pwd='a b';", "a b"),
        ("jdbc:sqlserver://db:1433;user=sa;password=s3nh4;encrypt=true", "s3nh4"),
        ("postgres://cte:s3nh4@10.0.0.5/base", "s3nh4"),
        ("mongodb+srv://cte:s3nh4@cluster.exemplo.com.br/x", "s3nh4"),
        ("AccountName=plantao;AccountKey=abcdef0123==;", "abcdef0123=="),
        ('<add key="SenhaCertificado" value="lua"/>', "lua"),
        ("<ns:senha>lua</ns:senha>", "lua"),
        ("db_password: s3nh4", "s3nh4"),
        ("client_secret=s3nh4", "s3nh4"),
        ('{"apiKey":"s3nh4"}', "s3nh4"),
        ("Senha do certificado: lua9", "lua9"),
    ],
)
def test_passwords_are_found_as_machines_write_them(line: str, secret: str) -> None:
    made = masked((line,))
    assert secret not in made.texts[0]
    assert sum(made.masked.values()) == 1


@pytest.mark.parametrize(
    "line",
    [
        "Login inválido: verifique usuário e senha",
        "Rejeição 539: duplicidade de CT-e, com diferença na chave de acesso",
        "tokenização: 12 documentos",
        "C:\\DYPE\\Logs\\cte_2026-03-04.log, 192.168.0.10:8080, PID 4512",
    ],
)
def test_what_only_talks_of_keys_stays(line: str) -> None:
    assert masked((line,)).texts == (line,)
    assert masked((line,)).told == ""


def test_the_same_number_bears_the_same_mark_in_both_texts_however_it_is_written() -> None:
    made = masked(("o CPF 529.982.247-25 falha", "CPF=52998224725, CNPJ 12.345.678/0001-95 e 12345678000195"))
    assert made.texts == ("o CPF ‹CPF_1› falha", "CPF=‹CPF_1›, CNPJ ‹CNPJ_1› e ‹CNPJ_1›")


def test_masking_again_changes_nothing_and_new_marks_go_on_from_the_old() -> None:
    once = masked((LOG,)).texts
    again = masked(once)
    assert (again.texts, again.told) == (once, "")
    more = masked(("‹EMAIL_1› e ana@exemplo.com.br",))
    assert more.texts == ("‹EMAIL_1› e ‹EMAIL_2›",)


def test_a_line_that_still_looks_private_is_taken_out() -> None:
    made = masked(("primeira\n5 2 9 9 8 2 2 4 7 2 5\nterceira",))
    assert made.texts == (f"primeira\n{TAKEN_OUT}\nterceira",)
    assert made.told == "1 linha retirada"
    many = masked(("\n".join(["5 2 9 9 8 2 2 4 7 2 5", "certo"] * 300),))
    assert (many.lines, many.texts[0].split("\n")[:2]) == (300, [TAKEN_OUT, "certo"])


@given(st.text(), st.sampled_from(SECRET[2:4]), st.text())
def test_no_document_stays(before: str, number: str, after: str) -> None:
    assert number not in masked((f"{before} {number} {after}",)).texts[0]


def test_only_the_end_of_a_long_log_is_kept_and_that_is_said() -> None:
    lines = [f"linha {number}" for number in range(MOST_LINES + 50)]
    kept = log_end("\r\n".join(lines)).split("\n")
    assert kept[0] == f"[só as últimas {MOST_LINES} linhas]"
    assert kept[1:] == lines[50:]
    assert log_end("a\nb\n") == "a\nb"
    assert log_end("b", whole=False) == "[só a última linha]\nb"


def test_what_was_cut_once_is_not_cut_again() -> None:
    for text in (
        "\n".join("linha" for _ in range(900)),
        "z" * 90_000,
        "\n".join("x" * 9_000 for _ in range(5)),
    ):
        headed = f"De cte.log:\n{log_end(text)}"
        assert log_end(headed) == headed


def test_long_lines_are_bounded_too() -> None:
    kept = log_end("\n".join("x" * 9_000 for _ in range(5)))
    assert len(kept) < MOST_CHARS + 100
    assert len(log_end("y" * 90_000)) < MOST_CHARS + 100


def test_control_sequences_of_a_log_do_nothing() -> None:
    assert "\x1b" not in log_end("\x1b[31mERRO\x1b[0m")
