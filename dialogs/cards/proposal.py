"""What we understood, how sure we are, what will happen and what is promised: to correct, and to send."""

from __future__ import annotations

from dialogs.cards.pieces import Piece, card, choice, facts, heading, notice, paragraph, press, quote, small
from dialogs.phrases import because, category_choices, how_sure, promise, severity_choices, what_happens
from dialogs.scene import Scene
from dialogs.values import Draft
from handoff.rulebook import Severity


def proposal_card(draft: Draft, scene: Scene) -> Piece:
    """The card on which a case is opened. `draft` has a category that opens a case, and a severity."""
    say = scene.say
    category, severity = str(draft.category), Severity(str(draft.severity))
    understood = [
        (say("label-category"), say(f"category-{category}")),
        (say("label-severity"), f"{say(f'severity-{severity}')} — {because(draft, say)}"),
    ]
    if draft.confidence is not None:
        understood.append((say("label-sure"), how_sure(draft.confidence, say)))
    return card(
        heading(say("proposal-title")),
        quote(draft.text),
        facts(understood),
        paragraph(what_happens(category, scene)),
        notice(promise(category, severity, scene)),
        paragraph(say("proposal-correct")),
        choice("category", say("label-category"), category_choices(scene), category),
        choice("severity", say("label-severity"), severity_choices(say), severity),
        small(say("proposal-note")),
        actions=[
            press(say("button-open"), "open", draft.token, style="positive"),
            press(say("button-person"), "person", draft.token),
            press(say("button-cancel"), "cancel", draft.token),
        ],
    )
