"""A text that is no command: an answer to what was asked, a new problem, several, or more about the one on the table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from dialogs import organisation, several, triage
from dialogs.draft import answered, chosen, draft_from, graded, grown
from dialogs.lookup import FEW_WORDS
from dialogs.parts import Joints
from dialogs.prompts import typed_answer, typed_category, typed_severity
from dialogs.scene import Scene, forget
from dialogs.several import surely_one
from dialogs.shown import show, visible
from dialogs.table import again, present
from dialogs.values import Draft, Incoming, Message, Reading, State, Turn
from dialogs.weigh import Decision, weigh
from dialogs.welcome import tell
from handoff.case import as_number

JOIN = "\n"
LONGEST = 20_000  # characters of one problem that are remembered, the newest ones
HELD = frozenset({"act_for", "new_problem"})  # buttons after which what was said before is taken up

Readings = Mapping[str, Reading]


def texts_to_judge(state: State, incoming: Incoming, read: Readings, joints: Joints) -> tuple[str, ...]:
    """The texts that the classifier has still to read for this step; none when it has `read` them all.

    First what was written, alone and with what was said before; then its parts, if it may be about several things.
    """
    text = _to_judge(state, incoming)
    if not text.strip():
        return ()
    texts = [text]
    if incoming.kind != "extension":
        texts += [joined(state.draft, text)] if state.draft and state.draft.text else []
        texts += joints.parts(text) if text in read and _may_be_several(read[text], joints) else []
    return tuple(one for one in dict.fromkeys(texts) if one not in read)


def _may_be_several(whole: Reading, joints: Joints) -> bool:
    """Whether a message leaves room for another thing, or says that it comes to one."""
    return not surely_one(whole) or joints.turns(whole.text)


def _to_judge(state: State, incoming: Incoming) -> str:
    """What was written, or is taken up now; empty where nothing is to be judged."""
    if incoming.kind == "extension":
        return incoming.text if incoming.verb == "propose" else ""
    if incoming.kind == "action" and incoming.verb in HELD:
        return state.said
    return incoming.text if incoming.kind in ("message", "action") else ""


def joined(draft: Draft, text: str) -> str:
    """A text with what was said before it about the same problem."""
    return JOIN.join((draft.text, text))[-LONGEST:]


def written(state: State, text: str, readings: Readings, scene: Scene) -> Turn:
    """Take a text up."""
    draft = state.draft
    if not any(mark.isalnum() for mark in text):
        return again(state, Turn(state, (tell(scene.say("no-words"), scene),)), scene)
    if scene.organisations and not state.acting_for:
        return organisation.choose(state, text, scene)
    reply = _typed(state, draft, text, scene) if draft else _about_a_case(state, text, scene)
    if reply is not None:
        return reply
    alone = weigh(readings[text], scene.knowledge.thresholds, scene.rules)
    number = state.case or scene.unanswered
    if draft is None and number and state.asked != "whose" and alone.decision is not Decision.ACT:
        return several.ask_whose(state, number, text, scene)
    if draft is None or _another_problem(state, draft, alone.decision, alone.category):
        return _new_problem(state, readings[text], readings, scene)
    return _more(state, draft, readings[text], readings[joined(draft, text)], scene)


def _about_a_case(state: State, text: str, scene: Scene) -> Turn | None:
    """A few words that name a case ask to see it. Whether it exists makes no difference to who may not see it."""
    return show(state, scene) if visible(scene) is not None or _spelt(text) else None


def _spelt(text: str) -> bool:
    """Whether a text spells a case number out, so that no word is taken for one: "transfer" reads like T-RAN-SFER."""
    number = as_number(text) if len(text.split()) <= FEW_WORDS else ""
    return bool(number) and (number in text.upper() or any(mark.isdigit() for mark in number))


def choose(state: State, draft: Draft, category: str, scene: Scene) -> Turn:
    """A category was chosen, by button or by name."""
    if category not in scene.rules.categories:
        return triage.list_all(state, draft, scene)
    return present(replace(state, misses=0), chosen(draft, category), scene)


def answer(state: State, draft: Draft, question: str, given: str, scene: Scene) -> Turn:
    """A severity question was answered, by button or by words."""
    known = scene.rules.questions.get(question)
    if known is None or given not in known.answers:
        return present(state, draft, scene)
    return present(replace(state, misses=0), answered(draft, question, given), scene)


def _new_problem(state: State, reading: Reading, readings: Readings, scene: Scene) -> Turn:
    """Something else than what is on the table, which is set aside; perhaps several things at once."""
    set_aside = (Message(scene.say("set-aside")),) if state.draft and state.asked not in ("detail", "redirect") else ()
    parts = [readings[part] for part in scene.knowledge.joints.parts(reading.text) if part in readings]
    drafts = several.problems(parts, scene)
    if drafts:
        proposal = weigh(reading, scene.knowledge.thresholds, scene.rules)
        turn = several.offer(state, draft_from(reading, proposal, reading.text, {}), drafts, scene)
    else:
        turn = _understand(forget(state), reading, reading.text, {}, scene)
    return replace(turn, messages=set_aside + turn.messages)


def _typed(state: State, draft: Draft, text: str, scene: Scene) -> Turn | None:
    """What was asked, answered by typing."""
    if state.asked in scene.rules.questions:
        given = typed_answer(text, state.asked, scene)
        return answer(state, draft, state.asked, given, scene) if given else None
    category = typed_category(text, scene, draft.alternatives if state.asked == "category" else ())
    if category and state.asked in ("category", "detail", "proposal"):
        return choose(state, draft, category, scene)
    severity = typed_severity(text)
    if severity and state.asked == "proposal":
        return triage.go_on(state, replace(graded(draft, severity, scene)), scene)
    return None


def _another_problem(state: State, draft: Draft, decision: Decision, category: str) -> bool:
    """Whether a text that is clear by itself speaks of something else than what is on the table."""
    if state.asked in ("redirect", "several"):
        return True
    return decision is Decision.ACT and draft.category is not None and category != draft.category


def _more(state: State, draft: Draft, alone: Reading, together: Reading, scene: Scene) -> Turn:
    """More about the problem on the table: read it all together, or by itself where that is clearer."""
    best = max((alone, together), key=lambda reading: (_rank(reading, scene), max(reading.categories.values())))
    if state.asked in scene.rules.questions:
        state = replace(state, misses=state.misses + 1)
    if draft.category is not None:
        proposal = weigh(together, scene.knowledge.thresholds, scene.rules)
        return present(state, grown(draft, together, proposal), scene)
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
    return present(replace(state, misses=0), draft, scene)
