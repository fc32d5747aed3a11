"""What stops the program at start: shown as one clear sentence, never as a traceback."""


class CannotStart(Exception):
    """The bot refuses to start; the text says why and what to do."""
