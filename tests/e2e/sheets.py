"""Every card of the gallery on contact sheets, to be looked at: `python -m tests.e2e.sheets FOLDER` (`make cards`)."""

from __future__ import annotations

import itertools
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from dialogs.words import LANGUAGES
from tests.dialogs.cards.gallery import GALLERY
from tests.dialogs.cards.scenes import scene
from tests.e2e.conftest import CHROMIUM, SWITCHES
from tests.e2e.renderer import Renderer
from tests.e2e.themes import THEMES

ON_A_SHEET = 8


def draw(folder: Path) -> None:
    """Draw all sheets into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        renderer = Renderer(playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES))
        for language, theme in itertools.product(LANGUAGES, THEMES):
            cards = {name: make(scene(language)) for name, make in GALLERY.items()}
            for place, names in enumerate(_sheets(list(cards))):
                renderer.draw({name: cards[name] for name in names}, theme)
                renderer.shoot(folder / f"{language}-{theme}-{place + 1:02}.png")


def _sheets(names: list[str]) -> list[list[str]]:
    return [names[start : start + ON_A_SHEET] for start in range(0, len(names), ON_A_SHEET)]


if __name__ == "__main__":
    draw(Path(sys.argv[1]))
