"""The page: its title, its opening, its sections in order."""

from __future__ import annotations

from derive.core import Derivation, InputError, Prose
from derive.topics.vanishing import LARGEST_N, Options
from derive.topics.vanishing.activation import activation
from derive.topics.vanishing.components import components
from derive.topics.vanishing.defective import defective
from derive.topics.vanishing.fate import fate
from derive.topics.vanishing.finite import finite
from derive.topics.vanishing.gradients import gradients
from derive.topics.vanishing.powers import powers
from derive.topics.vanishing.practice import practice
from derive.topics.vanishing.random_weights import random_weights
from derive.topics.vanishing.sharing import sharing
from derive.topics.vanishing.spectrum import DEFAULT, analyse
from derive.variant import PRINTED, Variant

BOOK = "Goodfellow, Bengio, Courville, *Deep Learning*, MIT Press 2016"

OPENING = {
    "column": (
        "A recurrent network multiplies by the same matrix at every step, so $n$ steps multiply by $W^n$. "
        "We write states as columns, $h_t = W h_{t-1}$; then gradients travel back through $(W^\\top)^n$. "
        "Goodfellow et al. (10.36) write $h_t = W^\\top h_{t-1}$: their $W$ is our $W^\\top$."
    ),
    "row": (
        "A recurrent network multiplies by the same matrix at every step, so $n$ steps multiply by $W^n$. "
        "We write states as rows, $h_t^\\top = h_{t-1}^\\top W$; then gradients, as columns, travel back through $W^n$. "
        "Goodfellow et al. (10.36) write the same as $h_t = W^\\top h_{t-1}$."
    ),
}


def handout(options: Options, variant: Variant = PRINTED) -> Derivation:
    """Assemble the sections. Raises InputError for options outside their domain (the Python API has no click)."""
    _check(options)
    analysis = analyse(options.matrix or DEFAULT)
    opening = (
        Prose(OPENING[options.convention]),
        Prose(
            "**In one line.** Eigenvalues decide how it ends (on the unit circle together with the Jordan blocks). Until then it "
            "matters how slanted the eigenvectors are, and with a nonlinearity in the loop the eigenvalues of $W$ no longer suffice."
        ),
        Prose(
            "Throughout, $W$ is a real or complex square matrix, $d$ its size; the letters $j$, $k$, $n$, $s$, $t$ stand for integers. "
            "Behind each step stands for which values it is claimed, where that changes."
        ),
    )
    sections = (
        powers(options, analysis),
        fate(options, analysis),
        defective(options, analysis),
        finite(options, analysis),
        components(options, analysis),
        gradients(options),
        sharing(options),
        random_weights(options),
        activation(options),
        practice(options, variant),
    )
    return Derivation(
        "vanishing",
        "When powers of a matrix vanish or explode",
        opening,
        sections,
        (
            ("n", str(options.n)),
            ("matrix", "default" if options.matrix is None else f"yours, {analysis.size} x {analysis.size}"),
            ("convention", options.convention),
            ("law", options.law),
            ("variance", str(options.variance)),
        ),
        sources=(BOOK,),
    )


def _check(options: Options) -> None:
    if not 1 <= options.n <= LARGEST_N:
        raise InputError(f"n = {options.n} is outside 1 to {LARGEST_N}; choose a number of steps in that range")
    if options.variance <= 0:
        raise InputError(f"variance = {options.variance} is not positive; choose a variance above 0")
    if not 2 <= options.digits <= 12:
        raise InputError(f"digits = {options.digits} is outside 2 to 12")
