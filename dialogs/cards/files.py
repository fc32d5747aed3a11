"""What was sent along with a case: its names on a card, and the button that brings it."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.cards.pieces import Piece, press
from dialogs.phrases import names_of
from dialogs.scene import Scene
from handoff.case import Case
from handoff.file import File


def named_files(files: Sequence[File], scene: Scene) -> list[tuple[str, str]]:
    """What was sent along, as a fact of a card; none, where nothing was."""
    return [(scene.say("label-files"), names_of(files, scene.say))] if files else []


def get_files(case: Case, scene: Scene) -> list[Piece]:
    """The button that brings what was sent along into one's own chat."""
    files = scene.found.files
    button = press(scene.say("button-files", count=len(files)), "files", scene.token, {"case": case.number})
    return [button] if files else []
