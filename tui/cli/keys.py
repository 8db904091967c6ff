"""``plantao teclas``: every key by place, as the settings have it; also as JSON and as the README's table."""

import json
import sys
from collections.abc import Mapping

from ..commands.keys import key_names
from ..commands.places import GROUPS, default_keys, live_keys
from ..settings_reading import NoSettings, load_settings
from .exit_codes import Code


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
    for group in GROUPS:
        lines += [f"**{group.title}**", "", "| Tecla | O que faz | Nome em `[teclas]` |", "|---|---|---|"]
        for key in group.keys:
            shown = " ".join(f"`{name}`" for name in key_names(keys[key.id]).split())
            lines.append(f"| {shown} | {key.purpose} | `{key.id}` |")
        lines.append("")
    return "\n".join(lines)


def _text(wanted: Mapping[str, str]) -> str:
    live, default = live_keys(wanted), default_keys()
    width = max(map(len, live))
    lines = []
    for group in GROUPS:
        lines.append(group.title)
        for key in group.keys:
            was = f"  (era {key_names(default[key.id])})" if live[key.id] != default[key.id] else ""
            lines.append(f"  {key.id:<{width}}  {key_names(live[key.id]):<10}  {key.purpose}{was}")
    return "\n".join(lines) + "\n"


def _json(wanted: Mapping[str, str]) -> str:
    live, default = live_keys(wanted), default_keys()
    rows = [
        {
            "id": key.id,
            "lugar": group.title,
            "teclas": [key_names(each) for each in live[key.id].split(",") if each],
            "original": [key_names(each) for each in default[key.id].split(",") if each],
            "mudada": live[key.id] != default[key.id],
            "o_que_faz": key.purpose,
        }
        for group in GROUPS
        for key in group.keys
    ]
    return json.dumps({"teclas": rows}, ensure_ascii=False, indent=2) + "\n"
