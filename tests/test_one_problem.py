"""One problem is hardly ever taken for several: measured on messages that the classifier has not learned from."""

from __future__ import annotations

from dataclasses import replace

from classifier.corpus import read_examples
from classifier.predict import Predictor
from dialogs.scene import Knowledge
from dialogs.several import problems
from dialogs.values import Incoming, Reading, State
from tests.conftest import DATA
from tests.dialogs.cards.scenes import scene
from tests.players import all_read

MOST = 0.04  # of messages about one thing that may be offered as several: each costs a tap


def test_messages_about_one_thing_are_taken_as_one(classifier: Predictor, knowledge: Knowledge) -> None:
    def reading(text: str) -> Reading:
        return Reading(**vars(classifier.predict(text)))

    here = replace(scene(), knowledge=knowledge)
    texts = [one.text for one in read_examples(DATA / "examples" / "heldout", list(knowledge.rules.categories))]
    offered = []
    for text in texts:
        whole, *parts = all_read(State(), Incoming("message", text=text), knowledge.joints, reading).values()
        if problems(parts, here):
            offered.append(whole.text)
    assert len(offered) <= MOST * len(texts), offered
