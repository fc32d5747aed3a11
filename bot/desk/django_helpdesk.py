"""django-helpdesk as a desk, by its REST API: one ticket for each case, known by the number at the beginning of its title."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from bot.desk.contract import Handover, TryLater, Undeliverable
from bot.desk.told import Wording, without_news
from bot.desk.web import Web
from dialogs.notices import OPENED
from handoff.case import Case
from handoff.rulebook import Severity, Status

PAGE = 100
PAGES = 10  # the newest thousand tickets are searched: one that was made and not marked is among them
OPEN, REOPENED, RESOLVED, CLOSED, DUPLICATE = 1, 2, 3, 4, 5
PRIORITY: Mapping[Severity | None, int] = {Severity.A: 1, Severity.B: 2, Severity.C: 4, None: 3}
STATUS: Mapping[Status, int] = {Status.RESOLVED: RESOLVED, Status.CLOSED: CLOSED, Status.REOPENED: REOPENED}


class DjangoHelpdesk:
    """Tickets in one queue. It has no key, no unique field, and passes over a filter that it does not know: so we look ourselves."""

    def __init__(self, url: str, queue: str, token: str, wording: Wording, web: Web) -> None:
        self._base = url.rstrip("/") + "/api"
        self._queue = int(queue)
        self._headers = {
            "Authorization": f"Token {token}",
            "Content-Type": "application/json",
            "Accept": "application/json",
        }
        self._wording = wording
        self._web = web

    async def deliver(self, handover: Handover, reference: str) -> str:
        """Open the case's ticket if it has none, then tell what happened, once. Returns the ticket's number."""
        ticket = reference or await self._find(handover.case.number) or await self._create(handover)
        known = await self._call("GET", f"/tickets/{int(ticket)}/")
        if handover.event.verb != OPENED:
            await self._comment(known, handover)
        await self._adjust(known, handover.case)
        return ticket

    async def reach(self) -> str:
        """Look whether the tickets can be seen."""
        found = await self._call("GET", "/tickets/?page_size=1")
        return f"django-helpdesk with {found.get('count', 0)} tickets"

    async def _find(self, number: str) -> str:
        """The case's ticket, or empty; of several the oldest."""
        last = await self._call("GET", f"/tickets/?page_size={PAGE}")
        pages = max(1, -(-int(last.get("count", 0)) // PAGE))
        found: list[int] = []
        for page in range(pages, max(0, pages - PAGES), -1):
            tickets = (await self._call("GET", f"/tickets/?page_size={PAGE}&page={page}")).get("results", ())
            found += [int(one["id"]) for one in tickets if self._ours(one, number)]
        return str(min(found)) if found else ""

    def _ours(self, ticket: Mapping[str, Any], number: str) -> bool:
        here = ticket.get("queue") == self._queue and ticket.get("status") != DUPLICATE
        return here and str(ticket.get("title", "")).startswith(f"[{number}]")

    async def _create(self, handover: Handover) -> str:
        whole = without_news(handover)
        made = await self._call(
            "POST",
            "/tickets/",
            {
                "queue": self._queue,
                "title": self._wording.subject(handover)[:200],
                "description": self._wording.text(whole, whole=True),
                "priority": PRIORITY[handover.case.severity],
            },
        )
        if not isinstance(made.get("id"), int):
            raise TryLater("django-helpdesk did not say which ticket it made")
        ticket = str(made["id"])
        first = await self._find(handover.case.number) or ticket
        if first != ticket:
            await self._call("PATCH", f"/tickets/{ticket}/", {"status": DUPLICATE})
        return first

    async def _comment(self, ticket: Mapping[str, Any], handover: Handover) -> None:
        """Tell what happened, unless it was told already: each comment ends with its key. A title would rename the ticket."""
        mark = f"({handover.key})"
        if any(str(one.get("comment") or "").rstrip().endswith(mark) for one in ticket.get("followup_set", ())):
            return
        text = f"{self._wording.text(handover, whole=False)}\n\n{mark}"
        told = {"ticket": ticket["id"], "title": ticket["title"], "comment": text, "public": False}
        await self._call("POST", "/followups/", told)

    async def _adjust(self, ticket: Mapping[str, Any], case: Case) -> None:
        """Status and priority as the case has them, where they differ."""
        wanted = {"priority": PRIORITY[case.severity], "status": STATUS.get(case.status, ticket["status"])}
        on_hold = case.status is Status.WAITING
        changes = {name: value for name, value in (wanted | {"on_hold": on_hold}).items() if ticket.get(name) != value}
        if changes:
            await self._call("PATCH", f"/tickets/{ticket['id']}/", changes)

    async def _call(self, method: str, path: str, content: Mapping[str, Any] | None = None) -> dict[str, Any]:
        body = None if content is None else json.dumps(content).encode()
        reply = await self._web.call(method, self._base + path, self._headers, body)
        if reply.well:
            answer = reply.json()
            return answer if isinstance(answer, dict) else {}
        if reply.passing:
            raise TryLater(f"{reply.status}", reply.after)
        raise Undeliverable(f"{reply.status} {reply.body[:200].decode(errors='replace')}".strip())
