"""What support is: people, severity, promises, the life and the route of a case.

Pure: no I/O but the reading of the rule book at start, no clock, no SDK, no database.
"""
