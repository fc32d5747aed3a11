"""The report on a model's categories: figures for each class and language, beside what trivial models make of the same messages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from scipy.stats import binomtest

from classifier.baselines import Said
from classifier.figures import (
    Figure,
    Places,
    automatic,
    calibration,
    counts,
    coverage,
    f1_intervals,
    share,
)
from classifier.judged import Judged, by_language

WRONG = 0.05  # how many may be wrong of what is handled without asking
OURS = "triage"


def category_report(judged: Sequence[Judged], others: Mapping[str, Said]) -> dict[str, Any]:
    """All that is counted of the categories of labelled messages; `others` is what each baseline said of the same ones."""
    labels = sorted({str(one.example.category) for one in judged} | {one.category for one in judged})
    said = {OURS: [(one.category, one.confidence) for one in judged], **others}
    labels = sorted({*labels, *(label for answers in others.values() for label, _ in answers)})
    right = np.array([one.right for one in judged], dtype=np.bool_)
    confidence = np.array([one.confidence for one in judged])
    true, first = _places(judged, said[OURS], labels)
    return {
        "models": {name: _by_language(judged, answers, labels) for name, answers in said.items()},
        "acceptable": _acceptable(judged),
        "writers": _by_writer(judged, said),
        "first_two": _among(judged, 2),
        "first_three": _among(judged, 3),
        "against": {name: _against(judged, answers) for name, answers in others.items()},
        "classes": class_report(judged, labels),
        "labels": labels,
        "matrix": counts(true, first, len(labels)).tolist(),
        "confusions": confusions(judged),
        "calibration": calibration(confidence, right),
        "automatic": {"wrong_at_most": WRONG, "share": round(automatic(confidence, right, WRONG), 3)},
        "coverage": {name: _coverage(judged, answers) for name, answers in said.items()},
    }


def class_report(judged: Sequence[Judged], labels: Sequence[str]) -> dict[str, Any]:
    """Precision and recall (Wilson) and F1 (bootstrap) of each class, over all messages and within each language."""
    report: dict[str, Any] = defaultdict(dict)
    for language, some in by_language(judged).items():
        true, said = _places(some, [(one.category, 0.0) for one in some], labels)
        each, _ = f1_intervals(true, said, len(labels))
        for number, label in enumerate(labels):
            report[label][language] = {
                "messages": int((true == number).sum()),
                "precision": share((true[said == number] == number).tolist()),
                "recall": share((said[true == number] == number).tolist()),
                "f1": each[number],
            }
    return dict(report)


def confusions(judged: Sequence[Judged]) -> list[dict[str, Any]]:
    """Each pair of a true and another class said, the commonest first, with the messages; the surest mistake first."""
    pairs: dict[tuple[str, str], list[Judged]] = defaultdict(list)
    for one in judged:
        if not one.right:
            pairs[str(one.example.category), one.category].append(one)
    return [
        {
            "true": true,
            "said": said,
            "count": len(some),
            "messages": [
                {"text": one.example.text, "lang": one.example.lang, "confidence": round(one.confidence, 3)}
                for one in sorted(some, key=lambda one: -one.confidence)
            ],
        }
        for (true, said), some in sorted(pairs.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    ]


def decisions(judged: Sequence[Judged]) -> dict[str, Any]:
    """How often it acts, confirms and asks, and how often the first label, or one of those offered, is right there."""
    labelled = [one for one in judged if one.example.category is not None]
    vague = [one for one in judged if one.example.category is None]
    return {
        **{
            decision: {
                "share": share([one.decision == decision for one in labelled]),
                "right": share([one.right for one in labelled if one.decision == decision]),
                "among_offered": share(
                    [one.example.category in one.offered for one in labelled if one.decision == decision]
                ),
            }
            for decision in ("act", "confirm", "ask")
        },
        "nothing_said_and_asked": share([one.decision == "ask" for one in vague]),
    }


def _by_language(judged: Sequence[Judged], said: Said, labels: Sequence[str]) -> dict[str, Any]:
    answers = dict(zip(map(id, judged), said, strict=True))
    return {
        language: _overall(some, [answers[id(one)] for one in some], labels)
        for language, some in by_language(judged).items()
    }


def _overall(judged: Sequence[Judged], said: Said, labels: Sequence[str]) -> dict[str, Any]:
    true, first = _places(judged, said, labels)
    _, macro = f1_intervals(true, first, len(labels))
    return {"accuracy": share((true == first).tolist()), "macro_f1": macro}


def _places(judged: Sequence[Judged], said: Said, labels: Sequence[str]) -> tuple[Places, Places]:
    """True and said labels as their places in `labels`."""
    place = {label: number for number, label in enumerate(labels)}
    true = np.array([place[str(one.example.category)] for one in judged], dtype=np.intp)
    return true, np.array([place[label] for label, _ in said], dtype=np.intp)


def _among(judged: Sequence[Judged], many: int) -> dict[str, Figure]:
    return {language: share([one.among(many) for one in some]) for language, some in by_language(judged).items()}


def _acceptable(judged: Sequence[Judged]) -> dict[str, Figure]:
    """How often the first label is the true one or another that would do."""
    return {language: share([one.acceptable for one in some]) for language, some in by_language(judged).items()}


def _by_writer(judged: Sequence[Judged], said: Mapping[str, Said]) -> dict[str, dict[str, Figure]]:
    """What each model gets right of each writer's messages: writers differ more than languages do."""
    writers = sorted({one.example.who for one in judged})
    return {
        writer: {
            name: share(
                [
                    label == one.example.category
                    for one, (label, _) in zip(judged, answers, strict=True)
                    if one.example.who == writer
                ]
            )
            for name, answers in said.items()
        }
        for writer in writers
    }


def _against(judged: Sequence[Judged], said: Said) -> dict[str, Any]:
    """Where only one of the two is right; `p` is how often as large a difference would come by chance (exact McNemar)."""
    pairs = [(one.right, label == one.example.category) for one, (label, _) in zip(judged, said, strict=True)]
    ours, theirs = sum(a and not b for a, b in pairs), sum(b and not a for a, b in pairs)
    p = binomtest(ours, ours + theirs).pvalue if ours + theirs else 1.0
    return {"only_ours_right": ours, "only_theirs_right": theirs, "p": float(f"{p:.2g}")}


def _coverage(judged: Sequence[Judged], said: Said) -> list[Figure]:
    right = np.array([label == one.example.category for one, (label, _) in zip(judged, said, strict=True)])
    return coverage(np.array([sure for _, sure in said]), right)
