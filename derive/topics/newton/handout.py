"""The page: its title, its opening, its sections in order."""

from __future__ import annotations

from derive.core import Derivation, InputError, Prose
from derive.formula import show
from derive.functions import read_function
from derive.functions.domain import require_usable
from derive.functions.reading import check_function
from derive.topics.newton import DEFAULT, Options
from derive.topics.newton.analysis import analyse
from derive.topics.newton.descent import descent
from derive.topics.newton.division import division
from derive.topics.newton.exercises import practice
from derive.topics.newton.order import order
from derive.topics.newton.others import others
from derive.topics.newton.threshold import threshold
from derive.topics.newton.yours import yours
from derive.variant import PRINTED, Variant

BOOK = "Goodfellow, Bengio, Courville, *Deep Learning*, MIT Press 2016"
ANSWER = "an answer on Stack Exchange about exploding gradients"


def handout(options: Options, variant: Variant = PRINTED) -> Derivation:
    """Assemble the sections. Raises InputError for options outside their domain (the Python API has no click)."""
    _check(options)
    f = options.f if options.f is not None else read_function(DEFAULT, "option --f")
    check_function(f, "option --f")
    require_usable(f, options.window, "option --f")
    found = analyse(f, options.window)
    opening = (
        Prose(
            "Newton's method looks for a zero of a function $f$ of one real number: from $x$ it goes to "
            "$N(x) = x - f(x)/f'(x)$. It is fast when it works. When it does not, its steps become huge, or run in a circle. "
            "This page finds out why, and for which starting points."
        ),
        Prose(
            "**In one line.** The step $f/f'$ explodes where the derivative is *small*, not where it is large; it can run away "
            "without any such place, and it can turn in a circle for ever."
        ),
        Prose(
            "Throughout, letters are real numbers and functions are as smooth as their derivatives need; $k$, $m$, $t$ are "
            "integers. Behind each step stands for which values it is claimed, where that changes."
        ),
    )
    return Derivation(
        "newton",
        "When a step of Newton's method explodes",
        opening,
        (
            division(),
            descent(options),
            order(options),
            threshold(options),
            others(),
            yours(options, found),
            practice(variant),
        ),
        (
            ("f", show(f)),
            ("start", str(options.start)),
            ("steps", str(options.steps)),
            ("rate", str(options.rate)),
            *(() if found.whole else (("window", str(options.window)),)),
        ),
        sources=(BOOK, ANSWER),
    )


def _check(options: Options) -> None:
    if not 1 <= options.steps <= 20:
        raise InputError(f"steps = {options.steps} is outside 1 to 20")
    if not 3 <= options.digits <= 12:
        raise InputError(f"digits = {options.digits} is outside 3 to 12")
    if not 0 < options.rate <= 1000:
        raise InputError(f"rate = {options.rate} is not above 0 and at most 1000; choose a learning rate in that range")
    if not 0 < options.window <= 100:
        raise InputError(f"window = {options.window} is not above 0 and at most 100")
    if abs(options.start) > 1000:
        raise InputError(f"start = {options.start} is outside -1000 to 1000")
