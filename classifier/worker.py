"""A process that reads texts: one JSON string a line in, one prediction (a JSON object) a line out, in order;
what waits is read together.

`python -m classifier.worker MODEL_FOLDER [PUBLIC_KEY …]`: with keys, only a model signed by one of them is opened. Its first line
says which model it serves. It ends with its standard input.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from classifier.errors import ModelRejected

CHUNK = 2**16  # bytes read at once: more texts than anybody has waiting


WARM = "bonjour, hello, Outlook, Teams"  # in no language plainly: its tables are loaded now, not while the first person waits


def main() -> int:
    """Serve until the input ends."""
    from classifier.files import load_model  # noqa: PLC0415 - a refusal is quicker without numpy
    from classifier.predict import Predictor  # noqa: PLC0415
    from classifier.signing import Trust, key_from  # noqa: PLC0415

    folder, *keys = sys.argv[1:]
    try:
        model, manifest = load_model(Path(folder), Trust(tuple(map(key_from, keys))) if keys else None)
    except ModelRejected as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    predictor = Predictor(model, manifest.version)
    if predictor.failure:
        sys.stderr.write(f"{predictor.failure}; words alone are read\n")
    predictor.predict(WARM)
    sys.stdout.write(json.dumps({"ready": manifest.version}) + "\n")
    sys.stdout.flush()
    for lines in _waiting():
        predictions = predictor.predict_many([json.loads(line) for line in lines])
        sys.stdout.write("".join(json.dumps(vars(one)) + "\n" for one in predictions))
        sys.stdout.flush()
    return 0


def _waiting() -> Iterator[list[bytes]]:
    """All whole lines that have come by now, again and again until the input ends."""
    begun = b""
    while piece := os.read(sys.stdin.fileno(), CHUNK):
        *lines, begun = (begun + piece).split(b"\n")
        if lines:
            yield lines


if __name__ == "__main__":
    sys.exit(main())
