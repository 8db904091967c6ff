"""A letter as it travels: headers, a text and an HTML part, safe for every server on the way."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from .errors import Rejected
from .models.letter import Letter
from .models.text import safe_text

SYSTEM = "E-mail"
_LONGEST_SUBJECT = 200
_ENCODING = "quoted-printable"
"""Survives servers that know only ASCII, and keeps lines short however long a paragraph is."""


@dataclass(frozen=True)
class Sender:
    """Who writes."""

    address: str
    name: str = ""

    @property
    def domain(self) -> str:
        """What follows the @."""
        return self.address.rpartition("@")[2]


def as_message(letter: Letter, sender: Sender, now: datetime) -> EmailMessage:
    """Return the message. Raises Rejected where ``letter.to`` is not the address of one person."""
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(safe_text(sender.name, multiline=False), addr_spec=sender.address)
    message["To"] = Address(addr_spec=wire_address(letter.to))
    message["Subject"] = _shortened(letter.subject)
    message["Date"] = now
    message["Message-ID"] = message_id(letter.message_key, sender.domain)
    if letter.thread_key:
        # a first letter that was never sent: whatever arrives, and in whatever order, hangs on it
        root = message_id(letter.thread_key, sender.domain)
        message["In-Reply-To"] = root
        message["References"] = root
    message["Auto-Submitted"] = "auto-generated"  # absence notices do not answer these (RFC 3834)
    message["X-Auto-Response-Suppress"] = "All"  # the same to Exchange
    message["Content-Language"] = "pt-BR"
    message.set_content(letter.text, cte=_ENCODING)
    message.add_alternative(letter.html, subtype="html", cte=_ENCODING)
    for part in message.iter_parts():
        del part["MIME-Version"]  # belongs to the whole; the library gives the second part one, too
    return message


def message_id(key: str, domain: str) -> str:
    """The Message-ID of ``key``: the same whenever and wherever it is asked for."""
    digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
    return f"<plantao.{digest[:32]}@{domain}>"


def wire_address(address: str) -> str:
    """Return one address in ASCII, its domain as DNS has it. Raises Rejected where it is none."""
    from email_validator import EmailNotValidError, validate_email

    try:
        checked = validate_email(
            address.strip(),
            check_deliverability=False,
            globally_deliverable=False,  # a company's own server may have names of its own
            allow_smtputf8=False,  # accents left of the @ ask too much of the servers on the way
        )
        return checked.ascii_email or checked.normalized
    except EmailNotValidError:
        told = f"“{safe_text(address, multiline=False)}” não é um endereço de e-mail que se possa usar"
    raise Rejected(SYSTEM, told, way_out="Corrija o endereço.")


def _shortened(subject: str) -> str:
    return subject if len(subject) <= _LONGEST_SUBJECT else f"{subject[:_LONGEST_SUBJECT]}…"
