"""The product's own judgement of labelled messages: the model's probabilities, weighed as a conversation would weigh them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.knowledge import read_knowledge
from bot.models.keys import trust_of
from bot.settings import Settings
from classifier.corpus import Example, read_examples
from classifier.evaluate import read_all
from classifier.files import load_model
from classifier.judged import LEVELS, Judged
from classifier.manifest import Manifest
from classifier.predict import Predictor
from classifier.prediction import Prediction
from classifier.severity_report import Costs
from dialogs.scene import Knowledge
from dialogs.values import Reading
from dialogs.weigh import weigh
from handoff.rulebook import Severity
from handoff.rules import Rules, load_rules
from handoff.severity import cheapest

FOREIGN = ("de", "es", "it", "pt")  # languages that nothing is learned in and the encoder knows


@dataclass(frozen=True)
class TestSet:
    """What is learned from, what is measured on by other writers, and what is written in languages nobody taught."""

    __test__ = False  # a value, not one of pytest's tests

    training: tuple[Example, ...]
    held_out: tuple[Example, ...]
    zero_shot: tuple[Example, ...]


def read_tests(data: Path) -> TestSet:
    """The examples under `data`. Raises `BadExamples`; without a `zero_shot` folder nothing is measured there."""
    categories = list(load_rules(data / "rules").categories)
    examples = data / "examples"
    training = read_examples(examples, categories)
    known = {one.text for one in training}
    foreign = examples / "zero_shot"
    return TestSet(
        training=tuple(training),
        held_out=tuple(one for one in read_examples(examples / "heldout", categories) if one.text not in known),
        zero_shot=tuple(read_examples(foreign, categories, FOREIGN)) if foreign.is_dir() else (),
    )


def costs_of(rules: Rules) -> Costs:
    """What each mistake of the severity costs, by the rule book."""
    return {(one, other): float(rules.costs[Severity(one), Severity(other)]) for one in LEVELS for other in LEVELS}


@dataclass(frozen=True)
class Judge:
    """A stored model with the rule book beside it."""

    predictor: Predictor
    manifest: Manifest
    knowledge: Knowledge

    @classmethod
    def of(cls, settings: Settings) -> Judge:
        """The model that serves. Raises `ModelRejected` and `BadRules`."""
        model, manifest = load_model(settings.model_folder, trust_of(settings))
        return cls(Predictor(model, manifest.version), manifest, read_knowledge(settings.data, manifest.thresholds))

    @property
    def costs(self) -> Costs:
        """What each mistake of the severity costs, by the rule book."""
        return costs_of(self.knowledge.rules)

    def cheapest(self, probabilities: Mapping[str, float]) -> str:
        """The level that the product would propose, believing this."""
        return cheapest(self.knowledge.rules, probabilities).value

    def all(self, examples: Sequence[Example], heard: Callable[[int], None] = lambda _: None) -> list[Judged]:
        """Judge the examples in batches, in order; `heard` is told how many more are read."""
        return judge_all(self.predictor, self.knowledge, examples, heard)

    def describes(self, tests: TestSet) -> dict[str, Any]:
        """Which model was measured, on what, and whether it learned from what the baselines are taught with."""
        same = self.manifest.examples.get("total") == len(tests.training)
        return {
            "model": self.manifest.version,
            "trained_at": self.manifest.trained_at,
            "thresholds": dict(self.manifest.thresholds),
            "learned_from": self.manifest.examples.get("total"),
            "baselines_learned_from": len(tests.training),
            "same_examples": same,
            "messages": len(tests.held_out),
            "by_language": dict(Counter(one.lang for one in tests.held_out)),
        }


def judge_all(
    predictor: Predictor,
    knowledge: Knowledge,
    examples: Sequence[Example],
    heard: Callable[[int], None] = lambda _: None,
) -> list[Judged]:
    """What the product makes of labelled messages with this model, in order. `knowledge` has the model's own thresholds."""
    read = read_all(predictor, [one.text for one in examples], heard)
    return [_judged(example, one, knowledge) for example, one in zip(examples, read, strict=True)]


def _judged(example: Example, read: Prediction, knowledge: Knowledge) -> Judged:
    proposal = weigh(Reading(**vars(read)), knowledge.thresholds, knowledge.rules)
    ranked = tuple(sorted(read.categories.items(), key=lambda pair: -pair[1]))
    return Judged(example, ranked, proposal.decision.value, proposal.choices, proposal.severity.value, read.cues)
