"""Every card that a person may see, by name, made from one scene: here those of a problem on its way."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from dialogs.cards.case import opened_card, person_card
from dialogs.cards.note import help_card, note_card, welcome_card
from dialogs.cards.proposal import proposal_card
from dialogs.cards.question import all_categories, severity_question, which_category
from dialogs.cards.redirect import redirect_card
from dialogs.scene import Scene
from dialogs.values import Draft
from handoff.people import Role
from tests.dialogs.cards.extension_gallery import EXTENSION
from tests.dialogs.cards.life_gallery import LIFE, Make
from tests.dialogs.cards.scenes import TEXTS, case, draft
from tests.dialogs.lives import Cast, cast_in

Card = dict[str, Any]
CONTACTS = {"network_team": "network@contoso.example", "help_desk": "+33 1 23 45 67 89"}


def told(in_: Scene, **changes: Any) -> Draft:
    """The usual problem, told in the scene's language."""
    return draft(**{"text": TEXTS[in_.language], **changes})


def _administrator(in_: Scene) -> Scene:
    return replace(in_, person=replace(in_.person, role=Role.ADMINISTRATOR))


def _with_contacts(in_: Scene) -> Scene:
    return replace(in_, tenant=replace(in_.tenant, **CONTACTS))


def _on_plan(in_: Scene, plan: str) -> Scene:
    return replace(in_, tenant=replace(in_.tenant, plan=plan))


def _usual(make: Make) -> Callable[[Scene], Card]:
    return lambda in_: make(in_, cast_in(in_.language))


DRAFTS: Mapping[str, Callable[[Scene], Card]] = {
    "welcome": welcome_card,
    "help": help_card,
    "note": lambda in_: note_card(in_.say("cancelled")),
    "question_people": lambda in_: severity_question("people", told(in_), in_),
    "question_work": lambda in_: severity_question("work", told(in_, answers={"people": "several"}), in_),
    "which_category": lambda in_: which_category(told(in_), told(in_).alternatives, in_),
    "all_categories": lambda in_: all_categories(told(in_), in_),
    "all_categories_nothing_said": lambda in_: all_categories(told(in_, text=""), in_),
    "proposal": lambda in_: proposal_card(told(in_), in_),
    "proposal_answered": lambda in_: proposal_card(told(in_, answers={"people": "several", "work": "blocked"}), in_),
    "proposal_chosen": lambda in_: proposal_card(
        told(in_, category="billing", severity="C", confidence=None, cues={}), _administrator(in_)
    ),
    "proposal_self_help": lambda in_: proposal_card(told(in_, severity="B"), in_),
    "proposal_yours": lambda in_: proposal_card(told(in_), _on_plan(in_, "advanced")),
    "redirect": lambda in_: redirect_card(told(in_, category="network"), in_),
    "redirect_contact": lambda in_: redirect_card(told(in_, category="network"), _with_contacts(in_)),
    "redirect_own_help_desk": lambda in_: redirect_card(told(in_, category="unrelated", confidence=None), in_),
    "person": lambda in_: person_card(case(in_, told(in_), wants_a_person=True), in_),
    "person_nothing_said": lambda in_: person_card(case(in_, told(in_, text=""), wants_a_person=True), in_),
}
LIVES = {**LIFE, **EXTENSION}
GALLERY: Mapping[str, Callable[[Scene], Card]] = {**DRAFTS, **{name: _usual(make) for name, make in LIVES.items()}}


def every_card(in_: Scene, cast: Cast | None = None, **changes: Any) -> Iterator[tuple[str, Card]]:
    """The cards with a problem in them, for every category, plan and level there is, and those of a case in another `cast`.

    `changes` change the problem.
    """
    rules = in_.rules
    for category in rules.categories:
        of = told(in_, **{"category": category, **changes})
        yield f"question-{category}", severity_question("people", of, in_)
        yield f"which-{category}", which_category(of, (category, "billing", "network"), in_)
        if not rules.in_scope(category):
            yield f"redirect-{category}", redirect_card(of, in_)
            yield f"redirect-contact-{category}", redirect_card(of, _with_contacts(in_))
            continue
        for plan in rules.plans:
            for severity in "ABC":
                graded = replace(of, severity=severity)
                there = _on_plan(in_, plan)
                yield f"proposal-{category}-{plan}-{severity}", proposal_card(graded, there)
                yield f"opened-{category}-{plan}-{severity}", opened_card(case(there, graded), there)
    yield "list", all_categories(told(in_, **changes), in_)
    yield "person", person_card(case(in_, told(in_, **changes), wants_a_person=True), in_)
    for name, make in LIVES.items():
        yield name, make(in_, cast or cast_in(in_.language))
