"""`triage doctor`: is everything there that the bot needs, and what to do where it is not."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable, Iterator

from rich.console import Console
from rich.markup import escape

from bot.app import refuse_strangers, teams_channel
from bot.errors import CannotStart
from bot.knowledge import check_plan, read_knowledge
from bot.models.keys import described, trust_of
from bot.settings import PREFIX, Settings
from bot.store import Unavailable, open_store
from classifier.cues import load_cues
from classifier.errors import ClassifierError, EncoderFails
from classifier.files import load_model
from classifier.predict import Predictor
from dialogs.rows import BadPhrases
from dialogs.words import LANGUAGES, UnknownWords
from handoff.errors import HandoffError

Check = Callable[[Settings], str]


def run(settings: Settings) -> bool:
    """Run every check and print what it found; True when nothing is wrong."""
    console, well = Console(), True
    for name, check in _checks():
        try:
            console.print(f"[green]✓[/] {name}: {check(settings)}", highlight=False)
        except (
            BadPhrases,
            CannotStart,
            HandoffError,
            ClassifierError,
            UnknownWords,
            Unavailable,
            ValueError,
            OSError,
        ) as problem:
            well = False
            console.print(f"[red]✗[/] {name}: {escape(str(problem))}", highlight=False)
    console.print(
        f"Settings: {', '.join(PREFIX + field.upper() for field in Settings.model_fields)}",
        style="dim",
        highlight=False,
    )
    return well


def _checks() -> Iterator[tuple[str, Check]]:
    yield "rule book", _rules
    yield "texts", _texts
    yield "keys", described
    yield "model", _model
    yield "database", _database
    yield "sign-in", _sign_in
    yield "playground", _node


def _rules(settings: Settings) -> str:
    knowledge = read_knowledge(settings.data, {"act": 1, "confirm": 1, "clarity": 1})
    check_plan(knowledge.rules, settings.plan)
    load_cues(settings.data / "rules" / "cues.toml")
    return f"{len(knowledge.rules.categories)} categories, {len(knowledge.rules.resources)} addresses, plan {settings.plan}"


def _texts(settings: Settings) -> str:
    words = read_knowledge(settings.data, {"act": 1, "confirm": 1, "clarity": 1}).words
    first, *others = (words.ids(language) for language in LANGUAGES)
    for language, ids in zip(LANGUAGES[1:], others, strict=True):
        if first ^ ids:
            raise UnknownWords(f"not in every language ({language}): {', '.join(sorted(first ^ ids))}")
    return f"{len(first)} messages in {', '.join(LANGUAGES)}"


def _model(settings: Settings) -> str:
    model, manifest = load_model(settings.model_folder, trust_of(settings))
    predictor = Predictor(model, manifest.version)
    if predictor.failure:
        raise EncoderFails(f"{predictor.failure}; until it is installed again, words alone are read, and more is asked")
    read = predictor.predict("nobody can open SharePoint")
    right = manifest.report["category"]["all"]
    figures = f"{right['share']:.0%} of {right['of']} held-out messages right"
    return f"{manifest.version}, trained {manifest.trained_at}, {figures}; reads {read.language}"


def _database(settings: Settings) -> str:
    async def reach() -> None:
        settings.var.mkdir(parents=True, exist_ok=True)
        store = open_store(settings.database, settings.plan)
        try:
            await store.start()
        finally:
            await store.close()

    asyncio.run(reach())
    return settings.database.split("@")[-1]


def _sign_in(settings: Settings) -> str:
    refuse_strangers(settings)
    teams_channel(settings)
    return f"app {settings.app_id}, {settings.app_type}" if settings.app_id else "none: local development on loopback"


def _node(_settings: Settings) -> str:
    return shutil.which("npx") or "Node.js is not installed; `triage chat` needs none"
