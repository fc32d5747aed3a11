"""No card hangs out of a phone, whoever wrote what is on it: drawn by the real renderer, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Browser

from dialogs.words import LANGUAGES
from tests.dialogs.cards.extension_gallery import EXTENSION
from tests.dialogs.cards.gallery import DRAFTS, GALLERY
from tests.dialogs.cards.life_gallery import LIFE
from tests.dialogs.cards.scenes import scene
from tests.dialogs.lives import Cast, cast_in
from tests.e2e.renderer import Renderer

pytestmark = pytest.mark.e2e

LONG_NAME = "Maximiliane-Alexandra Freifrau von Oberwesel-Donaudampfschifffahrtsgesellschaft"
LONG_WORDS = (
    "C:\\Users\\maximiliane.oberwesel\\AppData\\Local\\Microsoft\\Outlook\\RoamCache\\Stream_Autocomplete_0_6A.dat and "
    "https://contoso.sharepoint.example/sites/HumanResources/_layouts/15/AccessDenied.aspx?Source=https%3A%2F%2Fcontoso "
    "🚑🚑🚑🚑🚑🚑🚑🚑🚑🚑🚑🚑🚑🚑🚑🚑🚑🚑🚑🚑 " + "x" * 300
)
PASTED = "packet"  # its text is to be pasted elsewhere, letter by letter


@pytest.fixture(scope="module")
def renderer(browser: Browser) -> Iterator[Renderer]:
    renderer = Renderer(browser)
    yield renderer
    renderer.page.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_card_hangs_out(renderer: Renderer, language: str) -> None:
    renderer.draw({name: make(scene(language)) for name, make in GALLERY.items()}, "light")
    assert renderer.hanging() == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_card_hangs_out_whatever_people_are_called_and_write(renderer: Renderer, language: str) -> None:
    cast = _unwieldy(language)
    cards = {name: make(scene(language), cast) for name, make in {**LIFE, **EXTENSION}.items() if name != PASTED}
    renderer.draw(cards, "light")
    assert renderer.hanging() == []


def test_a_card_that_hangs_out_would_be_told(renderer: Renderer) -> None:
    card = DRAFTS["note"](scene())
    wide = {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": "x" * 100}]}
    renderer.draw({"good": card, "bad": {**card, "body": [wide]}}, "light")
    assert [one.split(":")[0] for one in renderer.hanging()] == ["bad"]


def _unwieldy(language: str) -> Cast:
    cast = cast_in(language)
    names: dict[str, Any] = {
        name: replace(getattr(cast, name), name=LONG_NAME) for name in ("user", "admin", "partner", "agent")
    }
    contacts: dict[str, Any] = dict.fromkeys(("name", "network_team", "help_desk", "support_phone"), LONG_NAME)
    return replace(cast, **names, home=replace(cast.home, **contacts), problem=LONG_WORDS, words=LONG_WORDS)
