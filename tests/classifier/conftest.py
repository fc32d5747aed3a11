"""One small model for the whole room, fitted once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from threadpoolctl import threadpool_limits

from classifier.model import Model, fit_model
from classifier.predict import Predictor
from tests.classifier.examples import cues, few_examples


@pytest.fixture(scope="session", autouse=True)
def _one_thread() -> Iterator[None]:
    """Rows this small are learned from four times as fast by one thread as by several that wait for one another."""
    with threadpool_limits(1):
        yield


@pytest.fixture(scope="session")
def model() -> Model:
    return fit_model(few_examples(), cues().patterns)


@pytest.fixture(scope="session")
def predictor(model: Model) -> Predictor:
    return Predictor(model, "small")
