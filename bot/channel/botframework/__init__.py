"""Microsoft Teams, by way of the Bot Framework."""

from bot.channel.botframework.framework import BotFramework

__all__ = ["BotFramework"]
