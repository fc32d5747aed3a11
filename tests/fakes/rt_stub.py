"""As much of Request Tracker's REST 2 as a desk needs, in memory, with its traps; the contract of desks holds it to the real one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

OURS = "triage"


@dataclass
class TrackerStub:
    """`tickets` by number; `transactions` in order. `fault` may answer any call in its place; a `lost` one is carried out before."""

    queue: str = "Microsoft 365"
    with_field: bool = True
    tickets: dict[int, dict[str, Any]] = field(default_factory=dict)
    transactions: list[dict[str, Any]] = field(default_factory=list)
    attached: list[dict[str, str]] = field(default_factory=list)
    fault: int = 0
    lost: int = 0
    hidden: int = 0  # so many searches find nothing, as while another create is under way

    def application(self) -> web.Application:
        app = web.Application(middlewares=[self._misbehave])
        base = "/REST/2.0"
        app.add_routes(
            [
                web.get(base + "/rt", self._version),
                web.get(base + "/queue/{queue}", self._queue),
                web.get(base + "/tickets", self._search),
                web.post(base + "/ticket", self._create),
                web.get(base + "/ticket/{id}", self._ticket),
                web.put(base + "/ticket/{id}", self._update),
                web.post(base + "/ticket/{id}/{kind:comment|correspond}", self._write),
                web.get(base + "/transactions", self._transactions),
                web.get(base + "/transaction/{id}/attachments", self._attachments),
                web.get(base + "/user/{user}", self._user),
            ]
        )
        return app

    def change(self, ticket: int, type_: str, user: str = OURS, **values: str) -> None:
        """Something happens to a ticket."""
        made = {
            "id": str(len(self.transactions) + 1),
            "Type": type_,
            "Creator": {"id": user},
            "ObjectId": str(ticket),
            **dict.fromkeys(("Data", "Field", "OldValue", "NewValue", "Content"), ""),
            **values,
        }
        self.transactions.append(made)

    @web.middleware
    async def _misbehave(self, request: web.Request, handler: Any) -> web.StreamResponse:
        if not request.headers.get("Authorization", "").startswith("token "):
            return web.json_response({"message": "Unauthorized"}, status=401)
        if self.fault:
            return web.json_response({"message": "a fault"}, status=self.fault)
        response: web.StreamResponse = await handler(request)
        if self.lost and request.method == "POST" and request.transport is not None:
            self.lost -= 1
            request.transport.abort()
        return response

    async def _version(self, _request: web.Request) -> web.Response:
        return web.json_response({"Version": "5.0.3"})

    async def _queue(self, request: web.Request) -> web.Response:
        if request.match_info["queue"] != self.queue:
            return web.json_response({"message": "Not Found"}, status=404)
        fields = [{"name": "CaseId"}] if self.with_field else []
        return web.json_response({"Name": self.queue, "TicketCustomFields": fields})

    async def _search(self, request: web.Request) -> web.Response:
        if self.hidden and "CaseId" in request.query["query"]:
            self.hidden -= 1
            return web.json_response({"items": []})
        query = request.query["query"]
        if subject := re.search(r"Subject LIKE '([^']*)'", query):
            new = [one for one in self.tickets.values() if subject[1] in one["Subject"] and one["Status"] == "new"]
            return web.json_response({"items": new, "count": len(new)})
        found = re.search(r"CF\.\{CaseId\} = '([^']*)'", query)
        assert found, query
        items = [one for one in self.tickets.values() if found[1] in one["CustomFields"][0]["values"]]
        return web.json_response({"items": items, "count": len(items)})

    async def _create(self, request: web.Request) -> web.Response:
        wanted = await request.json()
        if wanted["Queue"] != self.queue:
            return web.json_response({"message": "No permission to create tickets in the queue"}, status=403)
        number, case = len(self.tickets) + 1, wanted["CustomFields"]["CaseId"]
        taken = any(case in one["CustomFields"][0]["values"] for one in self.tickets.values())
        values = [case] if self.with_field and not taken else []  # 201 all the same: that is the trap
        self.tickets[number] = {
            "id": str(number),
            "Status": "new",
            **{name: wanted[name] for name in ("Subject", "Content", "Priority")},
            "CustomFields": [{"name": "CaseId", "values": values}],
        }
        self.change(number, "Create")
        self._attach(wanted)
        return web.json_response({"id": str(number), "type": "ticket"}, status=201)

    def _attach(self, sent: dict[str, Any]) -> None:
        """Keep what came along. Names are taken for bytes: a character that is none ends in an error of the server."""
        for one in sent.get("Attachments", ()):
            name = one["FileName"].encode("latin-1").decode("utf-8", "replace")
            self.attached.append({**one, "FileName": name})

    async def _ticket(self, request: web.Request) -> web.Response:
        return web.json_response(self.tickets[int(request.match_info["id"])])

    async def _update(self, request: web.Request) -> web.Response:
        number, wanted = int(request.match_info["id"]), await request.json()
        old = self.tickets[number]["Status"]
        self.tickets[number].update(wanted)
        if wanted.get("Status", old) != old:
            self.change(number, "Status", OldValue=old, NewValue=wanted["Status"], Field="Status")
        return web.json_response([])

    async def _write(self, request: web.Request) -> web.Response:
        said = await request.json()
        kind = request.match_info["kind"].capitalize()
        self._attach(said)
        self.change(int(request.match_info["id"]), kind, Data=f"{said['Subject']}\n", Content=said["Content"])
        return web.json_response(["added"], status=201)

    async def _transactions(self, request: web.Request) -> web.Response:
        query = request.query["query"]
        one, subject = re.search(r"TicketId = (\d+)", query), re.search(r"Subject = '([^']*)'", query)
        after = re.search(r"\bid > (\d+)", query)
        items = [
            change
            for change in self.transactions
            if (not one or change["ObjectId"] == one[1])
            and (not subject or change["Data"].strip() == subject[1])
            and (not after or int(change["id"]) > int(after[1]))
        ]
        size, page = int(request.query["per_page"]), int(request.query["page"])
        return web.json_response({"items": items[(page - 1) * size : page * size]})

    async def _attachments(self, request: web.Request) -> web.Response:
        found = next(one for one in self.transactions if one["id"] == request.match_info["id"])
        return web.json_response({"items": [{"ContentType": "text/plain", "Content": found["Content"]}]})

    async def _user(self, request: web.Request) -> web.Response:
        return web.json_response(
            {"Name": request.match_info["user"], "RealName": f"{request.match_info['user'].title()} Agent"}
        )
