"""The predictor says to the sixth decimal what scikit-learn's own pipeline says, from any thread, and shows words that were written."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from classifier.corpus import Example
from classifier.model import Model, fit_model
from classifier.predict import EVIDENCE, Predictor
from classifier.text import has_words, tidy
from tests.classifier.examples import CATEGORIES, all_examples, few_examples

ODD = [
    "",
    " ",
    "\n\t",
    "😀",
    "🚑" * 300,
    "?!",
    "mail",
    "VPN",
    "wifi",
    "a",
    "0x8004010F",
    "İstanbul’da mail yok",
    "ﬁle ﬁﬂe",
    "ＭＡＩＬ ｆａｃｔｕｒｅ",
    "e\N{COMBINING ACUTE ACCENT}te\N{COMBINING ACUTE ACCENT}",
    "e\N{ZERO WIDTH JOINER}\N{COMBINING ACUTE ACCENT}te\N{ZERO WIDTH JOINER}\N{COMBINING ACUTE ACCENT} mail",
    "\ud83d broken emoji",
    "\x00 mail \x00",
    "mail " * 2000,
    "x" * 10_000,
    "plus personne ne reçoit de mail " * 320,
    "字" * 500,
    "https://contoso.example/a?b=c&d=é",
    "Nobody    receives\n\n\nmail",
    "NOBODY RECEIVES MAIL!!!",
]
REAL = [example.text for example in all_examples("examples/heldout")[::3]]


@pytest.mark.parametrize("text", [*ODD, *REAL], ids=lambda text: ascii(text)[:30])
def test_it_says_what_the_pipeline_says(text: str, model: Model, predictor: Predictor) -> None:
    read = predictor.predict(text)
    (categories,) = model.category_pipeline.predict_proba([text])
    (severities,) = model.severity.predict_proba([text])
    clarity = model.clarity.predict_proba(model.features.transform([text]))[0, 1]
    assert list(read.categories.values()) == pytest.approx(categories.tolist(), abs=1e-6)
    assert list(read.severities.values()) == pytest.approx(severities.tolist(), abs=1e-6)
    assert read.clarity == pytest.approx(clarity if has_words(text) else 0.0, abs=1e-6)


def test_it_says_what_the_pipeline_says_without_any_cues() -> None:
    few: list[Example] = list(few_examples())[::2]
    model = fit_model(few, {})
    believed = model.severity.predict_proba(REAL[:3])
    for text, levels in zip(REAL[:3], believed, strict=True):
        assert list(Predictor(model, "m").predict(text).severities.values()) == pytest.approx(levels.tolist(), abs=1e-6)


@given(st.text(max_size=200))
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_breaks_it(predictor: Predictor, text: str) -> None:
    read = predictor.predict(text)
    assert set(read.categories) == set(CATEGORIES)
    assert list(read.severities) == ["A", "B", "C"]
    assert sum(read.categories.values()) == pytest.approx(1)
    assert sum(read.severities.values()) == pytest.approx(1)
    assert 0 <= read.clarity <= 1
    assert read.text == text


@pytest.mark.parametrize("text", ["", "😀😀", "5.7.708", "?"])
def test_without_words_nothing_is_clear(text: str, predictor: Predictor) -> None:
    assert predictor.predict(text).clarity == 0.0


@pytest.mark.parametrize("text", [*ODD, *REAL], ids=lambda text: ascii(text)[:30])
def test_the_evidence_stands_in_the_text(text: str, predictor: Predictor) -> None:
    read = predictor.predict(text)
    assert len(read.words) <= EVIDENCE
    assert len(set(read.words)) == len(read.words)
    assert all(word in tidy(text) for word in read.words)
    assert all(words in tidy(text) for words in read.cues.values())


def test_the_evidence_is_the_words_that_moved_the_category(predictor: Predictor) -> None:
    read = predictor.predict("Bonjour, le Wifi rame dans tout le bâtiment, merci")
    assert max(read.categories, key=lambda label: read.categories[label]) == "network"
    assert read.words[0] == "Wifi"
    assert "merci" not in read.words


def test_it_names_the_model_and_the_language(predictor: Predictor) -> None:
    read = predictor.predict("Plus personne ne reçoit de mail depuis ce matin")
    assert (read.model, read.language) == ("small", "fr")
    assert read.cues["many"] == "personne"


def test_from_many_threads_it_says_the_same(predictor: Predictor) -> None:
    texts = [*ODD, *REAL] * 2
    alone = [predictor.predict(text) for text in texts]
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(predictor.predict, texts)) == alone
