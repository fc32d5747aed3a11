"""What a bot does behind the scenes: how many clients it builds, and when it signs in."""

from __future__ import annotations

import json
import threading
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from msrest.universal_http.requests import ClientRetryPolicy

from tests.bot.channel.login import metadata


def count_clients(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Count the SDK's REST clients by what is dear in each: its retry policy."""
    clients: list[str] = []
    build = ClientRetryPolicy.__init__

    def counted(policy: ClientRetryPolicy) -> None:
        clients.append("client")
        build(policy)

    monkeypatch.setattr(ClientRetryPolicy, "__init__", counted)
    return clients


def stand_in_for_login(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Answer for Microsoft's login service, and let all other calls through; return the list of what was asked."""
    asked: list[tuple[str, str]] = []
    send = requests.adapters.HTTPAdapter.send

    def answer(adapter: Any, request: requests.PreparedRequest, **options: Any) -> requests.Response:
        if urlsplit(request.url).hostname != "login.microsoftonline.com":
            return send(adapter, request, **options)
        asked.append((str(request.method), threading.current_thread().name))
        token = {"access_token": "token", "expires_in": 3600, "token_type": "Bearer"}
        response = requests.Response()
        response.status_code, response.encoding = 200, "utf-8"
        body = token if request.method == "POST" else metadata(str(request.url))
        response._content = json.dumps(body).encode()
        return response

    monkeypatch.setattr(requests.adapters.HTTPAdapter, "send", answer)
    return asked
