"""Mathematical handouts in which every displayed step has been checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from derive.report import Report

__version__ = "0.1.0"
__all__ = ["__version__", "check", "derivation"]


def check(text: str, /, *, given: str = "") -> Report:
    """The report on somebody's notes in Markdown or LaTeX, or on one line of LaTeX: ``check(r"\\sqrt{x^2} = x", given="x in R")``.

    ``given`` declares letters, as on the command line; in notes it holds throughout. Every relation is a step of the report.
    Raises InputError for declarations, or a single line, that cannot be read.
    """
    from derive.checking import check_given

    return check_given(text, given)


def derivation(name: str, /, *, seed: int = 0, **options: object) -> Report:
    """The handout of a topic, judged: ``derivation("vanishing", n=10)``.

    Options are those of the command line with underscores for dashes; a matrix may be a ``core.Matrix``, rows of exact
    numbers, or text as on the command line. Raises InputError for an unknown topic or option, or a value outside its domain.
    """
    from derive.catalog import report

    return report(name, options, seed)
