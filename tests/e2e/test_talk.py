"""Two people talk over a case, each in a Playground of their own: what one of them writes, the other reads, and the bot keeps silent."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Browser

from dialogs.words import Say, load_words
from tests.e2e.chat import Chat
from tests.e2e.conftest import ROOT, Bot, chatting, playing
from tests.e2e.pictures import Camera

pytestmark = pytest.mark.e2e

SAID = {
    "en": ("Nobody in the company gets mail since this morning", "Which server is it?", "end"),
    "fr": ("Plus personne ne reçoit de courriel depuis ce matin", "De quel serveur s’agit-il ?", "fin"),
}


@dataclass
class Two:
    """Ada, an administrator, and Sam, who works for support."""

    language: str
    ada: Chat
    sam: Chat
    say: Say


def people(me: str, tenant: str) -> str:
    """The Playground's configuration for one of the two; it wants five others, too."""
    named = [_user(name) for name in ("Alex", "Bea", "Cleo", "Dan", "Eli")]
    channels = [{"id": f"{uuid4()}", "name": "Announcements"}]
    everything = {
        "version": "0.1.1",
        "tenantId": tenant,
        "bot": {"id": "00000000-0000-0000-0000-00000000000011", "name": "Test Bot"},
        "currentUser": {**_user(me), "id": f"29:{me}-{tenant}", "aadObjectId": id_of(me, tenant)},
        "users": named,
        "personalChat": {"id": f"a:{me}-{tenant}"},
        "groupChat": {"id": f"19:{uuid4()}", "name": "Group Chat"},
        "team": {"id": f"{uuid4()}", "name": "My Team", "aadGroupId": f"{uuid4()}", "channels": channels},
    }
    return json.dumps(everything)  # which is YAML as well


def id_of(name: str, tenant: str) -> str:
    """How a directory knows somebody."""
    return f"{name.lower()}-of-{tenant}"


def _user(name: str) -> dict[str, str]:
    mail = f"{name.lower()}@example.com"
    return {
        "id": f"29:{name}",
        "name": name,
        "userPrincipleName": mail,
        "aadObjectId": f"{uuid4()}",
        "givenName": name,
        "surname": "Test",
        "email": mail,
    }


@pytest.fixture(params=["en", "fr"])
def two(request: pytest.FixtureRequest, bot: Bot, browser: Browser, tmp_path: Path) -> Iterator[Two]:
    tenant, language = f"{uuid4()}", request.param
    bot.tell("tenant", tenant, "--administrator", id_of("Ada", tenant))
    bot.tell("agents", "--agent", id_of("Sam", tenant))
    with ExitStack() as stack:
        chats = []
        for name in ("Ada", "Sam"):
            folder = tmp_path / name
            folder.mkdir()
            (folder / ".m365agentsplayground.yml").write_text(people(name, tenant), encoding="utf-8")
            chat = stack.enter_context(chatting(browser, stack.enter_context(playing(bot, folder)), folder))
            if language == "fr":
                chat.say("français")
                chat.sees("Nous continuons en français")
            chats.append(chat)
        ada, sam = chats
        yield Two(language, ada, sam, load_words(ROOT / "data" / "words").voice(language))


def test_each_reads_what_the_other_writes_until_one_of_them_ends_it(two: Two, camera: Camera) -> None:
    ada, sam, say = two.ada, two.sam, two.say
    told, asked, over = SAID[two.language]
    ada.say(say("person-command"))
    number = ada.sees_number()
    sam.sees(number)
    sam.press(say("do-acknowledge"))
    ada.sees("Sam", number)

    ada.say(told)
    sam.sees("Ada", told)
    sam.say(asked)
    ada.sees("Sam", asked)
    camera.take(ada, f"talk-{two.language}")
    for chat in (ada, sam):
        chat.sees_nowhere(say("proposal-title"))

    sam.say(over)
    for chat, other in ((ada, say("talk-support", name="Sam")), (sam, "Ada")):
        chat.sees(say("talk-over-said", who=other, number=number))
    ada.say(told)  # written before she has read that it is over: not taken for a problem
    ada.sees(say("talk-undelivered", words=told))
    sam.say(say("app-command-help"))
    sam.sees(say("help-title"))
