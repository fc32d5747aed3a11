"""Cases at every stage of their life, made by the moves that lead there, and the people around them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from dialogs.lookup import Found
from dialogs.scene import Scene
from handoff import hands, life
from handoff.case import Case, Judgement, open_case
from handoff.life import Actor, Change, Event
from handoff.packet import FIELD_LENGTH, Packet, title_from
from handoff.people import Person, Role, Tenant
from handoff.rulebook import Severity, Status
from tests.dialogs.cards.scenes import TEXTS, knowledge, scene

NOW = scene().now  # a Monday, 12:00 UTC
NUMBER = "T-7KM-2Q4X"
RULES = knowledge().rules


UGO = Person("ugo", "Ugo")
ADA = Person("ada", "Ada", Role.ADMINISTRATOR)
PAT = Person("pat", "Pat", Role.PARTNER)
SAM = Person("sam", "Sam", agent=True)
NIA = Person("nia", "Nia", agent=True)
CONTOSO = Tenant("contoso", "enterprise_e3", "Contoso", zone="Europe/Paris")
SUPPORT = Tenant("support", "enterprise_f1", "Support Ltd")


@dataclass(frozen=True)
class Life:
    """A case and all that happened to it so far."""

    case: Case
    events: tuple[Event, ...]


@dataclass(frozen=True)
class Cast:
    """Everybody around a case: who has the problem, who administers, who works for support; and what they say."""

    user: Person = UGO
    admin: Person = ADA
    partner: Person = PAT
    agent: Person = SAM
    colleague: Person = NIA
    home: Tenant = CONTOSO
    office: Tenant = SUPPORT
    problem: str = TEXTS["en"]
    words: str = "It began after the update on Tuesday"
    language: str = "en"

    def seen_by(self, person: Person, of: Life | None = None, in_: Scene | None = None, **changes: Any) -> Scene:
        """A turn of this person's, in which this case has been found."""
        in_ = in_ or scene(self.language)
        working = (self.agent, self.colleague)
        found = Found(case=of.case, tenant=self.home, events=of.events, agents=working) if of else Found()
        at_home = self.office if person.agent else self.home
        return replace(in_, **{"person": person, "tenant": at_home, "found": found, **changes})

    def fresh(self, number: str = NUMBER, person: Person | None = None, **changes: Any) -> Life:
        """A case that was opened a moment ago."""
        given: dict[str, Any] = {"category": "exchange", "severity": Severity.B, "judgement": Judgement(), **changes}
        case = open_case(
            RULES,
            self.home,
            person or self.user,
            number=number,
            key=f"key of {number}",
            language=self.language,
            description=given.pop("description", self.problem),
            now=given.pop("now", NOW - timedelta(hours=1)),
            **given,
        )
        return Life(case, (Event(number, "opened", case.requester, case.opened_at, Status.NEW),))

    def taken(self, **changes: Any) -> Life:
        """An administrator takes care of it."""
        return self.then(self.fresh(**changes), self.admin, life.take)

    def asked(self) -> Life:
        """The administrator has asked the user something."""
        return self.then(self.taken(), self.admin, life.ask, self.words)

    def request(self, **changes: Any) -> Life:
        """It is a service request."""
        title, who = title_from(self.problem), self.admin.name
        packet = Packet(title, self.problem, contact=who, tried=self.words[:FIELD_LENGTH], language=self.language)
        return self.then(self.taken(**changes), self.admin, life.submit, packet)

    def acknowledged(self, **changes: Any) -> Life:
        """Support works on it."""
        return self.then(self.request(**changes), self.agent, life.acknowledge)

    def assigned(self, **changes: Any) -> Life:
        """Somebody else of support has it."""
        return self.then(self.acknowledged(**changes), self.agent, hands.assign, self.colleague)

    def released(self, **changes: Any) -> Life:
        """It waits for anybody of support again."""
        return self.then(self.acknowledged(**changes), self.agent, hands.release)

    def handed_back(self, **changes: Any) -> Life:
        """The administrators have it again."""
        return self.then(self.acknowledged(**changes), self.agent, hands.hand_back, self.words)

    def resolved(self, **changes: Any) -> Life:
        """Support says that it is solved."""
        return self.then(self.acknowledged(**changes), self.agent, life.resolve, self.words)

    def closed(self, days: float = 1, **changes: Any) -> Life:
        """The user has confirmed that it is solved, so many days ago."""
        at = NOW - timedelta(days=days)
        return self.then(self.resolved(now=at - timedelta(hours=1), **changes), self.user, life.confirm, at=at)

    def closed_at_home(self, days: float = 1) -> Life:
        """The same of a case that never went to support."""
        return self.then(self.taken(), self.user, life.confirm, at=NOW - timedelta(days=days))

    def then(self, of: Life, person: Person, move: Callable[..., Change], *args: Any, at: datetime = NOW) -> Life:
        """The case after one more move."""
        acts_for = self.office.id if person.agent else self.home.id
        change = move(Actor(RULES, person, acts_for, self.home, at), of.case, *args)
        return Life(change.case, (*of.events, change.event))


CAST = Cast()
EVIL = "[click here](http://evil.example) *now* `x` _y_"


def evil_cast(language: str) -> Cast:
    """People whose every word tries to be Markdown."""
    names = {
        name: replace(getattr(CAST, name), name=f"{EVIL} {name}")
        for name in ("user", "admin", "partner", "agent", "colleague")
    }
    contacts = dict.fromkeys(("network_team", "help_desk", "support_phone"), EVIL)
    return Cast(
        **names,
        home=replace(CAST.home, name=EVIL, **contacts),
        office=replace(CAST.office, name=EVIL),
        problem=EVIL,
        words=EVIL,
        language=language,
    )


def cast_in(language: str) -> Cast:
    """The usual people, speaking this language."""
    words = {"en": CAST.words, "fr": "Cela a commencé après la mise à jour de mardi"}
    return replace(CAST, problem=TEXTS[language], words=words[language], language=language)
