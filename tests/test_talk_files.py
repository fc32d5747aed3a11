"""Files between two people who talk over a case, and of a case for whoever works it: offered, allowed, given, in both languages."""

from __future__ import annotations

import asyncio
import base64
import io
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PIL import Image

from bot.files.shelf import FileShelf, Shelf
from bot.store.tables import bridges, files
from bot.store.transaction import transaction
from classifier.predict import Predictor
from dialogs.scene import Knowledge
from tests.agents import NUMBER, PROBLEM, DeskBot, Office, connected, head, office, sam_of, until
from tests.fakes.chat import Chat
from tests.fakes.connector import Fault, Sent
from tests.fakes.sending import PDF, PNG, file, picture, screen, send_along


@pytest.fixture
async def there(
    database_url: str, tmp_path: Path, classifier: Predictor, knowledge: Knowledge
) -> AsyncIterator[Office]:
    """Each language on one of the two databases: neither has anything to do with the other."""
    language = "en" if database_url.startswith("sqlite") else "fr"
    async with DeskBot(database_url, tmp_path, classifier, knowledge) as bot, office(bot, language) as people:
        yield people


async def offered(chat: Chat, name: str, since: int = 0) -> Sent:
    """The offer of a file of this name, once it is there."""

    def offers() -> list[Sent]:
        return [sent for sent in chat.heard[since:] if sent.offer and sent.offer["name"] == name]

    await until(lambda: bool(offers()), f"offer of {name}", chat)
    return offers()[-1]


async def given(there: Office, chat: Chat, on: Sent) -> bytes:
    """Allow a file, and return the bytes that are then shown to be there."""
    assert on.offer is not None
    turn = await chat.answer_offer(on)
    assert (turn.status, turn.body) == (200, ""), "Teams wants an empty body"
    await until(lambda: any(sent.file for sent in chat.heard), "file", chat)
    shown = next(sent.file for sent in reversed(chat.heard) if sent.file)
    assert shown["name"] == on.offer["name"]
    assert shown["contentUrl"].startswith("https://contoso-my.sharepoint.com/")
    content = there.bot.teams.drive.files[shown["content"]["uniqueId"]]
    assert content is not None
    return content


async def test_each_is_offered_what_the_other_sends_and_gets_every_byte(there: Office) -> None:
    number, _ = await connected(there)

    await send_along(there.ada, "", picture(there.ada), expect=0)
    to_sam = await offered(there.sam, "image.png")
    await send_along(there.sam, "try this", file(there.sam, "guide.pdf", PDF), expect=0)
    to_ada = await offered(there.ada, "guide.pdf")

    assert there.say("share-from", who="Ada", number=number) in to_sam.says
    assert there.say("share-from", who=sam_of(there), number=number) in to_ada.says
    assert any(sent.text.endswith("📎 image.png") for sent in there.sam.heard), "and it is said who sends it"
    assert await given(there, there.sam, to_sam) == PNG
    assert await given(there, there.ada, to_ada) == PDF
    kept = await FileShelf(there.bot.store.files, Shelf(there.bot.settings.file_folder)).of_case(number)
    assert [one.name for one in kept] == ["image.png", "guide.pdf"], "both are with the case"
    assert not there.bot.teams.refused


async def test_what_is_taken_and_what_is_left_is_said_where_it_was_offered(there: Office) -> None:
    number, _ = await connected(there)
    await send_along(there.ada, "", file(there.ada, "a.log", b"a"), file(there.ada, "b.log", b"b"), expect=0)
    first, second = await offered(there.sam, "a.log"), await offered(there.sam, "b.log")

    await given(there, there.sam, first)
    await there.sam.answer_offer(second, "decline")

    await there.hears(there.sam, there.say("share-coming", name="a.log"))
    await there.hears(there.sam, there.say("share-left", name="b.log", number=number))
    for offer in (first, second):
        assert there.sam.messages[offer.id].offer is None, "nobody is asked twice"
    assert sum(content is not None for content in there.bot.teams.drive.files.values()) == 1


