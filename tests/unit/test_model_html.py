import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clients.models.html import html_to_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (None, ""),
        ("", ""),
        ("sem marcação", "sem marcação"),
        ("<div>Olá,<br>tudo&nbsp;bem?</div>", "Olá,\ntudo bem?"),
        ("<p>um</p><p>dois</p>", "um\n\ndois"),
        ("<div>um</div><div>dois</div>", "um\ndois"),
        ("<ul><li>um</li><li>dois</li></ul>", "• um\n• dois"),
        ("<blockquote><p>disse</p>assim</blockquote>ok", "> disse\n>\n> assim\nok"),
        ('<a href="https://x.com.br/a">aqui</a>', "aqui <https://x.com.br/a>"),
        ('<a href="https://x.com.br/a">https://x.com.br/a</a>', "https://x.com.br/a"),
        ('<a href="javascript:alert(1)">aqui</a>', "aqui"),
        ("<a href='https://x.com.br'></a>", "https://x.com.br"),
        ('antes <img src="x" alt="tela do  erro"> depois', "antes [imagem: tela do erro] depois"),
        ("<img src=x>", "[imagem: sem descrição]"),
        (
            "<table><tr><th>NF</th><th>Valor</th></tr><tr><td>1</td><td>9</td></tr></table>",
            "NF │ Valor\n1 │ 9",
        ),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ("<script>x()</script><style>a{}</style><!-- oculto -->visto", "visto"),
        ("1 &lt; 2 &amp;&amp; [b]3[/b]", "1 < 2 && [b]3[/b]"),
        ("<p>sem fim <b>negrito", "sem fim negrito"),
    ],
)
def test_mail_as_readable_text(html: str | None, text: str) -> None:
    assert html_to_text(html) == text


def test_escape_sequences_do_not_survive_as_entities() -> None:
    assert html_to_text("a&#27;[31mb &#x202e;c") == "a␛[31mb <U+202E>c"


def test_deep_nesting_is_read_to_the_end() -> None:
    assert "fundo" in html_to_text("<div>" * 5000 + "fundo")


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from("<div> <p> <li> </div> <a href=' <td> <!-- --> & &#27; <br <pre> texto \n".split(" "))
    )
)
def test_broken_markup_never_raises_and_gives_clean_text(parts: list[str]) -> None:
    text = html_to_text("".join(parts))
    assert not any(unicodedata.category(char)[0] == "C" and char != "\n" for char in text)
