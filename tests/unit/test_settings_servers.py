"""[servidores]: an announcement that the team's Plantões would not understand is refused."""

import pytest
from pydantic import ValidationError

from tui.settings_servers import ServerSettings


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("anuncio_entrada", "Fui em {cliente}", "não seria entendido"),
        ("anuncio_entrada", "Saindo de {cliente}", "não seria entendido"),
        ("anuncio_saida", "Entrei em {cliente}", "não seria entendido"),
        ("anuncio_entrada", "Entrando", "não diz em que servidor"),
        ("anuncio_saida", "Saí de {onde}", "{onde}"),
        ("anuncio_saida", "Saí de {cliente", "não fecha"),
    ],
)
def test_what_nobody_would_understand_is_refused(name: str, text: str, told: str) -> None:
    with pytest.raises(ValidationError) as refused:
        ServerSettings.model_validate({name: text})
    assert told in str(refused.value)


def test_the_teams_own_words_count() -> None:
    settings = ServerSettings.model_validate(
        {"anuncio_entrada": "Fui em {servidor}", "palavras_entrada": ["fui"], "minutos": 20}
    )
    assert settings.words.enter == ("fui",) and settings.long_stay.total_seconds() == 1200
