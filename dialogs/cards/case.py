"""A case: what it is about, who has it, where it stands, what is promised, and what this person may do with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dialogs.cards.files import get_files, named_files
from dialogs.cards.pieces import (
    Piece,
    buttons,
    card,
    choice,
    close,
    facts,
    heading,
    links,
    notice,
    paragraph,
    press,
    quote,
    small,
    text_input,
)
from dialogs.markdown import literal
from dialogs.moments import until, when
from dialogs.phrases import category_choices, organisation_name, promise, severity_choices, what_happens
from dialogs.scene import Scene
from handoff.bridge import OVER
from handoff.case import Case
from handoff.life import Event, legal_moves, reopenable_until
from handoff.people import Person
from handoff.response import due_at
from handoff.rulebook import Status

BUTTONS = 6  # as many as Teams shows on a card
LATEST = 5  # events that a card tells of
WORDY = frozenset({"comment", "ask", "resolve", "dispute", "reopen"})  # what one does with words


def case_card(case: Case, scene: Scene, events: Sequence[Event] = (), news: str = "", problem: str = "") -> Piece:
    """The card of a case for the person of the scene. `news` is its headline if something happened, `problem` what was refused."""
    say = scene.say
    moves = legal_moves(scene.actor, case)
    return card(
        heading(news or say("case-named", number=case.number)),
        *([notice(problem, "attention")] if problem else []),
        facts(_facts(case, scene)),
        *([buttons(*get_files(case, scene))] if scene.found.files else []),
        *_said(case, scene),
        *told(events[-LATEST:], scene),
        *_promised(case, scene),
        *_inputs(case, moves, scene),
        actions=_buttons(case, moves, scene),
    )


def opened_card(case: Case, scene: Scene) -> Piece:
    """What a person sees who has just opened a case about a category: its number, who has it, what is promised."""
    say = scene.say
    if case.category is None or case.severity is None:
        return person_card(case, scene)
    return card(
        heading(say("case-title", number=case.number)),
        facts(
            [
                *(
                    [(say("label-organisation"), literal(organisation_name(scene.tenant, scene)))]
                    if scene.organisations
                    else []
                ),
                (say("label-category"), say(f"category-{case.category}")),
                (say("label-severity"), say(f"severity-{case.severity}")),
                (say("label-holder"), say(f"holder-{case.holder}")),
                *named_files(scene.files, scene),
            ]
        ),
        quote(case.description),
        paragraph(what_happens(case.category, scene)),
        notice(promise(case.category, case.severity, scene), "good"),
        *_phone(case, scene),
        small(say("case-keep", number=case.number)),
        actions=[
            press(say("button-details"), "case", scene.token, {"case": case.number}),
            press(say("do-confirm"), "confirm", scene.token, {"case": case.number}),
        ],
    )


def _phone(case: Case, scene: Scene) -> list[Piece]:
    """The number of support, for those who may call it, where their organisation has written it down."""
    number = scene.tenant.support_phone
    return [paragraph(scene.say("case-phone", phone=literal(number)))] if number and case.with_support else []


def person_card(case: Case, scene: Scene) -> Piece:
    """What a person keeps who asked for a human: no promise that nobody made."""
    say = scene.say
    return card(
        heading(say("person-title", number=case.number)),
        notice(say("person-next"), "good"),
        *([quote(case.description)] if case.description else [paragraph(say("person-nothing-said"))]),
        small(say("case-keep", number=case.number)),
    )


def _said(case: Case, scene: Scene) -> list[Piece]:
    """What the case is about, in the words of whoever opened it; behind a button the message that it began with."""
    return [
        *([quote(case.words)] if case.words else []),
        *([close(links((scene.say("button-message"), case.link)))] if case.link else []),
    ]


def _facts(case: Case, scene: Scene) -> list[tuple[str, str]]:
    say = scene.say
    about = say(f"category-{case.category}") if case.category else say("category-none")
    pairs = [
        (say("label-status"), say(f"status-{case.status}")),
        (say("label-category"), about),
    ]
    if case.severity:
        decided = say(f"severity-by-{case.severity_by}")
        pairs.append((say("label-severity"), f"{say(f'severity-{case.severity}')} — {decided}"))
    pairs += [
        (say("label-holder"), name_of(case.owner, scene) if case.owner else say(f"holder-{case.holder}")),
        (say("label-requester"), name_of(case.requester, scene)),
        (say("label-opened"), when(case.opened_at, scene)),
        *([(say("label-message-from"), literal(case.author))] if case.author else []),
    ]
    if scene.organisations or case.tenant != scene.tenant.id:
        pairs.append((say("label-organisation"), literal(organisation_name(scene.actor.tenant, scene))))
    return pairs + _dates(case, scene) + named_files(scene.found.files, scene)


def _dates(case: Case, scene: Scene) -> list[tuple[str, str]]:
    """What is due, or until when what was closed may be opened again."""
    say, due = scene.say, due_at(scene.rules, case, scene.actor.tenant)
    pairs = [(say("label-due"), f"{when(due, scene)} ({until(due, scene)})")] if due else []
    if case.status is Status.CLOSED and scene.now <= reopenable_until(scene.rules, case):
        pairs.append((say("label-reopenable"), when(reopenable_until(scene.rules, case), scene)))
    return pairs + ([(say("label-follows"), case.follows)] if case.follows else [])


def told(events: Sequence[Event], scene: Scene) -> list[Piece]:
    """What happened, oldest first: who, when, and what they said."""
    pieces: list[Piece] = []
    for event in events:
        who, what = name_of(event.by, scene), scene.say(f"event-{event.verb}")
        line = small(f"{when(event.at, scene)} · {who} · {what}")
        pieces.append(close(line) if pieces else line)
        if event.words:
            pieces.append(close(quote(event.words)))
    return pieces


def name_of(person: Person, scene: Scene) -> str:
    """A person by their name, where Markdown is read; not everybody has one."""
    return literal(person.name) or scene.say("nobody")


def _promised(case: Case, scene: Scene) -> list[Piece]:
    """The promise, while a first response is waited for."""
    waiting = case.clock.answered_at is None and case.status not in (Status.RESOLVED, Status.CLOSED)
    if not waiting or case.category is None or case.severity is None or not scene.rules.in_scope(case.category):
        return []
    theirs = replace(scene, tenant=scene.actor.tenant)  # an agent reads what the customer was promised
    return [notice(promise(case.category, case.severity, theirs), "accent")]


def _inputs(case: Case, moves: Sequence[str], scene: Scene) -> list[Piece]:
    say = scene.say
    inputs: list[Piece] = []
    if WORDY & set(moves):
        inputs.append(text_input("words", say("label-words"), lines=True, hint=say("hint-words")))
    if "recategorise" in moves:
        inputs.append(choice("category", say("label-category"), category_choices(scene), case.category))
    if "grade" in moves:
        inputs.append(choice("severity", say("label-severity"), severity_choices(say), case.severity))
    return inputs


def _buttons(case: Case, moves: Sequence[str], scene: Scene) -> list[Piece]:
    """What may be done, the most likely first, as far as a card has room."""
    first = [verb for verb in ("confirm", "dispute") if case.status is Status.RESOLVED and verb in moves]
    verbs = [*first, *(verb for verb in moves if verb not in first)]
    pressed = [
        press(scene.say(f"do-{verb}"), verb, scene.token, {"case": case.number}, "default" if place else "positive")
        for place, verb in enumerate(verbs)
    ]
    if (
        case.is_request
        and "reopen" not in moves
        and case.status is Status.CLOSED
        and scene.person.may_submit_a_service_request
    ):
        pressed.append(press(scene.say("do-follow_up"), "follow_up", scene.token, {"case": case.number}))
    mine = case.owner is not None and case.owner.id == scene.person.id and case.requester.id != scene.person.id
    if mine and case.status not in OVER:
        pressed.append(press(scene.say("do-talk"), "talk", scene.token, {"case": case.number}))
    if case.is_request:
        pressed.append(press(scene.say("button-packet"), "packet", scene.token, {"case": case.number}))
    return pressed[:BUTTONS]
