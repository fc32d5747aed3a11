"""A file that somebody sent along: what is known of it. Where its bytes are is the edge's business."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class File:
    """A file that is kept. `id` is this sending of it, `sha256` its bytes, `kind` what they are (a media type), `size` how many."""

    id: str
    name: str
    kind: str
    size: int
    sha256: str
