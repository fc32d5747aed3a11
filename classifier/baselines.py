"""What a trivial model makes of the same messages, taught by the same examples: the yardstick of a report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import Pipeline, make_pipeline, make_union
from sklearn.svm import LinearSVC

from classifier.corpus import Example
from classifier.judged import LEVELS

Said = list[tuple[str, float]]  # of each message a label, and a number that is higher where it is surer


def tfidf_svc() -> Pipeline:
    """Unfitted: TF-IDF of words and word pairs and of letters within words, into a linear support vector machine."""
    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True)
    return make_pipeline(make_union(words, letters), LinearSVC())


def commonest(labels: Sequence[str], texts: Sequence[str]) -> Said:
    """The commonest of these labels, of each text."""
    label, many = Counter(labels).most_common(1)[0]
    return [(label, many / len(labels))] * len(texts)


def taught(texts: Sequence[str], labels: Sequence[str], asked: Sequence[str]) -> Said:
    """What TF-IDF and a linear support vector machine, taught by texts and labels, say of the texts asked about."""
    estimator: Any = tfidf_svc().fit(list(texts), list(labels))
    margins = estimator.decision_function(list(asked))
    best = margins.argmax(axis=1)
    return [(str(estimator.classes_[place]), float(row[place])) for place, row in zip(best, margins, strict=True)]


def levels_of_categories(examples: Sequence[Example]) -> Mapping[str, Mapping[str, float]]:
    """How often each level occurs within each category: all that the category alone tells of the severity."""
    graded = Counter((str(one.category), str(one.severity)) for one in examples if one.severity)
    totals = Counter(str(one.category) for one in examples if one.severity)
    return {category: {level: graded[category, level] / totals[category] for level in LEVELS} for category in totals}
