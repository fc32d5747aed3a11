"""The boundaries that the service description rules are learned: most messages on either side of each are read as ruled.

A classifier is sometimes wrong, and what it is unsure of is asked about; so shares are held here, not single messages.
"""

from __future__ import annotations

import re

import pytest

from classifier.predict import Predictor
from dialogs.scene import Knowledge, Scene
from dialogs.several import problems
from dialogs.values import Reading
from dialogs.weigh import Proposal, weigh
from handoff.rulebook import Severity
from tests.data.boundaries import BOUNDARIES, LEVELS, TWO_PROBLEMS
from tests.handoff.cases import CONTOSO, NOON, UGO
from tests.handoff.tables import DOMAIN

MOST = 0.8


@pytest.fixture
def read(classifier: Predictor, knowledge: Knowledge) -> Reader:
    return Reader(classifier, knowledge)


class Reader:
    """Reads a message as the bot would."""

    def __init__(self, classifier: Predictor, knowledge: Knowledge) -> None:
        self._classifier, self._knowledge = classifier, knowledge

    def __call__(self, text: str) -> Proposal:
        return weigh(self.reading(text), self._knowledge.thresholds, self._knowledge.rules)

    def reading(self, text: str) -> Reading:
        found = self._classifier.predict(text)
        return Reading(**{name: getattr(found, name) for name in Reading.__annotations__})


def test_every_ruling_of_the_description_has_its_messages() -> None:
    section = DOMAIN.read_text(encoding="utf-8").split("### Boundaries, ruled")[1].split("## 3.")[0]
    rulings = {int(number) for number in re.findall(r"^(\d+)\. ", section, re.MULTILINE)}
    assert rulings == {*BOUNDARIES, 15, 16}


@pytest.mark.parametrize("ruling", BOUNDARIES)
def test_a_ruling_is_learned_on_both_its_sides(ruling: int, read: Reader) -> None:
    wrong = {text: read(text).category for text, label in BOUNDARIES[ruling].items() if read(text).category != label}
    assert len(wrong) <= len(BOUNDARIES[ruling]) / 2, wrong


def test_most_messages_at_a_boundary_are_read_as_ruled(read: Reader) -> None:
    messages = [pair for some in BOUNDARIES.values() for pair in some.items()]
    wrong = {text: read(text).category for text, label in messages if read(text).category != label}
    assert len(wrong) <= (1 - MOST) * len(messages), wrong


def test_most_severities_are_proposed_as_ruled_or_asked_about(read: Reader) -> None:
    messages = [(text, Severity(level)) for level, texts in LEVELS.items() for text in texts]
    wrong = {
        text: read(text).severity for text, level in messages if level not in {read(text).severity, *read(text).levels}
    }
    assert len(wrong) <= (1 - MOST) * len(messages), wrong


def test_nothing_critical_is_settled_as_non_critical(read: Reader) -> None:
    assert [text for text in LEVELS["A"] if read(text).levels == {Severity.C}] == []


def test_two_problems_in_one_message_are_offered_as_two(read: Reader, knowledge: Knowledge) -> None:
    scene = Scene(knowledge, UGO, CONTOSO, NOON, token="token", number="T-7KM-2Q4X")
    found = {
        text: {
            draft.category for draft in problems([read.reading(part) for part in knowledge.joints.parts(text)], scene)
        }
        for text in TWO_PROBLEMS
    }
    assert found == TWO_PROBLEMS


def test_hardly_any_message_about_one_problem_is_taken_for_two(read: Reader, knowledge: Knowledge) -> None:
    scene = Scene(knowledge, UGO, CONTOSO, NOON, token="token", number="T-7KM-2Q4X")
    messages = [text for some in BOUNDARIES.values() for text in some]
    split = [
        text for text in messages if problems([read.reading(part) for part in knowledge.joints.parts(text)], scene)
    ]
    assert len(split) <= 0.05 * len(messages), split
