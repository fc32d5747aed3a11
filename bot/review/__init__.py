"""From what came in to what may be learned: messages in the order of what they teach, and a person's decision on each."""

from bot.review.ranking import Reason, Weighed, weighed
from bot.review.service import Decision, Reviews
from bot.store.review import Candidate

__all__ = ["Candidate", "Decision", "Reason", "Reviews", "Weighed", "weighed"]
