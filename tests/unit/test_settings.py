"""Settings: three layers, and a sentence for every refusal that names place, key and way out."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import SecretStr

from clients.errors import SettingsError
from clients.models.licence import TrialPolicy
from tui import paths
from tui.settings import (
    FreshdeskSettings,
    RedmineSettings,
    ReplySettings,
    Settings,
    SlackSettings,
)
from tui.settings_assistant import AssistantSettings
from tui.settings_chamados import ChamadoSettings, LicenceSettings, RedmineBoardSettings
from tui.settings_example import example_config
from tui.settings_handover import HandoverSettings
from tui.settings_lexicon import LexiconSettings
from tui.settings_mail import MailSettings
from tui.settings_monitor import MonitorSettings, SourceSettings
from tui.settings_page import FailSettings, OkSettings, PageSettings
from tui.settings_reading import NoSettings, load_settings
from tui.settings_runbooks import RunbookSettings
from tui.settings_tasks import SavedViewSettings, TaskSettings
from tui.settings_workday import WorkdaySettings

SETTING = re.compile(r"\[[a-z.]+\]|\w+ = ")
FILES = ('arquivo = "servicos', 'arquivo = "licencas')
ADDRESSES = ('url = "https://monitor', 'url = "https://painel')
KINDS = {"addresses": "html", "files": "csv", "commands": "html"}
Write = Callable[..., Path]
FRESHDESK = '[freshdesk]\nurl = "https://empresa.freshdesk.com"\nchave = "abcd1234"\n'


@pytest.fixture(autouse=True)
def no_team_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(paths, "TEAM_FILE", tmp_path / "etc" / "equipe.toml")


@pytest.fixture
def write(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Write:
    """Write the user's file (0600, or the mode given) and return its path."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))

    def write(text: str, mode: int = 0o600, path: Path | None = None) -> Path:
        path = path or paths.config_file()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        path.chmod(mode)
        return path

    return write


def refusal() -> str:
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert "abcd1234" not in caught.value.message
    return caught.value.message


