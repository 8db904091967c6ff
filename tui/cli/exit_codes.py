"""What the exit codes mean; ``plantao --help`` says the same."""

from enum import IntEnum


class Code(IntEnum):
    """How a command ended."""

    OK = 0
    WRONG = 1
    """Something is wrong, red, or not there."""
    USAGE = 2
    SETTINGS = 3
    REMOTE = 4
    """A remote system could not be reached or refused."""
    UNKNOWN = 5
    """Something was sent and only looking, or the analyst, can tell what became of it."""
    INTERRUPTED = 130


EXPLAINED = """\
Códigos de saída: 0 tudo certo; 1 algo está errado, vermelho ou não existe; 2 uso incorreto;
3 configuração; 4 um sistema remoto falhou ou recusou; 5 ficou um passo sem desfecho
(plantao pendencias); 130 interrompido."""
