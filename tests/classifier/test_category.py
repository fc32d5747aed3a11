"""The category estimator: what scikit-learn asks of a classifier, asked with texts."""

from __future__ import annotations

import pickle
from typing import Any

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError

from classifier import category_estimator
from classifier.category import plain
from tests.classifier.examples import CATEGORIES, few_examples

LABELLED = [example for example in few_examples() if example.category]
TEXTS = [example.text for example in LABELLED]
LABELS = [example.category for example in LABELLED]
NEW = ["nobody receives mail", "le wifi est lent sur tous les sites", "une facture en double", "", "😀", "x" * 9000]


@pytest.fixture(scope="module")
def fitted() -> Any:
    return category_estimator().fit(TEXTS, LABELS)


def test_fitting_gives_the_estimator_itself() -> None:
    estimator = category_estimator()
    assert estimator.fit(TEXTS[::3], LABELS[::3]) is estimator


def test_it_is_unfitted_until_it_is_fitted(fitted: Any) -> None:
    with pytest.raises(NotFittedError):
        clone(fitted).predict(NEW)
    with pytest.raises(NotFittedError):
        category_estimator().predict_proba(NEW)


def test_its_classes_are_the_labels_in_order(fitted: Any) -> None:
    assert fitted.classes_.tolist() == sorted(CATEGORIES)


def test_its_probabilities_add_up_to_one(fitted: Any) -> None:
    believed = fitted.predict_proba(NEW)
    assert believed.shape == (len(NEW), len(CATEGORIES))
    assert believed.sum(axis=1) == pytest.approx(1)
    assert (believed >= 0).all()


def test_it_predicts_the_likeliest_class(fitted: Any) -> None:
    likeliest = fitted.classes_[fitted.predict_proba(NEW).argmax(axis=1)]
    assert fitted.predict(NEW).tolist() == likeliest.tolist()


def test_it_has_learned_what_it_was_told(fitted: Any) -> None:
    assert np.mean(fitted.predict(TEXTS) == np.array(LABELS)) > 0.97
    assert fitted.predict(NEW)[:3].tolist() == ["exchange", "network", "billing"]


def test_a_text_is_judged_alone(fitted: Any) -> None:
    together = fitted.predict_proba(NEW)
    assert fitted.predict_proba(NEW[::-1])[::-1] == pytest.approx(together, abs=1e-5)
    assert np.vstack([fitted.predict_proba([text]) for text in NEW]) == pytest.approx(together, abs=1e-5)


def test_fitting_changes_neither_its_parameters_nor_the_texts(fitted: Any) -> None:
    texts, labels = list(TEXTS[::3]), list(LABELS[::3])
    estimator = clone(fitted).fit(texts, labels)
    assert (texts, labels) == (TEXTS[::3], LABELS[::3])
    assert estimator.get_params() == category_estimator().get_params()


def test_fitting_again_learns_the_same(fitted: Any) -> None:
    again = clone(fitted).fit(TEXTS, LABELS)
    assert again.predict_proba(NEW) == pytest.approx(fitted.predict_proba(NEW))


def test_it_survives_being_stored(fitted: Any) -> None:
    back = pickle.loads(pickle.dumps(fitted))
    assert back.predict_proba(NEW) == pytest.approx(fitted.predict_proba(NEW))


def test_a_parameter_can_be_set_from_outside() -> None:
    estimator = category_estimator().set_params(C=1.0)
    assert clone(estimator).get_params()["C"] == 1.0


def test_words_and_letters_are_read_without_case_and_accents() -> None:
    assert plain("  L’Équipe\nN’A plus de MAIL ") == "l'equipe n'a plus de mail"


def test_what_is_foreign_to_all_it_learned_scores_higher(fitted: Any) -> None:
    known, foreign = fitted.oos_score(["nobody receives mail since this morning", "the moon of Saturn is made of ice"])
    assert foreign > known + 1


def test_the_usual_message_it_has_not_learned_from_scores_nought(fitted: Any) -> None:
    assert np.mean(fitted.unseen_outliers()) == pytest.approx(0, abs=1e-6)


def test_without_meaning_it_is_a_model_of_words_alone() -> None:
    words = category_estimator().set_params(meaning=0).fit(TEXTS, LABELS)
    assert words.predict_proba(NEW).sum(axis=1) == pytest.approx(1)
    assert len(words.oos_score(NEW)) == len(NEW)
    assert words.predict(NEW)[1] == "network"


def test_a_temperature_by_writer_is_drawn_on_writers_it_has_not_seen() -> None:
    writers = [f"writer {number % 5}" for number in range(len(TEXTS))]
    estimator = category_estimator().fit(TEXTS, LABELS, groups=writers)
    assert estimator.head_.temperature_ > 0
    assert estimator.head_.decisions_.shape == (len(TEXTS), len(CATEGORIES))
