"""The turns of phrase that several cards share: how sure we are, why this severity, what happens next, what is promised."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.cards.pieces import excerpt
from dialogs.markdown import literal
from dialogs.scene import Scene
from dialogs.values import Draft
from dialogs.words import Say
from handoff.authority import Subject, may
from handoff.case import Holder, Judgement, holder_for
from handoff.file import File
from handoff.people import Role, Tenant
from handoff.response import commitment
from handoff.rulebook import Commitment, Route, Severity

CUES, CUE_LENGTH = (
    6,
    60,
)  # words that are quoted as a reason, and letters of each; Fluent sets no more than 1000 into a message


FILE_NAMES = 5  # that are told one by one


def names_of(files: Sequence[File], say: Say) -> str:
    """The names of files, as far as one reads them: "a.png, b.pdf and 2 more"."""
    names = ", ".join(literal(one.name) for one in files[:FILE_NAMES])
    return say("files-more", names=names, count=len(files) - FILE_NAMES) if len(files) > FILE_NAMES else names


def how_sure(confidence: float, say: Say) -> str:
    """Confidence as a person reads it: a word, and the percentage. Never "100 %": no classifier is that sure."""
    level = "high" if confidence >= 0.9 else "medium" if confidence >= 0.7 else "low"
    return say(f"sure-{level}", percent=min(99, round(confidence * 100)))


def because(draft: Draft, say: Say) -> str:
    """What the severity rests on: the answers given first, then the words that were used."""
    answers = [say(f"answer-{question}-{answer}") for question, answer in draft.answers.items()]
    cues = {one.lower(): one for one in draft.cues.values()}
    apart = [one for low, one in cues.items() if not any(low != other and low in other for other in cues)]
    words = [say("quoted", words=literal(excerpt(one, CUE_LENGTH))) for one in apart[:CUES]]
    return say("because", reasons=", ".join([*answers, *words])) if answers or words else say("because-nothing")


def reasons(judgement: Judgement, say: Say) -> str:
    """What the severity of a case rests on, for those who work it; empty where nothing was said of it."""
    answers = [say(f"answer-{question}-{answer}") for question, answer in judgement.answers.items()]
    words = [say("quoted", words=literal(excerpt(one, CUE_LENGTH))) for one in judgement.evidence]
    return ", ".join([*answers, *words][: 2 * CUES])


def what_happens(category: str, scene: Scene) -> str:
    """Who takes the case up first, for this person."""
    if holder_for(scene.rules, scene.person, category) is Holder.ADMINISTRATORS:
        return scene.say("next-administrators", support=scene.say(f"route-{scene.rules.route_of(category).id}"))
    return scene.say("next-support", support=scene.say(f"route-{scene.rules.route_of(category).id}"))


def promise(category: str, severity: Severity, scene: Scene) -> str:
    """The first response that the tenant's plan promises, or plainly that nothing is committed."""
    promised = commitment(scene.rules, scene.tenant.plan, scene.rules.route_of(category), severity)
    return scene.say(
        "promise",
        plan=scene.say(f"plan-{scene.tenant.plan}"),
        severity=severity,
        target=_within(promised, scene.say),
        availability=scene.say(f"availability-{promised.availability}"),
    )


def promised_words(promised: Commitment, say: Say) -> str:
    """A promise in a few words, for those who have to keep it."""
    return f"{_within(promised, say)}, {say(f'availability-{promised.availability}')}"


def _within(promised: Commitment, say: Say) -> str:
    target = promised.target
    return say("target-none") if target is None else say(f"target-{target.unit}", amount=target.amount)


def own_contact(route: Route, scene: Scene) -> str:
    """The person's own colleagues for this route, where the tenant has named them."""
    contact = {"network_team": scene.tenant.network_team, "own_help_desk": scene.tenant.help_desk}.get(route.id, "")
    return scene.say(f"route-{route.id}-contact", contact=literal(contact)) if contact else ""


def organisation_name(tenant: Tenant, scene: Scene) -> str:
    """An organisation as people call it; one that nobody has named yet is not called by its id, but is told from others."""
    if tenant.name:
        return tenant.name
    works_for_several = scene.person.agent or scene.person.role is Role.PARTNER
    if tenant.id == scene.tenant.id and not works_for_several:
        return scene.say("organisation-yours")
    return scene.say("organisation-unnamed", id=tenant.id[:8])


def category_choices(scene: Scene) -> list[tuple[str, str]]:
    """Every category with its name, those that open a case first, in the rule book's order."""
    return [(one, scene.say(f"category-{one}")) for one in scene.rules.categories]


def plan_choices(scene: Scene) -> list[tuple[str, str]]:
    """Every plan with its name."""
    return [(one, scene.say(f"plan-{one}")) for one in scene.rules.plans]


def sets_severity(scene: Scene) -> bool:
    """Whether this person's word on a severity is final: their plan gives them that (DOMAIN.md section 3)."""
    mine = Subject(scene.tenant.id, scene.person.id)
    theirs = may(scene.rules, scene.person, scene.tenant.id, "set_severity", mine)
    return theirs and scene.rules.plans[scene.tenant.plan].sets_severity


def severity_choices(say: Say) -> list[tuple[str, str]]:
    """The three levels with their names."""
    return [(level.value, say(f"severity-{level}-choice")) for level in Severity]
