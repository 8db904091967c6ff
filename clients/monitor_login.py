"""The login form of a site meant for people: found by its password field, filled, kept to its own origin."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from pydantic import SecretStr

from .errors import SourceError

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_TYPED = frozenset(("", "text", "email", "tel", "search", "number"))


@dataclass(frozen=True)
class LoginForm:
    """A form that asks for a password."""

    action: str
    """Absolute address that it is sent to."""
    fields: dict[str, str]
    """What the page put into it, hidden anti-forgery fields included."""
    user_field: str
    password_field: str

    def filled(self, user: str, password: SecretStr) -> dict[str, str | SecretStr]:
        """Return the form as it is sent."""
        return {**self.fields, self.user_field: user, self.password_field: password}


def find_login(html: str, url: str, *, user_field: str = "", password_field: str = "") -> LoginForm | None:
    """Return the login form of a page fetched from ``url``; None where it has none.

    A form with two passwords changes one, and is no login. `SourceError` where the form would put the
    password into the address, or has no field for the user.
    """
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(html)
    for form in tree.css("form"):
        passwords = [node for node in form.css("input") if _kind(node) == "password"]
        if len(passwords) != 1:
            continue
        if (form.attributes.get("method") or "get").strip().casefold() != "post":
            raise _unusable(url, "o formulário de entrada poria a senha no endereço (method=get)")
        secret = password_field or passwords[0].attributes.get("name") or ""
        user = user_field or _user_field(form, passwords[0])
        if not secret or not user:
            raise _unusable(url, "o formulário de entrada não tem campo de usuário ou de senha com nome")
        base = tree.css_first("base[href]")
        root = urljoin(url, base.attributes.get("href") or "") if base is not None else url
        action = urljoin(root, (form.attributes.get("action") or "").strip()) or url
        if not (form.attributes.get("action") or "").strip():
            action = url
        return LoginForm(action, _prefilled(form), user, secret)
    return None


def _user_field(form: "LexborNode", password: "LexborNode") -> str:
    name = ""
    for node in form.css("input"):
        if node.mem_id == password.mem_id:
            break
        if _kind(node) in _TYPED and node.attributes.get("name"):
            name = node.attributes["name"] or ""
    return name


def _prefilled(form: "LexborNode") -> dict[str, str]:
    fields: dict[str, str] = {}
    submitted = False
    for node in form.css("input, button, select, textarea"):
        attributes = node.attributes
        name, kind = attributes.get("name"), _kind(node)
        if not name or "disabled" in attributes:
            continue
        if node.tag == "button" or kind in ("submit", "image", "button", "reset"):
            # as a browser does: the button that was pressed goes along, the others do not
            if not submitted and (kind == "submit" or (node.tag == "button" and not kind)):
                fields[name] = attributes.get("value") or ""
                submitted = True
        elif kind in ("checkbox", "radio"):
            if "checked" in attributes:
                fields[name] = attributes.get("value") or "on"
        elif node.tag == "select":
            fields[name] = _chosen(node)
        elif node.tag == "textarea":
            fields[name] = node.text()
        elif kind not in ("password", "file"):
            fields.setdefault(name, attributes.get("value") or "")
    return fields


def _chosen(select: "LexborNode") -> str:
    options = select.css("option[selected]") or select.css("option")
    if not options:
        return ""
    value = options[0].attributes.get("value")
    return options[0].text() if value is None else value


def _kind(node: "LexborNode") -> str:
    return (node.attributes.get("type") or "").strip().casefold()


def _unusable(url: str, why: str) -> SourceError:
    return SourceError(
        f"{url.partition('?')[0]}: {why}",
        title="Entrada do monitoramento",
        way_out="Confira caminho_login, campo_usuario e campo_senha em [monitor.pagina].",
    )
