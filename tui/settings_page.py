"""[monitor.pagina]: the rules of the status page under the names that people write."""

from pydantic import ConfigDict

from clients.models.page_rules import WRITTEN_AS, FailMarks, OkMarks, PageRules

_MARKS = {"classes": "classes", "styles": "estilos", "texts": "textos", "fragments": "fragmentos"}


def _strict(names: dict[str, str]) -> ConfigDict:
    return ConfigDict(
        extra="forbid", alias_generator=lambda name: names.get(name, name), hide_input_in_errors=True
    )


class OkSettings(OkMarks):
    """[monitor.pagina.ok]: what means that a service runs."""

    model_config = _strict(_MARKS)


class FailSettings(FailMarks):
    """[monitor.pagina.falha]: what means that it does not."""

    model_config = _strict(_MARKS)


class PageSettings(PageRules):
    """How the page is read, where the defaults do not fit it."""

    model_config = _strict(WRITTEN_AS)

    ok: OkSettings = OkSettings()
    """What means that a service runs."""
    fail: FailSettings = FailSettings()
    """What means that it does not."""
