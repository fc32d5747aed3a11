"""The report, counted by hand beside it."""

from __future__ import annotations

from classifier.baselines import commonest, levels_of_categories, taught
from classifier.corpus import Example
from classifier.judged import LEVELS, Judged
from classifier.report import category_report, confusions, decisions
from classifier.severity_report import levels_report, severity_report

COSTS = {("A", "B"): 3.0, ("A", "C"): 10.0, ("B", "A"): 1.0, ("B", "C"): 1.0, ("C", "A"): 2.0, ("C", "B"): 1.0}
PRICES = {(one, other): COSTS.get((one, other), 0.0) for one in LEVELS for other in LEVELS}


def judged(
    true: str | None, said: str, sure: float = 0.9, level: str | None = "B", lang: str = "en", decision: str = "act"
) -> Judged:
    other = "network" if said != "network" else "billing"
    example = Example(f"{true} as {said}", lang, true, level, "writer")
    return Judged(example, ((said, sure), (other, 1 - sure)), decision, (said, other), level or "B", {})


SOME = [
    judged("exchange", "exchange"),
    judged("exchange", "billing", 0.6, lang="fr"),
    judged("exchange", "billing", 0.8, lang="fr"),
    judged("billing", "billing", lang="fr"),
    judged("network", "exchange", 0.7),
]


def test_each_class_has_its_figures_in_each_language() -> None:
    classes = category_report(SOME, {})["classes"]
    assert classes["exchange"]["all"]["recall"]["share"] == 0.333
    assert classes["exchange"]["all"]["precision"]["share"] == 0.5
    assert classes["billing"]["fr"]["f1"]["value"] == 0.5
    assert classes["network"]["en"]["messages"] == 1


def test_confused_pairs_come_with_their_messages_the_commonest_and_surest_first() -> None:
    pairs = confusions(SOME)
    assert [(pair["true"], pair["said"], pair["count"]) for pair in pairs] == [
        ("exchange", "billing", 2),
        ("network", "exchange", 1),
    ]
    assert [one["confidence"] for one in pairs[0]["messages"]] == [0.8, 0.6]


def test_a_label_that_is_second_is_among_the_first_two() -> None:
    assert category_report(SOME, {})["first_two"]["all"]["share"] == 0.6


def test_another_category_that_would_do_is_counted_apart() -> None:
    lenient = Judged(Example("x", "en", "exchange", "B", "w", ("billing",)), (("billing", 1.0),), "act", (), "B", {})
    figures = category_report([*SOME, lenient], {})
    assert figures["models"]["triage"]["all"]["accuracy"]["share"] == 0.333
    assert figures["acceptable"]["all"]["share"] == 0.5


def test_each_writer_has_a_figure_of_each_model() -> None:
    figures = category_report(SOME, {"other": [("exchange", 1.0)] * 5})["writers"]
    assert figures["writer"]["triage"]["share"] == 0.4
    assert figures["writer"]["other"]["share"] == 0.6


def test_another_model_is_compared_message_by_message() -> None:
    others = {"other": [("exchange", 1.0), ("exchange", 1.0), ("exchange", 1.0), ("exchange", 1.0), ("exchange", 1.0)]}
    assert category_report(SOME, others)["against"]["other"] == {
        "only_ours_right": 1,
        "only_theirs_right": 2,
        "p": 1.0,
    }


def test_what_it_does_is_counted_and_messages_without_a_label_stand_apart() -> None:
    figures = decisions(
        [*SOME, judged("billing", "network", decision="confirm"), judged(None, "billing", decision="ask")]
    )
    assert (figures["act"]["right"]["share"], figures["act"]["right"]["of"]) == (0.4, 5)
    assert figures["confirm"]["among_offered"]["share"] == 1.0
    assert figures["ask"]["right"]["share"] is None
    assert figures["nothing_said_and_asked"] == {"of": 1, "share": 1.0, "low": 0.207, "high": 1.0}


def test_a_missed_critical_case_is_counted_and_costs_what_the_rules_say() -> None:
    figures = levels_report(["A", "A", "B", "C"], ["A", "C", "A", "C"], PRICES)
    assert (figures["a_found"]["share"], figures["a_right"]["share"], figures["a_called_c"]) == (0.5, 0.5, 1)
    assert figures["cost"]["value"] == 11 / 4


def test_severity_mistakes_are_told_costliest_first_and_each_language_stands_alone() -> None:
    cheap = Judged(Example("b", "en", "exchange", "B", "w"), (("exchange", 1.0),), "act", (), "A", {"many": "all"})
    dear = Judged(Example("a", "fr", "exchange", "A", "w"), (("exchange", 1.0),), "act", (), "C", {})
    figures = severity_report([cheap, dear], {"always B": ["B", "B"]}, PRICES)
    assert [one["cost"] for one in figures["mistakes"]] == [10.0, 1.0]
    assert set(figures["languages"]) == {"en", "fr"}
    assert figures["models"]["always B"]["accuracy"]["share"] == 0.5


def test_baselines_know_only_what_they_were_taught() -> None:
    texts, labels = ["mail bounces", "invoice twice", "mail lost", "pay invoice"], ["m", "i", "m", "i"]
    assert [label for label, _ in taught([*texts, "wifi"], [*labels, "w"], ["mail", "invoice"])] == ["m", "i"]
    assert commonest(["a", "b", "b"], ["x"]) == [("b", 2 / 3)]
    usual = levels_of_categories([Example("", "en", "exchange", level, "w") for level in ("A", "B", "B", None)])
    assert usual["exchange"] == {"A": 1 / 3, "B": 2 / 3, "C": 0.0}
