"""What mistakes and questions cost is data: read whole, or refused with the file, the figure and what is legal."""

from __future__ import annotations

from pathlib import Path

import pytest

from classifier.decisions import Costs, load_costs
from classifier.errors import ClassifierError
from tests.classifier.examples import DATA

GOOD = """[cost]
wrong = 6
question = 1
list = 3
[promise]
choices_hold = 0.9
clear_kept = 0.97
familiar_kept = 0.98
"""


def load(folder: Path, text: str) -> Costs:
    (folder / "decisions.toml").write_text(text, encoding="utf-8")
    return load_costs(folder / "decisions.toml")


def test_the_product_s_own_costs_are_legal() -> None:
    assert load_costs(DATA / "rules" / "decisions.toml") == Costs()


def test_asking_costs_the_question_and_now_and_then_the_list(tmp_path: Path) -> None:
    assert load(tmp_path, GOOD).asking == pytest.approx(1.3)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("wrong = 6", "wrong = 0"), "cost.wrong: 0 is no cost above 0"),
        (("wrong = 6", 'wrong = "much"'), "cost.wrong: 'much' is no cost"),
        (("wrong = 6", "wrong = true"), "cost.wrong: True is no cost"),
        (("wrong = 6", "wrong = 1.2"), "cost.wrong: a mistake that costs no more than a question"),
        (("wrong = 6", "wron = 6"), "the figures are wrong, question, list"),
        (("list = 3\n", ""), "each once; here are: wrong, question, choices_hold"),
        (("choices_hold = 0.9", "choices_hold = 90"), "promise.choices_hold: 90 is no share"),
        (("clear_kept = 0.97", "clear_kept = 1.0"), "promise.clear_kept: 1.0 is no share"),
    ],
)
def test_a_figure_that_cannot_be_is_refused_by_name(change: tuple[str, str], said: str, tmp_path: Path) -> None:
    with pytest.raises(ClassifierError) as refused:
        load(tmp_path, GOOD.replace(*change))
    assert str(refused.value).startswith(str(tmp_path / "decisions.toml"))
    assert said in str(refused.value)
