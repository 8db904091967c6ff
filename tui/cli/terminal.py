"""What the terminal can show, as far as it tells."""

import curses
import os
from dataclasses import dataclass

LEAST = (80, 24)
"""Columns and rows that the desk is laid out for."""


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
        variables = (os.environ.get(name, "") for name in ("LC_ALL", "LC_CTYPE", "LANG"))
        return cls(
            term=os.environ.get("TERM", ""),
            colours=_colours(),
            size=_size(),
            locale=next(filter(None, variables), ""),
            tmux="TMUX" in os.environ,
        )

    def complaints(self) -> list[tuple[str, str]]:
        """Return what will not look right, each with what to do about it."""
        found = []
        if self.term in ("", "dumb"):
            found.append(
                ("TERM não diz que terminal é este", "Use TERM=xterm-256color ou o do seu terminal.")
            )
        elif self.colours < 256:
            many = (
                f"TERM={self.term} dá {self.colours} cores"
                if self.colours
                else f"TERM={self.term} não é conhecido"
            )
            found.append((many, "Use TERM=xterm-256color, ou tmux-256color dentro do tmux."))
        if self.tmux and not self.term.startswith(("tmux", "screen")):
            found.append(
                (f"dentro do tmux, TERM é {self.term}", "No tmux.conf: set -g default-terminal tmux-256color")
            )
        if self.size is not None and (self.size[0] < LEAST[0] or self.size[1] < LEAST[1]):
            small = f"{self.size[0]}×{self.size[1]} é pequeno"
            found.append((small, f"Aumente para {LEAST[0]}×{LEAST[1]} ou mais."))
        if "utf-8" not in self.locale.lower() and "utf8" not in self.locale.lower():
            name = self.locale or "nenhum"
            found.append(
                (f"locale sem UTF-8 ({name}): acentos podem sair errados", "Use LANG=C.UTF-8 ou pt_BR.UTF-8.")
            )
        return found

    def __str__(self) -> str:
        size = f"{self.size[0]}×{self.size[1]}, " if self.size else ""
        return f"{self.term}, {size}{self.colours} cores, {self.locale}"


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
