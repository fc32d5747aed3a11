"""The other places of the Playground: the group chat and the channels, and the menu that plays what Teams itself does."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

BOT = "Test Bot"


class Places:
    """Goes from place to place, and mentions the bot there."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def go_to(self, name: str) -> None:
        """Open the chat or the channel of that name; the bot is installed there by that."""
        self.page.locator(f'button[aria-label$="{name}"]').last.click()

    def mention(self, text: str) -> None:
        """Write to the bot by its name, in a group chat or as a new post."""
        self.page.locator("[contenteditable=true]").first.click()
        self.page.keyboard.type("@")
        self.page.locator("[role=menuitem]", has_text=BOT).first.click()
        self.page.keyboard.insert_text(f" {text}")
        post = self.page.get_by_role("button", name="Post", exact=True)
        (post if post.count() else self.page.get_by_label("Send Message")).first.click()

    def play(self, what: str) -> None:
        """Let the Playground send an activity of Teams' own, by its name in the menu."""
        self.page.locator("button", has_text="Mock an Activity").first.click()
        self.page.locator("[role=menuitem]", has_text=re.compile(f"^{re.escape(what)}")).first.click()
        dialog = self.page.locator("[role=dialog]", has_text=what)
        dialog.get_by_role("button", name="Send activity").click()
        expect(dialog).to_have_count(0)

    def reads(self, text: str) -> Locator:
        """What can be read outside the Playground's log; there has to be something."""
        found = self.page.get_by_text(text).filter(visible=True)
        expect(found.first).to_be_visible()
        return found
