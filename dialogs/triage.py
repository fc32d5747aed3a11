"""From a problem to a case: more words, which category, how grave, the proposal, the case."""

from __future__ import annotations

from dataclasses import replace

from dialogs.cards.case import case_card
from dialogs.cards.proposal import proposal_card
from dialogs.cards.question import all_categories, severity_question, which_category
from dialogs.draft import implied, judgement, labels
from dialogs.scene import Scene, forget, missed
from dialogs.values import Draft, Message, State, Suggestion, Turn
from handoff.case import open_case
from handoff.effects import OpenCase
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
    """A few categories are likely: let the person choose."""
    draft = replace(draft, token=scene.token)
    message = Message(scene.say("which-title"), which_category(draft, draft.alternatives, scene), replaces=True)
    return Turn(replace(state, asked="category", draft=draft), (message,))


def list_all(state: State, draft: Draft, scene: Scene) -> Turn:
    """Words did not help, or none of the few was right: the whole list."""
    draft = replace(draft, token=scene.token)
    message = Message(scene.say("list-title"), all_categories(draft, scene), replaces=True)
    return Turn(replace(state, asked="category", draft=draft), (message,))


def go_on(state: State, draft: Draft, scene: Scene) -> Turn:
    """The category stands: ask what could still change the severity, then propose."""
    levels = frozenset(Severity(level) for level in draft.levels)
    draft = replace(draft, token=scene.token)
    answers = implied(draft) | dict(draft.answers)
    question = next_question(scene.rules, levels, answers)
    if question and state.misses < PATIENCE:
        message = Message(scene.say(f"question-{question}"), severity_question(question, draft, scene), replaces=True)
        return Turn(replace(state, asked=question, draft=draft), (message,))
    severity = settle(scene.rules, levels, answers, Severity(str(draft.severity)))
    draft = replace(draft, severity=severity.value)
    return Turn(
        replace(state, asked="proposal", misses=0, draft=draft),
        (Message(scene.say("proposal-title"), proposal_card(draft, scene), replaces=True),),
    )


def open_it(state: State, draft: Draft, scene: Scene) -> Turn:
    """Open the case, once: the card's token is its key."""
    case = open_case(
        scene.rules,
        scene.tenant,
        scene.person,
        number=scene.number,
        key=draft.token,
        language=scene.language,
        description=draft.text,
        category=draft.category,
        severity=Severity(str(draft.severity)),
        judgement=judgement(draft, scene),
        now=scene.now,
    )
    message = Message(scene.say("case-title", number=case.number), case_card(case, scene), replaces=True)
    return Turn(forget(state), (message,), (OpenCase(case), *labels(draft, scene)))
