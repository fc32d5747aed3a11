"""Where to act, where to confirm and where to ask: drawn by cost, on messages that the model has not learned from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classifier.decisions import Costs

Floats = NDArray[np.float64]
Places = NDArray[np.intp]
ENOUGH = 30  # messages below which a share means nothing
NEVER, ALWAYS = 1.0, 0.0
EVEN = 0.5  # a message that says enough, more likely than not, is never answered with "tell me more"


@dataclass(frozen=True)
class Lines:
    """`act`, `confirm`, `clarity` and `share` are probabilities; `outlier` is a score. See `dialogs.weigh`.

    `share` is the probability from which on a category is among the choices offered: a conformal line.
    """

    act: float
    confirm: float
    clarity: float
    outlier: float
    share: float

    def thresholds(self) -> dict[str, float]:
        """What the conversation decides by; the choices are made with the prediction."""
        return {name: value for name, value in vars(self).items() if name != "share"}


@dataclass(frozen=True)
class Unseen:
    """Messages with a label that the model has not learned from: what it believes of each, and the place of the true label."""

    believed: Floats
    true: Places
    clarity: Floats
    outlier: Floats


def draw_lines(unseen: Unseen, costs: Costs) -> Lines:
    """The cheapest lines on these messages, by the costs."""
    sure, right = unseen.believed.max(axis=1), unseen.believed.argmax(axis=1) == unseen.true
    outlier = float(np.quantile(unseen.outlier, costs.familiar_kept, method="higher"))
    familiar = unseen.outlier <= outlier
    act = line_of_least_cost(sure[familiar], right[familiar], costs.wrong, costs.asking)
    asked = (sure < act) | ~familiar
    share = conformal_share(unseen.believed[asked], unseen.true[asked], costs.choices_hold)
    among = _offered(unseen.believed[asked], share)[np.arange(asked.sum()), unseen.true[asked]]
    confirm = line_of_least_cost(sure[asked], among, costs.question + costs.list, costs.list, costs.question)
    return Lines(
        act=act,
        confirm=min(act, confirm),
        clarity=min(EVEN, float(np.quantile(unseen.clarity, 1 - costs.clear_kept, method="lower"))),
        outlier=outlier,
        share=share,
    )


def line_of_least_cost(
    sure: Floats, right: NDArray[np.bool_], wrong: float, otherwise: float, always: float = 0.0
) -> float:
    """The confidence above which going ahead is cheapest: `wrong` where it fails, else `always`; below it `otherwise`.

    1.0 where too few messages are above any line to believe in it.
    """
    order = np.argsort(-sure, kind="stable")
    gains = np.cumsum(otherwise - np.where(right[order], always, wrong))
    falls = np.append(np.diff(sure[order]) < 0, True)[: len(order)]
    good = np.flatnonzero(falls & (np.arange(len(order)) + 1 >= ENOUGH) & (gains > 0))
    if len(good) == 0:
        return NEVER
    return float(sure[order][good[gains[good].argmax()]])


def conformal_share(believed: Floats, true: Places, hold: float) -> float:
    """The probability from which on labels are offered, so that sets of them hold the true one as often as promised.

    Split conformal: the finite-sample quantile of the true label's probability. 0.0 (offer all) where there are too few.
    """
    of_true = np.sort(believed[np.arange(len(true)), true])
    place = int(np.floor((1 - hold) * (len(of_true) + 1))) - 1
    return float(of_true[place]) if len(of_true) >= ENOUGH and place >= 0 else ALWAYS


def _offered(believed: Floats, share: float) -> NDArray[np.bool_]:
    """Which labels are offered: those from the line on, and the likeliest in any case."""
    return np.asarray((believed >= share) | (believed == believed.max(axis=1, keepdims=True)))
