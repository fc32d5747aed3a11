"""Programs that run beside a test: started, waited for, and stopped with all their children."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

START_SECONDS = 60
STOP_SECONDS = 30


def environment() -> dict[str, str]:
    """This process's environment, without the settings of the bot that a developer may have made, and without a browser to open."""
    return {name: value for name, value in os.environ.items() if not name.startswith("TRIAGE_")} | {"BROWSER": "none"}


@contextmanager
def running(command: Sequence[str | Path], folder: Path, ready: Callable[[str], bool]) -> Iterator[str]:
    """Run a program in `folder` until the block ends; yield what it has printed when it is `ready`, which that text is given to judge."""
    log = folder / f"{Path(command[0]).name}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        deadline = time.monotonic() + START_SECONDS
        while not ready(log.read_text()):
            assert process.poll() is None, f"{command[0]} ended with {process.returncode}:\n{log.read_text()}"
            assert time.monotonic() < deadline, f"{command[0]} is not ready after {START_SECONDS} s:\n{log.read_text()}"
            time.sleep(0.05)
        yield log.read_text()
    finally:
        stop(process)


def stop(process: subprocess.Popen[bytes]) -> None:
    """Ask the program and its children to end; make them if they do not."""
    if process.poll() is not None:
        return
    os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def read(url: str) -> str:
    """What is found at this address. Raises `OSError` when there is nobody, or no success."""
    with urlopen(url, timeout=5) as answer:
        return str(answer.read().decode())


def answers(url: str) -> bool:
    """Whether something is there that answers with success."""
    try:
        read(url)
    except OSError:
        return False
    return True
