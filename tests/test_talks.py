"""Every conversation of `tests/talks` is the same in the pure step, in the terminal and in Teams, on both databases."""

from __future__ import annotations

from pathlib import Path

import pytest

from classifier.predict import Predictor
from dialogs.scene import Knowledge
from tests.bots import Bot
from tests.players import StepPlayer, TeamsPlayer, TerminalPlayer
from tests.talk import play, talks

every_talk = pytest.mark.parametrize("talk", talks(), ids=lambda path: f"{path.parent.name}-{path.stem}")


@every_talk
async def test_a_talk_with_the_pure_step(talk: Path, classifier: Predictor, knowledge: Knowledge) -> None:
    await play(talk, StepPlayer(classifier, knowledge, talk.parent.name))


@every_talk
async def test_a_talk_in_the_terminal(talk: Path, bot: Bot) -> None:
    async with TerminalPlayer(bot, talk.parent.name) as player:
        await play(talk, player)


@every_talk
async def test_a_talk_in_teams(talk: Path, bot: Bot) -> None:
    person = bot.teams.person("Alice", locale=f"{talk.parent.name}-XX")
    await play(talk, TeamsPlayer(bot, await bot.teams.personal(person)))


def test_there_are_talks_in_both_languages() -> None:
    assert {talk.parent.name for talk in talks()} == {"en", "fr"}
