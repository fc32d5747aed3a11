"""Training: from a few examples to a stored model with figures that say how far to trust them, or a refusal that says why."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from classifier.corpus import Example
from classifier.errors import BadExamples
from classifier.files import load_model
from classifier.manifest import Manifest
from classifier.predict import Predictor
from classifier.train import FEWEST, STAGES, train
from tests.classifier.examples import CATEGORIES, all_examples, few_examples, small_data

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
HELD_OUT = [example for example in all_examples("examples/heldout") if example.category in (*CATEGORIES, None)]


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Manifest, list[str]]:
    """A model trained on few examples, one of them held out too: where it is, its manifest, and the stages that were heard of."""
    folder = tmp_path_factory.mktemp("trained")
    stages: list[str] = []
    data = small_data(folder / "data", few_examples(), [*HELD_OUT, few_examples()[0]])
    return folder / "model", train(data, folder / "model", CATEGORIES, NOON, stages.append), stages


def refusal(folder: Path, examples: list[Example], categories: tuple[str, ...] = CATEGORIES) -> str:
    with pytest.raises(BadExamples) as refused:
        train(small_data(folder / "data", examples, HELD_OUT), folder / "model", categories, NOON)
    assert not (folder / "model").exists()
    return str(refused.value)


def test_what_was_trained_can_be_loaded_and_used(trained: tuple[Path, Manifest, list[str]]) -> None:
    folder, manifest, _ = trained
    model, loaded = load_model(folder)
    assert loaded == manifest
    assert manifest.labels == tuple(sorted(CATEGORIES))
    read = Predictor(model, loaded.version).predict("le wifi est lent sur tous les sites")
    assert max(read.categories, key=lambda label: read.categories[label]) == "network"


def test_progress_is_told_as_often_as_announced(trained: tuple[Path, Manifest, list[str]]) -> None:
    assert len(trained[2]) == STAGES
    assert trained[2][-1] == "report"


def test_the_manifest_says_what_was_learned_from_and_when(trained: tuple[Path, Manifest, list[str]]) -> None:
    manifest = trained[1]
    assert manifest.trained_at == "2026-11-23T12:00:00+00:00"
    assert manifest.examples["total"] == len(few_examples())
    assert set(manifest.examples["by_category"]) == {*CATEGORIES, "None"}
    assert set(manifest.examples["by_language"]) == {"en", "fr"}
    assert len(manifest.examples["sha256"]) == 64


def test_the_lines_are_probabilities_in_order(trained: tuple[Path, Manifest, list[str]]) -> None:
    lines = trained[1].thresholds
    assert set(lines) == {"act", "confirm", "clarity", "outlier"}
    assert 0 <= lines["confirm"] <= lines["act"] <= 1
    assert 0 <= lines["clarity"] <= 1


def test_every_share_of_the_report_has_its_interval(trained: tuple[Path, Manifest, list[str]]) -> None:
    report = trained[1].report
    shares = [*report["category"].values(), report["vague_asked"], report["severity"]["all"], report["acted_on"]]
    assert len(shares) == 8
    for share in shares:
        assert 0 <= share["low"] <= share["share"] <= share["high"] <= 1
        assert share["of"] > 0


def test_it_is_measured_only_on_what_it_has_not_learned_from(trained: tuple[Path, Manifest, list[str]]) -> None:
    known = {example.text for example in few_examples()}
    unseen = [example for example in HELD_OUT if example.text not in known]
    assert trained[1].report["messages"] == len(unseen)


def test_it_beats_saying_the_commonest_category(trained: tuple[Path, Manifest, list[str]]) -> None:
    figures = trained[1].report["category"]
    assert figures["all"]["low"] > figures["always_the_commonest"]["high"]


@pytest.mark.parametrize(("category", "language"), [("billing", "fr"), ("network", "en")])
def test_a_category_with_too_few_examples_is_refused_by_name(category: str, language: str, tmp_path: Path) -> None:
    few = [one for one in few_examples() if (one.category, one.lang) == (category, language)][: FEWEST - 1]
    rest = [one for one in few_examples() if (one.category, one.lang) != (category, language)]
    said = refusal(tmp_path, [*rest, *few])
    assert said == f"category {category!r} has {FEWEST - 1} examples in {language!r}; at least {FEWEST} are needed"


def test_copies_do_not_make_enough(tmp_path: Path) -> None:
    few = [one for one in few_examples() if (one.category, one.lang) == ("billing", "fr")][: FEWEST - 1]
    rest = [one for one in few_examples() if (one.category, one.lang) != ("billing", "fr")]
    copies = [replace(one, text=f"{one.text} !!") for one in few]
    assert f"has {FEWEST - 1} examples" in refusal(tmp_path, [*rest, *few, *copies])


def test_a_category_without_any_example_is_refused_by_name(tmp_path: Path) -> None:
    assert "category 'partner' has 0 examples" in refusal(tmp_path, list(few_examples()), (*CATEGORIES, "partner"))
