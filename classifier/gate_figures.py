"""What the gate sees in a trained model: doubted labels, and figures beside the champion's on the same messages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from classifier.compare import Bout, Counted, Pick, calibrated, figures_of, labelled, languages_of
from classifier.corpus import Example
from classifier.figures import Figure
from classifier.gate import Finding, Row, at_least, at_most
from classifier.judged import Judged
from classifier.limits import Limits
from classifier.paired import lower
from classifier.suspects import Suspect

ENOUGH = 30  # messages below which a share means nothing
FEW = 8  # and below which a single category's does not


@dataclass(frozen=True)
class Unseen:
    """What a model that has not learned from them makes of the labelled examples: labels it doubts, and the share it gets right.

    `doubted_before` and `right_before` are the shares of the champion's own examples, None where they are not known.
    """

    examples: Sequence[Example]
    doubted: Sequence[Suspect]
    right: float
    doubted_before: float | None = None
    right_before: float | None = None


def look_at_labels(unseen: Unseen, limits: Limits) -> list[Finding]:
    """Labels that may be wrong, each or as a whole."""
    examples, doubted, before = unseen.examples, unseen.doubted, unseen.doubted_before
    whole = max(1, len(examples))
    rows = [_doubt(examples[one.place], one) for one in doubted]
    limit = limits["labels", "suspect"]
    if before is not None:
        limit = min(limit, before + limits["labels", "suspect_more"])
    counts, wrong = Counter(str(one.category) for one in examples), Counter(one.given for one in doubted)
    shares = {name: wrong[name] / counts[name] for name in counts if counts[name] >= FEW}
    worst = max(sorted(shares), key=lambda name: shares[name], default="")
    of_worst = [row for row, one in zip(rows, doubted, strict=True) if one.given == worst]
    return [
        at_most("labels", len(doubted) / whole, limit, rows),
        at_most(
            "labels-of-category", shares.get(worst, 0.0), limits["labels", "suspect_of_category"], of_worst, name=worst
        ),
        at_most(
            "consistency", (unseen.right_before or unseen.right) - unseen.right, limits["labels", "consistency_drop"]
        ),
    ]


def look_at_figures(bout: Bout, compared: dict[str, Any], limits: Limits) -> list[Finding]:
    """The never-worse list, everything else beside the champion, and the floors. `compared` is what `compare` made of the bout."""
    findings = list(_floors(bout, compared, limits))
    if bout.champion:
        findings += [*_never_worse(bout, limits), *_overall(bout, compared, limits)]
    return findings


def look_at_corrections(bout: Bout, limits: Limits) -> list[Finding]:
    """Recent accepted corrections that neither has learned from; too few of them say nothing."""
    if not bout.champion or len(bout.challenger) < ENOUGH:
        return []
    return [_drop("corrections", bout, Counted(labelled, lambda one: one.right), limits["overall", "corrections_drop"])]


def _floors(bout: Bout, compared: dict[str, Any], limits: Limits) -> Iterator[Finding]:
    named = figures_of(bout.in_scope, ())
    for name in ("accuracy", "a_found", "in_scope", "asked", "acted"):
        figure = compared["figures"][name]["challenger"]
        if figure["of"] >= FEW:
            missed = _rows(bout.challenger, named[name])
            yield at_least(f"floor-{name.replace('_', '-')}", figure["share"], limits["floors", name], missed)
    error = calibrated([one for one in bout.challenger if labelled(one)])["ece"] or 0.0
    yield at_most("floor-calibration", error, limits["floors", "calibration"])
    recalls = _recalls(compared["classes"]["challenger"])
    worst = min(sorted(recalls), key=lambda name: recalls[name], default="")
    missed = _rows(bout.challenger, _category(worst))
    yield at_least("floor-category", recalls.get(worst, 1.0), limits["floors", "category"], missed, name=worst)


def _never_worse(bout: Bout, limits: Limits) -> Iterator[Finding]:
    named = figures_of(bout.in_scope, ())
    for name in ("a_found", "in_scope"):
        yield _drop(name.replace("_", "-"), bout, named[name], limits["never_worse", f"{name}_drop"])
    called = named["a_called_c"]
    old, new = (sum(called.hit(one) for one in some) for some in bout.pairs(called.among))
    rows = [_row(one, "A called C") for one in bout.challenger if called.among(one) and called.hit(one)]
    yield at_most("a-called-c", max(0, new - old), limits["never_worse", "a_called_c_more"], rows)


def _overall(bout: Bout, compared: dict[str, Any], limits: Limits) -> Iterator[Finding]:
    paired = compared["paired"]
    named = figures_of(bout.in_scope, languages_of(bout))
    lost = _lost(bout, named["accuracy"])
    yield at_most("accuracy", -lower(paired["accuracy"]["difference"]), limits["overall", "accuracy_drop"], lost)
    yield at_most("f1", -lower(paired["macro_f1"]["difference"]), limits["overall", "f1_drop"], lost)
    gained = paired["accuracy"]["difference"]["value"] or 0.0
    yield at_most("jump", gained, limits["overall", "jump"])
    for language in languages_of(bout):
        drop = limits["overall", "language_drop"]
        yield _drop("language", bout, named[f"accuracy_{language}"], drop, language=language)
    yield _drop("severity", bout, named["severity"], limits["overall", "severity_drop"])
    yield _drop("asked", bout, named["asked"], limits["overall", "asked_drop"])
    acted = compared["figures"]["acted"]
    yield at_most("acted", _less(acted["champion"], acted["challenger"]), limits["overall", "acted_drop"])
    yield _worst_category(bout, compared, limits)


def _worst_category(bout: Bout, compared: dict[str, Any], limits: Limits) -> Finding:
    """The category that has lost most."""
    old, new = (_recalls(compared["classes"][who]) for who in ("champion", "challenger"))
    drops = {name: old[name] - new.get(name, 0.0) for name in old}
    worst = max(sorted(drops), key=lambda name: drops[name], default="")
    lost = _lost(bout, _category(worst))
    return at_most("category", drops.get(worst, 0.0), limits["overall", "category_drop"], lost, name=worst)


def _drop(check: str, bout: Bout, figure: Counted, limit: float, language: str = "") -> Finding:
    """How much smaller the share of hits has become; it passes where there are too few messages to say."""
    old, new = bout.pairs(figure.among)
    if len(new) < FEW:
        return at_most(check, 0.0, limit, language=language)
    drop = (sum(map(figure.hit, old)) - sum(map(figure.hit, new))) / len(new)
    return at_most(check, drop, limit, _lost(bout, figure), language=language, of=len(new))


def _recalls(classes: dict[str, Any]) -> dict[str, float]:
    return {
        label: figures["all"]["recall"]["share"]
        for label, figures in classes.items()
        if figures["all"]["recall"]["of"] >= FEW
    }


def _less(old: Figure, new: Figure) -> float:
    return 0.0 if old["share"] is None or new["share"] is None else float(old["share"] - new["share"])


def _category(name: str) -> Counted:
    meant: Pick = lambda one: one.example.category == name  # noqa: E731 - beside its twin
    return Counted(meant, lambda one: one.right)


def _rows(some: Sequence[Judged], figure: Counted) -> list[Row]:
    """The messages that are no hits."""
    return [_row(one, _said(one)) for one in some if figure.among(one) and not figure.hit(one)]


def _lost(bout: Bout, figure: Counted) -> list[Row]:
    """The messages that were hits and are none any more."""
    pairs = zip(*bout.pairs(figure.among), strict=True) if bout.champion else []
    return [_row(new, _said(new)) for old, new in pairs if figure.hit(old) and not figure.hit(new)]


def _said(one: Judged) -> str:
    return f"{one.example.category}, {one.example.severity}: called {one.category}, {one.severity}"


def _row(one: Judged, note: str) -> Row:
    return Row(one.example.where, one.example.text, note)


def _doubt(example: Example, doubt: Suspect) -> Row:
    return Row(
        example.where, example.text, f"{doubt.given} ({doubt.own:.0%}), rather {doubt.likelier} ({doubt.other:.0%})"
    )
