from pathlib import Path

import pytest

from clients.errors import SettingsError
from tui.templates_file import read_templates


def write(folder: Path, text: str) -> Path:
    path = folder / "modelos.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_templates_are_read_in_order_with_their_folder(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        '''
[[modelo]]
titulo = "Certificado vencido"
pasta = "Fiscal"
texto = """
Olá {{ticket.requester.firstname}},

o certificado venceu.
"""

[[modelo]]
titulo = "Em análise"
texto = "Estamos analisando."
''',
    )
    first, second = read_templates(path)
    assert (first.id, first.folder, first.title) == (
        "equipe:fiscal/certificado vencido",
        "Fiscal",
        "Certificado vencido",
    )
    assert first.text == "Olá {{ticket.requester.firstname}},\n\no certificado venceu."
    assert second.folder == "Equipe"


def test_a_team_without_a_file_has_no_templates(tmp_path: Path) -> None:
    assert read_templates(tmp_path / "modelos.toml") == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            '[[modelo]]\ntitulo = "A"\ntexto = "x"\n[[modelo]]\ntitulo = "B"',
            "modelo nº 2 (“B”): falta “texto”",
        ),
        ('[[modelo]]\ntexto = "x"', "modelo nº 1: falta “titulo”"),
        (
            '[[modelo]]\ntitulo = "A"\ntexto = "x"\npsta = "F"',
            "(“A”): chave desconhecida “psta”; seria “pasta”?",
        ),
        ('[[modelo]]\ntitulo = "A"\ntexto = 3', "“texto” precisa ser um texto entre aspas"),
        (
            '[[modelo]]\ntitulo = "Á"\ntexto = "x"\n[[modelo]]\ntitulo = "a"\ntexto = "y"',
            "nº 2: já há um “a”",
        ),
        ('[modelo]\ntitulo = "A"', "[[modelo]], com dois colchetes"),
        ("[[modelos]]", "chave desconhecida “modelos”"),
        ("[[modelo]\n", "não é TOML válido"),
    ],
)
def test_an_unusable_entry_is_named_with_its_file(tmp_path: Path, text: str, said: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(SettingsError) as error:
        read_templates(path)
    assert str(path) in error.value.message
    assert said in error.value.message


def test_a_file_in_another_encoding_is_refused_with_its_name(tmp_path: Path) -> None:
    path = tmp_path / "modelos.toml"
    path.write_bytes('[[modelo]]\ntitulo = "Não"'.encode("latin-1"))
    with pytest.raises(SettingsError, match="UTF-8"):
        read_templates(path)


def test_what_terminals_would_act_upon_is_cleaned(tmp_path: Path) -> None:
    path = write(tmp_path, '[[modelo]]\ntitulo = "A\\u001b[2J"\ntexto = "b\\u0007\\nc"')
    (template,) = read_templates(path)
    assert (template.title, template.text) == ("A␛[2J", "b␇\nc")