async def test_a_file_goes_into_the_own_chat_of_who_answers_in_the_thread(there: Office) -> None:
    _, thread = await connected(there)
    await thread.say("I am looking at it here", there.who(there.sam), expect=0)
    await there.hears(there.ada, "I am looking at it here")

    await send_along(there.ada, "here it is", file(there.ada, "trace.log", b"550"), expect=0)

    await there.hears(thread, "📎 trace.log")
    await offered(there.sam, "trace.log")
    assert not there.bot.teams.refused, "a channel takes no files of bots"


async def test_a_picture_is_not_shown_in_the_thread_where_others_read(there: Office) -> None:
    _, thread = await connected(there)
    await thread.say("I am looking at it here", there.who(there.sam), expect=0)
    await there.hears(there.ada, "I am looking at it here")

    await send_along(there.ada, "it says this", picture(there.ada, screen()), expect=0)

    await there.hears(thread, "it says this")
    said = next(sent for sent in thread.heard if "it says this" in sent.text)
    assert "attachments" not in said.activity
    await offered(there.sam, "image.png")


async def test_a_file_that_cannot_be_kept_is_told_and_not_passed_on(there: Office) -> None:
    await connected(there)
    since = len(there.sam.heard)

    turn = await send_along(there.ada, "look", file(there.ada, "run.exe", b"MZ\x90\x00"), expect=1)

    assert there.say("file-lost-kind") in turn.says
    await there.hears(there.sam, "look", since)
    assert not any("run.exe" in sent.says for sent in there.sam.heard)


async def test_what_was_on_its_way_is_not_offered_once_the_two_are_not_connected(there: Office) -> None:
    await connected(there)
    fault = Fault(f"POST .*{there.ada.id.split(':')[1]}", 503, times=3, headers={"Retry-After": "1"})
    there.bot.teams.faults.append(fault)
    await send_along(there.sam, "", file(there.sam, "secret.pdf", PDF), expect=0)
    await until(lambda: fault.times < 3, "a failed try")
    there.bot.teams.faults.clear()
    async with transaction(there.bot.store._engine) as connection:
        await connection.execute(bridges.update().values(ended_at=there.bot.clock(), ended_by="ada"))

    await there.hears(there.sam, there.say("talk-undelivered", words="📎 secret.pdf"))

    await there.ada.say({"en": "help", "fr": "aide"}[there.language])
    assert not any("secret.pdf" in sent.says for sent in there.ada.heard)


async def test_a_picture_is_seen_at_once_small(there: Office) -> None:
    await connected(there)
    await send_along(there.ada, "it says this", picture(there.ada, screen()), expect=0)
    heard = await there.hears(there.sam, "it says this")

    [shown] = heard.activity["attachments"]
    assert shown["contentType"] == "image/jpeg"
    kind, _, content = shown["contentUrl"].partition(",")
    assert kind == "data:image/jpeg;base64"
    with Image.open(io.BytesIO(base64.b64decode(content))) as small:
        assert small.width == 1024
    assert await given(there, there.sam, await offered(there.sam, "image.png")) == screen()


async def test_where_teams_takes_no_pictures_the_words_arrive_without(there: Office) -> None:
    await connected(there)
    there.bot.teams.faults.append(Fault(f"POST .*{there.sam.id.split(':')[1]}", 413))

    await send_along(there.ada, "it says this", picture(there.ada, screen()), expect=0)

    heard = await there.hears(there.sam, "it says this")
    assert "attachments" not in heard.activity
    await offered(there.sam, "image.png")


async def request_with(there: Office, name: str, content: bytes) -> tuple[str, Chat]:
    """Ada's request to support came with a file; its number and thread."""
    await send_along(there.ada, there.say("person-command"), file(there.ada, name, content), expect=0)
    thread = await there.thread()
    shown = await there.card(thread, name)
    return next(iter(NUMBER.findall(shown.says))), thread


