"""The page: its title, its opening, its sections in order."""

from __future__ import annotations

from fractions import Fraction

from derive.core import Derivation, InputError, Prose
from derive.topics.initialization import DEEPEST, WIDEST, WIDEST_DRAWN, Options
from derive.topics.initialization.layers import layers
from derive.topics.initialization.learning import deep, two_layers
from derive.topics.initialization.practice import practice
from derive.topics.initialization.relu import relu
from derive.topics.initialization.roots import roots
from derive.variant import PRINTED, Variant

SOURCES = (
    "Glorot, Bengio, *Understanding the difficulty of training deep feedforward neural networks*, AISTATS 2010",
    "He, Zhang, Ren, Sun, *Delving deep into rectifiers*, ICCV 2015",
    "Saxe, McClelland, Ganguli, *Exact solutions to the nonlinear dynamics of learning in deep linear neural networks*, arXiv:1312.6120",
    "Goodfellow, Bengio, Courville, *Deep Learning*, MIT Press 2016, sections 8.4 and 10.7",
)


def handout(options: Options, variant: Variant = PRINTED) -> Derivation:
    """Assemble the sections. Raises InputError for options outside their domain (the Python API has no click)."""
    _check(options)
    opening = (
        Prose(
            "Before training there is nothing but random numbers, and their size decides whether a deep network passes on a signal and a gradient. Every rule of thumb for this size "
            "comes from one line of probability. We derive the rules, see what they do not promise, and then follow a chain exactly while it learns."
        ),
        Prose(
            "**In one line.** A layer multiplies the mean square by (inputs × variance) forward and by (outputs × variance) backward; a ReLU halves it; and a chain of many layers that starts too "
            "small waits for a time that is a power of the start, not its logarithm."
        ),
    )
    sections = (
        roots(options),
        layers(options),
        relu(options),
        two_layers(options),
        deep(options),
        practice(options, variant),
    )
    names = ("n_in", "n_out", "depth", "activation", "variance", "start", "width")
    parameters = tuple((name.replace("_", "-"), str(getattr(options, name))) for name in names)
    return Derivation(
        "initialization", "How large weights should be at the start", opening, sections, parameters, sources=SOURCES
    )


def _check(options: Options) -> None:
    for name, low, high in (
        ("n_in", 1, WIDEST),
        ("n_out", 1, WIDEST),
        ("depth", 3, DEEPEST),
        ("width", 2, WIDEST_DRAWN),
        ("digits", 2, 12),
    ):
        if not low <= getattr(options, name) <= high:
            raise InputError(f"{name} = {getattr(options, name)} is outside {low} to {high}")
    if options.activation not in ("linear", "relu"):
        raise InputError(f"activation = {options.activation!r} is unknown; choose linear or relu")
    if options.variance <= 0:
        raise InputError(f"variance = {options.variance} is not positive; choose a variance above 0")
    if not Fraction(1, 10**6) <= options.start <= Fraction(1, 2):
        raise InputError(f"start = {options.start} is outside 1/1000000 to 1/2")
