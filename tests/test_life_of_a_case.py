"""The whole life of a case, at the level of activities, in both languages: the people, the clock and the rules, nothing patched."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import pytest

from tests.bots import Bot
from tests.fakes import cards
from tests.fakes.connector import Chat, Sent, Turn

NUMBER = re.compile(r"T-[2-9A-Z]{3}-[2-9A-Z]{4}")

TEXTS = {
    "en": {
        "problem": "my Outlook crashes each time I open a shared calendar, only on my laptop",
        "outage": "nobody in the company can open the SharePoint site, it is down and everything is blocked",
        "detail": "It began after the update on Tuesday.",
        "question": "Which version of Outlook is it?",
        "answer": "Version 2308, build 16731",
        "solution": "We repaired the installation; please restart the laptop.",
        "again": "It crashes again since this morning",
    },
    "fr": {
        "problem": "mon Outlook plante à chaque ouverture d'un calendrier partagé, seulement sur mon portable",
        "outage": "plus personne dans l'entreprise ne peut ouvrir le site SharePoint, il est en panne et tout est bloqué",
        "detail": "Cela a commencé après la mise à jour de mardi.",
        "question": "De quelle version d’Outlook s’agit-il ?",
        "answer": "Version 2308, build 16731",
        "solution": "L’installation est réparée ; redémarrez le portable.",
        "again": "Il plante de nouveau depuis ce matin",
    },
}


@dataclass
class Cast:
    """Everybody who has a part: an end user, an administrator, an agent of support, each in their personal chat."""

    bot: Bot
    language: str
    user: Chat
    admin: Chat
    agent: Chat

    def say(self, id_: str, **facts: str | float) -> str:
        return self.bot.knowledge.words.voice(self.language)(id_, **facts)

    def text(self, name: str) -> str:
        return TEXTS[self.language][name]

    async def told(self, chat: Chat, id_: str, number: str, who: str = "") -> Sent:
        """The last thing that this person was told, which is this."""
        headline = self.say(id_, number=number, who=who)
        await chat._until(lambda: any(headline in sent.says for sent in chat.heard), headline)
        return next(sent for sent in reversed(chat.heard) if headline in sent.says)

    async def proposed(self, chat: Chat, text: str, *answers: str) -> Turn:
        """Describe a problem, and answer whatever is asked with the first of `answers` that is offered, until it is proposed."""
        turn = await chat.say(text)
        for _ in range(4):
            card = turn.card or next(reversed(turn.cards))
            offered = {button["title"] for button in cards.buttons(card)}
            if self.say("button-open") in offered:
                return turn
            turn = await self.press(chat, turn, next(one for one in answers if self.say(one) in offered))
        raise AssertionError(turn.says)

    async def press(self, chat: Chat, on: Sent | Turn, verb: str, **inputs: str) -> Turn:
        turn = await chat.press(on, self.say(verb), inputs)
        assert turn.accepted, turn.body
        return turn


@pytest.fixture(params=["en", "fr"])
async def cast(request: pytest.FixtureRequest, bot: Bot) -> Cast:
    language = request.param
    chats = [await bot.teams.personal(bot.teams.person(name, f"{language}-XX")) for name in ("Ugo", "Ada", "Sam")]
    for chat in chats:
        await chat.say("english" if language == "en" else "français")
    tenant, *_ = await bot.store.tenant(bot.teams.tenant)
    named = replace(tenant, name="Contoso", plan="enterprise_e3", zone="Europe/Paris", country="FR")
    await bot.store.describe_tenant(named, (bot.teams.person("Ada").directory_id,))
    await bot.store.agents([bot.teams.person("Sam").directory_id])
    return Cast(bot, language, *chats)


async def test_the_whole_life_of_a_case(cast: Cast) -> None:
    number, request = await from_the_user_to_support(cast)
    await from_support_to_the_survey(cast, number, request)
    await reopened_on_day_13(cast, number)
    await refused_on_day_15(cast, number)


async def from_the_user_to_support(cast: Cast) -> tuple[str, Sent]:
    """The user's case goes to their administrator, who makes it a service request; its number, and what support is told."""
    user, admin, agent = cast.user, cast.admin, cast.agent

    # the user describes the problem and opens a case with their own administrators
    answers = ("category-office_apps", "answer-people-one", "answer-work-impaired")
    proposal = await cast.proposed(user, cast.text("problem"), *answers)
    opened = await cast.press(user, proposal, "button-open")
    [number] = set(NUMBER.findall(opened.says))
    assert cast.say("holder-administrators") in opened.says

    # the administrator is told, takes it, and reads a detail that the user adds
    new = await cast.told(admin, "told-opened", number, "Ugo")
    await cast.press(admin, new, "do-take")
    await cast.told(user, "told-take", number, "Ada")
    shown = await user.say(number)
    await cast.press(user, shown, "do-comment", words=cast.text("detail"))
    told = await cast.told(admin, "told-comment", number, "Ugo")

    # the administrator escalates, with everything already gathered
    form = await cast.press(admin, told, "do-escalate")
    assert cast.text("problem") in str(form.card)
    assert cast.text("detail") in str(form.card)
    submitted = await cast.press(admin, form, "button-submit")
    assert cast.say("status-escalated") in submitted.says
    await cast.told(user, "told-escalate", number, "Ada")

    return number, await cast.told(agent, "told-escalate", number, "Ada")


