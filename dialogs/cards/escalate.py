"""The window over a chat in which somebody else's message becomes a case: what is proposed from it, to correct and send.

A window sends with `Action.Submit`; Teams knows no `Action.Execute` there.
"""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.cards.pieces import (
    Piece,
    card,
    choice,
    heading,
    link,
    notice,
    paragraph,
    quote,
    required,
    send,
    small,
    text_input,
)
from dialogs.markdown import literal
from dialogs.phrases import category_choices, own_contact, severity_choices
from dialogs.scene import Scene
from dialogs.values import Draft

SUMMARY_LENGTH = 2_000


def escalate_card(draft: Draft, entered: Mapping[str, str], problem: str, scene: Scene) -> Piece:
    """The form. `entered` is what stands in it, with the `message` that it is about; `problem` what was wrong before."""
    say = scene.say
    author = literal(draft.author) or say("nobody")
    return card(
        *([notice(problem, "attention")] if problem else []),
        small(say("escalate-wrote", author=author)),
        *([quote(draft.text)] if draft.text else [paragraph(say("escalate-no-text"))]),
        *([small(say("escalate-attachments"))] if entered.get("attachments") else []),
        *_organisations(entered, scene),
        required(
            choice(
                "category", say("label-category"), category_choices(scene), entered.get("category"), say("hint-choose")
            ),
            say("problem-category-missing"),
        ),
        choice("severity", say("label-severity"), severity_choices(say), entered.get("severity")),
        required(_summary(entered, scene), say("problem-words-missing")),
        small(say("escalate-note")),
        actions=[
            send(say("button-escalate"), "send", draft.token, {"message": entered["message"]}, style="positive"),
        ],
    )


def way_out_card(draft: Draft, entered: Mapping[str, str], scene: Scene) -> Piece:
    """Not ours to solve: whose it is, with the way back to the form and the one to a person."""
    say = scene.say
    route = scene.rules.route_of(str(draft.category))
    kept = {
        name: entered.get(name, "")[:SUMMARY_LENGTH]
        for name in ("message", "category", "severity", "summary", "tenant")
    }
    return card(
        heading(say(f"route-{route.id}-title")),
        paragraph(say(f"route-{route.id}-reason")),
        notice(own_contact(route, scene) or say(f"route-{route.id}-where")),
        actions=[
            *(link(say(f"resource-{one}"), scene.rules.resources[one].url) for one in route.resources),
            send(say("button-wrong"), "wrong", draft.token, kept),
            send(say("button-back"), "back", draft.token, kept),
        ],
    )


def _summary(entered: Mapping[str, str], scene: Scene) -> Piece:
    value = entered.get("summary", "")[:SUMMARY_LENGTH]
    return {**text_input("summary", scene.say("label-summary"), value, lines=True), "maxLength": SUMMARY_LENGTH}


def _organisations(entered: Mapping[str, str], scene: Scene) -> list[Piece]:
    """For which organisation, where somebody may speak for several."""
    options = [(tenant.id, tenant.title) for tenant in scene.organisations]
    chosen = entered.get("tenant") or scene.tenant.id
    return [choice("tenant", scene.say("label-organisation"), options, chosen)] if options else []
