"""Somebody's words where Markdown is read: a name, a contact, an organisation. Their marks are shown, not obeyed."""

from __future__ import annotations

import re

MARKS = re.compile(r"([\\`*_\[\]()#~<])")


def literal(text: str) -> str:
    """The text with every mark of Markdown escaped."""
    return MARKS.sub(r"\\\1", text)


def tagged(text: str) -> str:
    """The text where it stands in a tag: nothing in it ends the tag, or begins another."""
    return re.sub(r"[<>&\[\]]", "", text)
