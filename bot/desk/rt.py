"""Request Tracker 5 as a desk, by REST 2: one ticket for each case, found by its custom field `CaseId`."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

from bot.desk.attached import Bytes, attached
from bot.desk.contract import Handover, TryLater, Undeliverable, Unwanted
from bot.desk.rt_files import rt_attachments
from bot.desk.told import Wording, without_news
from bot.desk.web import Reply, Web
from dialogs.notices import OPENED
from handoff.case import Case
from handoff.rulebook import Severity, Status

FIELD = "CaseId"
CALL_SECONDS = 20.0
PAGE = 100
GONE = {"rejected", "deleted"}
PRIORITY: Mapping[Severity | None, int] = {Severity.A: 90, Severity.B: 50, Severity.C: 10, None: 0}
STATUS: Mapping[Status, str] = {
    Status.WITH_ADMINISTRATOR: "open",
    Status.ACKNOWLEDGED: "open",
    Status.WAITING: "stalled",
    Status.RESOLVED: "resolved",
    Status.CLOSED: "resolved",
    Status.REOPENED: "open",
}


class RequestTracker:
    """Tickets in one queue. RT has no idempotency key, so: search by CaseId, create, read back, and reject what lost a race."""

    def __init__(self, url: str, queue: str, token: str, wording: Wording, web: Web, shelf: Bytes) -> None:
        self._base = url.rstrip("/") + "/REST/2.0"
        self._queue = queue
        self._headers = {"Authorization": f"token {token}", "Content-Type": "application/json"}
        self._wording = wording
        self._web = web
        self._shelf = shelf

    async def deliver(self, handover: Handover, reference: str) -> str:
        """Open the case's ticket if it has none, then tell what happened, once. Returns the ticket's number."""
        ticket = reference
        if not ticket:
            ticket = await self._find(handover.case.number) or await self._create(handover)
            await self._sweep(ticket, handover.case.number)
        if handover.event.verb != OPENED:
            await self._comment(ticket, handover)
        await self._adjust(ticket, handover.case)
        return ticket

    async def reach(self) -> str:
        """Look at the queue and at its custom field. Raises `TryLater` or `Undeliverable` saying what is missing."""
        found = await self._get(f"/queue/{quote(self._queue, safe='')}")
        if FIELD not in {field.get("name") for field in found.get("TicketCustomFields", ())}:
            raise Undeliverable(f"the queue {self._queue!r} has no custom field {FIELD!r} that we can see")
        version = (await self._get("/rt")).get("Version", "")
        return f"RT {version}, queue {self._queue!r}"

    async def changes(self, query: str) -> list[dict[str, Any]]:
        """The transactions of tickets that a query finds, oldest first; RT alone would take a queue of the same number for a ticket."""
        fields = "Type,Field,OldValue,NewValue,Creator,Created,ObjectId"
        asked = {"query": f"ObjectType = 'RT::Ticket' AND {query}", "fields": fields, "per_page": str(PAGE)}
        found: list[dict[str, Any]] = []
        while len(found) % PAGE == 0:
            path = f"/transactions?{urlencode({**asked, 'page': len(found) // PAGE + 1}, quote_via=quote)}"
            items = (await self._get(path)).get("items", ())
            if not items:
                break
            found += items
        return sorted(found, key=lambda one: int(one["id"]))

    async def words(self, transaction: str) -> str:
        """The text of a transaction: its first part that is plain text."""
        fields = urlencode({"fields": "Content,ContentType"})
        found = await self._get(f"/transaction/{transaction}/attachments?{fields}")
        texts = [one.get("Content") or "" for one in found.get("items", ()) if one.get("ContentType") == "text/plain"]
        return next(iter(texts), "").strip()

    async def case_of(self, ticket: str) -> str:
        """The number of the case that a ticket is of, or empty."""
        return next(iter(_values(await self._get(f"/ticket/{ticket}"))), "")

    async def name_of(self, user: str) -> str:
        """What to call a user of RT."""
        reply = await self._call("GET", f"/user/{quote(user, safe='')}")
        found = reply.json() if reply.well else {}
        return str(found.get("RealName") or user) if isinstance(found, dict) else user

    async def _find(self, number: str) -> str:
        """The case's ticket, or empty; of several the oldest."""
        query = f"Queue = '{quoted(self._queue)}' AND CF.{{{FIELD}}} = '{quoted(number)}'"
        found = await self._get(
            f"/tickets?{urlencode({'query': query, 'fields': 'Status,CustomFields'}, quote_via=quote)}"
        )
        ours = [one for one in found.get("items", ()) if number in _values(one) and one.get("Status") not in GONE]
        return min((str(one["id"]) for one in ours), key=int, default="")

    async def _create(self, handover: Handover) -> str:
        case = handover.case
        handover = without_news(handover)
        files = await attached(handover.files, self._shelf)
        made = await self._send(
            "POST",
            "/ticket",
            {
                "Queue": self._queue,
                "Subject": self._wording.subject(handover)[:200],
                "Content": self._wording.text(handover, whole=True, files=files),
                "ContentType": "text/plain",
                "Priority": PRIORITY[case.severity],
                "CustomFields": {FIELD: case.number},
                **await rt_attachments(files),
            },
        )
        ticket = str(made.get("id") or "") if isinstance(made, dict) else ""
        if not ticket.isdecimal():
            raise TryLater("RT did not say which ticket it made")
        if case.number in _values(await self._get(f"/ticket/{ticket}")):
            return ticket
        return await self._adopted(ticket, case.number)

    async def _adopted(self, orphan: str, number: str) -> str:
        """Another ticket has the case: ours came second, keeps no CaseId, and is rejected."""
        winner = await self._find(number)
        await self._send("PUT", f"/ticket/{orphan}", {"Status": "rejected"})
        if not winner:
            raise Undeliverable(f"RT does not keep the custom field {FIELD!r} in the queue {self._queue!r}")
        return winner

    async def _sweep(self, ticket: str, number: str) -> None:
        """Reject what else a create of ours left whose answer never came: it has the case's subject, and no CaseId."""
        query = f"Queue = '{quoted(self._queue)}' AND Subject LIKE '[{quoted(number)}]' AND Status = 'new'"
        asked = urlencode({"query": query, "fields": "Status,Subject,CustomFields"}, quote_via=quote)
        for one in (await self._get(f"/tickets?{asked}")).get("items", ()):
            ours = str(one.get("Subject", "")).startswith(f"[{number}]") and not any(_values(one))
            if ours and str(one["id"]) != ticket:
                await self._send("PUT", f"/ticket/{one['id']}", {"Status": "rejected"})

    async def _comment(self, ticket: str, handover: Handover) -> None:
        """Tell what happened, unless it was told already: the subject of our comments is their key."""
        query = f"TicketId = {int(ticket)} AND Type = 'Comment' AND Subject = '{quoted(handover.key)}'"
        if await self.changes(query):
            return
        files = await attached(handover.files, self._shelf)
        text = self._wording.text(handover, whole=False, files=files)
        comment = {"Subject": handover.key, "Content": text, "ContentType": "text/plain", **await rt_attachments(files)}
        await self._send("POST", f"/ticket/{ticket}/comment", comment)

    async def _adjust(self, ticket: str, case: Case) -> None:
        """Status and priority as the case has them; a life cycle of the queue's own may not know ours, and is left alone."""
        wanted = {"Priority": PRIORITY[case.severity]}
        status = {"Status": STATUS[case.status]} if case.status in STATUS else {}
        reply = await self._call("PUT", f"/ticket/{ticket}", {**wanted, **status})
        if reply.passing:
            raise TryLater(f"{reply.status}", reply.after)

    async def _get(self, path: str) -> dict[str, Any]:
        found = _judged(await self._call("GET", path))
        return found if isinstance(found, dict) else {}

    async def _send(self, method: str, path: str, content: Mapping[str, Any]) -> Any:
        return _judged(await self._call(method, path, content))

    async def _call(self, method: str, path: str, content: Mapping[str, Any] | None = None) -> Reply:
        body = None if content is None else await asyncio.to_thread(lambda: json.dumps(content).encode())
        return await self._web.call(method, self._base + path, self._headers, body, CALL_SECONDS)


def _judged(reply: Reply) -> Any:
    """The answer of a call that succeeded. What may pass is tried again; a queue that is not there, or not for us, is final."""
    if reply.well:
        return reply.json()
    said = reply.json()
    message = str(said.get("message", ""))[:200] if isinstance(said, dict) else ""
    reason = f"{reply.status} {message}".strip()
    if reply.passing:
        raise TryLater(reason, reply.after)
    raise Unwanted(reason) if reply.status == 413 else Undeliverable(reason)


def _values(ticket: Mapping[str, Any]) -> list[str]:
    """What a ticket's CaseId holds."""
    return [
        value for field in ticket.get("CustomFields", ()) if field.get("name") == FIELD for value in field["values"]
    ]


def quoted(text: str) -> str:
    """A text as it stands between quotes in a query."""
    return text.replace("\\", "\\\\").replace("'", "\\'")
