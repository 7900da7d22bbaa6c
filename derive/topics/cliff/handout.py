"""The page: its title, its opening, its sections in order."""

from __future__ import annotations

from derive.core import Derivation, InputError, Prose
from derive.topics.cliff import LARGEST_DEPTH, Options
from derive.topics.cliff.boundary import boundary
from derive.topics.cliff.catapult import catapult
from derive.topics.cliff.grid import grid
from derive.topics.cliff.practice import practice
from derive.topics.cliff.products import products
from derive.topics.cliff.profile import profile
from derive.topics.cliff.ray import ray_section
from derive.variant import PRINTED, Variant

SOURCES = (
    "Goodfellow, Bengio, Courville, *Deep Learning*, MIT Press 2016, sections 8.2.4 and 10.11.1",
    "Pascanu, Mikolov, Bengio, *On the difficulty of training recurrent neural networks*, ICML 2013",
)

OPENING = (
    Prose(
        "Textbooks show the loss of a recurrent network as a landscape with *cliffs*: wide flat regions, and between them a place where the loss "
        "jumps. A gradient step that starts there flies far away. The smallest network that has such a cliff is one unit with one weight $w$ and one "
        "bias $b$, and its cliff can be computed with pencil and paper."
    ),
    Prose(
        "**In one line.** The gradient of the one-unit network grows like $\\rho^T$ on a ray of the parameter plane and in a sliver around it; this cliff is as thin as it is "
        "high, so that no plot shows its height, and a single step from it can lose the work of all steps before."
    ),
    Prose(
        "Throughout, $\\sigma(x) = 1/(1 + e^{-x})$ is the logistic function; $i$, $k$, $m$, $n$, $t$, $T$ stand for integers, all other letters for real numbers. "
        "Behind each step stands for which values it is claimed."
    ),
)


def handout(options: Options, variant: Variant = PRINTED) -> Derivation:
    """Assemble the sections. Raises InputError for options outside their domain."""
    _check(options)
    sections = (
        products(options),
        ray_section(options),
        profile(options),
        grid(options),
        boundary(options),
        catapult(options),
        practice(options, variant),
    )
    parameters = (
        ("w", str(options.w)),
        ("b", "1e-9 beside the cliff" if options.b is None else str(options.b)),
        ("depth", str(options.depth)),
        ("learning rate", str(options.learning_rate)),
        ("threshold", str(options.threshold)),
    )
    title = "The cliff of a recurrent unit, in closed form"
    return Derivation("cliff", title, OPENING, sections, parameters, sources=SOURCES)


def _check(options: Options) -> None:
    if not abs(options.w) <= 20 or options.w == 0:
        raise InputError(f"w = {options.w} will not do; choose a weight from -20 to 20 that is not 0")
    if options.b is not None and not abs(options.b) <= 100:
        raise InputError(f"b = {options.b} is outside -100 to 100; choose a bias in that range")
    if not 2 <= options.depth <= LARGEST_DEPTH:
        raise InputError(
            f"depth = {options.depth} is outside 2 to {LARGEST_DEPTH}; choose a number of steps in that range"
        )
    if not 0 < options.learning_rate <= 100:
        raise InputError(
            f"learning rate = {options.learning_rate} is outside the range; choose one above 0, at most 100"
        )
    if not 0 < options.threshold <= 10**6:
        raise InputError(f"threshold = {options.threshold} is outside the range; choose one above 0, at most 1000000")
    if not 2 <= options.digits <= 12:
        raise InputError(f"digits = {options.digits} is outside 2 to 12; choose a number of digits in that range")
