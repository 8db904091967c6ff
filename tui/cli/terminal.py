"""What the terminal can show, as far as it tells."""

import curses
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

LEAST = (80, 24)
"""Columns and rows that the desk is laid out for."""


class Complaint(NamedTuple):
    """Something about the terminal, and what to do about it."""

    message: str
    way_out: str
    serious: bool = False
    """Whether the desk cannot be used like this; else it only looks poorer."""


@dataclass(frozen=True)
class Terminal:
    """The terminal of this process."""

    term: str
    colours: int
    """8, 256 or 16777216; 0 where the system does not know the terminal."""
    size: tuple[int, int] | None
    """Columns and rows; None where output goes elsewhere."""
    locale: str
    tmux: bool

    @classmethod
    def here(cls) -> "Terminal":
        """Look at the environment and at the terminal behind stdin, stdout or stderr."""
        return cls(
            term=os.environ.get("TERM", ""),
            colours=_colours(),
            size=_size(),
            locale=_locale(os.environ),
            tmux="TMUX" in os.environ,
        )

    def complaints(self) -> list[Complaint]:
        """Return what will not look right, each with what to do about it."""
        found = []
        if self.term in ("", "dumb"):
            unknown = "TERM não diz que terminal é este"
            found.append(Complaint(unknown, "Use TERM=xterm-256color ou o do seu terminal.", serious=True))
        elif self.colours < 256:
            many = (
                f"TERM={self.term} dá {self.colours} cores"
                if self.colours
                else f"TERM={self.term} não é conhecido"
            )
            found.append(Complaint(many, "Use TERM=xterm-256color, ou tmux-256color dentro do tmux."))
        if self.tmux and not self.term.startswith(("tmux", "screen")):
            inside = f"dentro do tmux, TERM é {self.term}"
            found.append(Complaint(inside, "No tmux.conf: set -g default-terminal tmux-256color"))
        if self.size is not None and (self.size[0] < LEAST[0] or self.size[1] < LEAST[1]):
            small = f"{self.size[0]}×{self.size[1]} é pequeno: a mesa é desenhada para {LEAST[0]}×{LEAST[1]}"
            way_out = "Aumente a janela ou diminua a letra."
            found.append(Complaint(small, way_out, serious=True))
        if "utf-8" not in self.locale.lower() and "utf8" not in self.locale.lower():
            accents = f"locale sem UTF-8 ({self.locale or 'nenhum'}): acentos e quadros saem errados"
            found.append(Complaint(accents, "Use LANG=C.UTF-8 ou pt_BR.UTF-8.", serious=True))
        return found

    def __str__(self) -> str:
        size = f"{self.size[0]}×{self.size[1]}, " if self.size else ""
        return f"{self.term}, {size}{self.colours} cores, {self.locale}"


def _locale(environment: Mapping[str, str]) -> str:
    names = ["LC_ALL", "LC_CTYPE", "LANG"]
    if environment.get("LC_CTYPE") == "C.UTF-8" and "." in environment.get("LANG", ""):
        # Python itself sets this one where LANG names a locale that the machine lacks
        names.remove("LC_CTYPE")
    return next(filter(None, map(environment.get, names)), "")


def _colours() -> int:
    if os.environ.get("COLORTERM", "").lower() in ("truecolor", "24bit"):
        return 1 << 24
    try:
        curses.setupterm(fd=2)
        return max(0, curses.tigetnum("colors"))
    except (curses.error, TypeError, ValueError):
        return 0


def _size() -> tuple[int, int] | None:
    for descriptor in (1, 2, 0):
        try:
            columns, rows = os.get_terminal_size(descriptor)
        except OSError:
            continue
        return columns, rows
    return None
