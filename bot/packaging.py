"""`triage teams`: the app package from the settings and the message catalogue, checked before it is written."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from urllib.parse import urlsplit

import typer

from bot.errors import CannotStart
from bot.settings import PREFIX, Settings
from bot.teams import BadPackage, Listing, Package, make_package, problems, read_package, write_package
from dialogs.words import load_words

NEEDED = ("app_id", "public_url")


def package(settings: Settings, out: Path) -> None:
    """Write the package. Raises `CannotStart` where a setting is missing, `BadPackage` where Teams would refuse the result."""
    made = make_package(settings.data, load_words(settings.data / "words"), listing_of(settings))
    _refuse(made, out)
    write_package(made, out)
    typer.echo(f"{out}: {', '.join(made)}. Upload it in the Teams admin center, under Manage apps.")
    for name in ("teams_privacy", "teams_terms", "teams_website"):
        if not getattr(settings, name):
            typer.echo(f"{PREFIX}{name.upper()} is not set: the app names {settings.public_url} instead.", err=True)


def check_package(path: Path) -> None:
    """Judge a package. Raises `BadPackage` with all that is wrong."""
    _refuse(read_package(path), path)
    typer.echo(f"{path}: nothing that Teams would refuse")


def listing_of(settings: Settings) -> Listing:
    """The app of this installation. Raises `CannotStart` naming each setting that is missing."""
    missing = [f"{PREFIX}{name.upper()}" for name in NEEDED if not getattr(settings, name)]
    if missing:
        described = "; ".join(f"{PREFIX}{name.upper()}: {Settings.model_fields[name].description}" for name in NEEDED)
        raise CannotStart(f"the app package needs {' and '.join(missing)} ({described})")
    host = urlsplit(settings.public_url).hostname or ""
    return Listing(
        id=(settings.teams_app_id or settings.app_id).lower(),
        bot=settings.app_id.lower(),
        version=settings.teams_version or version("triage"),
        developer=settings.teams_developer,
        website=settings.teams_website or settings.public_url,
        privacy=settings.teams_privacy or settings.public_url,
        terms=settings.teams_terms or settings.public_url,
        domains=tuple(dict.fromkeys([host, *settings.teams_domains])),
        resource=settings.teams_resource,
    )


def _refuse(made: Package, where: Path) -> None:
    wrong = problems(made)
    if wrong:
        raise BadPackage("\n".join(f"{where}: {one}" for one in wrong))
