"""The page: its title, its opening, its sections in order."""

from __future__ import annotations

from derive.core import Derivation, InputError, Prose
from derive.topics.inexact_gradients import Options
from derive.topics.inexact_gradients.average import average, per_example
from derive.topics.inexact_gradients.bias import bias
from derive.topics.inexact_gradients.floor import noise_floor
from derive.topics.inexact_gradients.hidden import hidden
from derive.topics.inexact_gradients.intractable import intractable
from derive.topics.inexact_gradients.practice import practice
from derive.variant import PRINTED, Variant

BOOK = "Goodfellow, Bengio, Courville, *Deep Learning*, MIT Press 2016"
COCHRAN = "Cochran, *Sampling Techniques*, 3rd ed., Wiley 1977, chapter 2"


def handout(options: Options, variant: Variant = PRINTED) -> Derivation:
    """Assemble the sections. Raises InputError for options outside their domain (the Python API has no click)."""
    _check(options)
    opening = (
        Prose(
            "No one trains on the exact gradient. The loss is an average over all training examples, and a step looks at a handful "
            "of them, a *minibatch*. So the gradient that is used is a random quantity, an *estimate*. Two questions decide what "
            "that costs: is the estimate right on average (*unbiased*), and how far does it scatter (its *variance*)?"
        ),
        Prose(
            "**In one line.** A uniform minibatch is unbiased and scatters like $1/\\sqrt{m}$; nearly everything done to it afterwards "
            "makes it biased; a constant step turns the scatter into a floor below which the loss does not fall; and what a vanishing "
            "gradient loses is not its direction but its lead over the noise."
        ),
        Prose(
            "Gradients are vectors; every statement below is made for one component, or for the component along a fixed direction, so "
            "that the letters are numbers. $\\operatorname{E}$ is the mean, $\\operatorname{Var}$ the variance."
        ),
    )
    sections = (
        average(options),
        bias(options),
        intractable(options),
        noise_floor(options),
        hidden(options),
        practice(options, variant),
    )
    return Derivation(
        "inexact-gradients",
        "What a noisy or biased gradient does",
        opening,
        sections,
        _shown(options),
        sources=(BOOK, COCHRAN),
    )


def _shown(options: Options) -> tuple[tuple[str, str], ...]:
    return (
        ("population", str(len(per_example(options)))),
        ("gradients", "squares" if options.gradients is None else "yours"),
        ("batch", str(options.batch)),
        ("learning rate", str(options.learning_rate)),
        ("curvature", str(options.curvature)),
        ("noise", str(options.noise)),
        ("decay", str(options.decay)),
        ("steps", str(options.steps)),
        ("window", str(options.window)),
        ("feedback", str(options.feedback)),
    )


def _check(options: Options) -> None:
    counts = (
        ("population", options.population, 2, 12),
        ("batch", options.batch, 1, 10**6),
        ("steps", options.steps, 1, 400),
        ("window", options.window, 1, 400),
        ("digits", options.digits, 2, 12),
    )
    for name, count, low, high in counts:
        if not low <= count <= high:
            raise InputError(f"{name} = {count} is outside {low} to {high}; choose a number in that range")
    if options.gradients is not None and not 2 <= len(options.gradients.rows) <= 12:
        raise InputError(f"gradients has {len(options.gradients.rows)} entries; give those of 2 to 12 examples")
    for name, positive in (
        ("learning rate", options.learning_rate),
        ("curvature", options.curvature),
        ("noise", options.noise),
    ):
        if not 0 < positive <= 1000:
            raise InputError(f"{name} = {positive} is outside 0 to 1000; choose a positive number in that range")
    for name, share in (("decay", options.decay), ("feedback", options.feedback)):
        if not 0 < share < 1:
            raise InputError(f"{name} = {share} is not between 0 and 1; choose a factor strictly between")
    product = options.learning_rate * options.curvature
    if product >= 2:
        raise InputError(
            f"learning rate times curvature is {product}, and from 2 on gradient descent diverges even without noise; "
            f"choose a learning rate below {2 / options.curvature}"
        )
