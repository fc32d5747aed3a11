"""Microsoft Graph, as far as the bot asks it: the directory roles of a person, in pages of two."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from aiohttp import web

PAGE = 2


class FakeGraph:
    """`roles` are the template ids of each person; the other fields make it misbehave. `asked` are the persons asked about."""

    def __init__(self, roles: Mapping[str, list[str]] | None = None) -> None:
        self.roles = dict(roles or {})
        self.status = 200
        self.headers: dict[str, str] = {}
        self.body: Any = None
        self.hangs = False
        self.elsewhere = ""
        self.asked: list[str] = []
        self.authorizations: list[str] = []
        self.application = web.Application()
        path = "/v1.0/users/{person}/transitiveMemberOf/microsoft.graph.directoryRole"
        self.application.add_routes([web.get(path, self._answer)])

    async def _answer(self, request: web.Request) -> web.Response:
        person = request.match_info["person"]
        self.asked.append(person)
        self.authorizations.append(request.headers.get("Authorization", ""))
        assert request.headers["ConsistencyLevel"] == "eventual"  # Graph refuses the cast to a role without it
        assert request.query["$count"] == "true"
        if self.hangs:
            await asyncio.sleep(60)
        if self.status != 200:
            return web.json_response({"error": {"code": "x"}}, status=self.status, headers=self.headers)
        if self.body is not None:
            return web.Response(text=self.body, content_type="application/json")
        if person not in self.roles:
            return web.json_response({"error": {"code": "Request_ResourceNotFound"}}, status=404)
        return web.json_response(self._page(request, self.roles[person]))

    def _page(self, request: web.Request, roles: list[str]) -> dict[str, Any]:
        start = int(request.query.get("$skiptoken", "0"))
        value = [{"id": f"{number}", "roleTemplateId": role} for number, role in enumerate(roles)][start : start + PAGE]
        page: dict[str, Any] = {"@odata.count": len(roles), "value": value}
        if start + PAGE < len(roles):
            base = self.elsewhere or f"{request.scheme}://{request.host}"
            page["@odata.nextLink"] = f"{base}{request.path}?$count=true&$skiptoken={start + PAGE}"
        return page
