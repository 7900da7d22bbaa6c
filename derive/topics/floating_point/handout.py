"""The page: its title, its opening, its sections in order."""

from __future__ import annotations

from fractions import Fraction

from derive.core import Derivation, InputError, Prose
from derive.topics.floating_point import FORMATS, Options
from derive.topics.floating_point.absorbed import absorbed
from derive.topics.floating_point.arithmetic import KNOWN, rounded
from derive.topics.floating_point.eigenvectors import eigenvectors
from derive.topics.floating_point.grid import grid
from derive.topics.floating_point.infinity import infinity
from derive.topics.floating_point.loss import loss
from derive.topics.floating_point.norms import norms
from derive.topics.floating_point.practice import practice
from derive.topics.floating_point.sigmoid import sigmoid
from derive.topics.floating_point.sources import BOOK, HIGHAM, IEEE
from derive.topics.floating_point.vanishing import powers
from derive.topics.floating_point.zeros import zeros
from derive.variant import PRINTED, Variant

OPENING = (
    Prose(
        "Vanishing and exploding gradients are stories about very small and very large numbers, and the machine has its own ideas about those. “The gradient became 0”, “the weights became NaN”, “training stopped”: "
        "none of this can happen to exact numbers. This page says what happens instead, why the machine does otherwise, and from where on; each step is proved in exact arithmetic."
    ),
    Prose(
        "**In one line.** Rounding keeps about $p$ binary digits of every number inside a certain range; zeros, infinities, NaN and stopped updates all come from leaving that range or from adding numbers of very different size, never from smallness alone."
    ),
)


def handout(options: Options, variant: Variant = PRINTED) -> Derivation:
    """Assemble the sections. Raises InputError for options outside their domain (the Python API has no click)."""
    _check(options)
    form = KNOWN[options.precision]
    sections = (
        grid(form),
        powers(options, form),
        infinity(options, form),
        absorbed(options, form),
        loss(options),
        norms(form),
        sigmoid(options, form),
        eigenvectors(options, form),
        zeros(form),
        practice(form, variant),
    )
    return Derivation(
        "floating-point",
        "What floating point does to vanishing and exploding numbers",
        OPENING,
        sections,
        (
            ("precision", options.precision),
            ("weight", str(options.weight)),
            ("start", str(options.start)),
            ("rate", str(options.rate)),
        ),
        sources=(BOOK, IEEE, HIGHAM),
    )


def _check(options: Options) -> None:
    if options.precision not in FORMATS:
        raise InputError(f"precision is {options.precision!r}; choose one of {', '.join(FORMATS)}")
    for name, value, most in (
        ("weight", options.weight, 16),
        ("start", options.start, 100),
        ("rate", options.rate, 100),
    ):
        if not 0 < value <= most:
            raise InputError(f"{name} = {value} is outside its range; choose a number above 0, at most {most}")
        if rounded(value, KNOWN[options.precision]) == Fraction(0):
            raise InputError(f"{name} = {value} is 0 in the format {options.precision}; choose a larger number")
    if not 2 <= options.digits <= 12:
        raise InputError(f"digits = {options.digits} is outside 2 to 12")
