"""Reading the settings: every refusal is a sentence that names the place, the key and the way out."""

import difflib
from collections.abc import Iterator, Mapping

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from clients.errors import SettingsError

from . import paths
from .commands.keys import read_keys
from .commands.places import conflicts, known_ids, live_keys
from .settings import Settings
from .settings_layers import Layer, Where, find_layers, merge, options_of, sections_by_name

_SENTENCES = {
    "string_type": "precisa ser um texto entre aspas",
    "int_type": "precisa ser um número inteiro",
    "int_parsing": "precisa ser um número inteiro",
    "int_from_float": "precisa ser um número inteiro",
    "path_type": "precisa ser um texto entre aspas",
    "tuple_type": 'precisa ser uma lista, como ["pass", "show", "plantao"]',
    "frozen_set_type": 'precisa ser uma lista, como ["ok", "ativo"]',
    "too_short": "precisa ter ao menos um item",
    "dict_type": "precisa ser uma seção entre colchetes",
    "model_type": "precisa ser uma seção entre colchetes",
    "literal_error": "precisa ser {expected}",
    "enum": "precisa ser {expected}",
    "greater_than_equal": "precisa ser {ge} ou mais",
    "less_than_equal": "precisa ser {le} ou menos",
}

_LOOKS = ("teclas", "tema")


class NoSettings(SettingsError):
    """Nobody has written settings yet: what to do is in ``way_out``."""

    title = "Primeira vez aqui"


def load_settings() -> Settings:
    """Return the settings of this user, their secrets not yet fetched.

    Raises NoSettings where there is no file and no variable, and SettingsError for whatever cannot be used:
    all mistakes at once, one sentence a line, none with a value in it.
    """
    layers = find_layers()
    if not any(layer.values for layer in layers):
        raise _first_time(written=any(layer.path for layer in layers))
    return _checked(merge(layers), layers)


def load_looks() -> Settings:
    """Return the user's [teclas] and ``tema`` alone, for a desk on other systems. Raises SettingsError."""
    layers = find_layers()
    looks = {name: value for name, value in merge(layers).items() if name in _LOOKS}
    return _checked(looks, layers)


def _checked(merged: dict[str, object], layers: list[Layer]) -> Settings:
    try:
        settings = Settings.model_validate(merged, by_alias=True, by_name=False)
    except ValidationError as error:
        found = [*_sentences(error.errors(include_input=False, include_url=False), merged, layers)]
        raise SettingsError("\n".join(dict.fromkeys(found))) from None
    if wrong := [*_wrong_keys(settings.keys, layers)]:
        raise SettingsError("\n".join(wrong))
    return settings


def _first_time(*, written: bool) -> NoSettings:
    file = paths.config_file()
    if written:
        message = f"A configuração em {file} ainda não diz nada: todas as linhas estão comentadas."
        first = "Abra esse arquivo num editor, tire o # das linhas que usar e complete endereços e chaves."
    else:
        message = f"Ainda não há configuração em {file}."
        first = (
            "plantao configurar escreve ali um arquivo comentado, para você completar com endereços e chaves."
        )
    return NoSettings(
        message,
        way_out=(
            f"{first}\nplantao demo abre o Plantão numa empresa inventada, sem configurar nada: "
            "é o melhor começo para conhecê-lo."
        ),
    )


def _sentences(
    errors: list[ErrorDetails], merged: Mapping[str, object], layers: list[Layer]
) -> Iterator[str]:
    for error in errors:
        where = _where(error["loc"], merged)
        place, name = _place(where, layers), f"“{'.'.join(where)}”"
        kind, details = error["type"], error.get("ctx", {})
        if kind == "extra_forbidden":
            yield f"{place}: chave desconhecida {name}{_nearest(where[-1], _known(where[:-1]))}"
        elif kind == "missing":
            yield f"{place}: falta “{where[-1]}” em [{'.'.join(where[:-1])}]."
        elif kind == "value_error":
            subject = name if not _known(where) else f"[{'.'.join(where)}]"
            yield f"{place}: {subject} {details['error']}."
        else:
            sentence = _SENTENCES.get(kind, "tem um valor que não serve")
            yield f"{place}: {name} {sentence.format(**_in_portuguese(details))}."


def _in_portuguese(details: Mapping[str, object]) -> dict[str, str]:
    # "'html', 'json' or 'csv'": the known values, as pydantic lists them
    return {
        key: str(value).replace(" or ", " ou ").replace("'", '"')
        for key, value in details.items()
        if key in ("expected", "ge", "le")
    }


def _where(location: tuple[int | str, ...], merged: Mapping[str, object]) -> Where:
    """Cut what pydantic adds behind the key: positions in a list and names of a union's options."""
    where: list[str] = []
    value: object = merged
    for name in location:
        if not isinstance(value, Mapping):
            break
        where.append(str(name))
        value = value.get(str(name))
    return tuple(where)


def _place(where: Where, layers: list[Layer]) -> str:
    for length in range(len(where), 0, -1):
        for layer in reversed(layers):
            if _says(layer.values, where[:length]):
                return layer.place(where[:length])
    return str(paths.config_file())


def _says(values: Mapping[str, object], where: Where) -> bool:
    value: object = values
    for name in where:
        if not isinstance(value, Mapping) or name not in value:
            return False
        value = value[name]
    return True


def _known(section: Where) -> list[str]:
    """Return the keys of a section; none for what is a value and not a section."""
    model: type[BaseModel] = Settings
    names = iter(section)
    for name in names:
        field = next(
            (field for key, field in model.model_fields.items() if name == (field.alias or key)), None
        )
        named = sections_by_name(field.annotation) if field is not None else None
        if named is not None and next(names, None) is not None:
            model = named
            continue
        options = () if field is None else options_of(field.annotation)
        inner = [option for option in options if isinstance(option, type) and issubclass(option, BaseModel)]
        if not inner:
            return []
        model = inner[0]
    return [field.alias or key for key, field in model.model_fields.items()]


def _nearest(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    if near:
        return f"; seria “{near[0]}”?"
    return f"; existem {', '.join(known)}." if len(known) < 30 else "; plantao teclas mostra os nomes."


def _wrong_keys(keys: Mapping[str, str], layers: list[Layer]) -> Iterator[str]:
    known, wrong = known_ids(), False
    for name, written in keys.items():
        place = _place(("teclas", name), layers)
        if name not in known:
            wrong = True
            yield f"{place}: comando desconhecido “teclas.{name}”{_nearest(name, known)}"
            continue
        try:
            read_keys(written)
        except ValueError as error:
            wrong = True
            yield f"{place}: “teclas.{name}”: {error}."
    if not wrong:
        for conflict in conflicts(live_keys(keys)):
            yield f"{_place(('teclas',), layers)}: {conflict}."
