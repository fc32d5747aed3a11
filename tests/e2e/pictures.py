"""Pictures of the chat, for the README and for whoever judges the cards: without the window around them."""

from __future__ import annotations

from pathlib import Path

from tests.e2e.chat import Chat

EDGE = 4  # where the shadow of the message before ends
MARGIN = 12
LIMIT_BYTES = 200_000


class Camera:
    """Takes pictures into a folder."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder

    def take(self, chat: Chat, name: str) -> None:
        """Take the last message of the person, and the answer."""
        chat.tidy()
        asked, answer = chat.messages.nth(-2).bounding_box(), chat.messages.last.bounding_box()
        assert asked
        assert answer
        top, bottom = asked["y"] + EDGE, answer["y"] + answer["height"] + MARGIN
        clip = asked | {"y": top, "height": bottom - top}
        self._keep(name, chat.page.screenshot(clip=clip))

    def take_card(self, chat: Chat, name: str) -> None:
        """Take the last card alone."""
        chat.tidy()
        self._keep(name, chat.card.screenshot())

    def _keep(self, name: str, picture: bytes) -> None:
        assert len(picture) < LIMIT_BYTES, f"{name} is too large for a README"
        (self.folder / f"{name}.png").write_bytes(picture)
