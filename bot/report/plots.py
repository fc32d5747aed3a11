"""The report's plots, drawn as SVG by hand: they scale, follow the page's theme by its CSS classes, and need nobody's host."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

SIDE = 320.0  # of a square plot's inside
LEFT, BELOW, ABOVE, RIGHT = 46.0, 44.0, 12.0, 24.0
ROW = 26.0  # height of one bar
NAMES = 128.0  # width of the labels beside bars and matrix
LONG_NAMES = 210.0  # the same, where they are those that people know
CELL = 26.0


def _share(part: float) -> str:
    return f"{part:.0%}"


@dataclass(frozen=True)
class Labels:
    """The words of a plot of two shares, and how a share is written: its reader's language. `title` is for who cannot see it."""

    across: str
    up: str
    title: str
    share: Callable[[float], str] = _share


RELIABILITY = Labels("believed", "right", "Reliability: belief against truth")
PAIRS = ("challenger", "champion", "F1 of each category, champion and challenger")
COVERAGE = Labels("share handled, the surest first", "right", "Coverage against accuracy")


def reliability(calibration: Mapping[str, Any], labels: Labels = RELIABILITY) -> str:
    """What was believed against what came true; a point's size is the number of messages."""
    filled = [one for one in calibration["bins"] if one["believed"] is not None]
    whole = sum(one["right"]["of"] for one in filled) or 1
    marks = []
    for one in filled:
        right = one["right"]
        x, y = _x(one["believed"]), _y(right["share"])
        hint = f"{labels.across} {labels.share(one['believed'])}, {labels.up} {labels.share(right['share'])} / {right['of']}"
        marks.append(_line(x, _y(right["low"]), x, _y(right["high"]), "whisker"))
        marks.append(_circle(x, y, 4 + 10 * (right["of"] / whole) ** 0.5, "dot", hint))
    diagonal = _line(_x(0), _y(0), _x(1), _y(1), "ideal")
    return _square([diagonal, *marks], labels)


def coverage(curves: Mapping[str, Sequence[Mapping[str, Any]]], floor: float, labels: Labels = COVERAGE) -> str:
    """How many are right among the surest share, one curve for each model; accuracy is drawn from `floor` up."""

    def height(accuracy: float) -> float:
        return _y(max(0.0, (accuracy - floor) / (1 - floor)))

    lines = [
        f'<polyline class="curve c{place}" points="'
        + " ".join(f"{_x(one['coverage']):.1f},{height(one['accuracy']):.1f}" for one in points)
        + f'"><title>{escape(name)}</title></polyline>'
        for place, (name, points) in enumerate(curves.items())
    ]
    return _square(lines, labels, floor)


def matrix(labels: Sequence[str], counts: Sequence[Sequence[int]]) -> str:
    """The confusion matrix as a heat map: true labels down, said labels across, each row a share of its messages."""
    size = CELL * len(labels)
    parts = []
    for down, row in enumerate(counts):
        middle = NAMES + CELL * (down + 0.5)
        parts.append(_text(NAMES - 8, middle + 4, labels[down], "end"))
        parts.append(
            f'<text class="label" transform="translate({middle + 4:.1f} {NAMES - 8}) rotate(-60)">{escape(labels[down])}</text>'
        )
        parts.extend(_cells(labels, down, row))
    full = NAMES + size + RIGHT
    return _svg(full + 60, full, "Confusion matrix", parts)


def bars(classes: Mapping[str, Mapping[str, Any]]) -> str:
    """F1 of each class with its interval, the weakest first."""
    ranked = sorted(classes.items(), key=lambda pair: pair[1]["all"]["f1"]["value"])
    parts = []
    for place, (label, figures) in enumerate(ranked):
        one, top = figures["all"]["f1"], ABOVE + ROW * place
        start, end = NAMES, NAMES + SIDE * one["value"]
        hint = f"{label}: F1 {one['value']:.1%} [{one['low']:.1%}, {one['high']:.1%}], {one['of']} messages"
        parts.append(_text(NAMES - 8, top + ROW / 2 + 4, label, "end"))
        parts.append(_rect(start, top + 5, end - start, ROW - 10, "bar", 1.0, hint))
        parts.append(
            _line(start + SIDE * one["low"], top + ROW / 2, start + SIDE * one["high"], top + ROW / 2, "whisker")
        )
        parts.append(_text(NAMES + SIDE + 8, top + ROW / 2 + 4, f"{one['value'] * 100:.0f}", "start"))
    return _svg(NAMES + SIDE + 40, ABOVE + ROW * len(ranked) + 8, "F1 of each category", parts)


