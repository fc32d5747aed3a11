"""The report on a model's severities: is a critical case found, and what do the mistakes cost?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifier.figures import Figure, Numbers, Places, counts, interval, share, weighted_kappa
from classifier.judged import LEVELS, Judged, by_language
from classifier.report import OURS

Costs = Mapping[tuple[str, str], float]  # of each true level and the one said


def severity_report(judged: Sequence[Judged], others: Mapping[str, Sequence[str]], costs: Costs) -> dict[str, Any]:
    """All that is counted of the severities of graded messages; `others` is what each baseline said of the same ones."""
    said = {OURS: [one.severity for one in judged], **others}
    true = [str(one.example.severity) for one in judged]
    return {
        "models": {name: levels_report(true, answers, costs) for name, answers in said.items()},
        "languages": {
            language: levels_report([str(one.example.severity) for one in some], [one.severity for one in some], costs)
            for language, some in by_language(judged).items()
            if language != "all"
        },
        "levels": list(LEVELS),
        "matrix": counts(_places(true), _places(said[OURS]), len(LEVELS)).tolist(),
        "costs": [[costs[one, other] for other in LEVELS] for one in LEVELS],
        "mistakes": _mistakes(judged, costs),
    }


def levels_report(true: Sequence[str], said: Sequence[str], costs: Costs) -> dict[str, Any]:
    """Accuracy, how many A are found and how many A said are A, A called C, quadratic kappa, and the mean cost of what was said."""
    levels, answers = _places(true), _places(said)
    price = np.array([[costs[one, other] for other in LEVELS] for one in LEVELS])
    return {
        "accuracy": share((levels == answers).tolist()),
        "a_found": share((answers[levels == 0] == 0).tolist()),
        "a_right": share((levels[answers == 0] == 0).tolist()),
        "a_called_c": int(((levels == 0) & (answers == 2)).sum()),
        "kappa": _kappa(levels, answers),
        "cost": _cost(price[levels, answers]),
    }


def _kappa(true: Places, said: Places) -> Figure:
    def statistic(places: Places) -> float | None:
        return weighted_kappa(counts(true[places], said[places], len(LEVELS)))

    return interval(statistic, len(true))


def _cost(prices: Numbers) -> Figure:
    return interval(lambda places: float(prices[places].mean()), len(prices))


def _mistakes(judged: Sequence[Judged], costs: Costs) -> list[dict[str, Any]]:
    """What was misjudged, the costliest first."""
    wrong = [one for one in judged if one.severity != one.example.severity]
    dear = sorted(wrong, key=lambda one: -costs[str(one.example.severity), one.severity])
    return [
        {
            "true": one.example.severity,
            "said": one.severity,
            "cost": costs[str(one.example.severity), one.severity],
            "text": one.example.text,
            "lang": one.example.lang,
            "cues": dict(one.cues),
        }
        for one in dear
    ]


def _places(levels: Sequence[str]) -> NDArray[np.intp]:
    return np.array([LEVELS.index(level) for level in levels], dtype=np.intp)
