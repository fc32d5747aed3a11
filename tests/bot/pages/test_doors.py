"""Who comes in, who does not, and what an open door cannot be used for."""

from __future__ import annotations

import re

import pytest

from tests.bot.pages.conftest import link
from tests.bot.pages.visitor import Visitor
from tests.bots import Bot

PAGES = ("", "/understanding", "/messages", "/review", "/models", "/drift")


@pytest.mark.parametrize("page", PAGES)
async def test_nobody_sees_a_page_without_signing_in(stranger: Visitor, page: str) -> None:
    await stranger.go(f"/operator{page}")
    assert stranger.where == "/operator/sign-in"
    assert "The operators’ pages" in stranger.text


@pytest.mark.parametrize("page", PAGES)
async def test_an_operator_sees_every_page_in_both_languages(operator: Visitor, page: str) -> None:
    for language in ("fr", "en"):
        await operator.go(f"/operator/language/{language}?to=/operator{page}")
        assert (operator.status, operator.where) == (200, f"/operator{page}")
        assert f'<html lang="{language}">' in operator.source


async def test_a_link_opens_once(bot: Bot, stranger: Visitor) -> None:
    once = link(bot)
    async with Visitor(bot.url) as first:
        await first.go(once)
        assert first.status == 200

    await stranger.go(once)
    assert stranger.status == 403
    assert "has been used" in stranger.text


async def test_a_link_that_is_too_old_opens_nothing(bot: Bot, stranger: Visitor) -> None:
    late = link(bot)
    bot.clock.advance(minutes=16)
    await stranger.go(late)
    assert stranger.status == 403


@pytest.mark.parametrize("key", ["", "x", "gAAAAA", "é" * 40])
async def test_a_made_up_link_opens_nothing(stranger: Visitor, key: str) -> None:
    await stranger.go(f"/operator/enter?key={key}")
    assert stranger.status == 403


async def test_a_session_ends_by_itself(bot: Bot, operator: Visitor) -> None:
    bot.clock.advance(hours=9)
    await operator.go("/operator")
    assert operator.where == "/operator/sign-in"


async def test_signing_out_ends_it_at_once(operator: Visitor) -> None:
    await operator.press("Sign out")
    await operator.go("/operator")
    assert operator.where == "/operator/sign-in"


@pytest.mark.parametrize(
    "path", ["/operator/review", "/operator/models/retrain", "/operator/models/x/promote", "/operator/sign-out"]
)
async def test_a_form_of_another_site_changes_nothing(operator: Visitor, path: str) -> None:
    for forged in ({}, {"csrf": "guessed"}, {"csrf": "ß"}):
        await operator.post(path, **forged)
        assert operator.status == 403
        assert "Nothing was changed" in operator.text


async def test_the_cookie_cannot_be_read_by_script_nor_sent_by_other_sites(operator: Visitor) -> None:
    cookie = operator.cookies["triage_operator"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/operator" in cookie
    assert "local" not in cookie  # sealed


@pytest.mark.parametrize(
    "page", [*PAGES, "/sign-in", "/nowhere", "/static/pages.css", "/static/../session.py", "/models/none"]
)
async def test_every_answer_keeps_strangers_code_out(operator: Visitor, page: str) -> None:
    await operator.go(f"/operator{page}")
    policy = operator.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert operator.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("page", PAGES)
async def test_a_page_asks_nothing_of_other_hosts_and_has_no_code_within(operator: Visitor, page: str) -> None:
    await operator.go(f"/operator{page}")
    assert not re.findall(r'(?:src|href|action)="(?:https?:)?//', operator.source)
    assert not re.findall(r"<script(?![^>]*src=)|\son\w+=|\sstyle=|javascript:", operator.source)


async def test_the_language_of_the_browser_is_spoken(bot: Bot) -> None:
    async with Visitor(bot.url, "fr-CA,fr;q=0.9,en;q=0.5") as visitor:
        await visitor.go("/operator/sign-in")
        assert "Les pages des exploitants" in visitor.text


async def test_the_way_back_after_choosing_a_language_stays_here(operator: Visitor) -> None:
    await operator.go("/operator/language/fr?to=https://example.org/")
    assert operator.where == "/operator"
