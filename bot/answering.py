"""Lines in, answers out: in this process, or in several that read side by side while the order stays."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from typing import Any

from threadpoolctl import threadpool_limits

from bot.knowledge import read_knowledge
from bot.lines import Batch, text_of
from bot.models.keys import trust_of
from bot.settings import Settings
from classifier.files import load_model
from classifier.manifest import verified
from classifier.predict import Predictor
from dialogs.scene import Knowledge
from dialogs.values import Reading
from dialogs.weigh import weigh

Answer = dict[str, Any]
AHEAD = 4  # batches that wait for each process: enough to keep it busy, few enough to hold


class Answering:
    """The model that serves, with the rule book beside it. Raises what `load_model` and `read_knowledge` raise."""

    def __init__(self, settings: Settings) -> None:
        model, manifest = load_model(settings.model_folder, trust_of(settings))
        self.knowledge = read_knowledge(settings.data, manifest.thresholds)
        self._predictor = Predictor(model, manifest.version)

    def answer(self, lines: Sequence[str]) -> list[Answer]:
        """One answer for each line, in order."""
        with threadpool_limits(1):
            read = self._predictor.predict_many([text_of(line) for line in lines])
        return [classified(Reading(**vars(one)), self.knowledge) for one in read]


def classified(reading: Reading, knowledge: Knowledge) -> Answer:
    """The answer for programs; its keys are a contract."""
    proposal = weigh(reading, knowledge.thresholds, knowledge.rules)
    return {
        "category": proposal.category,
        "severity": proposal.severity.value if knowledge.rules.in_scope(proposal.category) else None,
        "confidence": round(proposal.confidence, 4),
        "decision": proposal.decision.value,
        "alternatives": [
            {"label": label, "probability": round(probability, 4)} for label, probability in proposal.alternatives
        ],
        "evidence": {"category": list(reading.words), "severity": dict(reading.cues)},
        "language": reading.language or None,
        "model": reading.model,
    }


def answered(settings: Settings, batches: Iterable[Batch], jobs: int) -> Iterator[tuple[Batch, list[Answer]]]:
    """Each batch with its answers, in order, read by so many processes; only a few batches are held at a time."""
    if jobs == 1:
        answering = Answering(settings)
        yield from ((batch, answering.answer(batch.lines)) for batch in batches)
        return
    verified(settings.model_folder, trust_of(settings))  # refused here, in one sentence, before any process starts
    processes = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, processes, initializer=_prepare, initargs=(settings,)) as pool:
        waiting: deque[tuple[Batch, Future[list[Answer]]]] = deque()
        try:
            for batch in batches:
                waiting.append((batch, pool.submit(_answer, batch.lines)))
                while len(waiting) >= AHEAD * jobs or (waiting and waiting[0][1].done()):
                    yield _next(waiting)
            while waiting:
                yield _next(waiting)
        finally:
            pool.shutdown(cancel_futures=True)


def _next(waiting: deque[tuple[Batch, Future[list[Answer]]]]) -> tuple[Batch, list[Answer]]:
    batch, future = waiting.popleft()
    return batch, future.result()


_here: list[Answering] = []  # in a process of the pool: its own copy of the model


def _prepare(settings: Settings) -> None:
    _here.append(Answering(settings))


def _answer(lines: Sequence[str]) -> list[Answer]:
    return _here[0].answer(lines)
