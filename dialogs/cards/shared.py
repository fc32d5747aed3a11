"""A case in a chat where others read along: its number and where it stands; more only for whoever may see it."""

from __future__ import annotations

from dialogs.cards.pieces import Piece, card, facts, heading, passage, press, quote, small
from dialogs.moments import when
from dialogs.scene import Scene
from handoff.case import Case

SHARED = "shared"  # the verb with which a client asks for a viewer's own view
EXCERPT, EXCERPT_LINES = 200, 6


def shared_card(case: Case, scene: Scene, viewer: str = "", *, bare: bool = True) -> Piece:
    """The card as everybody reads it (`bare`), or as one who may see the case does.

    `viewer` is the channel's id of the one for whom it is made anew without a press. Where nobody is named, Teams does so for everybody
    in a chat of at most 60 people, and for nobody in a channel.
    """
    say = scene.say
    status = say(f"status-{case.status}")
    again = press(
        say("button-refresh" if bare else "button-today"),
        SHARED,
        scene.token,
        {"case": case.number, **({"viewer": viewer} if viewer else {})},
    )
    shown = card(
        heading(say("case-named", number=case.number)),
        facts([(say("label-status"), status), *([] if bare else _more(case, scene))]),
        *([] if bare or not case.description else [quote(passage(case.words, EXCERPT, EXCERPT_LINES))]),
        small(say("shared-why") if bare else say("shared-yours")),
        actions=[again],
    )
    action = {name: again[name] for name in ("type", "verb", "data")}
    return {**shown, "refresh": {"action": action, **({"userIds": [viewer]} if viewer else {})}}


def _more(case: Case, scene: Scene) -> list[tuple[str, str]]:
    say = scene.say
    return [
        (say("label-category"), say(f"category-{case.category}") if case.category else say("category-none")),
        *([(say("label-severity"), say(f"severity-{case.severity}"))] if case.severity else []),
        (say("label-holder"), say(f"holder-{case.holder}")),
        (say("label-opened"), when(case.opened_at, scene)),
    ]