async def test_an_agent_gets_the_files_of_a_case_from_its_card_in_the_channel(there: Office) -> None:
    number, thread = await request_with(there, "trace.log", b"550 5.7.1")
    button = there.at_desk("button-files", count=1)

    pressed = await there.press(thread, head(thread), button, there.who(there.sam))
    offer = await offered(there.sam, "trace.log")

    assert pressed.notice == there.say("share-alone", names="trace.log", count=1)
    assert there.say("share-about", number=number) in offer.says
    assert await given(there, there.sam, offer) == b"550 5.7.1"
    refused = await there.press(thread, head(thread), button, there.eve)
    assert refused.notice
    assert "trace.log" not in refused.notice


async def test_who_may_see_a_case_gets_its_files_in_their_own_chat(there: Office) -> None:
    turn = await send_along(there.ugo, PROBLEM[there.language], file(there.ugo, "a.log", b"a"), expect=2)
    asked = await there.ugo.press(turn, there.say("button-person"))
    number = next(iter(NUMBER.findall(asked.says)))
    letter = await there.hears(there.ada, "a.log")

    pressed = await there.press(there.ada, letter, there.say("button-files", count=1))

    assert pressed.notice == there.say("share-here", names="a.log", count=1)
    assert await given(there, there.ada, await offered(there.ada, "a.log")) == b"a"
    assert number


async def test_an_offer_that_was_forged_or_is_a_strangers_gives_nothing(there: Office) -> None:
    number, _ = await request_with(there, "trace.log", b"550 5.7.1")
    async with transaction(there.bot.store._engine) as connection:
        id_ = str(await connection.scalar(files.select().with_only_columns(files.c.id)))
    about = {"case": number, "file": id_}
    for context in (about, {"case": number, "file": "?"}, {"case": "?", "file": id_}, {}, None, 7, "x", [about]):
        info = there.bot.teams.drive.open(there.bot.teams.base_url, "trace.log")
        value = {"type": "fileUpload", "action": "accept", "context": context, "uploadInfo": info}
        turn = await there.ugo.post(there.ugo.activity("invoke", name="fileConsent/invoke", value=value))
        assert turn.status == 200
    await until(lambda: there.say("case-unknown") in there.ugo.heard[-1].says, "answer", there.ugo)
    assert all(content is None for content in there.bot.teams.drive.files.values())


@pytest.mark.parametrize(
    "url",
    ["https://evil.example/x", "http://169.254.169.254/x", "file:///etc/passwd", "https://[::1].sharepoint.com/x"],
)
async def test_nothing_is_put_elsewhere_and_that_is_said(there: Office, url: str) -> None:
    number, _ = await connected(there)
    await send_along(there.ada, "", file(there.ada, "a.log", b"a"), expect=0)
    offer = await offered(there.sam, "a.log")
    info = {**there.bot.teams.drive.open(there.bot.teams.base_url, "a.log"), "uploadUrl": url}

    await there.sam.answer_offer(offer, uploadInfo=info)

    await there.hears(there.sam, there.say("share-failed", name="a.log", number=number))
    assert not any(sent.file for sent in there.sam.heard)


async def test_an_upload_that_fails_is_tried_again_and_the_file_is_there_once(there: Office) -> None:
    await connected(there)
    await send_along(there.ada, "", file(there.ada, "a.log", b"a"), expect=0)
    offer = await offered(there.sam, "a.log")
    faults = [Fault("PUT /upload", 503), Fault("PUT /upload", 0)]
    there.bot.teams.faults += faults

    assert await given(there, there.sam, offer) == b"a"

    assert [fault.times for fault in faults] == [0, 0]

    assert sum(bool(sent.file) for sent in there.sam.heard) == 1