async def from_support_to_the_survey(cast: Cast, number: str, request: Sent) -> None:
    """Support acknowledges, asks, solves; the user answers, confirms, and says how it went."""
    bot, user, agent = cast.bot, cast.user, cast.agent
    acknowledged = await cast.press(agent, request, "do-acknowledge")
    assert cast.say("status-acknowledged") in acknowledged.says
    await cast.told(user, "told-acknowledge", number)
    await cast.press(agent, acknowledged, "do-ask", words=cast.text("question"))
    asked = await cast.told(user, "told-ask", number, "Sam")
    assert cast.text("question") in asked.says
    await cast.press(user, asked, "do-comment", words=cast.text("answer"))
    answered = await cast.told(agent, "told-answer", number, "Ugo")
    assert cast.text("answer") in answered.says

    # support solves it, the user confirms and answers the survey
    await cast.press(agent, answered, "do-resolve", words=cast.text("solution"))
    resolved = await cast.told(user, "told-resolve", number, "Sam")
    survey = await cast.press(user, resolved, "do-confirm")
    thanks = await cast.press(user, survey, "button-send", rating="5", words="top")
    assert cast.say("survey-thanks") in thanks.says
    [rated] = await bot.store.newest_surveys(10)
    assert (rated.case, rated.round, rated.rating, rated.words) == (number, 1, 5, "top")


async def reopened_on_day_13(cast: Cast, number: str) -> None:
    """The administrator opens it again; it is solved once more, and closes because nobody answers."""
    bot, user, admin, agent = cast.bot, cast.user, cast.admin, cast.agent
    bot.clock.advance(days=13)
    closed = await admin.say(number)
    assert cast.say("status-closed") in closed.says
    again = await cast.press(admin, closed, "do-reopen", words=cast.text("again"))
    assert cast.say("status-reopened") in again.says
    reopened = await cast.told(agent, "told-reopen", number, "Ada")

    await cast.press(agent, reopened, "do-resolve", words=cast.text("solution"))
    await cast.told(user, "told-resolve", number, "Sam")
    bot.clock.advance(days=bot.knowledge.rules.life.silence_days, minutes=1)
    second = await cast.told(user, "told-expire", number)
    await cast.press(user, second, "button-send", rating="2")
    assert {(one.round, one.rating) for one in await bot.store.newest_surveys(10)} == {(1, 5), (2, 2)}


async def refused_on_day_15(cast: Cast, number: str) -> None:
    """Now it is too late: that is said, and a new request that follows it is offered."""
    bot, admin = cast.bot, cast.admin
    late = await admin.say(number)
    bot.clock.advance(days=15)
    refused = await cast.press(admin, late, "do-reopen", words=cast.text("again"))
    assert cast.say("do-follow_up") in str(refused.card)
    assert cast.say("status-closed") in refused.says
    follow_up = await cast.press(admin, refused, "do-follow_up")
    [follower] = set(NUMBER.findall(follow_up.says)) - {number}
    assert number in follow_up.says
    assert {case.number: case.status for case in await bot.cases()} == {number: "closed", follower: "escalated"}


async def test_a_target_is_warned_of_before_it_is_missed_and_escalated_after_each_once(cast: Cast) -> None:
    bot, admin, agent = cast.bot, cast.admin, cast.agent
    number = await outage(cast)
    await cast.told(agent, "told-opened", number, "Ada")

    bot.clock.advance(minutes=46)
    await cast.told(agent, "told-warning", number)
    assert not any(cast.say("told-missed", number=number) in sent.says for sent in agent.heard)
    bot.clock.advance(minutes=15)
    await cast.told(agent, "told-missed", number)
    await cast.told(admin, "told-missed", number)
    bot.clock.advance(hours=5)

    async with bot.store.ringing() as ringing:
        assert await ringing.due(bot.clock()) == []
    for headline in ("told-warning", "told-missed"):
        heard = [sent for sent in agent.heard if not sent.updated]
        assert sum(cast.say(headline, number=number) in sent.says for sent in heard) == 1


async def test_an_acknowledged_request_is_not_warned_of(cast: Cast) -> None:
    bot, admin, agent = cast.bot, cast.admin, cast.agent
    number = await outage(cast)
    await cast.press(agent, await cast.told(agent, "told-opened", number, "Ada"), "do-acknowledge")

    bot.clock.advance(hours=30)

    await cast.told(agent, "told-return", number)  # nobody heard of them for so long
    for headline in ("told-warning", "told-missed"):
        assert not any(cast.say(headline, number=number) in sent.says for sent in [*admin.heard, *agent.heard])


async def outage(cast: Cast) -> str:
    """An outage that the administrator opens, which is a service request at once; its number."""
    answers = ("category-sharepoint", "answer-people-everyone", "answer-work-blocked")
    proposal = await cast.proposed(cast.admin, cast.text("outage"), *answers)
    opened = await cast.press(cast.admin, proposal, "button-open", severity="A")
    [number] = set(NUMBER.findall(opened.says))
    return number
