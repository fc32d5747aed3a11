"""Takes out of a text what tells who somebody is or opens a door, and leaves what tells the problem.

What is taken out is stood for by a sign without letters, so that no word is learned from it: `[@]` a mailbox or a user name, `[☎]` a
telephone number, `[#]` an id, a token, a card, an account or a place on the network, `[•••]` a password, `[…]` a name or an address.
"""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from collections.abc import Callable, Iterable

from classifier.scrub_names import NAMED, without_names
from classifier.scrub_secrets import without_secrets

MAILBOX, PHONE, NUMBER, PLACE = "[@]", "[☎]", "[#]", "[…]"

_START, _END = r"(?<![\w.+@])", r"(?![\w])"


def scrub(text: str, names: Iterable[str] = ()) -> str:
    """The text without passwords, addresses, numbers and tokens, and without these people's names. Pure; never raises.

    Error codes, product names and versions stay. Scrubbing twice changes nothing more.
    """
    text = without_secrets(unicodedata.normalize("NFC", text))
    for pattern, instead in _RULES:
        text = pattern.sub(instead, text)
    return without_names(text, names)


def _url(match: re.Match[str]) -> str:
    """Who serves it is kept; who asks, for what and with which key is not."""
    host, rest = match["host"], match["rest"]
    return f"{match['scheme'] or ''}{host}/{NUMBER}" if rest.strip("/") or match["who"] else match[0]


