"""Claims as plain NumPy that a student can read: draw the letters, compute both sides, compare. Made from the terms that were
judged, and apart from ``derive/floats``, which checks the same claims with derived error bounds."""

from derive.writers.numpy_source.cell import Check, cell
from derive.writers.numpy_source.support import first_cell

__all__ = ["Check", "cell", "first_cell"]
