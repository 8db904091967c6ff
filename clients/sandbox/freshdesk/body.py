"""Bodies: JSON, or multipart with ``attachments[]``, arrays ``tags[]`` and hashes ``custom_fields[x]``."""

import json
import re
from dataclasses import dataclass, field

from starlette.datastructures import UploadFile
from starlette.requests import Request

from .answers import bad_value, coded

_HASH = re.compile(r"(\w+)\[(\w+)\]")


@dataclass(frozen=True)
class Upload:
    """A file that came with a request."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True)
class Body:
    """Values and files of a request. In a multipart one every value is text."""

    values: dict[str, object] = field(default_factory=dict)
    files: tuple[Upload, ...] = ()
    multipart: bool = False


async def read_body(request: Request) -> Body:
    """Read the body; 415 for other types, 400 for JSON that is none."""
    content_type = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if content_type == "multipart/form-data":
        return await _multipart(request)
    content = await request.body()
    if not content:
        return Body()
    if content_type != "application/json":
        message = f"Content-Type header is set to {content_type}. It should be set to application/json"
        raise coded(415, "invalid_content_type", message)
    try:
        values = json.loads(content)
    except ValueError:
        raise _not_json() from None
    if not isinstance(values, dict):
        raise _not_json()
    return Body(values)


def _not_json() -> Exception:
    return coded(
        400, "invalid_json", "Request body has invalid json format. Make sure you check for any syntax errors"
    )


async def _multipart(request: Request) -> Body:
    values: dict[str, object] = {}
    files: list[Upload] = []
    async with request.form(max_part_size=32 * 1024 * 1024) as form:
        for key, value in form.multi_items():
            if isinstance(value, UploadFile):
                if key != "attachments[]":
                    raise bad_value("attachments", "Files are sent as attachments[]")
                kind = value.content_type or "application/octet-stream"
                files.append(Upload(value.filename or "arquivo", kind, await value.read()))
            elif key.endswith("[]"):
                items = values.setdefault(key[:-2], [])
                if isinstance(items, list):
                    items.append(value)
            elif match := _HASH.fullmatch(key):
                group = values.setdefault(match[1], {})
                if isinstance(group, dict):
                    group[match[2]] = value
            else:
                values[key] = value
    return Body(values, tuple(files), multipart=True)
