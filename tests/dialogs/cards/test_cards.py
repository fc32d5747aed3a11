"""What holds for every card: Teams can show it, a phone can press it, and a person reads only words meant for them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import adaptive_cards
import pytest
from jsonschema import Draft6Validator

from bot.settings import ROOT
from classifier.cues import load_cues
from dialogs.words import LANGUAGES, Say
from tests.dialogs.cards.extension_gallery import FILE_NAMES
from tests.dialogs.cards.extension_gallery import LINK as MESSAGE
from tests.dialogs.cards.gallery import CONTACTS, DRAFTS, GALLERY, every_card
from tests.dialogs.cards.scenes import knowledge, scene
from tests.dialogs.lives import CAST, Cast, evil_cast
from tests.fakes import cards

LARGEST = 80 * 1024  # bytes as UTF-16; Teams takes a message of about 100 KB, and the card is not all of it
LINK = re.compile(r"(?<!\\)\[[^\]]*(?<!\\)\]\(")  # a Markdown link whose brackets are not escaped
PEOPLE = ("user", "admin", "partner", "agent", "colleague")
MOST_BUTTONS = 6  # Teams shows no more beside one another
TEAMS_OWN = frozenset(
    {"choices.data", "msteams"}
)  # documented for Teams, unknown to the format: people searched, named
MOMENT = re.compile(r"\b[A-Z][a-z]{2} \d{1,2}, \d{2}:\d{2}\b|\bin \d+ \w+")
NUMBER = re.compile(r"T-[2-9A-Z]{3}-[2-9A-Z]{4}")
TAG = re.compile(r"</?at>")  # what Teams puts a name in that it tells
CLOCK = re.compile(r"\bTriage\b")  # who does what time does
FILE = re.compile("|".join(FILE_NAMES))
LEVEL = re.compile(r"\b[ABC]\b")

every_language = pytest.mark.parametrize("language", LANGUAGES)
every_kind = pytest.mark.parametrize("name", GALLERY)


@every_language
@every_kind
def test_a_card_is_an_adaptive_card_of_version_1_5(name: str, language: str) -> None:
    card = GALLERY[name](scene(language))
    assert card["version"] == "1.5"
    assert _faults(card) == []


@every_language
def test_every_category_plan_and_level_makes_a_valid_card(language: str) -> None:
    shapes = {_shape(card): (name, card) for name, card in every_card(scene(language))}
    assert {name: faults for name, card in shapes.values() if (faults := _faults(card))} == {}


def test_a_card_that_is_none_would_be_told() -> None:
    card = GALLERY["proposal"](scene())
    assert _faults({**card, "body": [{"type": "TextBlok", "text": "x"}]})
    assert _faults({**card, "body": [{"type": "TextBlock"}]})
    assert _faults({**card, "actions": [{"type": "Action.OpenUrl", "title": "x"}]})


@every_language
@pytest.mark.parametrize("letter", ["x", "é", "字", "🚑"])
def test_no_text_makes_a_card_too_large_for_teams(letter: str, language: str) -> None:
    for name, card in every_card(scene(language), _long_winded(letter), text=letter * 10_000):
        assert len(json.dumps(card, ensure_ascii=False).encode("utf-16-le")) < LARGEST, name


@every_language
def test_every_button_that_acts_works_in_clients_that_know_only_submit(language: str) -> None:
    for name, button in _buttons(language):
        if name.startswith("window"):  # over a chat, Teams knows nothing else
            assert button["type"] in ("Action.Submit", "Action.OpenUrl"), name
        elif button["type"] not in ("Action.OpenUrl", "Action.ToggleVisibility"):
            assert button["type"] == "Action.Execute", name
            assert button["verb"] == button["data"]["verb"], name
            assert button["data"]["token"], name
            fallback = button["fallback"]
            assert fallback["type"] == "Action.Submit", name
            assert (fallback["title"], fallback["data"]) == (button["title"], button["data"]), name


@every_language
def test_a_button_that_opens_a_page_opens_one_of_the_rule_book(language: str) -> None:
    addresses = {resource.url for resource in knowledge().rules.resources.values()}
    opened = {button["url"] for _, button in _buttons(language) if button["type"] == "Action.OpenUrl"}
    assert opened <= addresses | {MESSAGE}
    assert opened


@every_language
def test_no_card_has_more_buttons_than_teams_shows(language: str) -> None:
    for name, card in every_card(scene(language)):
        assert len(card["actions"]) <= MOST_BUTTONS, name


@every_language
@every_kind
def test_every_field_says_what_it_is_for(name: str, language: str) -> None:
    assert all(field["label"].strip() for field in cards.fields(GALLERY[name](scene(language))).values())


@every_language
@every_kind
def test_no_two_buttons_or_fields_of_a_card_are_called_the_same(name: str, language: str) -> None:
    card = GALLERY[name](scene(language))
    titles = [button["title"] for button in cards.buttons(card)]
    ids = [element["id"] for element in cards.elements(card) if "id" in element]
    assert len(set(titles)) == len(titles)
    assert len(set(ids)) == len(ids)


@every_language
@every_kind
def test_every_list_offers_the_value_it_stands_on(name: str, language: str) -> None:
    for field in _lists(GALLERY[name](scene(language))):
        offered = [choice["value"] for choice in field["choices"]]
        stands_on = field.get("value", offered[0])
        assert set(stands_on.split(",") if field.get("isMultiSelect") else [stands_on]) <= set(offered)


@every_language
def test_nobody_reads_an_id_or_an_unfilled_blank(language: str) -> None:
    ids = {one for one in knowledge().words.ids(language) if "-" in one}
    for name, card in every_card(scene(language)):
        for text in cards.texts(card):
            assert not re.search(r"[{}$]", text), (name, text)
            assert not ids & set(re.findall(r"[\w-]+", text)), (name, text)


def test_nothing_that_a_person_reads_is_written_in_the_code() -> None:
    in_ = scene("en")
    in_ = replace(in_, knowledge=replace(in_.knowledge, words=_Marked()))
    for name, card in every_card(in_, _marked_cast(), text="", cues={}):
        for text in _shown(card):
            ours = re.sub(r"⟦.*?⟧", "", text.replace("\u200b", ""))
            for known in (MOMENT, NUMBER, LEVEL, TAG, CLOCK, FILE):
                ours = known.sub("", ours)
            assert not re.search(r"[^\W\d_]", ours), (name, text)


def test_markdown_in_a_person_s_text_stands_only_where_it_is_not_read_as_ours() -> None:
    evil = "nos commandes [ici](http://x.fr) bloquées"
    cues = load_cues(ROOT / "data" / "rules" / "cues.toml").find(evil)
    cast = evil_cast("fr")
    for name, card in every_card(cast.seen_by(cast.user), cast, text=evil, cues=cues, words=("commandes",)):
        assert not [text for text in _read_as_markdown(card) if LINK.search(text)], name


def test_a_mark_in_somebody_s_name_is_shown_and_not_obeyed() -> None:
    cast = replace(CAST, user=replace(CAST.user, name="Ugo *the* _great_"))
    read = [text for _, card in every_card(scene(), cast) for text in _read_as_markdown(card) if "great" in text]
    assert read
    assert all(r"Ugo \*the\* \_great\_" in text for text in read)


@pytest.mark.parametrize("name", DRAFTS)
def test_a_person_s_own_words_are_shown_where_they_said_something(name: str) -> None:
    runs = [one["text"] for one in cards.elements(DRAFTS[name](scene())) if one.get("type") == "TextRun"]
    silent = name in ("welcome", "help", "note") or name.endswith("nothing_said")
    assert runs == ([] if silent else ["Nobody in the company receives mail since this morning"])


def test_the_own_contacts_are_shown_where_the_organisation_named_them() -> None:
    read = "\n".join(cards.texts(GALLERY["redirect_contact"](scene())))
    assert CONTACTS["network_team"] in read
    assert CONTACTS["network_team"] not in "\n".join(cards.texts(GALLERY["redirect"](scene())))


class _Marked:
    """Words that say their own id between marks, so that all else in a card stands out."""

    def voice(self, _language: str) -> Say:
        return lambda id, /, **_facts: f"⟦{id}⟧"  # noqa: A006 - Fluent's own name


@cache
def _validator() -> Draft6Validator:
    path = Path(adaptive_cards.__file__).parent / "schemas" / "schema-1.5.json"
    return Draft6Validator(json.loads(path.read_text(encoding="utf-8")))


def _faults(card: Mapping[str, Any]) -> list[str]:
    return [fault.message[:300] for fault in _validator().iter_errors(_without(TEAMS_OWN, card))]


def _without(keys: frozenset[str], node: Any) -> Any:
    if isinstance(node, Mapping):
        return {key: _without(keys, child) for key, child in node.items() if key not in keys}
    return [_without(keys, child) for child in node] if isinstance(node, list) else node


def _shape(node: Any) -> str:
    """A card without its texts: cards of one shape are valid together."""
    if isinstance(node, Mapping):
        return json.dumps({key: _shape(child) for key, child in node.items()})
    return json.dumps([_shape(child) for child in node]) if isinstance(node, list) else type(node).__name__


def _buttons(language: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, card in [
        *every_card(scene(language)),
        *((name, make(scene(language))) for name, make in GALLERY.items()),
    ]:
        for button in cards.buttons(card):
            yield f"{name}: {button['title']}", button


def _lists(card: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [field for field in cards.fields(card).values() if field["type"] == "Input.ChoiceSet"]


def _read_as_markdown(card: Mapping[str, Any]) -> Iterator[str]:
    """What a client reads Markdown in: blocks of text and facts, but no run of text, no field and no button."""
    for one in cards.elements(card):
        if one.get("type") == "TextBlock":
            yield one["text"]
        for fact in one.get("facts", ()):
            yield from (fact["title"], fact["value"])


def _shown(card: Mapping[str, Any]) -> list[str]:
    """All that is read: of the choices in a list their titles and of a field its label, not their values."""
    values = {choice["value"] for field in _lists(card) for choice in field["choices"]}
    values |= {field.get("value", "") for field in cards.fields(card).values()}
    return [text for text in cards.texts(card) if text not in values]


def _long_winded(letter: str) -> Cast:
    """People with names, contacts and stories without end."""
    names = {name: replace(getattr(CAST, name), name=letter * 255) for name in PEOPLE}
    contacts = dict.fromkeys(("name", "network_team", "help_desk", "support_phone"), letter * 500)
    return replace(CAST, **names, home=replace(CAST.home, **contacts), problem=letter * 10_000, words=letter * 10_000)


def _marked_cast() -> Cast:
    """People whose own words stand out as well."""
    names = {name: replace(getattr(CAST, name), name=f"⟦{name}⟧") for name in PEOPLE}
    tenants = {name: replace(getattr(CAST, name), name=f"⟦{name}⟧") for name in ("home", "office")}
    return replace(CAST, **names, **tenants, problem="⟦problem⟧", words="⟦words⟧")
