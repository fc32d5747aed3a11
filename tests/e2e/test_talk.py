"""Two people talk over a case, each in a Playground of their own: what one of them writes, the other reads, and the bot keeps silent."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Browser

from dialogs.words import Say, load_words
from tests.e2e.chat import Chat
from tests.e2e.conftest import ROOT, Bot, chatting, playing
from tests.e2e.pictures import Camera
from tests.e2e.sending import drive, post
from tests.fakes.drive import INFO
from tests.fakes.sending import screen

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
    tenant: str
    bot: Bot
    playgrounds: tuple[str, ...]

    def post(self, name: str, activity: dict[str, Any]) -> None:
        """One of them does what the Playground has no button for."""
        place = self.playgrounds[("Ada", "Sam").index(name)]
        post(self.bot.url, place, {"name": name, "tenant": self.tenant, "id": id_of(name, self.tenant)}, activity)

    def file_of(self, number: str) -> str:
        """How the bot calls the file of a case: it stands on the card by which Teams asks, which the Playground does not show."""
        with closing(sqlite3.connect(self.bot.var / "triage.db")) as database:
            [row] = database.execute('select id from files where "case" = ?', (number,))
        return str(row[0])

    def connect(self) -> str:
        """Ada asks for a person, and Sam takes her case on; its number."""
        self.ada.say(self.say("person-command"))
        number = self.ada.sees_number()
        self.sam.sees(number)
        self.sam.press(self.say("do-acknowledge"))
        self.ada.sees("Sam", number)
        return number


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
        chats, places = [], []
        for name in ("Ada", "Sam"):
            folder = tmp_path / name
            folder.mkdir()
            (folder / ".m365agentsplayground.yml").write_text(people(name, tenant), encoding="utf-8")
            places.append(stack.enter_context(playing(bot, folder)))
            chat = stack.enter_context(chatting(browser, places[-1], folder))
            if language == "fr":
                chat.say("français")
                chat.sees("Nous continuons en français")
            chats.append(chat)
        ada, sam = chats
        say = load_words(ROOT / "data" / "words").voice(language)
        yield Two(language, ada, sam, say, tenant, bot, tuple(places))


def test_each_reads_what_the_other_writes_until_one_of_them_ends_it(two: Two, camera: Camera) -> None:
    ada, sam, say = two.ada, two.sam, two.say
    told, asked, over = SAID[two.language]
    number = two.connect()

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


def test_a_file_is_told_to_the_other_and_arrives_where_they_allow_it(two: Two) -> None:
    """The Playground shows neither pictures nor offers of files, and says so: that it was handed both is what it shows."""
    number, shot = two.connect(), screen()
    words = {"en": "This is what it says", "fr": "Voilà ce qui s’affiche"}[two.language]
    with drive() as here:
        two.post("Ada", {"type": "message", "text": words, "attachments": [here.lay("error.png", shot)]})
        two.sam.sees(words, "error.png")
        two.sam.sees("image/jpeg", "File Consent Card")

        about = {"case": number, "file": two.file_of(number)}
        value = {"type": "fileUpload", "action": "accept", "context": about, "uploadInfo": here.room("error.png")}
        two.post("Sam", {"type": "invoke", "name": "fileConsent/invoke", "value": value})

        two.sam.sees(two.say("share-coming", name="error.png"))
        two.sam.sees(INFO)
        assert here.there.get("/put/error.png") == shot
