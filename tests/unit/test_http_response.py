"""What is told from an answer, whatever its shape: body, charset, refusal, and when to come back."""

import pytest

from clients.errors import ServerTrouble
from clients.http import Response

NOON = "Wed, 04 Mar 2026 12:00:00 GMT"


def response(body: bytes = b"", status: int = 400, **headers: str) -> Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(status, named, body, "https://conta.example/api?assinatura=x", "Freshdesk")


@pytest.mark.parametrize(
    ("advice", "date", "seconds"),
    [
        ("7", NOON, 7.0),
        ("1.5", NOON, 1.5),
        ("0", NOON, 0.0),
        ("-30", NOON, 0.0),
        ("1800", NOON, 1800.0),  # an account whose limit counts by the hour
        ("86400", NOON, 5400.0),
        ("9" * 4000, NOON, 5400.0),
        ("Wed, 04 Mar 2026 12:00:20 GMT", NOON, 20.0),  # by the server's clock, whatever ours says
        ("Wed Mar  4 12:00:20 2026", NOON, 20.0),
        ("Wed, 04 Mar 2026 11:00:00 GMT", NOON, 0.0),
        ("Thu, 05 Mar 2027 12:00:00 GMT", NOON, 5400.0),
        ("Wed, 04 Mar 2026 12:00:20 GMT", "", None),
        ("Wed, 99 Mar 2026 12:00:20 GMT", NOON, None),
        ("logo", NOON, None),
        ("nan", NOON, None),
        ("²", NOON, None),
        ("", NOON, None),
    ],
)
def test_when_to_come_back(advice: str, date: str, seconds: float | None) -> None:
    assert response(retry_after=advice, date=date).retry_after() == seconds


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b'{"description":"Validation failed","errors":[{"field":"type","message":"obrigatorio"}]}', "type: obrigatorio"),  # noqa: E501
        (b'{"errors":[{"message":"sem campo"},{"field":"a","code":"missing_field"}]}', "sem campo\na: missing_field"),  # noqa: E501
        (b'{"errors":["Assunto vazio"]}', "Assunto vazio"),
        (b'{"code":"access_denied","message":"You are not authorized"}', "You are not authorized"),
        (b'{"description":"so isto"}', "so isto"),
        (b'{"ok":false,"error":"channel_not_found"}', "channel_not_found"),
        (b'{"errors":[]}', "pedido recusado (HTTP 400)"),
        (b"[]", "pedido recusado (HTTP 400)"),
        (b"", "pedido recusado (HTTP 400)"),
        (b"<html>", "pedido recusado (HTTP 400)"),
    ],
)  # fmt: skip
def test_why_it_was_refused(body: bytes, reason: str) -> None:
    assert response(body).refusal() == reason


def test_a_flood_of_reasons_is_cut() -> None:
    body = b'{"errors":[' + b",".join([b'"' + b"x" * 5000 + b'"'] * 500) + b"]}"
    assert len(response(body).refusal()) < 4000


def test_a_status_without_a_name() -> None:
    assert response(status=499).refusal() == "HTTP 499"


@pytest.mark.parametrize(
    ("body", "content_type", "text"),
    [
        ("João".encode(), "text/html", "João"),
        ("João".encode(), "text/html; charset=iso-8859-1", "João"),
        ("\ufeffJoão".encode(), "", "João"),
        ("João €".encode("cp1252"), "text/html; charset=windows-1252", "João €"),
        ("João".encode("latin-1"), "text/html", "João"),
        ("João".encode("latin-1"), "text/html; charset=klingon", "João"),
        ("João".encode("latin-1"), "text/html; charset=undefined", "João"),
        ("João".encode("latin-1"), "text/html; charset=rot13", "João"),
        ("João".encode("utf-16"), "", "João"),
    ],
)
def test_text_in_any_charset(body: bytes, content_type: str, text: str) -> None:
    assert response(body, content_type=content_type).text() == text


def test_numbers_that_json_does_not_know() -> None:
    assert response(b'{"a": NaN, "b": -Infinity, "c": 1}').json() == {"a": None, "b": None, "c": 1}


def test_a_page_instead_of_data() -> None:
    with pytest.raises(ServerTrouble, match="página em vez de dados"):
        response(b"<!doctype html>", 200).json()


def test_its_repr_tells_no_body_header_or_query() -> None:
    shown = repr(response(b"corpo", 200, x_token="cabecalho"))
    assert shown == "Response(status=200, system='Freshdesk')"
