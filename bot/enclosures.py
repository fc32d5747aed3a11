"""Files that came with a mail are taken in as those of a chat are: sniffed, bounded, and kept by the hash of their bytes."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

from bot.desk.letter import Enclosed
from bot.envelope import Offer
from bot.files.filing import Filing
from bot.files.rules import FileRules
from bot.files.shelf import Shelf
from dialogs.values import Lost
from handoff.file import File


class Enclosures:
    """Keeps what is enclosed."""

    def __init__(self, shelf: Shelf, rules: FileRules) -> None:
        self._shelf = shelf
        self._rules = rules

    async def keep(self, enclosed: Sequence[Enclosed]) -> tuple[tuple[File, ...], tuple[Lost, ...]]:
        """Those that are kept, and those that are not with the reason. Nothing is raised."""
        offers = [Offer(one.name, str(place), ours=True) for place, one in enumerate(enclosed)]
        return await Filing(_Opened(enclosed), self._shelf, self._rules).take(offers, group=False)


class _Opened:
    """A mail whose files lie open: an offer's address is the place of the file in it."""

    def __init__(self, enclosed: Sequence[Enclosed]) -> None:
        self._enclosed = enclosed

    async def stream(self, offer: Offer) -> AsyncIterator[bytes]:
        """All of the file, at once."""
        yield self._enclosed[int(offer.url)].content
