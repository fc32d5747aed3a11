"""What a turn shows of how a message was understood: what was read, what became of it, who said what it is about. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from dialogs.scene import Scene
from dialogs.understand import JOIN
from dialogs.values import Draft, Reading, State, Turn
from dialogs.weigh import weigh
from handoff.case import Case
from handoff.effects import ChangeCase, OpenCase, RecordLabel, RecordSelfHelp
from handoff.people import Person

JUDGED_ANEW = frozenset({"recategorise", "grade", "escalate"})  # moves in which a person says what a case is about


@dataclass(frozen=True)
class Read:
    """A message that was judged: what the classifier made of it, and what was decided. `outcome` is empty while it is open."""

    text: str
    language: str
    model: str
    decision: str = ""
    proposed: str | None = None
    proposed_severity: str | None = None
    confidence: float = 0.0
    margin: float = 0.0
    clarity: float = 0.0
    outlier: float = 0.0
    probabilities: Mapping[str, float] = field(default_factory=dict)
    severities: Mapping[str, float] = field(default_factory=dict)
    outcome: str = ""


@dataclass(frozen=True)
class Became:
    """What became of the message that was on the table. `category` and `severity` are set where a person let them stand, or set them."""

    outcome: str
    category: str | None = None
    severity: str | None = None
    case: str = ""


@dataclass(frozen=True)
class Said:
    """Somebody said what a message is about. `author` wrote it; `names` are those of the people concerned, to be taken out of it.

    `here` tells of the message that is on the table in this conversation from one that has opened a case.
    """

    text: str
    language: str
    proposed: str | None
    category: str | None
    severity: str | None
    model: str
    source: str
    author: str
    case: str = ""
    names: tuple[str, ...] = ()
    here: bool = True


@dataclass(frozen=True)
class Understood:
    """What one turn adds to the record of how messages are understood."""

    reads: tuple[Read, ...] = ()
    became: Became | None = None
    said: tuple[Said, ...] = ()


def understood(before: State, readings: Sequence[Reading], turn: Turn, scene: Scene) -> Understood:
    """What this turn adds; `before` is the conversation's state when it began."""
    return Understood(
        reads=tuple(_reads(before, readings, turn, scene)),
        became=_became(before, turn),
        said=(*_said_here(turn, scene), *_said_of_cases(turn, scene)),
    )


def _reads(before: State, readings: Sequence[Reading], turn: Turn, scene: Scene) -> Iterator[Read]:
    draft = turn.state.draft
    if draft is None or not draft.text or (before.draft is not None and draft.text == before.draft.text):
        return
    outcome = {"redirect": "redirected", "several": "several"}.get(turn.state.asked, "")
    reading = next((one for one in readings if one.text == draft.text), None)
    language = turn.state.language
    yield _read(reading, outcome, language, scene) if reading else _part(draft, outcome, language)


def _read(reading: Reading, outcome: str, language: str, scene: Scene) -> Read:
    proposal = weigh(reading, scene.knowledge.thresholds, scene.rules)
    ranked = sorted(reading.categories.items(), key=lambda pair: -pair[1])
    second = ranked[1][1] if len(ranked) > 1 else 0.0
    return Read(
        text=reading.text,
        language=reading.language or language,
        model=reading.model,
        decision=proposal.decision.value,
        proposed=proposal.category,
        proposed_severity=proposal.severity.value if scene.rules.in_scope(proposal.category) else None,
        confidence=proposal.confidence,
        margin=ranked[0][1] - second,
        clarity=reading.clarity,
        outlier=reading.outlier,
        probabilities={label: round(probability, 4) for label, probability in ranked[:5]},
        severities={str(level): round(probability, 4) for level, probability in reading.severities.items()},
        outcome=outcome,
    )


def _part(draft: Draft, outcome: str, language: str) -> Read:
    """One of several problems: it was read in an earlier turn, and its draft is what is left of that."""
    sure = draft.confidence or 0.0
    return Read(
        text=draft.text,
        language=language,
        model=draft.model,
        proposed=draft.proposed_category,
        proposed_severity=draft.proposed_severity,
        confidence=sure,
        margin=sure,
        outcome=outcome,
    )


def _became(before: State, turn: Turn) -> Became | None:
    """What became of the draft that was on the table; None where it is there still."""
    draft, after = before.draft, turn.state.draft
    if draft is None or not draft.text:
        return None
    for effect in turn.effects:
        if isinstance(effect, RecordSelfHelp):
            return Became("self_help", effect.category)
        if isinstance(effect, OpenCase):
            return _opened(before, draft, effect.case, refused=any(map(_is_refusal, turn.effects)))
    if after is None or after.text != draft.text:
        return _left(before, draft, after)
    if turn.state.asked == "redirect" != before.asked:
        said = before.asked == "category" or after.category != draft.proposed_category
        return Became("redirected", after.category if said else None)
    return None


def _opened(before: State, draft: Draft, case: Case, *, refused: bool) -> Became:
    if case.wants_a_person:
        wrong = "redirected_wrongly" if before.asked == "redirect" else "wrong"
        return Became(wrong if refused else "person", case=case.number)
    severity = str(case.severity) if case.severity else None
    as_proposed = (case.category, severity) == (draft.proposed_category, draft.proposed_severity)
    return Became("opened" if as_proposed else "corrected", case.category, severity, case.number)


def _left(before: State, draft: Draft, after: Draft | None) -> Became | None:
    if after is not None and after.text.startswith(draft.text + JOIN):
        return Became("more")
    settled = before.asked in ("redirect", "several")  # said when it was shown
    return None if settled else Became("abandoned")


def _is_refusal(effect: object) -> bool:
    return isinstance(effect, RecordLabel) and effect.category is None


def _said_here(turn: Turn, scene: Scene) -> Iterator[Said]:
    opened = next((effect.case.number for effect in turn.effects if isinstance(effect, OpenCase)), "")
    for effect in turn.effects:
        if isinstance(effect, RecordLabel):
            yield Said(
                **vars(effect),
                source=source_of(scene.person),
                author=scene.person.id,
                case=opened,
                names=(scene.person.name,),
            )


def _said_of_cases(turn: Turn, scene: Scene) -> Iterator[Said]:
    """An agent or an administrator who says what a case is about, or how grave, says it of the message that opened it."""
    before = scene.found.case
    for effect in turn.effects:
        if not isinstance(effect, ChangeCase) or effect.change.event.verb not in JUDGED_ANEW:
            continue
        case, anew = effect.change.case, effect.change.event.verb == "recategorise"
        same = before is not None and (before.category, before.severity) == (case.category, case.severity)
        if case.description.strip() and case.category and (anew or not same):
            yield Said(
                text=case.description,
                language=case.language,
                proposed=case.judgement.proposed_category,
                category=case.category,
                severity=str(case.severity) if case.severity and scene.rules.in_scope(case.category) else None,
                model=case.judgement.model,
                source=source_of(scene.person),
                author=case.requester.id,
                case=case.number,
                names=tuple({case.requester.name, scene.person.name, case.owner.name if case.owner else ""}),
                here=False,
            )


def source_of(person: Person) -> str:
    """In what capacity somebody says what a message is about."""
    return "agent" if person.agent else person.role.value
