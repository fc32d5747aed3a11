"""A challenger beside the champion on the same messages: what is stored, shown, and held against the gate."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from classifier.figures import Figure, calibration, f1_intervals, share
from classifier.judged import Judged
from classifier.paired import f1_difference, hits, mcnemar, share_difference
from classifier.report import class_report, confusions

CONFUSED = 12  # pairs of categories told
CHANGED = 40  # messages told

Pick = Callable[[Judged], bool]


@dataclass(frozen=True)
class Bout:
    """The same messages, in the same order, judged by both. `champion` is empty where there is none. `in_scope`: support's own."""

    champion: tuple[Judged, ...]
    challenger: tuple[Judged, ...]
    in_scope: frozenset[str]

    def pairs(self, among: Pick) -> tuple[list[Judged], list[Judged]]:
        """Both, of the messages that are meant."""
        places = [place for place, one in enumerate(self.challenger) if among(one)]
        return [self.champion[at] for at in places] if self.champion else [], [self.challenger[at] for at in places]


@dataclass(frozen=True)
class Counted:
    """A figure that is a share of some messages: which ones count, and which of those are hits."""

    among: Pick
    hit: Pick


def labelled(one: Judged) -> bool:
    """Whether the message has a category."""
    return one.example.category is not None


def figures_of(in_scope: frozenset[str], languages: Sequence[str]) -> dict[str, Counted]:
    """Every share that is compared, by name."""
    return {
        "accuracy": Counted(labelled, lambda one: one.right),
        **{f"accuracy_{language}": Counted(_in(language), lambda one: one.right) for language in languages},
        "in_scope": Counted(lambda one: one.example.category in in_scope, lambda one: one.category in in_scope),
        "severity": Counted(
            lambda one: one.example.severity is not None, lambda one: one.severity == one.example.severity
        ),
        "a_found": Counted(lambda one: one.example.severity == "A", lambda one: one.severity == "A"),
        "a_called_c": Counted(lambda one: one.example.severity == "A", lambda one: one.severity == "C"),
        "asked": Counted(lambda one: not labelled(one), lambda one: one.decision == "ask"),
        "acted": Counted(lambda one: labelled(one) and one.decision == "act", lambda one: one.right),
    }


def _in(language: str) -> Pick:
    return lambda one: labelled(one) and one.example.lang == language


def languages_of(bout: Bout) -> list[str]:
    """The languages of the messages."""
    return sorted({one.example.lang for one in bout.challenger})


def compare(bout: Bout) -> dict[str, Any]:
    """Every figure of both with its interval, paired tests, each class of both, and the messages that changed sides."""
    named = figures_of(bout.in_scope, languages_of(bout))
    figures = {name: {who: _share(some, one) for who, some in _sides(bout)} for name, one in named.items()}
    old, new = bout.pairs(labelled)
    labels = sorted({str(one.example.category) for one in new} | {one.category for one in (*old, *new)})
    figures["macro_f1"] = {who: _macro(some, labels) for who, some in (("champion", old), ("challenger", new)) if some}
    return {
        "messages": len(bout.challenger),
        "figures": figures,
        "paired": _paired(bout, named, labels) if bout.champion else {},
        "classes": {who: class_report(some, labels) for who, some in (("champion", old), ("challenger", new)) if some},
        "calibration": {who: calibrated(some) for who, some in (("champion", old), ("challenger", new)) if some},
        "confused": [_without_messages(pair) for pair in confusions(new)[:CONFUSED]],
        "changed": changed(old, new),
    }


def _sides(bout: Bout) -> list[tuple[str, Sequence[Judged]]]:
    sides = (("champion", bout.champion), ("challenger", bout.challenger))
    return [(who, some) for who, some in sides if some]


def _share(some: Sequence[Judged], figure: Counted) -> Figure:
    return share([figure.hit(one) for one in some if figure.among(one)])


def _macro(some: Sequence[Judged], labels: Sequence[str]) -> Figure:
    true, said = places_of(some, labels)
    return f1_intervals(true, said, len(labels))[1]


def calibrated(some: Sequence[Judged]) -> Figure:
    """How far belief is from truth."""
    return calibration(np.array([one.confidence for one in some]), hits([one.right for one in some]))


def _paired(bout: Bout, named: Mapping[str, Counted], labels: Sequence[str]) -> dict[str, Any]:
    """Only figures whose messages are the same for both: what a model acts on is its own choice."""
    tests = {}
    for name, figure in named.items():
        if name == "acted":
            continue
        old, new = (hits([figure.hit(one) for one in some]) for some in bout.pairs(figure.among))
        tests[name] = {**mcnemar(old, new), "difference": share_difference(old, new)}
    old_said, new_said = bout.pairs(labelled)
    true, new = places_of(new_said, labels)
    tests["macro_f1"] = {"difference": f1_difference(true, places_of(old_said, labels)[1], new, len(labels))}
    return tests


def places_of(some: Sequence[Judged], labels: Sequence[str]) -> Any:
    """True and said labels as their places."""
    place = {label: number for number, label in enumerate(labels)}
    true = np.array([place[str(one.example.category)] for one in some], dtype=np.intp)
    return true, np.array([place[one.category] for one in some], dtype=np.intp)


def changed(old: Sequence[Judged], new: Sequence[Judged]) -> dict[str, list[dict[str, Any]]]:
    """Messages that only one of the two gets right."""
    pairs = list(zip(old, new, strict=True)) if old else []
    return {
        "lost": [_told(a, b) for a, b in pairs if a.right and not b.right][:CHANGED],
        "won": [_told(a, b) for a, b in pairs if b.right and not a.right][:CHANGED],
    }


def _told(old: Judged, new: Judged) -> dict[str, Any]:
    example = new.example
    return {
        "where": example.where,
        "text": example.text,
        "lang": example.lang,
        "true": example.category,
        "champion": old.category,
        "challenger": new.category,
        "confidence": round(new.confidence, 3),
    }


def _without_messages(pair: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in pair.items() if name != "messages"}
