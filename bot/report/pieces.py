"""Pieces of the page: boxes, tables, and the lists of mistakes. What people wrote is escaped here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

Part = Mapping[str, Any]


def section(title: str, *parts: str) -> str:
    """A box with a heading; its parts are HTML."""
    return f"<section><h2>{escape(title)}</h2>{''.join(parts)}</section>"


def wide(part: str) -> str:
    """Scrolls sideways within its box where the screen is narrow."""
    return f'<div class="wide">{part}</div>'


def table(columns: Iterable[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of words, which are escaped here."""
    head = "".join(f"<th>{escape(column)}</th>" for column in columns)
    body = "".join("<tr>" + "".join(f"<td>{_cell(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cell(words: str) -> str:
    """Escaped; an interval is smaller than its figure."""
    figure, bracket, interval = escape(words).partition(" [")
    return f"{figure} <small>[{interval}</small>" if bracket else figure


def confusions(pairs: Sequence[Part]) -> str:
    """A pair that occurs again is a boundary to look at; those that occur once are told in one list."""
    again = "".join(
        f"<details><summary>{escape(pair['true'])} taken for {escape(pair['said'])}: {pair['count']}</summary>"
        f"<ul>{''.join(_mistake(one, '') for one in pair['messages'])}</ul></details>"
        for pair in pairs
        if pair["count"] > 1
    )
    once = [pair for pair in pairs if pair["count"] == 1]
    items = "".join(
        _mistake(one, f"<b>{escape(pair['true'])} taken for {escape(pair['said'])}</b>: ")
        for pair in once
        for one in pair["messages"]
    )
    return again + f"<details><summary>{len(once)} other pairs, once each</summary><ul>{items}</ul></details>"


def _mistake(one: Part, before: str) -> str:
    sure = f"<small class='soft'>{escape(one['lang'])}, sure {one['confidence']:.0%}</small>"
    return f"<li>{before}{escape(one['text'])} {sure}</li>"


def misjudged(mistakes: Sequence[Part]) -> str:
    """Severities that were wrong, with what they were seen in."""
    items = "".join(
        f"<li><b>{one['true']} called {one['said']}</b>: {escape(one['text'])} <small class='soft'>{one['lang']}; "
        f"seen: {escape(', '.join(one['cues']) or 'no cue')}</small></li>"
        for one in mistakes
    )
    return f"<details><summary>{len(mistakes)} misjudged, the costliest first</summary><ul>{items}</ul></details>"
