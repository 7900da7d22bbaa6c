"""The page: its title, its opening, its sections in order."""

from __future__ import annotations

from derive.core import Derivation, InputError, Prose
from derive.topics.clipping import LEAST, Options
from derive.topics.clipping.averaging import averaging, law_text
from derive.topics.clipping.by_entry import by_entry
from derive.topics.clipping.by_norm import by_norm
from derive.topics.clipping.notation import entries_of, row
from derive.topics.clipping.practice import practice
from derive.topics.clipping.regulariser import regulariser
from derive.topics.clipping.steepest import steepest
from derive.topics.clipping.step_length import step_length
from derive.topics.clipping.vanished import vanished
from derive.variant import PRINTED, Variant

SOURCES = (
    "Goodfellow, Bengio, Courville, *Deep Learning*, MIT Press 2016, section 10.11.1",
    "Pascanu, Mikolov, Bengio, *On the difficulty of training recurrent neural networks*, ICML 2013",
)

OPENING = (
    Prose(
        "Where a loss is very steep, gradient descent takes a very long step: the step is the learning rate $\\eta$ times the gradient "
        "$g$. *Clipping* shortens the gradient first. There are two recipes, by the norm and by the entries, and both are one line of "
        "code. This handout derives what that line keeps, what it changes, and what it cannot do."
    ),
    Prose(
        "**In one line.** Clipping by the norm bounds the step and keeps its direction; it promises no decrease of the loss, it does "
        "nothing for vanishing gradients, and done before averaging instead of after it can turn the average step around."
    ),
    Prose(
        "Throughout, vectors are columns of $n$ real numbers, $\\lVert g \\rVert_2$ is the Euclidean length, $\\eta > 0$ the learning rate "
        "and $v > 0$ the threshold; $i$, $k$, $m$, $n$ stand for integers. Behind each step stands for which values it is claimed."
    ),
)


def handout(options: Options, variant: Variant = PRINTED) -> Derivation:
    """Assemble the sections. Raises InputError for options outside their domain."""
    _check(options)
    sections = (
        steepest(options),
        step_length(options),
        by_norm(options),
        by_entry(options),
        averaging(options),
        vanished(options),
        regulariser(options),
        practice(options, variant),
    )
    parameters = (
        ("threshold", str(options.threshold)),
        ("learning rate", str(options.learning_rate)),
        ("gradient", row(entries_of(options.gradient))),
        ("law", law_text(options.law)),
    )
    title = "What clipping a gradient keeps, and what it cannot do"
    return Derivation("clipping", title, OPENING, sections, parameters, sources=SOURCES)


def _check(options: Options) -> None:
    if not LEAST <= options.threshold <= 10**6:
        raise InputError(
            f"threshold = {options.threshold} is outside {LEAST} to 1000000; choose a threshold in that range"
        )
    if not 0 < options.learning_rate <= 100:
        raise InputError(
            f"learning rate = {options.learning_rate} is outside the range; choose one above 0, at most 100"
        )
    if any(len(entry) > 1 for entry in options.gradient.rows):
        raise InputError("gradient is a matrix; give 2 to 6 numbers, such as [10, 1]")
    if not 2 <= len(entries_of(options.gradient)) <= 6 or not any(entries_of(options.gradient)):
        raise InputError(
            f"gradient = {row(entries_of(options.gradient))} will not do; give 2 to 6 numbers, not all of them 0"
        )
    if not 2 <= len(options.law.atoms) <= 3:
        raise InputError(f"law has {len(options.law.atoms)} values; give 2 or 3, such as '10: 1/10, -1: 9/10'")
    if not 2 <= options.digits <= 12:
        raise InputError(f"digits = {options.digits} is outside 2 to 12; choose a number of digits in that range")
