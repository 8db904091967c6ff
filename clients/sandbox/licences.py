"""The partner panel's licence list: the whole of it as JSON or CSV, or one e-mail."""

import csv
import io
import json
from datetime import date

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from .rows import LicenceRow
from .state import State


def licences_app(state: State) -> Starlette:
    """``/licencas[.json][?email=]``, ``/licencas.csv`` and ``/licencas/{email}`` (404 if there is none)."""

    async def as_json(request: Request) -> Response:
        email = request.query_params.get("email")
        rows = [row for row in state.licences if email is None or _same(row, email)]
        return _json({"licencas": [_wire(row) for row in rows]})

    async def one(request: Request) -> Response:
        row = next((row for row in state.licences if _same(row, request.path_params["email"])), None)
        return _json({"erro": "licença não encontrada"}, 404) if row is None else _json(_wire(row))

    async def as_csv(request: Request) -> Response:
        text = io.StringIO()
        writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
        writer.writerow(("E-mail", "Cliente", "Tipo", "Início", "Expiração", "Situação"))
        for row in state.licences:
            days = (_brazilian(row["starts"]), _brazilian(row["expires"]))
            writer.writerow((row["email"], row["client"], row["kind"], *days, row["situation"]))
        return Response(text.getvalue(), media_type="text/csv; charset=utf-8")

    return Starlette(
        routes=[
            Route("/licencas", as_json),
            Route("/licencas.json", as_json),
            Route("/licencas.csv", as_csv),
            Route("/licencas/{email}", one),
        ]
    )


def _same(row: LicenceRow, email: str) -> bool:
    return row["email"].casefold() == email.strip().casefold()


def _wire(row: LicenceRow) -> dict[str, str]:
    return {
        "email": row["email"],
        "cliente": row["client"],
        "tipo": row["kind"],
        "inicio": row["starts"],
        "expiracao": row["expires"],
        "situacao": row["situation"],
    }


def _json(body: object, status: int = 200) -> Response:
    return Response(json.dumps(body, ensure_ascii=False), status, media_type="application/json")


def _brazilian(day: str) -> str:
    return date.fromisoformat(day).strftime("%d/%m/%Y")
