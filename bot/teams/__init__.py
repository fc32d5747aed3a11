"""The app that a Teams administrator uploads: its manifest, icons and languages in one package."""

from bot.teams.package import BadPackage, Package, make_package, read_package, write_package
from bot.teams.source import Listing
from bot.teams.validate import problems

__all__ = ["BadPackage", "Listing", "Package", "make_package", "problems", "read_package", "write_package"]
