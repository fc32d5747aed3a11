"""The figures that operators read are the ones that happened."""

from __future__ import annotations

import random
import re
from datetime import UTC, datetime, timedelta

import pytest

from bot.figures.counting import STABLE_FROM, Counts, counts_of, matrix_of, stability
from bot.figures.curves import FEWEST, curves_of
from bot.figures.drift import drift_of, parted
from bot.figures.promises import promises
from bot.figures.service import LIST
from bot.store.figures import Judged, Tally, Written
from handoff.clock import Clock
from handoff.rulebook import Severity, Status
from tests.bot.pages.seed import live_through
from tests.bot.pages.visitor import Visitor
from tests.bots import Bot
from tests.handoff.books import rules
from tests.handoff.cases import CONTOSO, case_in, opened


async def test_the_overview_counts_what_people_did(bot: Bot, operator: Visitor) -> None:
    chat = await bot.teams.personal(bot.teams.person("Alice", locale="fr-FR"))
    outage = "Plus personne ne reçoit de mail dans l'entreprise depuis ce matin"
    await chat.press(await chat.say(outage), "Ouvrir le dossier", {"category": "service_config"})
    await chat.press(await chat.say("le wifi ne marche plus dans tout le bâtiment"), "C’est faux")

    await operator.go("/operator")

    assert "Messages 2 " in operator.text
    assert "Corrected 100" in operator.text
    assert "Wrongly sent away 100" in operator.text
    assert "administrators new 2" in operator.text


async def test_a_figure_of_the_matrix_leads_to_its_messages(bot: Bot, operator: Visitor) -> None:
    chat = await bot.teams.personal(bot.teams.person("Alice Martinet", locale="fr-FR"))
    said = "Plus personne ne reçoit de mail dans l'entreprise depuis ce matin, Alice Martinet"
    await chat.press(await chat.say(said), "Ouvrir le dossier", {"category": "service_config"})
    await operator.go("/operator/understanding")
    assert "/operator/messages?proposed=exchange&amp;category=service_config" in operator.source

    await operator.go("/operator/messages?proposed=exchange&category=service_config")

    assert "Plus personne ne reçoit de mail" in operator.text
    assert "Martinet" not in operator.text
    await operator.go("/operator/messages?proposed=network")
    assert "No message is like that" in operator.text


async def test_a_long_list_goes_on_with_older_messages(bot: Bot, operator: Visitor) -> None:
    await live_through(bot.store, bot.knowledge, bot.classifier, bot.clock(), 70)
    await operator.go("/operator/messages")
    assert operator.source.count('<p class="text"') == LIST
    [older] = re.findall(r'href="(/operator/messages\?before=\d+)"', operator.source)
    await operator.go(older)
    assert operator.source.count('<p class="text"') == 70 - LIST
    assert "before=" not in operator.source


async def test_who_is_sent_away_and_does_not_object_lets_that_stand(bot: Bot, operator: Visitor) -> None:
    wifi = "the wifi is down in the whole building"
    for name, presses in (("Ada", None), ("Ben", None), ("Cleo", "That is wrong")):
        chat = await bot.teams.personal(bot.teams.person(name))
        turn = await chat.say(wifi)
        if presses:
            await chat.press(turn, presses)
    judged = await bot.store.figures.judged(bot.clock() - timedelta(hours=1), bot.clock())
    assert sorted(one.right for one in judged) == [False, True, True]

    await operator.go("/operator/understanding")
    cell = "/operator/messages?proposed=network&amp;category=network"
    assert cell in operator.source
    await operator.go(cell.replace("&amp;", "&"))
    assert operator.source.count('<p class="text"') == 2


async def test_plots_and_figures_speak_the_readers_language(bot: Bot, operator: Visitor) -> None:
    await live_through(bot.store, bot.knowledge, bot.classifier, bot.clock(), 120)
    await operator.go("/operator/language/fr?to=/operator/understanding")
    for words in ("part traitée, les plus sûrs d’abord", "certitude annoncée", "100\xa0%"):
        assert words in operator.source, words
    for words in ("believed", "share handled", ">100%<"):
        assert words not in operator.source, words


