"""The operator's part of the loop in a browser, by keyboard where a key is promised; what they see at each step is photographed."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

from tests.bot.pages.conftest import link
from tests.bot.pages.seed import live_through
from tests.bots import Bot
from tests.e2e.conftest import CHROMIUM, SWITCHES
from tests.small_world import small_bot
from tests.test_loop import SAID, people_correct

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(900)]

PATIENCE_MS = 240_000  # a training, on a slow machine
PAGES = ("", "/understanding", "/messages", "/review", "/models")


def alone(work: Coroutine[Any, Any, None]) -> None:
    """In a thread of its own: the other tests of this folder keep a browser's loop in theirs."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, work).result()


def test_an_operator_reviews_retrains_promotes_and_rolls_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone(the_loop(tmp_path, monkeypatch))


def test_every_page_fits_a_phone_and_asks_nothing_of_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone(every_page(tmp_path, monkeypatch))


async def the_loop(folder: Path, patch: pytest.MonkeyPatch) -> None:
    pictures = Path(os.environ.get("SCREENSHOTS") or folder)
    async with small_bot(folder, patch) as bot, async_playwright() as playwright:
        await people_correct(bot)
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        page, complaints = await visit(browser, bot, 1100, 900)
        await reviews(page)
        await page.screenshot(path=pictures / "operator-loop-reviewed.png")
        challenger = await retrains(page)
        await page.screenshot(path=pictures / "operator-loop-trained.png")
        await page.get_by_role("link", name="Promote").click()
        await page.screenshot(path=pictures / "operator-loop-promote.png")
        await page.get_by_role("button", name="Promote").click()
        serves = page.locator("li.model", has=page.locator(".chip.champion"))
        await expect(serves).to_contain_text(challenger)
        await page.screenshot(path=pictures / "operator-loop-promoted.png", full_page=True)
        await page.get_by_role("link", name="Roll back to").click()
        await page.get_by_role("button", name="Roll back").click()
        await expect(serves).not_to_contain_text(challenger)
        assert complaints == []
        await browser.close()


async def reviews(page: Page) -> None:
    """One key for each decision, and one to take it back."""
    await page.get_by_role("link", name="Review").click()
    left = len(SAID)
    await expect(page.get_by_text(f"{left} corrections wait")).to_be_visible()
    await page.keyboard.press("x")
    await expect(page.get_by_text("You have judged 1")).to_be_visible()
    await page.keyboard.press("u")
    await expect(page.get_by_text("You have judged 0")).to_be_visible()
    await page.keyboard.press("l")
    await expect(page.locator("#other")).to_be_focused()
    await page.keyboard.press("Escape")
    await page.keyboard.press("e")
    await expect(page.locator("#text")).to_be_focused()
    await page.keyboard.press("Escape")
    for done in range(1, left + 1):
        await page.keyboard.press("b")
        await expect(page.locator("input[value=B]")).to_be_checked()
        await page.keyboard.press("1")
        await expect(page.get_by_text(f"You have judged {done}")).to_be_visible()


async def retrains(page: Page) -> str:
    """The button, the bar that moves by itself, and the challenger."""
    await page.get_by_role("link", name="Models").click()
    await page.get_by_role("button", name="Retrain").click()
    await expect(page.get_by_text("Finished: there is a challenger")).to_be_visible(timeout=PATIENCE_MS)
    named = page.locator("#run").get_by_role("link")
    version = (await named.inner_text()).split()[-1]
    await named.click()
    await expect(page.locator("h1")).to_contain_text("challenger")
    return version


async def every_page(folder: Path, patch: pytest.MonkeyPatch) -> None:
    pictures = Path(os.environ.get("SCREENSHOTS") or folder)
    async with small_bot(folder, patch) as bot, async_playwright() as playwright:
        await live_through(bot.store, bot.knowledge, bot.classifier, bot.clock(), 320)
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        for name, width, scheme, language in (
            ("desk", 1100, "light", "en"),
            ("dark", 1100, "dark", "fr"),
            ("phone", 320, "light", "fr"),
        ):
            page, complaints = await visit(browser, bot, width, 800, scheme, language)
            for path in PAGES:
                await page.goto(f"{bot.url}/operator{path}")
                await page.wait_for_load_state("networkidle")
                assert await page.evaluate("document.documentElement.scrollWidth") <= width, f"{path} is too wide"
                shown = path.strip("/") or "overview"
                await page.screenshot(path=pictures / f"operator-{shown}-{name}.png", full_page=True)
            assert complaints == []
        await browser.close()


async def visit(
    browser: Browser, bot: Bot, width: int, height: int, scheme: Any = "light", language: str = "en"
) -> tuple[Page, list[str]]:
    """A page that an operator has just come in by, and what the browser complains of."""
    context = await browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, locale=language
    )
    context.set_default_timeout(PATIENCE_MS)
    page = await context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.on("request", lambda one: None if one.url.startswith((bot.url, "data:")) else complaints.append(one.url))
    await page.goto(link(bot))
    return page, complaints
