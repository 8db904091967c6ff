"""Which commands only look: by name, and where a program also does other things, by how it is called."""

import re
from collections.abc import Collection

from .command_words import Words

_ANY_WAY = frozenset(
    """
    type more cat head tail grep egrep fgrep zcat zgrep findstr dir ls wc stat
    ping tracert traceroute pathping nslookup dig netstat lsof
    tasklist ps pstree systeminfo whoami ver vol uname uptime free df du who w last id
    quser qwinsta query echo cd chdir pushd popd pwd cls clear notepad
    select-string sls resolve-dnsname test-connection test-netconnection test-path test-wsman
    gsv gps gc gci gi gp gwmi gcim write-output write-host set-location
    """.split()
)
SEARCHES = frozenset("findstr find grep egrep fgrep zgrep select-string sls".split())
"""Of these, the words are what is looked for."""
_CONSOLES = frozenset(
    "services.msc taskschd.msc eventvwr.msc eventvwr compmgmt.msc perfmon.msc perfmon resmon inetmgr "
    "certmgr.msc certlm.msc devmgmt.msc diskmgmt.msc fsmgmt.msc lusrmgr.msc printmanagement.msc".split()
)
"""Windows that show: begun with nothing else."""
_SHAPES = frozenset(
    "select-object select where-object where ? sort-object group-object group measure-object measure "
    "format-list fl format-table ft format-wide fw out-string out-host out-null convertto-json convertto-csv "
    "compare-object".split()
)
"""What PowerShell does to what another command found; a block of its own in it would be run."""
_GETS = re.compile(r"get-(?!wu|windowsupdate)[a-z]+")
"""PowerShell's own verb for looking; two of the well-known ones also install."""

_HOST = r"[\w.{}-]+"
_SCRIPT = re.compile(
    r"(?:-(?:noprofile|nologo|noexit|(?:executionpolicy|ep) \w+) )*-file (?P<script>\S+)(?: [\w./{}-]+)?"
)
_CONNECTS = "connectremote.ps1"
"""The script of the routine, by which one goes onto a server."""
_THIS_WAY = {
    "sc": rf"(?:\\\\{_HOST} )?(?:query|queryex|qc|qdescription|qfailure|qprivs|qtriggerinfo|enumdepend|"
    r"getkeyname|getdisplayname|sdshow)(?: .*)?",
    "net": rf"(?:start|use|share|file|session|user|accounts|group|localgroup|config|statistics|view)|"
    rf"(?:config|statistics) (?:server|workstation)|view \\\\{_HOST}",
    "schtasks": r"/query(?: /(?:s|tn|fo|v|nh|xml|hresult)(?: [^/\s-]\S*)?)*",
    "wevtutil": r"(?:qe|query-events|el|enum-logs|gl|get-log|gli|get-loginfo)(?: .*)?",
    "reg": r"query(?: .*)?",
    "wmic": rf"(?:/node:{_HOST} )?\w+(?: where \S+)? get [\w,]+(?: /(?:value|format:(?:list|table|csv)))?",
    "ipconfig": r"(?:/all|/displaydns)?",
    "arp": r"-a",
    "route": r"print",
    "hostname": r"",
    "date": r"/t",
    "time": r"/t",
    "w32tm": r"/query /(?:status|source|peers|configuration)",
    "gpresult": r"/[rvz]",
    "appcmd": r"list(?: .*)?",
    "mstsc": rf"(?:/(?:v:{_HOST}|f|admin)(?: |$))*",
    "sort": r"(?:(?:[a-z]\w*|-desc(?:ending)?|/r|-[nru]+)(?: |$))*",
    "find": r"(?:(?:[^-\\]\S*|-\d+|-(?:i?name|type|[mc](?:time|min)|size|maxdepth|newer|i?path|ls|print))"
    r"(?: |$))*",
    "ip": r"(?:-\w )?(?:a|addr|r|route|l|link|n|neigh)(?: show)?",
    "ss": r"(?:-[tulnpa4]+(?: |$))*",
    "dmesg": r"(?:-[thw]+(?: |$))*",
    "crontab": r"-l",
    "journalctl": r"(?:(?:[^-\\]\S*|-[aefklnopqrux]+\d*|--(?:no-pager|since|until|unit|lines|priority|follow|"
    r"reverse|grep|user|boot)(?:=\S*)?)(?: |$))*",
    "systemctl": r"(?:--(?:user|no-pager|full|all) )*(?:status|show|cat|is-active|is-enabled|is-failed|"
    r"list-units|list-timers|list-dependencies|list-unit-files)(?: .*)?",
    "service": rf"{_HOST} status|--status-all",
    "rc-service": rf"{_HOST} status",
    "docker": r"(?:compose )?(?:ps|logs|images|top|port)(?: .*)?|(?:inspect|stats|version|info)(?: .*)?",
    "podman": r"(?:ps|logs|images|top|port|inspect|stats|version|info)(?: .*)?",
    "kubectl": r"(?:get|describe|logs|top|version)(?: .*)?",
    "supervisorctl": r"status(?: .*)?",
    "pm2": r"(?:ls|list|status|logs|show)(?: .*)?",
    "nssm": rf"status {_HOST}",
}
"""How else-acting programs look: all that follows the name, one blank between words."""
_RUN_OTHERS = frozenset(
    """
    cmd powershell pwsh sh bash zsh dash ksh wsl ssh plink psexec psexec64 paexec winrs winrm
    wscript cscript mshta rundll32 regsvr32 msiexec python python3 pythonw py perl ruby node php java
    sudo su doas runas start call env xargs nohup forfiles at
    invoke-command icm invoke-expression iex foreach-object
    """.split()
)
"""What runs whatever it is given: never a program that only looks."""


def only_looks(words: Words, programs: Collection[str] = ()) -> bool:
    """Whether a command, given as `commands_in` returns it, only looks.

    ``programs`` are the team's own that only look, however they are called.
    """
    if words[:1] == ("sudo",):
        words = words[1:]
    if not words:
        return False
    name = program_name(words[0])
    # blanks within a quoted word do not part it
    rest = " ".join("_".join(word.split()) for word in words[1:])
    if name in _CONSOLES:
        return not rest
    if name in _SHAPES:
        return not {"{", "}"} & set(rest)
    if name in _THIS_WAY:
        return re.fullmatch(_THIS_WAY[name], rest) is not None
    if name in ("powershell", "pwsh"):
        found = _SCRIPT.fullmatch(rest)
        return found is not None and _is_own(found["script"], programs)
    return name in _ANY_WAY or _GETS.fullmatch(name) is not None or _is_own(words[0], programs)


def program_name(word: str) -> str:
    """Return what a program is known by: ``sc`` for ``sc.exe``. A path stays one."""
    return re.sub(r"\.(?:exe|com)$", "", word.casefold())


def is_judged_already(name: str) -> bool:
    """Whether a program's ways are known here, or it runs others: a team cannot call it its own."""
    known = program_name(name)
    judged = known in _THIS_WAY or known in _RUN_OTHERS or known in _SHAPES
    return judged or re.fullmatch(r"python[\d.]*w?", known) is not None


def _is_own(word: str, programs: Collection[str]) -> bool:
    """Whether it is a team's program or the script of the routine, by its name or a path of this machine."""
    if re.match(r"[\\/]{2}", word):
        return False
    name = program_name(re.split(r"[\\/]", word)[-1])
    return name == _CONNECTS or name in map(program_name, programs)
