import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clients.models.text import MAX_CHARS, MAX_LINES, MAX_MARKS, fold, safe_text

HOSTILE = {
    "csi": "A\x1b[45;5mZQZ\x1b[0mB",
    "osc52": "A\x1b]52;c;UFdORUQ=\x1b\\ZQZB",
    "title": "A\x1b]0;PWNTITLE\x1b\\ZQZB",
    "c1": "A\x9d52;c;UFdORUQ=\x9cZQZ\x9b45m",
    "controls": "A\r\b\x00\x7fZQZ",
    "bidi": "ZQZ\u202egpj.exe\u2066x\u2069",
    "invisible": "Z\u200bQ\u2060Z\ufeff\U000e0041",
    "flood": "ZQZ" + "\u0301" * 3000 + "end",
    "surrogate": "ZQZ\ud83d",
}
_CHARS = st.one_of(
    st.characters(),
    st.sampled_from(
        "\x00\x07\x08\t\n\r\x0b\x0c\x1b\x7f\x85\x90\x9b\x9d\u0301\u200d\u202e\u2028\u2066\ufe0f\U000e0041"
    ),
    st.characters(categories=("Cs", "Co", "Cf", "Mn")),
)
ANYTHING = st.text(_CHARS, max_size=200)


@pytest.mark.parametrize("payload", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("multiline", [True, False])
def test_nothing_of_a_hostile_text_acts_on_a_terminal(payload: str, multiline: bool) -> None:
    clean = safe_text(payload, multiline=multiline)
    assert not {unicodedata.category(char) for char in clean if char != "\n"} & {"Cc", "Cf", "Cs", "Co", "Cn"}
    clean.encode()


def test_what_was_dangerous_stays_visible() -> None:
    assert safe_text("a\x1b[31mb") == "a␛[31mb"
    assert safe_text("nota\u202egpj.exe") == "nota<U+202E>gpj.exe"
    assert safe_text("a\tb\r\nc\u2028d") == "a    b\nc\nd"
    assert safe_text("a\nb", multiline=False) == "a b"
    assert safe_text("[bold]não é marcação[/]") == "[bold]não é marcação[/]"


def test_values_that_are_no_text() -> None:
    assert safe_text(None) == ""
    assert safe_text(7) == "7"
    assert safe_text(b"caf\xc3\xa9 \xff") == "café \ufffd"


def test_a_flood_of_marks_is_cut_short() -> None:
    assert safe_text("e" + "\u0301" * 3000 + "fim") == "e" + "\u0301" * MAX_MARKS + "fim"


def test_accents_and_emoji_survive() -> None:
    assert safe_text("Emissão de NF-e às 8h 😀 ½") == "Emissão de NF-e às 8h 😀 ½"


def test_what_is_too_long_is_cut_with_a_notice() -> None:
    assert safe_text("x" * (MAX_CHARS + 5)).endswith("x… [+5 caracteres]")
    lines = safe_text("x\n" * (MAX_LINES + 100)).split("\n")
    assert len(lines) == MAX_LINES + 1
    assert lines[-1] == "… [mais linhas]"


@given(ANYTHING, st.booleans())
def test_cleaning_never_raises_and_leaves_no_control_character(text: str, multiline: bool) -> None:
    clean = safe_text(text, multiline=multiline)
    allowed = {"\n"} if multiline else set()
    assert not any(unicodedata.category(char)[0] == "C" and char not in allowed for char in clean)
    clean.encode()  # no lone surrogate is left


@given(ANYTHING, st.booleans())
def test_cleaning_twice_is_cleaning_once(text: str, multiline: bool) -> None:
    clean = safe_text(text, multiline=multiline)
    assert safe_text(clean, multiline=multiline) == clean


def test_text_that_looks_clean_at_a_glance_is_clean_character_by_character() -> None:
    looked_at_closely = "\x1b"
    for char in map(chr, range(0x3000)):
        alone, beside = safe_text(char), safe_text(char + looked_at_closely)
        assert beside == f"{alone}␛", f"U+{ord(char):04X}"


@given(st.text(st.sampled_from("e\u0301\u0489\u200d\ufe0f\u0903 \x00")))
def test_no_character_carries_a_flood_of_marks(text: str) -> None:
    marks = 0
    for char in safe_text(text):
        marks = marks + 1 if unicodedata.category(char) in ("Mn", "Me", "Mc") else 0
        assert marks <= MAX_MARKS


@given(st.one_of(st.none(), st.integers(), st.floats(), st.binary(max_size=80), st.lists(st.integers())))
def test_cleaning_takes_whatever_the_wire_holds(value: object) -> None:
    assert isinstance(safe_text(value), str)


def test_searches_ignore_accents_and_case() -> None:
    assert fold("Emissão nº 5 — AÇÃO") == "emissao no 5 — acao"
    assert fold(fold("Çedilha")) == fold("Çedilha")
