"""From a problem to a case: more words, which category, how grave, the proposal, the case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from dialogs.cards.case import opened_card
from dialogs.cards.note import note_card
from dialogs.cards.proposal import cited, proposal_card
from dialogs.cards.question import all_categories, severity_question, which_category
from dialogs.draft import implied, judgement, labels, set_by_hand
from dialogs.labelled import labelled
from dialogs.phrases import sets_severity
from dialogs.scene import Scene, forget, missed
from dialogs.values import Draft, Message, State, Suggestion, Turn
from handoff.case import Case, Decider, open_case
from handoff.effects import OpenCase, RecordLabel, RecordSelfHelp
from handoff.life import Event, submit_at_once
from handoff.packet import Packet, title_from
from handoff.rulebook import Severity
from handoff.severity import next_question, settle

PATIENCE = 2  # questions in a row that may miss before a list, or our own guess to correct, is offered instead


def ask_for_words(state: State, draft: Draft, scene: Scene) -> Turn:
    """Nothing to go by yet: ask for more, then offer the list. Never guess (ruling 16), never stop."""
    draft = replace(draft, token=scene.token)
    if state.misses >= PATIENCE:
        return list_all(state, draft, scene)
    text = scene.say("ask-more" if state.misses == 0 else "ask-again")
    person = Suggestion(scene.say("button-person"), scene.say("person-command"))
    return Turn(replace(missed(state), asked="detail", draft=draft), (Message(text, suggestions=(person,)),))


def ask_which(state: State, draft: Draft, scene: Scene) -> Turn:
    """A few categories are likely: let the person choose; the whole list where too many are."""
    if not draft.alternatives:
        return list_all(state, draft, scene)
    draft = replace(draft, token=scene.token)
    message = Message(scene.say("which-title"), which_category(draft, draft.alternatives, scene), replaces=True)
    message = replace(message, proposed=labelled(draft, scene))
    return Turn(replace(state, asked="category", draft=draft), (message,))


def list_all(state: State, draft: Draft, scene: Scene) -> Turn:
    """Words did not help, or none of the few was right: the whole list."""
    draft = replace(draft, token=scene.token)
    message = Message(scene.say("list-title"), all_categories(draft, scene), replaces=True)
    return Turn(replace(state, asked="category", draft=draft), (message,))


def go_on(state: State, draft: Draft, scene: Scene) -> Turn:
    """The category stands: ask what could still change the severity, then propose."""
    draft = replace(draft, token=scene.token)
    answers = implied(draft) | dict(draft.answers)
    question = None if _theirs(draft, scene) else next_question(scene.rules, _levels(draft), answers)
    if question and state.misses < PATIENCE:
        message = Message(scene.say(f"question-{question}"), severity_question(question, draft, scene), replaces=True)
        message = replace(message, proposed=labelled(draft, scene))
        return Turn(replace(state, asked=question, draft=draft), (message,))
    draft = draft if set_by_hand(draft) else _settled(draft, answers, scene)
    proposed = labelled(draft, scene, cited(draft, scene), scene.say("self-help-title"))
    message = Message(scene.say("proposal-title"), proposal_card(draft, scene), replaces=True, proposed=proposed)
    return Turn(replace(state, asked="proposal", misses=0, draft=draft), (message,))


def open_it(state: State, draft: Draft, scene: Scene) -> Turn:
    """Open the case of the card on the table."""
    opening, corrections = opened(draft, draft.text, scene)
    state = replace(forget(state), case=opening.case.number)
    return Turn(state, (told(opening.case, scene),), (opening, *corrections))


def told(case: Case, scene: Scene) -> Message:
    """What whoever opened a case is told of it."""
    return Message(scene.say("case-title", number=case.number), opened_card(case, scene), replaces=True)


def opened(draft: Draft, description: str, scene: Scene) -> tuple[OpenCase, tuple[RecordLabel, ...]]:
    """Open a case, once: the card's token is its key. What an administrator opens is submitted to support in the same breath."""
    case = open_case(
        scene.rules,
        scene.tenant,
        scene.person,
        number=scene.number,
        key=draft.token,
        language=scene.language,
        description=description,
        category=draft.category,
        severity=Severity(str(draft.severity)),
        judgement=judgement(draft, scene),
        now=scene.now,
        severity_by=Decider.CUSTOMER if sets_severity(scene) else Decider(draft.severity_by),
        author=draft.author,
        link=draft.link,
    )
    case, also = _submitted(case, scene) if case.with_support else (case, ())
    return OpenCase(case, also), labels(draft, scene)


def solved_alone(state: State, draft: Draft, scene: Scene) -> Turn:
    """What we showed has helped: nothing is opened, and that it helped is put on record."""
    text = scene.say("solved-alone")
    helped = RecordSelfHelp(draft.text, scene.language, str(draft.category), draft.model)
    return Turn(forget(state), (Message(text, note_card(text), replaces=True),), (helped,))


def _levels(draft: Draft) -> frozenset[Severity]:
    return frozenset(Severity(level) for level in draft.levels)


def _theirs(draft: Draft, scene: Scene) -> bool:
    """Whether the severity is the person's to set, so that nothing is asked: they have set it, or their plan lets them."""
    return set_by_hand(draft) or sets_severity(scene)


def _settled(draft: Draft, answers: Mapping[str, str], scene: Scene) -> Draft:
    """What the answers decide, and that they did."""
    severity = settle(scene.rules, _levels(draft), answers, Severity(str(draft.severity)))
    by = Decider.ANSWERS if draft.answers else Decider.CLASSIFIER
    return replace(draft, severity=severity.value, severity_by=by.value)


def _submitted(case: Case, scene: Scene) -> tuple[Case, tuple[Event, ...]]:
    """The case as a service request with what its message says; details can be added afterwards."""
    contact = scene.person.name.strip() or scene.person.id
    packet = Packet(title_from(case.description), case.description, contact=contact, language=scene.language)
    change = submit_at_once(scene.actor, case, packet)
    return change.case, (change.event,)
