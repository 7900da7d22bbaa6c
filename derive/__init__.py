"""Mathematical handouts in which every displayed step has been checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from derive.report import Report

__version__ = "0.1.0"
__all__ = ["__version__", "derivation"]


def derivation(name: str, /, *, seed: int = 0, **options: object) -> Report:
    """The handout of a topic, judged: ``derivation("vanishing", n=10)``.

    Options are those of the command line with underscores for dashes; a matrix may be a ``core.Matrix``, rows of exact
    numbers, or text as on the command line. Raises InputError for an unknown topic or option, or a value outside its domain.
    """
    from derive.catalog import report

    return report(name, options, seed)
