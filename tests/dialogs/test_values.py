"""What a conversation remembers survives being stored, and is dropped without a word when another version stored it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.values import STATE_VERSION, Draft, State
from tests.dialogs.cards.scenes import draft

texts = st.text()
maybe = st.none() | texts
lists = st.lists(texts, max_size=4).map(tuple)
maps = st.dictionaries(texts, texts, max_size=4)

drafts = st.builds(
    Draft,
    text=texts,
    token=texts,
    category=maybe,
    proposed_category=maybe,
    confidence=st.none() | st.floats(0, 1),
    alternatives=lists,
    severity=maybe,
    proposed_severity=maybe,
    severity_by=texts,
    levels=lists,
    answers=maps,
    cues=maps,
    words=lists,
    model=texts,
)
states = st.builds(
    State,
    language=texts,
    asked=texts,
    misses=st.integers(0, 9),
    draft=st.none() | drafts,
    later=st.lists(drafts, max_size=3).map(tuple),
    case=texts,
    said=texts,
    waiting=texts,
    acting_for=texts,
)


@given(states)
def test_what_is_remembered_survives_being_stored_as_json(state: State) -> None:
    assert State.from_json(json.loads(json.dumps(state.to_json()))) == state


@given(states)
def test_a_remembered_list_comes_back_as_one_that_cannot_be_changed(state: State) -> None:
    back = State.from_json(json.loads(json.dumps(state.to_json())))
    assert isinstance(back.later, tuple)
    for draft_ in (*back.later, *([back.draft] if back.draft else [])):
        assert all(isinstance(one, tuple) for one in (draft_.alternatives, draft_.levels, draft_.words))


@pytest.mark.parametrize("stored", [None, {}])
def test_a_conversation_that_was_never_stored_begins_anew(stored: dict[str, Any] | None) -> None:
    assert State.from_json(stored) == State()


@pytest.mark.parametrize("version", [0, STATE_VERSION + 1, None, "1"])
def test_what_another_version_stored_is_dropped(version: object) -> None:
    stored = {**State(language="fr", draft=draft()).to_json(), "v": version, "of the future": 1}
    assert State.from_json(stored) == State()


def test_what_carries_no_version_is_dropped() -> None:
    stored = State(language="fr").to_json()
    del stored["v"]
    assert State.from_json(stored) == State()


def test_two_conversations_share_nothing_that_can_be_changed() -> None:
    one, other = Draft("a"), Draft("b")
    assert one.answers is not other.answers
    assert replace(one, answers={"people": "one"}).answers != other.answers
