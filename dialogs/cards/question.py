"""One question with its answers as buttons, and always a way to a person."""

from __future__ import annotations

from collections.abc import Iterable

from dialogs.cards.pieces import Piece, card, choice, heading, paragraph, press, quote
from dialogs.phrases import category_choices
from dialogs.scene import Scene
from dialogs.values import Draft


def severity_question(question: str, draft: Draft, scene: Scene) -> Piece:
    """How many people, or whether they can work: one tap answers."""
    say = scene.say
    answers = scene.rules.questions[question].answers
    return card(
        heading(say(f"question-{question}")),
        paragraph(say("question-why", category=say(f"category-{draft.category}"))),
        quote(draft.text),
        actions=[
            press(say(f"answer-{question}-{one}"), "answer", draft.token, {"question": question, "answer": one})
            for one in answers
        ]
        + [press(say("button-person"), "person", draft.token)],
    )


def which_category(draft: Draft, alternatives: Iterable[str], scene: Scene) -> Piece:
    """The few categories that hold the right one most of the time, and the whole list behind them."""
    say = scene.say
    return card(
        heading(say("which-title")),
        quote(draft.text),
        actions=[press(say(f"category-{one}"), "choose", draft.token, {"category": one}) for one in alternatives]
        + [
            press(say("button-other"), "other", draft.token),
            press(say("button-person"), "person", draft.token),
        ],
    )


def all_categories(draft: Draft, scene: Scene) -> Piece:
    """Every category in a list, when words did not help."""
    say = scene.say
    return card(
        heading(say("list-title")),
        *([quote(draft.text)] if draft.text else []),
        choice("category", say("label-category"), category_choices(scene), hint=say("hint-choose")),
        actions=[
            press(say("button-choose"), "choose", draft.token, style="positive"),
            press(say("button-person"), "person", draft.token),
            press(say("button-cancel"), "cancel", draft.token),
        ],
    )
