"""What a machine wrote into a message is no part of what the person says."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.payload import READ, spoken

PASTED = {
    "mail header": """Received: from mx3.partner.example (10.1.2.3) by VI1PR04.eurprd04.prod.outlook.com with SMTP id 15.20.7
 by mail.contoso.example with ESMTPS id q7-20020a05600c330700b003f42
X-MS-Exchange-Organization-SCL: 5
Authentication-Results: spf=pass smtp.mailfrom=partner.example; dkim=none
Date: Mon, 23 Nov 2026 08:11:02 +0000""",
    "stack trace": """System.NullReferenceException: Object reference not set to an instance of an object.
   at Contoso.Orders.Sync.Run(Order order) in C:\\src\\Sync.cs:line 44
   at Contoso.Orders.Program.Main(String[] args)""",
    "python": """Traceback (most recent call last):
  File "C:\\jobs\\export.py", line 12, in <module>""",
    "ids": "CorrelationId: 5f1c2b7e-9f0a-4a6e-8d5b-2f7f3d0c9a11\nTimestamp: 2026-11-23T08:11:02Z\nRequestId : 0ab3c9d88e7f4a21bc90",
    "log": "2026-11-23 08:11:02,113 WARN sync 0x80070005 retry 3\n2026-11-23 08:11:05,221 WARN sync 0x80070005 retry 4",
}


@pytest.mark.parametrize("payload", PASTED.values(), ids=PASTED)
@pytest.mark.parametrize("before", [True, False])
def test_pasted_lines_are_left_out_before_and_after_the_message(payload: str, before: bool) -> None:
    said = "nobody on the ward gets any mail since this morning"
    text = f"{payload}\n{said}" if before else f"{said}\n{payload}"
    assert spoken(text).split() == said.split()


@pytest.mark.parametrize(
    "text",
    [
        "nobody receives mail",
        "first line\nsecond line of a person\n- a list: with points",
        "error 550 5.7.708 and AADSTS50011 when we send",
        "Hello,\nat work we cannot print.\nfrom: the ward",
        "à 8h plus rien\nmerci",
        "licence E3 pour 2400 postes, réf 12345",
        "",
        "5f1c2b7e-9f0a-4a6e-8d5b-2f7f3d0c9a11",
    ],
)
def test_what_a_person_wrote_is_left_as_it_is(text: str) -> None:
    assert spoken(text) == text


def test_a_message_that_is_nothing_but_payload_is_read_as_it_is() -> None:
    assert "NullReferenceException" in spoken(PASTED["stack trace"])


def test_an_id_within_a_sentence_is_left_out() -> None:
    assert spoken("case 5f1c2b7e-9f0a-4a6e-8d5b-2f7f3d0c9a11 and 8675309 still open").split() == [
        "case",
        "and",
        "still",
        "open",
    ]


@given(st.text())
def test_no_text_breaks_it(text: str) -> None:
    assert len(spoken(text)) <= len(text) + 1


@pytest.mark.parametrize("piece", ["a/", "aA1", "1", "f", "a-", "x: ", "at x.", "\n", " ", "A-"])
def test_no_text_is_looked_at_for_long(piece: str) -> None:
    begun = time.process_time()
    spoken(piece * READ)
    assert time.process_time() - begun < 0.5
