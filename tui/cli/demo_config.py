"""A config.toml for the sandbox, so that the other commands can be tried on it."""

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from .. import paths

_REPLACED = "# Escrito de novo a cada plantao demo: o que se muda aqui se perde."


def write_config(folder: Path, values: Mapping[str, object]) -> Path:
    """Write ``values`` where a command whose XDG_CONFIG_HOME is ``folder`` finds its settings (0600).

    What was there is replaced: each start of the sandbox has other addresses. Returns ``folder``.
    """
    file = folder / paths.NAME / "config.toml"
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        stream.write("\n".join((_REPLACED, *_lines(values))) + "\n")
    return folder


def _lines(values: Mapping[str, object], section: str = "") -> Iterator[str]:
    """Plain values first, or they would belong to the section before them. JSON writes TOML's texts."""
    sections = {name: value for name, value in values.items() if isinstance(value, Mapping)}
    if section:
        yield f"[{section}]"
    for name, value in values.items():
        if name not in sections:
            yield f"{_key(name)} = {json.dumps(value, ensure_ascii=False)}"
    for name, inner in sections.items():
        yield from _lines(inner, f"{section}.{_key(name)}" if section else _key(name))


def _key(name: str) -> str:
    """A name as TOML takes it: bare, or quoted where it has spaces or accents."""
    bare = name.isascii() and name.replace("_", "").replace("-", "").isalnum()
    return name if bare else json.dumps(name, ensure_ascii=False)
