"""The registry: who serves is one model, every change is on record, and an older model serves only if somebody goes back to it."""

from __future__ import annotations

import asyncio

import pytest

from bot.models import Refused, Status, Version
from bot.models.card import card_as_markdown
from bot.models.enrol import Trained, enrol
from bot.models.served import fetch
from classifier.model import Model
from dialogs.words import load_words
from tests.conftest import DATA, SIGNER
from tests.models.conftest import REPORT, SUMMARY, Registry, now

Models = tuple[Model, Model, Model]


async def test_a_challenger_is_promoted_and_the_champion_retires(registry: Registry, small_models: Models) -> None:
    first = await registry.reign(small_models[0])
    second = await registry.put(small_models[1])

    promoted = await registry.models.promote(second, "olga")

    assert isinstance(promoted, Version)
    assert (promoted.version, promoted.status, promoted.serial) == (second, Status.CHAMPION, 2)
    assert {one.version: one.status for one in await registry.models.versions()} == {
        first: Status.RETIRED,
        second: Status.CHAMPION,
    }


async def test_every_change_is_on_record_with_who_did_it(registry: Registry, small_models: Models) -> None:
    first = await registry.reign(small_models[0])
    second = await registry.put(small_models[1])
    await registry.models.promote(second, "ben")
    await registry.models.roll_back("carla")

    done = [(one.actor, one.verb, one.version) for one in reversed(await registry.models.events())]

    assert done == [
        ("olga", "trained", first),
        ("olga", "promoted", first),
        ("olga", "trained", second),
        ("ben", "retired", first),
        ("ben", "promoted", second),
        ("carla", "retired", second),
        ("carla", "rolled_back", first),
    ]


async def test_rolling_back_twice_goes_further_back(registry: Registry, small_models: Models) -> None:
    versions = [await registry.reign(model) for model in small_models]
    went = [await registry.models.roll_back("olga") for _ in range(3)]
    assert [one.version for one in went[:2] if isinstance(one, Version)] == versions[1::-1]
    assert went[2] == Refused("nothing-before")


async def test_what_the_gate_refused_is_never_promoted_and_has_no_file(
    registry: Registry, small_models: Models
) -> None:
    version = await registry.put(small_models[0], Status.REFUSED)

    assert await registry.models.promote(version, "olga") == Refused("gate", {"version": version})
    assert await registry.models.shadow(version, "olga") == Refused("gate", {"version": version})
    stored = await registry.models.version(version)
    assert stored is not None
    assert not stored.kept
    assert [one["check"] for one in stored.refusals] == ["leak"]


async def test_an_older_serial_is_not_promoted_by_accident(registry: Registry, small_models: Models) -> None:
    older = await registry.put(small_models[0])
    champion = await registry.reign(small_models[1])

    refused = await registry.models.promote(older, "olga")

    assert refused == Refused("older", {"version": older, "champion": champion})


async def test_unknown_and_serving_models_are_refused(registry: Registry, small_models: Models) -> None:
    champion = await registry.reign(small_models[0])
    assert await registry.models.promote("nothing", "olga") == Refused("unknown", {"version": "nothing"})
    assert await registry.models.promote(champion, "olga") == Refused("champion", {"version": champion})
    assert await registry.models.roll_back("olga") == Refused("nothing-before")
    assert await registry.models.shadow(None, "olga") == Refused("no-shadow")


async def test_a_shadow_takes_another_ones_place_and_ends(registry: Registry, small_models: Models) -> None:
    await registry.reign(small_models[0])
    one, other = await registry.put(small_models[1]), await registry.put(small_models[2])

    await registry.models.shadow(one, "olga")
    await registry.models.shadow(other, "olga")
    assert (await registry.store.models.serving()).shadow == other
    ended = await registry.models.shadow(None, "olga")

    assert isinstance(ended, Version)
    assert (await registry.store.models.serving()).shadow is None
    assert ended.status is Status.CHALLENGER


async def test_a_deleted_file_can_not_be_gone_back_to(registry: Registry, small_models: Models) -> None:
    first, second = [await registry.reign(model) for model in small_models[:2]]

    assert await registry.models.delete_file(second, "olga") == Refused("champion", {"version": second})
    deleted = await registry.models.delete_file(first, "olga")

    assert isinstance(deleted, Version)
    assert not deleted.kept
    assert await registry.store.models.files(first) is None
    assert await registry.models.roll_back("olga") == Refused("nothing-before")
    assert await registry.models.roll_back("olga", first) == Refused("no-file", {"version": first})


async def test_only_the_newest_files_are_kept_and_always_that_of_the_champion(
    registry: Registry, small_models: Models, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.models.enrol.FILES", 1)
    champion = await registry.reign(small_models[0])
    second, third = await registry.put(small_models[1]), await registry.put(small_models[2])
    assert await registry.store.models.kept([champion, second, third]) == {champion, third}


async def test_what_the_registry_has_deleted_is_deleted_on_this_machine(
    registry: Registry, small_models: Models
) -> None:
    await registry.reign(small_models[0])
    challenger = await registry.put(small_models[1])
    folder = await fetch(registry.settings, registry.store, challenger)
    assert (folder / "model.joblib").exists()
    await registry.models.delete_file(challenger, "olga")
    assert not folder.exists()


async def test_who_learned_from_an_example_is_known(registry: Registry, small_models: Models) -> None:
    first = await registry.put(small_models[0], taught=[3, 4])
    second = await registry.put(small_models[1], taught=[4, 5])
    assert await registry.models.learned_from([4]) == [second, first]
    assert await registry.models.learned_from([3, 9]) == [first]
    assert await registry.models.learned_from([]) == []


async def test_two_who_promote_at_once_leave_one_champion(registry: Registry, small_models: Models) -> None:
    await registry.reign(small_models[0])
    second, third = await registry.put(small_models[1]), await registry.put(small_models[2])

    await asyncio.gather(registry.models.promote(second, "ben"), registry.models.promote(third, "carla"))

    statuses = [one.status for one in await registry.models.versions()]
    assert statuses.count(Status.CHAMPION) == 1


async def test_the_same_model_is_not_added_twice(registry: Registry, small_models: Models) -> None:
    trained = Trained(small_models[0], SUMMARY, REPORT, "olga", now())
    versions = [await enrol(registry.store, SIGNER, trained, Status.CHALLENGER) for _ in range(2)]
    assert len(set(versions)) == len(await registry.models.versions()) == 1


async def test_a_card_says_what_a_model_learned_from_and_how_good_it_is(
    registry: Registry, small_models: Models
) -> None:
    version = await registry.put(small_models[0])
    card = await registry.models.card(version)
    assert card is not None
    assert (card["version"], card["learned_from"]["total"], card["measured"]["messages"]) == (version, 100, 40)
    words = card_as_markdown(card, load_words(DATA / "words").voice("en"))
    assert f"# Model {version}" in words
    assert "| category right (all) | 90.0% | 80.0% to 95.0% | 40 |" in words
    assert await registry.models.card("nothing") is None
