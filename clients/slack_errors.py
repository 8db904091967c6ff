"""What Slack's error words mean: which error to raise, in Portuguese, and was anything done (contract §2).

Slack answers a refusal with HTTP 200 and ``{"ok": false, "error": "snake_case"}``.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from .errors import (
    Forbidden,
    Gone,
    NotFound,
    OutcomeUnknown,
    Rejected,
    RemoteError,
    ScopeMissing,
    ServerTrouble,
    Throttled,
    Unauthorized,
)

SYSTEM = "Slack"
BROKE_DOWN = frozenset("internal_error fatal_error request_timeout service_unavailable".split())
"""The server failed on its way: after a write nobody knows whether it was done."""
_TOKEN = "Gere outro token no app do Slack e troque-o em [slack], na configuração."  # noqa: S105 - advice
_INVITE = "No canal, convide o app ou entre nele: /invite @nome-do-app."
_ADMIN = "Peça a quem administra o Slack."
_CHANNEL = "Confira o canal em [slack], na configuração; num canal privado o app precisa estar dentro."


@dataclass(frozen=True)
class Meaning:
    """One error word."""

    kind: type[RemoteError]
    message: str
    way_out: str | None = None
    """None: that of the kind."""


_MEANINGS: dict[str, Meaning] = {
    "not_authed": Meaning(Unauthorized, "o pedido foi sem token", _TOKEN),
    "invalid_auth": Meaning(Unauthorized, "o token não vale", _TOKEN),
    "token_revoked": Meaning(Unauthorized, "o token foi revogado", _TOKEN),
    "token_expired": Meaning(Unauthorized, "o token venceu", _TOKEN),
    "account_inactive": Meaning(Unauthorized, "a conta do token foi desativada", _TOKEN),
    "not_allowed_token_type": Meaning(Unauthorized, "este tipo de token não serve para isto", _TOKEN),
    "org_login_required": Meaning(Forbidden, "o workspace está em migração", "Tente mais tarde."),
    "team_added_to_org": Meaning(Forbidden, "o workspace está em migração", "Tente mais tarde."),
    "no_permission": Meaning(Forbidden, "o token não tem permissão para isto", _ADMIN),
    "access_denied": Meaning(Forbidden, "o acesso foi negado", _ADMIN),
    "accesslimited": Meaning(Forbidden, "o acesso a este workspace está limitado", _ADMIN),
    "ekm_access_denied": Meaning(Forbidden, "o acesso foi suspenso pela administração", _ADMIN),
    "not_in_channel": Meaning(Forbidden, "o token não está no canal", _INVITE),
    "channel_is_limited_access": Meaning(Forbidden, "o canal tem acesso restrito", _ADMIN),
    "restricted_action": Meaning(Forbidden, "uma regra do workspace impede isto", _ADMIN),
    "restricted_action_read_only_channel": Meaning(Forbidden, "o canal é só de leitura", _ADMIN),
    "restricted_action_thread_only_channel": Meaning(
        Forbidden, "neste canal só se responde em conversas já abertas", _ADMIN
    ),
    "restricted_action_non_threadable_channel": Meaning(Forbidden, "neste canal não há respostas", _ADMIN),
    "restricted_action_thread_locked": Meaning(Forbidden, "a conversa está trancada", _ADMIN),
    "thread_locked": Meaning(Forbidden, "a conversa está trancada", _ADMIN),
    "method_not_supported_for_channel_type": Meaning(Rejected, "isto não vale neste tipo de canal", _CHANNEL),
    "user_not_visible": Meaning(Forbidden, "esta pessoa não é visível para o token", _ADMIN),
    "channel_not_found": Meaning(NotFound, "o canal não existe ou não é visível para o token", _CHANNEL),
    "thread_not_found": Meaning(Gone, "a conversa não existe mais", ""),
    "message_not_found": Meaning(Gone, "a mensagem não existe mais", ""),
    "user_not_found": Meaning(NotFound, "esta pessoa não existe", ""),
    "ratelimited": Meaning(Throttled, "limite de chamadas"),
    "rate_limited": Meaning(Throttled, "limite de mensagens"),
    "message_limit_exceeded": Meaning(Throttled, "o workspace chegou ao seu limite de mensagens", _ADMIN),
    "is_archived": Meaning(Rejected, "o canal está arquivado", _CHANNEL),
    "no_text": Meaning(Rejected, "a mensagem está vazia", "Escreva a mensagem."),
    "msg_too_long": Meaning(Rejected, "a mensagem é longa demais", "Divida a mensagem."),
    "cannot_reply_to_message": Meaning(Rejected, "a esta mensagem não se responde", "Escreva no canal."),
    "invalid_cursor": Meaning(Rejected, "a página seguinte não vale mais", "Leia de novo."),
    "unknown_method": Meaning(Rejected, "este endereço não conhece o pedido", "Confira a url em [slack]."),
}
_OUR_FAULT = frozenset(
    """
    invalid_arguments invalid_arg_name invalid_array_arg invalid_charset invalid_form_data invalid_post_type
    missing_post_type invalid_json json_not_object missing_argument invalid_limit invalid_types
    invalid_ts_latest invalid_ts_oldest invalid_blocks invalid_blocks_format msg_blocks_too_long
    too_many_attachments bad_timestamp no_item_specified limit_required invalid_metadata_format
    invalid_metadata_schema metadata_too_large markdown_text_conflict
    """.split()
)
"""Refusals of how something was asked: known, and certain, and nothing that the analyst could mend."""


def error_of(
    answer: Mapping[str, object], *, writing: bool, status: int = 200, retry_after: float | None = None
) -> RemoteError:
    """Return the error that an answer without ``ok`` stands for; an unknown word is quoted as it came.

    A write that ended in an unknown word may have been done: `OutcomeUnknown`.
    """
    word = answer.get("error")
    if not isinstance(word, str) or not word:
        return nobody_knows("recusou sem dizer por quê", writing, status)
    if word == "missing_scope":
        return _scope_missing(answer)
    if word in BROKE_DOWN:
        return nobody_knows(f"o servidor falhou ({word})", writing, status)
    if meaning := _MEANINGS.get(word):
        told = f"{meaning.message} ({word})"
        return meaning.kind(SYSTEM, told, status=status, retry_after=retry_after, way_out=meaning.way_out)
    if word in _OUR_FAULT:
        return Rejected(SYSTEM, f"não aceitou o pedido ({word})", status=status, way_out="")
    if writing:
        return OutcomeUnknown(SYSTEM, f"respondeu “{word}”", status=status)
    return Rejected(SYSTEM, f"respondeu “{word}”", status=status, title="O Slack recusou", way_out=_ADMIN)


def _scope_missing(answer: Mapping[str, object]) -> ScopeMissing:
    needed = answer.get("needed")
    scope = needed if isinstance(needed, str) and needed else "?"
    return ScopeMissing(
        SYSTEM,
        f"falta ao token a permissão {scope} (missing_scope)",
        status=200,
        way_out=f"No app do Slack, acrescente o escopo {scope} em OAuth & Permissions e reinstale o app.",
    )


def nobody_knows(message: str, writing: bool, status: int) -> RemoteError:
    """Return the error of an answer from which nothing can be told."""
    return (OutcomeUnknown if writing else ServerTrouble)(SYSTEM, message, status=status)
