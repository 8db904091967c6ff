"""What no runbook may hold: a command that would stop or restart what runs on a client's server (R6).

Only what is known to look passes (`looking_commands`). The words of stopping are a second net under it.
"""

import re
from collections.abc import Collection, Sequence

from .command_words import PLACE, Words, commands_in, odd_character
from .looking_commands import SEARCHES, is_judged_already, only_looks, program_name
from .text import fold

_STOPS = re.compile(
    r"(?<![a-z])(?:stop(?!ped\b)|(?:kill|halt|suspend|reset|reload|unload|logoff|logout|tsdiscon|rwinsta|"
    r"(?:task|ts|ps|p)kill|iisreset)(?!ed\b)|(?:terminate|disable|delete|remove|pause|recycle|purge|erase)(?!d\b))"
    r"|(?:restart|reboot|shutdown|poweroff|uninstall|unregister)(?!ed\b)"
    r"|(?<![a-z])(?:(?:reinici|encerr|derrub|desabilit|desativ|finaliz|mat)(?:a|ar|e)|par(?:ar|e)|"
    r"(?:deslig|apag)(?:a|ar|ue)|(?:remov|suspend|interromp)(?:e|er|a)|exclu(?:i|ir|a))(?![a-z])"
)
"""Verbs, English and Portuguese; what already is stopped (“Stopped”) may be looked for."""
_CODE = re.compile(r"[\w-]+/[\w-]{3,}")
"""A server's code as it is typed into the program that asks for it; shorter, it could be an option."""
_VALUE = re.compile(r"[\w-]+(?:[./\\][\w-]+)*")
_RUNS = re.compile(r"\.(?:exe|com|bat|cmd|ps1|psm1|vbs|js|msi|msc|sh|py|lnk|jar)$|/(?:boot|force)$", re.I)
_PROGRAM = re.compile(r"\w[\w.-]*")


def refusal(command: str, programs: Collection[str] = ()) -> str:
    """Return why no runbook may hold ``command``, in Portuguese; empty where it only looks.

    ``programs`` are the team's own that only look.
    """
    text = command.strip()
    if not text or PLACE.fullmatch(text):
        return ""
    try:
        commands = commands_in(text)
    except ValueError as error:
        return str(error)
    if _CODE.fullmatch(text) and not is_judged_already(text.partition("/")[0]):
        return data_refusal(text)
    return next(filter(None, (_refusal(words, programs) for words in commands)), "")


def argv_refusal(argv: Sequence[str], programs: Collection[str] = ()) -> str:
    """Return why a program that no shell reads may not be run so; empty where it only looks."""
    odd = next(filter(None, map(odd_character, argv)), "")
    return odd or _refusal(tuple(word.casefold() for word in argv), programs)


def data_refusal(value: str) -> str:
    """Return why ``value`` may not be pasted by itself, where a shell may be what takes it."""
    if stops := _stopping((value,)):
        return stops
    if odd_character(value) or not _VALUE.fullmatch(value) or _RUNS.search(value):
        return f"“{value[:60]}” não é um código: o terminal poderia executá-lo; digite-o à mão"
    return ""


def program_refusal(name: str) -> str:
    """Return why ``name`` may not be called a program of the team that only looks; empty where it may."""
    if odd_character(name) or not _PROGRAM.fullmatch(name):
        return f"“{name[:60]}” não é um nome de programa: escreva só o nome, sem pasta nem curinga"
    if is_judged_already(name):
        return f"“{name}” também faz outras coisas ou executa o que lhe dão: não é um programa que só olha"
    return _stopping((name,))


def _refusal(words: Words, programs: Collection[str]) -> str:
    searches = bool(words) and program_name(words[0]) in SEARCHES
    if stops := _stopping(words[:1] if searches else words):
        return stops
    if only_looks(words, programs):
        return ""
    return (
        f"“{' '.join(words)[:60]}” não está entre os comandos que só olham: olhe com um deles (Get-Service, "
        "sc query, type…); um programa da equipe que só olha entra em programas, de [roteiros]"
    )


def _stopping(words: Sequence[str]) -> str:
    found = next((word for word in words if _STOPS.search(fold(word))), None)
    if found is None:
        return ""
    return (
        f"“{found[:60]}” mexe no que roda no servidor do cliente: roteiro só olha; se algo está errado, "
        "pergunte antes"
    )