@pytest.mark.parametrize(
    "query",
    [
        "proposed=<script>",
        "outcome='--",
        "category=%00",
        "before=x",
        "before=-1",
        "before=99999999999999999999",
        "language=" + "x" * 500,
        "nonsense=1",
    ],
)
async def test_a_made_up_filter_finds_nothing_and_breaks_nothing(operator: Visitor, query: str) -> None:
    await operator.go(f"/operator/messages?{query}")
    assert operator.status == 200
    assert "<script>" not in operator.source


async def test_weeks_of_life_are_shown_with_curves(bot: Bot, operator: Visitor) -> None:
    await live_through(bot.store, bot.knowledge, bot.classifier, bot.clock(), 120)
    await operator.go("/operator")
    assert operator.source.count('class="acted"') > 4
    await operator.go("/operator/understanding")
    assert operator.source.count("<svg") == 2
    await operator.go("/operator/drift")
    assert "Too few messages to tell" in operator.text


def test_what_was_understood_is_added_up() -> None:
    some = [
        Tally("en", "act", "opened", "exchange", "exchange", 5),
        Tally("en", "act", "redirected", "network", None, 3),  # and nobody objected
        Tally("fr", "ask", "redirected_wrongly", "network", None, 1),
        Tally("fr", "confirm", "corrected", "exchange", "identity", 2),
        Tally("fr", "act", "", "exchange", None, 1),
    ]
    counted = counts_of(some)
    assert (counted.messages, counted.acted, counted.abstained) == (12, 9, 3)
    assert (counted.corrected, counted.alone, counted.redirected, counted.unfinished) == (3, 3, 4, 1)
    matrix = matrix_of(some, ["identity", "exchange", "network"])
    assert matrix.labels == ("identity", "exchange", "network")
    assert matrix.counts == ((0, 0, 0), (2, 5, 0), (0, 0, 3))


def test_shares_that_move_are_only_told_of_where_chance_does_not_move_them_as_much() -> None:
    many, few = {"a": Counts(STABLE_FROM), "b": Counts(STABLE_FROM)}, {"a": Counts(50), "b": Counts(150)}
    moved = {"a": Counts(STABLE_FROM * 3), "b": Counts(STABLE_FROM)}
    assert stability(many, few) is None
    assert stability(many, many) == pytest.approx(0)
    found = stability(many, moved)
    assert found is not None
    assert 0.2 < found < 0.4


def test_curves_need_enough_messages() -> None:
    chance = random.Random(3)
    judged = [Judged(p := chance.random(), right=chance.random() < p) for _ in range(400)]
    assert curves_of(judged[: FEWEST - 1]).calibration is None
    curves = curves_of(judged)
    assert curves.calibration is not None
    assert curves.calibration["ece"] < 0.1
    assert curves.coverage


async def test_drift_says_when_it_cannot_tell() -> None:
    everybody = [Written("x", str(n)) for n in range(199)]
    assert await drift_of(everybody) == {"enough": False, "recent": 49, "before": 150}
    one_of_few = [Written("x", str(n % 19)) for n in range(800)]
    assert await drift_of(one_of_few) == {"enough": False, "recent": 200, "before": 600}
    assert [len(part) for part in parted([str(n) for n in range(5000)])] == [200, 600]


def test_a_promise_is_met_missed_or_running_by_its_own_clock() -> None:
    now = datetime(2026, 11, 25, 12, tzinfo=UTC)
    hour = timedelta(minutes=50)
    clocks = [
        Clock(elapsed=hour, answered_at=now),
        Clock(elapsed=3 * hour, answered_at=now),
        Clock(running_since=now - hour),
        Clock(running_since=now - 3 * hour),
    ]
    requests = [
        (case_in(Status.ESCALATED, support=True, severity=Severity.A, clock=clock), CONTOSO) for clock in clocks
    ]
    found = promises(rules(), requests, now)
    assert [(one.met, one.missed, one.running) for one in found] == [(1, 2, 1)]
    assert promises(rules(), [(opened(category=None, severity=None), CONTOSO)], now) == ()
