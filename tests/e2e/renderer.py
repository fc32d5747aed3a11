"""Cards drawn by the real renderer, as narrow as on a phone, in the looks of Teams."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from tests.e2e.themes import THEMES, host_config, style_of

LIBRARIES = Path(__file__).parent / "node/node_modules"
SCRIPTS = ("markdown-it/dist/markdown-it.min.js", "adaptivecards/dist/adaptivecards.min.js")
WIDTH = 320
COLUMNS = 4
DRAW = """({cards, config, high}) => {
    AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
        result.outputHtml = markdownit().render(text); result.didProcess = true;
    };
    const main = document.querySelector("main");
    main.className = high ? "high" : "";
    main.replaceChildren();
    for (const [name, payload] of Object.entries(cards)) {
        const card = new AdaptiveCards.AdaptiveCard();
        card.hostConfig = new AdaptiveCards.HostConfig(config);
        card.parse(payload);
        const figure = document.createElement("figure"), caption = document.createElement("figcaption");
        caption.textContent = name; figure.id = name;
        figure.append(caption, card.render()); main.append(figure);
    }
}"""
HANGING = """() => [...document.querySelectorAll("figure")].flatMap(figure => {
    const card = figure.querySelector(".ac-adaptiveCard"), edge = card.getBoundingClientRect().right + 0.5;
    const beyond = [...card.querySelectorAll("*")].filter(part => part.getBoundingClientRect().right > edge);
    const cut = [...card.querySelectorAll("*")].filter(part => part.scrollWidth > part.clientWidth + 1
        && !["INPUT", "SELECT", "TEXTAREA", "SPAN", "B", "STRONG", "A"].includes(part.tagName) && part.clientWidth > 0);
    return [...beyond, ...cut].slice(0, 1).map(part => `${figure.id}: <${part.tagName.toLowerCase()}> ${part.textContent.slice(0, 60)}`);
})"""


class Renderer:
    """A page on which cards are drawn."""

    def __init__(self, browser: Browser) -> None:
        missing = [script for script in SCRIPTS if not (LIBRARIES / script).exists()]
        assert not missing, f"{missing} are not installed: run tests/e2e/install"
        self.page: Page = browser.new_page(viewport={"width": COLUMNS * (WIDTH + 16) + 16, "height": 800})
        self.page.route(re.compile("^https?:"), lambda route: route.abort())

    def draw(self, cards: Mapping[str, Mapping[str, Any]], theme: str) -> None:
        """Draw these cards, each under its name."""
        look = THEMES[theme]
        self.page.set_content(f"<meta charset=utf-8><style>{style_of(look)}</style><main></main>")
        for script in SCRIPTS:
            self.page.add_script_tag(path=LIBRARIES / script)
        plain = json.loads(json.dumps(dict(cards)))
        self.page.evaluate(DRAW, {"cards": plain, "config": host_config(look), "high": theme == "contrast"})

    def hanging(self) -> list[str]:
        """What hangs out of its card at the side, or is cut off, by the card's name."""
        found: list[str] = self.page.evaluate(HANGING)
        return found

    def shoot(self, path: Path) -> None:
        """Take a picture of all that is drawn."""
        self.page.screenshot(path=path, full_page=True)

    def shoot_card(self, name: str, path: Path) -> None:
        """Take a picture of one card."""
        self.page.locator(f"[id='{name}'] .ac-adaptiveCard").screenshot(path=path)
