from tui.commands.relevance import relevance

LICENCE = ("Conferir licença", "Conferir a licença de novo")
COPY = ("Copiar", "Enviar ao terminal o link do ticket, ou número e título do chamado")


def test_letters_scattered_over_a_text_are_no_match() -> None:
    assert relevance("licenca", *COPY) == 0
    assert relevance("licenca", *LICENCE) == 1
    assert relevance("LICENÇA", *LICENCE) == 1


def test_words_come_in_any_order_and_all_of_them() -> None:
    assert relevance("novo lic", *LICENCE)
    assert relevance("licenca copiar", *LICENCE) == 0
    assert relevance("", *LICENCE) == relevance("  ", *LICENCE) == 0


def test_label_before_purpose_and_beginnings_before_middles() -> None:
    ranked = [
        relevance("tar", "Tarefas", ""),
        relevance("tar", "Voltar", ""),
        relevance("tar", "x", "Ver tarefas"),
        relevance("tar", "x", "Voltar"),
    ]
    assert ranked == sorted(ranked, reverse=True)
    assert len(set(ranked)) == 4


def test_a_later_beginning_counts_as_one() -> None:
    assert relevance("tar", "Voltar à tarefa", "") == relevance("tar", "Tarefa", "")


def test_a_long_query_costs_no_more_than_reading_it() -> None:
    assert relevance("a" * 5_000, "a" * 4_999, "a" * 200) == 0
