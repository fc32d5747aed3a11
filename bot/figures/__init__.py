"""How the bot does, in figures: what came in, how it was understood, what became of it, whether promises were kept."""

from bot.figures.counting import Counts, Matrix, Week, counts_of, matrix_of
from bot.figures.curves import Curves, curves_of
from bot.figures.promises import Promised, promises
from bot.figures.service import Figures, Overview
from bot.store.contract import Unavailable
from bot.store.figures import FILTERS

__all__ = [
    "FILTERS",
    "Counts",
    "Figures",
    "Matrix",
    "Overview",
    "Promised",
    "Unavailable",
    "Week",
    "Curves",
    "counts_of",
    "curves_of",
    "matrix_of",
    "promises",
]
