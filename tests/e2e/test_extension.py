"""A message escalated from its own menu, in the Playground: window, case, card in the chat, and its card replaced by a press."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e.chat import Chat
from tests.e2e.conftest import Bot

pytestmark = pytest.mark.e2e

NO_MAIL = "Nobody in accounting receives mail since this morning"


def test_a_message_is_escalated_and_its_case_shared(chat: Chat, bot: Bot) -> None:
    before = bot.opened()
    chat.say(NO_MAIL)
    chat.sees("This is what I understood", "AI generated")
    page, window = chat.page, chat.page.get_by_role("dialog")
    message = chat.messages.nth(chat.first_new - 1)
    message.get_by_role("button", name="Show more information").click()
    page.get_by_role("menuitem", name="Action Command").click()
    page.get_by_placeholder("Input command id or leave blanks").fill("escalate")
    page.get_by_role("button", name="Create").last.click()

    expect(window).to_contain_text("Escalate to support")
    expect(window).to_contain_text(NO_MAIL)
    expect(window.get_by_role("combobox", name="Category")).to_have_value("Exchange Online and mail")
    window.get_by_role("textbox", name="What is wrong").fill("No mail in accounting")
    window.get_by_role("button", name="Open the case").click()

    expect(window).to_have_count(0)
    chat.sees("No mail in accounting")
    assert chat.sees_number() in bot.numbers()
    assert bot.opened() == before + 1
    page.get_by_label("Send Message").first.click()
    expect(chat.messages.last).to_contain_text("Everybody here reads the number and the status")
    chat.press("Show what I may see")
    expect(chat.messages.last).to_contain_text("Only you see this view")
    expect(chat.messages.last).to_contain_text("Exchange Online and mail")
