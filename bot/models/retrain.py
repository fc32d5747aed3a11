"""One training from beginning to end, without database or process: look, learn, compare, decide."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.judge import judge_all
from bot.models.lessons import Material
from classifier.compare import Bout, compare
from classifier.corpus import Example, distinct
from classifier.gate import Finding, refused
from classifier.gate_examples import Lessons, look_at_examples
from classifier.gate_figures import Unseen, look_at_corrections, look_at_figures, look_at_labels
from classifier.limits import Limits
from classifier.model import Model
from classifier.poison import look_for_poison
from classifier.predict import Predictor
from classifier.suspects import suspects
from classifier.train import Learned, measure
from dialogs.scene import Knowledge
from dialogs.weigh import Thresholds

Progress = Callable[[str], None]
Learn = Callable[[Sequence[Example], Progress], Learned]


@dataclass(frozen=True)
class Champion:
    """The model that serves, opened, with what is written of it."""

    version: str
    model: Model
    examples: Mapping[str, Any]


@dataclass(frozen=True)
class Outcome:
    """What came of a training. `learned` is None where the examples alone were refused."""

    findings: tuple[Finding, ...]
    learned: Learned | None = None
    summary: Mapping[str, Any] | None = None
    report: Mapping[str, Any] | None = None
    comparison: Mapping[str, Any] | None = None

    @property
    def passed(self) -> bool:
        """Whether the model may be promoted."""
        return self.learned is not None and not refused(self.findings)


@dataclass(frozen=True)
class Retraining:
    """All that a training needs. `knowledge` is the rule book with any thresholds; `learn` makes a model from examples."""

    material: Material
    champion: Champion | None
    knowledge: Knowledge
    limits: Limits
    learn: Learn

    def run(self, progress: Progress = lambda _: None) -> Outcome:
        """Look at the examples; learn, unless they are refused; compare; decide."""
        findings = self._examples()
        progress("examples looked at")
        if refused(findings):
            return Outcome(tuple(findings))
        learned = self.learn(self.material.examples, progress)
        unseen = self._unseen(learned)
        bout, apart = self._bout(learned.model, self.material.tests), self._bout(learned.model, self.material.apart)
        progress("compared")
        compared = compare(bout)
        findings += [
            *look_at_labels(unseen, self.limits),
            *look_at_figures(bout, compared, self.limits),
            *look_at_corrections(apart, self.limits),
        ]
        compared |= {
            "champion": self.champion.version if self.champion else None,
            "corrections": compare(apart) if any(one.example.category for one in apart.challenger) else {},
            "findings": [one.to_json() for one in findings],
        }
        report = measure(learned.model, self.material.tests)
        progress("measured")
        return Outcome(tuple(findings), learned, {**learned.summary(), **_shares(unseen)}, report, compared)

    def _examples(self) -> list[Finding]:
        before = self.champion.examples if self.champion else None
        categories = list(self.knowledge.rules.categories)
        known = [one for one in categories if self._was_there(one, before)]
        lessons = Lessons(self.material.rows, self.material.tests, categories, _without(before, categories, known))
        findings = look_at_examples(lessons, self.limits)
        if self.champion:
            findings.append(self._poison(self.champion))
        return findings

    def _was_there(self, category: str, before: Mapping[str, Any] | None) -> bool:
        return before is None or category in before.get("by_category", {})

    def _poison(self, champion: Champion) -> Finding:
        predictor = Predictor(champion.model, champion.version)

        def read(texts: Sequence[str]) -> list[Mapping[str, float]]:
            return [one.categories for one in predictor.predict_many(texts)]

        total = int(champion.examples.get("total", 1))
        return look_for_poison(distinct(self.material.rows), champion.model.words, total, read, self.limits)

    def _unseen(self, learned: Learned) -> Unseen:
        """What the labels look like to a model that has not learned from them."""
        own = [one for one in learned.examples if one.category is not None]
        doubted = suspects(learned.unseen, learned.true, learned.labels)
        right = float((learned.unseen.argmax(axis=1) == learned.true).mean())
        before = self.champion.examples if self.champion else {}
        return Unseen(own, doubted, right, before.get("doubted"), before.get("consistent"))

    def _bout(self, challenger: Model, examples: Sequence[Example]) -> Bout:
        rules = self.knowledge.rules
        in_scope = frozenset(one for one in rules.categories if rules.in_scope(one))
        champion = self._judged(self.champion.model, examples) if self.champion else ()
        return Bout(tuple(champion), tuple(self._judged(challenger, examples)), in_scope)

    def _judged(self, model: Model, examples: Sequence[Example]) -> Any:
        knowledge = replace(self.knowledge, thresholds=Thresholds(**model.lines.thresholds()))
        return judge_all(Predictor(model, ""), knowledge, examples)


def _shares(unseen: Unseen) -> dict[str, float]:
    """What the next training compares its own labels with."""
    return {
        "doubted": round(len(unseen.doubted) / max(1, len(unseen.examples)), 4),
        "consistent": round(unseen.right, 4),
    }


def _without(
    before: Mapping[str, Any] | None, categories: Sequence[str], known: Sequence[str]
) -> Mapping[str, Any] | None:
    """What the champion learned from; where the rule book has a new category, its examples have not moved from anywhere."""
    if before is None or len(known) == len(categories):
        return before
    return {name: value for name, value in before.items() if name != "by_category"}
