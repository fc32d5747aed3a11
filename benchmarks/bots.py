"""The bots under test, each in a process of its own that is new for every round."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

START_SECONDS = 60.0
ROOT = Path(__file__).resolve().parent.parent


class DidNotStart(Exception):
    """A bot ended or stayed silent before it served; the text is what it printed."""


@dataclass(frozen=True)
class Running:
    """A bot that serves: its address, and what its processes have used."""

    base_url: str
    process: psutil.Process

    @property
    def url(self) -> str:
        """Where messages are posted."""
        return f"{self.base_url}/api/messages"

    def cpu_seconds(self) -> float:
        """Processor time of the bot and its children until now."""
        return sum(sum(one.cpu_times()[:2]) for one in self._family())

    def resident_megabytes(self) -> float:
        """Memory of the bot and its children now."""
        return sum(float(one.memory_info().rss) for one in self._family()) / 1e6

    def _family(self) -> list[psutil.Process]:
        return [self.process, *self.process.children(recursive=True)]


@contextmanager
def triage(var: Path, profile: Path | None = None) -> Iterator[Running]:
    """The product: `triage serve` with the model and the keys of `var`, over a new SQLite file.

    With `profile` it writes there where its processor time goes.
    """
    with tempfile.TemporaryDirectory(prefix="bench-triage-") as folder:
        for part in ("model", "keys"):
            shutil.copytree(var / part, Path(folder) / part)
        port = _free_port()
        product = [str(Path(sys.executable).with_name("triage")), "serve", "--port", str(port), "--var", folder]
        profiled = [sys.executable, "-m", "benchmarks.profiled", str(port), folder, str(profile)]
        with _serving(profiled if profile else product, port, Path(folder)) as running:
            yield running


@contextmanager
def stock() -> Iterator[Running]:
    """The echo bot on the SDK's adapter."""
    with tempfile.TemporaryDirectory(prefix="bench-stock-") as folder:
        port = _free_port()
        with _serving([sys.executable, "-m", "benchmarks.stock", str(port)], port, Path(folder)) as running:
            yield running


@contextmanager
def _serving(command: Sequence[str], port: int, folder: Path) -> Iterator[Running]:
    """Start the command in its folder, away from any `.env`, wait until it listens, and stop it at the end."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("TRIAGE_")}
    with (folder / "printed").open("w+") as printed:
        process = subprocess.Popen(
            command, cwd=folder, env={**clean, "PYTHONPATH": str(ROOT)}, stdout=printed, stderr=subprocess.STDOUT
        )
        try:
            if not _listens(process, port):
                raise DidNotStart(f"{' '.join(command)}\n{(folder / 'printed').read_text()}")
            yield Running(f"http://127.0.0.1:{port}", psutil.Process(process.pid))
        finally:
            process.terminate()
            process.wait(START_SECONDS)


def _listens(process: subprocess.Popen[bytes], port: int) -> bool:
    give_up = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < give_up:
        with socket.socket() as attempt:
            if attempt.connect_ex(("127.0.0.1", port)) == 0:
                return True
        time.sleep(0.05)
    return False


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
