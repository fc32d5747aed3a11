"""Not ours to solve: the person is sent to whoever owns the problem, and nothing is opened."""

from __future__ import annotations

from dataclasses import replace

from dialogs.cards.redirect import redirect_card
from dialogs.labelled import labelled
from dialogs.scene import Scene
from dialogs.values import Draft, Message, State, Turn


def send_away(state: State, draft: Draft, scene: Scene) -> Turn:
    """Show the way out; `draft` has a category whose route is out of scope. Its card can be contradicted once."""
    draft = replace(draft, token=scene.token)
    route = scene.rules.route_of(str(draft.category))
    proposed = labelled(draft, scene, route.resources, scene.say(f"route-{route.id}-reason"))
    title = scene.say(f"route-{route.id}-title")
    message = Message(title, redirect_card(draft, scene), replaces=True, proposed=proposed)
    return Turn(replace(state, asked="redirect", misses=0, draft=draft), (message,))
