"""The page: its title, its opening, its sections in order."""

from __future__ import annotations

from derive.core import Derivation, InputError, Prose
from derive.formula import show
from derive.functions import read_function
from derive.functions.domain import require_usable
from derive.functions.reading import check_function
from derive.topics.second_order import DEFAULT, Options
from derive.topics.second_order.exercises import practice
from derive.topics.second_order.gauss_newton import gauss_newton
from derive.topics.second_order.minibatch import minibatch
from derive.topics.second_order.ratio import ratio
from derive.topics.second_order.saddle import saddle
from derive.topics.second_order.target import target
from derive.topics.second_order.yours import yours
from derive.variant import PRINTED, Variant

BOOK = "Goodfellow, Bengio, Courville, *Deep Learning*, MIT Press 2016"
MARTENS = "Martens, Sutskever, *Training deep and recurrent networks with Hessian-free optimization*, 2012"


def handout(options: Options, variant: Variant = PRINTED) -> Derivation:
    """Assemble the sections. Raises InputError for options outside their domain (the Python API has no click)."""
    _check(options)
    f = options.f if options.f is not None else read_function(DEFAULT, "option --f")
    check_function(f, "option --f")
    require_usable(f, options.window, "option --f")
    opening = (
        Prose(
            "When a gradient vanishes, the second derivative often vanishes with it. Then their ratio, which is the step of Newton's "
            "method for a minimum, need not vanish. That is the idea behind second-order training of recurrent networks. This page "
            "follows it to the end: how constant the ratio really is, in which direction it points, and what it costs."
        ),
        Prose(
            "**In one line.** Dividing by the second derivative turns an exponential decay into a factor $1/n$; but where the loss "
            "bends down it also turns the step around, so that it heads for maxima and saddles."
        ),
        Prose(
            "Throughout, $w$ and $x$ are real numbers unless said otherwise, $n$ is a number of layers (or of parameters), and the "
            "Newton step for a loss $f$ is $-f'/f''$, in many dimensions $-H^{-1} g$ with the gradient $g$ and the Hessian $H$. "
            "Behind each step stands for which values it is claimed, where that changes."
        ),
    )
    return Derivation(
        "second-order",
        "When the second derivative vanishes with the first",
        opening,
        (
            ratio(options),
            target(options),
            saddle(options),
            gauss_newton(options),
            minibatch(options),
            yours(options, f),
            practice(variant),
        ),
        (
            ("f", show(f)),
            ("depth", str(options.depth)),
            ("target", str(options.target)),
            ("start", str(options.start)),
            ("damping", str(options.damping)),
        ),
        sources=(BOOK, MARTENS),
    )


def _check(options: Options) -> None:
    if not 3 <= options.depth <= 60:
        raise InputError(f"depth = {options.depth} is outside 3 to 60")
    if not 3 <= options.digits <= 12:
        raise InputError(f"digits = {options.digits} is outside 3 to 12")
    for name, value, high in (
        ("target", options.target, 100),
        ("start", options.start, 10),
        ("damping", options.damping, 1000),
        ("window", options.window, 100),
    ):
        if not 0 < value <= high:
            raise InputError(f"{name} = {value} is not above 0 and at most {high}; choose a number in that range")
