"""What steers the conversation is heard however it is typed, and only when it is all that is typed."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from bot.settings import ROOT
from dialogs.commands import Command, load_commands
from dialogs.rows import BadPhrases
from dialogs.words import LANGUAGES
from tests.dialogs.cards.scenes import knowledge, scene

PATH = ROOT / "data" / "rules" / "commands.toml"
PHRASES = [
    (phrase, Command(row["id"], "" if language == "any" else language))
    for row in tomllib.loads(PATH.read_text(encoding="utf-8"))["command"]
    for language in (*LANGUAGES, "any")
    for phrase in row[language]
]

every_phrase = pytest.mark.parametrize(("phrase", "command"), PHRASES, ids=lambda one: getattr(one, "id", one))


def hear(text: str) -> Command | None:
    return knowledge().commands.hear(text)


@every_phrase
def test_a_phrase_is_heard_as_it_is_written(phrase: str, command: Command) -> None:
    assert hear(phrase) == command


@every_phrase
@pytest.mark.parametrize("style", ["  {} ", "{}\n"])
def test_a_phrase_is_heard_whatever_stands_around_it(phrase: str, command: Command, style: str) -> None:
    assert hear(style.format(phrase)) == command


@pytest.mark.parametrize(("phrase", "command"), [one for one in PHRASES if re.search(r"\w", one[0])])
@pytest.mark.parametrize("style", ["{}!", "{}.", "« {} »", "{} !!!", "**{}**", "{} 🙏", "/{}"])
def test_a_word_is_heard_whatever_marks_stand_around_it(phrase: str, command: Command, style: str) -> None:
    assert hear(style.format(phrase)) == command
    assert hear(style.format(phrase).upper()) == command


@pytest.mark.parametrize(
    ("text", "id_", "language"),
    [
        ("Français", "french", "fr"),
        ("en français, s’il te plaît ?", "french", "fr"),
        ("Reprendre au début", "start_over", "fr"),
        ("Parler à quelqu’un", "person", "fr"),
        ("parler  à  une   personne", "person", "fr"),
        ("C’est ça", "yes", "fr"),
        ("c'est pas ça", "no", "fr"),
        ("vas-y", "yes", "fr"),
        ("Comment ça marche ?", "help", "fr"),
        ("ＨＥＬＰ", "help", ""),
        ("CANCEL!", "cancel", ""),
        ("never mind…", "cancel", "en"),
        ("👍", "yes", ""),
        (" 👎 ", "no", ""),
        ("?", "help", ""),
    ],
)
def test_it_is_heard_with_accents_marks_and_emoji(text: str, id_: str, language: str) -> None:
    assert hear(text) == Command(id_, language)


@pytest.mark.parametrize(
    "text",
    [
        "please cancel my subscription",
        "I need help with Outlook",
        "stop sending these mails to everyone",
        "annuler mon abonnement",
        "aide-moi à ouvrir Excel",
        "ok but Teams is still down",
        "is there a person I could ask about licences",
        "how do I reset my password",
        "hello, nobody receives mail",
        "je parle français et anglais",
        "no one can sign in",
    ],
)
def test_a_command_inside_a_sentence_is_none(text: str) -> None:
    assert hear(text) is None


@pytest.mark.parametrize("text", ["", "   ", "😀", "🚑🚑", "…", "-", "\u200b"])
def test_what_says_nothing_commands_nothing(text: str) -> None:
    assert hear(text) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_help_tells_people_to_type_is_heard(language: str) -> None:
    told = re.findall(r"\*\*(.+?)\*\*", scene(language).say("help-commands"))
    *ids, _ = [getattr(hear(one), "id", one) for one in told]
    assert ids == ["person", "cancel", "start_over", "my_cases"]
    assert hear(told[-1]) == Command(*{"en": ("french", "fr"), "fr": ("english", "en")}[language])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_button_beside_a_text_types_what_is_heard_as_a_person(language: str) -> None:
    assert hear(scene(language).say("person-command")) == Command("person", language)


def test_a_phrase_that_would_mean_two_things_is_refused(tmp_path: Path) -> None:
    twice = '[[command]]\nid = "{}"\nen = ["Stop!"]\nfr = []\nany = []\n'
    path = tmp_path / "commands.toml"
    path.write_text(twice.format("cancel") + twice.format("help"), encoding="utf-8")
    with pytest.raises(BadPhrases, match="'Stop!' means both cancel and help"):
        load_commands(path)