def _card(match: re.Match[str]) -> str:
    digits = [int(one) for one in match[0] if one.isdigit()]
    doubled = [sum(divmod(2 * one, 10)) for one in digits[-2::-2]]
    return NUMBER if (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0 else match[0]


def _account(match: re.Match[str]) -> str:
    return NUMBER if sum(one.isdigit() for one in match[0]) >= 10 else match[0]


def _network(match: re.Match[str]) -> str:
    try:
        ipaddress.ip_address(match["ip"])
    except ValueError:
        return match[0]
    return NUMBER


def _token(match: re.Match[str]) -> str:
    """A long run in which letters and digits change places often is no word and no version."""
    changes = re.findall(r"[A-Za-z]\d|\d[A-Za-z]", match[0])
    shouts = re.findall(r"[A-Z]{2,}", match[0])
    return NUMBER if len(changes) >= 3 or (changes and len(shouts) >= 3) else match[0]


_STREET = r"rue|avenue|av\.|boulevard|bd|place|chemin|allée|impasse|quai|route|faubourg"
_ROAD = r"Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Way|Square|Terrace|Close|Crescent"
_TOWN = r"[A-ZÀ-Þ][^\W\d_]+(?!\w)(?:[ '’-](?:sur|lès|en|de|d|la|le|les)(?!\w)|[ '’-][A-ZÀ-Þ][^\W\d_]+(?!\w)){0,4}"

_Instead = str | Callable[[re.Match[str]], str]
_RULES: tuple[tuple[re.Pattern[str], _Instead], ...] = (
    (re.compile(r"eyJ[\w-]{5,}\.[\w-]{2,}(?:\.[\w-]*)?"), NUMBER),
    (
        re.compile(
            r"(?P<scheme>\b[a-z][a-z0-9+]{1,9}://|\b(?=www\.))(?P<who>[^\s/@<>\"]{1,200}@)?"
            r"(?P<host>[^\s/?#@<>\"'»)\[\]]{1,253})(?P<rest>(?:[/?#][^\s<>\"»]*)?)",
            re.IGNORECASE,
        ),
        _url,
    ),
    (
        re.compile(
            r"(?P<scheme>)(?P<who>)(?<![\w@.-])(?P<host>(?:[a-z0-9-]{1,63}\.){1,6}[a-z]{2,12})"
            r"(?P<rest>/[^\s<>\"»]*[?=&#][^\s<>\"»]*|/personal/[^\s<>\"»]*)",
            re.IGNORECASE,
        ),
        _url,
    ),
    (re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@(?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,24}\b"), MAILBOX),
    (
        re.compile(r"(?<=Users[\\/])[^\\/\s\[\]]{1,64}|(?<=users\\)[^\\\s\[\]]{1,64}|(?<=/home/)[^/\s\[\]]{1,64}"),
        MAILBOX,
    ),
    (re.compile(r"(?<![\\\w:])(?!HK)[A-Z][A-Z0-9-]{1,14}\\[A-Za-z][\w.-]{1,63}(?![\\\w])"), MAILBOX),
    (re.compile(r"(?<![\w-])\{?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\}?", re.IGNORECASE), NUMBER),
    (re.compile(r"(?<![\w:-])(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}(?![\w:-])", re.IGNORECASE), NUMBER),
    (
        re.compile(r"(?<![\w])[A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]{4}){2,7}(?:[ ]?[A-Z0-9]{1,4})?(?![\w])", re.IGNORECASE),
        _account,
    ),
    (re.compile(r"(?<![\w.])\d(?:[ -]?\d){12,18}(?![\w.]?\d)"), _card),
    (re.compile(r"(?<![\w.-])[12] ?\d\d ?\d\d ?\d[\dAB] ?\d{3} ?\d{3}(?: ?\d\d)?(?![\w.-])"), NUMBER),
    (re.compile(r"(?<![\w.-])\d{3}-\d\d-\d{4}(?![\w-])"), NUMBER),
    (
        re.compile(
            r"(?:(?:\b(?:version|build|ver|v)[ .:]{0,2})(?P<version>\d+(?:\.\d+){3}))"
            r"|(?<![\w.])(?P<ip>\d{1,3}(?:\.\d{1,3}){3})(?!\.?\d)(?:[:/]\d{1,5})?",
            re.IGNORECASE,
        ),
        lambda match: match[0] if match["version"] else _network(match),
    ),
    (re.compile(r"(?<![\w:.])(?P<ip>[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7})(?![\w:])", re.IGNORECASE), _network),
    (re.compile(r"(?<![\w.-])(?:sk|pk|ghp|gho|glpat|xox[abp]|AKIA)[-_A-Z0-9][\w-]{12,}"), NUMBER),
    (re.compile(r"(?<![\w.~-])[\w.~-]{3}\dQ~[\w.~-]{20,}"), NUMBER),
    (re.compile(r"(?<![\w])(?:0x)?(?=[a-f]*\d)[0-9a-f]{16,}(?![\w])", re.IGNORECASE), NUMBER),
    (re.compile(r"(?<![\w+/-])[\w+/-]{20,}={0,2}"), _token),
    (re.compile(r"(?<![\w.+-])(?:\+|00)[1-9]\d{0,2}[ .-]?(?:\(\d{1,4}\))?(?:[ .-]{0,2}\d){6,12}(?!\w)"), PHONE),
    (re.compile(r"(?<![\w.+-])0[1-9](?:[ .-]?\d\d){4}(?![\w]|[.-]\d)"), PHONE),
    (re.compile(r"(?<![\w.+-])0\d{2,4}[ .-]\d{3,4}[ .-]?\d{3,4}(?![\w]|[.-]\d)"), PHONE),
    (re.compile(r"(?<![\w.+-])(?:1[ .-])?(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]\d{4}(?![\w]|[.-]\d)"), PHONE),
    (
        re.compile(
            r"(?P<cue>\b(?:t[eé]l(?:[eé]phone)?|phone|mobile|cell|portable|fax|call me (?:at|on|back on)|joignable au|appelez-moi au)"
            r"[ .:]{0,3})\(?\d(?:[ ().-]{0,2}\d){5,13}(?!\w)",
            re.IGNORECASE,
        ),
        rf"\g<cue>{PHONE}",
    ),
    (
        re.compile(
            rf"(?<!\w)\d{{1,4}}(?i:[ ]?(?:bis|ter|quater))?,?[ ]+(?i:{_STREET})[ ]+"
            rf"(?:(?i:(?:de|du|des|la|le|les)[ ]|[ld]['’]){{1,3}}[^\W\d_]+|{_TOWN})(?:[ ]{_TOWN})?"
            rf"(?:,?[ ]*\d{{5}}[ ]+{_TOWN})?"
        ),
        PLACE,
    ),
    (
        re.compile(
            rf"(?<!\w)\d{{1,5}}[A-Z]?[ ]+(?:[A-Z][\w'’.-]*[ ]+){{1,4}}(?:{_ROAD})\b\.?(?:,[ ]*{_TOWN})?"
            rf"(?:,?[ ]*(?:[A-Z]{{2}}[ ]+\d{{5}}(?:-\d{{4}})?|[A-Z]{{1,2}}\d[A-Z\d]?[ ]\d[A-Z]{{2}}))?"
        ),
        PLACE,
    ),
    *((pattern, rf"\g<cue>{PLACE}") for pattern in NAMED),
)
