"""One small model for the whole room, fitted once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from threadpoolctl import threadpool_limits

from classifier.fit import Fitted, fit_all, model_of
from classifier.model import Model
from classifier.predict import Predictor
from tests.classifier.examples import cues, few_examples


@pytest.fixture(scope="session", autouse=True)
def _one_thread() -> Iterator[None]:
    """Rows this small are learned from four times as fast by one thread as by several that wait for one another."""
    with threadpool_limits(1):
        yield


@pytest.fixture(scope="session")
def fitted() -> tuple[Fitted, ...]:
    return fit_all(few_examples(), cues().patterns)


@pytest.fixture(scope="session")
def model(fitted: tuple[Fitted, ...]) -> Model:
    return model_of(fitted, cues().patterns)


@pytest.fixture(scope="session")
def predictor(model: Model) -> Predictor:
    return Predictor(model, "small")
