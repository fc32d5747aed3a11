"""Learns from labelled texts, and proposes labels with honest probabilities. Knows nothing of Teams or of cases."""

from classifier.category import category_estimator

__all__ = ["category_estimator"]
