"""Is it alive, is it ready, what has it counted: three pages for whoever looks after the process."""

from __future__ import annotations

from collections.abc import Callable

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from bot.metrics import Metrics
from bot.store import SqlStore, Unavailable


def health_routes(store: SqlStore, metrics: Metrics, model: Callable[[], str]) -> list[web.RouteDef]:
    """`/healthz` never touches the database; `/readyz` does; `/metrics` is for Prometheus. `model` is asked which one serves."""

    async def healthz(_request: web.Request) -> web.Response:
        return web.json_response({"status": "alive"})

    async def readyz(_request: web.Request) -> web.Response:
        try:
            await store.ping()
        except Unavailable:
            return web.json_response({"status": "database away"}, status=503)
        return web.json_response({"status": "ready", "model": model()})

    async def metrics_page(_request: web.Request) -> web.Response:
        return web.Response(body=generate_latest(metrics.registry), headers={"Content-Type": CONTENT_TYPE_LATEST})

    return [web.get("/healthz", healthz), web.get("/readyz", readyz), web.get("/metrics", metrics_page)]
