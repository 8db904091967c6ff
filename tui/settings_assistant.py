"""[assistente]: a language model that proposes another description. Without it the assistant is offline."""

from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, model_validator

from clients.loopback import Destination, destination, is_overheard

from .settings_fields import Argv, Key, PlainUrl, Section, one_secret


def _near_or_encrypted(url: str) -> str:
    if is_overheard(url) and destination(url) is not Destination.LOCAL:
        raise ValueError(
            "precisa começar com https:// (http só vale nesta máquina ou num IP da rede interna)"
        )
    return url


class AssistantSettings(Section):
    """[assistente]: any server that speaks the dialect of OpenAI: Ollama, llama.cpp, vLLM, a service."""

    url: Annotated[PlainUrl, AfterValidator(_near_or_encrypted)]
    """Address up to before ``/chat/completions``, such as http://localhost:11434/v1."""
    model: Annotated[str, Field(min_length=1)] = Field(alias="modelo")
    """Name of the model, as the server calls it."""
    key: Key | None = Field(None, alias="chave")
    """Key, if the server wants one."""
    key_command: Argv | None = Field(None, alias="chave_cmd")
    """Program that prints the key, instead of writing it down."""

    @property
    def host(self) -> str:
        """The server, with its port where it has one of its own."""
        return urlsplit(self.url).netloc

    @model_validator(mode="after")
    def _is_usable(self) -> "AssistantSettings":
        one_secret("chave", self.key, self.key_command, needed=False)
        if (self.key or self.key_command) and is_overheard(self.url):
            raise ValueError("tem chave, que em http:// viajaria sem criptografia: use https://")
        return self
