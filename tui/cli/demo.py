"""``plantao demo``: the sandbox as a child that ends with this process, and the desk on it."""

import contextlib
import importlib.util
import json
import select
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import FrameType
from urllib.parse import urlsplit

from clients.errors import PlantaoError, StoreError
from clients.models.feed import Trouble

from ..logs import start_log
from ..settings import Settings
from ..settings_reading import load_looks
from .demo_config import write_config
from .exit_codes import Code
from .running import say

READY_WITHIN = 120.0
"""Seconds for the sandbox to answer; the first start seeds a whole company."""
GRACE = 5.0
"""Seconds for it to end by itself."""
_DATA, _HANDOVERS = "dados", "passagens"
_EXTRA = ("starlette", "uvicorn", "python_multipart", "aiosmtpd")
"""What the extra named demo brings."""


def demonstrate(folder: Path | None, *, runbooks: Path | None = None, serve: bool = False) -> int:
    """Open the desk on a sandbox in ``folder``, kept for the next time, or in one that goes afterwards.

    ``runbooks`` is a folder of the team's own, as of [roteiros]. With ``serve`` no desk is opened: the other
    commands can be tried on the sandbox until Ctrl+C.
    """
    if not serve and not (sys.stdin.isatty() and sys.stdout.isatty()):
        say("A mesa precisa de um terminal.")
        return Code.USAGE
    looks = None if serve else load_looks()
    with _signals_unwind(), _a_folder(folder) as home, team_at_work(home) as (ready, handovers):
        config = write_config(home / "config", _values(ready, home / _DATA, runbooks, handovers))
        say(f"E-mails que saírem daqui ficam em {ready['letters']}")
        if serve:
            return _serve(config)
        data, throwaway = home / _DATA, folder is None
        settings = demo_settings(
            ready, data, throwaway=throwaway, looks=looks, runbooks=runbooks, handovers=handovers
        )
        # of the invented company nothing goes among one's own downloads
        settings = settings.model_copy(update={"downloads_folder": home / "baixados"})
        start_log(settings)
        from ..app import run_desk

        return run_desk(settings)


def _serve(config: Path) -> int:
    variable = f"XDG_CONFIG_HOME={shlex.quote(str(config))}"
    sys.stdout.write(f"{variable}\n")
    sys.stdout.flush()
    say(f"Servindo até Ctrl+C. Noutro terminal, com isto na frente de cada comando:\n{variable} plantao fila")
    with contextlib.suppress(KeyboardInterrupt):
        signal.pause()
    return Code.OK


@contextlib.contextmanager
def team_at_work(home: Path) -> Iterator[tuple[Mapping[str, object], Path]]:
    """Run the sandbox below ``home`` with the colleagues at work; yield what it says, and their folder."""
    handovers = home / _HANDOVERS
    handovers.mkdir(exist_ok=True)
    handovers.chmod(0o2770)  # as who administers a machine makes it for its analysts
    with sandbox(home / "sandbox", handovers) as ready:
        yield ready, handovers


