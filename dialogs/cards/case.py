"""The case that was opened: its number, who has it, and what is promised."""

from __future__ import annotations

from dialogs.cards.pieces import Piece, card, facts, heading, notice, paragraph, quote, small
from dialogs.phrases import promise, what_happens
from dialogs.scene import Scene
from handoff.case import Case


def case_card(case: Case, scene: Scene) -> Piece:
    """What a person keeps of a case about a category."""
    say = scene.say
    if case.category is None or case.severity is None:
        return person_card(case, scene)
    return card(
        heading(say("case-title", number=case.number)),
        facts(
            [
                (say("label-category"), say(f"category-{case.category}")),
                (say("label-severity"), say(f"severity-{case.severity}")),
                (say("label-holder"), say(f"holder-{case.holder}")),
            ]
        ),
        quote(case.description),
        paragraph(what_happens(case.category, scene)),
        notice(promise(case.category, case.severity, scene), "good"),
        small(say("case-keep", number=case.number)),
    )


def person_card(case: Case, scene: Scene) -> Piece:
    """What a person keeps who asked for a human: no promise that nobody made."""
    say = scene.say
    return card(
        heading(say("person-title", number=case.number)),
        notice(say("person-next"), "good"),
        *([quote(case.description)] if case.description else [paragraph(say("person-nothing-said"))]),
        small(say("case-keep", number=case.number)),
    )
