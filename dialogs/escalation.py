"""A message of a chat becomes a case: proposed in a window from its words, corrected by whoever picked it, opened for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from dialogs import organisation, person, sharing, triage
from dialogs.cards.escalate import SUMMARY_LENGTH, escalate_card, way_out_card
from dialogs.draft import corrected, draft_from
from dialogs.scene import Scene
from dialogs.shown import visible
from dialogs.values import Draft, Incoming, Message, Reading, State, Turn
from dialogs.weigh import Decision, Proposal, weigh
from handoff.effects import OpenCase, RecordLabel
from handoff.people import Role
from handoff.rulebook import Severity

KEPT = ("message", "attachments")  # of the window itself; all else in it is the person's


def asked(state: State, incoming: Incoming, readings: Mapping[str, Reading], scene: Scene) -> Turn:
    """Whatever is asked from another chat. What cannot be read is said to be so: nobody is left before a window that does nothing."""
    deeds: Mapping[str, Callable[[], Turn]] = {
        "propose": lambda: propose(state, incoming, readings.get(incoming.text), scene),
        **{verb: lambda: _pressed(state, incoming, scene) for verb in ("send", "back", "wrong")},
        "search": lambda: sharing.found(state, incoming, scene),
    }
    deed = deeds.get(incoming.verb)
    return deed() if deed else Turn(state, (Message(scene.say("extension-unreadable")),))


def propose(state: State, incoming: Incoming, reading: Reading | None, scene: Scene) -> Turn:
    """The window, filled in from the message: an unclear one leaves the category open, which is not guessed (ruling 16)."""
    draft = Draft("")
    if reading is not None:
        proposal = weigh(reading, scene.knowledge.thresholds, scene.rules)
        draft = draft_from(reading, proposal, incoming.text, {})
        draft = replace(draft, category=proposal.category if _worth_proposing(proposal, scene) else None)
    values = incoming.values
    draft = replace(draft, token=scene.token, author=values.get("author", ""), link=values.get("link", ""))
    entered = {
        **{name: values.get(name, "") for name in KEPT},
        "category": draft.category or "",
        "severity": draft.severity or Severity.B.value,
        "summary": incoming.text.strip()[:SUMMARY_LENGTH],
    }
    already = scene.say("escalate-already", number=state.case) if state.case else ""
    state = replace(state, asked="escalation", draft=draft, said=values.get("attachments", ""))
    return _form(state, draft, entered, already, scene)


def _pressed(state: State, incoming: Incoming, scene: Scene) -> Turn:
    """A button of a window: of one that was sent before, of one too old to be sent, or of one that is open."""
    if scene.opened:
        return _opened_before(state, incoming, scene)
    if state.draft is None:
        return Turn(state, (Message(scene.say("escalate-stale")),))
    draft = replace(state.draft, token=incoming.token or state.draft.token)
    deed = {"send": send, "back": back, "wrong": wrong}[incoming.verb]
    return deed(state, draft, incoming, _for_the_chosen(incoming, scene))


def send(state: State, draft: Draft, incoming: Incoming, scene: Scene) -> Turn:
    """Open the case, once for each window; what is not ours to solve is told in the window, and opens nothing."""
    values = incoming.values
    draft = corrected(draft, values, scene)
    missing = _missing(values, scene)
    if missing:
        return _form(state, draft, _entered(state, values), missing, scene)
    if not scene.rules.in_scope(str(draft.category)):
        card = way_out_card(draft, values, scene)
        title = scene.say(f"route-{scene.rules.route_of(str(draft.category)).id}-title")
        return Turn(state, (Message(title, card, dialog=True),))
    opening, corrections = triage.opened(draft, described(draft, values["summary"], scene), scene)
    return _done(state, incoming, (opening, *corrections), scene)


def back(state: State, draft: Draft, incoming: Incoming, scene: Scene) -> Turn:
    """The form again, with what was entered."""
    return _form(state, draft, _entered(state, incoming.values), "", scene)


def wrong(state: State, draft: Draft, incoming: Incoming, scene: Scene) -> Turn:
    """It is ours after all: a person looks at it, and the operators at the proposal."""
    whole = replace(draft, text=described(draft, incoming.values.get("summary", ""), scene))
    turn = person.hand_over(replace(state, draft=whole, waiting=""), scene, draft.token)
    refused = RecordLabel(draft.text, scene.language, draft.proposed_category, None, None, draft.model)
    opening = next(effect for effect in turn.effects if isinstance(effect, OpenCase))
    return _done(state, incoming, (opening, *([refused] if draft.text else [])), scene)


def described(draft: Draft, summary: str, scene: Scene) -> str:
    """The case's description: the summary, then whose message it is about, what it says if that is more, and where it stands."""
    author = draft.author or scene.say("nobody")
    whole = draft.text.strip()
    same = " ".join(whole.split()) == " ".join(summary.split())
    told = scene.say("escalate-from" if same or not whole else "escalate-said", author=author)
    parts = [summary.strip(), "", told, *([] if same or not whole else [whole]), *([draft.link] if draft.link else [])]
    return "\n".join(parts).strip()


def _worth_proposing(proposal: Proposal, scene: Scene) -> bool:
    """Whether the category stands in the window: also of a message that says little, where it leaves hardly a doubt what it is about.

    A window cannot ask for more words, and nothing leaves it before somebody has read it.
    """
    sure = proposal.confidence >= scene.knowledge.thresholds.act and scene.rules.in_scope(proposal.category)
    return proposal.decision is not Decision.ASK or sure


def _done(state: State, incoming: Incoming, effects: tuple[OpenCase | RecordLabel, ...], scene: Scene) -> Turn:
    """The card for the chat, and for whoever opened the case one in their own chat with us."""
    case = next(effect.case for effect in effects if isinstance(effect, OpenCase))
    after = State(language=state.language, case=case.number)
    return Turn(after, (sharing.to_share(case, incoming, scene), triage.told(case, scene)), effects)


def _opened_before(state: State, incoming: Incoming, scene: Scene) -> Turn:
    """This window was sent before: the same card again."""
    case = visible(scene)
    if case is None:
        return Turn(state, (Message(scene.say("already-opened", number=scene.opened)),))
    return Turn(state, (sharing.to_share(case, incoming, scene),))


def _form(state: State, draft: Draft, entered: Mapping[str, str], problem: str, scene: Scene) -> Turn:
    return Turn(
        state, (Message(scene.say("escalate-title"), escalate_card(draft, entered, problem, scene), dialog=True),)
    )


def _entered(state: State, values: Mapping[str, str]) -> dict[str, str]:
    return {**values, "message": values.get("message", ""), "attachments": state.said}


def _missing(values: Mapping[str, str], scene: Scene) -> str:
    """What has to be filled in first, in words, or empty."""
    if values.get("category", "") not in scene.rules.categories:
        return scene.say("problem-category-missing")
    if values.get("severity", "") not in list(Severity):
        return scene.say("problem-severity-missing")
    return "" if values.get("summary", "").strip() else scene.say("problem-words-missing")


def _for_the_chosen(incoming: Incoming, scene: Scene) -> Scene:
    """A partner opens it for the organisation that was chosen in the window, as what they are there."""
    tenant = organisation.chosen(incoming, scene)
    if tenant is None or tenant.id == scene.tenant.id:
        return scene
    return replace(scene, tenant=tenant, person=replace(scene.person, role=Role.PARTNER))
