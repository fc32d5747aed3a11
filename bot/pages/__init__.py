"""The operators' pages: an application of its own below /operator, behind a door, without anybody else's scripts."""

from bot.pages.entra import Entra
from bot.pages.house import House
from bot.pages.identity import vouching
from bot.pages.place import operator_pages
from bot.pages.session import Seal, new_link, seal_from

__all__ = ["Entra", "House", "Seal", "new_link", "operator_pages", "seal_from", "vouching"]