async def test_an_upload_that_goes_on_failing_is_given_up_soon_and_holds_nothing_up(there: Office) -> None:
    number, _ = await connected(there)
    await send_along(there.ada, "", file(there.ada, "a.log", b"a"), expect=0)
    there.bot.teams.faults.append(Fault("PUT /upload", 503, times=100))

    await there.sam.answer_offer(await offered(there.sam, "a.log"))
    await there.ada.say("are you there?", expect=0)

    await there.hears(there.sam, there.say("share-failed", name="a.log", number=number))
    await there.hears(there.sam, "are you there?")


async def test_where_the_file_arrived_and_its_card_did_not_it_is_not_put_again(there: Office) -> None:
    await connected(there)
    await send_along(there.ada, "", file(there.ada, "a.log", b"a"), expect=0)
    offer = await offered(there.sam, "a.log")
    fault = Fault("POST .*/activities/f", 503, headers={"Retry-After": "1"})
    there.bot.teams.faults.append(fault)

    assert await given(there, there.sam, offer) == b"a"

    assert fault.times == 0
    puts = [call for call in there.bot.teams.calls if call.path.startswith("/upload")]
    assert [call.status for call in puts] == [201]


async def test_a_file_that_was_erased_meanwhile_is_said_to_be_gone(there: Office) -> None:
    number, _ = await connected(there)
    await send_along(there.ada, "", file(there.ada, "a.log", b"a"), expect=0)
    offer = await offered(there.sam, "a.log")
    [kept] = await there.bot.store.files.of_case(number)
    Shelf(there.bot.settings.file_folder).path(kept.sha256).unlink()

    await there.sam.answer_offer(offer)

    await there.hears(there.sam, there.say("share-failed", name="a.log", number=number))


async def test_who_takes_a_file_that_is_not_with_the_case_any_more_reads_so(there: Office) -> None:
    number, _ = await connected(there)
    await send_along(there.ada, "", file(there.ada, "a.log", b"a"), expect=0)
    offer = await offered(there.sam, "a.log")
    async with transaction(there.bot.store._engine) as connection:
        await connection.execute(files.delete())

    await there.sam.answer_offer(offer)

    await there.hears(there.sam, there.say("share-gone", number=number))
    assert there.sam.messages[offer.id].offer is None


async def test_a_notification_tells_the_name_of_a_file_as_it_is(there: Office) -> None:
    number, _ = await connected(there)
    name = "screen_shot_[1] é😀.log"
    await send_along(there.ada, "", file(there.ada, name, b"a"), expect=0)
    offer = await offered(there.sam, name)

    assert offer.activity["summary"] == there.say("share-offer", name=name, number=number)


async def test_an_answer_that_comes_from_a_group_is_dealt_with_in_the_own_chat(there: Office) -> None:
    number, _ = await request_with(there, "trace.log", b"550 5.7.1")
    async with transaction(there.bot.store._engine) as connection:
        id_ = str(await connection.scalar(files.select().with_only_columns(files.c.id)))
    group = await there.bot.teams.group([there.who(there.ada), there.who(there.ugo)])
    for action in ("accept", "decline"):
        info = there.bot.teams.drive.open(there.bot.teams.base_url, "trace.log")
        value = {"action": action, "context": {"case": number, "file": id_}, "uploadInfo": info}
        await group.post(group.activity("invoke", name="fileConsent/invoke", value=value))

    await until(lambda: any(sent.file for sent in there.ada.heard), "file", there.ada)
    await there.hears(there.ada, there.say("share-left", name="trace.log", number=number))
    assert group.heard
    assert not any(word in sent.says for sent in group.heard for word in ("trace.log", number))
    assert not there.bot.teams.refused


async def test_an_answer_delivered_again_gives_the_file_once(there: Office) -> None:
    await connected(there)
    await send_along(there.ada, "", file(there.ada, "a.log", b"a"), expect=0)
    turn = await there.sam.answer_offer(await offered(there.sam, "a.log"))

    await there.sam.deliver_again(turn, times=3)

    await until(lambda: any(sent.file for sent in there.sam.heard), "file", there.sam)
    await asyncio.sleep(0.3)
    assert sum(bool(sent.file) for sent in there.sam.heard) == 1
