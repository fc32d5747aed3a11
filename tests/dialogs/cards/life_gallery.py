"""Every card of a case that exists, of an organisation and of what is asked along the way, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from dialogs.cards.case import case_card, opened_card
from dialogs.cards.cases import cases_card
from dialogs.cards.organisation import choose_tenant, organisation_card, saved_card
from dialogs.cards.request import packet_card, request_form
from dialogs.cards.several import several_card, whose_card
from dialogs.cards.survey import survey_card
from dialogs.cards.talk import help_with_talking
from dialogs.copies import older
from dialogs.desk import desk_card, reminder
from dialogs.lookup import Found
from dialogs.notices import OPENED, Recipient, audiences, notices
from dialogs.organisation import _values
from dialogs.refusals import words_for
from dialogs.requests import gathered
from dialogs.scene import Scene
from dialogs.talk import greeting
from dialogs.values import Message
from handoff.alarms import Kind
from handoff.bridge import Bridge
from handoff.case import Holder, number_from
from handoff.desks import DeskRow
from handoff.errors import NotAllowed
from handoff.file import File
from handoff.life import Event
from handoff.people import SYSTEM, Person, Tenant
from handoff.rulebook import Audience, Status
from tests.dialogs.cards.scenes import draft
from tests.dialogs.lives import CAST, NOW, NUMBER, RULES, Cast, Life

Card = dict[str, Any]
Make = Callable[[Scene, Cast], Card]
SILENT = (Kind.SILENCE, Kind.RETURN, Kind.TALK)  # what has a move of its own, or is told otherwise
EVENTS = {OPENED, *RULES.moves, *(kind.value for kind in Kind if kind not in SILENT)}
UNHEARD = ("said",)  # of which no card is sent


def shown(who: str, of: Callable[[Cast], Life], news: str = "", problem: str = "") -> Make:
    """A case as one of the cast is shown it."""

    def make(in_: Scene, cast: Cast) -> Card:
        life = of(cast)
        theirs = cast.seen_by(getattr(cast, who), life, in_)
        told = theirs.say("news", number=NUMBER, what=theirs.say(f"event-{news}")) if news else ""
        return case_card(life.case, theirs, life.events, told, theirs.say(problem) if problem else "")

    return make


def refused(in_: Scene, cast: Cast) -> Card:
    """A case, with why something was not done to it."""
    life = cast.taken()
    theirs = cast.seen_by(cast.user, life, in_)
    problem = words_for(NotAllowed("escalate", ("administrator", "partner")), theirs)
    return case_card(life.case, theirs, life.events, problem=problem)


def listed(count: int) -> Make:
    """A list of so many cases."""

    def make(in_: Scene, cast: Cast) -> Card:
        stages = (cast.fresh, cast.asked, cast.request, cast.closed)
        lives = [stages[place % len(stages)]() for place in range(count)]
        found = [replace(one.case, number=number_from(place)) for place, one in enumerate(lives)]
        theirs = cast.seen_by(cast.admin, None, in_)
        return cases_card(theirs.say("cases-first_line", name=cast.home.title), found, theirs)

    return make


def form(in_: Scene, cast: Cast, problems: Mapping[str, str] | None = None, **entered: str) -> Card:
    """The form of a service request."""
    life = cast.asked()
    theirs = cast.seen_by(cast.admin, life, in_)
    packet = replace(gathered(life.case, life.events, theirs), **entered)
    return request_form(life.case, packet, str(life.case.category), "B", problems or {}, theirs)


def packet(in_: Scene, cast: Cast) -> Card:
    """The text of a service request."""
    case = cast.request().case
    assert case.packet
    return packet_card(case, case.packet, cast.seen_by(cast.admin, None, in_))


def settings(
    in_: Scene, cast: Cast, who: str = "admin", problems: Mapping[str, str] | None = None, **entered: str
) -> Card:
    """The settings of an organisation. One of its administrators has never talked to the bot."""
    person = getattr(cast, who)
    known = (cast.admin, cast.partner, cast.user)
    found = Found(people=known, administrators=(cast.admin.id, "0b1f-9c"), partners=(cast.partner.id,))
    theirs = cast.seen_by(person, None, in_, found=found)
    return organisation_card({**_values(theirs), **entered}, problems or {}, theirs)


def organisations(cast: Cast) -> tuple[Tenant, ...]:
    """For whom the partner may speak."""
    return (cast.office, cast.home)


def apart(in_: Scene, cast: Cast) -> Card:
    """Two problems in one message."""
    other = draft(text=cast.words, category="billing")
    return several_card([draft(text=cast.problem), other], cast.seen_by(cast.user, None, in_))


def told(verb: str, audience: Audience) -> Make:
    """What this audience is told of this event."""

    def make(in_: Scene, cast: Cast) -> Card:
        life, event = happened(verb, cast)
        recipient = Recipient(whoever(audience, cast), audience, in_.language)
        [(_, message)] = notices(life.case, cast.home, event, [recipient], in_)
        assert message.card
        return dict(message.card)

    return make


def at_desk(of: Callable[[Cast], Life], works: Holder = Holder.SUPPORT, files: tuple[File, ...] = ()) -> Make:
    """A case as the channel shows it in which it is worked."""

    def make(in_: Scene, cast: Cast) -> Card:
        life, language = of(cast), "fr" if in_.language == "fr" else "en"
        row = DeskRow(id="desk", kind="teams", language=language, works=works)
        agents = (cast.agent, cast.colleague)
        found = Found(case=life.case, tenant=cast.home, events=life.events, agents=agents, files=files)
        return dict(desk_card(life.case, life.events[-1], replace(in_, desk=row, found=found)).card or {})

    return make


def bridge(cast: Cast) -> Bridge:
    """The user and the agent, connected."""
    return Bridge("bridge", NUMBER, cast.user, cast.agent, NOW, NOW)


def talked(who: Callable[[Cast], Person]) -> Make:
    """What one of the two is shown who are connected."""

    def make(in_: Scene, cast: Cast) -> Card:
        life = cast.acknowledged()
        return dict(greeting(bridge(cast), who(cast), life.case, cast.seen_by(who(cast), life, in_)).card or {})

    return make


def whoever(audience: Audience, cast: Cast) -> Person:
    """One of an audience."""
    return {Audience.REQUESTER: cast.user, Audience.ADMINISTRATORS: cast.admin, Audience.AGENTS: cast.agent}[audience]


def happened(verb: str, cast: Cast) -> tuple[Life, Event]:
    """A case in a state that this event leads to, with support where it can be; and the event, of somebody else's doing."""
    stages: Mapping[str, Callable[[], Life]] = {
        OPENED: cast.fresh,
        "take": cast.taken,
        "ask": cast.asked,
        "escalate": cast.request,
        "resolve": cast.resolved,
        "assign": cast.assigned,
        "release": cast.released,
        "return": cast.released,
        "hand_back": cast.handed_back,
        "unclaimed": cast.request,
        "confirm": cast.closed,
        "expire": cast.closed,
    }
    life = stages.get(verb, cast.acknowledged)()
    by_time = ("expire", "return", "warning", "missed", "unclaimed")
    by = SYSTEM if verb in by_time else replace(cast.agent, id="somebody else")
    words = cast.words if verb in ("ask", "answer", "comment", "resolve", "dispute", "reopen", "hand_back") else ""
    facts = {"to": "nia", "name": cast.colleague.name} if verb == "assign" else {}
    return life, Event(life.case.number, verb, by, NOW, Status.NEW, words, facts)


