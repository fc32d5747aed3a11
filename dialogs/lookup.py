"""What a step needs to see of what is stored, named before it is taken: the step itself looks nothing up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dialogs.commands import Commands
from dialogs.values import Incoming, Proposed
from handoff.bridge import Ends
from handoff.case import Case, as_number
from handoff.file import File
from handoff.life import Event
from handoff.people import Person, Tenant

Listing = Literal["", "mine", "first_line", "requests"]

LISTS: dict[str, Listing] = {
    "my_cases": "mine",
    "solved": "mine",
    "queue": "first_line",
    "service_request": "first_line",
    "requests": "requests",
}
ORGANISATION = ("organisation", "save_organisation")
REACHING = ("talk", "take", "acknowledge", "files")  # buttons by which something comes into people's own chats
FEW_WORDS = 8  # a message of so many words that names a case asks about it; a longer one tells of something


@dataclass(frozen=True)
class Word:
    """A word of a search: it stands in the case, or names one of these categories or statuses."""

    text: str
    categories: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sought:
    """What a search asks for: every one of these words, or nothing in particular; the first `skip` hits have been seen."""

    words: tuple[Word, ...] = ()
    skip: int = 0


@dataclass(frozen=True)
class Wanted:
    """A case by its number, or a list of cases, or the people that are known in the tenant; all empty: nothing.

    `mine` are those that the person opened; `first_line` those that wait for first-line help, the tenant's for who administers it
    and else one's own; `requests` what is with support, of the tenant, or of every tenant for an agent. Closed ones are listed
    as long as they may be reopened. `ends` asks whether the person and the one who has the problem could be connected. `sought` are cases
    to search, among all that the person may see. `proposal` is the message, as the channel calls it, of which somebody wants to say
    what they think.
    """

    case: str = ""
    cases: Listing = ""
    people: bool = False
    ends: bool = False
    sought: Sought | None = None
    proposal: str = ""


NOTHING = Wanted()
NO_ENDS = Ends()


@dataclass(frozen=True)
class Found:
    """What was found. `done` says that the pressed button has done its deed already; `tenant` and `files` are the case's.

    `agents` are those of support to whom the case may be given. `administrators` are those on the tenant's own list, `confirmed` those
    whom a directory named lately.
    """

    case: Case | None = None
    tenant: Tenant | None = None
    events: tuple[Event, ...] = ()
    done: bool = False
    rated: bool = False
    cases: tuple[Case, ...] = ()
    people: tuple[Person, ...] = ()
    administrators: tuple[str, ...] = ()
    confirmed: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    agents: tuple[Person, ...] = ()
    ends: Ends = NO_ENDS
    files: tuple[File, ...] = ()
    proposed: Proposed | None = None


def wanted(incoming: Incoming, commands: Commands, opened: str = "") -> Wanted:
    """What the next step has to see; `opened` is the case that the pressed button has opened already, or empty."""
    match incoming.kind:
        case "feedback":
            return Wanted(proposal=incoming.values.get("message", ""))
        case "extension":
            return Wanted(case=opened)
        case "action":
            return _by_button(incoming)
        case "message":
            return _by_words(incoming, commands)
    return NOTHING


def _by_button(incoming: Incoming) -> Wanted:
    if incoming.verb in LISTS:
        return Wanted(cases=LISTS[incoming.verb], people=incoming.verb == "service_request")
    number = as_number(incoming.values.get("case", ""))
    return Wanted(case=number, people=incoming.verb in ORGANISATION, ends=bool(number) and incoming.verb in REACHING)


def _by_words(incoming: Incoming, commands: Commands) -> Wanted:
    command = commands.hear(incoming.text)
    if command is not None:
        return Wanted(cases=LISTS.get(command.id, ""), people=command.id in (*ORGANISATION, "service_request"))
    number = as_number(incoming.text) if len(incoming.text.split()) <= FEW_WORDS else ""
    return Wanted(case=number)
