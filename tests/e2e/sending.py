"""What the Playground cannot do: send a file along, and allow one. Posted to the bot as Teams would, in the Playground's conversation."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.request import Request, urlopen
from uuid import uuid4

from tests.fakes.sending import FILE


@dataclass
class Drive:
    """A OneDrive on this machine: what lies there to be fetched, and what was put there."""

    url: str
    there: dict[str, bytes] = field(default_factory=dict)

    def lay(self, name: str, content: bytes) -> dict[str, Any]:
        """Lay a file there; the attachment with which Teams tells the bot of it."""
        self.there[f"/{name}"] = content
        info = {"downloadUrl": f"{self.url}/{name}", "uniqueId": "1", "fileType": name.rpartition(".")[2]}
        return {"contentType": FILE, "contentUrl": "https://contoso-my.sharepoint.com/x", "name": name, "content": info}

    def room(self, name: str) -> dict[str, str]:
        """Where a file of this name may be put, as Teams tells the bot."""
        url = f"{self.url}/put/{name}"
        return {"uploadUrl": url, "contentUrl": url, "name": name, "uniqueId": "2", "fileType": name.rpartition(".")[2]}


@contextmanager
def drive() -> Iterator[Drive]:
    """Serve one, until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(200, here.there[self.path])

        def do_PUT(self) -> None:
            here.there[self.path] = self.rfile.read(int(self.headers["Content-Length"]))
            self._answer(201, b"{}")

        def _answer(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    here = Drive(f"http://127.0.0.1:{server.server_port}")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield here
    finally:
        server.shutdown()
        server.server_close()


def post(bot_url: str, playground: str, who: Mapping[str, str], activity: Mapping[str, Any]) -> None:
    """Somebody, of this name, tenant and id, does this in their personal chat."""
    name, tenant = who["name"], who["tenant"]
    whole = {
        "id": f"{uuid4()}",
        "channelId": "msteams",
        "serviceUrl": f"{playground}_connector",
        "from": {"id": f"29:{name}-{tenant}", "name": name, "aadObjectId": who["id"]},
        "recipient": {"id": "00000000-0000-0000-0000-00000000000011", "name": "Test Bot"},
        "conversation": {"id": f"a:{name}-{tenant}", "conversationType": "personal", "tenantId": tenant},
        "channelData": {"tenant": {"id": tenant}},
        **activity,
    }
    request = Request(f"{bot_url}/api/messages", json.dumps(whole).encode(), {"Content-Type": "application/json"})
    with urlopen(request, timeout=20) as answer:
        assert answer.status == 200
