"""Each card is what it was when somebody last looked at it, in both languages.

`UPDATE_SNAPSHOTS=1 pytest tests/dialogs/cards` writes `tests/snapshots` anew; look at the difference before it is committed.
"""

from __future__ import annotations

import difflib
import json
import os
from pathlib import Path

import pytest

from dialogs.words import LANGUAGES
from tests.dialogs.cards.gallery import GALLERY
from tests.dialogs.cards.scenes import scene

FOLDER = Path(__file__).resolve().parents[2] / "snapshots"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", GALLERY)
def test_a_card_looks_as_it_did(name: str, language: str) -> None:
    path = FOLDER / f"{name}.{language}.json"
    now = json.dumps(GALLERY[name](scene(language)), indent=2, ensure_ascii=False) + "\n"
    if os.environ.get("UPDATE_SNAPSHOTS") == "1":
        path.write_text(now, encoding="utf-8")
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    difference = difflib.unified_diff(before.splitlines(), now.splitlines(), path.name, "now", lineterm="", n=2)
    assert now == before, "UPDATE_SNAPSHOTS=1 accepts this:\n" + "\n".join(difference)


def test_no_snapshot_is_left_of_a_card_that_is_gone() -> None:
    known = {f"{name}.{language}.json" for name in GALLERY for language in LANGUAGES}
    assert {path.name for path in FOLDER.glob("*.json")} == known
