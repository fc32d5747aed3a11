"""Mails as agents send them, each made in one line."""

from __future__ import annotations

from collections.abc import Mapping
from email.message import EmailMessage
from email.policy import SMTP

OURS = "<T-222-2222-1-opened-post@example.com>"


def letter(
    text: str = "Please restart the laptop",
    *,
    to: str = OURS,
    sender: str = "Ann Agent <ann@example.org>",
    subject: str = "Re: [T-222-2222] No mail",
    id_: str = "<1@example.org>",
    headers: Mapping[str, str] | None = None,
    files: Mapping[str, bytes] | None = None,
    html: str = "",
) -> bytes:
    """The bytes of a mail that answers the mail with the id `to`."""
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"], mail["Subject"] = sender, "triage@example.com", subject
    mail["Message-ID"] = id_
    if to:
        mail["In-Reply-To"], mail["References"] = to, f"<0@example.org> {to}"
    for name, value in (headers or {}).items():
        mail[name] = value
    mail.set_content(html or text, subtype="html" if html else "plain")
    for name, content in (files or {}).items():
        mail.add_attachment(content, "application", "octet-stream", filename=name)
    return mail.as_bytes()
