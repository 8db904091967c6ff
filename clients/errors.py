"""One tree of errors. Each has a Portuguese title, message and way out, so that any can be shown as it is."""

from .models.feed import Trouble
from .models.text import safe_text


class PlantaoError(Exception):
    """Base of every error that is shown to the analyst."""

    title = "Algo deu errado"
    way_out = ""

    def __init__(self, message: str, *, title: str | None = None, way_out: str | None = None) -> None:
        self.message = safe_text(message)
        self.title = title or self.title
        self.way_out = self.way_out if way_out is None else way_out
        super().__init__(self.message)

    @property
    def trouble(self) -> Trouble:
        """The same, as a pane shows it."""
        return Trouble(self.title, self.message, self.way_out)


class SettingsError(PlantaoError):
    """Settings that cannot be used; the message names file and key."""

    title = "Configuração inválida"
    way_out = "Corrija o arquivo e abra de novo; plantao diagnostico confere tudo."


class StoreError(PlantaoError):
    """The local store cannot be read or written (disk full, wrong owner, network file system)."""

    title = "Dados locais indisponíveis"
    way_out = "Libere espaço ou confira o dono e as permissões da pasta."


class SourceError(PlantaoError):
    """A local file or page could be fetched and does not say what it should."""

    title = "Fonte ilegível"


class RemoteError(PlantaoError):
    """A remote system did not do what was asked. Unless a subclass says otherwise, nothing was done."""

    title = "O sistema recusou"

    def __init__(
        self,
        system: str,
        message: str,
        *,
        status: int | None = None,
        retry_after: float | None = None,
        title: str | None = None,
        way_out: str | None = None,
    ) -> None:
        super().__init__(f"{system}: {message}", title=title, way_out=way_out)
        self.system = system
        self.sentences = tuple(safe_text(message).splitlines())
        """What the system said, a sentence each."""
        self.status = status
        """HTTP status, where there was one."""
        self.retry_after = retry_after
        """Seconds after which the system wants to be asked again, where it said so."""


class Unreachable(RemoteError):
    """Never got there: DNS, refused, TLS, time-out while connecting. Certainly not done."""

    title = "Sem conexão"
    way_out = "Confira a rede, a VPN e o endereço na configuração."


class Untrusted(Unreachable):
    """The server's TLS certificate is not accepted: another host's, expired, or of an unknown authority."""

    title = "Certificado recusado"
    way_out = "Confira o endereço; se a empresa usa autoridade própria, informe ca_arquivo na configuração."


class Unauthorized(RemoteError):
    """401: no or wrong key."""

    title = "Chave recusada"
    way_out = "Confira a chave de acesso na configuração; a consulta automática parou."


class Forbidden(RemoteError):
    """403: the key's owner may not, or the plan lacks the feature."""

    title = "Sem permissão"
    way_out = "Peça a permissão a quem administra o sistema."


class ScopeMissing(Forbidden):
    """403 of a token that was never given a scope: nothing changes until somebody grants it."""


class NotFound(RemoteError):
    """404: no such thing, or not visible to the key's owner."""

    title = "Não encontrado"


class Gone(NotFound):
    """It was there and exists no more, as the system itself says: no matter of who may see it."""


class Rejected(RemoteError):
    """400, 405, 409, 422 …: understood and refused; the message says why, field by field."""

    title = "Dados recusados"


class Postponed(Rejected):
    """Refused for now, as the system itself says: certainly not done, and worth another try later."""

    title = "Recusado por enquanto"
    way_out = "Tente de novo mais tarde."


class Throttled(RemoteError):
    """429: the account's limit. Certainly not done; ``retry_after`` says when to come back."""

    title = "Limite da conta"
    way_out = "Espere o tempo indicado: o limite é da conta toda."


class ServerTrouble(RemoteError):
    """5xx, a broken or oversized answer, or none in time, to a read: nothing can be told from it."""

    title = "O sistema falhou"
    way_out = "Tente de novo em instantes."


class OutcomeUnknown(RemoteError):
    """A write whose answer was lost: it may or may not have been done. Look before sending again."""

    title = "Sem resposta: pode ter sido feito"
    way_out = "Não envie de novo antes de conferir."


class DoneInPart(RemoteError):
    """It *was* done, but for what the message says that the server left out. Not to be sent again."""

    title = "Nem tudo foi aceito"


class NoteExposed(RemoteError):
    """A private note was stored, and the server did not confirm that it is private. It *was* done."""

    title = "A nota pode estar visível ao cliente"
    way_out = "Abra o ticket agora, confira e apague a nota se estiver pública. Não envie de novo."
