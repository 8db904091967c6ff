"""Slack's text both ways: tokens to words, and words that call nobody."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clients.models.slack_text import mentioned, outgoing, readable, same_text

NAMES = {"U0ANA01": "Ana", "C0SUP01": "suporte"}


@pytest.mark.parametrize(
    ("wire", "read"),
    [
        ("<@U0ANA01> pega", "@Ana pega"),
        ("<@U0BIA02|bia> pega", "@bia pega"),
        ("<@U0BIA02> pega", "@U0BIA02 pega"),
        ("ver <#C0SUP01|outro>", "ver #suporte"),
        ("ver <#C0XYZ01|fiscal>", "ver #fiscal"),
        ("<!here> e <!channel>", "@here e @channel"),
        ("<!subteam^S01|@fiscal>, ajuda", "@fiscal, ajuda"),
        ("<!subteam^S01>, ajuda", "@subteam, ajuda"),
        ("até <!date^1709560000^{date}|04/03>", "até 04/03"),
        ("<https://x.example/a?b=1&amp;c=2>", "https://x.example/a?b=1&c=2"),
        ("<https://x.example/a|o manual>", "o manual (https://x.example/a)"),
        ("<http://x.example|x.example>", "x.example"),
        ("<mailto:ana@x.example|ana@x.example>", "ana@x.example"),
        ("5 &lt; 7 &amp;&amp; 7 &gt; 5", "5 < 7 && 7 > 5"),
        ("&amp;lt;", "&lt;"),
        ("&nbsp; fica", "&nbsp; fica"),
        ("a\x1b[31mb\u202e", "a␛[31mb<U+202E>"),
        ("um\ndois", "um\ndois"),
    ],
)
def test_tokens_become_words(wire: str, read: str) -> None:
    assert readable(wire, NAMES) == read


@pytest.mark.parametrize("pasted", ["<!channel>", "<@U0ANA01>", "<!subteam^S01>", "&lt;!channel&gt;"])
def test_a_pasted_token_calls_nobody_and_reads_as_it_was_typed(pasted: str) -> None:
    sent = outgoing(f"veja {pasted}")
    assert "<" not in sent
    assert readable(sent) == f"veja {pasted}"


@given(st.text())
def test_nothing_that_is_typed_becomes_a_token(text: str) -> None:
    sent = outgoing(text)
    assert "<" not in sent
    assert ">" not in sent
    assert mentioned(sent) == frozenset()


@pytest.mark.parametrize(
    ("sent", "found"),
    [
        ("veja https://x.example/a", "veja <https://x.example/a>"),
        ("mande a ana@x.example", "mande a <mailto:ana@x.example|ana@x.example>"),
        ("em x.example está", "em <http://x.example|x.example> está"),
        ("<@U0ANA01> pega", "<@U0ANA01|ana> pega"),
        ("um\n\ndois", "um\n\ndois "),
    ],
)
def test_our_message_is_known_after_slack_has_dressed_it_up(sent: str, found: str) -> None:
    assert same_text(sent, found)


def test_another_message_is_not_ours() -> None:
    assert not same_text("Entrando em Rio Manso", "Entrando em Rio Manso 2")
    assert not same_text("<@U0ANA01> pega", "<@U0BIA02> pega")
