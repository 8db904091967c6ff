"""``plantao teclas``: every key by place, as the settings have it; also as JSON and as the README's table."""

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..commands.catalog import commands
from ..commands.command import Scope
from ..commands.keys import key_names
from ..commands.places import GROUPS, default_keys, live_keys
from ..settings_reading import NoSettings, load_settings
from .exit_codes import Code

_MODES = (
    (Scope.MESA, "Na Mesa"),
    (Scope.CHAMADOS, "Na lista de chamados"),
    (Scope.COMPOSER, "Na conversa, ao responder"),
)
_EVERYWHERE = "Em todo lugar"


@dataclass(frozen=True)
class _Row:
    place: str
    id: str
    purpose: str


def show_keys(as_json: bool, as_markdown: bool) -> int:
    """Print every id with its keys, what it does, and what the settings changed."""
    if as_markdown:
        sys.stdout.write(markdown())
        return Code.OK
    try:
        wanted = load_settings().keys
    except NoSettings:
        wanted = {}
    sys.stdout.write(_json(wanted) if as_json else _text(wanted))
    return Code.OK


def markdown() -> str:
    """The keys as they come, as a Markdown table for each place."""
    keys, lines = default_keys(), []
    for place, rows in _by_place():
        lines += [f"**{place}**", "", "| Tecla | O que faz | Nome em `[teclas]` |", "|---|---|---|"]
        for row in rows:
            shown = " ".join(f"`{name}`" for name in key_names(keys[row.id]).split())
            lines.append(f"| {shown} | {row.purpose} | `{row.id}` |")
        lines.append("")
    return "\n".join(lines)


def _text(wanted: Mapping[str, str]) -> str:
    live, default = live_keys(wanted), default_keys()
    width = max(map(len, live))
    lines = []
    for place, rows in _by_place():
        lines.append(place)
        for row in rows:
            was = f"  (era {key_names(default[row.id])})" if live[row.id] != default[row.id] else ""
            lines.append(f"  {row.id:<{width}}  {key_names(live[row.id]):<10}  {row.purpose}{was}")
    return "\n".join(lines) + "\n"


def _json(wanted: Mapping[str, str]) -> str:
    live, default = live_keys(wanted), default_keys()
    rows = [
        {
            "id": row.id,
            "lugar": row.place,
            "teclas": [key_names(key) for key in live[row.id].split(",") if key],
            "original": [key_names(key) for key in default[row.id].split(",") if key],
            "mudada": live[row.id] != default[row.id],
            "o_que_faz": row.purpose,
        }
        for _, rows in _by_place()
        for row in rows
    ]
    return json.dumps({"teclas": rows}, ensure_ascii=False, indent=2) + "\n"


def _by_place() -> Iterator[tuple[str, list[_Row]]]:
    yield _EVERYWHERE, [_Row(_EVERYWHERE, entry.id, entry.help) for entry in commands(Scope.DESK)]
    for scope, place in _MODES:
        yield place, [_Row(place, entry.id, entry.help) for entry in commands(scope)]
    for group in GROUPS:
        yield group.title, [_Row(group.title, key.id, key.purpose) for key in group.keys]
