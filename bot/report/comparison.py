"""A challenger beside the champion, as one page that needs nothing but itself: what the gate says, figures, and every change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from bot.models.sentences import sentence
from bot.report import plots
from bot.report.page import STYLE
from bot.report.pieces import Part, section, table, wide
from bot.report.tables import percent
from dialogs.words import Say

RINGS = '<p class="soft">F1: the dot is the challenger with its 95 % interval, the ring the champion.</p>'
NAMES = {
    "accuracy": "category right",
    "macro_f1": "macro-F1",
    "in_scope": "kept, of what support has to solve",
    "severity": "severity right",
    "a_found": "severity A found",
    "a_called_c": "severity A called C",
    "asked": "asked, where nothing was said yet",
    "acted": "right when proposed outright",
}


def comparison_page(compared: Part, say: Say) -> str:
    """The whole page. What people wrote is escaped: a message may hold anything."""
    parts = [
        _head(compared),
        section("What the gate says", _findings(compared["findings"], say)),
        section("Figures", wide(_figures(compared))),
        section("Each category", RINGS, plots.pairs(_f1(compared)), wide(_classes(compared["classes"]))),
        _corrections(compared),
        section("What changed", _changed(compared["changed"])),
    ]
    style = STYLE.read_text(encoding="utf-8")
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Challenger and champion</title><style>{style}</style></head>"
        f"<body><main>{''.join(parts)}</main></body></html>\n"
    )


def _head(compared: Part) -> str:
    failed = sum(not one["passed"] for one in compared["findings"])
    verdict = (
        f'<p class="warn">The gate refused it: {failed} of {len(compared["findings"])} checks were not passed.</p>'
        if failed
        else f'<p class="soft">It passed all {len(compared["findings"])} checks and may be promoted.</p>'
    )
    champion = compared["champion"]
    beside = f"beside champion <code>{escape(champion)}</code>" if champion else "with no champion to compare it with"
    return (
        f"<h1>May it be promoted?</h1><p class='soft'>A challenger {beside}, on the same {compared['messages']} held-out "
        "messages, which neither has learned from. Brackets are 95 % intervals: Wilson's for shares, paired bootstrap with a "
        f"fixed seed for differences; p is McNemar's, exact.</p>{verdict}"
    )


def _findings(findings: Sequence[Part], say: Say) -> str:
    """Those not passed, each with the messages to look at; those passed in one list."""
    failed = "".join(_finding(one, say) for one in findings if not one["passed"])
    passed = [_finding(one, say) for one in findings if one["passed"]]
    return f"{failed}<details><summary>{len(passed)} checks passed</summary>{''.join(passed)}</details>"


def _finding(one: Part, say: Say) -> str:
    mark = "✓" if one["passed"] else "✗"
    words = f"{mark} <b>{escape(one['check'])}</b>: {escape(_amounts(one))}"
    if one["passed"] and not one["rows"]:
        return f"<details><summary>{words}</summary></details>"
    told = "" if one["passed"] else f"<p>{escape(sentence(one, say))}</p>"
    rows = "".join(
        f"<li><small class='soft'>{escape(row['where'])}</small> {escape(row['text'])} <b>{escape(row['note'])}</b></li>"
        for row in one["rows"]
    )
    more = one.get("of_rows", 0) - len(one["rows"])
    rest = f"<li class='soft'>and {more} more</li>" if more > 0 else ""
    opened = "" if one["passed"] else " open"
    return f"<details{opened}><summary>{words}</summary>{told}<ul>{rows}{rest}</ul></details>"


def _amounts(one: Part) -> str:
    if isinstance(one["limit"], int):
        return f"{one['measured']} (limit {one['limit']})"
    return f"{one['measured']:.1%} (limit {one['limit']:.1%})"


def _figures(compared: Part) -> str:
    rows = [
        (_name(name), *[_figure(figures.get(who)) for who in ("champion", "challenger")], *_paired(compared, name))
        for name, figures in compared["figures"].items()
    ]
    return table(("figure", "champion", "challenger", "difference", "p"), rows)


def _name(name: str) -> str:
    return NAMES.get(name) or f"category right in {name.removeprefix('accuracy_')}"


def _figure(figure: Part | None) -> str:
    return percent(figure) if figure else "–"


def _paired(compared: Part, name: str) -> tuple[str, str]:
    test = compared["paired"].get(name)
    if not test:
        return "–", "–"
    return percent(test["difference"]), f"{test['p']:.2g}" if "p" in test else "–"


def _f1(compared: Part) -> dict[str, dict[str, Part]]:
    """F1 of each category of both."""
    classes = compared["classes"]
    return {label: {who: classes[who][label]["all"]["f1"] for who in classes} for label in classes["challenger"]}


def _classes(classes: Mapping[str, Part]) -> str:
    sides = [who for who in ("champion", "challenger") if who in classes]
    rows = [
        (
            label,
            str(one["all"]["messages"]),
            *[percent(classes[who][label]["all"][what]) for what in ("recall", "precision") for who in sides],
        )
        for label, one in classes["challenger"].items()
    ]
    heads = [f"{what}, {who}" for what in ("found", "right when said") for who in sides]
    return table(("category", "of", *heads), rows)


def _corrections(compared: Part) -> str:
    apart = compared["corrections"]
    if not apart:
        return ""
    return section(f"On {apart['messages']} recent corrections that neither has learned from", wide(_figures(apart)))


def _changed(changed: Mapping[str, Sequence[Part]]) -> str:
    return "".join(
        f"<details><summary>{title}: {len(changed[side])}</summary><ul>{''.join(map(_change, changed[side]))}</ul></details>"
        for side, title in (("lost", "Only the champion is right"), ("won", "Only the challenger is right"))
    )


def _change(one: Mapping[str, Any]) -> str:
    return (
        f"<li><b>{escape(one['true'])}</b>, champion {escape(one['champion'])}, challenger {escape(one['challenger'])}: "
        f"{escape(one['text'])} <small class='soft'>{escape(one['lang'])}, sure {one['confidence']:.0%}</small></li>"
    )
