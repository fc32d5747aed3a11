"""scikit-learn's own checks of an estimator, without those that cannot apply to texts.

`check_estimator` feeds matrices of numbers, and an estimator of texts takes a list of strings. What those checks ask for is asked with
texts in `test_category.py`, `test_severity.py`, `test_cues.py` and `test_encoder.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sklearn.utils.estimator_checks import estimator_checks_generator

# Each of these fits, predicts or transforms a matrix of numbers.
NOT_FOR_TEXTS = {
    "check_array_api_input": "arrays of another library",
    "check_classifier_data_not_an_array": "an array-like of numbers",
    "check_classifiers_classes": "numbers and any labels; asked with texts",
    "check_classifiers_one_label": "numbers of one class",
    "check_classifiers_regression_target": "numbers with a continuous target",
    "check_classifiers_train": "numbers of two and three classes; asked with texts",
    "check_complex_data": "complex numbers",
    "check_dict_unchanged": "numbers; asked with texts",
    "check_dont_overwrite_parameters": "numbers; asked with texts",
    "check_dtype_object": "numbers as objects",
    "check_estimator_sparse_array": "a sparse matrix",
    "check_estimator_sparse_matrix": "a sparse matrix",
    "check_estimator_sparse_tag": "a sparse matrix",
    "check_estimators_dtypes": "numbers of several types",
    "check_estimators_empty_data_messages": "a matrix without rows; no texts are no rows here",
    "check_estimators_fit_returns_self": "numbers; asked with texts",
    "check_estimators_nan_inf": "not-a-number",
    "check_estimators_overwrite_params": "numbers; asked with texts",
    "check_estimators_pickle": "numbers; asked with texts",
    "check_f_contiguous_array_estimator": "an order of memory",
    "check_fit1d": "a vector of numbers, which a list of texts looks like",
    "check_fit2d_1feature": "one column of numbers",
    "check_fit2d_1sample": "one row of numbers",
    "check_fit2d_predict1d": "a row of numbers",
    "check_fit_check_is_fitted": "numbers; asked with texts",
    "check_fit_idempotent": "numbers; asked with texts",
    "check_fit_score_takes_y": "numbers; asked with texts",
    "check_methods_sample_order_invariance": "numbers; asked with texts",
    "check_methods_subset_invariance": "numbers; asked with texts",
    "check_n_features_in": "columns of numbers: texts have none",
    "check_n_features_in_after_fitting": "columns of numbers: texts have none",
    "check_pipeline_consistency": "numbers",
    "check_positive_only_tag_during_fit": "negative numbers",
    "check_readonly_memmap_input": "a matrix in a file",
    "check_requires_y_none": "numbers without labels",
    "check_supervised_y_2d": "numbers with a column of labels",
    "check_supervised_y_no_nan": "numbers with labels that are none",
    "check_transformer_data_not_an_array": "an array-like of numbers",
    "check_transformer_general": "numbers; asked with texts",
    "check_transformer_preserve_dtypes": "numbers of several types",
    "check_transformers_unfitted": "numbers; nothing is learned, so nothing is refused before it",
}


def checks_of(estimator: Any) -> list[tuple[str, Any, Callable[[Any], None]]]:
    """The checks that apply, each with the estimator it is to be called with; new ones of a later scikit-learn among them."""
    found = estimator_checks_generator(estimator, legacy=True)
    named = [(getattr(check, "func", check).__name__, one, check) for one, check in found]
    return [row for row in named if row[0] not in NOT_FOR_TEXTS]
