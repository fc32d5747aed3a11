"""What people type to steer the conversation, heard at every step before any dialog."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from dialogs import cases, organisation, person, requests, talk, triage, welcome
from dialogs.scene import Scene, forget
from dialogs.table import again, key, then_next
from dialogs.values import State, Turn


def commanded(state: State, command: str, scene: Scene) -> Turn:
    """Do what was typed; `command` is an id of commands.toml."""
    steer: Mapping[str, Callable[[], Turn]] = {
        "help": lambda: again(state, welcome.helping(state, scene), scene),
        "cancel": lambda: then_next(state, welcome.cancel(state, scene), scene),
        "start_over": lambda: welcome.start_over(state, scene),
        "person": lambda: person.hand_over(state, scene, key(state)),
        "english": lambda: _in(state, "en", scene),
        "french": lambda: _in(state, "fr", scene),
        "greeting": lambda: _greeted(state, scene),
        "thanks": lambda: again(_done_reading(state), welcome.thank(_done_reading(state), scene), scene),
        "yes": lambda: _agreed(state, scene),
        "no": lambda: _refused(state, scene),
        "my_cases": lambda: again(state, cases.listing(state, "mine", scene), scene),
        "queue": lambda: again(state, cases.listing(state, "first_line", scene), scene),
        "requests": lambda: again(state, cases.listing(state, "requests", scene), scene),
        "service_request": lambda: again(state, requests.asked_for(state, scene), scene),
        "solved": lambda: _solved(state, scene),
        "organisation": lambda: again(state, organisation.form(state, scene), scene),
        "switch": lambda: _switch(state, scene),
        "end_talk": lambda: again(state, talk.nobody_there(state, scene), scene),
    }
    return steer[command]()


def _in(state: State, language: str, scene: Scene) -> Turn:
    scene = replace(scene, language=language)
    return again(replace(state, language=language), welcome.speak(state, language, scene), scene)


def _greeted(state: State, scene: Scene) -> Turn:
    if scene.organisations and not state.acting_for and state.draft is None:
        return organisation.choose(state, "", scene)
    return again(state, welcome.greet(state, scene), scene)


def _switch(state: State, scene: Scene) -> Turn:
    if scene.organisations:
        return organisation.choose(state, "", scene)
    return again(state, organisation.nothing_to_switch(state, scene), scene)


def _solved(state: State, scene: Scene) -> Turn:
    """ "Solved": what is on the table if something is, else the case that is open."""
    if state.draft is not None and state.draft.category is not None:
        return then_next(state, triage.solved_alone(state, state.draft, scene), scene)
    return cases.solved(forget(state), scene)


def _done_reading(state: State) -> State:
    """Somebody who thanks for the way out has taken it."""
    return forget(state) if state.asked == "redirect" else state


def _agreed(state: State, scene: Scene) -> Turn:
    if state.draft and state.asked == "proposal":
        return then_next(state, triage.open_it(state, state.draft, scene), scene)
    if state.asked == "redirect":
        return then_next(state, welcome.thank(forget(state), scene), scene)
    if state.asked == "whose":
        return again(state, Turn(state), scene)
    wanted = (welcome.tell(scene.say("ask-more"), scene),) if state.draft is None or state.asked == "detail" else ()
    return again(state, Turn(state, wanted), scene)


def _refused(state: State, scene: Scene) -> Turn:
    if state.draft and state.asked == "redirect":
        return person.hand_over(state, scene, key(state), wrong=True)
    if state.draft and state.asked == "category":
        return triage.list_all(state, state.draft, scene)
    if state.draft and state.asked == "proposal":
        return Turn(state, (welcome.tell(scene.say("what-is-wrong"), scene),))
    if state.asked == "whose":
        return again(state, Turn(state), scene)
    return then_next(state, welcome.cancel(state, scene), scene)
