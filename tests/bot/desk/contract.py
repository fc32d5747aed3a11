"""What every desk has to be: a class of tests over a `Place`, which each kind of desk makes for itself."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

import pytest

from bot.desk.contract import Desk, TryLater, Undeliverable
from tests.bot.desk.places import case_of, commented, handover, opened


class Place(Protocol):
    """A desk with its other side, into which a test can look."""

    desk: Desk

    async def threads(self) -> list[list[str]]:
        """The cases that the other side has, each as the texts that it was told, in order."""
        ...

    async def lose_a_reply(self) -> None:
        """Carry the next delivery out, and drop the line before it is answered."""
        ...

    async def refuse(self) -> None:
        """Refuse from now on, for good."""
        ...

    async def go_away(self) -> None:
        """Answer nobody any more."""
        ...


class DeskContract:
    """Inherited by the tests of each kind, which give a `place`."""

    @pytest.fixture
    async def place(self) -> Place:
        """Each kind of desk makes its own."""
        raise NotImplementedError

    async def test_a_new_case_arrives_with_its_number_its_title_and_what_was_written(self, place: Place) -> None:
        await place.desk.deliver(handover(case_of(), opened(case_of())), "")

        [[text]] = await place.threads()
        for part in ("T-222-2222", "No mail", "Nobody gets mail", "Ugo"):
            assert part in text

    async def test_what_happens_later_goes_to_the_same_case_in_order(self, place: Place) -> None:
        case, first = commented(case_of(), "It began on Tuesday")
        again, second = commented(case, "It is better now")
        reference = await place.desk.deliver(handover(case_of(), opened(case_of())), "")
        reference = await place.desk.deliver(handover(case, first), reference)
        await place.desk.deliver(handover(again, second), reference)

        [[_, one, two]] = await place.threads()
        assert "It began on Tuesday" in one
        assert "It is better now" in two

    async def test_two_cases_are_two(self, place: Place) -> None:
        for number in ("T-222-2222", "T-333-3333"):
            case = case_of(number)
            await place.desk.deliver(handover(case, opened(case)), "")

        assert sorted(len(texts) for texts in await place.threads()) == [1, 1]

    async def test_a_case_whose_reply_was_lost_is_there_once(self, place: Place) -> None:
        new = handover(case_of(), opened(case_of()))
        await place.lose_a_reply()
        with pytest.raises(TryLater):
            await place.desk.deliver(new, "")
        await place.desk.deliver(new, "")

        assert [len(texts) for texts in await place.threads()] == [1]

    async def test_a_comment_whose_reply_was_lost_is_there_once(self, place: Place) -> None:
        case, event = commented(case_of(), "It began on Tuesday")
        reference = await place.desk.deliver(handover(case_of(), opened(case_of())), "")
        await place.lose_a_reply()
        with pytest.raises(TryLater):
            await place.desk.deliver(handover(case, event), reference)
        await place.desk.deliver(handover(case, event), reference)

        [[_, one]] = await place.threads()
        assert "It began on Tuesday" in one

    async def test_what_was_delivered_by_a_process_that_died_before_it_was_marked_is_there_once(
        self, place: Place
    ) -> None:
        case, event = commented(case_of(), "It began on Tuesday")
        for _ in range(2):
            reference = await place.desk.deliver(handover(case_of(), opened(case_of())), "")
        for _ in range(2):
            await place.desk.deliver(handover(case, event), reference)

        assert [len(texts) for texts in await place.threads()] == [2]

    async def test_a_case_that_comes_to_the_desk_late_comes_whole(self, place: Place) -> None:
        case, event = commented(case_of(), "It began on Tuesday")
        await place.desk.deliver(replace(handover(case, event), because="rt: 403"), "")

        [texts] = await place.threads()
        told = "\n".join(texts)
        for part in ("T-222-2222", "Nobody gets mail", "It began on Tuesday", "rt: 403"):
            assert part in told

    async def test_nothing_that_a_person_wrote_is_more_than_text(self, place: Place) -> None:
        packet = replace(case_of().packet, title="No mail\r\nBcc: eve@example.com\r\n\r\n<script>")  # type: ignore[type-var]
        case, event = commented(case_of(packet=packet), "<img src=x onerror=alert(1)> \x00 'quoted' \\ \U0001f600")
        reference = await place.desk.deliver(handover(case, opened(case)), "")
        await place.desk.deliver(handover(case, event), reference)

        [[_, comment]] = await place.threads()
        assert "'quoted'" in comment

    async def test_a_desk_that_is_away_is_tried_later(self, place: Place) -> None:
        await place.go_away()
        with pytest.raises(TryLater):
            await place.desk.deliver(handover(case_of(), opened(case_of())), "")
        with pytest.raises(TryLater):
            await place.desk.reach()

    async def test_a_refusal_is_final(self, place: Place) -> None:
        await place.refuse()
        with pytest.raises(Undeliverable):
            await place.desk.deliver(handover(case_of(), opened(case_of())), "")

    async def test_it_can_be_reached_without_being_told_of_a_case(self, place: Place) -> None:
        assert await place.desk.reach()
        assert await place.threads() == []
