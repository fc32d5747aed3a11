"""The models on the page: what may be done is offered, is asked about first, and a refusal says why."""

from __future__ import annotations

import pytest

from bot.models import Status
from classifier.model import Model
from tests.bot.pages.visitor import Visitor
from tests.bots import Bot
from tests.models.conftest import Registry, small_models

__all__ = ["small_models"]

Models = tuple[Model, Model, Model]


@pytest.fixture
def registry(bot: Bot) -> Registry:
    return Registry(bot.settings, bot.store)


async def test_a_challenger_is_promoted_after_a_question_and_a_way_back_is_offered(
    registry: Registry, small_models: Models, operator: Visitor
) -> None:
    first = await registry.reign(small_models[0])
    second = await registry.put(small_models[1])
    await operator.go("/operator/models")
    assert f"{second} challenger" in operator.text

    await operator.go(f"/operator/models/{second}/promote")
    assert f"Model {first} serves now" in operator.text
    await operator.press("Promote")

    assert operator.where == "/operator/models"
    assert f"{second} serves" in operator.text
    assert f"Roll back to {first}" in operator.text
    assert "local" in operator.text  # who did it


async def test_a_shadow_runs_and_ends(registry: Registry, small_models: Models, operator: Visitor) -> None:
    await registry.reign(small_models[0])
    second = await registry.put(small_models[1])
    await operator.go(f"/operator/models/{second}/shadow")
    await operator.press("Run as a shadow")
    assert f"{second} shadow" in operator.text
    await operator.go(f"/operator/models/{second}/unshadow")
    await operator.press("End the shadow")
    assert f"{second} challenger" in operator.text


async def test_a_refused_model_says_why_and_cannot_be_promoted(
    registry: Registry, small_models: Models, operator: Visitor
) -> None:
    await registry.reign(small_models[0])
    refused = await registry.put(small_models[1], Status.REFUSED)
    await operator.go(f"/operator/models/{refused}")
    assert "3 examples are test messages" in operator.text

    await operator.go(f"/operator/models/{refused}/promote")
    await operator.press("Promote")

    assert operator.status == 409
    assert "did not pass the gate" in operator.text


async def test_a_report_may_use_its_own_style_and_nothing_else(
    registry: Registry, small_models: Models, operator: Visitor
) -> None:
    version = await registry.put(small_models[0])
    await operator.go(f"/operator/models/{version}/report")
    assert operator.status == 200
    policy = operator.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "sandbox" in policy
    assert "unsafe" not in policy


async def test_card_and_report_are_told_in_the_readers_language(
    registry: Registry, small_models: Models, operator: Visitor
) -> None:
    version = await registry.put(small_models[0])
    await operator.go(f"/operator/models/{version}")
    assert "Measured on 40 messages of other writers" in operator.text
    assert "| --- |" not in operator.source  # a table, and no Markdown
    await operator.go(f"/operator/language/fr?to=/operator/models/{version}")
    assert "Mesuré sur 40 messages d’autres auteurs" in operator.text
    assert "90,0 %" in operator.text.replace("\xa0", " ").replace("\u202f", " ")
    await operator.go(f"/operator/models/{version}/report")
    assert "Peut-il être promu" in operator.text
    assert "category right" not in operator.text


@pytest.mark.parametrize("path", ["nothing", "nothing/report", "nothing/promote", "runs/nothing"])
async def test_what_does_not_exist_is_said_not_to(operator: Visitor, path: str) -> None:
    await operator.go(f"/operator/models/{path}")
    assert operator.status == 404
    assert "There is nothing here" in operator.text


async def test_a_deed_that_does_not_exist_is_not_done(
    registry: Registry, small_models: Models, operator: Visitor
) -> None:
    version = await registry.put(small_models[0])
    await operator.go(f"/operator/models/{version}/destroy")
    assert operator.status == 404
