"""What we understood, how sure we are, what will happen and what is promised: to correct, and to send."""

from __future__ import annotations

from dialogs.cards.pieces import Piece, card, choice, facts, heading, link, notice, paragraph, press, quote, small
from dialogs.phrases import (
    because,
    category_choices,
    how_sure,
    names_of,
    promise,
    sets_severity,
    severity_choices,
    what_happens,
)
from dialogs.scene import Scene
from dialogs.values import Draft
from handoff.case import Holder, holder_for
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
    if scene.files:
        understood.append((say("label-files"), names_of(scene.files, say)))
    return card(
        heading(say("proposal-title")),
        quote(draft.text),
        facts(understood),
        paragraph(what_happens(category, scene)),
        notice(promise(category, severity, scene)),
        *_self_help(category, severity, scene),
        paragraph(say("proposal-yours" if sets_severity(scene) else "proposal-correct")),
        choice("category", say("label-category"), category_choices(scene), category),
        choice("severity", say("label-severity"), severity_choices(say), severity),
        small(say("proposal-note")),
        actions=[
            press(say("button-open"), "open", draft.token, style="positive"),
            *_helped(draft, scene),
            press(say("button-person"), "person", draft.token),
            press(say("button-cancel"), "cancel", draft.token),
        ],
    )


def _self_help(category: str, severity: Severity, scene: Scene) -> list[Piece]:
    """What to try first, where one person can mend it: never in an outage, and not for administrators, who have tried."""
    if not _helps(category, severity, scene):
        return []
    return [paragraph(f"**{scene.say('self-help-title')}**"), paragraph(scene.say(f"self-help-{category}"))]


def cited(draft: Draft, scene: Scene) -> tuple[str, ...]:
    """The resources that the card leads to."""
    category, severity = str(draft.category), Severity(str(draft.severity))
    return scene.rules.self_help[category].resources[:1] if _helps(category, severity, scene) else ()


def _helped(draft: Draft, scene: Scene) -> list[Piece]:
    if not _helps(str(draft.category), Severity(str(draft.severity)), scene):
        return []
    links = [link(scene.say(f"resource-{one}"), scene.rules.resources[one].url) for one in cited(draft, scene)]
    return [press(scene.say("button-helped"), "helped", draft.token), *links]


def _helps(category: str, severity: Severity, scene: Scene) -> bool:
    return (
        category in scene.rules.self_help
        and severity is not Severity.A
        and holder_for(scene.rules, scene.person, category) is Holder.ADMINISTRATORS
    )
