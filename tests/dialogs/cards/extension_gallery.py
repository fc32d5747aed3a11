"""Every card of the bot used from another chat, and of what people send along, by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dialogs.cards.case import case_card, opened_card
from dialogs.cards.escalate import escalate_card, way_out_card
from dialogs.cards.proposal import proposal_card
from dialogs.cards.shared import shared_card
from dialogs.escalation import described
from dialogs.scene import Scene
from dialogs.values import Draft
from handoff.file import File
from tests.dialogs.cards.life_gallery import Make, at_desk
from tests.dialogs.cards.scenes import draft
from tests.dialogs.lives import Cast, Life

Card = dict[str, Any]
LINK = "https://teams.microsoft.com/l/message/19%3Achat%40thread.v2/1700000000000"
FILE_NAMES = ("image.png", "mail-trace-2026-11-23-08-15-42.log", "Compte rendu final.docx")
FILES = tuple(File(f"file-{place}", name, "image/png", 120_000, "0" * 64) for place, name in enumerate(FILE_NAMES))


def picked(cast: Cast, **changes: Any) -> Draft:
    """A colleague's message that was picked."""
    return draft(**{"text": cast.problem, "author": cast.admin.name, "link": LINK, **changes})


def window(in_: Scene, cast: Cast, problem: str = "", who: str = "user", **changes: Any) -> Card:
    """The window over it."""
    entered = {
        "message": "1700000000000",
        "category": "exchange",
        "severity": "A",
        "summary": cast.problem,
        **changes,
    }
    theirs = cast.seen_by(getattr(cast, who), None, in_)
    if who == "partner":
        theirs = replace(theirs, organisations=(cast.office, cast.home))
    of = picked(cast, text=changes.get("text", cast.problem))
    return escalate_card(of, entered, theirs.say(problem) if problem else "", theirs)


def way_out(in_: Scene, cast: Cast) -> Card:
    """The network is not ours."""
    theirs = cast.seen_by(cast.user, None, in_)
    return way_out_card(picked(cast, category="network"), {"message": "1", "summary": cast.problem}, theirs)


def escalated(in_: Scene, cast: Cast) -> Life:
    """The case that came of it."""
    description = described(picked(cast), cast.words, cast.seen_by(cast.user, None, in_))
    return cast.fresh(author=cast.admin.name, link=LINK, description=description)


def with_message(in_: Scene, cast: Cast) -> Card:
    """A case that began with a message, and has files."""
    life = escalated(in_, cast)
    theirs = cast.seen_by(cast.admin, life, in_)
    theirs = replace(theirs, found=replace(theirs.found, files=(*FILES, *FILES)))
    return case_card(life.case, theirs, life.events)


def shared(in_: Scene, cast: Cast, *, bare: bool) -> Card:
    """The card in the chat."""
    life = escalated(in_, cast)
    return shared_card(life.case, cast.seen_by(cast.user, life, in_), "29:1ugo", bare=bare)


EXTENSION: Mapping[str, Make] = {
    "window": window,
    "window_again": lambda in_, cast: window(in_, cast, "problem-category-missing", category=""),
    "window_attachments": lambda in_, cast: window(in_, cast, attachments="true", text="", summary="", category=""),
    "window_partner": lambda in_, cast: window(in_, cast, who="partner"),
    "window_way_out": way_out,
    "shared": lambda in_, cast: shared(in_, cast, bare=True),
    "shared_seen": lambda in_, cast: shared(in_, cast, bare=False),
    "case_with_message_and_files": with_message,
    "desk_with_files": at_desk(lambda cast: cast.request(), files=FILES),
    "opened_with_files": lambda in_, cast: opened_card(
        cast.fresh().case, replace(cast.seen_by(cast.user, None, in_), files=FILES[:1])
    ),
    "proposal_with_files": lambda in_, cast: proposal_card(
        draft(text=cast.problem), replace(cast.seen_by(cast.user, None, in_), files=FILES)
    ),
}
