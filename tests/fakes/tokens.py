"""Who asks for an access token at the door of a mail server, and the login service where it comes from."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from tests.bot.channel.login import FakeLogin

USER = "triage@example.com"
SECRET = "a secret of the app"
CHALLENGE = b'{"status":"401","schemes":"bearer","scope":"https://outlook.office365.com/"}'
SHOWN = re.compile(rb"user=([^\x01]*)\x01auth=Bearer ([^\x01]*)\x01\x01")


@dataclass
class Doorman:
    """Lets in who shows one of the `good` tokens; `shown` are all that were, `answers` what was said to the question after a refusal.

    One that does not `ask` refuses without a question, as Exchange is said to do.
    """

    good: set[str] = field(default_factory=set)
    shown: list[str] = field(default_factory=list)
    answers: list[bytes] = field(default_factory=list)
    ask: bool = True
    refusal: str = "535 5.7.3 Authentication unsuccessful"

    def lets_in(self, first: bytes) -> bool:
        found = SHOWN.fullmatch(first)
        assert found, first
        self.shown.append(found[2].decode())
        return found[1].decode() == USER and self.shown[-1] in self.good


class Entra(FakeLogin):
    """Hands out tokens as long as real ones, which every one of the `doormen` takes from then on, unless it is told not `to_tell`."""

    def __init__(self, *doormen: Doorman) -> None:
        super().__init__()
        self.doormen = doormen
        self.to_tell = True

    def revoke(self) -> None:
        """No token that was handed out is good any more."""
        for one in self.doormen:
            one.good.clear()

    def _token(self) -> dict[str, Any]:
        answer = super()._token()
        token = f"eyJ{self.handed_out}" + "x" * 1800
        if self.to_tell:
            for one in self.doormen:
                one.good.add(token)
        return {**answer, "access_token": token}
