"""Meanings of texts that were encoded before, by the hash of what the encoder reads of them: a second training is quicker.

Only what the last training used is kept, so that what is forgotten there is forgotten here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Encode = Callable[[Sequence[str]], Floats]


class Memory:
    """Vectors by text, and which of them were asked for."""

    def __init__(self, known: dict[str, Floats] | None = None) -> None:
        self._known = dict(known or {})
        self._used: set[str] = set()

    def encode(self, texts: Sequence[str], encode: Encode) -> Floats:
        """A row for each text, encoding only those that are new."""
        keys = [hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() for text in texts]
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._known}
        if new:
            self._known |= dict(zip(new, encode(list(new.values())), strict=True))
        self._used |= set(keys)
        return np.array([self._known[key] for key in keys], dtype=np.float32)

    def save(self, path: Path) -> None:
        """Keep what was used, and nothing else."""
        used = sorted(self._used)
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(".new.npz")
        np.savez(
            beside, keys=np.array(used, dtype="U64"), rows=np.array([self._known[key] for key in used], np.float32)
        )
        beside.replace(path)


def load_memory(path: Path) -> Memory:
    """What was kept; an empty one where there is nothing, or nothing that can be read."""
    try:
        with np.load(path, allow_pickle=False) as stored:
            return Memory(dict(zip(stored["keys"].tolist(), stored["rows"], strict=True)))
    except (OSError, ValueError, KeyError, EOFError):
        return Memory()


_remembered: ContextVar[Memory | None] = ContextVar("memory", default=None)


@contextmanager
def remembering(memory: Memory) -> Iterator[None]:
    """Within this block texts that were encoded before are not encoded again."""
    token = _remembered.set(memory)
    try:
        yield
    finally:
        _remembered.reset(token)


def encoded(texts: Sequence[str], encode: Encode) -> Floats:
    """Encode texts, or remember them within `remembering`."""
    memory = _remembered.get()
    return encode(texts) if memory is None else memory.encode(texts, encode)
