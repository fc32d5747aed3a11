"""What somebody has written in a mail, without what they answer to; and the text of a mail that is a page. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

import quotequail
from lxml import html

LINES = 400  # among which an answer is looked for: more would take long, and nobody writes it
LONGEST_LINE = 2_000
LONGEST = 20_000
PAGE = 300_000
UNWANTED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
QUOTED = ".//blockquote|.//*[contains(@class, 'gmail_quote')]|.//script|.//style|.//head|.//title"
BLOCKS = ("br", "p", "div", "tr", "li", "ul", "ol", "table", "h1", "h2", "h3", "pre", "hr")


def plain(text: str) -> str:
    """Without what no text needs and no database takes: control characters, halves of characters, marks that turn text around."""
    return UNWANTED.sub("", text)


def answer_in(text: str, marks: Iterable[str]) -> str:
    """What stands above our mark, or above what is quoted; where nothing does, what is written between or below lines with ">"."""
    lines = [line[:LONGEST_LINE].rstrip() for line in plain(text.replace("\r\n", "\n")).split("\n")[:LINES]]
    place = next((number for number, line in enumerate(lines) if any(mark in line for mark in marks)), len(lines))
    above = _unquoted("\n".join(lines[:place]))
    return (above or "\n".join(_between(lines)).strip())[:LONGEST]


def _unquoted(text: str) -> str:
    """Without what its mail program has put above the quotation; where all is quotation, nothing."""
    found = quotequail.unwrap(text)
    written = text if found is None else found.get("text_top") or ""
    return "\n".join(line for line in str(written).split("\n") if not line.startswith(">")).strip()


def _between(lines: list[str]) -> list[str]:
    """What is not quoted after the first line that is: before it, nobody has written more than who is quoted."""
    first = next((number for number, line in enumerate(lines) if line.startswith(">")), len(lines))
    return [line for line in lines[first:] if not line.startswith(">")]


def text_of(page: str) -> str:
    """The text of HTML, a line for each block, without what is quoted in it."""
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True)
    try:
        tree = html.document_fromstring(plain(page[:PAGE]).encode("utf-8", "replace"), parser=parser)
    except (html.etree.ParserError, html.etree.XMLSyntaxError):
        return ""
    for part in tree.xpath(QUOTED):
        if part.getparent() is not None:
            part.drop_tree()
    for part in tree.iter(*BLOCKS):
        part.tail = "\n" + (part.tail or "")
    return "\n".join(" ".join(line.split()) for line in str(tree.text_content()).split("\n"))
