"""Secrets that a program prints: what it says is used and never repeated."""

import sys

import pytest
from pydantic import SecretStr

from clients.errors import SettingsError
from tui.secrets import printed_by, unlock
from tui.settings import (
    FreshdeskSettings,
    RedmineSettings,
    Settings,
    SlackSettings,
)
from tui.settings_assistant import AssistantSettings
from tui.settings_chamados import LicenceSettings
from tui.settings_mail import MailSettings
from tui.settings_monitor import MonitorSettings, SourceSettings


def python(code: str) -> tuple[str, ...]:
    return (sys.executable, "-c", code)


def test_every_command_gives_its_place_to_what_it_printed() -> None:
    settings = Settings(
        freshdesk=FreshdeskSettings(url="https://f.example", key_command=python("print('key-f')")),
        redmine=RedmineSettings(url="https://r.example", key_command=python("print('key-r')")),
        slack=SlackSettings(key_command=python("print('key-s')")),
        licences=LicenceSettings(url="https://l.example", key_command=python("print('key-l')")),
        assistant=AssistantSettings(
            url="https://a.example/v1", model="m", key_command=python("print('key-a')")
        ),
        monitor=MonitorSettings(
            url="https://m.example",
            user="ana",
            password_command=python("print(' com espaço ')"),
            others={
                "Sul": SourceSettings(
                    url="https://s.example", user="ana", password_command=python("print('senha-s')")
                )
            },
        ),
        mail=MailSettings(
            host="smtp.example",
            sender="a@b.example",
            user="ana",
            password_command=python("print('senha-e')"),
        ),
    )
    unlocked = unlock(settings)
    assert [secret.get_secret_value() for secret in unlocked.secrets()] == [
        "key-f",
        "key-r",
        "key-s",
        "key-l",
        "key-a",
        " com espaço ",
        "senha-s",
        "senha-e",
    ]
    assert unlocked.freshdesk is not None
    assert unlocked.freshdesk.key_command is None
    assert unlock(unlocked) == unlocked
    assert "key-f" not in repr(unlocked)


def test_a_failing_command_of_a_further_source_is_named() -> None:
    south = SourceSettings(url="https://s.example", user="a", password_command=python("raise SystemExit(3)"))
    with pytest.raises(SettingsError, match=r"monitor\.outras\.Sul\.senha_cmd"):
        unlock(Settings(monitor=MonitorSettings(url="https://m.example", others={"Sul": south})))


@pytest.mark.parametrize(
    ("printed", "secret"), [("k\\n", "k"), ("k", "k"), ("k\\r\\n", "k"), ("k\\n\\n", "k\n"), (" k", " k")]
)
def test_one_line_end_goes(printed: str, secret: str) -> None:
    command = python(f"import sys; sys.stdout.buffer.write(b'{printed}')")
    assert printed_by("x", command).get_secret_value() == secret


def test_no_shell_reads_the_words() -> None:
    command = (*python("import sys; print(sys.argv[1])"), "$HOME;*")
    assert printed_by("x", command).get_secret_value() == "$HOME;*"


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        (("não-existe-este",), "x_cmd: o programa “não-existe-este” não foi encontrado."),
        (("/",), "x_cmd: “/” não pôde ser executado (sem permissão)."),
        (
            python("print('abcd1234'); raise SystemExit(3)"),
            f"x_cmd: “{sys.executable}” terminou com o código 3.",
        ),
        (python("print()"), f"x_cmd: “{sys.executable}” não imprimiu nada."),
        (
            python("import sys; sys.stdout.buffer.write(b'\\xff')"),
            f"x_cmd: “{sys.executable}” imprimiu algo que não é texto.",
        ),
    ],
)
def test_failures_say_which_command_and_not_what_it_printed(command: tuple[str, ...], sentence: str) -> None:
    with pytest.raises(SettingsError) as caught:
        printed_by("x_cmd", command, timeout=30.0)
    assert caught.value.message == sentence


def test_a_command_that_does_not_end_is_given_up() -> None:
    with pytest.raises(SettingsError) as caught:
        printed_by("x_cmd", python("print('abcd1234', flush=True); import time; time.sleep(60)"), timeout=1.0)
    assert caught.value.message == f"x_cmd: “{sys.executable}” não terminou em 1 segundos."


def test_a_key_that_no_header_can_carry() -> None:
    redmine = RedmineSettings(url="https://r.example", key_command=python("print('abcd 1234')"))
    with pytest.raises(SettingsError) as caught:
        unlock(Settings(redmine=redmine))
    assert caught.value.message == (
        f"redmine.chave_cmd: o que “{sys.executable}” imprimiu tem espaço, quebra de linha ou acento, que "
        "uma chave de acesso não tem."
    )
    assert SecretStr("abcd 1234") not in vars(caught.value).values()
