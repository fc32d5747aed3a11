"""The report as one page that needs nothing but itself: figures, plots, and every mistake with its message."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from math import floor
from pathlib import Path

from bot.report import plots
from bot.report.pieces import Part, confusions, misjudged, section, table, wide
from bot.report.tables import LANGUAGE_COLUMNS, beaten, language_rows, percent, severity_cells

STYLE = Path(__file__).with_name("page.css")
SEVERITY_COLUMNS = ("model", "right", "A found", "said A, is A", "A called C", "weighted kappa", "mean cost")


def page(report: Part) -> str:
    """The whole page. What people wrote is escaped: a message may hold anything."""
    category, severity = report["category"], report["severity"]
    parts = [
        _head(report),
        _beaten(category["against"]),
        _tiles(report),
        section("Beside trivial models", _models(category), _against(category["against"])),
        '<div class="pair">',
        section("Is it as sure as it is right?", plots.reliability(category["calibration"]), _ece(category)),
        section("How much can it handle alone?", _curves(category["coverage"]), _automatic(category)),
        "</div>",
        section("Each category", plots.bars(category["classes"]), wide(_classes(category["classes"]))),
        section("What is taken for what", wide(plots.matrix(category["labels"], category["matrix"]))),
        section("Every mistake, the commonest pair first", confusions(category["confusions"])),
        section("What it does", _decisions(report["decisions"])),
        section("Severity", _severity(severity), misjudged(severity["mistakes"])),
        _languages(report),
    ]
    style = STYLE.read_text(encoding="utf-8")
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Classifier report {escape(report['model'])}</title><style>{style}</style></head>"
        f"<body><main>{''.join(parts)}</main></body></html>\n"
    )


def _head(report: Part) -> str:
    languages = ", ".join(f"{many} in {language}" for language, many in report["by_language"].items())
    warning = (
        ""
        if report["same_examples"]
        else f'<p class="warn">The model learned from {report["learned_from"]} examples, the baselines from '
        f"{report['baselines_learned_from']}: train it again before comparing.</p>"
    )
    return (
        f"<h1>How good is the classifier?</h1><p class='soft'>Model <code>{escape(report['model'])}</code>, trained "
        f"{escape(report['trained_at'])} on {report['learned_from']} examples, measured on {report['messages']} messages "
        f"({languages}) by writers who wrote none of those. Brackets are 95 % intervals: Wilson's for shares, bootstrap "
        f"with a fixed seed for the rest.</p>{warning}"
    )


def _beaten(against: Part) -> str:
    """Said first and plainly, where a trivial model is better."""
    words = beaten(against)
    return f'<p class="warn">{escape(words)}</p>' if words else ""


def _tiles(report: Part) -> str:
    category, severity = report["category"], report["severity"]["models"]["triage"]
    tiles = {
        "category right": category["models"]["triage"]["all"]["accuracy"],
        "right, or would do": category["acceptable"]["all"],
        "among the first two": category["first_two"]["all"],
        "right when it acts": report["decisions"]["act"]["right"],
        "severity right": severity["accuracy"],
        "severity A found": severity["a_found"],
    }
    return (
        '<div class="tiles">'
        + "".join(
            f'<div class="tile"><span class="soft">{name}</span><b>{_big(one)}</b><span class="soft">{_range(one)}</span></div>'
            for name, one in tiles.items()
        )
        + "</div>"
    )


def _big(figure: Part) -> str:
    return "–" if figure["share"] is None else f"{figure['share'] * 100:.1f} %"


def _range(figure: Part) -> str:
    return (
        "" if figure["share"] is None else f"{figure['low'] * 100:.1f} to {figure['high'] * 100:.1f}, of {figure['of']}"
    )


def _models(category: Part) -> str:
    languages = [name for name in category["models"]["triage"] if name != "all"]
    rows = [
        (name, *[percent(figures[one]["accuracy"]) for one in ["all", *languages]], percent(figures["all"]["macro_f1"]))
        for name, figures in category["models"].items()
    ]
    return wide(table(("model", "right", *[f"in {one}" for one in languages], "macro-F1"), rows))


def _against(against: Part) -> str:
    return "".join(
        f'<p class="soft">Against {escape(name)}: only triage is right on {one["only_ours_right"]} messages, only the other on '
        f"{one['only_theirs_right']} (exact McNemar p = {one['p']:.2g}).</p>"
        for name, one in against.items()
    )


def _ece(category: Part) -> str:
    error = category["calibration"]["ece"]
    return f'<p class="soft">Expected calibration error {error * 100:.1f} %. A dot on the dashed line is as right as it was sure.</p>'


def _automatic(category: Part) -> str:
    one = category["automatic"]
    return (
        f'<p class="soft">{one["share"] * 100:.1f} % of the messages can be handled with at most '
        f"{one['wrong_at_most'] * 100:.0f} % of them wrong.</p>"
    )


def _curves(curves: Mapping[str, Sequence[Part]]) -> str:
    shown = {name: points for name, points in curves.items() if points and points[-1]["accuracy"] > 0.3}
    keys = "".join(f'<span class="c{place}">{escape(name)}</span>' for place, name in enumerate(shown))
    lowest = min((point["accuracy"] for points in shown.values() for point in points), default=0.0)
    return plots.coverage(shown, max(0.0, floor(lowest * 10 - 0.01) / 10)) + f'<div class="key">{keys}</div>'


def _classes(classes: Part) -> str:
    languages = [name for name in next(iter(classes.values())) if name != "all"]
    rows = [
        (
            label,
            str(figures["all"]["messages"]),
            *[percent(figures["all"][one]) for one in ("precision", "recall", "f1")],
            *[percent(figures[language]["f1"]) for language in languages],
        )
        for label, figures in classes.items()
    ]
    return table(("category", "of", "precision", "recall", "F1", *[f"F1 in {one}" for one in languages]), rows)


def _decisions(decided: Part) -> str:
    rows = [
        (
            name,
            *[percent(decided[name][one]) for one in ("share", "right", "among_offered")],
            str(decided[name]["right"]["of"]),
        )
        for name in ("act", "confirm", "ask")
    ]
    vague = decided["nothing_said_and_asked"]
    columns = ("decision", "share", "first label right", "among its buttons", "of")
    note = f'<p class="soft">Where nothing was said yet it asks: {percent(vague)} of {vague["of"]}.</p>'
    return wide(table(columns, rows)) + note


def _severity(severity: Part) -> str:
    rows = [(name, *severity_cells(figures)) for name, figures in severity["models"].items()]
    rows += [(f"triage in {language}", *severity_cells(figures)) for language, figures in severity["languages"].items()]
    return wide(table(SEVERITY_COLUMNS, rows))


def _languages(report: Part) -> str:
    if not report["zero_shot"]:
        return ""
    return section("Languages it never learned from", wide(table(LANGUAGE_COLUMNS, language_rows(report))))
