"""Who administers an organisation: its own list, or Microsoft Graph."""

from bot.directory.cached import GraphDirectory
from bot.directory.contract import Directory
from bot.directory.graph import Away, Graph
from bot.directory.listed import TenantList
from bot.directory.roles import load_roles

__all__ = ["Away", "Directory", "Graph", "GraphDirectory", "TenantList", "load_roles"]