def told_of(verb: str) -> Sequence[Audience]:
    """Who is told of this event."""
    return audiences(RULES, happened(verb, CAST)[0].case, verb)


LIFE: Mapping[str, Make] = {
    "opened": lambda in_, cast: opened_card(cast.fresh().case, cast.seen_by(cast.user, None, in_)),
    "opened_by_partner": lambda in_, cast: opened_card(
        cast.request().case, cast.seen_by(cast.partner, None, in_, organisations=organisations(cast))
    ),
    "case_requester": shown("user", lambda cast: cast.taken()),
    "case_asked": shown("user", lambda cast: cast.asked()),
    "case_first_line": shown("admin", lambda cast: cast.fresh()),
    "case_request_administrator": shown("admin", lambda cast: cast.acknowledged()),
    "case_agent": shown("agent", lambda cast: cast.request()),
    "case_agent_at_work": shown("agent", lambda cast: cast.acknowledged()),
    "case_resolved": shown("user", lambda cast: cast.resolved()),
    "case_reopenable": shown("admin", lambda cast: cast.closed(days=13)),
    "case_closed_for_the_requester": shown("user", lambda cast: cast.closed(days=13)),
    "case_too_late": shown("admin", lambda cast: cast.closed(days=15)),
    "case_following": shown("agent", lambda cast: cast.request(follows="T-333-3333")),
    "case_person": shown(
        "admin", lambda cast: cast.fresh(category=None, severity=None, wants_a_person=True, description="")
    ),
    "case_refused": refused,
    "case_problem": shown("user", lambda cast: cast.taken(), problem="problem-words-missing"),
    "case_news": shown("user", lambda cast: cast.asked(), news="comment"),
    "cases_none": listed(0),
    "cases_few": listed(3),
    "cases_many": listed(25),
    "request": form,
    "request_wrong": lambda in_, cast: form(
        in_,
        cast,
        {"title": "too-long", "contact": "missing", "category": "out-of-scope"},
        title="x" * 130,
        contact="",
        since=cast.words,
    ),
    "packet": packet,
    "organisation": settings,
    "organisation_wrong": lambda in_, cast: settings(
        in_, cast, problems={"zone": "unknown", "closes": "too-early"}, zone="Europe/Pariss", closes="08:00"
    ),
    "organisation_partner": lambda in_, cast: settings(in_, cast, who="partner"),
    "organisation_saved": lambda in_, cast: saved_card(cast.seen_by(cast.admin, None, in_)),
    "choose_tenant": lambda in_, cast: choose_tenant(
        cast.seen_by(cast.partner, None, in_, organisations=organisations(cast))
    ),
    "survey": lambda in_, cast: survey_card(cast.closed().case, cast.seen_by(cast.user, None, in_)),
    "survey_missing": lambda in_, cast: survey_card(cast.closed().case, in_, in_.say("survey-missing")),
    "several": apart,
    "whose": lambda in_, cast: whose_card(NUMBER, cast.words, cast.seen_by(cast.user, None, in_)),
    "desk_new": at_desk(lambda cast: cast.request()),
    "desk_at_work": at_desk(lambda cast: cast.acknowledged()),
    "desk_resolved": at_desk(lambda cast: cast.resolved()),
    "desk_person": at_desk(
        lambda cast: cast.fresh(person=cast.admin, category=None, severity=None, wants_a_person=True)
    ),
    "desk_administrators": at_desk(lambda cast: cast.fresh(), Holder.ADMINISTRATORS),
    "desk_handed_back": at_desk(lambda cast: cast.handed_back()),
    "desk_reminder": lambda in_, cast: dict(
        reminder(in_.say("told-unclaimed", number=NUMBER), [("nia", cast.colleague.name)]).card or {}
    ),
    "talk_requester": talked(lambda cast: cast.user),
    "talk_owner": talked(lambda cast: cast.agent),
    "talk_help": lambda in_, cast: dict(help_with_talking(bridge(cast), in_).card or {}),
    "copy_older": lambda in_, cast: dict(
        older(
            Message("", shown("agent", lambda cast: cast.acknowledged())(in_, cast)), in_.language, in_, newer=True
        ).card
        or {}
    ),
    **{f"told_{verb}_{audience}": told(verb, audience) for verb in sorted(EVENTS) for audience in told_of(verb)},
}
