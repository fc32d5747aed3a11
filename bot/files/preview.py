"""A picture made small enough to stand in a message: what somebody sees before they take the file itself."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image
from PIL.ExifTags import Base
from PIL.Image import Transpose

FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP")
MOST_PIXELS = 20_000_000  # of a large screen there are 15 million; a picture of more is not even opened
SCAN, MOST_SCANS = b"\xff\xda", 300  # a camera's JPEG has 1 to 12; each costs as much as the whole picture, in 30 bytes
WIDTHS = (1024, 896, 768, 640, 560, 480, 400, 320)  # tried in turn: as large as fits
QUALITY = 60
# How a camera was held, and what sets its picture upright. Pillow's own `exif_transpose` fails where anything else in EXIF is odd.
TURNS: dict[object, Transpose] = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}


def preview(path: Path, most: int) -> bytes | None:
    """A JPEG of at most so many bytes, with nothing but the picture in it; None for what is no picture that we read, or is gone."""
    try:
        with Image.open(path, formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS or _is_endless(picture, path):
                return None
            return _smaller(_flat(_upright(picture)), most)
    except Exception:  # noqa: BLE001 - whatever Pillow makes of what is broken: the message has to go, if need be without
        return None


def _is_endless(picture: Image.Image, path: Path) -> bool:
    """Whether it is a JPEG of so many scans that it would keep the machine busy for hours."""
    return picture.format in ("JPEG", "MPO") and path.read_bytes().count(SCAN) > MOST_SCANS


def _upright(picture: Image.Image) -> Image.Image:
    """The picture as large as it is shown at most, in colours of 8 bits, and turned as its camera was held."""
    picture.draft("RGB", (WIDTHS[0], WIDTHS[0]))
    if picture.mode.startswith("I"):  # 16 bits of grey, which Pillow would cut off at the 8th
        picture = picture.point(lambda level: level / 256).convert("L")
    whole = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    whole.thumbnail((WIDTHS[0], WIDTHS[0]))
    turn = TURNS.get(whole.getexif().get(Base.Orientation))
    return whole if turn is None else whole.transpose(turn)


def _flat(picture: Image.Image) -> Image.Image:
    """The picture without transparency, on white: a JPEG has none."""
    white = Image.new("RGBA", picture.size, "white")
    return Image.alpha_composite(white, picture.convert("RGBA")).convert("RGB")


def _smaller(picture: Image.Image, most: int) -> bytes | None:
    for width in WIDTHS:
        small = picture.copy()
        small.thumbnail((width, width))
        content = io.BytesIO()
        small.save(content, "JPEG", quality=QUALITY, optimize=True)
        if content.tell() <= most:
            return content.getvalue()
    return None
