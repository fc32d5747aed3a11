"""The life of a model: trained beside the bot, weighed against the one that serves, let through or refused, promoted, rolled back."""

from bot.models.service import Models, Refused
from bot.store.registry_values import Agreement, Event, Run, RunState, Status, Version

__all__ = ["Agreement", "Event", "Models", "Refused", "Run", "RunState", "Status", "Version"]