class TestReading:
    def test_every_section(self, write: Write, tmp_path: Path) -> None:
        file = write(
            f"""
            tema = "nord"
            ca_arquivo = "ca.pem"
            nomes_internos = ["Fulana"]
            pasta_de_dados = "~/dados"
            {FRESHDESK}
            intervalo = 90
            [redmine]
            url = "https://redmine.empresa.example/"
            chave_cmd = ["pass", "show", "redmine"]
            campo_ticket = 12
            [slack]
            chave = "xoxp-abcd"
            canal_gestor = "C0GESTOR1"
            [monitor]
            url = "http://127.0.0.1:8080"
            usuario = "analista"
            senha = "com espaço e ç"
            [monitor.pagina]
            linha = "tr.servico"
            [monitor.pagina.ok]
            classes = ["verde"]
            [licencas]
            arquivo = "licencas.csv"
            experiencia = "recusa"
            [chamados]
            aviso = "Leia antes."
            [email]
            servidor = "smtp.empresa.example"
            usuario = "plantao"
            senha = "senha do e-mail"
            remetente = "plantao@empresa.example"
            [respostas]
            arquivo = "/srv/modelos.toml"
            segundos_para_desfazer = 0
            [teclas]
            nota = "l"
            sair = ""
            """
        )
        settings = load_settings()
        assert settings.theme == "nord"
        assert settings.ca_file == file.parent / "ca.pem"
        assert settings.team_names == ("Fulana",)
        assert settings.store_file == Path.home() / "dados" / "plantao.db"
        assert settings.freshdesk == FreshdeskSettings(
            url="https://empresa.freshdesk.com", key=SecretStr("abcd1234"), interval=90
        )
        assert settings.redmine == RedmineSettings(
            url="https://redmine.empresa.example", key_command=("pass", "show", "redmine"), ticket_field=12
        )
        assert settings.slack == SlackSettings(
            url="https://slack.com/api",
            key=SecretStr("xoxp-abcd"),
            ticket_channel="freshdesk",
            manager_channel="C0GESTOR1",
            servers_channel="gestor_remote",
            interval=30,
        )
        assert settings.monitor is not None
        assert settings.monitor.page.row == "tr.servico"
        assert settings.monitor.page.ok.classes == {"verde"}
        assert settings.monitor.page.client == MonitorSettings(url="https://x.example").page.client
        assert settings.licences is not None
        assert settings.licences.file == file.parent / "licencas.csv"
        assert settings.licences.trials is TrialPolicy.REFUSE
        assert settings.chamados.notice == "Leia antes."
        assert settings.mail is not None
        assert (settings.mail.security, settings.mail.port_used) == ("starttls", 587)
        assert settings.mail.name == ""
        assert settings.replies.file == Path("/srv/modelos.toml")
        assert settings.replies.undo_seconds == 0
        assert settings.keys == {"nota": "l", "sair": ""}
        assert {secret.get_secret_value() for secret in settings.secrets()} == {
            "abcd1234",
            "xoxp-abcd",
            "com espaço e ç",
            "senha do e-mail",
        }
        assert "abcd1234" not in repr(settings)

    def test_names_of_keys_need_no_quotes(self, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
        write('[teclas]\nfila.filtrar = "Ctrl+G"\n"fila.visao" = "x"\nnota = "l"\n')
        monkeypatch.setenv("PLANTAO_TECLAS__FILA__VISAO", "w")
        assert load_settings().keys == {"fila.filtrar": "Ctrl+G", "fila.visao": "w", "nota": "l"}

    def test_nothing_more_is_configured_than_what_is_written(self, write: Write) -> None:
        write('tema = "nord"')
        settings = load_settings()
        assert (settings.freshdesk, settings.redmine, settings.slack) == (None,) * 3
        assert (settings.monitor, settings.licences) == (None,) * 2
        assert settings.replies.undo_seconds == 8
        assert settings.state_folder == Path.home() / ".local" / "state" / "plantao"

    def test_the_example_as_it_stands_is_no_start_yet(self, write: Write) -> None:
        file = write(example_config())
        with pytest.raises(NoSettings) as caught:
            load_settings()
        assert caught.value.message.startswith(f"A configuração em {file} ainda não diz nada")
        assert "plantao demo" in caught.value.way_out

    @pytest.mark.parametrize("choice", ["addresses", "files", "commands"])
    def test_every_line_of_the_example_is_valid(self, write: Write, tmp_path: Path, choice: str) -> None:
        lines = [line.removeprefix("#").strip() for line in example_config().splitlines()]
        lines = [line for line in lines if SETTING.match(line) and not line.startswith("chave_cmd")]
        assert len(lines) > 50
        # of two ways to say the same, the one or the other
        lines = [line for line in lines if not line.startswith(ADDRESSES if choice == "files" else FILES)]
        if choice == "commands":
            lines = [re.sub("^(chave|senha) = .*", r'\1_cmd = ["true"]', line) for line in lines]
        text = "\n".join(lines)
        text = text.replace("/srv/equipe", str(tmp_path)).replace(
            'tipo = "html"', f'tipo = "{KINDS[choice]}"'
        )
        write("", 0o644, tmp_path / "plantao.toml")
        write(text)
        settings = load_settings()
        assert settings.freshdesk
        assert settings.redmine
        assert settings.monitor
        assert settings.monitor.page.fail.texts == {"parado"}
        assert settings.licences
        assert (settings.licences.file is not None) == (choice == "files")
        assert (settings.freshdesk.key_command is not None) == (choice == "commands")
        assert settings.replies.file
        assert settings.keys == {"responder": "r"}

    def test_the_example_names_every_key(self) -> None:
        names = {line.lstrip("# ").split(" =")[0] for line in example_config().splitlines() if " = " in line}
        sections = {line.lstrip("# ").split("]")[0].strip("[") for line in example_config().splitlines()}
        for section in (
            *(Settings, FreshdeskSettings, RedmineSettings, SlackSettings, MonitorSettings, SourceSettings),
            *(
                LicenceSettings,
                ChamadoSettings,
                RedmineBoardSettings,
                LexiconSettings,
                MailSettings,
                ReplySettings,
            ),
            *(TaskSettings, SavedViewSettings),
            *(ReplySettings, AssistantSettings, PageSettings, OkSettings, FailSettings, RunbookSettings),
            WorkdaySettings,
            HandoverSettings,
        ):
            for name, field in section.model_fields.items():
                written = field.alias or name
                known = names | {name for part in sections for name in part.split(".")}
                assert written in known or written.endswith("_cmd"), f"{section.__name__}.{written}"

    def test_every_key_is_explained_beside_it(self) -> None:
        text = Path(__file__).parents[2].joinpath("tui", "settings.py").read_text()
        lines = text.splitlines()
        fields = [
            n
            for n, line in enumerate(lines)
            if line.startswith("    ") and line[4].isalpha() and ": " in line
        ]
        fields = [n for n in fields if not lines[n].strip().endswith(":")]
        assert len(fields) > 30
        for n in fields:
            assert lines[n + 1].strip().startswith('"""'), lines[n]


class TestLayers:
    def test_the_environment_is_above_the_user_and_the_user_above_the_team(
        self, write: Write, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        write(
            '[freshdesk]\nurl = "https://equipe.freshdesk.com"\nintervalo = 300\n[teclas]\nnota = "l"\n',
            0o644,
            paths.TEAM_FILE,
        )
        write('[freshdesk]\nchave = "abcd1234"\nintervalo = 200\n[teclas]\nresponder = "z"\n')
        monkeypatch.setenv("PLANTAO_FRESHDESK__INTERVALO", "100")
        monkeypatch.setenv("PLANTAO_NOMES_INTERNOS", "Fulana 'Dona Beltrana'")
        settings = load_settings()
        assert settings.freshdesk == FreshdeskSettings(
            url="https://equipe.freshdesk.com", key=SecretStr("abcd1234"), interval=100
        )
        assert settings.keys == {"nota": "l", "responder": "z"}
        assert settings.team_names == ("Fulana", "Dona Beltrana")

    def test_the_environment_alone_is_enough(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("PLANTAO_FRESHDESK__URL", "https://empresa.freshdesk.com")
        monkeypatch.setenv("PLANTAO_FRESHDESK__CHAVE_CMD", "pass show 'chave do freshdesk'")
        monkeypatch.setenv("PLANTAO_LICENCAS__ARQUIVO", "licencas.csv")
        monkeypatch.setenv("PLANTAO_TECLAS__RESPONDER", "")
        settings = load_settings()
        assert settings.freshdesk is not None
        assert settings.freshdesk.key_command == ("pass", "show", "chave do freshdesk")
        assert settings.licences is not None
        assert settings.licences.file == tmp_path / "licencas.csv"
        assert settings.keys == {"responder": ""}

    def test_a_list_in_the_environment_may_be_json(
        self, write: Write, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        write(FRESHDESK)
        monkeypatch.setenv("PLANTAO_FRESHDESK__CHAVE_CMD", '["pass", "show", "x"]')
        settings = load_settings()
        assert settings.freshdesk is not None
        assert settings.freshdesk.key_command == ("pass", "show", "x")
        assert settings.freshdesk.key is None, "the higher layer's command hides the lower one's key"

    def test_a_file_hides_the_address_of_the_layer_below(self, write: Write) -> None:
        write('[licencas]\nurl = "https://painel.example"\n', 0o644, paths.TEAM_FILE)
        file = write('[licencas]\narquivo = "minhas.csv"\n')
        settings = load_settings()
        assert settings.licences is not None
        assert settings.licences.file == file.parent / "minhas.csv"
        assert settings.licences.url is None

    def test_the_user_chooses_the_teams_file(self, write: Write, tmp_path: Path) -> None:
        write('tema = "da pasta etc"\n', 0o644, paths.TEAM_FILE)
        write('tema = "da equipe"\nca_arquivo = "ca.pem"\n', 0o644, tmp_path / "srv" / "equipe.toml")
        file = write('equipe = "../../srv/equipe.toml"\n')
        settings = load_settings()
        assert settings.theme == "da equipe"
        assert settings.ca_file is not None
        assert settings.ca_file.resolve() == (tmp_path / "srv" / "ca.pem").resolve()
        file.write_text('equipe = "nada.toml"\n')
        assert refusal() == f"{file.parent / 'nada.toml'}: o arquivo não existe."


class TestFirstRun:
    def test_says_what_to_do(self, write: Write) -> None:
        with pytest.raises(NoSettings) as caught:
            load_settings()
        assert caught.value.title == "Primeira vez aqui"
        assert caught.value.message == f"Ainda não há configuração em {paths.config_file()}."
        assert "plantao configurar" in caught.value.way_out
        assert "plantao demo" in caught.value.way_out

    @pytest.mark.parametrize("where", ["user", "team", "environment"])
    def test_any_source_is_a_start(self, write: Write, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
        if where == "environment":
            monkeypatch.setenv("PLANTAO_TEMA", "nord")
        else:
            write('tema = "nord"\n', 0o644, paths.TEAM_FILE if where == "team" else None)
        assert load_settings().theme == "nord"


def test_a_page_that_is_only_served_unencrypted_may_be_read(write: Write) -> None:
    write('[monitor]\nurl = "http://monitor.example/home"\nusuario = "ana"\nsenha = "abcd1234"\n')
    settings = load_settings()
    assert settings.monitor
    assert settings.monitor.url == "http://monitor.example/home"


MISTAKES = [
    (
        '[freshdesk]\nurl = "https://e.example"\nchav = "abcd1234"\n',
        "linha 3: chave desconhecida “freshdesk.chav”; seria “chave”?",
    ),
    ("[freshdesc]\n", "linha 1: chave desconhecida “freshdesc”; seria “freshdesk”?"),
    (
        "[respostas]\nzzz = 1\n",
        "linha 2: chave desconhecida “respostas.zzz”; existem arquivo, segundos_para_desfazer, em_analise,"
        " palavras_para_ligar, voltas_para_ligar.",
    ),
    (
        '[redmine]\nkey = "abcd1234"\nurl = "https://e.example"\nchave = "x"\n',
        "linha 2: chave desconhecida “redmine.key”; "
        "existem url, chave, chave_cmd, campo_ticket, campo_cliente.",
    ),
    (
        "respostas.segundo_para_desfazer = 1\n",
        "linha 1: chave desconhecida “respostas.segundo_para_desfazer”; seria “segundos_para_desfazer”?",
    ),
    (
        '[monitor]\nurl = "https://e.example"\n[monitor.pagina]\nlinhas = "tr"\n',
        "linha 4: chave desconhecida “monitor.pagina.linhas”; seria “linha”?",
    ),
    (
        '[monitor]\nurl = "https://e.example"\n[monitor.pagina.ok]\ntexto = ["ok"]\n',
        "linha 4: chave desconhecida “monitor.pagina.ok.texto”; seria “textos”?",
    ),
    (
        '[monitor]\nurl = "https://e.example"\n[monitor.outras.Sul]\ntipo = "csv"\nficheiro = "s.csv"\n',
        "linha 5: chave desconhecida “monitor.outras.Sul.ficheiro”; existem tipo, url, usuario, senha, "
        "senha_cmd, arquivo, pagina.",
    ),
    (
        '[monitor]\nurl = "https://e.example"\n[monitor.outras.Sul]\nurl = "https://s.example"\n'
        'usuario = "a"\n',
        "linha 3: [monitor.outras.Sul] não tem “senha” nem “senha_cmd”.",
    ),
    (
        '[monitor]\nurl = "https://e.example"\n[monitor.outras.Sul.pagina]\nlinhas = "tr"\n',
        "linha 4: chave desconhecida “monitor.outras.Sul.pagina.linhas”; seria “linha”?",
    ),
    (
        '[monitor]\nurl = "https://e.example"\nnome = "Sul"\n[monitor.outras.Sul]\nurl = "https://s.example"\n',
        "linha 1: [monitor] dá o nome “Sul” a duas fontes.",
    ),
    (
        '[monitor]\nurl = "https://e.example"\n[monitor.clientes]\n"Aurora" = "A"\n"AURORA" = "B"\n',
        "linha 1: [monitor] dá dois clientes a “AURORA” em “clientes”.",
    ),
    ('[freshdesk]\nchave = "abcd1234"\n', "linha 1: falta “url” em [freshdesk]."),
    ('[freshdesk]\nurl = "https://e.example"\n', "linha 1: [freshdesk] não tem “chave” nem “chave_cmd”."),
    (
        '[redmine]\nurl = "https://e.example"\nchave = "abcd1234"\nchave_cmd = ["x"]\n',
        "linha 1: [redmine] tem “chave” e “chave_cmd”: deixe só um.",
    ),
    (
        '[freshdesk]\nurl = "https://e.example"\nchave = 1234\n',
        "linha 3: “freshdesk.chave” precisa ser um texto entre aspas.",
    ),
    (
        '[freshdesk]\nurl = "https://e.example"\nchave = "abcd1234 "\n',
        "linha 3: “freshdesk.chave” tem espaço, quebra de linha ou acento, que uma chave de acesso não tem.",
    ),
    (
        '[freshdesk]\nurl = "https://e.example"\nchave_cmd = "pass show abcd1234"\n',
        'linha 3: “freshdesk.chave_cmd” precisa ser uma lista, como ["pass", "show", "plantao"].',
    ),
    (
        '[freshdesk]\nurl = "https://e.example"\nchave_cmd = []\n',
        "linha 3: “freshdesk.chave_cmd” precisa ter ao menos um item.",
    ),
    (
        '[freshdesk]\nurl = "https://e.example"\nchave_cmd = ["a", 1]\n',
        "linha 3: “freshdesk.chave_cmd” precisa ser um texto entre aspas.",
    ),
    (f'{FRESHDESK}intervalo = "abcd1234"\n', "linha 4: “freshdesk.intervalo” precisa ser um número inteiro."),
    (f"{FRESHDESK}intervalo = 1.5\n", "linha 4: “freshdesk.intervalo” precisa ser um número inteiro."),
    (f"{FRESHDESK}intervalo = 5\n", "linha 4: “freshdesk.intervalo” precisa ser 15 ou mais."),
    (
        "[respostas]\nsegundos_para_desfazer = 500\n",
        "linha 2: “respostas.segundos_para_desfazer” precisa ser 120 ou menos.",
    ),
    ("freshdesk = 1\n", "linha 1: “freshdesk” precisa ser uma seção entre colchetes."),
    ("teclas = 1\n", "linha 1: “teclas” precisa ser uma seção entre colchetes."),
    ("tema = 1\n", "linha 1: “tema” precisa ser um texto entre aspas."),
    ("ca_arquivo = 1\n", "linha 1: “ca_arquivo” precisa ser um texto entre aspas."),
    (
        '[monitor]\ntipo = "xml"\nurl = "https://e.example"\n',
        'linha 2: “monitor.tipo” precisa ser "html", "json" ou "csv".',
    ),
    ("[monitor]\n", "linha 1: [monitor] precisa de “url” ou de “arquivo”, um dos dois."),
    (
        '[monitor]\narquivo = "s.csv"\n',
        "linha 1: [monitor] com tipo “html” precisa de “url”; um arquivo é “json” ou “csv”.",
    ),
    (
        '[monitor]\nurl = "https://e.example"\nusuario = "ana"\n',
        "linha 1: [monitor] não tem “senha” nem “senha_cmd”.",
    ),
    (
        '[licencas]\narquivo = "l.csv"\nexperiencia = "talvez"\n',
        'linha 3: “licencas.experiencia” precisa ser "aceita", "avisa" ou "recusa".',
    ),
    (
        '[licencas]\nurl = "https://e.example"\narquivo = "l.csv"\n',
        "linha 1: [licencas] precisa de “url” ou de “arquivo”, um dos dois.",
    ),
    (
        '[redmine]\nurl = "http://redmine.example"\nchave = "abcd1234"\n',
        "linha 2: “redmine.url” precisa começar com https:// (http só vale para esta própria máquina).",
    ),
    (
        '[redmine]\nurl = "https://ana:abcd1234@redmine.example"\nchave = "x"\n',
        "linha 2: “redmine.url” não pode levar usuário nem senha no endereço.",
    ),
    (
        '[redmine]\nurl = "redmine.example"\nchave = "x"\n',
        "linha 2: “redmine.url” precisa ser um endereço como https://empresa.example.",
    ),
    (
        '[redmine]\nurl = "https://[::1"\nchave = "x"\n',
        "linha 2: “redmine.url” precisa ser um endereço como https://empresa.example.",
    ),
    (
        '[email]\nservidor = "smtp.empresa.example"\n',
        "linha 1: falta “remetente” em [email].",
    ),
    (
        '[email]\nservidor = "smtp.empresa.example"\nremetente = "a@b.example\\r\\nBcc: x@y.example"\n',
        "linha 3: “email.remetente” precisa ser um endereço como plantao@empresa.example.",
    ),
    (
        '[email]\nservidor = "smtp.empresa.example"\nremetente = "a@b.example"\nseguranca = "nenhuma"\n',
        "linha 1: [email] com seguranca “nenhuma” só pode usar um servidor desta própria máquina.",
    ),
    (
        '[email]\nservidor = "smtp.empresa.example"\nremetente = "a@b.example"\nseguranca = "ssl"\n',
        'linha 4: “email.seguranca” precisa ser "tls", "starttls" ou "nenhuma".',
    ),
    (
        '[email]\nservidor = "smtp.empresa.example"\nremetente = "a@b.example"\nusuario = "ana"\n',
        "linha 1: [email] não tem “senha” nem “senha_cmd”.",
    ),
    (
        '[email]\nservidor = "smtp.empresa.example"\nremetente = "a@b.example"\nsenha = "abcd1234"\n',
        "linha 1: [email] tem senha e não tem “usuario”.",
    ),
    (
        '[assistente]\nurl = "http://ia.example/v1"\nmodelo = "m"\n',
        "linha 2: “assistente.url” precisa começar com https:// (http só vale nesta máquina ou num IP da "
        "rede interna).",
    ),
    (
        '[assistente]\nurl = "http://10.0.0.7:11434/v1"\nmodelo = "m"\nchave = "abcd1234"\n',
        "linha 1: [assistente] tem chave, que em http:// viajaria sem criptografia: use https://.",
    ),
    ('[teclas]\nrespoder = "x"\n', "linha 2: comando desconhecido “teclas.respoder”; seria “responder”?"),
    (
        '[teclas]\n"fila.filtra" = "x"\nfila.visao = "w"\n',
        "linha 2: comando desconhecido “teclas.fila.filtra”; seria “fila.filtrar”?",
    ),
    ('[teclas]\nnota = "ctlr+n"\n', "linha 2: “teclas.nota”: não existe a tecla ctlr+n."),
    ('[teclas]\nnota = "r"\n', "linha 1: a tecla r está em «nota» e em «responder»."),
    ('[freshdesk]\nchave = "abcd1234\n', "linha 2, coluna 18: o TOML está malformado."),
]


class TestRefusals:
    @pytest.mark.parametrize(("text", "sentence"), MISTAKES, ids=[sentence for _, sentence in MISTAKES])
    def test_names_file_line_and_key(self, write: Write, text: str, sentence: str) -> None:
        file = write(text)
        assert refusal() == f"{file}, {sentence}"

    def test_all_mistakes_at_once(self, write: Write) -> None:
        file = write(f'temas = "nord"\n{FRESHDESK}intervalo = 1\n')
        assert refusal().splitlines() == [
            f"{file}, linha 5: “freshdesk.intervalo” precisa ser 15 ou mais.",
            f"{file}, linha 1: chave desconhecida “temas”; seria “tema”?",
        ]

    @pytest.mark.parametrize("url", ["http://localhost:3000", "http://127.0.0.5", "http://[::1]:80"])
    def test_this_machine_needs_no_certificate(self, write: Write, url: str) -> None:
        write(f'[redmine]\nurl = "{url}"\nchave = "x"\n')
        settings = load_settings()
        assert settings.redmine is not None
        assert settings.redmine.url == url

    def test_a_mistake_of_the_team_names_the_teams_file(self, write: Write) -> None:
        write("[respostas]\nsegundos_para_desfazer = -1\n", 0o644, paths.TEAM_FILE)
        write('tema = "nord"\n')
        assert refusal() == (
            f"{paths.TEAM_FILE}, linha 2: “respostas.segundos_para_desfazer” precisa ser 0 ou mais."
        )

    def test_a_mistake_of_the_environment_names_the_variable(
        self, write: Write, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        write(FRESHDESK)
        monkeypatch.setenv("PLANTAO_FRESHDESK__INTERVALO", "logo")
        assert refusal() == (
            "variável PLANTAO_FRESHDESK__INTERVALO: “freshdesk.intervalo” precisa ser um número inteiro."
        )
        monkeypatch.delenv("PLANTAO_FRESHDESK__INTERVALO")
        monkeypatch.setenv("PLANTAO_FRESHDESK__CHAVEE", "abcd1234")
        assert refusal() == (
            "variável PLANTAO_FRESHDESK__CHAVEE: chave desconhecida “freshdesk.chavee”; seria “chave”?"
        )
        monkeypatch.delenv("PLANTAO_FRESHDESK__CHAVEE")
        monkeypatch.setenv("PLANTAO_FRESHDESK__CHAVE_CMD", "pass 'abcd1234")
        assert refusal() == "variável PLANTAO_FRESHDESK__CHAVE_CMD: aspas ou colchetes não fecham."

    def test_a_variable_of_no_section(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PLANTAO_FRESHDESC__CHAVE", "abcd1234")
        assert refusal().startswith(
            "variável PLANTAO_FRESHDESC__CHAVE: não existe; as que existem começam com PLANTAO_EQUIPE, "
        )


class TestSourcesByName:
    def test_each_has_its_own_file_page_and_secret(
        self, write: Write, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        file = write(
            """
            [monitor]
            url = "https://monitor.example"
            [monitor.outras.Sul]
            url = "https://sul.example"
            usuario = "ana"
            senha = "abcd1234"
            [monitor.outras.Sul.pagina]
            proxima = "a.next"
            [monitor.outras.Norte]
            tipo = "csv"
            arquivo = "norte.csv"
            [monitor.clientes]
            "AURORA LTDA" = "Padaria Aurora"
            """
        )
        monkeypatch.setenv("PLANTAO_MONITOR__NOME", "Matriz")
        settings = load_settings()
        assert settings.monitor is not None
        named = dict(settings.monitor.sources())
        assert list(named) == ["Matriz", "Sul", "Norte"]
        assert named["Sul"].page.next == "a.next"
        assert named["Norte"].file == file.parent / "norte.csv"
        assert [secret.get_secret_value() for secret in settings.secrets()] == ["abcd1234"]
        assert settings.monitor.clients == {"AURORA LTDA": "Padaria Aurora"}
        assert "abcd1234" not in repr(settings)

    def test_one_may_come_from_the_environment(self, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
        write(
            '[monitor]\nurl = "https://monitor.example"\n[monitor.outras.sul]\nurl = "https://sul.example"\n'
        )
        monkeypatch.setenv("PLANTAO_MONITOR__OUTRAS__SUL__USUARIO", "ana")
        monkeypatch.setenv("PLANTAO_MONITOR__OUTRAS__SUL__SENHA_CMD", "pass show sul")
        settings = load_settings()
        assert settings.monitor is not None
        assert settings.monitor.others["sul"].password_command == ("pass", "show", "sul")

    def test_a_file_with_the_password_of_one_is_only_mine(self, write: Write) -> None:
        write(
            '[monitor]\nurl = "https://m.example"\n[monitor.outras.Sul]\nurl = "https://s.example"\n'
            'usuario = "ana"\nsenha = "abcd1234"\n',
            0o644,
        )
        assert "monitor.outras.Sul.senha) e pode ser lido por outros" in refusal()


class TestFilesOfSecrets:
    @pytest.mark.parametrize("mode", [0o640, 0o604, 0o644])
    def test_readable_by_others(self, write: Write, mode: int) -> None:
        file = write(FRESHDESK, mode)
        assert refusal() == (
            f"{file}: guarda um segredo (freshdesk.chave) e pode ser lido por outros (modo {mode:04o}): "
            f"use chmod 600 {file}"
        )

    def test_without_a_secret_others_may_read(self, write: Write) -> None:
        write('[freshdesk]\nurl = "https://e.example"\nchave_cmd = ["pass", "show", "x"]\n', 0o644)
        assert load_settings().freshdesk is not None

    def test_behind_a_link(self, write: Write, tmp_path: Path) -> None:
        real = write(FRESHDESK, path=tmp_path / "dotfiles" / "plantao.toml")
        link = paths.config_file()
        link.parent.mkdir(parents=True)
        link.symlink_to(real)
        assert refusal() == (
            f"{link}: guarda um segredo (freshdesk.chave) e é um link simbólico: ponha o próprio arquivo "
            "nesse lugar, ou use freshdesk.chave_cmd"
        )
        real.write_text('tema = "nord"\n')
        assert load_settings().theme == "nord"

    @pytest.mark.parametrize("mode", [0o620, 0o602])
    def test_writable_by_others(self, write: Write, mode: int) -> None:
        file = write('tema = "nord"\n', mode)
        assert refusal() == f"{file}: pode ser alterado por outros: use chmod go-w {file}"

    def test_a_teams_file_that_anybody_writes(self, write: Write) -> None:
        file = write('tema = "nord"\n', 0o666, paths.TEAM_FILE)
        assert refusal() == f"{file}: pode ser alterado por outros: use chmod o-w {file}"

    @pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
    def test_of_somebody_else(self, write: Write) -> None:
        file = write('tema = "nord"\n')
        os.chown(file, 65534, 65534)
        assert refusal() == f"{file}: é de outro usuário."
        file.unlink()
        write(FRESHDESK, 0o600, paths.TEAM_FILE)
        os.chown(paths.TEAM_FILE, 65534, 65534)
        assert refusal() == (
            f"{paths.TEAM_FILE}: guarda um segredo (freshdesk.chave) e é de outro usuário: use "
            "freshdesk.chave_cmd, ou o seu próprio arquivo"
        )

    def test_not_a_file(self, write: Write) -> None:
        paths.config_file().mkdir(parents=True)
        assert refusal().startswith(f"{paths.config_file()}: ")
        paths.config_file().rmdir()
        os.mkfifo(paths.config_file(), 0o600)
        assert refusal() == f"{paths.config_file()}: não é um arquivo comum."

    def test_not_utf8(self, write: Write) -> None:
        file = write("")
        file.write_bytes(b'tema = "\xe7"\n')
        assert refusal() == f"{file}: o arquivo não está em UTF-8."
