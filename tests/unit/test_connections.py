"""What is made of the settings before anything is asked of the network."""

from pathlib import Path

import pytest

from clients.errors import Rejected, SettingsError
from clients.models.licence import LicenceState, TrialPolicy
from tests.support.clock import Clock
from tui.connections import Connections
from tui.settings import Settings

pytestmark = pytest.mark.anyio
NOBODY = "http://127.0.0.1:9"


@pytest.mark.parametrize("private", ["dados/plantao.db", "config/plantao/config.toml", "srv/equipe.toml"])
async def test_files_with_keys_and_drafts_never_leave_as_attachments(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, private: str
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    settings = Settings.model_validate(
        {
            "freshdesk": {"url": NOBODY, "chave": "abcd1234"},
            "pasta_de_dados": tmp_path / "dados",
            "equipe": tmp_path / "srv" / "equipe.toml",
        }
    )
    file = tmp_path / private
    file.parent.mkdir(parents=True)
    file.write_text("x")
    connections = Connections(settings, Clock())
    assert connections.freshdesk is not None
    with pytest.raises(Rejected, match="próprio Plantão"):
        await connections.freshdesk.reply(1, "Veja", attachments=[file])
    await connections.aclose()


async def test_a_file_beside_the_teams_settings_may_leave(tmp_path: Path) -> None:
    settings = Settings.model_validate({"equipe": tmp_path / "equipe.toml"})
    assert tmp_path not in settings.private_paths


async def test_mail_is_there_where_the_settings_name_a_server() -> None:
    email = {"servidor": "127.0.0.1", "seguranca": "nenhuma", "remetente": "plantao@suporte.exemplo.com.br"}
    assert Connections(Settings.model_validate({"email": email}), Clock()).mail is not None
    assert Connections(Settings(), Clock()).mail is None


async def test_mail_trusts_whom_the_other_systems_trust(tmp_path: Path) -> None:
    email = {"servidor": "smtp.empresa.example", "remetente": "plantao@suporte.exemplo.com.br"}
    settings = Settings.model_validate({"email": email, "ca_arquivo": tmp_path / "none.pem"})
    with pytest.raises(SettingsError, match="ca_arquivo"):
        Connections(settings, Clock())


async def test_the_houses_word_on_experiencia_reaches_the_check(tmp_path: Path) -> None:
    listed = tmp_path / "licencas.csv"
    listed.write_text("E-mail;Tipo;Expiração\na@x.com.br;Experiência;31/12/2030\n")
    for written, policy in (("recusa", TrialPolicy.REFUSE), (None, TrialPolicy.WARN)):
        section = {"arquivo": listed} | ({"experiencia": written} if written else {})
        connections = Connections(Settings.model_validate({"licencas": section}), Clock())
        check = await connections.licences.check("a@x.com.br")
        assert (check.state, check.trials) == (LicenceState.TRIAL, policy)
        await connections.aclose()
