"""Pictures and files that people send along, both ways that Teams has."""

from __future__ import annotations

import io
import zipfile
from typing import Any
from uuid import uuid4

from PIL import Image

from tests.fakes.chat import Chat
from tests.fakes.values import Turn

PNG = b"\x89PNG\r\n\x1a\n" + b"a picture of an error" * 10
PDF = b"%PDF-1.7\n a page"
FILE = "application/vnd.microsoft.teams.file.download.info"


def picture(chat: Chat, content: bytes = PNG, **fields: Any) -> dict[str, Any]:
    """Return what a pasted screenshot becomes: it lies with the connector, and has no name."""
    id_ = _lay(chat, content)
    return {
        "contentType": "image/*",
        "contentUrl": f"{chat.teams.service_url}v3/attachments/{id_}/views/original",
        **fields,
    }


def file(chat: Chat, name: str, content: bytes, **fields: Any) -> dict[str, Any]:
    """Return what a file becomes: it lies in the sender's OneDrive, behind an address that needs no token."""
    info = {
        "downloadUrl": f"{chat.teams.base_url}/download/{_lay(chat, content)}?tempauth=v1.abc",
        "uniqueId": "1",
        "fileType": "x",
    }
    return {
        "contentType": FILE,
        "contentUrl": "https://contoso-my.sharepoint.com/x",
        "name": name,
        "content": info | fields,
    }


async def send_along(chat: Chat, text: str, *attachments: dict[str, Any], expect: int | None = None) -> Turn:
    """Write a message with files; Teams attaches its text once more, as HTML."""
    html = {"contentType": "text/html", "content": f"<div>{text}</div>"}
    return await chat.say(text, attachments=[*attachments, html], expect=expect)


def office(member: str = "word/document.xml", *more: str) -> bytes:
    """Return an Office document, as far as one can tell from outside."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as container:
        for name in ("[Content_Types].xml", member, *more):
            container.writestr(name, "<x/>")
    return whole.getvalue()


def screen() -> bytes:
    """A picture of a whole screen, which can be looked at."""
    content = io.BytesIO()
    Image.new("RGB", (1920, 1080), "navy").save(content, "PNG")
    return content.getvalue()


def _lay(chat: Chat, content: bytes) -> str:
    id_ = uuid4().hex
    chat.teams.contents[id_] = content
    return id_
