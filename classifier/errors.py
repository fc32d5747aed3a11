"""What can go wrong in this room, each named for the fact.

ClassifierError
├── BadExamples        the examples cannot be learned from
├── ModelRejected      a model file is missing, tampered with, or not ours to load
└── EncoderFails       the sentence encoder is missing, or not the one that was chosen
"""


class ClassifierError(Exception):
    """Anything this room refuses."""


class BadExamples(ClassifierError):
    """The examples cannot be learned from: the text names file, line, field and legal values."""


class ModelRejected(ClassifierError):
    """A model file is missing, was changed, or was written by other versions: nothing of it was loaded."""


class EncoderFails(ClassifierError):
    """The sentence encoder is missing, or not the one that was chosen: the words alone have to serve."""
