"""The card of a case for those who work it: who, what, how serious and why, how much time is left, what was said; and all they may do.

It is the same in a channel of support agents and in the personal chat of one of them. What is done more rarely is folded away.
"""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.cards.case import name_of, told
from dialogs.cards.files import get_files, named_files
from dialogs.cards.pieces import (
    Piece,
    buttons,
    card,
    choice,
    excerpt,
    facts,
    folded,
    heading,
    notice,
    paragraph,
    press,
    quote,
    small,
    text_input,
    unfold,
)
from dialogs.markdown import literal, tagged
from dialogs.moments import until, when
from dialogs.phrases import category_choices, promised_words, reasons, severity_choices
from dialogs.scene import Scene
from handoff.authority import may
from handoff.bridge import OVER
from handoff.case import Case
from handoff.moves import Event, legal_moves
from handoff.people import Person
from handoff.response import due_at, promise_for

FIRST = ("take", "acknowledge", "confirm", "dispute", "reopen")  # what needs no more than a tap stands before the folds
WRITTEN = ("ask", "comment", "resolve", "hand_back")
PARTS = ("transcript", "write", "change", "pass")
AGENT = "agent"


def agents_card(
    case: Case,
    scene: Scene,
    events: Sequence[Event] = (),
    agents: Sequence[Person] = (),
    news: str = "",
    problem: str = "",
) -> Piece:
    """The card for the person of the scene. `agents` are those whom the case may be given to; the rest is as in `case_card`."""
    say, moves = scene.say, legal_moves(scene.actor, case)
    return card(
        heading(news or say("case-named", number=case.number)),
        *([notice(problem, "attention")] if problem else []),
        *_title(case),
        *_urgent(case, scene),
        facts(_facts(case, scene)),
        *([quote(case.description)] if case.description else []),
        *told(events[-1:], scene),
        *[
            buttons(*row)
            for row in (_at_once(case, moves, scene), _unfolding(case, moves, events, agents, scene))
            if row
        ],
        *_folds(case, moves, events, agents, scene),
    )


def reminder_card(text: str, on_call: Sequence[tuple[str, str]]) -> Piece:
    """A sentence for the thread, and the people who are to be told of it by Teams: ids of the directory, and names."""
    tags = [f"<at>{tagged(name)}</at>" for _, name in on_call]
    entities = [
        {"type": "mention", "text": tag, "mentioned": {"id": id_, "name": name}}
        for tag, (id_, name) in zip(tags, on_call, strict=True)
    ]
    body = card(notice(text, "warning"), *([paragraph(" ".join(tags))] if tags else []))
    return {**body, "msteams": {"entities": entities}} if entities else body


def _title(case: Case) -> list[Piece]:
    """The title that the request was given, where it says more than the beginning of the description."""
    title = case.packet.title if case.packet else ""
    return [] if case.description.startswith(title) else [paragraph(f"**{literal(title)}**")]


def _urgent(case: Case, scene: Scene) -> list[Piece]:
    """When the first response is due and how much time is left, and that nobody has the case."""
    say, due = scene.say, due_at(scene.rules, case, scene.actor.tenant)
    left = [say("agents-due", time=when(due, scene), left=until(due, scene))] if due else []
    free = case.with_support and case.owner is None and case.status not in OVER
    parts = [*left, *([say("agents-nobody")] if free else [])]
    late = due is not None and due <= scene.now
    return [notice(" ".join(parts), "attention" if late else "warning" if free else "accent")] if parts else []


def _facts(case: Case, scene: Scene) -> list[tuple[str, str]]:
    """Who, what, how serious and why; the reasons are the words and answers that the severity rests on."""
    say = scene.say
    promised = promise_for(scene.rules, case, scene.actor.tenant)
    pairs = [
        (say("label-requester"), f"{name_of(case.requester, scene)} · {literal(scene.actor.tenant.title)}"),
        (say("label-category"), say(f"category-{case.category}") if case.category else say("category-none")),
    ]
    if case.severity:
        by = say(f"severity-by-{case.severity_by}")
        pairs.append((say("label-severity"), f"{say(f'severity-{case.severity}')} — {by}"))
        pairs += [(say("label-reasons"), why)] if (why := reasons(case.judgement, say)) else []
    pairs += [
        (say("label-status"), say(f"status-{case.status}")),
        (say("label-owner"), name_of(case.owner, scene) if case.owner else say("agents-owner-none")),
        (say("label-opened"), when(case.opened_at, scene)),
    ]
    pairs += named_files(scene.found.files, scene)
    if case.packet:
        pairs.append((say("packet-contact"), literal(excerpt(case.packet.contact, 200))))
    if promised is not None:
        pairs.append(
            (say("label-promised"), f"{promised_words(promised, say)} ({say(f'plan-{scene.actor.tenant.plan}')})")
        )
    return pairs + [(say("label-follows"), case.follows)] * bool(case.follows)


