"""Everything that follows from one thing that happened to a case: letters, cards that are kept true, desks, and who is still connected."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.envelope import Address, Envelope, Handover, Outgoing
from bot.notify import handovers, happened, letters
from bot.store import Known, Reached
from bot.store.casework import CaseWork
from bot.store.contract import Copy
from bot.store.outbox import stream_of
from bot.store.ringing import RingTransaction
from bot.store.turns import TurnTransaction
from bot.talk import endings, talk_letters
from dialogs.copies import older, refreshed
from dialogs.lookup import Found
from dialogs.passing import not_given
from dialogs.scene import Scene
from dialogs.values import Message, Share
from dialogs.words import Say
from handoff.alarms import Alarm, alarms_of
from handoff.case import Case
from handoff.effects import Connect, Disconnect, Effect, KeepFiles, Speak
from handoff.file import File
from handoff.life import Event
from handoff.moves import TALKING
from handoff.people import Tenant
from handoff.rulebook import Audience


@dataclass(frozen=True)
class Told:
    """What people and desks are told, what has to ring now, and the ends of bridges that do not hold any more."""

    outgoing: tuple[Outgoing, ...] = ()
    handovers: tuple[Handover, ...] = ()
    alarms: Mapping[str, tuple[Alarm, ...]] = field(default_factory=dict)
    ended: tuple[Disconnect, ...] = ()

    def __add__(self, other: Told) -> Told:
        """Both, one after the other."""
        alarms = {**self.alarms, **other.alarms}
        return Told(self.outgoing + other.outgoing, self.handovers + other.handovers, alarms, self.ended + other.ended)


@dataclass(frozen=True)
class Shown:
    """A card that has just been answered in place: its chat, and its id there."""

    stream: str
    card: str
    case: str


async def tell(
    case: Case,
    tenant: Tenant,
    event: Event,
    at: CaseWork,
    scene: Scene,
    shown: Shown | None = None,
    sent: Sequence[File] = (),
) -> Told:
    """Tell everybody whom it concerns. `shown` is a card of this case that is as it should be already; `sent` came with this."""
    found = await at.told_of(case, tenant, event)
    scene = replace(scene, found=replace(found, files=(*found.files, *sent)))
    reached = await at.reached(case, scene.now)
    desks = (
        handovers(case, tenant, event, *await at.knowing(case.number), scene, sent)
        if scene.knowledge.desks.routes
        else []
    )
    posted = letters(case, tenant, event, _concerned(case, event, reached, desks, scene), scene)
    told = {stream_of(one.address) for one in posted}
    mended = [] if event.verb == TALKING else await mend(case.number, told, reached, at, scene, shown)
    bridge = await at.bridge_over(case.number)
    held = bridge if bridge and bridge.holds(case) else None
    over = (await endings(bridge, "case", at, scene)).values() if bridge and not held else ()
    ended = (Disconnect(bridge, "case"),) if bridge and not held else ()
    alarms = {case.number: alarms_of(scene.rules, case, tenant, held)}
    return Told((*posted, *mended, *over), tuple(desks), alarms, ended)


async def change_and_tell(
    case: Case, tenant: Tenant, event: Event, at: RingTransaction, scene: Scene, sent: Sequence[File] = ()
) -> Told:
    """Store what a case has become, outside of a turn, and tell of it; `sent` came with it."""
    told = await tell(case, tenant, event, at, scene, sent=sent)
    await at.change(case, event, told.alarms[case.number])
    for one in told.ended:
        await at.disconnect(one.bridge, "", one.why, scene.now)
    return told


async def tell_all(
    effects: Sequence[Effect],
    replies: Sequence[Outgoing],
    shown: Shown | None,
    envelope: Envelope,
    at: TurnTransaction,
    scene: Scene,
) -> Told:
    """All that follows from a turn: from what it changed, from what was said over a bridge, and from cards that were shown anew."""
    if shown is not None and shown.card:
        await at.showed(shown.card, shown.case)
    told = Told()
    for case, event in happened(effects):
        tenant = scene.found.tenant if scene.found.case and scene.found.case.number == case.number else scene.tenant
        told += await tell(case, tenant or scene.tenant, event, at, scene, shown, _sent_with(effects, case))
    told += Told(tuple(await talk_letters(effects, envelope.address, at, scene)), alarms=_ringing(effects, scene))
    changed = {case.number for case, _ in happened(effects)}
    nothing = replace(scene, found=Found())
    for number in {one.message.case for one in replies if one.message.case and not one.update} - changed:
        streams = {stream_of(one.address) for one in replies if one.message.case == number}
        told += Told(tuple(await mend(number, streams, (), at, nothing, shown)))
    return told


def _sent_with(effects: Sequence[Effect], case: Case) -> tuple[File, ...]:
    """The files that this turn gives to a case."""
    given = (one for one in effects if isinstance(one, KeepFiles) and one.case == case.number)
    return tuple(file for one in given for file in (*one.held, *one.new))


def _ringing(effects: Sequence[Effect], scene: Scene) -> dict[str, tuple[Alarm, ...]]:
    """What rings for a bridge that has just been made, or over which something was said."""
    tenant, rules = scene.found.tenant or scene.tenant, scene.rules
    changed = {case.number: case for case, _ in happened(effects)}
    ringing: dict[str, tuple[Alarm, ...]] = {}
    for effect in effects:
        if isinstance(effect, Connect | Speak):
            case = changed.get(effect.bridge.case) or scene.found.case
            ringing |= {case.number: alarms_of(rules, case, tenant, effect.bridge)} if case else {}
    return ringing


def shown_in(first: Message | None, envelope: Envelope) -> Shown | None:
    """What the pressed card shows from now on: the answer that takes its place, if there is one."""
    if first is None or first.card is None or not envelope.card:
        return None
    return Shown(stream_of(envelope.address), envelope.card, first.case)


def replied(messages: Sequence[Message], envelope: Envelope, known: Known, say: Say) -> list[Outgoing]:
    """Answers, where the person acted; what is private, in their own chat, or, where they have none, nowhere."""
    own = known.listed.address if known.listed else None
    alone = Address(**own) if own else None
    replies = []
    for message in messages:
        if message.share and envelope.upload:
            replies.append(_given(message, message.share, envelope, say))
        elif not message.private or (not envelope.address.group and envelope.incoming.kind != "extension"):
            replies.append(Outgoing(envelope.address, message, reply_to=envelope.answers))
        elif alone is not None:
            replies.append(Outgoing(alone, message))
    return replies


def _given(message: Message, share: Share, envelope: Envelope, say: Say) -> Outgoing:
    """A file that was accepted, on its way to where it is to be put."""
    address, answers = envelope.address, envelope.answers
    instead = Outgoing(address, not_given(share, say), reply_to=answers)
    return Outgoing(address, message, reply_to=answers, instead=instead, upload=envelope.upload)


async def mend(
    number: str,
    told: Collection[str],
    reached: Sequence[Reached],
    at: CaseWork,
    scene: Scene,
    shown: Shown | None = None,
) -> list[Outgoing]:
    """Keep the cards of a case true: where it has just been shown anew they are settled, elsewhere the last one shows what it has become.

    `scene.found` is the case as it has become; where it has not changed, and is not found, other chats are left as they are.
    """
    readers = {stream_of(one.address): one.recipient for one in reached}
    fresh = {*told, *([shown.stream] if shown and shown.case == number else [])}
    outgoing: list[Outgoing] = []
    for place, (stream, cards) in enumerate(_by_chat(await at.copies(number), shown).items()):
        if stream not in fresh and scene.found.case is None:
            continue
        own, reader = replace(scene, token=f"{scene.token}-c{place}"), readers.get(stream)
        news = refreshed(scene.found, reader, own) if reader and stream not in fresh else None
        last, old = cards[-1], cards[:-1] if news else cards
        if news:
            outgoing.append(Outgoing(last.address, news, update=last.id))
        language = reader.language if reader else scene.language
        newer = stream in fresh or news is not None
        outgoing += [
            Outgoing(one.address, older(one.message, language, scene, newer=newer), update=one.id) for one in old
        ]
        await at.retire(old)
    return outgoing


def _by_chat(copies: Sequence[Copy], shown: Shown | None) -> dict[str, list[Copy]]:
    """The cards of each chat, but for the one that is as it should be."""
    chats: dict[str, list[Copy]] = {}
    for copy in copies:
        if shown is None or (shown.stream, shown.card) != (copy.stream, copy.id):
            chats.setdefault(copy.stream, []).append(copy)
    return chats


def _concerned(
    case: Case, event: Event, reached: Sequence[Reached], desks: Sequence[Handover], scene: Scene
) -> list[Reached]:
    """Those of support who are told in their own chat: all, or where a channel of theirs is told, whoever has or had the case."""
    book = scene.knowledge.desks.desks
    if not any(book[one.desk].kind == "teams" for one in desks):
        return list(reached)
    ids = {case.owner.id if case.owner else "", event.facts.get("from", ""), event.facts.get("to", "")}
    return [one for one in reached if one.recipient.audience is not Audience.AGENTS or one.recipient.person.id in ids]
