"""Several problems in one message, and words that may belong to a case: the person says what is meant."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.cards.pieces import Piece, card, heading, paragraph, press, quote
from dialogs.scene import Scene
from dialogs.values import Draft


def several_card(drafts: Sequence[Draft], scene: Scene) -> Piece:
    """The problems that were heard, each with its category; one tap keeps them apart, another takes them as one."""
    say = scene.say
    parts = [
        piece for one in drafts for piece in (paragraph(f"**{say(f'category-{one.category}')}**"), quote(one.text))
    ]
    return card(
        heading(say("several-title", count=len(drafts))),
        *parts,
        actions=[
            press(say("button-each", count=len(drafts)), "each", scene.token, style="positive"),
            press(say("button-one"), "one", scene.token),
            press(say("button-person"), "person", scene.token),
            press(say("button-cancel"), "cancel", scene.token),
        ],
    )


def whose_card(number: str, said: str, scene: Scene) -> Piece:
    """Whether what was written belongs to a case, or is a new problem."""
    say = scene.say
    return card(
        heading(say("whose-title", number=number)),
        quote(said),
        actions=[
            press(say("button-add"), "add", scene.token, {"case": number}, style="positive"),
            press(say("button-new"), "new_problem", scene.token),
            press(say("button-cancel"), "leave", scene.token),
        ],
    )
