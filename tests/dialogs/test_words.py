"""The catalogues: both languages say the same things, nothing is said that does not exist, and nothing exists that is never said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path

import pytest

from bot.models import RunState
from bot.models import Status as ModelStatus
from bot.models.card import COUNTED, LIMITS
from bot.pages.models import DEEDS
from bot.pages.place import OUTCOMES
from bot.review import Reason
from bot.settings import ROOT
from bot.teams.source import load_app
from dialogs.cards.agents import PARTS
from dialogs.cards.survey import RATINGS
from dialogs.files import REASONS
from dialogs.lookup import LISTS
from dialogs.notices import DESK_EVENTS
from dialogs.organisation import _values
from dialogs.words import LANGUAGES, UnknownWords, Words, load_words
from handoff.authority import who_may
from handoff.case import Decider, Holder
from handoff.moves import TALKING
from handoff.packet import Packet
from handoff.people import Role
from handoff.rulebook import Severity, Status
from handoff.rules import MOVES_OF_THEIR_OWN
from tests.data.catalogue import WORDS, facts, messages, sources
from tests.data.sayings import constants, said_by_name, said_by_pattern
from tests.dialogs import spoilt
from tests.dialogs.cards.life_gallery import EVENTS
from tests.dialogs.cards.scenes import knowledge, scene

REFUSALS_OF_MODELS = ("unknown", "gate", "champion", "no-file", "older", "nothing-before", "no-shadow")
CHECKS_OF_THE_GATE = (  # of classifier/gate_examples.py and classifier/gate_figures.py
    "too-few",
    "too-few-now",
    "category-missing",
    "level-missing",
    "leak",
    "near-leak",
    "contradictions",
    "wrong-language",
    "category-shift",
    "severity-shift",
    "language-shift",
    "poison",
    "labels",
    "labels-of-category",
    "consistency",
    "floor-accuracy",
    "floor-a-found",
    "floor-in-scope",
    "floor-asked",
    "floor-acted",
    "floor-calibration",
    "floor-category",
    "a-found",
    "a-called-c",
    "in-scope",
    "accuracy",
    "f1",
    "jump",
    "language",
    "severity",
    "asked",
    "acted",
    "category",
    "corrections",
)
FIGURES_OF_A_COMPARISON = (  # of classifier/compare.py, but for those of each language
    *("accuracy", "macro_f1", "in_scope", "severity"),
    *("a_found", "a_called_c", "asked", "acted"),
)
STAGES_OF_A_TRAINING = (  # of classifier/fit.py and bot/models/retrain.py
    *("features", "examples looked at", "compared", "measured"),
    *(f"{stage} ({by})" for stage in ("category", "clarity and lines", "severity") for by in ("words", "meaning")),
)
EVENTS_OF_MODELS = (
    *("trained", "refused", "adopted", "promoted", "rolled_back"),
    *("retired", "shadowed", "unshadowed", "rejected", "deleted"),
)

# Where English and French write the same: names of products, figures, and words that both have.
ALIKE = {
    "app-name",
    "availability-always",
    "label-organisation",
    "packet-contact",
    "packet-description",
    "plan-business",
    "plan-business_essentials",
    "plan-business_premium",
    "report-macro-f1",
    "report-p",
}

every_language = pytest.mark.parametrize("language", LANGUAGES)


def test_both_languages_have_the_same_messages() -> None:
    assert words().ids("en") == words().ids("fr")


@every_language
def test_a_language_says_everything_exactly_once(language: str) -> None:
    ids = [message.id.name for message in messages(language)]
    assert len(set(ids)) == len(ids)
    assert set(ids) == words().ids(language)


@pytest.mark.parametrize("id_", sorted(knowledge().words.ids("en")))
def test_a_message_takes_the_same_facts_in_both_languages(id_: str) -> None:
    assert facts("en")[id_] == facts("fr")[id_]


def test_nothing_was_left_untranslated() -> None:
    english, french = sources("en"), sources("fr")
    assert {id_ for id_ in english if english[id_] == french[id_]} == ALIKE


def test_french_marks_are_set_apart_by_a_space_that_does_not_break() -> None:
    loose = re.compile(r" [:;?!»%]|« |\w[;?!»]|\w%")
    assert {id_ for id_, text in sources("fr").items() if loose.search("".join(text))} == set()


@every_language
def test_every_message_can_be_said(language: str) -> None:
    say = words().voice(language)
    for id_, names in facts(language).items():
        assert say(id_, **dict.fromkeys(names, 2)).strip(), id_


def test_every_message_that_the_code_says_by_name_exists() -> None:
    said = {id_: where for id_, where in said_by_name() if id_ not in words().ids("en")}
    assert said == {}


def test_every_message_that_the_code_builds_from_an_id_exists() -> None:
    assert _built() <= words().ids("en")
    patterns = dict(said_by_pattern())
    assert patterns
    unmatched = {p: where for p, where in patterns.items() if not any(re.fullmatch(p, id_) for id_ in _built())}
    assert unmatched == {}


def test_every_message_is_said_somewhere() -> None:
    assert words().ids("en") - _built() - constants() == frozenset()


@pytest.mark.parametrize(
    ("language", "amount", "said"),
    [
        ("en", 0, "0 hours"),
        ("en", 1, "1 hour"),
        ("en", 2, "2 hours"),
        ("fr", 0, "0 heure"),
        ("fr", 1, "1 heure"),
        ("fr", 2, "2 heures"),
    ],
)
def test_nought_is_plural_in_english_and_singular_in_french(language: str, amount: int, said: str) -> None:
    assert words().voice(language)("target-hour", amount=amount) == said


def test_a_language_that_is_not_served_is_answered_in_english() -> None:
    assert words().voice("de")("button-cancel") == words().voice("en")("button-cancel") == "Cancel"


@every_language
def test_a_message_that_does_not_exist_is_refused_by_its_id(language: str) -> None:
    with pytest.raises(UnknownWords, match="no-such-message"):
        words().voice(language)("no-such-message")


@every_language
def test_a_message_without_its_facts_is_refused_by_its_id(language: str) -> None:
    with pytest.raises(UnknownWords, match="case-title"):
        words().voice(language)("case-title")


def test_no_invisible_marks_are_put_around_facts() -> None:
    assert words().voice("fr")("case-title", number="T-7KM-2Q4X") == "Le dossier T-7KM-2Q4X est ouvert"


def test_a_catalogue_that_cannot_be_read_is_refused_with_its_name_and_the_line(tmp_path: Path) -> None:
    for language in LANGUAGES:
        (tmp_path / language).mkdir()
        (tmp_path / language / "talk.ftl").write_text("greeting = Hello\n")
    (tmp_path / "fr" / "talk.ftl").write_text("greeting = Bonjour\nhelp Aide\n")
    with pytest.raises(UnknownWords, match=r"fr/talk\.ftl.*help Aide"):
        load_words(tmp_path)


@cache
def words() -> Words:
    return load_words(WORDS)


def _built() -> frozenset[str]:
    """Every id that is made of an id of the rule book."""
    rules = knowledge().rules
    routes = rules.routes.values()
    ours, theirs = ([one.id for one in routes if one.opens_a_case is inside] for inside in (True, False))
    answers = [f"{question.id}-{answer}" for question in rules.questions.values() for answer in question.answers]
    return frozenset(
        [
            *(f"category-{one}" for one in rules.categories),
            *(f"route-{one}" for one in ours),
            *(f"route-{one}-{part}" for one in theirs for part in ("title", "reason", "where")),
            *(f"route-{one.id}-contact" for one in routes if one.owner),
            *(f"resource-{one}" for one in rules.resources),
            *(f"plan-{one}" for one in rules.plans),
            *(f"severity-{one}{end}" for one in Severity for end in ("", "-choice")),
            *(f"question-{one}" for one in rules.questions),
            *(f"answer-{one}{end}" for one in answers for end in ("", "-also")),
            *(f"holder-{one}" for one in Holder),
            *(f"availability-{one.availability}" for one in rules.commitments.values()),
            *(f"target-{one.target.unit}" for one in rules.commitments.values() if one.target),
            *(f"sure-{one}" for one in ("high", "medium", "low")),
            *_built_for_cases(),
            *_built_for_forms(),
            *_built_for_the_app(),
            *_built_for_pages(),
        ]
    )


def _built_for_cases() -> Iterator[str]:
    """Those that tell where a case stands, what happened to it, what may be done and who may do it."""
    rules = knowledge().rules
    pressed = set(rules.moves) - {*MOVES_OF_THEIR_OWN, TALKING} | {"follow_up", "talk"}
    yield from (f"status-{one}" for one in Status)
    yield from (f"severity-by-{one}" for one in Decider)
    yield "event-talk"
    yield from (f"{told}-{one}" for told in ("event", "told") for one in (*EVENTS, *DESK_EVENTS))
    yield from (f"do-{one}" for one in pressed)
    yield from (f"desk-{one}-without-words" for one in ("ask", "comment", "resolve"))
    yield from (f"verb-{one}" for one in rules.authority)
    yield from (f"role-{one}" for verb in rules.authority for one in who_may(rules, verb))
    yield from (f"cases-{one}" for one in LISTS.values())
    yield from (f"self-help-{one}" for one in rules.self_help)
    yield from (f"agents-{one}" for one in PARTS)
    yield from (f"talk-over-{one}" for one in ("said", "case", "silence"))


def _built_for_the_app() -> Iterator[str]:
    """Those that Teams shows of the app, by the ids of its own table."""
    app = load_app(ROOT / "data" / "teams" / "app.toml")
    for one in app.lists:
        yield from (f"app-command-{id_}{end}" for id_ in one.commands for end in ("", "-description"))
        yield from (f"app-prompt-{id_}{end}" for id_ in one.prompts for end in ("", "-description", "-text"))
    for extension in app.extensions:
        yield from (f"app-extension-{extension.id}{end}" for end in ("", "-description"))
        yield from (f"app-parameter-{name}{end}" for name in extension.parameters for end in ("", "-description"))


def _built_for_pages() -> Iterator[str]:
    """Those that the operators' pages build: from what became of a message, from a model's place, from what was done."""
    yield from (f"gate-{one}" for one in CHECKS_OF_THE_GATE)
    yield from (f"outcome-{one}" for one in OUTCOMES)
    yield from (f"reason-{one}" for one in Reason)
    yield from (f"page-said-by-{one}" for one in ("agent", *Role))
    yield from (f"page-decided-{one}" for one in ("acted", "confirmed", "asked", "other"))
    yield from (f"page-language-{one}" for one in LANGUAGES)
    yield from (f"page-holder-{one}" for one in Holder)
    yield from (f"page-{one}" for one in ("not-kept", "nothing-to-undo", *DEEDS))
    yield from (f"page-sure-{one}" for one in DEEDS)
    yield from (f"run-{one}" for one in RunState)
    yield from (f"model-{one}" for one in ModelStatus)
    yield from (f"model-event-{one}" for one in EVENTS_OF_MODELS)
    yield from (id_ for id_ in words().ids("en") if id_.startswith("gate-"))  # by the gate's checks
    yield from (f"models-refused-{one}" for one in REFUSALS_OF_MODELS)
    yield from (f"plot-{one}" for one in ("believed", "handled"))
    yield from (f"stage-{re.sub('[^a-z]+', '-', one).strip('-')}" for one in STAGES_OF_A_TRAINING)
    yield from (
        f"card-{one}" for one in ("figure", "share", "interval", "of", "true", "said", "by", "name", "messages")
    )
    yield from (f"card-limit-{one}" for one in LIMITS)
    yield from (f"card-by-{one}" for one in COUNTED)
    yield from (f"report-{one.replace('_', '-')}" for one in FIGURES_OF_A_COMPARISON)
    heads = ("figure", "champion", "challenger", "difference", "p", "found", "right", "lost", "won")
    yield from (f"report-{one}" for one in heads)


def _built_for_forms() -> Iterator[str]:
    """Those that name the fields of a form, what may be chosen there, and what may be wrong with them."""
    known = ("number", "category", "severity", "evidence")
    yield from (f"packet-{one.name}" for one in fields(Packet))
    yield from (f"packet-{one}" for one in known)
    yield from (f"organisation-{one}" for one in _values(scene()))
    yield from (f"problem-{problem}" for of in (spoilt.forms, spoilt.moves) for _, problem in spoilt.problems(of))
    yield from (f"problem-{field}-{problem}" for field, problem in spoilt.problems(spoilt.moves))
    yield from (f"day-{one}" for one in range(7))
    yield from (f"language-{one}" for one in LANGUAGES)
    yield from (f"survey-{one}" for one in RATINGS)
    yield from (f"file-lost-{one}" for one in REASONS)
