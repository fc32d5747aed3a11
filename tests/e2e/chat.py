"""The chat in the Playground's window, as a person uses it: writes, taps, chooses from a list, reads what is new."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

NUMBER = re.compile(r"\bT-[0-9A-Z]{3}-[0-9A-Z]{4}\b")
HEADER = "*[@aria-label='Message header']"


class Chat:
    """One conversation. What is `seen` must be new: it came after, or in the place of, what was there at the last thing done."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.first_new = 0

    @property
    def messages(self) -> Locator:
        """All that was said, by both; the Playground names nothing else of a message than its header."""
        return self.page.locator(f"xpath=//{HEADER}/../..")

    @property
    def new(self) -> Locator:
        """What was said since the last thing done."""
        return self.page.locator(f"xpath=(//{HEADER})[position() > {self.first_new}]/../..")

    @property
    def card(self) -> Locator:
        """The last card shown."""
        return self.page.locator(".ac-adaptiveCard").last

    def say(self, text: str) -> None:
        """Write a message and send it; it stands in the chat when this returns."""
        self.first_new = self.messages.count() + 1
        self.page.locator("[contenteditable=true]").first.click()
        self.page.keyboard.insert_text(text)
        self.page.get_by_label("Send Message", exact=True).first.click()  # a card may have "Send message"
        expect(self.messages.nth(self.first_new - 1)).to_contain_text(text)

    def press(self, title: str, *, times: int = 1) -> None:
        """Tap the last button of that name. What is seen next may stand in the place of its card."""
        button = self.page.get_by_role("button", name=title, exact=True).last
        expect(button).to_be_visible()
        self.first_new = button.locator(f"xpath=preceding::{HEADER}").count() - 1
        button.click(click_count=times)

    def choose(self, label: str, title: str) -> None:
        """In the list of that label on the last card, choose the option that begins with these words."""
        self.card.get_by_role("combobox", name=label).click()
        self.page.get_by_role("option", name=re.compile(rf"^{re.escape(title)}")).click()

    def write(self, label: str, text: str) -> None:
        """In the field of that label on the last card, write this."""
        self.card.get_by_role("textbox", name=label).fill(text)

    def sees(self, *texts: str) -> None:
        """Each of these can be read in a new message."""
        for text in texts:
            expect(self.new.filter(has_text=text).first).to_be_visible()

    def sees_nowhere(self, *texts: str) -> None:
        """None of these can be read in any message."""
        for text in texts:
            expect(self.messages.filter(has_text=text)).to_have_count(0)

    def sees_buttons(self, *titles: str) -> None:
        """The last card has these buttons and links, and no others."""
        expect(self.card.locator(".ac-pushButton-content")).to_have_text(list(titles))

    def sees_link(self, title: str, url: str) -> None:
        """The last card has a button that opens a page; a person who points at it reads the address."""
        expect(self.card.get_by_role("link", name=title)).to_have_attribute("title", url)

    def sees_number(self) -> str:
        """A new message has the number of a case: that number."""
        message = self.new.filter(has_text=NUMBER).first
        expect(message).to_be_visible()
        found = NUMBER.search(message.inner_text())
        assert found, message.inner_text()
        return found.group()

    def narrow_to(self, pixels: int) -> None:
        """Make cards as narrow as on a phone; the Playground's own window cannot be."""
        self.page.add_style_tag(content=f".ac-adaptiveCard {{ box-sizing: border-box; width: {pixels}px }}")

    def tidy(self) -> None:
        """Take the Playground's own remarks and the mouse off the cards."""
        for remark in self.page.get_by_role("button", name="Dismiss Invoke Message").all():
            remark.click()
        self.page.mouse.move(0, 0)

    def sees_all_of_the_card(self) -> None:
        """Nothing of the last card is cut off or hangs out at its side."""
        hanging = self.card.evaluate(
            """card => [...card.querySelectorAll("*")].filter(part =>
                part.getBoundingClientRect().right > card.getBoundingClientRect().right).map(part => part.textContent)"""
        )
        assert hanging == []
