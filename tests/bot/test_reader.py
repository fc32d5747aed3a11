"""The worker that reads texts: as the model in this process reads them, in order, and again after it died."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.reader import CannotRead, LocalReader, WorkerReader
from classifier.predict import Predictor

TEXTS = [
    "nobody can open SharePoint",
    "",
    "😀",
    "le wifi est lent\nsur tous les sites",
    "\ud800",
    "a" * 10_000,
    '"quoted"',
    "{}",
]


@pytest.fixture
async def reader(model_folder: Path) -> AsyncIterator[WorkerReader]:
    worker = WorkerReader(model_folder)
    await worker.start()
    yield worker
    await worker.close()


async def test_the_worker_reads_what_this_process_reads(reader: WorkerReader, classifier: Predictor) -> None:
    here = LocalReader(classifier)

    for text in TEXTS:
        there, expected = await reader.read(text), await here.read(text)
        assert there.categories == pytest.approx(expected.categories, abs=1e-6)
        assert (there.text, there.words, there.cues, there.language) == (
            expected.text,
            expected.words,
            expected.cues,
            expected.language,
        )


async def test_many_texts_at_once_each_get_their_own_answer(reader: WorkerReader) -> None:
    texts = [f"Outlook crashes, report {number}" for number in range(200)]

    readings = await asyncio.gather(*(reader.read(text) for text in texts))

    assert [reading.text for reading in readings] == texts


async def test_a_worker_that_dies_is_started_anew_and_nobody_notices(reader: WorkerReader) -> None:
    assert reader._worker is not None
    reading = asyncio.gather(*(reader.read("nobody can open SharePoint") for _ in range(5)))
    reader._worker._process.kill()

    assert {one.text for one in await reading} == {"nobody can open SharePoint"}


async def test_a_worker_without_a_model_is_said_not_to_start(tmp_path: Path) -> None:
    with pytest.raises(CannotRead, match="did not start"):
        await WorkerReader(tmp_path).start()
