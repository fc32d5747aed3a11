"""A picture made small enough to stand in a message: what somebody sees before they take the file itself."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP")
MOST_PIXELS = 20_000_000  # of a large screen there are 15 million; a picture of more is not even opened
WIDTHS = (1024, 896, 768, 640, 560, 480, 400, 320)  # tried in turn: as large as fits
QUALITY = 60


def preview(path: Path, most: int) -> bytes | None:
    """A JPEG of at most so many bytes; None for what is no picture that we read, or is gone."""
    try:
        with Image.open(path, formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return None
            return _smaller(_flat(picture), most)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):  # what Pillow raises for what is broken
        return None


def _flat(picture: Image.Image) -> Image.Image:
    """The picture without transparency, on white: a JPEG has none."""
    picture.draft("RGB", (WIDTHS[0], WIDTHS[0]))
    whole = picture.convert("RGBA")
    white = Image.new("RGBA", whole.size, "white")
    return Image.alpha_composite(white, whole).convert("RGB")


def _smaller(picture: Image.Image, most: int) -> bytes | None:
    for width in WIDTHS:
        small = picture.copy()
        small.thumbnail((width, width))
        content = io.BytesIO()
        small.save(content, "JPEG", quality=QUALITY, optimize=True)
        if content.tell() <= most:
            return content.getvalue()
    return None
