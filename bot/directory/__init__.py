"""Who administers an organisation: what is asked before a turn, and who knows."""