def pairs(classes: Mapping[str, Mapping[str, Mapping[str, Any]]], names: tuple[str, str, str] = PAIRS) -> str:
    """F1 of each class by two models: the champion's as a ring, the challenger's as a dot with its interval, the weakest first.

    `names` are those of the two and of the plot.
    """
    ours, theirs, title = names
    ranked = sorted(classes.items(), key=lambda pair: pair[1]["challenger"]["value"])
    parts = []
    for place, (label, both) in enumerate(ranked):
        middle, new, old = ABOVE + ROW * (place + 0.5), both["challenger"], both.get("champion")
        x = LONG_NAMES + SIDE * new["value"]
        parts.append(_text(LONG_NAMES - 8, middle + 4, label, "end"))
        parts.append(_line(LONG_NAMES, middle, LONG_NAMES + SIDE, middle, "grid"))
        parts.append(_line(LONG_NAMES + SIDE * new["low"], middle, LONG_NAMES + SIDE * new["high"], middle, "whisker"))
        if old:
            hint = f"{label}, {theirs}: F1 {old['value'] * 100:.1f}"
            parts.append(_circle(LONG_NAMES + SIDE * old["value"], middle, 7, "ring", hint))
        parts.append(_circle(x, middle, 4, "dot", f"{label}, {ours}: F1 {new['value'] * 100:.1f} / {new['of']}"))
        parts.append(_text(LONG_NAMES + SIDE + 8, middle + 4, f"{new['value'] * 100:.0f}", "start"))
    return _svg(LONG_NAMES + SIDE + 40, ABOVE + ROW * len(ranked) + 8, title, parts)


def _cells(labels: Sequence[str], down: int, row: Sequence[int]) -> Iterable[str]:
    whole = max(1, sum(row))
    for across, count in enumerate(row):
        x, y = NAMES + CELL * across, NAMES + CELL * down
        kind = "hit" if across == down else "miss"
        hint = f"{labels[down]} called {labels[across]}: {count}"
        yield _rect(
            x, y, CELL - 1, CELL - 1, "empty" if not count else kind, 1.0 if not count else _shade(count, whole), hint
        )
        if count:
            yield _text(x + CELL / 2, y + CELL / 2 + 4, str(count), "middle", "count")


def _shade(count: int, whole: int) -> float:
    return 0.2 + 0.7 * math.sqrt(count / whole)


def _square(parts: Iterable[str], labels: Labels, floor: float = 0.0) -> str:
    """A plot of two shares with a grid and its axes named."""
    grid = []
    for step in range(6):
        share = step / 5
        grid.append(_line(_x(share), _y(0), _x(share), _y(1), "grid"))
        grid.append(_line(_x(0), _y(share), _x(1), _y(share), "grid"))
        grid.append(_text(_x(share), _y(0) + 18, labels.share(share), "middle"))
        grid.append(_text(_x(0) - 7, _y(share) + 4, labels.share(floor + share * (1 - floor)), "end"))
    names = [
        _text(_x(0.5), _y(0) + 38, labels.across, "middle"),
        f'<text class="label" text-anchor="middle" transform="translate(11 {_y(0.5):.0f}) rotate(-90)">{escape(labels.up)}</text>',
    ]
    return _svg(LEFT + SIDE + RIGHT, ABOVE + SIDE + BELOW, labels.title, [*grid, *names, *parts])


def _x(share: float) -> float:
    return LEFT + SIDE * share


def _y(share: float) -> float:
    return ABOVE + SIDE * (1 - share)


def _svg(width: float, height: float, title: str, parts: Iterable[str]) -> str:
    inside = "".join(parts)
    return f'<svg viewBox="0 0 {width:.0f} {height:.0f}" role="img" aria-label="{escape(title)}">{inside}</svg>'


def _line(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    return f'<line class="{kind}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def _circle(x: float, y: float, radius: float, kind: str, hint: str) -> str:
    return f'<circle class="{kind}" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"><title>{escape(hint)}</title></circle>'


def _rect(x: float, y: float, width: float, height: float, kind: str, shade: float, hint: str) -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"'
    return f'<rect class="{kind}" {place} rx="2" fill-opacity="{shade:.2f}"><title>{escape(hint)}</title></rect>'


def _text(x: float, y: float, words: str, anchor: str, kind: str = "label") -> str:
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'
