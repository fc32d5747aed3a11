"""A mail is read without believing any of it: who, in answer to what, whether anybody wrote it, and whether it is genuine."""

from __future__ import annotations

import random

import pytest

from bot.desk.letter import LOGO, read_letter, vouched
from tests.bot.desk.letters import OURS, letter

GENUINE = "mx.example.org; spf=pass smtp.mailfrom=example.org; dmarc=pass (p=reject) header.from=example.org"


def test_who_wrote_it_and_what_it_answers() -> None:
    read = read_letter(letter(sender='"Ann  Agent" <Ann@Example.org>'))

    assert (read.id, read.sender, read.author) == ("mail-1@example.org", "ann@example.org", "Ann Agent")
    assert read.thread == (OURS.strip("<>"), "0@example.org")
    assert read.text.strip() == "Please restart the laptop"
    assert read.unwritten == ""


@pytest.mark.parametrize(
    ("headers", "why"),
    [
        ({"Auto-Submitted": "auto-replied (vacation)"}, "automatic"),
        ({"Auto-Submitted": "auto-generated; owner-email=x"}, "automatic"),
        ({"X-Autoreply": "yes"}, "automatic"),
        ({"Auto-Submitted": "No"}, ""),
        ({"Return-Path": "<>"}, "bounce"),
        ({"Return-Path": "<ann@example.org>"}, ""),
        ({"List-Id": "Everybody <all.example.org>"}, "list"),
        ({"Precedence": "Bulk"}, "list"),
    ],
)
def test_what_nobody_has_written_is_known(headers: dict[str, str], why: str) -> None:
    assert read_letter(letter(headers=headers)).unwritten == why


def test_a_report_of_a_mail_server_is_a_bounce() -> None:
    raw = letter().replace(b"Content-Type: text/plain", b"Content-Type: multipart/report; boundary=x", 1)
    assert read_letter(raw).unwritten == "bounce"


@pytest.mark.parametrize(
    "spoilt",
    [
        b"From: ann@example.org, eve@example.net",
        b"From: ann@example.org\r\nFrom: eve@example.net",
        b"From: undisclosed:;",
        b"X-From: ann@example.org",
    ],
)
def test_who_is_not_exactly_one_is_nobody(spoilt: bytes) -> None:
    assert read_letter(letter().replace(b"From: Ann Agent <ann@example.org>", spoilt, 1)).sender == ""


def test_a_name_that_looks_like_an_address_is_a_name() -> None:
    read = read_letter(letter(sender='"ann@example.org" <eve@example.net>'))
    assert (read.sender, read.author) == ("eve@example.net", "ann@example.org")


@pytest.mark.parametrize("id_", ["", "x", "<" + "y" * 250 + "@example.org>"])
def test_a_mail_without_a_fit_id_has_that_of_its_bytes(id_: str) -> None:
    raw = letter().replace(b"Message-ID: <1@example.org>", b"Message-ID: " + id_.encode(), 1)
    read = read_letter(raw)

    assert len(read.id) == len("mail-") + 64
    assert read.id == read_letter(raw).id != read_letter(raw + b"more").id


def test_what_is_attached_is_a_file_and_a_logo_is_not() -> None:
    logo = (
        b"--b\r\nContent-Type: image/png; name=logo.png\r\nContent-Disposition: inline\r\nContent-ID: <l>\r\n\r\n%s\r\n"
    )
    raw = (
        b"From: ann@example.org\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
        b"--b\r\nContent-Type: text/plain; charset=no-such\r\n\r\nSee \xc3\xa9\r\n"
        + logo % b"small"
        + logo % (b"s" * (LOGO + 1))
        + b'--b\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename="../a\tb.log"\r\n\r\nline\r\n'
        b"--b\r\nContent-Type: message/rfc822\r\nContent-Disposition: attachment\r\n\r\nSubject: inner\r\n\r\ninner\r\n--b--\r\n"
    )
    read = read_letter(raw)

    assert read.text.strip() == "See é"
    assert (read.files[0].name, len(read.files[0].content) > LOGO) == ("logo.png", True)
    assert [one.content.strip() for one in read.files[1:]] == [b"line", b"Subject: inner\n\ninner"]


@pytest.mark.parametrize(
    ("checks", "genuine"),
    [
        ([GENUINE], True),
        (["mx.example.org 1; dmarc=pass header.from=EXAMPLE.org"], True),
        ([], False),
        ([GENUINE.replace("dmarc=pass", "dmarc=fail")], False),
        ([GENUINE.replace("header.from=example.org", "header.from=example.net")], False),
        ([GENUINE.replace("mx.example.org", "mx.example.net")], False),
        (["mx.example.org; dmarc=fail header.from=example.org", GENUINE], False),
        (["mx.example.org; dmarc=none (x; dmarc=pass header.from=example.org)"], False),
        (['mx.example.org; dmarc=none reason="; dmarc=pass header.from=example.org;"'], False),
        (["=?utf-8?q?mx=2Eexample=2Eorg=3B?= dmarc=pass header.from=example.org"], False),
    ],
)
def test_a_mail_is_genuine_if_the_uppermost_finding_of_our_own_server_says_so(checks: list[str], genuine: bool) -> None:
    raw = b"".join(b"Authentication-Results: " + one.encode() + b"\r\n" for one in checks) + letter()
    assert vouched(read_letter(raw), "mx.example.org") is genuine


def test_bytes_that_are_spoilt_at_random_are_read_or_refused_and_nothing_else() -> None:
    luck, whole = random.Random(1), letter(headers={"Authentication-Results": GENUINE}, files={"a.log": b"line"})
    for _ in range(300):
        spoilt = bytearray(whole)
        for _ in range(luck.randrange(1, 12)):
            spoilt[luck.randrange(len(spoilt))] = luck.randrange(256)
        try:
            read = read_letter(bytes(spoilt))
        except Exception as refusal:  # noqa: BLE001 - whoever reads mails passes over such a one
            assert not isinstance(refusal, MemoryError)  # noqa: PT017
        else:
            assert len(read.id) <= 255
            assert "\n" not in read.author
            assert isinstance(vouched(read, "mx.example.org"), bool)
