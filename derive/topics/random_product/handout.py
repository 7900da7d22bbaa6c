"""The page: its title, its opening, its sections in order."""

from __future__ import annotations

from derive.core import Derivation, InputError, Prose
from derive.topics.random_product import LARGEST_N, LARGEST_WIDTH, Options
from derive.topics.random_product.exercises import practice
from derive.topics.random_product.honesty import honesty
from derive.topics.random_product.independence import independence
from derive.topics.random_product.mean import mean
from derive.topics.random_product.product import product
from derive.topics.random_product.root import root
from derive.topics.random_product.scale import scale
from derive.topics.random_product.scales import scales
from derive.topics.random_product.typical import typical
from derive.topics.random_product.variance import variance
from derive.topics.random_product.weights import chosen
from derive.topics.random_product.wide import wide
from derive.variant import PRINTED, Variant

SOURCES = (
    "Goodfellow, Bengio, Courville, *Deep Learning*, MIT Press 2016",
    "Sussillo, Abbott, *Random walk initialization for training very deep feedforward networks*, 2014",
    "Saxe, McClelland, Ganguli, *Exact solutions to the nonlinear dynamics of learning in deep linear neural networks*, 2014",
    "Newman, *The distribution of Lyapunov exponents: exact results for random matrices*, Communications in Mathematical Physics 103, 1986",
)


def handout(options: Options, variant: Variant = PRINTED) -> Derivation:
    """Assemble the sections. Raises InputError for options outside their domain (the Python API has no click)."""
    _check(options)
    weights = chosen(options)
    opening = (
        Prose(
            "A deep network multiplies. At the start of training its weights are random, so the size of a signal after $n$ layers, and of "
            "the gradient that comes back, is a product of random numbers. What does such a product do?"
        ),
        Prose(
            "**In one line.** The variance of the product is exactly the product of the variances; it can be kept at any value, and the "
            "product of single weights still vanishes with probability 1. What helps is width, or weights that only turn."
        ),
        Prose(
            "Throughout, $\\operatorname{E}$ is the mean, $\\operatorname{Var}$ the variance, $\\Pr$ a probability, $\\ln$ the natural logarithm and "
            "$\\gamma \\approx 0.5772$ Euler's constant; the letters $i$, $j$, $k$, $n$, $t$, $M$, $N$ stand for integers. Behind each step stands for "
            "which values and laws it is claimed, where that changes."
        ),
    )
    sections = (
        product(),
        variance(options, weights),
        mean(options, weights),
        independence(options),
        root(options),
        typical(options, weights),
        scale(options, weights),
        wide(options),
        scales(options),
        honesty(options, weights),
        practice(variant),
    )
    return Derivation(
        "random-product",
        "When products of random weights vanish or explode",
        opening,
        sections,
        (
            ("n", str(options.n)),
            ("law", options.law if isinstance(options.law, str) else "yours"),
            ("variance", str(weights.variance)),
            ("target", str(options.target)),
            ("width", str(options.width)),
        ),
        sources=SOURCES,
    )


def _check(options: Options) -> None:
    for name, value, high in (("n", options.n, LARGEST_N), ("width", options.width, LARGEST_WIDTH)):
        if not 1 <= value <= high:
            raise InputError(f"{name} = {value} is outside 1 to {high}")
    for name, amount in (("variance", options.variance), ("target", options.target)):
        if amount <= 0:
            raise InputError(f"{name} = {amount} is not positive; choose a number above 0")
    if not 2 <= options.digits <= 10:
        raise InputError(f"digits = {options.digits} is outside 2 to 10")
