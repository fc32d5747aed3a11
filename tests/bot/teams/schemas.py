"""Microsoft's published schemas of the app package, from the npm package that carries them: fetched once, checked by its digest."""

from __future__ import annotations

import base64
import hashlib
import json
import subprocess
import tarfile
from pathlib import Path
from typing import Any

from bot.teams.manifest import SCHEMA_VERSION

PACKAGE = "@microsoft/app-manifest@1.1.2"
SHA512 = "uXdmYzhIcchi3Tc9Sh3pTDMe55zy7ge19bnYCGB1gzuyha85Ii7wfdTruwEhqseaX9pwsWDRB5Ot/ltv0rCONw=="
FOLDER = f"package/build/json-schemas/teams/v{SCHEMA_VERSION}"
NAMES = ("MicrosoftTeams.schema.json", "MicrosoftTeams.Localization.schema.json")


def published(cache: Path) -> dict[str, Any]:
    """The schemas of the manifest's version, by name; kept in `cache` between runs."""
    kept = cache / f"{hashlib.sha256((SHA512 + SCHEMA_VERSION).encode()).hexdigest()[:16]}"
    if not all((kept / name).exists() for name in NAMES):
        kept.mkdir(parents=True, exist_ok=True)
        _fetch(kept)
    return {name: json.loads((kept / name).read_text(encoding="utf-8")) for name in NAMES}


def _fetch(folder: Path) -> None:
    command = ["npm", "pack", PACKAGE, "--silent", "--pack-destination", str(folder)]
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=True)
    except FileNotFoundError:
        raise AssertionError(
            "npm is needed to compare the app package with Microsoft's schema; install Node.js"
        ) from None
    except subprocess.CalledProcessError as failed:
        raise AssertionError(f"npm cannot fetch {PACKAGE}: {failed.stderr}") from None
    tarball = folder / done.stdout.strip().splitlines()[-1]
    digest = base64.b64encode(hashlib.sha512(tarball.read_bytes()).digest()).decode()
    assert digest == SHA512, f"{PACKAGE} is not the package that was pinned"
    with tarfile.open(tarball) as archive:
        for name in NAMES:
            member = archive.extractfile(f"{FOLDER}/{name}")
            assert member is not None
            (folder / name).write_bytes(member.read())
    tarball.unlink()
