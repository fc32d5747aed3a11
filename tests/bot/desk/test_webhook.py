"""A webhook is signed, small, known by its id when it comes again, and goes nowhere that it should not."""

from __future__ import annotations

import base64
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp import web
from standardwebhooks.webhooks import Webhook

from bot.desk.contract import Closed, TryLater, Undeliverable, Unwanted
from bot.desk.web import Web
from bot.desk.webhook import WebhookDesk
from tests.bot.desk.contract import DeskContract
from tests.bot.desk.places import PICTURE, case_of, handover, opened
from tests.fakes.server import serving

SECRET = "whsec_" + base64.b64encode(b"0" * 32).decode()
NEXT = "whsec_" + base64.b64encode(b"1" * 32).decode()


def now() -> datetime:
    return datetime.now(UTC)


@dataclass
class Receiver:
    """The other side: it checks signatures with the standard's own library, and passes over an id that it has."""

    desk: WebhookDesk = field(init=False)
    taken: dict[str, dict[str, Any]] = field(default_factory=dict)
    sizes: list[int] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    status: int = 204
    answer: dict[str, str] = field(default_factory=dict)
    lost: bool = False
    away: bool = False

    async def receive(self, request: web.Request) -> web.Response:
        body = await request.read()
        said = Webhook(SECRET).verify(body, dict(request.headers))
        self.headers.append(dict(request.headers))
        if self.away and request.transport is not None:
            request.transport.abort()
        if self.status < 300:
            self.sizes.append(len(body))
            if said["type"] != "test":
                self.taken.setdefault(request.headers["webhook-id"], said)
        if self.lost and request.transport is not None:
            self.lost = False
            request.transport.abort()
        return web.Response(status=self.status, headers=self.answer)

    async def threads(self) -> list[list[str]]:
        threads: dict[str, list[str]] = {}
        for said in self.taken.values():
            threads.setdefault(said["data"]["case"]["number"], []).append(json.dumps(said, ensure_ascii=False))
        return list(threads.values())

    async def lose_a_reply(self) -> None:
        self.lost = True

    async def refuse(self) -> None:
        self.status = 403

    async def go_away(self) -> None:
        self.away = True


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    app, outside, made = web.Application(), Web(["127.0.0.1"]), Receiver()
    app.router.add_post("/hook", made.receive)
    async with serving(app) as url:
        made.desk = WebhookDesk(url + "/hook", [SECRET, NEXT], outside, now)
        yield made
    await outside.close()


class TestWebhook(DeskContract):
    @pytest.fixture
    async def place(self, receiver: Receiver) -> Receiver:
        return receiver


async def test_it_is_signed_with_every_secret_while_one_takes_the_place_of_another(receiver: Receiver) -> None:
    await receiver.desk.deliver(handover(case_of(), opened(case_of())), "")

    [headers] = receiver.headers
    assert len(headers["webhook-signature"].split()) == 2
    assert headers["webhook-id"] == "T-222-2222-0-opened-desk"


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (301, TryLater),
        (400, TryLater),
        (403, Undeliverable),
        (404, TryLater),
        (410, Closed),
        (413, Unwanted),
        (422, Unwanted),
        (429, TryLater),
        (503, TryLater),
    ],
)
async def test_what_an_answer_means(receiver: Receiver, status: int, error: type[Exception]) -> None:
    receiver.status = status
    receiver.answer = {"Location": "/elsewhere"} if status == 301 else {}
    with pytest.raises(error) as refusal:
        await receiver.desk.deliver(handover(case_of(), opened(case_of())), "")
    assert type(refusal.value) is error


@pytest.mark.parametrize(("asked", "seconds"), [("120", 120.0), ("soon", None), ("inf", None)])
async def test_how_long_to_wait_is_handed_on(receiver: Receiver, asked: str, seconds: float | None) -> None:
    receiver.status, receiver.answer = 429, {"Retry-After": asked}
    with pytest.raises(TryLater) as later:
        await receiver.desk.deliver(handover(case_of(), opened(case_of())), "")
    assert later.value.after == seconds


async def test_however_much_was_written_it_stays_below_twenty_kilobytes(receiver: Receiver) -> None:
    case = case_of(description="é\U0001f600" * 20_000)
    packet = replace(case.packet, tried="ü" * 4_000, affected="ß" * 4_000)  # type: ignore[type-var]
    await receiver.desk.deliver(handover(replace(case, packet=packet), opened(case)), "")
    assert receiver.sizes[0] < 20_000


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/hook",
        "https://127.0.0.1/hook",
        "https://169.254.169.254/latest",
        "https://[::1]/hook",
        "https://user@example.com/hook",
        "https://localhost/hook",
        "ftp://example.com/hook",
        "https:///hook",
    ],
)
async def test_it_goes_nowhere_inside_our_own_network(url: str) -> None:
    web_ = Web()
    desk = WebhookDesk(url, [SECRET], web_, now)
    with pytest.raises(Undeliverable):
        await desk.deliver(handover(case_of(), opened(case_of())), "")
    await web_.close()


async def test_files_are_named(receiver: Receiver) -> None:
    await receiver.desk.deliver(replace(handover(case_of(), opened(case_of())), files=(PICTURE,)), "")

    [said] = receiver.taken.values()
    assert said["data"]["files"] == [{"name": PICTURE.name, "type": "image/png", "size": 12}]
