"""Who reads texts for the turn: a worker process beside a server, or this process itself for one person at a terminal.

The encoder computes for milliseconds, and in a thread it and the event loop wait for each other's interpreter lock; in a process of
its own it costs the loop a line in and a line out (`python -m benchmarks.turn`).
"""

from __future__ import annotations

import asyncio
import json
import shutil
import sys
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Protocol

import structlog

from classifier.prediction import Prediction
from classifier.signing import Trust, key_words
from dialogs.values import Reading

ANSWER_SECONDS = 10.0  # the channel delivers again after 15
START_SECONDS = 60.0
LOW = 10  # of 19: how much a reader with time steps back
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


class _Worker:
    """One worker process: what was asked and not answered yet, and whoever listens to it."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdin is not None  # noqa: S101 - both were asked for
        assert process.stdout is not None  # noqa: S101
        self._process = process
        self._questions, self._answers = process.stdin, process.stdout
        self._waiting: deque[asyncio.Future[bytes]] = deque()
        self._listener = asyncio.create_task(self._listen())

    @classmethod
    async def start(cls, command: Sequence[str]) -> _Worker:
        """Start a process and wait until it serves. Raises `CannotRead`; then nothing of it is left behind."""
        pipe = asyncio.subprocess.PIPE
        worker = cls(await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe, limit=LINE_BYTES))
        try:
            async with asyncio.timeout(START_SECONDS):
                await worker._next_line()
        except (TimeoutError, CannotRead):
            await worker.close()
            raise CannotRead("the classifier's process did not start") from None
        return worker

    @property
    def serves(self) -> bool:
        """Whether an answer may still come."""
        return not self._listener.done()

    async def ask(self, text: str) -> bytes:
        """The answer to one question. Raises `CannotRead`, and lets the worker go, when none comes."""
        try:
            self._questions.write(json.dumps(text).encode() + b"\n")
            async with asyncio.timeout(ANSWER_SECONDS):
                return await self._next_line()
        except TimeoutError:
            self.kill()
            raise CannotRead("the classifier's process does not answer") from None

    def kill(self) -> None:
        """End it without a word; whoever waits is told, and nobody asks it again."""
        self._listener.cancel()
        with suppress(ProcessLookupError):
            self._process.kill()

    async def close(self) -> None:
        """Let it end by itself, or end it; return when it is gone."""
        self._questions.close()
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                await self._process.wait()
        except TimeoutError:
            self.kill()
            await self._process.wait()
        await asyncio.wait([self._listener])

    async def _next_line(self) -> bytes:
        answer: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self._waiting.append(answer)
        if not self.serves:
            self._tell_all()
        return await answer

    async def _listen(self) -> None:
        """Hand each line to whoever waits longest; at the end of the worker, tell all who wait."""
        try:
            while line := await self._answers.readline():
                waiting = self._waiting.popleft()
                if not waiting.done():
                    waiting.set_result(line)
        finally:
            self._tell_all()

    def _tell_all(self) -> None:
        while self._waiting:
            waiting = self._waiting.popleft()
            if not waiting.done():
                waiting.set_exception(CannotRead("the classifier's process ended"))


class WorkerReader:
    """Reads in a worker process, which is started anew if it dies; answers come in the order of the questions.

    The process opens the model only if it is signed by one of the keys of `trust` (None: whoever made it). `low` lets every
    other process go first.
    """

    def __init__(self, model_folder: Path, trust: Trust | None = None, *, low: bool = False) -> None:
        keys = map(key_words, trust.keys) if trust else ()
        nice = ("nice", "-n", str(LOW)) if low and shutil.which("nice") else ()
        self._command = [*nice, sys.executable, "-m", "classifier.worker", str(model_folder), *keys]
        self._worker: _Worker | None = None
        self._dead: set[asyncio.Task[None]] = set()
        self._starting = asyncio.Lock()

    async def start(self) -> None:
        """Start the worker, if none runs, and wait until it serves. Raises `CannotRead` when it does not."""
        await self._serving()

    async def close(self) -> None:
        """End the worker, and see those out that ended before."""
        worker, self._worker = self._worker, None
        if worker is not None:
            await worker.close()
        if self._dead:
            await asyncio.wait(self._dead)

    async def read(self, text: str) -> Reading:
        """Read one text; once more if the worker died over it. Raises `CannotRead`."""
        try:
            return await self._ask(text)
        except CannotRead:
            log.warning("classifier_restarted")
            return await self._ask(text)

    async def _ask(self, text: str) -> Reading:
        stored = json.loads(await (await self._serving()).ask(text))
        return Reading(**{**stored, "words": tuple(stored["words"]), "choices": tuple(stored["choices"])})

    async def _serving(self) -> _Worker:
        async with self._starting:
            if self._worker is not None and not self._worker.serves:
                burial = asyncio.create_task(self._worker.close())
                self._dead.add(burial)
                burial.add_done_callback(self._dead.discard)
                self._worker = None
            if self._worker is None:
                self._worker = await _Worker.start(self._command)
            return self._worker
