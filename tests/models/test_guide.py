"""The operators' guide, played: a category is added by data alone, learned, proposed and routed."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from bot.knowledge import read_knowledge
from bot.settings import ROOT
from classifier.corpus import Example, read_examples
from classifier.errors import BadExamples
from classifier.predict import Predictor
from classifier.train import learn
from dialogs.values import Reading
from dialogs.weigh import weigh
from dialogs.words import LANGUAGES
from handoff.rules import load_rules
from tests.classifier.examples import line, written
from tests.conftest import DATA
from tests.models import corpora

EACH = 14  # examples of each other category in a language: the way is tested, not the figures
NAMES = {
    "en": ("Copilot", "Microsoft 365 Copilot: licences assigned, prompts, answers, agents"),
    "fr": ("Copilot", "Microsoft 365 Copilot : invites, réponses, agents"),
}
SAYINGS = {
    "en": [
        "Copilot does not answer in {}",
        "the Copilot button is gone from {}",
        "Copilot in {} says it cannot help with that",
        "my Copilot prompt in {} spins forever",
    ],
    "fr": [
        "Copilot ne répond pas dans {}",
        "le bouton Copilot a disparu de {}",
        "Copilot dans {} dit qu'il ne peut pas m'aider",
        "mon invite Copilot dans {} tourne sans fin",
    ],
}
PLACES = ("Word", "Excel", "PowerPoint", "OneNote", "Loop", "Whiteboard")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of `data/` in which the guide's steps were done."""
    folder = tmp_path_factory.mktemp("guide") / "data"
    shutil.copytree(DATA / "rules", folder / "rules")
    shutil.copytree(DATA / "words", folder / "words")
    rules = folder / "rules" / "categories.toml"
    rules.write_text(
        rules.read_text(encoding="utf-8") + '\n[[category]]\nid = "copilot"\nroute = "technical_support"\n'
    )
    for language, (name, about) in NAMES.items():
        path = folder / "words" / language / "categories.ftl"
        added = f"\ncategory-copilot = {name}\ncategory-copilot-about = {about}\n"
        path.write_text(path.read_text(encoding="utf-8") + added, encoding="utf-8")
    new = [
        Example(saying.format(place), language, "copilot", "B", f"operator-{place}")
        for language, sayings in SAYINGS.items()
        for saying in sayings
        for place in PLACES
    ]
    written(folder / "examples", [line(one) for one in corpora.first(EACH)])
    written(folder / "examples", [line(one) for one in new], "copilot.jsonl")
    return folder


def test_the_new_category_is_proposed_named_and_routed(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("classifier.fit._has_encoder", lambda: False)
    categories = list(load_rules(data / "rules").categories)
    learned = learn(data, read_examples(data / "examples", categories), categories)
    knowledge = read_knowledge(data, learned.model.lines.thresholds())
    predictor = Predictor(learned.model, "new")

    for text in ("Copilot gives no answer in Outlook", "Copilot ne répond plus dans Outlook"):
        proposal = weigh(Reading(**vars(predictor.predict(text))), knowledge.thresholds, knowledge.rules)
        assert proposal.category == "copilot"
        assert knowledge.rules.in_scope(proposal.category)
    for language in LANGUAGES:
        assert knowledge.words.voice(language)("category-copilot") == "Copilot"


def test_a_category_without_examples_is_told_by_name(data: Path, tmp_path: Path) -> None:
    copy = tmp_path / "data"
    shutil.copytree(data, copy)
    (copy / "examples" / "copilot.jsonl").unlink()
    categories = list(load_rules(copy / "rules").categories)
    with pytest.raises(BadExamples, match="'copilot' has 0 examples in 'en'"):
        learn(copy, read_examples(copy / "examples", categories), categories)


def test_the_guide_names_every_file_that_was_touched() -> None:
    guide = (ROOT / "docs" / "operators.md").read_text(encoding="utf-8").split("## Add a category")[1]
    for name in ("data/rules/categories.toml", "data/words/en/categories.ftl", "data/words/fr/categories.ftl"):
        assert name in guide
    assert re.search(r"at least (\d+) examples", guide)
    assert "category-ID-about" in guide
