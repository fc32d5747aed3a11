"""Talk to a person: from every step, in one tap, with everything said so far."""

from __future__ import annotations

from dataclasses import replace

from dialogs.cards.case import person_card
from dialogs.cards.note import note_card
from dialogs.draft import judgement
from dialogs.scene import Scene, forget
from dialogs.values import Draft, Message, State, Turn
from handoff.case import open_case
from handoff.effects import OpenCase, RecordLabel


def hand_over(state: State, scene: Scene, key: str, *, wrong: bool = False) -> Turn:
    """Open a case for a human. `wrong` records that the proposal on the table was refused.

    Asking again with nothing new on the table finds the case that is waiting already.
    """
    draft = state.draft or Draft("")
    if state.waiting and not state.draft:
        text = scene.say("person-already", number=state.waiting)
        return Turn(state, (Message(text, note_card(text), replaces=True),))
    case = open_case(
        scene.rules,
        scene.tenant,
        scene.person,
        number=scene.number,
        key=key or scene.token,
        language=scene.language,
        description=draft.text,
        category=None,
        severity=None,
        judgement=judgement(draft, scene),
        now=scene.now,
        wants_a_person=True,
        author=draft.author,
        link=draft.link,
    )
    refused = (RecordLabel(draft.text, scene.language, draft.category, None, None, draft.model),) if wrong else ()
    message = Message(scene.say("person-title", number=case.number), person_card(case, scene), replaces=True)
    return Turn(replace(forget(state), waiting=case.number), (message,), (OpenCase(case), *refused))
