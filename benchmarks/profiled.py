"""`triage serve` with the sampler inside: what `benchmarks.turn --profile` starts."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.sampler import Sampler
from bot.serve import run
from bot.settings import read_settings


def main(port: int, var: Path, report: Path) -> None:
    """Serve until a signal comes; SIGUSR1 begins the profile, and SIGUSR1 again writes it."""
    Sampler(report).install()
    run(read_settings(port=port, var=var), playground=False)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))
