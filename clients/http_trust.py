"""Whom to believe: certificate authorities, and nobody's cookies."""

import functools
import ssl
from http.cookiejar import CookieJar, DefaultCookiePolicy
from pathlib import Path

import certifi

from .errors import SettingsError


@functools.lru_cache
def tls(ca_file: Path | None) -> ssl.SSLContext:
    """Return the verifying context: public authorities, the machine's own, and those of ``ca_file``."""
    context = ssl.create_default_context(cafile=certifi.where())
    context.load_default_certs()  # the company's authority is often installed on the machine
    fault = ""
    try:
        if ca_file is not None:
            context.load_verify_locations(ca_file)
    except ssl.SSLError:
        fault = "não contém certificados"
    except OSError as error:
        fault = "não existe" if isinstance(error, FileNotFoundError) else "não pode ser lido"
    if fault:
        raise SettingsError(f"ca_arquivo: {ca_file} {fault}")
    return context


def no_cookies() -> CookieJar:
    """Return a jar that refuses every cookie: the library's own would send one to another port."""
    return CookieJar(DefaultCookiePolicy(allowed_domains=()))
