"""Which service URLs may be called: the bot's own token goes to Microsoft's connector and nowhere else.

The service URL comes with each request: whoever can post a request would otherwise choose where the bot's token goes.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from urllib.parse import SplitResult, urlsplit

MICROSOFT = (
    "smba.trafficmanager.net",
    "*.botframework.com",
    "smba.infra.gcc.teams.microsoft.com",
    "smba.infra.gov.teams.microsoft.us",
)
LOOPBACK = ("127.0.0.1", "localhost", "::1")

_PRINTABLE = re.compile(r"[!-\[\]-~]+")  # visible ASCII without the backslash: URL parsers disagree about all else


def is_allowed(url: str, hosts: Collection[str]) -> bool:
    """Whether `url` is the base of a connector at one of `hosts` (names, or `*.name` for all below it).

    Loopback hosts, where listed, may use plain HTTP and any port; all others must be https on its own port.
    """
    parts = split(url)
    if parts is None or "@" in parts.netloc or parts.query or parts.fragment:
        return False
    host = parts.hostname or ""
    if host in LOOPBACK:
        return parts.scheme in {"http", "https"} and host in hosts
    return within(parts, hosts)


def may_fetch(url: str, hosts: Collection[str]) -> bool:
    """Whether something at one of `hosts` may be fetched by this address, which may have a query; loopback as for `is_allowed`."""
    parts = split(url)
    return parts is not None and is_allowed(parts._replace(query="").geturl(), hosts)


def within(parts: SplitResult, hosts: Collection[str]) -> bool:
    """Whether an address is https on its own port at one of `hosts` (names, or `*.name` for all below it), with nobody's name in it."""
    host = parts.hostname or ""
    plain = parts.scheme == "https" and parts.port in {None, 443} and "@" not in parts.netloc
    return plain and any(_matches(host, name) for name in hosts)


def split(url: str) -> SplitResult | None:
    """The parts of an address about which no two readers disagree, or None."""
    if not _PRINTABLE.fullmatch(url):
        return None
    try:
        parts = urlsplit(url)
        _ = parts.port  # checked only when asked for
    except ValueError:
        return None
    return parts


def _matches(host: str, name: str) -> bool:
    if name.startswith("*."):
        return host.endswith(name[1:]) and not host.startswith(".")
    return host == name.lower()
