"""The OneDrive of people, as far as a bot may put files into it: an address that takes one file, whole, once."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from aiohttp import web

CONSENT = "application/vnd.microsoft.teams.card.file.consent"
INFO = "application/vnd.microsoft.teams.card.file.info"


@dataclass
class Drive:
    """Where allowed files arrive: `files` by their addresses, None as long as one is waited for."""

    files: dict[str, bytes | None] = field(default_factory=dict)

    def open(self, base_url: str, name: str) -> dict[str, str]:
        """What Teams tells the bot once a file of this name is allowed."""
        id_ = uuid4().hex
        self.files[id_] = None
        return {
            "contentUrl": f"https://contoso-my.sharepoint.com/personal/x/Documents/Apps/{name}",
            "name": name,
            "uploadUrl": f"{base_url}/upload/{id_}?tempauth=v1.abc",
            "uniqueId": id_,
            "fileType": name.rpartition(".")[2],
        }

    async def put(self, request: web.Request) -> web.Response:
        """Take a file. An address that has taken one is gone, as is one that nobody gave."""
        id_ = request.match_info["id"]
        if id_ not in self.files or self.files[id_] is not None:
            return web.Response(status=404)
        if "Authorization" in request.headers:
            return web.Response(status=401)
        content = await request.read()
        told = re.fullmatch(r"bytes 0-(\d+)/(\d+)", request.headers.get("Content-Range", ""))
        if told is None or (int(told[1]) + 1, int(told[2])) != (len(content), len(content)):
            return web.Response(status=416)
        self.files[id_] = content
        return web.json_response({"id": id_}, status=201)


def attached(activity: Any, kind: str) -> list[dict[str, Any]]:
    """The attachments of this kind."""
    return [one for one in activity.get("attachments") or () if one["contentType"] == kind]
