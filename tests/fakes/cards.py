"""What a person sees and can press in an Adaptive Card: texts, buttons and fields, found as a client finds them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

SHOWN = ("text", "title", "subtitle", "value", "label", "placeholder", "altText")
NOT_SHOWN = frozenset({"data", "fallback", "fallbackText", "msteams", "refresh"})


def elements(node: Any) -> Iterator[dict[str, Any]]:
    """Yield every object in a card, in reading order; not the fallbacks, which this client does not need."""
    if isinstance(node, Mapping):
        yield dict(node)
        for key, child in node.items():
            if key not in NOT_SHOWN:
                yield from elements(child)
    elif isinstance(node, list | tuple):
        for child in node:
            yield from elements(child)


def buttons(card: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [element for element in elements(card) if str(element.get("type", "")).startswith("Action.")]


def fields(card: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    found = [element for element in elements(card) if str(element.get("type", "")).startswith("Input.")]
    return {str(field["id"]): field for field in found}


def texts(card: Mapping[str, Any]) -> list[str]:
    """Return all that can be read in the card, line by line."""
    return [element[key] for element in elements(card) for key in SHOWN if isinstance(element.get(key), str)]


def fill(card: Mapping[str, Any], inputs: Mapping[str, str]) -> dict[str, str]:
    """Return what the client sends for the fields of a card when a person fills in `inputs` and leaves the rest."""
    known = fields(card)
    if unknown := set(inputs) - set(known):
        raise AssertionError(f"no field {sorted(unknown)}; there are {sorted(known)}")
    filled = {name: str(value) for name, field in known.items() if (value := _default(field)) is not None} | dict(
        inputs
    )
    missing = [name for name, field in known.items() if field.get("isRequired") and not filled.get(name)]
    if missing:
        raise AssertionError(f"the client sends nothing before {missing} are filled in")
    return filled


def _default(field: Mapping[str, Any]) -> Any:
    return field.get("value", field.get("valueOff", "false") if field["type"] == "Input.Toggle" else None)
