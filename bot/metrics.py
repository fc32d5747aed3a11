"""What is counted, for Prometheus: turns, their time, and what waits to be sent. Never a name or a text."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram


class Metrics:
    """One registry for one application, so that two in one process (tests) do not share counts."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.turns = Counter("triage_turns", "Activities taken, by outcome.", ["outcome"], registry=self.registry)
        self.turn_seconds = Histogram(
            "triage_turn_seconds", "Time from an activity to its commit.", registry=self.registry
        )
        self.late = Counter(
            "triage_invokes_late",
            "Buttons, windows and searches answered before their turn was done.",
            registry=self.registry,
        )
        self.cases = Counter("triage_cases", "Cases opened.", registry=self.registry)
        self.sent = Counter("triage_messages", "Messages, by what became of them.", ["outcome"], registry=self.registry)
        self.handovers = Counter(
            "triage_handovers", "Tries to tell a desk, by outcome.", ["desk", "outcome"], registry=self.registry
        )
        self.heard = Counter(
            "triage_desk_events", "What desks said, by the answer's status.", ["desk", "status"], registry=self.registry
        )
        self.waiting = Gauge(
            "triage_outbox_waiting",
            "What has not arrived yet; no desk: at conversations.",
            ["desk"],
            registry=self.registry,
        )
        self.dead = Gauge("triage_outbox_dead", "What will not arrive by itself.", ["desk"], registry=self.registry)
        self.oldest = Gauge(
            "triage_outbox_oldest_seconds", "How long the oldest has waited.", ["desk"], registry=self.registry
        )
        self.model = Gauge("triage_model_info", "The model that serves.", ["version"], registry=self.registry)
        self.models_rejected = Counter(
            "triage_models_rejected", "Models that were promoted and not fit to serve here.", registry=self.registry
        )
        self.shadow = Counter(
            "triage_shadow_readings", "Messages a shadow read, by its category.", ["category"], registry=self.registry
        )

    def serves(self, version: str) -> None:
        """This model serves now, and no other."""
        self.model.clear()
        self.model.labels(version).set(1)
