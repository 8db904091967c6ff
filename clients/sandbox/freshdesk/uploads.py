"""Files that came with a write: kept on disk before the row that names them is written."""

import os

from ..rows import AttachmentRow
from ..state import Change
from .answers import bad_value
from .call import Call

MAX_BYTES = 20 * 1024 * 1024
FIRST_ATTACHMENT = 95000001001


def keep_files(call: Call, ticket_id: int, conversation_id: int | None) -> list[Change]:
    """Write the files of this call and return the rows to save; 400 if the ticket's sum exceeds 20 MB."""
    if not call.files:
        return []
    already = sum(row["size"] for row in call.state.attachments.of_ticket(ticket_id))
    if already + sum(len(file.content) for file in call.files) > MAX_BYTES:
        raise bad_value("attachments", "The total size of all the attachments should not exceed 20 MB")
    first = call.state.attachments.next_id(FIRST_ATTACHMENT)
    rows: list[AttachmentRow] = []
    for number, upload in enumerate(call.files, first):
        with (call.state.blobs / str(number)).open("wb") as file:
            file.write(upload.content)
            file.flush()
            os.fsync(file.fileno())
        rows.append(
            {
                "id": number,
                "ticket_id": ticket_id,
                "conversation_id": conversation_id,
                "name": upload.name,
                "content_type": upload.content_type,
                "size": len(upload.content),
                "blob": str(number),
                "created_at": call.stamp,
            }
        )
    return [(call.state.attachments, list(rows))]
