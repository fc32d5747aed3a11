"""Is it alive, is it ready, what has it counted: three pages for whoever looks after the process."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from bot.metrics import Metrics
from bot.store import SqlStore, Unavailable
from bot.store.lists import DeskCount


def health_routes(store: SqlStore, metrics: Metrics, model: str) -> list[web.RouteDef]:
    """`/healthz` never touches the database; `/readyz` does; `/metrics` is for Prometheus."""

    async def healthz(_request: web.Request) -> web.Response:
        return web.json_response({"status": "alive"})

    async def readyz(_request: web.Request) -> web.Response:
        try:
            await store.ping()
        except Unavailable:
            return web.json_response({"status": "database away"}, status=503)
        return web.json_response({"status": "ready", "model": model})

    async def metrics_page(_request: web.Request) -> web.Response:
        with suppress(Unavailable):
            _count(metrics, await store.outbox_view.counts())
        return web.Response(body=generate_latest(metrics.registry), headers={"Content-Type": CONTENT_TYPE_LATEST})

    return [web.get("/healthz", healthz), web.get("/readyz", readyz), web.get("/metrics", metrics_page)]


def _count(metrics: Metrics, counts: Iterable[DeskCount]) -> None:
    """How the outbox stands now; a desk for which nothing waits any more stands at nought."""
    for gauge in (metrics.waiting, metrics.dead, metrics.oldest):
        gauge.clear()
    for one in counts:
        metrics.waiting.labels(one.desk).set(one.waiting)
        metrics.dead.labels(one.desk).set(one.dead)
        age = (datetime.now(UTC) - one.oldest).total_seconds() if one.oldest else 0
        metrics.oldest.labels(one.desk).set(max(age, 0))
