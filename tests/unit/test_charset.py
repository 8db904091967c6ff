"""Names come out right whatever charset is said of them, or with a doubt that is told."""

import pytest

from clients.charset import decode, mended

NAME = "Padaria São João — “Ótica”"


def page(said: str) -> str:
    return f'<html><head><meta charset="{said}"></head><td>{NAME}</td></html>'


@pytest.mark.parametrize(
    ("written", "header", "meta", "read_as", "origin", "doubt"),
    [
        ("utf-8", "utf-8", "utf-8", "utf-8", "cabeçalho", ""),
        ("utf-8", "", "utf-8", "utf-8", "página", ""),
        ("utf-8", "iso-8859-1", "utf-8", "utf-8", "conteúdo", "diz windows-1252, mas é utf-8"),
        ("utf-8", "", "windows-1252", "utf-8", "conteúdo", "diz windows-1252, mas é utf-8"),
        ("cp1252", "utf-8", "utf-8", "windows-1252", "suposição", "diz utf-8, mas não é"),
        ("cp1252", "", "utf-8", "windows-1252", "suposição", "diz utf-8, mas não é"),
        ("cp1252", "iso-8859-1", "iso-8859-1", "windows-1252", "cabeçalho", ""),
        ("cp1252", "", "windows-1252", "windows-1252", "página", ""),
        ("cp1252", "klingon", "rot13", "windows-1252", "suposição", ""),
        ("utf-8-sig", "windows-1252", "windows-1252", "utf-8", "BOM", ""),
        ("utf-16", "utf-8", "utf-8", "utf-16", "BOM", ""),
        ("mac-roman", "macintosh", "utf-8", "mac-roman", "cabeçalho", "o cabeçalho diz mac-roman e a página, utf-8"),  # noqa: E501
    ],
)  # fmt: skip
def test_names_come_out_right_in_whatever_is_said(
    written: str, header: str, meta: str, read_as: str, origin: str, doubt: str
) -> None:
    kind = f"text/html; charset={header}" if header else "text/html"
    decoded = decode(page(meta).encode(written), kind)
    assert NAME in decoded.text
    assert (decoded.charset, decoded.origin, decoded.doubt) == (read_as, origin, doubt)


@pytest.mark.parametrize("kind", ["text/html; charset=utf-8", "text/html; charset=windows-1252", ""])
def test_utf8_with_a_byte_too_few_loses_that_character_only(kind: str) -> None:
    body = NAME.encode().replace("ã".encode(), "ã".encode()[:1], 1)
    decoded = decode(body, kind)
    assert "S\ufffdo João — “Ótica”" in decoded.text
    assert decoded.doubt == "1 caractere ilegível"


def test_bytes_that_stand_for_nothing_are_told() -> None:
    decoded = decode(b"S\xe3o Jo\xe3o \x81\x8d", "text/html; charset=windows-1252")
    assert decoded.text == "São João \ufffd\ufffd"
    assert decoded.doubt == "2 caracteres ilegíveis"


@pytest.mark.parametrize(
    "name", ["punycode", "idna", "undefined", "utf-16", "utf-7", "unicode_escape", "hex"]
)
def test_what_is_no_charset_of_a_page_never_raises(name: str) -> None:
    assert "Jo" in decode("São João".encode("cp1252"), f"text/html; charset={name}").text


def test_accents_that_were_converted_twice_are_read_back() -> None:
    twice = page("utf-8").encode().decode("latin-1").encode()
    assert NAME in mended(decode(twice)).text
    windows = "SÃO JOÃO — ÁÍ".encode().decode("cp1252", "surrogateescape").encode("utf-8", "surrogateescape")
    assert "desfeito" in mended(decode("São João".encode().decode("cp1252").encode())).doubt
    assert mended(decode(windows)).doubt


@pytest.mark.parametrize(
    "text", ["SÃO JOÃO", "Pão de Açúcar 5 °C", "CAFÉ À LA CARTE", "Ângela", "n.º 3", "ª"]
)
def test_plain_portuguese_is_left_as_it_is(text: str) -> None:
    decoded = decode(text.encode())
    assert mended(decoded) == decoded
    assert decoded.text == text


def test_where_only_a_part_was_converted_twice_a_doubt_is_told() -> None:
    mixed = decode(f"{NAME} SÃ£o JoÃ£o".encode())
    assert mended(mixed).text == mixed.text
    assert "acentos trocados" in mended(mixed).doubt
