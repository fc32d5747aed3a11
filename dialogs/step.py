"""One step of a conversation: state and what came in, to state, messages and effects. Pure.

Help, cancel, a person and the language are heard here, once, before any dialog; then what is on the table decides who answers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from dialogs import person, redirect, triage, welcome
from dialogs.commands import Command
from dialogs.draft import answered, chosen, corrected, draft_from, grown, labels
from dialogs.prompts import typed_answer, typed_category, typed_severity
from dialogs.scene import Scene, forget
from dialogs.values import Draft, Incoming, Message, Reading, State, Turn
from dialogs.weigh import Decision, weigh
from dialogs.words import LANGUAGES

JOIN = "\n"
LONGEST = 20_000  # characters of one problem that are remembered, the newest ones


def texts_to_judge(state: State, incoming: Incoming) -> tuple[str, ...]:
    """The texts that the classifier has to read for this step: what was written, and that with what was said before it."""
    if incoming.kind != "message" or not incoming.text.strip():
        return ()
    if state.draft is None or not state.draft.text:
        return (incoming.text,)
    return (incoming.text, JOIN.join((state.draft.text, incoming.text))[-LONGEST:])


def step(state: State, incoming: Incoming, readings: tuple[Reading, ...], scene: Scene) -> Turn:
    """Take one step. `readings` are those of `texts_to_judge`, in its order."""
    command = _commanded_in(state, incoming, scene)
    state = replace(state, language=_language(state, incoming, readings, command.language if command else ""))
    scene = replace(scene, language=state.language)
    if incoming.kind == "arrival":
        return welcome.arrive(state, scene)
    if incoming.kind == "action":
        return _pressed(state, incoming, scene)
    if command:
        return _commanded(state, command.id, scene)
    return _written(state, readings, scene)


def _language(state: State, incoming: Incoming, readings: tuple[Reading, ...], commanded: str) -> str:
    """The language to answer in: the one just written where the text tells, else the one spoken so far, else the client's."""
    written = readings[0].language if readings and not commanded else ""
    locale = incoming.locale[:2].lower()
    return commanded or written or state.language or (locale if locale in LANGUAGES else "") or LANGUAGES[0]


def _commanded_in(state: State, incoming: Incoming, scene: Scene) -> Command | None:
    """The command that was typed; but what answers the question that is asked is its answer."""
    command = scene.knowledge.commands.hear(incoming.text) if incoming.kind == "message" else None
    if command is None or state.asked not in scene.rules.questions:
        return command
    answers = command.id in ("yes", "no") or typed_answer(incoming.text, state.asked, scene) is not None
    return None if answers else command


def _commanded(state: State, command: str, scene: Scene) -> Turn:
    """What was typed to steer."""
    steer: Mapping[str, Callable[[], Turn]] = {
        "help": lambda: _again(state, welcome.helping(state, scene), scene),
        "cancel": lambda: welcome.cancel(state, scene),
        "start_over": lambda: welcome.start_over(state, scene),
        "person": lambda: person.hand_over(state, scene, _key(state)),
        "english": lambda: _in(state, "en", scene),
        "french": lambda: _in(state, "fr", scene),
        "greeting": lambda: _again(state, welcome.greet(state, scene), scene),
        "thanks": lambda: _again(_done_reading(state), welcome.thank(_done_reading(state), scene), scene),
        "yes": lambda: _agreed(state, scene),
        "no": lambda: _refused(state, scene),
    }
    return steer[command]()


def _in(state: State, language: str, scene: Scene) -> Turn:
    scene = replace(scene, language=language)
    return _again(replace(state, language=language), welcome.speak(state, language, scene), scene)


def _done_reading(state: State) -> State:
    """Somebody who thanks for the way out has taken it."""
    return forget(state) if state.asked == "redirect" else state


def _agreed(state: State, scene: Scene) -> Turn:
    if state.draft and state.asked == "proposal":
        return triage.open_it(state, state.draft, scene)
    if state.asked == "redirect":
        return welcome.thank(forget(state), scene)
    wanted = (welcome.tell(scene.say("ask-more"), scene),) if state.draft is None or state.asked == "detail" else ()
    return _again(state, Turn(state, wanted), scene)


def _refused(state: State, scene: Scene) -> Turn:
    if state.draft and state.asked == "redirect":
        return person.hand_over(state, scene, _key(state), wrong=True)
    if state.draft and state.asked == "category":
        return triage.list_all(state, state.draft, scene)
    if state.draft and state.asked == "proposal":
        return Turn(state, (welcome.tell(scene.say("what-is-wrong"), scene),))
    return welcome.cancel(state, scene)


def _pressed(state: State, incoming: Incoming, scene: Scene) -> Turn:
    """A button of a card. Only the card on the table counts; an old one is answered with what it opened, or with the current one."""
    if scene.opened:
        return Turn(state, (Message(scene.say("already-opened", number=scene.opened)),))
    draft = state.draft
    if draft is None or draft.token != incoming.token:
        if incoming.verb in ("person", "wrong"):
            return person.hand_over(state, scene, incoming.token)
        return _again(state, Turn(state, (welcome.note(scene.say("card-is-old")),)), scene)
    deeds: Mapping[str, Callable[[], Turn]] = {
        "open": lambda: _open(state, corrected(draft, incoming.values, scene), scene),
        "answer": lambda: _answered(
            state, draft, incoming.values.get("question", ""), incoming.values.get("answer", ""), scene
        ),
        "choose": lambda: _choose(state, draft, incoming.values.get("category", ""), scene),
        "other": lambda: triage.list_all(state, draft, scene),
        "wrong": lambda: person.hand_over(state, scene, draft.token, wrong=True),
        "person": lambda: person.hand_over(state, scene, draft.token),
        "cancel": lambda: welcome.cancel(state, scene),
    }
    deed = deeds.get(incoming.verb)
    return deed() if deed else _again(state, Turn(state, (welcome.note(scene.say("card-is-old")),)), scene)


