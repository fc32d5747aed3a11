"""Weeks of a bot's life: real messages of the held-out set, read by the real model, with what plausibly became of them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.envelope import Address, Envelope, Sender
from bot.store import SqlStore
from bot.store import readings as rows
from bot.store.transaction import transaction
from bot.understood import Became, Read, Said, Understood, _read
from classifier.corpus import Example, read_examples
from classifier.evaluate import read_all
from classifier.predict import Predictor
from dialogs.scene import Knowledge, Scene
from dialogs.values import Incoming, Reading
from handoff.people import Person, Tenant
from tests.conftest import DATA


def held_out(knowledge: Knowledge, many: int) -> list[Example]:
    found = read_examples(DATA / "examples" / "heldout", list(knowledge.rules.categories))
    return random.Random(7).sample([one for one in found if one.category], many)


async def live_through(store: SqlStore, knowledge: Knowledge, predictor: Predictor, now: datetime, many: int) -> None:
    """Put so many messages on record over the last eight weeks."""
    examples, chance = held_out(knowledge, many), random.Random(11)
    scene = Scene(knowledge, Person("x", ""), Tenant("t", "enterprise_e3"), now, "", "")
    read = read_all(predictor, [one.text for one in examples], lambda _: None)
    for place, (example, prediction) in enumerate(zip(examples, read, strict=True)):
        reading = _read(Reading(**vars(prediction)), "", example.lang, scene)
        at = now - timedelta(days=chance.triangular(0, 54, 6))
        await record(store, f"person-{place}", example, reading, at, knowledge, chance)


async def record(
    store: SqlStore,
    person: str,
    example: Example,
    reading: Read,
    at: datetime,
    knowledge: Knowledge,
    chance: random.Random,
) -> None:
    envelope = Envelope(
        f"a-{person}", Address("msteams", "t", f"c-{person}", "", ""), Sender(person, ""), Incoming("message")
    )
    became, said = fate(person, example, reading, knowledge, chance)
    async with transaction(store._engine) as connection:
        await rows.note(connection, envelope, Understood(reads=(replace(reading, outcome=""),)), at)
        await rows.note(connection, envelope, Understood(became=became, said=said), at)


def fate(
    person: str, example: Example, reading: Read, knowledge: Knowledge, chance: random.Random
) -> tuple[Became | None, Sequence[Said]]:
    """What a person who knows what they want would do with such a proposal."""
    right, ours = example.category == reading.proposed, knowledge.rules.in_scope(str(example.category))
    if chance.random() < 0.12:
        return (None if chance.random() < 0.4 else Became("abandoned")), ()
    if right and not ours:
        return Became("redirected"), ()
    if right:
        return (Became("self_help", example.category) if chance.random() < 0.1 else opened(example, person)), ()
    said = Said(
        example.text,
        example.lang,
        reading.proposed,
        example.category,
        example.severity,
        reading.model,
        "end_user",
        person,
    )
    if not ours:
        return Became("redirected", example.category), (said,)
    wrong = not knowledge.rules.in_scope(str(reading.proposed)) and chance.random() < 0.6
    if wrong:
        return Became("redirected_wrongly"), (replace(said, category=None, severity=None),)
    return replace(opened(example, person), outcome="corrected"), (said,)


def opened(example: Example, person: str) -> Became:
    return Became("opened", example.category, example.severity, f"T-{person[-3:]:0>3}-2Q4X")
