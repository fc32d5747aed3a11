"""A challenger beside the champion, as one page that needs nothing but itself: what the gate says, figures, and every change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from bot.models.sentences import amount, named, sentence
from bot.report import plots
from bot.report.page import STYLE
from bot.report.pieces import Part, section, table, wide
from bot.report.tables import percent
from dialogs.words import Say, UnknownWords

LONGEST = 32  # letters of a category's name beside a plot
SIDES = ("champion", "challenger")


def comparison_page(compared: Part, say: Say, language: str = "en") -> str:
    """The whole page in this language; `say` is its voice. What people wrote is escaped: a message may hold anything."""
    return _Page(compared, say, language).whole()


@dataclass(frozen=True)
class _Page:
    compared: Part
    say: Say
    language: str

    def whole(self) -> str:
        """Head and parts, with their style."""
        say, compared = self.say, self.compared
        rings = f'<p class="soft">{escape(say("report-rings"))}</p>'
        names = (say("report-challenger"), say("report-champion"), say("report-f1"))
        parts = [
            self._head(),
            section(say("report-gate"), self._findings(compared["findings"])),
            section(say("report-figures"), wide(self._figures(compared))),
            section(say("report-classes"), rings, wide(plots.pairs(self._f1(), names)), wide(self._classes())),
            self._corrections(),
            section(say("report-changed"), self._changed()),
        ]
        style = STYLE.read_text(encoding="utf-8")
        return (
            f'<!doctype html><html lang="{self.language}"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f"<title>{escape(say('report-title'))}</title><style>{style}</style></head>"
            f"<body><main>{''.join(parts)}</main></body></html>\n"
        )

    def _head(self) -> str:
        say, compared = self.say, self.compared
        many, failed = len(compared["findings"]), sum(not one["passed"] for one in compared["findings"])
        champion = compared["champion"]
        beside = say("report-beside", champion=champion) if champion else say("report-alone")
        how = say("report-how", count=compared["messages"])
        verdict = say("report-refused", failed=failed, count=many) if failed else say("report-passed", count=many)
        return (
            f"<h1>{escape(say('report-question'))}</h1><p class='soft'>{escape(beside)} {escape(how)}</p>"
            f'<p class="{"warn" if failed else "soft"}">{escape(verdict)}</p>'
        )

    def _findings(self, findings: Sequence[Part]) -> str:
        """Those not passed, each with the messages to look at; those passed in one list."""
        failed = "".join(self._finding(one) for one in findings if not one["passed"])
        passed = [self._finding(one) for one in findings if one["passed"]]
        return f"{failed}{_folded(self.say('report-checks', count=len(passed)), ''.join(passed))}"

    def _finding(self, one: Part) -> str:
        mark = "✓" if one["passed"] else "✗"
        limits = self.say("report-limit", **self._amounts(one))
        words = f"{mark} <b>{escape(one['check'])}</b>: {escape(limits)}"
        if one["passed"] and not one["rows"]:
            return f"<details><summary>{words}</summary></details>"
        told = "" if one["passed"] else f"<p>{escape(sentence(one, self.say, self.language))}</p>"
        rows = "".join(
            f"<li><small class='soft'>{escape(row['where'])}</small> {escape(row['text'])} <b>{escape(row['note'])}</b></li>"
            for row in one["rows"]
        )
        more = one.get("of_rows", 0) - len(one["rows"])
        rest = f"<li class='soft'>{escape(self.say('report-more', count=more))}</li>" if more > 0 else ""
        opened = "" if one["passed"] else " open"
        return f"<details{opened}><summary>{words}</summary>{told}<ul>{rows}{rest}</ul></details>"

    def _amounts(self, one: Part) -> dict[str, str]:
        whole = isinstance(one["limit"], int)
        return {name: amount(one[name], self.language, whole=whole) for name in ("measured", "limit")}

    def _figures(self, compared: Part) -> str:
        rows = [
            (self._name(name), *[self._figure(figures.get(who)) for who in SIDES], *self._paired(compared, name))
            for name, figures in compared["figures"].items()
        ]
        heads = [self.say(f"report-{one}") for one in ("figure", "champion", "challenger", "difference", "p")]
        return table(heads, rows)

    def _name(self, name: str) -> str:
        language = name.removeprefix("accuracy_")
        if language == name:
            return self.say(f"report-{name.replace('_', '-')}")
        try:
            return self.say("report-accuracy-in", language=self.say(f"page-language-{language}"))
        except UnknownWords:
            return self.say("report-accuracy-in", language=language)

    def _figure(self, figure: Part | None) -> str:
        """With a comma where the language writes one; then a semicolon keeps the ends of the interval apart."""
        words = percent(figure) if figure else "–"
        return words.replace(", ", " ; ").replace(".", ",") if self.language == "fr" else words

    def _paired(self, compared: Part, name: str) -> tuple[str, str]:
        test = compared["paired"].get(name)
        if not test:
            return "–", "–"
        chance = f"{test['p']:.2g}" if "p" in test else "–"
        return self._figure(test["difference"]), chance.replace(".", ",") if self.language == "fr" else chance

    def _f1(self) -> dict[str, dict[str, Part]]:
        """F1 of each category of both."""
        classes = self.compared["classes"]
        return {
            _short(named(label, self.say)): {who: classes[who][label]["all"]["f1"] for who in classes}
            for label in classes["challenger"]
        }

    def _classes(self) -> str:
        classes, say = self.compared["classes"], self.say
        sides = [who for who in SIDES if who in classes]
        rows = [
            (
                named(label, say),
                str(one["all"]["messages"]),
                *[self._figure(classes[who][label]["all"][what]) for what in ("recall", "precision") for who in sides],
            )
            for label, one in classes["challenger"].items()
        ]
        heads = [f"{say(f'report-{what}')}, {say(f'report-{who}')}" for what in ("found", "right") for who in sides]
        return table((say("report-category"), say("report-of"), *heads), rows)

    def _corrections(self) -> str:
        apart = self.compared["corrections"]
        if not apart:
            return ""
        return section(self.say("report-corrections", count=apart["messages"]), wide(self._figures(apart)))

    def _changed(self) -> str:
        changed: Mapping[str, Sequence[Part]] = self.compared["changed"]
        return "".join(
            _folded(
                self.say(f"report-{side}", count=len(changed[side])),
                f"<ul>{''.join(map(self._change, changed[side]))}</ul>",
            )
            for side in ("lost", "won")
        )

    def _change(self, one: Mapping[str, Any]) -> str:
        say = self.say
        said = [f"{say(f'report-{who}')} {named(one[who], say)}" for who in SIDES]
        sure = say("report-sure", language=one["lang"], share=amount(one["confidence"], self.language, whole=False))
        return (
            f"<li><b>{escape(named(one['true'], say))}</b>, {escape(', '.join(said))}: {escape(one['text'])} "
            f"<small class='soft'>{escape(sure)}</small></li>"
        )


def _short(name: str) -> str:
    """As much of a category's name as fits beside a plot."""
    begun = name.partition(" (")[0]
    return begun if len(begun) <= LONGEST else f"{begun[: LONGEST - 1]}…"


def _folded(summary: str, inside: str) -> str:
    return f"<details><summary>{escape(summary)}</summary>{inside}</details>"
