"""What the rules do not allow, in words: who may, what is possible instead, until when it was."""

from __future__ import annotations

from dialogs.moments import when
from dialogs.scene import Scene
from handoff.errors import IllegalMove, NotAllowed, Refused, TooLate, Unfit


def words_for(refusal: Refused, scene: Scene) -> str:
    """One refusal, for the person whose scene this is."""
    say = scene.say
    if isinstance(refusal, NotAllowed):
        return say("refused-not-allowed", what=say(f"verb-{refusal.verb}"), who=_names(refusal.who, "role", scene))
    if isinstance(refusal, IllegalMove):
        possible = _names(refusal.legal, "verb", scene)
        status = say(f"status-{refusal.status}")
        text = say("refused-illegal", what=say(f"verb-{refusal.verb}"), status=status)
        return f"{text} {say('refused-possible', moves=possible)}" if possible else text
    if isinstance(refusal, TooLate):
        return say("refused-too-late", until=when(refusal.until, scene))
    if isinstance(refusal, Unfit):
        return " ".join(say(f"problem-{field}-{problem}") for field, problem in refusal.problems.items())
    raise AssertionError(f"no words for {refusal!r}")


def _names(ids: tuple[str, ...], kind: str, scene: Scene) -> str:
    return ", ".join(scene.say(f"{kind}-{one}") for one in ids)
