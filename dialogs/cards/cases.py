"""A list of cases: one line each, and a field to open one."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.cards.pieces import Piece, breakable, card, choice, excerpt, heading, paragraph, plain, press, small
from dialogs.moments import until
from dialogs.scene import Scene
from handoff.case import Case
from handoff.response import due_at

MOST = 20  # lines that a card holds and somebody reads


def cases_card(title: str, cases: Sequence[Case], scene: Scene) -> Piece:
    """Cases to choose one from; `cases` are in the order they are shown."""
    say = scene.say
    shown = cases[:MOST]
    if not shown:
        return card(heading(title), paragraph(say("cases-none")))
    lines = [piece for case in shown for piece in _line(case, scene)]
    options = [(case.number, f"{case.number} · {excerpt(case.description, 40)}") for case in shown]
    return card(
        heading(title),
        *lines,
        *([small(say("cases-more", count=len(cases) - MOST))] if len(cases) > MOST else []),
        choice("case", say("label-which-case"), options, shown[0].number),
        actions=[press(say("button-open-case"), "case", scene.token, style="positive")],
    )


def _line(case: Case, scene: Scene) -> list[Piece]:
    say = scene.say
    parts = [case.number, say(f"status-{case.status}"), *([str(case.severity)] if case.severity else [])]
    due = due_at(scene.rules, case, scene.tenant) if case.tenant == scene.tenant.id else None
    if due:
        parts.append(say("due", time=until(due, scene)))
    about = excerpt(case.description, 80) or say("person-nothing-said")
    return [paragraph(f"**{' · '.join(parts)}**"), {**plain(breakable(about)), "spacing": "None"}]
