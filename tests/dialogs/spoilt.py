"""Everything that can be wrong with what somebody enters, found by entering it wrongly."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from handoff import hands, life
from handoff.errors import Unfit
from handoff.life import Actor
from handoff.organisation import described
from handoff.packet import Packet
from tests.dialogs.lives import CAST, NOW, RULES

ADMIN = Actor(RULES, CAST.admin, CAST.home.id, CAST.home, NOW)
AGENT = Actor(RULES, CAST.agent, CAST.office.id, CAST.home, NOW)
GOOD = Packet("Mail", "Nobody gets mail", contact="Ada")


def moves() -> Iterator[Callable[[], object]]:
    """Moves of a case with unfit words, category or severity."""
    case = CAST.taken().case
    unsaid = CAST.fresh(category=None, severity=None).case
    at_work = CAST.acknowledged().case
    yield lambda: life.comment(ADMIN, case, "  ")
    yield lambda: life.submit(ADMIN, unsaid, GOOD)
    yield lambda: life.submit(ADMIN, unsaid, GOOD, "nonsense", "Z")
    yield lambda: life.submit(ADMIN, case, GOOD, "network")
    yield lambda: life.recategorise(AGENT, at_work, "nonsense")
    yield lambda: life.grade(AGENT, at_work, "Z")
    yield lambda: hands.assign(AGENT, at_work, None)
    yield lambda: hands.assign(AGENT, at_work, CAST.user)


def forms() -> Iterator[Callable[[], object]]:
    """The form of a request and of an organisation, filled in wrongly."""
    case = CAST.taken().case
    yield lambda: life.submit(ADMIN, case, Packet("", ""))
    yield lambda: life.submit(ADMIN, case, Packet("x" * 200, "x", contact="x"))
    yield lambda: described(RULES, CAST.home, {"plan": "x", "zone": "x", "country": "x", "days": "", "opens": "soon"})
    yield lambda: described(RULES, CAST.home, {"name": "x" * 1000, "opens": "17:00", "closes": "09:00"})


def problems(of: Callable[[], Iterator[Callable[[], object]]]) -> dict[tuple[str, str], Unfit]:
    """Each field with each thing that may be wrong with it."""
    found: dict[tuple[str, str], Unfit] = {}
    for deed in of():
        with pytest.raises(Unfit) as refused:
            deed()
        found |= dict.fromkeys(refused.value.problems.items(), refused.value)
    return found
