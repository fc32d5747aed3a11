"""`triage classify`: one message a line in, one answer a line out."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import typer
from rich.console import Console

from bot.knowledge import read_knowledge
from bot.settings import Settings
from classifier.files import load_model
from classifier.predict import Predictor
from dialogs.scene import Knowledge
from dialogs.values import Reading
from dialogs.weigh import weigh


def run(settings: Settings, lines: Iterable[str], *, as_json: bool) -> None:
    """Classify each line, in order."""
    model, manifest = load_model(settings.model_folder)
    knowledge = read_knowledge(settings.data, manifest.thresholds)
    predictor = Predictor(model, manifest.version)
    console = Console()
    for line in lines:
        answer = classified(Reading(**vars(predictor.predict(text_of(line)))), knowledge)
        if as_json:
            typer.echo(json.dumps(answer, ensure_ascii=False))
        else:
            _show(console, answer, knowledge)


def text_of(line: str) -> str:
    """The message in a line: the line itself, or what it says as a JSON string or as an object with a `text`."""
    line = line.rstrip("\r\n")
    if line[:1] not in ('"', "{"):
        return line
    try:
        value = json.loads(line)
    except ValueError:
        return line
    text = value.get("text", "") if isinstance(value, dict) else value
    return text if isinstance(text, str) else line


def classified(reading: Reading, knowledge: Knowledge) -> dict[str, Any]:
    """The answer for programs; its keys are a contract."""
    proposal = weigh(reading, knowledge.thresholds, knowledge.rules)
    return {
        "category": proposal.category,
        "severity": proposal.severity.value if knowledge.rules.in_scope(proposal.category) else None,
        "confidence": round(proposal.confidence, 4),
        "decision": proposal.decision.value,
        "alternatives": [
            {"label": label, "probability": round(probability, 4)} for label, probability in proposal.alternatives
        ],
        "evidence": {"category": list(reading.words), "severity": dict(reading.cues)},
        "language": reading.language or None,
        "model": reading.model,
    }


def _show(console: Console, answer: dict[str, Any], knowledge: Knowledge) -> None:
    say = knowledge.words.voice(answer["language"] or "en")
    severity = say(f"severity-{answer['severity']}") if answer["severity"] else "–"
    console.print(f"[bold]{say('category-' + answer['category'])}[/] ({answer['category']})", highlight=False)
    console.print(f"  {say('label-severity')}: {severity}", highlight=False)
    console.print(f"  {say('label-sure')}: {answer['confidence']:.0%} → {answer['decision']}", highlight=False)
    moved = [*answer["evidence"]["category"], *answer["evidence"]["severity"].values()]
    console.print(f"  ← {', '.join(moved) or '–'}", highlight=False, markup=False)
