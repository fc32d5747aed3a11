"""Learns from labelled texts, and proposes labels with honest probabilities. Knows nothing of Teams or of cases."""

from __future__ import annotations

from typing import Any

__all__ = ["category_estimator"]


def __getattr__(name: str) -> Any:
    """Hand on `category_estimator` when it is asked for: scikit-learn takes a second to import, and serving does not train."""
    if name == "category_estimator":
        from classifier.category import category_estimator  # noqa: PLC0415

        return category_estimator
    raise AttributeError(name)
