"""Of a mail only what somebody has written is heard, however their mail program quotes; and no mail takes long to read."""

from __future__ import annotations

import time

import pytest

from bot.desk.quoting import answer_in, text_of

MARKS = ("Please answer above this line", "Merci de répondre au-dessus de cette ligne")

ANSWERS = {
    "alone": ("It works again.\n\nBest regards,\nAnn", "It works again.\n\nBest regards,\nAnn"),
    "Gmail": (
        "Restart it.\n\nOn Mon, Nov 23, 2026 at 9:05 AM Triage <t@example.com> wrote:\n\n> Case\n> No mail\n",
        "Restart it.",
    ),
    "Gmail, French, over two lines": (
        "Redémarrez-le.\n\nLe lun. 23 nov. 2026 à 09:05, Triage\n<t@example.com> a écrit :\n\n> Dossier\n",
        "Redémarrez-le.",
    ),
    "Outlook": (
        "Restart it.\n\nFrom: Triage <t@example.com>\nSent: Monday, November 23, 2026 9:05 AM\nTo: d@example.org\n"
        "Subject: [T-222-2222] No mail\n\nCase: T-222-2222\n",
        "Restart it.",
    ),
    "Outlook, French": (
        "Redémarrez-le.\r\n\r\nDe : Triage <t@example.com>\r\nEnvoyé : lundi 23 novembre 2026 09:05\r\nÀ : d@example.org\r\n"
        "Objet : [T-222-2222] No mail\r\n\r\nDossier : T-222-2222\r\n",
        "Redémarrez-le.",
    ),
    "a program that nobody knows, over our mark": (
        "Restart it.\n\n>> — Please answer above this line —\n>> Case\n",
        "Restart it.",
    ),
    "our mark, in French": ("Oui.\n\n— Merci de répondre au-dessus de cette ligne —\n\nDossier\n", "Oui."),
    "below": ("On 11/23/26 09:05, Triage wrote:\n> Which version?\n\n2308\n", "2308"),
    "between": (
        "On 11/23/26 09:05, Triage wrote:\n> Which version?\n\n2308\n\n> And which system?\nWindows\n",
        "2308\n\nWindows",
    ),
    "below our mark": ("> — Please answer above this line —\n> Case\n\nDone.\n", "Done."),
    "words that look like a quotation": (
        "On Monday he wrote: nothing.\nFrom: the menu, choose Restart",
        "On Monday he wrote: nothing.\nFrom: the menu, choose Restart",
    ),
    "nothing but our own": ("— Please answer above this line —\n\nCase", ""),
    "what turns text around, and what no text needs": ("ev\u202eil\x00\x07 text", "evil text"),
}


@pytest.mark.parametrize(("text", "answer"), ANSWERS.values(), ids=ANSWERS)
def test_what_was_written_is_found(text: str, answer: str) -> None:
    assert answer_in(text, MARKS) == answer


def test_a_page_is_its_text_without_what_it_quotes_and_without_what_runs() -> None:
    page = (
        "<html><head><title>x</title><style>p {}</style></head><body><p>Restart <b>it</b> &lt;now&gt;</p>"
        "<script>alert(1)</script><div>and<br>wait</div><!-- no --><blockquote>Case</blockquote>"
        '<div class="gmail_quote">On Monday Triage wrote:</div></body></html>'
    )
    assert answer_in(text_of(page), MARKS) == "Restart it <now>\nand\nwait"


@pytest.mark.parametrize("page", ["", " ", "<!-- -->", "\0", "<?xml version='1.0' encoding='x'?><p>a</p>"])
def test_a_page_with_next_to_nothing_is_read(page: str) -> None:
    assert text_of(page).strip() in ("", "a")


HOSTILE = ["On ", "On a\n", "On wrote:\n", "> ", ">\n", "\n", "From: a\n", "From: a\nSent: b\n\n", "Le a, ", "De : x\n"]


@pytest.mark.parametrize("part", HOSTILE)
def test_a_text_made_to_take_long_does_not(part: str) -> None:
    start = time.process_time()
    assert len(answer_in(part * (200_000 // len(part)), MARKS)) <= 20_000
    assert time.process_time() - start < 3


@pytest.mark.parametrize("part", ["<div>", "<", "<!--", "<a ", "<blockquote>", "<br>", "&", "<p class='gmail_quote'>"])
def test_a_page_made_to_take_long_does_not(part: str) -> None:
    start = time.process_time()
    text_of(part * (1_000_000 // len(part)))
    assert time.process_time() - start < 3
