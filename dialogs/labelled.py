"""What a program proposed, marked as such: with the pages it leads to, and so that it can be rated. A person's own choice is not."""

from __future__ import annotations

from collections.abc import Iterable

from dialogs.scene import Scene
from dialogs.values import Citation, Draft, Proposed


def labelled(draft: Draft, scene: Scene, resources: Iterable[str] = (), about: str = "") -> Proposed | None:
    """The mark of a message about this draft; None where a person chose its category, and nothing of it is a program's."""
    if not draft.model or (draft.category is not None and draft.confidence is None):
        return None
    cited = tuple(Citation(scene.say(f"resource-{one}"), scene.rules.resources[one].url, about) for one in resources)
    return Proposed(draft.token, draft.category or draft.proposed_category or "", draft.model, cited)