def _unfolding(
    case: Case, moves: Sequence[str], events: Sequence[Event], agents: Sequence[Person], scene: Scene
) -> list[Piece]:
    """The buttons that unfold what there is to unfold."""
    present = {
        "transcript": bool(case.description or events),
        "write": bool(set(WRITTEN) & set(moves)),
        "change": bool({"recategorise", "grade"} & set(moves)),
        "pass": "release" in moves or ("assign" in moves and bool(agents)),
    }
    here = [part for part in PARTS if present[part]]
    return [unfold(scene.say(f"agents-{part}"), part, here) for part in here]


def _folds(
    case: Case, moves: Sequence[str], events: Sequence[Event], agents: Sequence[Person], scene: Scene
) -> list[Piece]:
    say = scene.say
    moves = [verb for verb in moves if verb != "assign" or agents]
    titles = category_choices(scene)
    named = [(one.id, one.name or one.id) for one in agents]
    fields: dict[str, list[Piece]] = {
        "write": [text_input("words", say("label-words"), lines=True, hint=say("hint-words"))],
        "change": [
            choice("category", say("label-category"), titles, case.category),
            choice("severity", say("label-severity"), severity_choices(say), case.severity),
        ],
        "pass": [choice(AGENT, say("label-agent"), named)] if "assign" in moves else [],
    }
    verbs = {"write": WRITTEN, "change": ("recategorise", "grade"), "pass": ("assign", "release")}
    parts = [folded("transcript", *_transcript(case, events, scene))]
    for part, acts in verbs.items():
        pressed = [_press(verb, case, scene) for verb in acts if verb in moves]
        if pressed:
            parts.append(folded(part, *fields[part], buttons(*pressed)))
    return parts


def _transcript(case: Case, events: Sequence[Event], scene: Scene) -> list[Piece]:
    """All that was said and done, oldest first, from the problem as it was described."""
    said = [small(scene.say("agents-described", who=name_of(case.requester, scene)))] if case.description else []
    described = [quote(case.description, 4_000)] if case.description else []
    return [*said, *described, *_stated(case, scene), *told(events, scene)]


def _stated(case: Case, scene: Scene) -> list[Piece]:
    """What the form of the request says besides."""
    if case.packet is None:
        return []
    given = {name: getattr(case.packet, name) for name in ("affected", "since", "tried", "workaround", "health")}
    pairs = [(scene.say(f"packet-{name}"), literal(excerpt(value))) for name, value in given.items() if value]
    return [facts(pairs)] if pairs else []


def _at_once(case: Case, moves: Sequence[str], scene: Scene) -> list[Piece]:
    """What needs no more than a tap."""
    pressed = [_press(verb, case, scene) for verb in FIRST if verb in moves]
    pressed = [{**one, "style": "positive"} for one in pressed[:1]] + pressed[1:]
    if _may_talk(case, scene):
        pressed.append(_press("talk", case, scene))
    pressed += get_files(case, scene)
    if case.is_request and scene.person.id:  # in a channel there is nobody who would paste it
        pressed.append(press(scene.say("button-packet"), "packet", scene.token, {"case": case.number}))
    return pressed


def _may_talk(case: Case, scene: Scene) -> bool:
    """Whether the person of the scene may be connected with whoever has the problem: they have the case, or nobody has."""
    person, mine = scene.person, case.owner is None or scene.person.id in ("", case.owner.id)
    allowed = may(scene.rules, person, scene.tenant.id, "talk", case.subject)
    return allowed and mine and case.status not in OVER and case.requester.id != person.id


def _press(verb: str, case: Case, scene: Scene) -> Piece:
    return press(scene.say(f"do-{verb}"), verb, scene.token, {"case": case.number})
