"""Not ours to solve: whose it is, why, and the way there. One tap says that this is wrong."""

from __future__ import annotations

from dialogs.cards.pieces import Piece, card, heading, link, notice, paragraph, press, quote, small
from dialogs.phrases import how_sure, own_contact
from dialogs.scene import Scene
from dialogs.values import Draft


def redirect_card(draft: Draft, scene: Scene) -> Piece:
    """The way out for a category whose route is out of scope."""
    say = scene.say
    route = scene.rules.route_of(str(draft.category))
    contact = own_contact(route, scene)
    return card(
        heading(say(f"route-{route.id}-title")),
        quote(draft.text),
        paragraph(say(f"route-{route.id}-reason")),
        notice(contact or say(f"route-{route.id}-where")),
        *([small(say("sure-line", sure=how_sure(draft.confidence, say)))] if draft.confidence is not None else []),
        actions=[
            *(link(say(f"resource-{one}"), scene.rules.resources[one].url) for one in route.resources),
            press(say("button-wrong"), "wrong", draft.token),
        ],
    )
