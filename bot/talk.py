"""What two people who are connected hear of one another, ready for the outbox; each in their own chat and language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.envelope import Address, Channel, Outgoing
from bot.store import Reached
from bot.store.bridges import BridgeTable, Places
from bot.store.casework import CaseWork
from dialogs import talk
from dialogs.scene import Scene
from dialogs.values import Message
from handoff.bridge import Bridge
from handoff.effects import Connect, Disconnect, Effect, Speak


class Guarded:
    """A channel that asks, just before it sends what goes over a bridge, whether that still holds."""

    def __init__(self, channel: Channel, bridges: BridgeTable) -> None:
        self._channel = channel
        self._bridges = bridges

    async def send(self, outgoing: Outgoing) -> str:
        """Deliver the message; or, where the two are not connected any more, say so to whoever wrote it."""
        if not outgoing.bridge or await self._bridges.holds(outgoing.bridge):
            return await self._channel.send(outgoing)
        if outgoing.instead:
            await self._channel.send(outgoing.instead)
        return ""


async def talk_letters(effects: Sequence[Effect], here: Address, at: CaseWork, scene: Scene) -> list[Outgoing]:
    """What the two are told because of these effects; `here` is where whoever acted did it."""
    letters: list[Outgoing] = []
    for effect in effects:
        if isinstance(effect, Connect):
            places = Places.of(await at.reached(effect.case, scene.now), effect.bridge.owner)
            letters += [_greeting(effect, one, scene) for one in places.both]
        elif isinstance(effect, Speak):
            letters += await _heard(effect, here, at, scene)
        elif isinstance(effect, Disconnect) and effect.why == "said":
            other = effect.bridge.other(scene.person).id
            letters += [one for id_, one in (await endings(effect.bridge, "said", at, scene)).items() if id_ == other]
    return letters


async def endings(bridge: Bridge, why: str, at: CaseWork, scene: Scene) -> dict[str, Outgoing]:
    """That it has ended, for each of the two, by their ids."""
    case = scene.found.case
    places = Places.of(await at.reached(case, scene.now), bridge.owner) if case else Places(None, None)
    return {one.recipient.person.id: _ending(bridge, why, one, scene) for one in places.both}


def _ending(bridge: Bridge, why: str, to: Reached, scene: Scene) -> Outgoing:
    say = replace(scene, language=to.recipient.language).say
    return Outgoing(to.address, Message(talk.over(bridge, to.recipient.person, why, say)))


def _greeting(effect: Connect, to: Reached, scene: Scene) -> Outgoing:
    theirs = replace(scene, language=to.recipient.language, token=f"{scene.token}-t")
    return Outgoing(to.address, talk.greeting(effect.bridge, to.recipient.person, effect.case, theirs))


async def _heard(effect: Speak, here: Address, at: CaseWork, scene: Scene) -> list[Outgoing]:
    """What one said, for the other: where they spoke last, as long as the two are connected."""
    bridge, case = effect.bridge, scene.found.case
    places = Places.of(await at.reached(case, scene.now), bridge.owner) if case else Places(None, None)
    to = places.requester if scene.person.id == bridge.owner.id else places.owner
    if to is None:
        return [Outgoing(here, talk.undelivered(effect.words, scene.say))]
    thread = await at.thread_of(bridge) if to is places.owner else None
    say = replace(scene, language=to.recipient.language).say
    words = talk.framed(bridge, scene.person, effect.words, say, () if thread else effect.files)  # others read there
    instead = Outgoing(here, talk.undelivered(effect.words, scene.say))
    files = [
        Outgoing(to.address, talk.shared(bridge, scene.person, one, say), bridge=bridge.id) for one in effect.files
    ]
    return [Outgoing(thread or to.address, words, bridge=bridge.id, instead=instead), *files]
