"""As much of django-helpdesk's REST API as a desk needs, in memory, with its traps."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from aiohttp import web


@dataclass
class HelpdeskStub:
    """`tickets` in order. `fault` answers any call in its place; a `lost` one is carried out before its line drops."""

    tickets: list[dict[str, Any]] = field(default_factory=list)
    fault: int = 0
    lost: int = 0
    hidden: int = 0  # so many listings show nothing, as while another create is under way

    def application(self) -> web.Application:
        app = web.Application(middlewares=[self._misbehave])
        app.add_routes(
            [
                web.get("/helpdesk/api/tickets/", self._list),
                web.post("/helpdesk/api/tickets/", self._create),
                web.get("/helpdesk/api/tickets/{id}/", self._ticket),
                web.patch("/helpdesk/api/tickets/{id}/", self._update),
                web.post("/helpdesk/api/followups/", self._follow_up),
            ]
        )
        return app

    @web.middleware
    async def _misbehave(self, request: web.Request, handler: Any) -> web.StreamResponse:
        if self.fault:
            return web.json_response({"detail": "a fault"}, status=self.fault)
        response: web.StreamResponse = await handler(request)
        if self.lost and request.method == "POST" and request.transport is not None:
            self.lost -= 1
            request.transport.abort()
        return response

    async def _list(self, request: web.Request) -> web.Response:
        """Whatever it is asked to filter by, it shows all: that is the trap."""
        size, page = int(request.query["page_size"]), int(request.query.get("page", 1))
        shown = self.tickets[(page - 1) * size : page * size]
        if self.hidden:
            self.hidden, shown = self.hidden - 1, []
        return web.json_response({"count": len(self.tickets), "results": shown})

    async def _create(self, request: web.Request) -> web.Response:
        wanted = await request.json()
        made = {"id": len(self.tickets) + 1, "status": 1, "on_hold": False, "followup_set": [], **wanted}
        self.tickets.append(made)
        return web.json_response(made, status=201)

    async def _ticket(self, request: web.Request) -> web.Response:
        return web.json_response(self.tickets[int(request.match_info["id"]) - 1])

    async def _update(self, request: web.Request) -> web.Response:
        self.tickets[int(request.match_info["id"]) - 1].update(await request.json())
        return web.json_response({})

    async def _follow_up(self, request: web.Request) -> web.Response:
        said = await request.json()
        ticket = self.tickets[said["ticket"] - 1]
        ticket["title"] = said["title"]  # it renames the ticket: that is the trap
        ticket["followup_set"].append({"comment": said["comment"]})
        return web.json_response(said, status=201)
