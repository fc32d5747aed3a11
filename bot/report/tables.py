"""The report as tables for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.table import Table
from rich.text import Text

ROWS = (
    ("acceptable", "the right one or another that would do"),
    ("first_two", "among the first two"),
    ("first_three", "among the first three"),
)
LONGEST = 12  # pairs of categories shown; the JSON and the page have all


def tables(report: Mapping[str, Any]) -> Iterator[Table]:
    """All of them, in the order to be read in."""
    yield _models(report)
    yield _writers(report["category"]["writers"])
    yield _classes(report["category"])
    yield _confusions(report["category"]["confusions"])
    yield _decisions(report["decisions"])
    yield _severity(report["severity"])
    if report["zero_shot"]:
        yield _zero_shot(report)


def percent(figure: Mapping[str, Any]) -> str:
    """A share or a score between 0 and 1 with its interval, in percent."""
    value = figure.get("share", figure.get("value"))
    if value is None:
        return "–"
    return f"{value * 100:.1f} [{figure['low'] * 100:.1f}, {figure['high'] * 100:.1f}]"


def number(figure: Mapping[str, Any]) -> str:
    """Any other figure with its interval."""
    if figure["value"] is None:
        return "–"
    return f"{figure['value']:.3f} [{figure['low']:.3f}, {figure['high']:.3f}]"


def beaten(against: Mapping[str, Any]) -> str:
    """Where a trivial model does better, in plain words; empty where none does."""
    return " ".join(
        f"{name} does better here: right on {one['only_theirs_right']} messages where triage is wrong, and wrong on "
        f"{one['only_ours_right']} where triage is right (exact McNemar p = {one['p']:.2g})."
        for name, one in against.items()
        if one["only_theirs_right"] > one["only_ours_right"]
    )


def _table(title: str, *columns: str, caption: str = "") -> Table:
    table = Table(title=title, caption=caption or None, title_justify="left", caption_justify="left")
    for place, column in enumerate(columns):
        table.add_column(column, justify="right" if place else "left", overflow="fold")
    return table


def _models(report: Mapping[str, Any]) -> Table:
    category = report["category"]
    languages = [name for name in next(iter(category["models"].values())) if name != "all"]
    same = (
        "" if report["same_examples"] else " The model learned from other examples than the baselines: train it again."
    )
    table = _table(
        f"Category: model {report['model']} on {report['messages']} messages by writers it has not learned from",
        "percent, with 95 % intervals",
        "right",
        *[f"in {language}" for language in languages],
        "macro-F1",
        caption=f"Expected calibration error {category['calibration']['ece']:.1%}; "
        f"{category['automatic']['share']:.1%} of the messages can be handled with at most "
        f"{category['automatic']['wrong_at_most']:.0%} of them wrong.{same}",
    )
    for name, figures in category["models"].items():
        each = [percent(figures[language]["accuracy"]) for language in ["all", *languages]]
        table.add_row(name, *each, percent(figures["all"]["macro_f1"]))
    table.caption = f"{table.caption} {beaten(category['against'])}".strip()
    for key, title in ROWS:
        table.add_row(f"triage, {title}", *[percent(category[key][one]) for one in ["all", *languages]], "")
    return table


def _writers(writers: Mapping[str, Any]) -> Table:
    names = list(next(iter(writers.values()), {}))
    table = _table("Category right, by the writer of the messages", "writer", "of", *names)
    for writer, models in writers.items():
        table.add_row(writer, str(models[names[0]]["of"]), *[percent(models[name]) for name in names])
    return table


def _classes(category: Mapping[str, Any]) -> Table:
    languages = [name for name in next(iter(category["classes"].values())) if name != "all"]
    table = _table(
        "Each category",
        "category",
        "of",
        "precision",
        "recall",
        "F1",
        *[f"F1 {language}" for language in languages],
    )
    for label, figures in category["classes"].items():
        whole = figures["all"]
        each = [f"{figures[language]['f1']['value'] * 100:.1f}" for language in languages]
        table.add_row(
            label, str(whole["messages"]), *[percent(whole[one]) for one in ("precision", "recall", "f1")], *each
        )
    return table


def _confusions(pairs: Sequence[Mapping[str, Any]]) -> Table:
    table = Table("true", "said", "n", "the surest of them", title="Taken for another", title_justify="left")
    for pair in pairs[:LONGEST]:
        table.add_row(pair["true"], pair["said"], str(pair["count"]), Text(pair["messages"][0]["text"][:90]))
    return table


def _decisions(decided: Mapping[str, Any]) -> Table:
    table = _table(
        "What it does",
        "decision",
        "of",
        "share",
        "first label right",
        "among its buttons",
        caption=f"Asked, where nothing was said yet: {percent(decided['nothing_said_and_asked'])} "
        f"of {decided['nothing_said_and_asked']['of']}",
    )
    for decision in ("act", "confirm", "ask"):
        row = decided[decision]
        table.add_row(
            decision,
            str(row["right"]["of"]),
            percent(row["share"]),
            percent(row["right"]),
            percent(row["among_offered"]),
        )
    return table


def _severity(severity: Mapping[str, Any]) -> Table:
    columns = ("right", "A found", "said A, is A", "A called C", "weighted kappa", "mean cost")
    of = severity["models"]["triage"]["accuracy"]["of"]
    table = _table(f"Severity, of {of} messages that open a case", "percent, with 95 % intervals", *columns)
    for name, figures in severity["models"].items():
        table.add_row(name, *severity_cells(figures))
    for language, figures in severity["languages"].items():
        table.add_row(f"triage in {language}", *severity_cells(figures))
    return table


def severity_cells(figures: Mapping[str, Any]) -> tuple[str, ...]:
    """Accuracy, A found, A right, A called C, kappa and cost, as words."""
    return (
        percent(figures["accuracy"]),
        percent(figures["a_found"]),
        percent(figures["a_right"]),
        f"{figures['a_called_c']} of {figures['a_found']['of']}",
        number(figures["kappa"]),
        number(figures["cost"]),
    )


def language_rows(report: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    """The languages learned from and those never seen: category, among two, severity, A found, mean cost."""
    category, severity = report["category"], report["severity"]["languages"]
    for language, figures in category["models"]["triage"].items():
        if language != "all":
            yield _language(f"{language} (learned from)", figures, category["first_two"][language], severity[language])
    for language, figures in report["zero_shot"].items():
        name = "all of these" if language == "all" else language
        yield _language(f"{name} (never seen)", figures["category"], figures["first_two"], figures["severity"])


def _language(
    name: str, category: Mapping[str, Any], two: Mapping[str, Any], level: Mapping[str, Any]
) -> tuple[str, ...]:
    return (
        name,
        str(category["accuracy"]["of"]),
        percent(category["accuracy"]),
        percent(two),
        percent(level["accuracy"]),
        percent(level["a_found"]),
        number(level["cost"]),
    )


LANGUAGE_COLUMNS = ("language", "of", "category right", "among the first two", "severity right", "A found", "mean cost")


def _zero_shot(report: Mapping[str, Any]) -> Table:
    table = _table("Languages that were never learned from, beside those that were", *LANGUAGE_COLUMNS)
    for row in language_rows(report):
        table.add_row(*row)
    return table
