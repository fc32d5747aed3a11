"""A problem on its way: how a draft begins, grows with answers and corrections, and what it leaves on record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from dialogs.scene import Scene
from dialogs.values import Draft, Reading
from dialogs.weigh import Decision, Proposal
from handoff.case import Decider, Judgement
from handoff.effects import RecordLabel
from handoff.life import decider
from handoff.rulebook import Severity


def draft_from(reading: Reading, proposal: Proposal, text: str, answers: Mapping[str, str]) -> Draft:
    """A draft that says what is believed. Its category stands only where the decision is to act."""
    return Draft(
        text=text,
        category=proposal.category if proposal.decision is Decision.ACT else None,
        proposed_category=proposal.category,
        confidence=proposal.confidence,
        alternatives=proposal.choices,
        severity=proposal.severity,
        proposed_severity=proposal.severity,
        levels=tuple(sorted(proposal.levels)),
        answers=answers,
        cues=reading.cues,
        words=reading.words,
        model=reading.model,
    )


def grown(draft: Draft, together: Reading, proposal: Proposal) -> Draft:
    """The draft with more words about the same problem: its category stands, its severity is weighed again unless a person set it."""
    grown_ = replace(
        draft,
        text=together.text,
        proposed_severity=proposal.severity,
        levels=tuple(sorted(proposal.levels)),
        cues={**draft.cues, **together.cues},
    )
    return grown_ if set_by_hand(draft) else replace(grown_, severity=proposal.severity)


def set_by_hand(draft: Draft) -> bool:
    """Whether a person has set the severity: nothing is asked about it any more."""
    return draft.severity_by in (Decider.PERSON, Decider.CUSTOMER)


def graded(draft: Draft, severity: str, scene: Scene) -> Draft:
    """The draft with the severity that the person set; leaving it as it was proposed decides nothing."""
    if severity == draft.severity:
        return draft
    return replace(draft, severity=severity, severity_by=decider(scene.rules, scene.tenant).value)


def answered(draft: Draft, question: str, answer: str) -> Draft:
    """The draft with one more answer."""
    return replace(draft, answers={**draft.answers, question: answer})


def implied(draft: Draft) -> dict[str, str]:
    """What the message itself has answered: who says "nobody" is not asked how many. Only ever towards the graver level."""
    return {"people": "several"} if "many" in draft.cues else {}


def chosen(draft: Draft, category: str) -> Draft:
    """The draft with the category that the person chose; our confidence goes with it only if it was our proposal too."""
    return replace(
        draft, category=category, confidence=draft.confidence if category == draft.proposed_category else None
    )


def corrected(draft: Draft, values: Mapping[str, str], scene: Scene) -> Draft:
    """The draft as the card's lists say. A value that does not exist changes nothing."""
    category, severity = values.get("category", ""), values.get("severity", "")
    draft = chosen(draft, category) if category in scene.rules.categories else draft
    return graded(draft, severity, scene) if severity in list(Severity) else draft


def labels(draft: Draft, scene: Scene) -> tuple[RecordLabel, ...]:
    """What the person made of our proposal, as a candidate label; nothing where they left it as it was."""
    unchanged = (draft.category, draft.severity) == (draft.proposed_category, draft.proposed_severity)
    if unchanged or not draft.text:
        return ()
    severity = draft.severity if draft.category and scene.rules.in_scope(draft.category) else None
    return (RecordLabel(draft.text, scene.language, draft.proposed_category, draft.category, severity, draft.model),)


def judgement(draft: Draft, scene: Scene) -> Judgement:
    """What was proposed and what it rests on, for the case's record. A severity was proposed only where a case would open."""
    graded = draft.proposed_category is not None and scene.rules.in_scope(draft.proposed_category)
    return Judgement(
        proposed_category=draft.proposed_category,
        proposed_severity=Severity(draft.proposed_severity) if graded and draft.proposed_severity else None,
        confidence=draft.confidence,
        model=draft.model,
        evidence=(*draft.words, *draft.cues.values()),
        answers=draft.answers,
    )
