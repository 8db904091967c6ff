"""A walk as Markdown: everything that was done and found, and nothing of it read as markup."""

from datetime import UTC, datetime, timedelta

from clients.models.runbook import Guard
from clients.models.walk import Outcome, Override, Walk
from clients.models.walk_export import masked_in, walk_markdown
from clients.runbooks import shipped

NOW = datetime(2026, 5, 4, 12, 30, tzinfo=UTC)
DYPE = next(each for each in shipped() if each.id == "servico-dype")


def walked() -> Walk:
    walk = Walk(
        id="w",
        runbook=DYPE,
        client="Loja *Sol*",
        service="Serviço DYPE",
        server="sol/01",
        who="Bia",
        begun_at=NOW,
        overrides=(
            Override(
                guard=Guard.FREE, about="Bruno", seen="Bruno está lá", reason="combinado", at=NOW, who="Bia"
            ),
        ),
    )
    for step, outcome, found in (
        ("ver-quem-esta", Outcome.DONE, ""),
        ("anunciar-entrada", Outcome.DONE, "Entrando em Loja Sol"),
        ("conectar", Outcome.SKIPPED, "já conectada"),
        ("ver-servico", Outcome.OTHERWISE, "Parado\n```\n# log"),
    ):
        at = NOW + timedelta(minutes=len(walk.footprints))
        walk = walk.stepped(step, outcome, at=at, who="Bia", found=found)
    return walk


def test_who_where_when_and_why_past_a_guard_come_first() -> None:
    head = walk_markdown(walked()).split("\n## ")[0]
    assert head == (
        "# Serviço DYPE\n\n"
        "- Cliente: Loja \\*Sol\\*\n"
        "- Serviço: Serviço DYPE\n"
        "- Servidor: sol/01\n"
        "- Início: 04/05/2026 09:30, por Bia\n"
        "- Fim: em andamento\n"
        "- Sem saber o servidor livre (Bruno está lá), Bia seguiu 04/05/2026 09:30: combinado\n"
    )


def test_each_step_says_what_came_of_it() -> None:
    text = walk_markdown(walked())
    assert "## 3. Conectar\n\n04/05/2026 09:32, Bia: pulado.\n\n```\njá conectada\n```" in text
    assert "## 5. Ver o log\n\nNão foi feito." in text
    assert "diferente do esperado.\n\nEsperado: O serviço DYPE está “Em execução”." in text


def test_what_was_pasted_cannot_leave_its_fence() -> None:
    assert "````\nParado\n```\n# log\n````" in walk_markdown(walked())


def test_what_was_recorded_again_is_told_both_times() -> None:
    again = walked().stepped("ver-servico", Outcome.DONE, at=NOW, who="Caio", found="Em execução")
    step = walk_markdown(again).split("\n## ")[4]
    assert step.index("Parado") < step.index("\n\n04/05/2026 09:30, Caio: feito.")


def test_the_end_is_told() -> None:
    closed = Walk(id="w", runbook=DYPE, client="Loja Sol", who="Bia", begun_at=NOW).ended(NOW)
    assert "- Fim: 04/05/2026 09:30\n" in walk_markdown(closed)


def test_what_must_not_leave_is_masked_in_the_file_and_stays_in_the_walk() -> None:
    walk = walked().stepped("ver-servico", Outcome.DONE, at=NOW, who="Bia", found="Password=lua4512; ok")
    (past,) = walk.overrides
    reason = "Bruno deixou: a senha do sa é lua4512, CPF 529.982.247-25"
    walk = walk.model_copy(update={"overrides": (past.model_copy(update={"reason": reason}),)})
    text = walk_markdown(walk)
    assert "lua4512" not in text and "529.982" not in text
    assert "\nPassword=‹CHAVE_1›; ok\n" in text
    assert "Bruno deixou: a senha do sa é ‹CHAVE\\_1›" in text
    assert walk.footprints[-1].found == "Password=lua4512; ok"
    assert masked_in(walk).told == "3 trechos mascarados (2 chaves ou senhas, 1 CPF)"
    assert masked_in(walked()).told == ""
