"""What of a mail was written, and what it merely quotes."""

import re

_QUOTE_STARTS = re.compile(
    r"^\s*(?:>|-{2,}\s*(?:mensagem original|original message|forwarded|mensagem encaminhada)|_{10,}$"
    r"|(?:em|on)\b.{4,120}\b(?:escreveu|wrote):\s*$)",
    re.IGNORECASE,
)
_MAIL_HEADER = re.compile(
    r"^\s*(?:de|from|enviad[ao](?: em)?|sent|para|to|assunto|subject|cc|data|date):", re.I
)


def split_quote(text: str) -> tuple[str, str]:
    """Split a mail into what was written and the quoted mail below it ("" if there is none).

    Quotation in the middle, with an answer below it, stays where it is: only a tail is split off. A mail
    that is nothing but quotation is all body.
    """
    lines = text.rstrip().split("\n")
    for index, line in enumerate(lines):
        if index and _begins_tail(lines, index, line):
            body = "\n".join(lines[:index]).rstrip()
            return (body, "\n".join(lines[index:])) if body.strip() else (text.strip("\n"), "")
    return text.strip("\n"), ""


def _begins_tail(lines: list[str], index: int, line: str) -> bool:
    if line.lstrip().startswith(">"):
        return all(not rest.strip() or rest.lstrip().startswith(">") for rest in lines[index:])
    if _QUOTE_STARTS.match(line):
        return True
    # a block of mail headers: "De: … / Enviado: … / Para: …"
    return (
        bool(_MAIL_HEADER.match(line))
        and sum(1 for rest in lines[index : index + 4] if _MAIL_HEADER.match(rest)) >= 3
    )
