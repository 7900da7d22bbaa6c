"""The page: its title, its opening, its sections in order."""

from __future__ import annotations

from derive.core import Derivation, InputError, Prose
from derive.topics.momentum import LARGEST_CONDITION, Options
from derive.topics.momentum.best import best
from derive.topics.momentum.initialisation import initialisation
from derive.topics.momentum.jordan import jordan
from derive.topics.momentum.practice import practice
from derive.topics.momentum.recurrences import recurrences
from derive.topics.momentum.stability import rate, stability
from derive.variant import PRINTED, Variant

SOURCES = (
    "Goodfellow, Bengio, Courville, *Deep Learning*, MIT Press 2016, section 10.11",
    "Sutskever, Martens, Dahl, Hinton, *On the importance of initialization and momentum in deep learning*, ICML 2013",
    "Nesterov, *Introductory Lectures on Convex Optimization*, Kluwer 2004",
)

OPENING = (
    Prose(
        "Near a minimum a loss is a quadratic, and along each eigenvector of its Hessian a descent method follows a recurrence with two or three numbers in it. "
        "On that stage everything about momentum can be computed: when it diverges, which parameters are best, and how many steps it saves."
    ),
    Prose(
        "**In one line.** With condition number $\\kappa$, gradient descent needs a number of steps proportional to $\\kappa$ and momentum one proportional to $\\sqrt{\\kappa}$; "
        "Nesterov's form diverges at *smaller* learning rates than the classical one; and at its best parameters its matrix is defective."
    ),
    Prose(
        "Throughout, the Hessian has eigenvalues $\\lambda$ from $m > 0$ to $L > m$, $\\kappa = L/m$ is its condition number, $\\eta > 0$ the learning rate and $0 \\le \\mu < 1$ the momentum; "
        "$x$ is the coordinate along one eigenvector, measured from the minimum, and $v$ its velocity. $k$ counts steps. Behind each step stands for which values it is claimed."
    ),
)


def handout(options: Options, variant: Variant = PRINTED) -> Derivation:
    """Assemble the sections. Raises InputError for options outside their domain."""
    _check(options)
    sections = (
        recurrences(),
        stability(options),
        best(options),
        jordan(options),
        initialisation(),
        practice(options, variant),
    )
    parameters = (
        ("smallest", str(options.smallest)),
        ("largest", str(options.largest)),
        ("momentum", str(options.momentum)),
        ("learning rate", str(rate(options))),
    )
    title = "Momentum on a quadratic: how fast, and how far it can be pushed"
    return Derivation("momentum", title, OPENING, sections, parameters, sources=SOURCES)


def _check(options: Options) -> None:
    if not 0 < options.smallest < options.largest <= 10**9:
        raise InputError(
            f"eigenvalues from {options.smallest} to {options.largest} will not do; the smallest must be above 0 and below the largest"
        )
    if options.largest > LARGEST_CONDITION * options.smallest:
        raise InputError(
            f"the condition number {options.largest / options.smallest} is too large; choose one of at most {LARGEST_CONDITION}"
        )
    if not 0 <= options.momentum < 1:
        raise InputError(f"momentum = {options.momentum} is outside the range; choose one from 0 on and below 1")
    if options.learning_rate is not None and not 0 < options.learning_rate <= 10**9:
        raise InputError(f"learning rate = {options.learning_rate} is outside the range; choose one above 0")
    if not 2 <= options.digits <= 12:
        raise InputError(f"digits = {options.digits} is outside 2 to 12; choose a number of digits in that range")