@contextlib.contextmanager
def sandbox(folder: Path, handovers: Path | None = None) -> Iterator[Mapping[str, object]]:
    """Run the sandbox on ``folder`` and yield its addresses and keys; it ends with the block or with us.

    With ``handovers``, the folder of the analysts' handovers, the colleagues are at work there by their
    script. It reads its standard input, a pipe that only we hold: however this process ends, that ends too.
    """
    missing = [name for name in _EXTRA if importlib.util.find_spec(name) is None]
    if missing:
        raise PlantaoError(
            f"O Plantão foi instalado sem a parte de demonstração: falta {', '.join(missing)}.",
            title="Demonstração não instalada",
            way_out=f"Na pasta em que está o pyproject.toml: {sys.executable} -m pip install '.[demo]'",
        )
    say("Preparando a empresa inventada…")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    # -P: a folder named clients where the command is typed is not ours
    command = [sys.executable, "-P", "-m", "clients.sandbox", "--dir", str(folder)]
    if handovers is not None:
        command += ["--handovers", str(handovers)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603
    try:
        ready = json.loads(_first_line(process))
        if "trouble" in ready:
            trouble = Trouble(**ready["trouble"])
            raise StoreError(trouble.message, title=trouble.title, way_out=trouble.way_out)
        yield ready
    finally:
        _end(process)


def demo_settings(
    ready: Mapping[str, object],
    folder: Path,
    *,
    throwaway: bool = False,
    looks: Settings | None = None,
    runbooks: Path | None = None,
    handovers: Path | None = None,
) -> Settings:
    """Return the settings of a desk on the sandbox that said ``ready``, its data in ``folder``.

    ``throwaway`` tells that the folder goes afterwards; keys and theme are those of ``looks``; ``runbooks``
    as of `demonstrate`, ``handovers`` as of `sandbox`.
    """
    settings = Settings.model_validate(_values(ready, folder, runbooks, handovers))
    if looks is not None:
        settings = settings.model_copy(update={"keys": looks.keys, "theme": looks.theme})
    return settings.thrown_away() if throwaway else settings


def _values(
    ready: Mapping[str, object],
    folder: Path,
    runbooks: Path | None = None,
    handovers: Path | None = None,
) -> dict[str, object]:
    urls, keys = ready["urls"], ready["keys"]
    assert isinstance(urls, dict)
    assert isinstance(keys, dict)
    mail = urlsplit(urls["mail"])
    folders = {"roteiros": runbooks, "passagem": handovers}
    own = {section: {"pasta": str(each.resolve())} for section, each in folders.items() if each}
    return {
        "pasta_de_dados": str(folder),
        "freshdesk": {"url": urls["freshdesk"], "chave": keys["freshdesk"], "intervalo": 15},
        "redmine": {
            "url": urls["redmine"],
            "chave": next(iter(keys["redmine"].values())),
            "campo_ticket": "Freshdesk ticket",
        },
        "chamados": {"redmine": {"projeto": "chamados"}},
        "atender": {"projeto": "erp", "atividade": "Suporte"},
        "slack": {
            "url": f"{urls['slack']}/api",
            "chave": keys["slack"]["analyst"],
            "canal_rotina": "suporte",
        },
        "monitor": {
            "url": urls["monitor"],
            "usuario": keys["monitor_user"],
            "senha": keys["monitor_password"],
            "intervalo": 30,
            "pagina": {"caminho_situacao": "/home/servicos"},
        },
        "servidores": {"codigos": ready["servers"]},
        "licencas": {"url": f"{urls['licences']}/licencas.json"},
        "email": {
            "servidor": mail.hostname or "",
            "porta": mail.port or 0,
            "seguranca": "nenhuma",
            "usuario": keys["mail_user"],
            "senha": keys["mail_password"],
            "remetente": "chamados@suporte.exemplo.com.br",
            "nome": "Chamados técnicos",
        },
        "assistente": {
            "url": f"{urls['assistant']}/v1",
            "modelo": keys["assistant_model"],
            "chave": keys["assistant"],
        },
        **own,
    }


def _first_line(process: "subprocess.Popen[bytes]") -> bytes:
    assert process.stdout is not None
    answered, _, _ = select.select([process.stdout], [], [], READY_WITHIN)
    line = process.stdout.readline() if answered else b""
    if not line:
        raise StoreError(
            "a empresa inventada não respondeu.",
            title="A demonstração não abriu",
            way_out="A mensagem acima, se houver, diz por quê; com --pasta, tente outra pasta.",
        )
    return line


def _end(process: "subprocess.Popen[bytes]") -> None:
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            with contextlib.suppress(OSError):
                stream.close()
    try:
        process.wait(GRACE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextlib.contextmanager
def _a_folder(chosen: Path | None) -> Iterator[Path]:
    if chosen is not None:
        chosen.mkdir(mode=0o700, parents=True, exist_ok=True)
        yield chosen.resolve()
        return
    folder = Path(tempfile.mkdtemp(prefix="plantao-demo-"))
    kept = False
    try:
        yield folder
    finally:
        kept = _crash_log(folder).exists()  # what is said of a crash points there
        if not kept:
            shutil.rmtree(folder, ignore_errors=True)
    if not kept:
        say("O sandbox foi apagado; plantao demo --pasta DIR guarda.")


def _crash_log(home: Path) -> Path:
    return Settings(state_folder=home / _DATA).crash_log


@contextlib.contextmanager
def _signals_unwind() -> Iterator[None]:
    """Make a dropped link and a polite kill close what is open here; the desk has handlers of its own."""

    def unwind(number: int, frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    before = {number: signal.signal(number, unwind) for number in (signal.SIGHUP, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
