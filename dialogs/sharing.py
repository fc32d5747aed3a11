"""Cases in chats where others read along: found to be shared, and shown to each who looks as far as they may see."""

from __future__ import annotations

from dataclasses import replace

from dialogs.cards.note import note_card
from dialogs.cards.pieces import excerpt
from dialogs.cards.shared import shared_card
from dialogs.commands import plain
from dialogs.lookup import Sought, Word
from dialogs.scene import Knowledge, Scene
from dialogs.shown import visible
from dialogs.values import Incoming, Message, State, Turn
from dialogs.words import LANGUAGES
from handoff.authority import may
from handoff.case import Case
from handoff.people import Person, Role
from handoff.rulebook import Status

MOST_WORDS = 8
EXCERPT = 120


def to_share(case: Case, incoming: Incoming, scene: Scene) -> Message:
    """The card to put into a chat: what everybody may read."""
    card = shared_card(case, scene, incoming.values.get("viewer", ""))
    return Message(scene.say("case-named", number=case.number), card)


def view(state: State, incoming: Incoming, scene: Scene) -> Turn:
    """The shared card for whoever looks at it now: all of it, or its number and state; nothing of another organisation's."""
    case = scene.found.case
    if case is None or not (visible(scene) or case.tenant == scene.tenant.id):
        text = scene.say("case-unknown")
        return Turn(state, (Message(text, note_card(text), replaces=True),))
    card = shared_card(case, scene, incoming.values.get("viewer", ""), bare=visible(scene) is None)
    return Turn(state, (Message(scene.say("case-named", number=case.number), card, replaces=True),))


def found(state: State, incoming: Incoming, scene: Scene) -> Turn:
    """What a search has found, each as a card to share under a line that only the person who searches reads."""
    seen = [case for case in scene.found.cases if _may_see(case, scene)]
    if not seen:
        return Turn(state, (Message(scene.say("search-none")),))
    return Turn(state, tuple(replace(to_share(case, incoming, scene), text=_line(case, scene)) for case in seen))


def sought(incoming: Incoming, knowledge: Knowledge) -> Sought:
    """What the words of a search mean: each is looked for in the case, and as the name of a category or of a status."""
    words = [word for word in incoming.values.get("query", "").split() if any(mark.isalnum() for mark in word)]
    skip = incoming.values.get("skip", "")
    return Sought(tuple(_word(word, knowledge) for word in words[:MOST_WORDS]), int(skip) if skip.isdecimal() else 0)


def _word(text: str, knowledge: Knowledge) -> Word:
    voices = [knowledge.words.voice(language) for language in LANGUAGES]
    said = plain(text)
    statuses = [
        status.value for status in Status for say in voices if said == plain(say(f"status-{status}")).split(",")[0]
    ]
    if said in {plain(one) for say in voices for one in say("search-open").split("|")}:
        statuses = [status.value for status in Status if status is not Status.CLOSED]
    categories = [
        one for one in knowledge.rules.categories for say in voices if said in plain(say(f"category-{one}")).split()
    ]
    return Word(text, tuple(dict.fromkeys(categories)), tuple(dict.fromkeys(statuses)))


def _line(case: Case, scene: Scene) -> str:
    """A hit: number, state and severity, and on the next line what it is about."""
    parts = [case.number, scene.say(f"status-{case.status}"), *([str(case.severity)] if case.severity else [])]
    return f"{' · '.join(parts)}\n{excerpt(case.description, EXCERPT) or scene.say('person-nothing-said')}"


def _may_see(case: Case, scene: Scene) -> bool:
    """Whether the person may see it: as what they are at home, or as the partner of an organisation that is theirs to look after."""
    if any(tenant.id == case.tenant for tenant in scene.organisations[1:]):
        there = Person(scene.person.id, scene.person.name, Role.PARTNER, scene.person.agent)
        return may(scene.rules, there, case.tenant, "view", case.subject)
    return may(scene.rules, scene.person, scene.tenant.id, "view", case.subject)
