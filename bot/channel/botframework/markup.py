"""The HTML of a Teams message as plain text: paragraphs as lines, mentions by name, nothing that is not written. Pure."""

from __future__ import annotations

import re
from html.parser import HTMLParser

BREAKS = frozenset(
    ["p", "div", "br", "li", "tr", "ul", "ol", "table", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "hr"]
)
SILENT = frozenset({"script", "style", "head", "title", "template"})
PICTURES = frozenset({"img", "attachment", "video", "object"})


class _Text(HTMLParser):
    """Gathers the text, and whether there is something besides."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.pictures = False
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BREAKS:
            self.parts.append("\n")
        if tag in SILENT:
            self._silent += 1
        emoji = dict(attrs).get("itemtype", "") or ""
        if tag in PICTURES and not emoji.endswith("Emoji"):
            self.pictures = True
        if tag in ("img", "emoji"):
            self.parts.append(_spoken(dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag in BREAKS:
            self.parts.append("\n")
        if tag in SILENT and self._silent:
            self._silent -= 1

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data)


def to_text(markup: str) -> tuple[str, bool]:
    """The text of a message, and whether it shows pictures or attachments besides. Whatever it holds, nothing is raised."""
    reader = _Text()
    try:
        reader.feed(markup)
        reader.close()
    except (AssertionError, ValueError, RecursionError):  # the parser's own, for declarations that are none
        return re.sub(r"<[^>]*>", " ", markup).strip(), False
    lines = (re.sub(r"[ \t\r\f\v\u00a0]+", " ", line).strip() for line in "".join(reader.parts).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip(), reader.pictures


def _spoken(attributes: dict[str, str | None]) -> str:
    """An emoji is an image whose alternative text is the sign itself; other pictures are not read out."""
    alt = attributes.get("alt") or ""
    return alt if len(alt) <= 8 and not any(mark.isalnum() for mark in alt) else ""
