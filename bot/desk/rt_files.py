"""Files as Request Tracker takes them by REST 2."""

from __future__ import annotations

import asyncio
from base64 import b64encode

from bot.desk.attached import Attached


async def rt_attachments(files: Attached) -> dict[str, list[dict[str, str]]]:
    """The files as RT takes them beside a text; encoded aside, since they may be large.

    RT puts a name into a header as it is: it has to be the bytes of UTF-8, one in each character. Of "é" it makes rubbish otherwise, and
    with a "’" the ticket fails.
    """
    encoded = [(file, (await asyncio.to_thread(b64encode, content)).decode()) for file, content in files.files]
    sent = [
        {"FileName": file.name.encode().decode("latin-1"), "FileType": file.kind, "FileContent": content}
        for file, content in encoded
    ]
    return {"Attachments": sent} if sent else {}
