"""What a round is worth: medians, the comparison, and the table that a person reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from statistics import median
from typing import Any

from rich.table import Table

PROMISE = 2.0  # our whole turn is at least this many times as fast as the stock adapter's echo


@dataclass(frozen=True)
class Figures:
    """One bot in one round, or its medians over the rounds."""

    turns_per_second: float
    cpu_ms_per_turn: float
    p50_ms: float
    p99_ms: float
    rss_mb: float
    errors: int


ROWS: tuple[tuple[str, str, Callable[[float], str]], ...] = (
    ("turns_per_second", "turns per second", "{:.0f}".format),
    ("cpu_ms_per_turn", "CPU ms per turn", "{:.2f}".format),
    ("p50_ms", "p50 ms to the first reply", "{:.1f}".format),
    ("p99_ms", "p99 ms to the first reply", "{:.1f}".format),
    ("rss_mb", "RSS MB afterwards", "{:.0f}".format),
    ("errors", "errors", "{:.0f}".format),
)


def middle(rounds: Sequence[Figures]) -> Figures:
    """The median of each figure; of the errors, all."""
    medians = {one.name: median(getattr(figures, one.name) for figures in rounds) for one in fields(Figures)}
    return Figures(**{**medians, "errors": sum(figures.errors for figures in rounds)})


def percentile(values: Sequence[float], share: float) -> float:
    """The value that this share of the values does not exceed (nearest rank); 0 where there is none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def summary(rounds: Mapping[str, Sequence[Figures]]) -> dict[str, Any]:
    """Everything as plain values: medians of both bots, their ratio, whether the promise is kept, and each round."""
    ours, stock = middle(rounds["triage"]), middle(rounds["stock"])
    ratio = ours.turns_per_second / stock.turns_per_second if stock.turns_per_second else 0.0
    return {
        "triage": asdict(ours),
        "stock": asdict(stock),
        "ratio": ratio,
        "promise": PROMISE,
        "kept": ratio >= PROMISE and not ours.errors and not stock.errors,
        "rounds": {name: [asdict(one) for one in figures] for name, figures in rounds.items()},
    }


def table(result: Mapping[str, Any]) -> Table:
    """The comparison, side by side."""
    sheet = Table(title="A triage turn beside an echo on the stock adapter")
    sheet.add_column("")
    sheet.add_column("triage, full turn", justify="right")
    sheet.add_column("stock, echo", justify="right")
    for name, title, write in ROWS:
        sheet.add_row(title, write(result["triage"][name]), write(result["stock"][name]))
    verdict = "kept" if result["kept"] else "NOT kept"
    sheet.caption = f"{result['ratio']:.2f} × the stock echo; promised {result['promise']:.0f} ×: {verdict}"
    return sheet
