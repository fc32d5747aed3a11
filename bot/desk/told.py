"""What happened to a case, as desks are told: as data for programs, as lines of text for people. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from babel.numbers import format_decimal

from bot.desk.attached import LIMIT_MEGABYTES, Attached
from bot.desk.contract import Handover
from dialogs.notices import OPENED
from dialogs.words import Words
from handoff.case import Case
from handoff.file import File
from handoff.packet import title_from

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")  # what no text needs, and some systems refuse
LONGEST = 4_000  # characters of one text that is sent to a program; a person's mail or ticket has it whole


def title(case: Case) -> str:
    """One line that says what the case is about."""
    return CONTROL.sub("", " ".join((case.packet.title if case.packet else title_from(case.description)).split()))


def without_news(handover: Handover) -> Handover:
    """The case as it stands, for a desk where what has just happened follows as a comment, with the files that came with it."""
    silent = replace(handover, event=replace(handover.event, words=""))
    return silent if handover.event.verb == OPENED else replace(silent, files=())


def as_data(handover: Handover, longest: int = LONGEST) -> dict[str, Any]:
    """What happened, for programs; docs/desks.md describes it, and fields are only ever added."""
    case, event = handover.case, handover.event
    return {
        "type": f"case.{event.verb}",
        "timestamp": event.at.isoformat(),
        "data": {
            "case": _case(case, longest),
            "tenant": {"id": handover.tenant.id, "name": handover.tenant.name, "plan": handover.tenant.plan},
            "event": {
                "verb": event.verb,
                "by": event.by.name,
                "at": event.at.isoformat(),
                "words": event.words[:longest],
                "facts": dict(event.facts),
            },
            "because": handover.because,
            "files": [{"name": one.name, "type": one.kind, "size": one.size} for one in handover.files],
        },
    }


def _case(case: Case, longest: int) -> dict[str, Any]:
    packet = vars(case.packet) if case.packet else {}
    return {
        "number": case.number,
        "title": title(case),
        "description": case.description[:longest],
        "status": case.status.value,
        "category": case.category,
        "severity": case.severity and case.severity.value,
        "evidence": list(case.judgement.evidence),
        "holder": case.holder.value,
        "wants_a_person": case.wants_a_person,
        "requester": {"id": case.requester.id, "name": case.requester.name},
        "owner": case.owner and case.owner.name,
        "language": case.language,
        "opened_at": case.opened_at.isoformat(),
        "round": case.round,
        "follows": case.follows,
        "revision": case.revision,
        "packet": {name: value[:longest] for name, value in packet.items() if value},
    }


@dataclass(frozen=True)
class Wording:
    """Tells people, in one language, with the clock of the organisation that the case belongs to."""

    words: Words
    language: str

    def say(self, name: str) -> str:
        """Words of ours, by their id."""
        return str(self.words.voice(self.language)(name))

    def subject(self, handover: Handover) -> str:
        """One line: the number first, for whoever threads by it."""
        return f"[{handover.case.number}] {title(handover.case)}"

    def news(self, handover: Handover) -> str:
        """Who did what."""
        event = handover.event
        say = self.words.voice(self.language)
        return f"{event.by.name or say('nobody')} · {say(f'event-{event.verb}')}"

    def text(self, handover: Handover, *, whole: bool, files: Attached | None = None) -> str:
        """What happened, and, where the desk does not have the case yet, the `whole` case; `files` are those that go along."""
        parts = [self.news(handover), handover.event.words, self._because(handover)]
        if whole:
            parts += [
                "\n".join(self._facts(handover)),
                handover.case.description,
                "\n".join(self._packet(handover.case)),
            ]
        parts.append("\n".join(self._files(handover.files, files or Attached())))
        return CONTROL.sub("", "\n\n".join(part for part in parts if part.strip()))

    def _because(self, handover: Handover) -> str:
        say = self.words.voice(self.language)
        return say("desk-because", reason=handover.because) if handover.because else ""

    def _facts(self, handover: Handover) -> Iterator[str]:
        say, case = self.words.voice(self.language), handover.case
        yield say("desk-case", number=case.number)
        yield say("desk-requester", name=case.requester.name, organisation=handover.tenant.title)
        if case.category:
            yield say("desk-category", category=say(f"category-{case.category}"))
        if case.severity:
            yield say("desk-severity", severity=say(f"severity-{case.severity}"))
        yield say("desk-opened", at=self._when(case.opened_at, handover.tenant.zone))

    def _files(self, files: tuple[File, ...], along: Attached) -> Iterator[str]:
        say = self.words.voice(self.language)
        for file in files:
            size = format_decimal(max(file.size / 1000, 0.1), "#,##0.#", locale=self.language)
            yield say("desk-file", name=file.name, kind=file.kind, size=size)
        for file in along.large:
            yield say("desk-file-large", name=file.name, limit=LIMIT_MEGABYTES)
        for file in along.gone:
            yield say("desk-file-gone", name=file.name)

    def _packet(self, case: Case) -> Iterator[str]:
        say = self.words.voice(self.language)
        for name, value in (vars(case.packet) if case.packet else {}).items():
            if value and name not in ("title", "description", "language"):
                yield f"{say(f'packet-{name}')}: {value}"

    def _when(self, at: datetime, zone: str) -> str:
        return str(format_datetime(at.astimezone(ZoneInfo(zone)), "short", locale=self.language)) + f" ({zone})"
