"""What of an analyst's own words and of a log is masked before it is passed on, and what stays to be read."""

import pytest

from clients.models.excerpt import masked

HOSTILE = (
    # ── passwords told in words ──
    ("senha do banco é mudar123", "mudar123"),
    ("senha do sa é Segredo123", "Segredo123"),
    ("senha do usuário sa é Segredo123", "Segredo123"),
    ("pwd do SYSDBA é Xyz987", "Xyz987"),
    ("a senha é: Xyz987", "Xyz987"),
    ("A SENHA É MUDAR123", "MUDAR123"),
    ("senha é 4512", "4512"),
    ("senha é Segredo!@", "Segredo!@"),
    ("senha é luaCheia", "luaCheia"),
    ("senha eh lua_cheia", "lua_cheia"),
    ('a senha do sa é "lua cheia"', "lua cheia"),
    ("senha: lua 4512", "lua|4512"),
    ("senha: lua cheia", "lua|cheia"),
    ("senha: lua 4512 99, no banco", "lua|4512|99"),
    ("Senha: lua; usuário: sa", "lua"),
    ("senha -> lua4512", "lua4512"),
    ("troca de senha: lua4512", "lua4512"),
    ("senha nova: lua4512", "lua4512"),
    ("a senha agora é lua4512", "lua4512"),
    ("senha padrão do sysdba é masterkey1", "masterkey1"),
    ("senha no servidor é lua4512", "lua4512"),
    ("a senha foi trocada para Lua4512", "Lua4512"),
    ("mudei a senha para lua@4512", "lua@4512"),
    ("entrei com a senha Segredo123", "Segredo123"),
    ("usei a senha do sa Segredo123 e nada", "Segredo123"),
    ("Segredo123 é a senha do sa", "Segredo123"),
    ("user sa pass: Xyz987", "Xyz987"),
    ("PIN do token: 4512", "4512"),
    ("the password is Xyz987", "Xyz987"),
    ("senhas: abc123", "abc123"),
    ("senha: 'lua 4512 cheia'", "lua 4512 cheia|lua|cheia"),
    ("a senha do banco mudou, agora é mudar123", "mudar123"),
    ("senha do banco (sa) é Segredo123", "Segredo123"),
    ("senha sa = Segredo123", "Segredo123"),
    ("Senha de acesso ao banco é lua4512", "lua4512"),
    ("senha Wi-Fi: lua4512", "lua4512"),
    ("Senha inicial: 1234", "1234"),
    ("a senha dele é Joao@2026", "Joao@2026"),
    # ── as machines write them ──
    ("sqlcmd -S db -U sa -P Segredo123 -Q x", "Segredo123"),
    ("mysql -uroot -pSegredo123 base", "Segredo123"),
    ("app --password lua", "lua"),
    ("curl -u ana:lua4512 https://erp.exemplo.com.br", "lua4512"),
    ("Password=lua4512;Server=db", "lua4512"),
    ("postgres://user:pass@host:5432/db", "pass"),
    ("postgres://user:p@ss@host:5432/db", "p@ss|ss@"),
    ("amqp://ana@exemplo.com:lua4512@fila.exemplo.com.br/x", "lua4512"),
    ("redis://:lua4512@cache:6379/0", "lua4512"),
    ("https://abcdef@erp.exemplo.com.br/p", "abcdef"),
    ("Authorization: Bearer abcdef.123456", "abcdef.123456"),
    ("token: abc123def", "abc123def"),
    # ── numbers of people and of cards ──
    ("CPF 529.982.247-25", "529.982.247-25"),
    ("motorista 52998224725 parado", "52998224725"),
    ("CNPJ 12.345.678/0001-95", "12.345.678/0001-95"),
    ("cartão 4111 1111 1111 1111", "4111 1111|1111"),
    ("cartão 4111\xa01111\xa01111\xa01111", "1111"),
    ("cartão 4111-1111-1111-1111.", "4111-1111|1111"),
    ("pago com 4111111111111111 ontem", "4111111111111111"),
    ("mastercard 5555 5555 5555 4444 val 12/28", "5555"),
    ("amex 3782 822463 10005", "822463"),
    ("cartão 4111 1111 1111 1111 123", "1111"),
    ("<nCartao>5555555555554444</nCartao>", "5555555555554444"),
    ("ligar (31) 98765-4321", "98765-4321"),
    ("avisar fiscal@exemplo.com.br", "fiscal@"),
)
PLAIN = (
    "senha incorreta",
    "Senha incorreta para o usuário caixa01",
    "senha: incorreta",
    "Senha: não informada",
    "esqueci a senha",
    "esqueci a senha do CTE 57",
    "troca de senha",
    "troca de senha: tela em branco",
    "erro na senha: tela em branco",
    "Senha inválida: 3 tentativas",
    "Senha expirada: 401",
    "Erro de senha no CTE: rejeição 539",
    "ssh -p 2222 host01, sqlcmd -S db01 -P 1433",
    "Recuperação de senha do usuário: o e-mail não chega",
    "erro de senha 0x80070005",
    "erro de senha ORA-01017: logon denied",
    "a senha é obrigatória!",
    "a senha do certificado expirou em 03/03/2026",
    "a senha do caixa01 não entra na versão 12.4.18",
    "a senha foi trocada para todos",
    "Login failed for user 'sa'",
    "a chave primária PK_PEDIDO e a chave: FK_PEDIDO_ITEM",
    "Rejeição 539: duplicidade, com diferença na chave de acesso",
    "chamado #4102 e tarefa 58213, desde ontem",
    "04/03/2026 08:12:33.120 ERROR [Dype.CTe] Rejeição 280",
    "2026-03-04T08:12:33Z e 2026-03-04 08:12",
    "NCM 84713012, CFOP 5102, CST 060",
    "versão 4.18.2, build 20260304",
    "10.20.0.15,1433 e 192.168.0.10:8080, porta 5432",
    "HRESULT 0x80070005, 0x80004005 e código 500",
    "pedido 4111111111111112 e pedido 7891234567895",
    "lote 1234 5678 9012 3456, NSU 000000000012345",
    "protocolo 135260012345678",
    "PID 4512, 12 documentos na fila, R$ 1.234,56",
    "C:\\DYPE\\Logs\\cte_2026-03-04.log",
    "postgres://host:5432/db sem usuário",
    "o token do certificado A3 não é lido",
    "o PIN bloqueou depois de 3 vezes",
    "tabela TB_SENHA, 3 linhas; token.exe parado",
)


