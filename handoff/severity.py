"""Severity (DOMAIN.md section 3): the cheapest level in expectation, and the questions whose answers would still change it."""

from __future__ import annotations

from collections.abc import Mapping

from handoff.rulebook import Ruling, Severity
from handoff.rules import Rules


def cheapest(rules: Rules, probabilities: Mapping[str, float]) -> Severity:
    """The level with the smallest expected cost, by the stated cost of each mistake (`[[mistake]]` in severity.toml).

    `probabilities` maps A, B and C to what the classifier believes of them.
    """
    return min(Severity, key=lambda said: sum(probabilities[true] * rules.costs[true, said] for true in Severity))


def plausible(rules: Rules, probabilities: Mapping[str, float]) -> frozenset[Severity]:
    """The levels that a question could still turn out to be right: the cheapest, and each one probable enough to ask about.

    One level probable enough to be settled stands alone, and so does the cheaper of B and C: between these two no answer is worth
    a person's time, the card corrects it in one tap.
    """
    for level in Severity:
        if probabilities[level] >= rules.asking[level].settled:
            return frozenset({level})
    probable = {level for level in Severity if probabilities[level] >= rules.asking[level].worth_asking}
    best = cheapest(rules, probabilities)
    return frozenset(probable | {best}) if Severity.A in probable else frozenset({best})


def next_question(rules: Rules, levels: frozenset[Severity], answers: Mapping[str, str]) -> str | None:
    """The question whose answer could still choose between these levels, or None when there is nothing left to ask."""
    if len(_possible(rules, levels, answers)) <= 1:
        return None
    return next((question for question in rules.questions if question not in answers), None)


def settle(rules: Rules, levels: frozenset[Severity], answers: Mapping[str, str], otherwise: Severity) -> Severity:
    """What the answers decide; `otherwise` (the classifier's choice) where they leave more than one level open."""
    possible = _possible(rules, levels, answers)
    return next(iter(possible)) if len(possible) == 1 else otherwise


def _possible(rules: Rules, levels: frozenset[Severity], answers: Mapping[str, str]) -> frozenset[Severity]:
    """What people say outranks what was guessed: levels that no ruling allows any more are out, even if all were guessed."""
    allowed = frozenset(ruling.severity for ruling in rules.rulings if _allows(ruling, answers))
    return (allowed & levels) or allowed


def _allows(ruling: Ruling, answers: Mapping[str, str]) -> bool:
    return all(answers[question] in getattr(ruling, question) for question in ("people", "work") if question in answers)
