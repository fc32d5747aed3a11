"""The review inbox: one message, one decision, the next one."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from bot.pages.house import OPERATOR, house_of
from bot.pages.show import show
from bot.review import Decision, Weighed
from dialogs.scene import Knowledge

KEYS = "123456789"  # the likeliest categories; the others are in a list
LIKELY = len(KEYS)
NOTHING = "-"  # in the list of categories: it says too little to have one


def routes() -> list[web.RouteDef]:
    """Their addresses, below /operator."""
    return [web.get("/review", inbox), web.post("/review", decide)]


async def inbox(request: web.Request) -> web.Response:
    """The message that teaches most, or the one that was taken back."""
    reviews, reviewer = house_of(request).reviews, request[OPERATOR].id
    again = request.query.get("again", "")
    found = await reviews.shown(again) if again else await reviews.next(reviewer)
    waiting, done = await reviews.counts(reviewer)
    facts = _facts(found, house_of(request).knowledge) if found else {}
    note = request.query.get("note", "")
    return show(request, "review.html", found=found, waiting=waiting, done=done, note=note, **facts)


async def decide(request: web.Request) -> web.Response:
    """Accept, discard, skip, or take the last decision back."""
    reviews, reviewer, form = house_of(request).reviews, request[OPERATOR].id, await request.post()
    given = {name: str(value) for name, value in form.items()}
    origin, deed = given.get("origin", ""), given.get("deed", "")
    if deed == "undo":
        last = await reviews.undo(reviewer)
        raise web.HTTPSeeOther(f"/operator/review?again={last}" if last else "/operator/review?note=nothing-to-undo")
    if deed == "skip":
        await reviews.skip(origin, reviewer)
        raise web.HTTPSeeOther("/operator/review")
    kept = await reviews.discard(origin, reviewer) if deed == "discard" else await _accept(request, origin, given)
    raise web.HTTPSeeOther("/operator/review" if kept else "/operator/review?note=not-kept")


async def _accept(request: web.Request, origin: str, given: dict[str, str]) -> bool:
    category = given.get("category") or given.get("other", "")
    decision = Decision(
        category=None if category == NOTHING else category,
        severity=given.get("severity") or None,
        text=given.get("text", ""),
    )
    return await house_of(request).reviews.accept(origin, request[OPERATOR].id, decision)


def _facts(found: Weighed, knowledge: Knowledge) -> dict[str, Any]:
    """The categories to choose from: what was said first, then what was proposed, then the likeliest."""
    one, rules = found.candidate, knowledge.rules
    ranked = sorted(one.probabilities, key=lambda label: -one.probabilities[label])
    first = [label for label in (one.category, one.proposed, *ranked) if label in rules.categories]
    likely = list(dict.fromkeys(first))[:LIKELY]
    return {
        "one": one,
        "likely": list(zip(KEYS, likely, strict=False)),
        "others": [label for label in rules.categories if label not in likely],
        "in_scope": {label for label in rules.categories if rules.in_scope(label)},
        "severity": one.severity or one.proposed_severity or "B",
        "nothing": NOTHING,
    }