@pytest.mark.parametrize(("line", "secrets"), HOSTILE)
def test_what_must_not_leave_is_masked_and_a_second_masking_changes_nothing(line: str, secrets: str) -> None:
    made = masked((line,))
    assert [one for one in secrets.split("|") if one in made.texts[0]] == []
    assert (made.lines, masked(made.texts).texts) == (0, made.texts)


@pytest.mark.parametrize("line", PLAIN)
def test_what_helps_to_find_the_fault_stays(line: str) -> None:
    assert masked((line,)).texts == (line,)


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        ("senha do sa é Segredo123, porta 1433", "senha do sa é ‹CHAVE_1›, porta 1433"),
        ("senha: lua 4512 em 04/03/2026", "senha: ‹CHAVE_1› em 04/03/2026"),
        ("senha: lua 192.168.0.10:5432", "senha: ‹CHAVE_1› 192.168.0.10:5432"),
        ("postgres://user:pass@host:5432/db", "postgres://user:‹CHAVE_1›@host:5432/db"),
        ("mysql://cte:s3nh4@db.exemplo.com.br/cte", "mysql://cte:‹CHAVE_1›@db.exemplo.com.br/cte"),
        ("529.982.247-25 e 52998224725", "‹CPF_1› e ‹CPF_1›"),
        ("4111 1111 1111 1111 = 4111111111111111", "‹CARTAO_1› = ‹CARTAO_1›"),
        ("Ana@exemplo.com.br, ana@exemplo.com.br", "‹EMAIL_1›, ‹EMAIL_1›"),
    ],
)
def test_only_what_must_not_leave_goes(line: str, seen: str) -> None:
    assert masked((line,)).texts == (seen,)
