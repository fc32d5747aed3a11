"""From the bytes of a mail to what somebody has written: who, in answer to what, which words, which files. Pure; all of it is untrusted."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email import policy
from email.headerregistry import AddressHeader
from email.message import EmailMessage
from email.parser import BytesParser

from bot.desk.quoting import plain, text_of

LONGEST_ID = 200
THREAD = 40  # mails of its thread that a mail may name
LOGO = 20_000  # bytes: a smaller picture within a text is part of somebody's signature
NOBODY = ("return-path", "auto-submitted", "x-autoreply", "list-id", "precedence")
ID = re.compile(r"<([^<>\s]{1,300})>")


@dataclass(frozen=True)
class Enclosed:
    """A file that came with a mail."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Letter:
    """A mail, read. `sender` is the address alone, in lower case, or empty where there is not exactly one; `author` what they are called.

    `thread` has the ids of the mails that it answers, the nearest first. `unwritten` says why nobody has written it: `bounce`,
    `automatic`, `list`, or nothing. `text` is all of it, with what it quotes.
    """

    id: str
    sender: str
    author: str
    thread: tuple[str, ...]
    subject: str
    text: str
    unwritten: str
    checks: tuple[str, ...]
    files: tuple[Enclosed, ...] = ()


def read_letter(content: bytes) -> Letter:
    """Read a mail. Raises whatever the parser raises for one that cannot be read."""
    message = BytesParser(EmailMessage, policy=policy.default).parsebytes(content)
    sender, author = _sender(message)
    body = message.get_body(("plain", "html"))
    text = _text(body) if isinstance(body, EmailMessage) else ""
    return Letter(
        _id(message, content),
        sender,
        author,
        tuple(dict.fromkeys(_thread(message)))[:THREAD],
        str(message["Subject"] or ""),
        text,
        _unwritten(message),
        tuple(_raw(message, "authentication-results")),
        tuple(_files(message, body)),
    )


def vouched(letter: Letter, server: str) -> bool:
    """Whether the mail server of this name has found that the mail comes from where its sender's address says (DMARC, RFC 8601).

    Its uppermost finding counts: what is below it may have come with the mail.
    """
    for check in letter.checks:
        name, _, findings = _without_comments(check).partition(";")
        if name.split()[:1] == [server]:
            return any(_passes(one.split(), letter.sender) for one in findings.split(";"))
    return False


def _passes(finding: list[str], sender: str) -> bool:
    domain = sender.rpartition("@")[2]
    return finding[:1] == ["dmarc=pass"] and f"header.from={domain}" in (one.lower() for one in finding)


def _without_comments(text: str) -> str:
    """The header without its comments, which may be nested, and without quotes, in which anything may stand."""
    kept, depth, quoted = [], 0, False
    for mark in text:
        if mark == '"' and not depth:
            quoted = not quoted
        elif mark in "()" and not quoted:
            depth = max(0, depth + (1 if mark == "(" else -1))
        elif not depth and not quoted:
            kept.append(mark)
    return "".join(kept)


def _sender(message: EmailMessage) -> tuple[str, str]:
    headers = message.get_all("From", [])
    addresses = [one for header in headers if isinstance(header, AddressHeader) for one in header.addresses]
    if len(headers) != 1 or len(addresses) != 1:
        return "", ""
    address, name = addresses[0].addr_spec.casefold(), plain(addresses[0].display_name)
    return address, " ".join(name.split())[:255] or plain(address)


def _id(message: EmailMessage, content: bytes) -> str:
    """The mail's own id; where it has none, or a strange one, that of its bytes."""
    found = ID.search(next(_raw(message, "message-id"), ""))
    plain = found[1] if found and len(found[1]) <= LONGEST_ID and found[1].isprintable() else ""
    return f"mail-{plain or hashlib.sha256(content).hexdigest()}"


def _thread(message: EmailMessage) -> Iterator[str]:
    for name in ("in-reply-to", "references"):
        for value in _raw(message, name):
            yield from reversed(ID.findall(value))


def _unwritten(message: EmailMessage) -> str:
    """Why nobody has written this, if so: RFC 3834, the empty return path of bounces, mailing lists."""
    first = {name: next(_raw(message, name), "").strip().lower() for name in NOBODY}
    if message.get_content_type() == "multipart/report" or first["return-path"] == "<>":
        return "bounce"
    if first["auto-submitted"].partition(";")[0].strip() not in ("", "no") or first["x-autoreply"]:
        return "automatic"
    return "list" if first["list-id"] or first["precedence"] in ("bulk", "junk", "list") else ""


def _raw(message: EmailMessage, name: str) -> Iterator[str]:
    """Headers as they were sent: what is encoded in them is not what mail servers look at."""
    return (" ".join(str(value).split()) for key, value in message.raw_items() if key.lower() == name)


def _text(body: EmailMessage) -> str:
    content = body.get_payload(decode=True)
    raw = content if isinstance(content, bytes) else b""
    if body.get_content_subtype() == "html":
        return text_of(_decoded(raw, body))
    return _decoded(raw, body)


def _decoded(raw: bytes, part: EmailMessage) -> str:
    try:
        return raw.decode(part.get_content_charset("utf-8"), "replace")
    except LookupError:  # a character set that nobody knows
        return raw.decode("utf-8", "replace")


def _files(message: EmailMessage, body: object) -> Iterator[Enclosed]:
    """The files that came along: what is attached, and pictures within the text that are no logos."""
    for part in _leaves([message]):
        name = part.get_filename() or ""
        attached = part.get_content_disposition() == "attachment" or (name and part.get_content_maintype() != "image")
        if part is body or not (attached or part.get_content_maintype() == "image"):
            continue
        content = _bytes(part)
        if attached or len(content) > LOGO:
            yield Enclosed(name, content)


def _leaves(parts: Iterable[object]) -> Iterator[EmailMessage]:
    """What a mail is made of; another mail in it is one piece."""
    for part in parts:
        if isinstance(part, EmailMessage) and part.get_content_maintype() == "multipart":
            yield from _leaves(part.iter_parts())
        elif isinstance(part, EmailMessage):
            yield part


def _bytes(part: EmailMessage) -> bytes:
    if part.get_content_maintype() == "message":
        return b"".join(one.as_bytes() for one in part.iter_parts()) or part.as_bytes()
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""
