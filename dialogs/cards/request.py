"""The service request: its form, filled in with all that is known, and its text to paste into the admin portal."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.cards.pieces import Piece, card, choice, heading, link, notice, paragraph, plain, press, text_input
from dialogs.phrases import category_choices, severity_choices
from dialogs.scene import Scene
from handoff.case import Case
from handoff.packet import Packet

LINES = frozenset({"description", "tried"})  # fields that take more than one line
PORTAL = "contact_support"


def request_form(
    case: Case, packet: Packet, category: str, severity: str, problems: Mapping[str, str], scene: Scene
) -> Piece:
    """The form that submits a case as a service request; `problems` are those of what was entered before."""
    say = scene.say
    fields = ("title", "description", "affected", "since", "tried", "workaround", "contact", "health")
    in_scope = [(one, title) for one, title in category_choices(scene) if scene.rules.in_scope(one)]
    wrong = "\n".join(
        f"- {say('named', name=say(f'packet-{field}'))} {say(f'problem-{problem}')}"
        for field, problem in problems.items()
    )
    return card(
        heading(say("request-title", number=case.number)),
        paragraph(say("request-why")),
        *([notice(wrong, "attention")] if wrong else []),
        choice("category", say("packet-category"), in_scope, category),
        choice("severity", say("packet-severity"), severity_choices(say), severity),
        *(text_input(name, say(f"packet-{name}"), getattr(packet, name), lines=name in LINES) for name in fields),
        actions=[
            press(say("button-submit"), "submit", scene.token, {"case": case.number}, style="positive"),
            press(say("button-back"), "case", scene.token, {"case": case.number}),
        ],
    )


def packet_card(case: Case, packet: Packet, scene: Scene) -> Piece:
    """The request as plain text, to paste into the admin portal, with the portal's address."""
    say = scene.say
    return card(
        heading(say("packet-text-title", number=case.number)),
        paragraph(say("packet-text-why")),
        {"type": "Container", "style": "emphasis", "items": [plain(packet_text(case, packet, scene))]},
        actions=[
            link(say("button-portal"), scene.rules.resources[PORTAL].url),
            press(say("button-back"), "case", scene.token, {"case": case.number}),
        ],
    )


def packet_text(case: Case, packet: Packet, scene: Scene) -> str:
    """The request as lines of "name: value"; what nobody stated is said to be so."""
    say = scene.say
    evidence = ", ".join(case.judgement.evidence)
    values = {
        "number": case.number,
        "title": packet.title,
        "category": say(f"category-{case.category}"),
        "severity": f"{say(f'severity-{case.severity}')} ({say(f'severity-by-{case.severity_by}')})",
        "evidence": evidence,
        **{name: getattr(packet, name) for name in ("description", "affected", "since", "tried", "workaround")},
        "contact": packet.contact,
        "language": say(f"language-{packet.language}"),
        "health": packet.health,
    }
    stated = ((say("named", name=say(f"packet-{name}")), value or say("not-stated")) for name, value in values.items())
    return "\n".join(f"{name} {value}" for name, value in stated)
