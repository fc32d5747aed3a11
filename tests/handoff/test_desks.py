"""The table of desks and routes: where a case goes, and how a table with an error is refused."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from handoff.deskfile import load_desks
from handoff.desks import DeskBook, Way
from handoff.errors import BadRules
from handoff.rulebook import Severity, Status
from tests.handoff.books import RULES, rules
from tests.handoff.cases import case_in, opened

TABLE = """\
[[desk]]
id = "rt"
kind = "rt"
url = "https://rt.example.org"
queue = "Microsoft 365"
secret = "RT_TOKEN"

[[desk]]
id = "post"
kind = "mail"
to = "desk@example.org"
sender = "Triage <triage@example.com>"
smtp = "mail.example.com:587"
imap = "imap.example.com"
imap_secret = "POST_PASSWORD"
answers_from = ["ann@example.org", "@desk.example.org"]

[[desk]]
id = "hook"
kind = "webhook"
url = "https://example.org/hook"
secret = "HOOK_OUT"

[[route]]
tenant = "contoso"
category = "exchange"
severity = "A"
holder = "support"
desks = ["rt", "post"]
also = ["hook"]

[[route]]
holder = "support"
desks = ["post"]
"""


@dataclass(frozen=True)
class Spoiling:
    """`old` becomes `new`; the refusal names the line that reads `line`, the field, and says all of `legal`."""

    old: str
    new: str
    line: str
    field: str
    legal: tuple[str, ...] = ()


SPOILINGS = {
    "an unknown kind": Spoiling(
        'kind = "rt"', 'kind = "fax"', 'kind = "fax"', "kind", ("teams", "mail", "webhook", "rt")
    ),
    "a missing field": Spoiling('queue = "Microsoft 365"\n', "", "[[desk]]", "queue", ("url", "queue", "secret")),
    "a field of another kind": Spoiling(
        'to = "desk', 'queue = "x"\nto = "desk', 'queue = "x"', "queue", ("to", "sender", "smtp")
    ),
    "a misspelt field": Spoiling('smtp = "', 'snmp = "', 'snmp = "mail.example.com:587"', "snmp", ("not permitted",)),
    "a secret itself": Spoiling('"RT_TOKEN"', '"1-23-abcdef"', 'secret = "1-23-abcdef"', "secret", ("pattern",)),
    "a desk twice": Spoiling('id = "post"', 'id = "rt"', 'id = "rt"', "id", ("'rt' stands twice",)),
    "a route to nowhere": Spoiling('["post"]', '["fax"]', 'desks = ["fax"]', "desks", ("'fax'", "rt", "post", "hook")),
    "a copy to nowhere": Spoiling(
        'also = ["hook"]', 'also = ["fax"]', 'also = ["fax"]', "also", ("rt", "post", "hook")
    ),
    "a copy to the same": Spoiling('also = ["hook"]', 'also = ["post"]', 'also = ["post"]', "also", ("'post'",)),
    "a route without a desk": Spoiling('desks = ["post"]', "desks = []", "desks = []", "desks", ("at least 1",)),
    "an unknown category": Spoiling('"exchange"', '"fax"', 'category = "fax"', "category", tuple(rules().categories)),
    "an unknown severity": Spoiling('severity = "A"', 'severity = "D"', 'severity = "D"', "severity", ("A", "B", "C")),
    "an unknown holder": Spoiling(
        'holder = "support"\ndesks = ["rt"',
        'holder = "x"\ndesks = ["rt"',
        'holder = "x"',
        "holder",
        ("administrators",),
    ),
    "a line break in an address": Spoiling(
        '"desk@example.org"', '"desk@example.org\\nBcc: x"', 'to = "desk@example.org\\nBcc: x"', "to", ("pattern",)
    ),
    "a mailbox that anybody may write to": Spoiling(
        'answers_from = ["ann@example.org", "@desk.example.org"]\n', "", "[[desk]]", "answers_from", ("@example.org",)
    ),
    "a sender who is none": Spoiling(
        '"@desk.example.org"',
        '"desk.example.org"',
        'answers_from = ["ann@example.org", "desk.example.org"]',
        "answers_from",
        ("pattern",),
    ),
    "a mailbox without a password": Spoiling(
        'imap_secret = "POST_PASSWORD"\n', "", "[[desk]]", "imap_secret", ("password",)
    ),
    "a password without a mailbox": Spoiling(
        'imap = "imap.example.com"\n', "", 'imap_secret = "POST_PASSWORD"', "imap_secret", ("imap",)
    ),
    "a mailbox at no address": Spoiling(
        '"imap.example.com"', '"imaps://imap.example.com"', 'imap = "imaps://imap.example.com"', "imap", ("pattern",)
    ),
    "a security that there is not": Spoiling(
        'imap_secret = "POST_PASSWORD"',
        'imap_security = "ssl"',
        'imap_security = "ssl"',
        "imap_security",
        ("tls", "starttls", "none"),
    ),
    "a mailbox of another kind of desk": Spoiling(
        'secret = "HOOK_OUT"',
        'imap = "imap.example.com"\nsecret = "HOOK_OUT"',
        'imap = "imap.example.com"',
        "imap",
        ("inbound_secret",),
    ),
    "a polled queue without a user": Spoiling(
        'secret = "RT_TOKEN"', 'secret = "RT_TOKEN"\npoll = 30', "[[desk]]", "user", ("polled",)
    ),
}


APP = TABLE.replace(
    'imap_secret = "POST_PASSWORD"',
    'sign_in = "oauth"\ntenant = "contoso.onmicrosoft.com"\nclient_id = "00000000-0000-0000-0000-000000000001"\nsecret = "POST_SECRET"',
)
APP_SPOILINGS = {
    "a way to sign in that there is not": Spoiling(
        '"oauth"', '"kerberos"', 'sign_in = "kerberos"', "sign_in", ("password", "oauth")
    ),
    "an app without its tenant": Spoiling(
        'tenant = "contoso.onmicrosoft.com"\n', "", "[[desk]]", "tenant", ("tenant, client_id and secret",)
    ),
    "an app without its id": Spoiling(
        'client_id = "00000000-0000-0000-0000-000000000001"\n', "", "[[desk]]", "client_id", ("tenant, client_id",)
    ),
    "an app without its secret": Spoiling('secret = "POST_SECRET"\n', "", "[[desk]]", "secret", ("variable",)),
    "an app with a password": Spoiling(
        'secret = "POST_SECRET"',
        'secret = "POST_SECRET"\nimap_secret = "POST_PASSWORD"',
        'imap_secret = "POST_PASSWORD"',
        "imap_secret",
        ("password", "token"),
    ),
    "a tenant that is an address": Spoiling(
        '"contoso.onmicrosoft.com"', '"contoso.com/x"', 'tenant = "contoso.com/x"', "tenant", ("GUID", "domain")
    ),
    "a token for everybody to read": Spoiling(
        'imap = "', 'security = "none"\nimap = "', 'security = "none"', "security", ("tls", "starttls")
    ),
    "a token for everybody to read on its way to the mailbox": Spoiling(
        'imap = "', 'imap_security = "none"\nimap = "', 'imap_security = "none"', "imap_security", ("tls", "starttls")
    ),
    "an app that signs in with a password": Spoiling(
        'sign_in = "oauth"\n', "", 'tenant = "contoso.onmicrosoft.com"', "tenant", ('sign_in = "oauth"',)
    ),
}


def book(tmp_path: Path, text: str = TABLE) -> DeskBook:
    path = tmp_path / "desks.toml"
    path.write_text(text)
    return load_desks(path, rules())


EVERY_SPOILING = [(TABLE, one) for one in SPOILINGS.values()] + [(APP, one) for one in APP_SPOILINGS.values()]


@pytest.mark.parametrize(("table", "spoiling"), EVERY_SPOILING, ids=[*SPOILINGS, *APP_SPOILINGS])
def test_a_table_with_an_error_is_refused_with_file_line_field_and_what_is_legal(
    table: str, spoiling: Spoiling, tmp_path: Path
) -> None:
    assert spoiling.old in table
    text = table.replace(spoiling.old, spoiling.new, 1)
    with pytest.raises(BadRules) as refusal:
        book(tmp_path, text)

    told = re.match(rf"{re.escape(str(tmp_path / 'desks.toml'))}:(\d+): (\w+): (.+)", str(refusal.value))
    assert told, refusal.value
    assert (text.splitlines()[int(told[1]) - 1], told[2]) == (spoiling.line, spoiling.field)
    assert all(word in str(refusal.value) for word in spoiling.legal), refusal.value


def test_a_missing_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadRules, match="missing"):
        load_desks(tmp_path / "desks.toml", rules())


def test_a_mail_desk_signs_in_with_a_password_unless_it_says_otherwise(tmp_path: Path) -> None:
    assert book(tmp_path).desks["post"].sign_in == "password"
    app = book(tmp_path, APP).desks["post"]
    assert (app.sign_in, app.tenant, app.secret) == ("oauth", "contoso.onmicrosoft.com", "POST_SECRET")


def test_the_product_comes_without_a_desk() -> None:
    shipped = load_desks(RULES / "desks.toml", rules())
    assert shipped == DeskBook()
    assert shipped.routes_for(opened()) == Way()


def test_the_first_route_that_fits_is_taken(tmp_path: Path) -> None:
    table = book(tmp_path)
    ours = case_in(Status.ESCALATED, support=True, severity=Severity.A)

    assert table.routes_for(ours) == Way(("rt", "post"), ("hook",))
    assert table.routes_for(case_in(Status.ESCALATED, support=True, severity=Severity.B)) == Way(("post",))
    assert table.routes_for(case_in(Status.ESCALATED, support=True, tenant="fabrikam")) == Way(("post",))
    assert table.routes_for(opened(category=None)) == Way()


def test_who_is_told() -> None:
    way = Way(("rt", "post"), ("hook",))

    assert way.told() == ("rt", "hook")
    assert way.told(refused=("rt",)) == ("post", "hook")
    assert way.told(having=("old", "rt")) == ("rt", "hook", "old")
    assert way.told(having=("old",), refused=("rt", "post", "hook", "old")) == ()
