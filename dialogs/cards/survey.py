"""After a resolution: one question, and room for a word."""

from __future__ import annotations

from dialogs.cards.pieces import Piece, card, choice, heading, paragraph, press, text_input
from dialogs.markdown import literal
from dialogs.scene import Scene
from handoff.case import Case

RATINGS = ("5", "4", "3", "2", "1")


def survey_card(case: Case, scene: Scene, problem: str = "") -> Piece:
    """How it went, from 1 to 5."""
    say = scene.say
    return card(
        heading(say("survey-title", number=case.number)),
        paragraph(literal(problem) or say("survey-why")),
        choice(
            "rating", say("survey-rating"), [(one, say(f"survey-{one}")) for one in RATINGS], hint=say("hint-choose")
        ),
        text_input("words", say("survey-words"), lines=True),
        actions=[
            press(say("button-send"), "rate", scene.token, {"case": case.number, "round": str(case.round)}, "positive")
        ],
    )
