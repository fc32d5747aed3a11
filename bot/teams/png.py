"""As much of a PNG as an icon is judged by: its size, and whether it can be transparent."""

from __future__ import annotations

import struct
from dataclasses import dataclass

SIGNATURE = b"\x89PNG\r\n\x1a\n"
WITH_ALPHA = (4, 6)


@dataclass(frozen=True)
class Picture:
    """The header of a PNG."""

    width: int
    height: int
    transparent: bool


def picture_of(data: bytes) -> Picture | None:
    """The picture, or None if the bytes are no PNG."""
    if not data.startswith(SIGNATURE) or data[12:16] != b"IHDR" or len(data) < 33:
        return None
    width, height, _depth, colours = struct.unpack(">IIBB", data[16:26])
    return Picture(width, height, colours in WITH_ALPHA or b"tRNS" in data)
