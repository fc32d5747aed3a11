"""The bot as it is served, the Playground beside it, and a person in front of a browser."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route, ViewportSize, expect, sync_playwright

from tests.e2e.chat import Chat
from tests.e2e.pictures import Camera
from tests.e2e.processes import answers, environment, free_port, read, running

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
TRIAGE = Path(sys.executable).with_name("triage")
PLAYGROUND = HERE / "node/node_modules/.bin/agentsplayground"
CHROMIUM = "/usr/bin/chromium"
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
FONTS = Path("/usr/share/fonts/truetype/open-sans")
PATIENCE_MS = 20_000
WINDOW: ViewportSize = {"width": 1280, "height": 1300}


@dataclass(frozen=True)
class Bot:
    """The served bot, and what its operator sees of it."""

    url: str
    var: Path

    def opened(self) -> int:
        """How many cases it has opened, as it tells whoever watches it."""
        counted = re.search(r"^triage_cases_total (\S+)$", read(f"{self.url}/metrics"), re.MULTILINE)
        assert counted, "the metrics count no cases"
        return int(float(counted.group(1)))

    def tell(self, *command: str) -> str:
        """What `triage` answers to this command of its operator."""
        whole: list[str | Path] = [TRIAGE, *command, "--var", self.var]
        told = subprocess.run(whole, cwd=self.var, env=environment(), capture_output=True, check=True, text=True)
        return told.stdout

    def numbers(self) -> set[str]:
        """The numbers of all cases, as `triage cases` lists them."""
        return {json.loads(line)["number"] for line in self.tell("cases", "--json", "--limit", "1000").splitlines()}


@pytest.fixture(scope="package")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    var = tmp_path_factory.mktemp("bot")
    for part in (
        "model",
        "keys",
    ):  # a model is used only with the keys that signed it; without, another is trained, for minutes
        if (ROOT / "var" / part).is_dir():
            shutil.copytree(ROOT / "var" / part, var / part)
    subprocess.run([TRIAGE, "train", "--if-needed", "--var", var], cwd=var, env=environment(), check=True)
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with running([TRIAGE, "serve", "--port", str(port), "--var", var], var, lambda _log: answers(f"{url}/readyz")):
        yield Bot(url, var)


@contextmanager
def playing(bot: Bot, folder: Path) -> Iterator[str]:
    """A Playground, with the people that the folder's configuration names, or its own."""
    assert PLAYGROUND.exists(), "the Playground is not installed: run tests/e2e/install"
    endpoint, port = f"{bot.url}/api/messages", str(free_port())
    command: list[str | Path] = [PLAYGROUND, "-e", endpoint, "-c", "msteams", "-p", port, "--disable-telemetry"]
    with running(command, folder, lambda log: "Listening on" in log) as log:
        listening = re.findall(r"Listening on (\d+)", log)[0]
        yield f"http://localhost:{listening}/"


@pytest.fixture
def playground(bot: Bot, tmp_path: Path) -> Iterator[str]:
    """A Playground of the test's own: a conversation outlives the page that shows it."""
    with playing(bot, tmp_path) as url:
        yield url


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    assert Path(CHROMIUM).exists(), "Chromium is not installed: run tests/e2e/install"
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield browser
        browser.close()


@contextmanager
def chatting(browser: Browser, playground: str, folder: Path) -> Iterator[Chat]:
    """A new conversation, with the bot's welcome on the screen. Its last sight is kept in the folder."""
    page = browser.new_page(viewport=WINDOW)
    page.set_default_timeout(PATIENCE_MS)
    page.route(re.compile(r"^https?://(?!localhost|127\.0\.0\.1)"), _stay_here)
    page.goto(playground, wait_until="domcontentloaded")
    chat = Chat(page)
    chat.sees("Triage")
    yield chat
    page.screenshot(path=folder / "end.png")
    page.close()


@pytest.fixture
def chat(browser: Browser, playground: str, tmp_path: Path) -> Iterator[Chat]:
    """A new conversation, with the bot's welcome on the screen. Its last sight is kept in the test's folder."""
    with chatting(browser, playground, tmp_path) as chat:
        yield chat


@pytest.fixture
def camera(tmp_path: Path) -> Camera:
    return Camera(Path(os.environ.get("SCREENSHOTS") or tmp_path))


def _stay_here(route: Route) -> None:
    """Fetch nothing from elsewhere; for the font of Teams, wanted from a CDN, stands in one that is much like it."""
    weight = re.search(r"segoeui-(regular|semibold|bold)\.woff2", route.request.url)
    font = FONTS / f"OpenSans-{weight.group(1).title()}.ttf" if weight else FONTS / "none"
    if font.exists():
        route.fulfill(path=font, headers={"Access-Control-Allow-Origin": "*"})
    else:
        route.abort()
