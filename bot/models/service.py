"""What operators do with models, for the command line and for the pages alike. `by` is always who asks, for the record.

A refusal that can be expected is a value (`Refused`, with the id of its reason and the facts); `Unavailable` is raised
when the database does not answer.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.models import training
from bot.models.card import card
from bot.models.served import tidy
from bot.settings import Settings
from bot.store import SqlStore
from bot.store.models import ModelChanges, event
from bot.store.registry_values import Agreement, Event, Run, RunState, Status, Version

LIMIT = 100


@dataclass(frozen=True)
class Refused:
    """Why nothing was done. `reason` is the end of a message's id (`models-refused-<reason>` in data/words):

    `unknown` (no such model), `gate` (it did not pass the gate), `champion` (it serves already), `no-file` (its file was deleted),
    `older` (an older serial: go back with `roll_back`), `nothing-before` (there is no earlier model to go back to),
    `no-shadow` (nothing runs as a shadow).
    """

    reason: str
    facts: Mapping[str, Any] = field(default_factory=dict)


class Models:
    """The registry, seen by a person who looks after the classifier."""

    def __init__(self, settings: Settings, store: SqlStore, clock: Callable[[], datetime]) -> None:
        self._settings = settings
        self._store = store
        self._clock = clock

    async def versions(self, limit: int = LIMIT) -> list[Version]:
        """The newest models, newest first, each with its status, figures and what it learned from."""
        return await self._store.models.versions(limit)

    async def version(self, version: str) -> Version | None:
        """One model."""
        return await self._store.models.version(version)

    async def champion(self) -> Version | None:
        """The model that judges messages, if the registry has one yet."""
        serving = await self._store.models.serving()
        return await self._store.models.version(serving.champion) if serving.champion else None

    async def events(self, limit: int = LIMIT, version: str | None = None) -> list[Event]:
        """What was done to models, newest first."""
        return await self._store.models.events(limit, version)

    async def retrain(self, by: str) -> Run:
        """Ask for a training, and start it in a process of its own at low priority. Returns at once; see `run`.

        While another one runs it waits. It ends as `finished` with a challenger, or as `refused` or `failed` with a reason.
        """
        run = Run(secrets.token_hex(8), by, self._clock(), RunState.WAITING)
        await self._store.runs.add(run)
        await training.start(self._settings, run.id)
        return run

    async def run(self, id_: str) -> Run | None:
        """How far a training is; one whose process crashed is called failed."""
        await self._store.runs.bury(self._clock())
        return await self._store.runs.find(id_)

    async def runs(self, limit: int = LIMIT) -> list[Run]:
        """The trainings asked for last, newest first."""
        return await self._store.runs.newest(limit)

    async def comparison(self, version: str) -> Mapping[str, Any] | None:
        """A challenger beside the champion of its day, as JSON; None for a model that was never compared.

        `findings`: what the gate looked at, each with `check`, `passed`, `measured`, `limit`, `facts`, `rows` (examples to look
        at: `where`, `text`, `note`). `figures`: accuracy, macro-F1, A found … of both with intervals. `paired`: McNemar and
        bootstrap. `classes`: each class of both. `corrections`: the same on recent accepted corrections held apart.
        """
        return await self._store.models.comparison(version)

    async def report(self, version: str) -> str | None:
        """The same as one self-contained HTML page with plots."""
        return await self._store.models.report(version)

    async def card(self, version: str) -> Mapping[str, Any] | None:
        """The model card in figures: what it learned from, how good it is, where it errs; None for no such model."""
        found = await self._store.models.version(version)
        return card(found, await self.comparison(version)) if found else None

    async def promote(self, version: str, by: str) -> Version | Refused:
        """Let a challenger (or shadow) judge messages from now on; running bots follow within seconds."""
        async with self._store.models.changing() as changes:
            found = await changes.find(version)
            refused = await self._unfit(found, changes)
            if refused or found is None:
                return refused or Refused("unknown", {"version": version})
            await self._crown(changes, found, by, "promoted")
        return await self._now(version)

    async def roll_back(self, by: str, version: str | None = None) -> Version | Refused:
        """Go back to the model that served before, or to a retired one that is named."""
        async with self._store.models.changing() as changes:
            target = version or await self._before(changes)
            if target is None:
                return Refused("nothing-before")
            found = await changes.find(target)
            if found is None or found.status is not Status.RETIRED:
                return Refused("unknown", {"version": target})
            if not found.kept:
                return Refused("no-file", {"version": target})
            await self._crown(changes, found, by, "rolled_back")
        return await self._now(target)

    async def shadow(self, version: str | None, by: str) -> Version | Refused:
        """Let a challenger read live messages beside the champion without speaking; None ends that."""
        async with self._store.models.changing() as changes:
            running = (await changes.serving()).shadow
            if version is None and running is None:
                return Refused("no-shadow")
            if version is not None:
                found = await changes.find(version)
                refused = await self._unfit(found, changes, older=True)
                if refused or found is None:
                    return refused or Refused("unknown", {"version": version})
            if running is not None:
                await changes.place(running, Status.CHALLENGER)
                await changes.note(event(self._clock(), by, "unshadowed", running))
            if version is not None:
                await changes.place(version, Status.SHADOW)
                await changes.note(event(self._clock(), by, "shadowed", version))
        return await self._now(version or str(running))

    async def agreement(self, version: str) -> list[Agreement]:
        """How far a shadow agreed with each champion that it ran beside, on live messages."""
        return await self._store.shadows.agreement(version)

    async def learned_from(self, examples: list[int]) -> list[str]:
        """The versions that learned from any of these accepted examples (ids of the table `examples`): for erasure."""
        return await self._store.models.learned_from(examples)

    async def delete_file(self, version: str, by: str) -> Version | Refused:
        """Delete the file of a model that does not serve, so that nobody can go back to it; its row and history stay.

        Running bots delete their copies within half a minute.
        """
        async with self._store.models.changing() as changes:
            found = await changes.find(version)
            if found is None:
                return Refused("unknown", {"version": version})
            if found.status in (Status.CHAMPION, Status.SHADOW):
                return Refused("champion", {"version": version})
            await changes.delete_file(found.sha256)
            await changes.note(event(self._clock(), by, "deleted", version))
        await tidy(self._settings, self._store)
        return await self._now(version)

    async def _before(self, changes: ModelChanges) -> str | None:
        """The model to go back to."""
        champion = (await changes.serving()).champion
        reigning = await changes.find(champion) if champion else None
        return await changes.previous(reigning.serial) if reigning else None

    async def _unfit(self, found: Version | None, changes: ModelChanges, *, older: bool = False) -> Refused | None:
        """Why this model cannot be put to work, if it cannot."""
        if found is None:
            return None
        facts = {"version": found.version}
        if found.status is Status.REFUSED:
            return Refused("gate", facts)
        if found.status is Status.CHAMPION:
            return Refused("champion", facts)
        if not found.kept:
            return Refused("no-file", facts)
        champion = (await changes.serving()).champion
        reigning = await changes.find(champion) if champion else None
        if not older and reigning and found.serial < reigning.serial:
            return Refused("older", {**facts, "champion": reigning.version})
        return None

    async def _crown(self, changes: ModelChanges, found: Version, by: str, verb: str) -> None:
        """This one serves; the one that served retires."""
        champion = (await changes.serving()).champion
        if champion:
            await changes.place(champion, Status.RETIRED)
            await changes.note(event(self._clock(), by, "retired", champion, successor=found.version))
        await changes.place(found.version, Status.CHAMPION)
        await changes.note(event(self._clock(), by, verb, found.version, serial=found.serial, predecessor=champion))

    async def _now(self, version: str) -> Version:
        found = await self._store.models.version(version)
        assert found is not None  # noqa: S101 - it was found a moment ago, and no row is ever deleted
        return found
