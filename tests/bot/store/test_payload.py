"""What is stored of a message is the message, also of one that an older version stored."""

from __future__ import annotations

import json
from dataclasses import replace

from bot.envelope import Address, Outgoing, Upload
from bot.store.handovers import SHAPE
from bot.store.payload import outgoing_from_json, outgoing_to_json
from dialogs.values import Mention, Message, Share, Suggestion
from handoff.file import File
from tests.bot.desk.places import case_of, handover, opened

CHAT = Address("msteams", "contoso", "a:1chat", "https://smba.trafficmanager.net/emea/", "28:bot")
SAID = Message("<at>Ann</at>, look", suggestions=(Suggestion("Yes", "yes"),), mentions=(Mention("29:1ann", "Ann"),))


def test_a_message_comes_back_as_it_was() -> None:
    outgoing = Outgoing(CHAT, SAID, reply_to="17")
    assert outgoing_from_json(json.loads(json.dumps(outgoing_to_json(outgoing)))) == outgoing


def test_a_message_of_an_older_version_mentions_nobody() -> None:
    stored = outgoing_to_json(Outgoing(CHAT, SAID))
    del stored["message"]["mentions"]
    assert outgoing_from_json(stored).message.mentions == ()


def test_a_message_with_a_file_comes_back_as_it_was() -> None:
    file = File("1", "a.png", "image/png", 3, "00ff")
    message = Message("a.png", share=Share("T-7KM-2Q4X", file, "From Ann"), pictures=(file,))
    upload = Upload(
        "https://contoso-my.sharepoint.com/u", "https://contoso-my.sharepoint.com/a.png", "7", "png", "a.png"
    )
    outgoing = Outgoing(CHAT, message, instead=Outgoing(CHAT, SAID), upload=upload)
    assert outgoing_from_json(json.loads(json.dumps(outgoing_to_json(outgoing)))) == outgoing


def test_a_message_without_files_says_nothing_that_the_version_before_could_not_read() -> None:
    stored = outgoing_to_json(Outgoing(CHAT, SAID))
    assert {"share", "pictures"}.isdisjoint(stored["message"])
    assert outgoing_from_json(stored) == Outgoing(CHAT, SAID)


def test_a_handover_comes_back_with_its_files_and_one_of_an_older_version_has_none() -> None:
    told = replace(handover(case_of(), opened(case_of())), files=(File("1", "a.png", "image/png", 3, "00ff"),))
    stored = json.loads(json.dumps(SHAPE.dump_python(told, mode="json")))
    assert SHAPE.validate_python(stored) == told
    del stored["files"]
    assert SHAPE.validate_python(stored) == replace(told, files=())
