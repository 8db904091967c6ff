"""Addresses of attachments: good for five minutes, for whoever holds them, and only without another login."""

import hashlib
import hmac
from datetime import datetime, timedelta
from urllib.parse import quote, urlencode

EXPIRES = timedelta(seconds=300)
_FORMAT = "%Y%m%dT%H%M%SZ"


def signed_url(base: str, secret: str, attachment_id: int, name: str, now: datetime) -> str:
    """The address of a file, valid for `EXPIRES` from ``now``."""
    date = now.strftime(_FORMAT)
    query = {
        "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
        "X-Amz-Date": date,
        "X-Amz-Expires": str(int(EXPIRES.total_seconds())),
        "X-Amz-Signature": _sign(secret, attachment_id, date),
    }
    return f"{base}/data/helpdesk/attachments/{attachment_id}/original/{quote(name)}?{urlencode(query)}"


def still_good(secret: str, attachment_id: int, date: str, signature: str, now: datetime) -> bool:
    """Whether the signature is ours and not yet expired."""
    if not hmac.compare_digest(_sign(secret, attachment_id, date), signature):
        return False
    signed = datetime.strptime(date, _FORMAT).replace(tzinfo=now.tzinfo)
    return now <= signed + EXPIRES


def _sign(secret: str, attachment_id: int, date: str) -> str:
    return hmac.new(secret.encode(), f"{attachment_id}/{date}".encode(), hashlib.sha256).hexdigest()
