"""Search queries: the grammar, values that try to change their meaning, and texts that are too long."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clients.errors import Rejected
from clients.freshdesk_search import LONGEST_QUERY, Search


def one(search: Search) -> str:
    [query] = search.queries()
    return query


def test_values_as_the_grammar_wants_them() -> None:
    search = (
        Search()
        .where("status", 2, 6)
        .where("agent_id", None)
        .where("type", "Dúvida")
        .where("cf_bloqueia", True)
        .since("created_at", date(2026, 3, 1))
        .until("priority", 3)
    )
    assert one(search) == (
        "(status:2 OR status:6) AND agent_id:null AND type:'Dúvida' AND cf_bloqueia:true"
        " AND created_at:>'2026-03-01' AND priority:<3"
    )


@pytest.mark.parametrize("value", ["d'água", '"', "x' OR status:5 OR tag:'", "a\\", "a\nb", "a\x00"])
def test_a_value_that_could_leave_its_quotes_is_refused(value: str) -> None:
    with pytest.raises(Rejected):
        Search().where("tag", value)


@given(st.text())
def test_whatever_is_accepted_stays_between_its_quotes(value: str) -> None:
    try:
        query = one(Search().where("tag", value))
    except Rejected:
        return
    assert query == f"tag:'{value}'"
    assert query.count("'") == 2
    assert '"' not in query


@pytest.mark.parametrize("field", ["status:2 OR tag", "", "Status", "a b", "tag'"])
def test_a_field_is_a_name(field: str) -> None:
    with pytest.raises(ValueError, match="not a search"):
        Search().where(field, 1)


def test_a_long_list_becomes_several_queries_that_lose_nothing() -> None:
    tags = [f"cliente-{number:03}" for number in range(100)]
    queries = list(Search().where("status", 2, 3).where("tag", *tags).queries())
    assert all(len(query) <= LONGEST_QUERY for query in queries)
    assert all(query.startswith("(status:2 OR status:3) AND ") for query in queries)
    for tag in tags:
        assert sum(f"tag:'{tag}'" in query for query in queries) == 1


def test_one_value_that_is_too_long_by_itself() -> None:
    with pytest.raises(Rejected, match="longa demais"):
        list(Search().where("tag", "x" * 600).queries())


def test_nothing_is_no_search() -> None:
    with pytest.raises(Rejected, match="vazia"):
        list(Search().queries())
