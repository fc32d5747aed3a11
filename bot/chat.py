"""`triage chat`: one person, one terminal, the same turn as in Teams."""

from __future__ import annotations

import asyncio

from rich.console import Console

from bot.app import make_parts
from bot.channel.terminal import Terminal
from bot.envelope import Envelope
from bot.models.keys import trust_of
from bot.reader import LocalReader
from bot.settings import Settings
from classifier.files import load_model
from classifier.predict import Predictor


def run(settings: Settings, language: str) -> None:
    """Talk until the end of input."""
    asyncio.run(_talk(settings, Console(), language))


async def _talk(settings: Settings, console: Console, language: str) -> None:
    model, manifest = load_model(settings.model_folder, trust_of(settings))
    parts = make_parts(settings, LocalReader(Predictor(model, manifest.version)))
    await parts.store.start()
    terminal = Terminal(console, language)
    console.print(parts.knowledge.words.voice(language)("terminal-hint"), style="dim")
    relay = parts.relay(lambda _name: terminal)
    take = parts.turns(relay, parts.minds(), terminal).take
    envelope: Envelope | None = terminal.arrival()
    while True:
        if envelope is not None:
            await take(envelope)
            await relay.idle()
        line = await _line(console)
        if line is None:
            break
        envelope = terminal.hear(line)
    await relay.stop()
    await parts.store.close()


async def _line(console: Console) -> str | None:
    """The next line, or None at the end of input."""
    try:
        return await asyncio.to_thread(console.input, "[bold]›[/] ")
    except (EOFError, KeyboardInterrupt):
        return None
