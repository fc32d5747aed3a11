"""A rule book with one wrong field is refused as a whole, with the file, the line, the field and what would be right."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from handoff.errors import BadRules
from handoff.rulebook import Severity
from handoff.rules import load_rules
from tests.handoff.books import RULES, copied, rules, spoiled
from tests.handoff.spoilings import SPOILINGS, Spoiling
from tests.handoff.spoilings_of_cases import SPOILINGS_OF_CASES

EVERY_SPOILING = {**SPOILINGS, **SPOILINGS_OF_CASES}
FILES = [
    *("categories.toml", "routes.toml", "resources.toml", "responses.toml", "severity.toml"),
    *("authority.toml", "life.toml", "self_help.toml"),
]


def refusal_of(book: Path) -> str:
    with pytest.raises(BadRules) as refusal:
        load_rules(book)
    return str(refusal.value)


@pytest.mark.parametrize("spoiling", EVERY_SPOILING.values(), ids=EVERY_SPOILING.keys())
def test_a_broken_book_is_refused_with_file_line_field_and_what_is_legal(spoiling: Spoiling, tmp_path: Path) -> None:
    book = spoiled(tmp_path, spoiling.file, spoiling.old, spoiling.new)
    refusal = refusal_of(book)
    path = book / spoiling.file
    lines = path.read_text(encoding="utf-8").splitlines()
    told = re.match(rf"{re.escape(str(path))}:(\d+): (\w+): (.+)", refusal)
    assert told, refusal
    assert (lines[int(told[1]) - 1].partition(" #")[0].rstrip(), told[2]) == (spoiling.line, spoiling.field)
    assert all(word in refusal for word in spoiling.legal), refusal


@pytest.mark.parametrize("verb", rules().moves)
def test_without_any_one_of_its_moves_a_case_has_no_life(verb: str, tmp_path: Path) -> None:
    book = copied(tmp_path)
    _without(book / "life.toml", "move", verb)
    assert re.search(rf"life\.toml:\d+: life: the move '{verb}' is missing", refusal_of(book))


@pytest.mark.parametrize("verb", rules().authority)
def test_without_any_one_of_its_verbs_nobody_may_anything(verb: str, tmp_path: Path) -> None:
    book = copied(tmp_path)
    _without(book / "authority.toml", "authority", verb)
    assert re.search(rf"\.toml:\d+: verb: .*'{verb}' (is missing|has no row in authority\.toml)", refusal_of(book))


def test_every_wrong_field_of_a_file_is_told_at_once(tmp_path: Path) -> None:
    book = spoiled(tmp_path, "routes.toml", 'scope = "in"\nhours = "plan"', 'scope = "inn"\nhours = "never"')
    with pytest.raises(BadRules) as refusal:
        load_rules(book)
    assert len(str(refusal.value).splitlines()) == 2


def test_the_line_is_that_of_the_row_and_not_of_the_first_one_alike(tmp_path: Path) -> None:
    book = spoiled(
        tmp_path, "categories.toml", 'id = "unrelated"\nroute = "own_help_desk"', 'id = "unrelated"\nroute = "x"'
    )
    lines = (book / "categories.toml").read_text(encoding="utf-8").splitlines()
    line = lines.index('route = "x"') + 1
    with pytest.raises(BadRules, match=rf"categories\.toml:{line}: route"):
        load_rules(book)


@pytest.mark.parametrize("file", FILES)
def test_a_file_that_is_no_toml_is_refused_with_its_name_and_line(file: str, tmp_path: Path) -> None:
    book = copied(tmp_path)
    with (book / file).open("a", encoding="utf-8") as stream:
        stream.write('\n[[route]\nid = "x"\n')
    with pytest.raises(BadRules, match=rf"{file}: .*line \d+"):
        load_rules(book)


@pytest.mark.parametrize("file", FILES)
def test_a_file_that_is_missing_is_refused_with_its_name(file: str, tmp_path: Path) -> None:
    book = copied(tmp_path)
    (book / file).unlink()
    with pytest.raises(BadRules, match=f"{file}: the file is missing"):
        load_rules(book)


def test_a_file_in_another_encoding_is_refused_with_its_name(tmp_path: Path) -> None:
    book = copied(tmp_path)
    (book / "routes.toml").write_bytes("# priorité\n".encode("latin-1") + (RULES / "routes.toml").read_bytes())
    with pytest.raises(BadRules, match=r"routes\.toml"):
        load_rules(book)


def test_a_category_that_does_not_exist_has_no_route() -> None:
    with pytest.raises(KeyError):
        rules().route_of("astrology")


def test_being_right_costs_nothing_and_every_mistake_something() -> None:
    for (true, said), cost in rules().costs.items():
        assert (cost == 0) is (true == said)
    assert len(rules().costs) == len(Severity) ** 2


def test_a_rule_book_cannot_be_changed_once_read() -> None:
    with pytest.raises(ValueError, match="frozen"):
        rules().categories["exchange"].route = "community"


def _without(path: Path, table: str, verb: str) -> None:
    """Cut the row of one verb out of a file."""
    tables = path.read_text(encoding="utf-8").split(f"[[{table}]]")
    kept = [one for one in tables if not one.startswith(f'\nverb = "{verb}"\n')]
    assert len(kept) == len(tables) - 1
    path.write_text(f"[[{table}]]".join(kept), encoding="utf-8")
