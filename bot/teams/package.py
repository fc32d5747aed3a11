"""The package: a zip of the manifest, two icons, and a file for each further language."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

from bot.teams.manifest import COLOR, OUTLINE, localised, manifest
from bot.teams.source import Listing, load_app
from dialogs.words import LANGUAGES, Words

MANIFEST = "manifest.json"
LARGEST = 10_000_000  # bytes of one file that is read from somebody's package
MOMENT = (2020, 1, 1, 0, 0, 0)  # the same package twice is the same file

Package = Mapping[str, bytes]


class BadPackage(Exception):
    """A package that Teams would refuse: one line for each thing that is wrong."""


def make_package(data: Path, words: Words, listing: Listing) -> Package:
    """The files of the package by name. Raises `CannotStart` if the data folder's part of it cannot be read."""
    folder = data / "teams"
    app = load_app(folder / "app.toml")
    first, *others = (manifest(app, listing, words.voice(language)) for language in LANGUAGES)
    translated = zip(LANGUAGES[1:], others, strict=True)
    return {
        MANIFEST: _json(first),
        **{f"{language}.json": _json(localised(made)) for language, made in translated},
        **{name: (folder / name).read_bytes() for name in (COLOR, OUTLINE)},
    }


def write_package(package: Package, path: Path) -> None:
    """Write the zip."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in package.items():
            archive.writestr(zipfile.ZipInfo(name, MOMENT), content, zipfile.ZIP_DEFLATED)


def read_package(path: Path) -> Package:
    """The files of a zip. Raises `BadPackage` if it is none, or one that nobody should unpack."""
    try:
        with zipfile.ZipFile(path) as archive:
            large = [one.filename for one in archive.infolist() if one.file_size > LARGEST]
            if large:
                raise BadPackage(f"{path}: {large[0]} is too large for an app package")
            return {one.filename: archive.read(one) for one in archive.infolist() if not one.is_dir()}
    except (OSError, zipfile.BadZipFile) as broken:
        raise BadPackage(f"{path}: {broken}") from None


def _json(value: object) -> bytes:
    return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode()
