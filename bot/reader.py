"""Who reads texts for the turn: a worker process beside a server, or this process itself for one person at a terminal.

The encoder computes for milliseconds, and in a thread it and the event loop wait for each other's interpreter lock; in a process of
its own it costs the loop a line in and a line out (`python -m benchmarks.turn`).
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import structlog

from classifier.prediction import Prediction
from dialogs.values import Reading

ANSWER_SECONDS = 10.0  # the channel delivers again after 15
START_SECONDS = 60.0
LINE_BYTES = 2**20  # a prediction repeats its text, and a text may be long

log = structlog.get_logger()


class CannotRead(Exception):
    """The worker did not answer; the turn is not recorded, and the person is told so."""


class Reader(Protocol):
    """Whatever makes a reading of a text."""

    async def start(self) -> None:
        """Be ready. Raises `CannotRead`."""
        ...

    async def read(self, text: str) -> Reading:
        """Read one text. Raises `CannotRead`."""
        ...

    async def close(self) -> None:
        """Let go of everything."""
        ...


class Predicts(Protocol):
    """A model in this process: `classifier.predict.Predictor`."""

    def predict(self, text: str) -> Prediction:
        """Read one text."""
        ...


class LocalReader:
    """Reads in this process, while nobody else waits."""

    def __init__(self, predictor: Predicts) -> None:
        self._predictor = predictor

    async def start(self) -> None:
        """The model is there already."""

    async def close(self) -> None:
        """There is nothing to let go of."""

    async def read(self, text: str) -> Reading:
        """Read one text."""
        return Reading(**vars(self._predictor.predict(text)))


@dataclass(frozen=True)
class _Worker:
    """A running worker process, and the two ends of its pipes."""

    process: asyncio.subprocess.Process
    questions: asyncio.StreamWriter
    answers: asyncio.StreamReader


class WorkerReader:
    """Reads in a worker process, which is started anew if it dies; answers come in the order of the questions."""

    def __init__(self, model_folder: Path) -> None:
        self._command = [sys.executable, "-m", "classifier.worker", str(model_folder)]
        self._worker: _Worker | None = None
        self._listener: asyncio.Task[None] | None = None
        self._waiting: deque[asyncio.Future[bytes]] = deque()
        self._starting = asyncio.Lock()

    async def start(self) -> None:
        """Start the worker, if none runs, and wait until it serves. Raises `CannotRead` when it does not."""
        await self._running()

    async def close(self) -> None:
        """End the worker."""
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.questions.close()
            await _ended(worker.process)
        if self._listener is not None:
            await self._listener

    async def read(self, text: str) -> Reading:
        """Read one text; once more if the worker died over it. Raises `CannotRead`."""
        try:
            return await self._ask(text)
        except CannotRead:
            log.warning("classifier_restarted")
            return await self._ask(text)

    async def _ask(self, text: str) -> Reading:
        worker = await self._running()
        answer: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self._waiting.append(answer)
        worker.questions.write(json.dumps(text).encode() + b"\n")
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                stored = json.loads(await answer)
        except TimeoutError:
            worker.process.kill()
            raise CannotRead("the classifier's process does not answer") from None
        return Reading(**{**stored, "words": tuple(stored["words"])})

    async def _running(self) -> _Worker:
        async with self._starting:
            if self._worker is None:
                self._worker = await _started(self._command)
                self._listener = asyncio.create_task(self._listen(self._worker))
            return self._worker

    async def _listen(self, worker: _Worker) -> None:
        """Hand each line to whoever waits longest; at the end of the worker, tell all who wait."""
        while line := await worker.answers.readline():
            waiting = self._waiting.popleft()
            if not waiting.done():
                waiting.set_result(line)
        self._worker = None
        while self._waiting:
            waiting = self._waiting.popleft()
            if not waiting.done():
                waiting.set_exception(CannotRead("the classifier's process ended"))


async def _started(command: Sequence[str]) -> _Worker:
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe, limit=LINE_BYTES)
    if process.stdin is None or process.stdout is None:
        raise CannotRead("the classifier's process has no pipes")
    try:
        async with asyncio.timeout(START_SECONDS):
            ready = await process.stdout.readline()
    except TimeoutError:
        process.kill()
        ready = b""
    if not ready:
        raise CannotRead("the classifier's process did not start")
    return _Worker(process, process.stdin, process.stdout)


async def _ended(process: asyncio.subprocess.Process) -> None:
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            await process.wait()
    except TimeoutError:
        process.kill()
