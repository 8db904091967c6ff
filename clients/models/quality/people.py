"""The notice, the licence's e-mail, the tool and the notify list (C1, C3–C5)."""

from collections.abc import Iterator

from ..chamado import INTEGRATIONS, TOOL_SCOPE, ChamadoDraft, Tool, convert_notify
from ..finding import Finding, Severity
from ..licence import LicenceCheck, LicenceState, TrialPolicy
from ..text import fold
from .personal import emails, is_email
from .pieces import pieces

_MAIL_EXAMPLE = "admin@padariaexemplo.com.br"


def check_notice(draft: ChamadoDraft) -> Iterator[Finding]:
    """The notice must have been read."""
    if draft.notice_read_at is None:
        yield Finding(
            "aviso.nao_lido",
            "notice_read_at",
            Severity.BLOCK,
            "Leia o aviso e confirme com Entendi.",
            "testei na base, consultei a Central de Ajuda e pedi auxílio ao suporte",
        )


def check_licence(raw: str, check: LicenceCheck | None) -> Iterator[Finding]:
    """Exactly one well-formed address, and what the licence source says of that very address."""
    email = raw.strip()
    if not email:
        yield _licence(
            "licenca.vazia",
            Severity.BLOCK,
            "Informe o e-mail admin do cliente em que o problema ocorre.",
        )
    elif ";" in email or "," in email or len(email.split()) > 1 or len(list(emails(email))) > 1:
        yield _licence(
            "licenca.varios", Severity.BLOCK, "Aqui vai um só e-mail; os outros vão em Notificar também."
        )
    elif not is_email(email):
        yield _licence("licenca.email", Severity.BLOCK, "Isto não é um e-mail válido: confira a digitação.")
    else:
        yield from _licence_state(email, check)


def _licence_state(email: str, check: LicenceCheck | None) -> Iterator[Finding]:
    if check is None or check.email.casefold() != email.casefold():
        yield _unchecked("ainda não foi conferida")
        return
    where = f" ({check.source})"
    if check.state is LicenceState.EXPIRED:
        licence = check.licence
        lapsed = "vencida" if licence is None or licence.active else "inativa"
        when = f" em {licence.expires:%d/%m/%Y}" if licence and licence.active and licence.expires else ""
        yield _licence(
            "licenca.vencida",
            Severity.BLOCK,
            f"Licença {lapsed}{when}{where}: o chamado seria reprovado. Renove antes, ou use outro e-mail.",
        )
    elif check.state is LicenceState.NOT_FOUND:
        yield _licence(
            "licenca.nao_encontrada",
            Severity.BLOCK,
            f"Nenhuma licença com este e-mail{where}. Procure no Painel em Licenças > Cadastro Licenças.",
        )
    elif check.state is LicenceState.TRIAL:
        yield from _trial(check.trials, where)
    elif check.state is LicenceState.UNCHECKED:
        yield _unchecked(check.reason or "a fonte não respondeu")


def _trial(policy: TrialPolicy, where: str) -> Iterator[Finding]:
    if policy is TrialPolicy.REFUSE:
        message = f"Licença de experiência{where}: aqui não se abre chamado para ela. Use outro e-mail."
        yield _licence("licenca.experiencia", Severity.BLOCK, message)
    elif policy is TrialPolicy.WARN:
        message = f"Licença de experiência{where}: confirme que o chamado cabe a ela."
        yield _licence("licenca.experiencia", Severity.WARN, message)


def _unchecked(reason: str) -> Finding:
    return _licence(
        "licenca.nao_verificada",
        Severity.WARN,
        f"Licença não verificada: {reason}. Confira no Painel; para enviar assim, confirme.",
        example="Painel: Licenças > Cadastro Licenças, pesquise o e-mail",
    )


def _licence(rule: str, severity: Severity, message: str, *, example: str = _MAIL_EXAMPLE) -> Finding:
    return Finding(rule, "licence_email", severity, message, example)


def check_tool(draft: ChamadoDraft) -> Iterator[Finding]:
    """One of the ten tools, and the integration where it is the Central de Integrações."""
    if draft.tool not in list(Tool):
        scopes = f"{Tool.SISTEMA} é {TOOL_SCOPE[Tool.SISTEMA]}; {Tool.PAINEL} é {TOOL_SCOPE[Tool.PAINEL]}"
        rule, message = (
            ("ferramenta.vazia", "Escolha a ferramenta em que o problema aparece.")
            if not draft.tool.strip()
            else ("ferramenta.desconhecida", "Esta ferramenta não existe: escolha uma das dez.")
        )
        yield Finding(rule, "tool", Severity.BLOCK, message, scopes)
    known = {fold(name) for name in INTEGRATIONS}
    if draft.tool == Tool.CENTRAL_DE_INTEGRACOES:
        if not draft.integration.strip():
            yield _integration("integracao.vazia", Severity.BLOCK, "Diga qual integração.")
        elif fold(draft.integration.strip()) not in known:
            yield _integration(
                "integracao.desconhecida", Severity.WARN, "Integração fora da lista: confira o nome."
            )
    elif draft.integration.strip():
        yield _integration(
            "integracao.sobrando",
            Severity.HINT,
            "A integração só é enviada com a ferramenta Central de Integrações.",
        )


def _integration(rule: str, severity: Severity, message: str) -> Finding:
    return Finding(rule, "integration", severity, message, ", ".join(INTEGRATIONS[:3]))


def check_notify(raw: str) -> Iterator[Finding]:
    """Addresses separated by ``;``; may be empty."""
    parts = pieces(raw, ";")
    if any(convert_notify(part.text) != part.text for part in parts):
        yield Finding(
            "notificar.separador",
            "notify",
            Severity.BLOCK,
            "Só os endereços, separados por ; (ponto e vírgula).",
            convert_notify(raw),
        )
        return
    seen: set[str] = set()
    for part in parts:
        if not is_email(part.text):
            yield Finding(
                "notificar.invalido",
                "notify",
                Severity.BLOCK,
                f"“{part.text}” não é um e-mail válido.",
                f"{_MAIL_EXAMPLE}; suporte@parceiroexemplo.com.br",
                part.span,
            )
        elif part.text.casefold() in seen:
            yield Finding(
                "notificar.repetido",
                "notify",
                Severity.HINT,
                f"“{part.text}” aparece mais de uma vez.",
                "",
                part.span,
            )
        seen.add(part.text.casefold())
