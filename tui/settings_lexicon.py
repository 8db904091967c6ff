"""[chamados.lexico]: words of the team's own, added to those that the quality rules look for."""

import re
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, Field

from clients.models.text import fold

from .settings_fields import Section

if TYPE_CHECKING:
    from clients.models.quality import Lexicon

_WORD = re.compile(r"\w+")
_INFINITIVE = re.compile(r"\w{2,}[aei]r")


def _each(fits: Callable[[str], bool], wanted: str) -> AfterValidator:
    def check(entries: tuple[str, ...]) -> tuple[str, ...]:
        for place, entry in enumerate(entries, start=1):
            if not fits(fold(entry.strip())):
                raise ValueError(f"a entrada {place} da lista precisa ser {wanted}")
        return tuple(entry.strip() for entry in entries)

    return AfterValidator(check)


Phrases = Annotated[
    tuple[str, ...],
    _each(lambda entry: _WORD.search(entry) is not None, "uma palavra ou frase"),
]
SingleWords = Annotated[
    tuple[str, ...], _each(lambda entry: _WORD.fullmatch(entry) is not None, "uma palavra só")
]
Infinitives = Annotated[
    tuple[str, ...],
    _each(lambda entry: _INFINITIVE.fullmatch(entry) is not None, "um verbo no infinitivo, como “salvar”"),
]


class LexiconSettings(Section):
    """[chamados.lexico]: each list is added to a built-in one; accents, case and plurals do not matter."""

    places: Phrases = Field((), alias="locais")
    """Screens, documents and integrations that a title may name."""
    situations: Phrases = Field((), alias="situacoes")
    """What tells in a title that something goes wrong: "em duplicidade"."""
    failures: Infinitives = Field((), alias="falhas")
    """Verbs that tell it: "travar" knows "trava", "travou", "travando"."""
    adjectives: SingleWords = Field((), alias="adjetivos")
    """Adjectives that tell it, masculine: "errado"."""
    generic: SingleWords = Field((), alias="genericas")
    """Words that say nothing; a title of such words alone is refused."""
    noise: Phrases = Field((), alias="apelos")
    """What should be left out of a title: "urgente"."""
    requests: Phrases = Field((), alias="pedidos")
    """How a title begins that asks for something new: "sugestão de"."""
    menus: Phrases = ()
    """Where a flow may begin."""
    actions: Infinitives = Field((), alias="acoes")
    """With what a flow may end: "salvar"."""
    users: Phrases = Field((), alias="usuarios")
    """What tells in a description with which user it happens: "operador"."""
    steps: Infinitives = Field((), alias="passos")
    """Verbs of a step: "clicar"."""
    expected: Phrases = Field((), alias="esperado")
    """What tells what was expected: "deveria"."""
    no_message: Phrases = Field((), alias="sem_mensagem")
    """What tells that no message appears."""
    when: Phrases = Field((), alias="quando")
    """What tells since when, or how often."""
    prints: Phrases = ()
    """What refers to a file that must then be attached: "segue print"."""
    template: Phrases = Field((), alias="modelo")
    """Phrases of the team's own template; one that is left blocks sending."""

    @cached_property
    def lexicon(self) -> "Lexicon":
        """The built-in words with these added."""
        from clients.models.quality import Lexicon  # a start does not wait for the rules

        return Lexicon(
            {
                "places": self.places,
                "deviations": self.situations,
                "failure_verbs": self.failures,
                "adjectives": self.adjectives,
                "generic": self.generic,
                "noise": self.noise,
                "requests": self.requests,
                "menus": self.menus,
                "actions": self.actions,
                "user_cues": self.users,
                "step_verbs": self.steps,
                "expected_cues": self.expected,
                "no_message": self.no_message,
                "when_cues": self.when,
                "print_cues": self.prints,
                "template_phrases": self.template,
            }
        )
