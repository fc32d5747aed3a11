"""An SDK model as JSON, with nothing left out.

The SDK's own `serialize` drops `additional_properties`, which is where everything newer than 2019 lives (AI labels,
citations, most entities), and takes fifty times as long.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from enum import Enum
from typing import Any


def to_json(value: Any) -> Any:
    """Return the model, or list or mapping of models, as plain JSON values; what is None is left out of models."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | time):  # a datetime is a date
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: to_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [to_json(item) for item in value]
    if hasattr(value, "_attribute_map"):
        return _model(value)
    return value


def _model(model: Any) -> dict[str, Any]:
    known = {entry["key"]: getattr(model, name, None) for name, entry in model._attribute_map.items()}
    present = {key: to_json(value) for key, value in known.items() if value is not None}
    return {**to_json(getattr(model, "additional_properties", None) or {}), **present}
