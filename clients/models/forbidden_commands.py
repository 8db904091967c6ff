"""What no runbook may hold: a command that would stop or restart what runs on a client's server (R6).

A command is read as the shells of Windows and Linux would read it: quotes, escapes, pasted strings and odd
separators are taken out first. What controls services and scheduled tasks passes only with a verb that
looks; and a command that hides what it runs is refused, since nobody can say what it would do.
"""

import re
import unicodedata
from collections.abc import Iterator

_PASTED = re.compile(r"""['"“”‘’]\s*[+&.]\s*['"“”‘’]""")
_CONTINUED = re.compile(r"[`^\\]\r?\n")
_QUOTES = re.compile("""['"`^“”‘’]""")
_DASHES = re.compile("[‐-―−]")
_BLANKS = re.compile(r"[^\S\n]+|\$\{?ifs\}?")
_ESCAPES = re.compile(r"(?<=\w)\\(?=\w)")
_DELIMITERS = re.compile("[,;=]")

_ALONE = r"(?<![\w.-])"
"""Before a program: the start of a word, of an option or of a file's ending it is not."""
_EXE = r"(?:\.exe|\.com)?(?=[\s;|&)}]|$)"

_LOOKING = {
    "net": r"net1?",
    "sc": r"sc",
    "systemctl": r"systemctl",
}
_VERBS = {
    "net": "use view user time share config statistics file accounts group localgroup help helpmsg",
    "sc": "query queryex qc qdescription qfailure qprivs qtriggerinfo enumdepend getkeyname sdshow",
    "systemctl": "status show cat is-active is-enabled is-failed list-units list-timers list-dependencies",
}
_VERB = re.compile(r"(?:\s+(?:\\\\\S+|-\S+))*\s+([^\s;|&)}]+)")
"""The first word after a program that is neither a machine (``\\\\server``) nor an option."""

_ACTS = re.compile(
    "|".join(
        (
            r"(?<![\w-])(?:stop|restart|suspend|disable|remove|unregister|uninstall|kill|reset|checkpoint)-[a-z]\w*",
            r"(?<![\w-])(?:start|set|new|resume)-(?:service|scheduledtask|computer|vm|webapppool|website|iissite)\w*",
            r"(?<![\w-])(?:invoke-(?:wmi|cim)method|set-(?:wmi|cim)instance|iwmi|icim|swmi|scim)\b",
            _ALONE + r"(?:spsv|sasv|spps|spjb)\b",
            _ALONE + r"(?:taskkill|tskill|pskill(?:64)?|psservice(?:64)?|psshutdown(?:64)?)\b",
            _ALONE + r"(?:pkill|killall5?|kill|xkill)\b",
            _ALONE + r"(?:shutdown|reboot|poweroff|halt|telinit|iisreset|logoff|tsdiscon|rwinsta|tscon)\b",
            _ALONE + r"reset\s+session\b",
            _ALONE + r"init\s+[0-6]\b",
            _ALONE + r"schtasks\b[^\n|]*?\s[/-](?:end|run|delete|change|create)\b",
            _ALONE + r"(?:rc-)?service\s+\S+\s+(?!status\b)(?:[a-z-]*(?:start|stop|load)|kill|pause)\b",
            r"init\.d/\S+\s+(?!status\b)[a-z-]+",
            _ALONE + r"wmic\b[^\n]*?\s(?:call|delete|create|set)\b",
            _ALONE + r"appcmd\b[^\n]*?\s(?:stop|start|recycle|delete|set)\b",
            _ALONE + r"(?:docker|podman|supervisorctl|pm2|nssm|launchctl|monit)\b[^\n|;]*?\s"
            r"(?:stop|restart|kill|rm|pause|down|delete|reload|unload|bootout|remove|kickstart|start)\b",
            r"\.\s*(?:stop|pause|continue|kill|terminate|delete|executecommand|change|refresh)\s*\(",
            r"(?:stop|start|pause|resume|delete|control)service\b|\bchangestartmode\b|\bterminateprocess\b",
        )
    )
)
_HIDES = re.compile(
    "|".join(
        (
            r"(?:powershell|pwsh)\S*[^\n]*?\s[-/]e(?:c|n\w*)?(?=\s|$)",
            r"frombase64string|\[convert\]|base64\s+-\w*d",
            r"(?<![\w-])(?:iex|invoke-expression|add-type|invoke-command\s+-filepath)\b",
            r"\[(?:system\.)?(?:scriptblock|reflection|management\.automation|char|activator)\b",
            r"\.(?:invoke|invokemember|invokescript|methods)\b",
            r"\.\s*\(|\.\$\w+\s*\(",
            r"(?:^|[;|{(\n])\s*[&.]\s*[$(%!{\[]",
            r"&\s*[$%!]",
            r"%\w+:[^%\n]*%|!\w+(?::[^!\n]*)?!",
            r"\|\s*(?:cmd|powershell|pwsh|sh|bash|zsh|python3?|perl)\b",
            _ALONE
            + r"(?:python[\d.]*|perl|ruby|node|php|bash|sh|zsh)\s+(?:-\w+\s+)*-(?:c|e|r|command|eval)\b",
            _ALONE + r"(?:eval|mshta|rundll32|regsvr32|wscript|cscript)\b",
            r"\bchr\s*\(|\[char\[?\]?\]|(?<![\w-])-join\b|\s-f\s|-replace\b|-bxor\b",
        )
    )
)
_ANSI_QUOTED = re.compile(r"\$['\"]")
_VARIABLE = re.compile(r"%(\w+)%")
_KNOWN_VARIABLES = frozenset(
    "windir systemroot systemdrive programdata programfiles temp tmp computername username userprofile "
    "appdata localappdata date time public homedrive homepath userdomain logonserver".split()
)


def refusal(command: str) -> str:
    """Return why no runbook may hold ``command``, in Portuguese; empty where it only looks."""
    text = _plain(command)
    for form in _forms(text):
        if found := _ACTS.search(form):
            return _acts(found[0])
        for program, name in _LOOKING.items():
            for at in re.finditer(_ALONE + name + _EXE, form):
                verb = _VERB.match(form, at.end())
                if verb and verb[1] not in _VERBS[program].split():
                    return _acts(f"{program} {verb[1]}")
    hidden = _HIDES.search(text) or _ANSI_QUOTED.search(command)
    unknown = next((one for one in _VARIABLE.finditer(text) if one[1] not in _KNOWN_VARIABLES), None)
    if found := hidden or unknown:
        return (
            f"“{found[0].strip()}” esconde o que seria executado: escreva-o por extenso, de modo que se "
            "veja o que ele faz"
        )
    return ""


def _acts(what: str) -> str:
    return (
        f"“{' '.join(what.split())}” mexe no que roda no servidor do cliente: roteiro só olha; se algo está "
        "errado, pergunte antes"
    )


def _plain(command: str) -> str:
    """The command in lower case, without what only the shell sees: quotes, escapes, pasted pieces."""
    text = unicodedata.normalize("NFKC", command).casefold()
    text = _CONTINUED.sub("", text)
    text = _PASTED.sub("", text)
    text = _DASHES.sub("-", _QUOTES.sub("", text))
    return _BLANKS.sub(" ", text)


def _forms(text: str) -> Iterator[str]:
    """As it is; with cmd's delimiters as blanks; and either without sh's escapes."""
    for form in (text, _DELIMITERS.sub(" ", text)):
        yield form
        yield _ESCAPES.sub("", form)
