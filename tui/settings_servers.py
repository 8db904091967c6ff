"""[servidores]: the clients' servers, and how the team says in Slack that it enters and leaves them."""

from datetime import timedelta
from string import Formatter
from typing import Annotated

from pydantic import Field, model_validator

from clients.models.runbook import PLACES
from clients.models.server_talk import TalkWords, says

from .settings_fields import Section

Phrases = tuple[Annotated[str, Field(min_length=1)], ...]


class ServerSettings(Section):
    """[servidores]: going onto a client's server (R2 to R4)."""

    codes: dict[str, str] = Field({}, alias="codigos")
    """[servidores.codigos]: client to the code that the remote connection asks for."""
    nicknames: dict[str, tuple[str, ...]] = Field({}, alias="apelidos")
    """[servidores.apelidos]: client to what else the team calls it in Slack."""
    enter_words: Phrases = Field(TalkWords().enter, alias="palavras_entrada")
    """What the team writes as it enters a server, in the place of the built-in phrases."""
    leave_words: Phrases = Field(TalkWords().leave, alias="palavras_saida")
    """What it writes as it leaves one."""
    entering: str = Field("Entrando em {cliente}", alias="anuncio_entrada")
    """What Plantão proposes to announce on entering, with {cliente}, {servidor} and {servico}."""
    leaving: str = Field("Saí de {cliente}", alias="anuncio_saida")
    """What it proposes on leaving."""
    minutes: Annotated[int, Field(ge=5)] = Field(60, alias="minutos")
    """Minutes on a server after which, and again and again, one is asked whether one has left."""

    @property
    def words(self) -> TalkWords:
        """What counts as coming and going."""
        return TalkWords(enter=self.enter_words, leave=self.leave_words)

    @property
    def long_stay(self) -> timedelta:
        """After how long on a server one is asked."""
        return timedelta(minutes=self.minutes)

    @model_validator(mode="after")
    def _is_understood(self) -> "ServerSettings":
        for name, text, verb, enters in (
            ("anuncio_entrada", self.entering, "palavras_entrada", True),
            ("anuncio_saida", self.leaving, "palavras_saida", False),
        ):
            places = _places(name, text)
            if unknown := places - set(PLACES):
                known = ", ".join(f"{{{place}}}" for place in sorted(PLACES))
                raise ValueError(f"“{name}” tem {{{min(unknown)}}}, que não é conhecido; há {known}")
            if not places & {"cliente", "servidor"}:
                raise ValueError(f"“{name}” não diz em que servidor: use {{cliente}} ou {{servidor}}")
            if says(text, self.words) is not enters:
                raise ValueError(f"“{name}” não seria entendido pela equipe: use uma das “{verb}”")
        return self


def _places(name: str, text: str) -> set[str]:
    try:
        return {place for _, place, _, _ in Formatter().parse(text) if place is not None}
    except ValueError:
        raise ValueError(f"“{name}” tem uma chave aberta que não fecha") from None
