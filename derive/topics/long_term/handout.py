"""The page: its title, its opening, its sections in order."""

from __future__ import annotations

from derive.core import Derivation, InputError, Prose
from derive.topics.long_term import Options
from derive.topics.long_term.contraction import contraction
from derive.topics.long_term.practice import practice
from derive.topics.long_term.samples import samples
from derive.topics.long_term.singular import singular
from derive.topics.long_term.sum_over_time import sum_over_time
from derive.topics.long_term.training import training
from derive.topics.long_term.whenever import whenever
from derive.variant import PRINTED, Variant

BOOK = "Goodfellow, Bengio, Courville, *Deep Learning*, MIT Press 2016"
BENGIO = "Bengio, Simard, Frasconi, *Learning long-term dependencies with gradient descent is difficult*, IEEE Transactions on Neural Networks 5 (1994)"
PASCANU = "Pascanu, Mikolov, Bengio, *On the difficulty of training recurrent neural networks*, ICML 2013"


def handout(options: Options, variant: Variant = PRINTED) -> Derivation:
    """Assemble the sections. Raises InputError for options outside their domain (the Python API has no click)."""
    _check(options)
    opening = (
        Prose(
            "A recurrent network uses one parameter at every step, so the gradient by that parameter is a sum over time: one term for each step at which the parameter "
            "acted. The terms of long ago have travelled a long way to the loss. If every step of the way shrinks them, they are still there, and cannot be seen."
        ),
        Prose(
            "**In one line.** Under contraction the share of lag $\\tau$ in the gradient falls like $q^\\tau$, and the samples needed to see it grow like $q^{-2\\tau}$; "
            "without contraction neither need be so."
        ),
        Prose(
            "The letters $t$, $s$, $k$, $j$ stand for steps; $x_t$ is the state, $\\theta$ the parameter that all steps share."
        ),
    )
    sections = (
        sum_over_time(options),
        contraction(options),
        samples(options),
        whenever(options),
        singular(options),
        training(options),
        practice(options, variant),
    )
    return Derivation(
        "long-term",
        "Why long-term dependencies are hard to learn",
        opening,
        sections,
        _shown(options),
        sources=(BOOK, BENGIO, PASCANU),
    )


def _shown(options: Options) -> tuple[tuple[str, str], ...]:
    return (
        ("weight", str(options.weight)),
        ("horizon", str(options.horizon)),
        ("lag", str(options.lag)),
        ("signal", str(options.signal)),
        ("noise", str(options.noise)),
        ("forget", str(options.forget)),
        ("seeds", str(options.seeds)),
        ("updates", str(options.updates)),
    )


def _check(options: Options) -> None:
    counts = (
        ("horizon", options.horizon, 3, 300),
        ("lag", options.lag, 1, 300),
        ("seeds", options.seeds, 10, 200),
        ("updates", options.updates, 100, 20_000),
        ("digits", options.digits, 2, 12),
    )
    for name, count, low, high in counts:
        if not low <= count <= high:
            raise InputError(f"{name} = {count} is outside {low} to {high}; choose a number in that range")
    for name, share in (("weight", options.weight), ("forget", options.forget)):
        if not 0 < share < 1:
            raise InputError(f"{name} = {share} is not between 0 and 1; choose a number strictly between")
    for name, size in (("signal", options.signal), ("noise", options.noise)):
        if not 0 < size <= 1000:
            raise InputError(f"{name} = {size} is outside 0 to 1000; choose a positive number in that range")
