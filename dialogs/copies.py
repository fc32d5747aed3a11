"""The cards of a case that people have before them, kept true: the last one in each chat as the case has become, older ones settled."""

from __future__ import annotations

from dataclasses import replace

from dialogs.cards.pieces import settled, small
from dialogs.lookup import Found
from dialogs.notices import Recipient, seen_by
from dialogs.scene import Scene
from dialogs.shown import card_of
from dialogs.values import Message
from handoff.authority import may


def refreshed(found: Found, recipient: Recipient, scene: Scene) -> Message | None:
    """The case as it has become, for one who has a card of it; None for whoever may not see it any more."""
    case, tenant = found.case, found.tenant
    if case is None or tenant is None:
        return None
    theirs = seen_by(recipient, found, tenant, scene)
    if not may(scene.rules, recipient.person, theirs.tenant.id, "view", case.subject):
        return None
    return Message(theirs.say("case-named", number=case.number), card_of(case, theirs, found.events), case=case.number)


def older(message: Message, language: str, scene: Scene, *, newer: bool) -> Message:
    """A card that is not kept true any more: its words stay, its buttons go. `newer` says that there is another one below."""
    say = replace(scene, language=language).say
    card = dict(message.card or {"body": []})
    note = say("copy-older") if newer else say("copy-over")
    return Message(message.text, settled(card, small(note)))
