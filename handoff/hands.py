"""Whose hands a case of support's is in: given to somebody, laid back, handed back to the customer; and what two people say.

As in `handoff.life`, each function returns the changed case with its event, or raises a `Refused`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from handoff.case import Case, Holder
from handoff.clock import Clock
from handoff.errors import Unfit
from handoff.moves import TALKING, Actor, Change, made, move, speaks_for_the_customer, unclaimed, worded
from handoff.people import SYSTEM, Person, Tenant
from handoff.rulebook import Status
from handoff.rules import Rules


def assign(actor: Actor, case: Case, to: Person | None) -> Change:
    """Give the case to somebody of support, who has the next word. It is no first response: that is theirs to give.

    `to` None is somebody whom nobody knows as a support agent: raises `Unfit`.
    """
    facts = {**_from(case), **({"to": to.id, "name": to.name} if to else {})}
    change = move(actor, case, "assign", facts=facts)
    if to is None or not to.agent:
        raise Unfit({"agent": "unknown" if to else "missing"})
    return replace(change, case=replace(change.case, owner=to))


def release(actor: Actor, case: Case) -> Change:
    """Lay the case back for anybody of support."""
    return _laid_back(case, move(actor, case, "release", facts=_from(case)))


def give_up(rules: Rules, case: Case, tenant: Tenant, now: datetime) -> Change:
    """Whoever took it on was not heard of for so long: it goes back to everybody of support."""
    actor = Actor(rules, SYSTEM, tenant.id, tenant, now)
    return _laid_back(case, made(actor, case, "return", facts=_from(case)))


def hand_back(actor: Actor, case: Case, words: str) -> Change:
    """Give the case back to the customer's administrators, and say why. It is no service request any more, until it is made one again."""
    worded(words)
    change = move(actor, case, "hand_back", words, _from(case))
    again = replace(
        change.case,
        holder=Holder.ADMINISTRATORS,
        owner=None,
        packet=None,
        back=None,
        clock=Clock(),
        round=change.case.round + 1,
    )
    return replace(change, case=again)


def say(actor: Actor, case: Case, words: str) -> Change:
    """Somebody says something to the person they are connected with. Where the customer's answer was waited for, this is it."""
    worded(words)
    answers = case.status is Status.WAITING and speaks_for_the_customer(actor, case)
    change = move(actor, case, TALKING, words)
    if not answers:
        return change
    answer = made(actor, case, "answer", words)
    return replace(change, case=answer.case, event=replace(change.event, status=answer.case.status))


def _laid_back(case: Case, change: Change) -> Change:
    """Nobody's, and where the customer is waited for also afterwards."""
    back = case.back and unclaimed(replace(case, status=case.back))
    return replace(change, case=replace(change.case, owner=None, back=back))


def _from(case: Case) -> dict[str, str]:
    return {"from": case.owner.id} if case.owner else {}