def _open(state: State, draft: Draft, scene: Scene) -> Turn:
    """Open the case, unless the corrected category is not ours to solve, or was never chosen."""
    if draft.category is not None and state.asked == "proposal" and scene.rules.in_scope(draft.category):
        return triage.open_it(state, draft, scene)
    return _present(state, draft, scene)


def _choose(state: State, draft: Draft, category: str, scene: Scene) -> Turn:
    if category not in scene.rules.categories:
        return triage.list_all(state, draft, scene)
    return _present(replace(state, misses=0), chosen(draft, category), scene)


def _answered(state: State, draft: Draft, question: str, answer: str, scene: Scene) -> Turn:
    known = scene.rules.questions.get(question)
    if known is None or answer not in known.answers:
        return _present(state, draft, scene)
    return _present(replace(state, misses=0), answered(draft, question, answer), scene)


def _written(state: State, readings: tuple[Reading, ...], scene: Scene) -> Turn:
    """A text that is no command: an answer to what was asked, a new problem, or more about this one."""
    draft = state.draft
    if not readings or not any(mark.isalnum() for mark in readings[0].text):
        return _again(state, Turn(state, (welcome.tell(scene.say("no-words"), scene),)), scene)
    if draft is not None:
        reply = _typed(state, draft, readings[0].text, scene)
        if reply is not None:
            return reply
    alone = weigh(readings[0], scene.knowledge.thresholds, scene.rules)
    if draft is None or _another_problem(state, draft, alone.decision, alone.category):
        set_aside = (Message(scene.say("set-aside")),) if state.asked == "proposal" else ()
        turn = _understand(forget(state), readings[0], readings[0].text, {}, scene)
        return replace(turn, messages=set_aside + turn.messages)
    return _more(state, draft, readings, scene)


def _typed(state: State, draft: Draft, text: str, scene: Scene) -> Turn | None:
    """What was asked, answered by typing."""
    if state.asked in scene.rules.questions:
        answer = typed_answer(text, state.asked, scene)
        return _answered(state, draft, state.asked, answer, scene) if answer else None
    category = typed_category(text, scene)
    if category and state.asked in ("category", "detail", "proposal"):
        return _choose(state, draft, category, scene)
    severity = typed_severity(text)
    if severity and state.asked == "proposal":
        levels = (severity,)
        return triage.go_on(state, replace(draft, severity=severity, levels=levels), scene)
    return None


def _another_problem(state: State, draft: Draft, decision: Decision, category: str) -> bool:
    """Whether a text that is clear by itself speaks of something else than what is on the table."""
    if state.asked == "redirect":
        return True
    return decision is Decision.ACT and draft.category is not None and category != draft.category


def _more(state: State, draft: Draft, readings: tuple[Reading, ...], scene: Scene) -> Turn:
    """More about the problem on the table: read it all together, or by itself where that is clearer."""
    together = readings[-1]
    best = max(readings, key=lambda reading: (_rank(reading, scene), max(reading.categories.values())))
    if state.asked in scene.rules.questions:
        state = replace(state, misses=state.misses + 1)
    if draft.category is not None:
        return _present(state, grown(draft, together, weigh(together, scene.knowledge.thresholds, scene.rules)), scene)
    return _understand(state, best, together.text, draft.answers, scene)


def _rank(reading: Reading, scene: Scene) -> int:
    order = (Decision.ASK, Decision.CONFIRM, Decision.ACT)
    return order.index(weigh(reading, scene.knowledge.thresholds, scene.rules).decision)


def _understand(state: State, reading: Reading, text: str, answers: Mapping[str, str], scene: Scene) -> Turn:
    """Weigh a reading and go where the decision leads."""
    proposal = weigh(reading, scene.knowledge.thresholds, scene.rules)
    draft = draft_from(reading, proposal, text, answers)
    if proposal.decision is Decision.ASK:
        return triage.ask_for_words(state, draft, scene)
    if proposal.decision is Decision.CONFIRM:
        return triage.ask_which(state, draft, scene)
    return _present(replace(state, misses=0), draft, scene)


def _present(state: State, draft: Draft, scene: Scene) -> Turn:
    """Put what is known on the table: the choice of a category, the way out, a question, or the proposal."""
    if draft.category is None:
        return triage.list_all(state, draft, scene)
    if scene.rules.in_scope(draft.category):
        return triage.go_on(state, draft, scene)
    turn = redirect.send_away(state, draft, scene)
    return replace(turn, effects=labels(draft, scene))


def _again(state: State, said: Turn, scene: Scene) -> Turn:
    """Say something aside, then put what was on the table back there, so that nobody is left without a next step."""
    if state.draft is None or state.asked == "detail":
        return said
    draft = state.draft
    scene = replace(scene, token=draft.token)  # the card that is on the screen already stays as good as its copy
    if state.asked == "category":
        back = triage.ask_which(state, draft, scene) if draft.alternatives else triage.list_all(state, draft, scene)
    else:
        back = _present(state, draft, scene)
    kept = tuple(replace(message, replaces=False) for message in back.messages)
    return Turn(back.state, said.messages + kept, said.effects)


def _key(state: State) -> str:
    return state.draft.token if state.draft else ""
