"""Section: an objective that nobody can compute may have a gradient that anybody can (claims G3, T2)."""

from __future__ import annotations

from derive.authoring import integer, quoted, real, scope, step
from derive.core import Block, Prose, Section
from derive.topics.inexact_gradients import Options

BOOK = "Deep Learning (2016), section 8.2.6"
DENSITY = r"\frac{e^{-x^{4} - \sin(3 x)}}{%s}"


def intractable(options: Options) -> Section:
    """Two objectives without a closed form and their gradients; where the gradient is a mean instead."""
    return Section(
        "intractable",
        "An intractable objective, a simple gradient",
        (*_normalising_constant(), *_integral(), *_partition(), *_closing()),
    )


def _normalising_constant() -> tuple[Block, ...]:
    x = scope(real("x"), real("Z", r"Z > 0"))
    two = scope(real("x"), real("Z_1", r"Z_1 > 0"), real("Z_2", r"Z_2 > 0"), given=(r"Z_1 < Z_2",))
    density = DENSITY % "Z"
    return (
        Prose(
            "The book says that an intractable objective *typically* has an intractable gradient. “Typically” cannot be proved or "
            "refuted. What can be decided is whether it must be so, and it need not. Take the density $e^{-x^4 - \\sin 3x} / Z$. No closed form of its "
            "normalising constant $Z$ is known."
        ),
        step(
            rf"\frac{{\partial}}{{\partial x}} \ln\left( {density} \right) = -4 x^{{3}} - 3 \cos(3 x)",
            "The constant becomes a summand under the logarithm and vanishes in the derivative.",
            x,
            ledger=("G3",),
        ),
        quoted(
            rf"\frac{{\partial}}{{\partial x}} \ln\left( {DENSITY % 'Z_1'} \right) \ne \frac{{\partial}}{{\partial x}} \ln\left( {DENSITY % 'Z_2'} \right)",
            "Read as “always”: then the gradient would need $Z$, and another $Z$ would give another gradient. It gives the same one.",
            two,
            BOOK,
            "When the objective function is intractable, typically its gradient is intractable as well",
            ledger=("G3",),
        ),
        quoted(
            r"\frac{\partial}{\partial x} (-x^{4} - \sin(3 x) - \ln Z) \ne -4 x^{3} - 3 \cos(3 x)",
            "Read as “for no intractable objective is the gradient known exactly”. Here it stands on the right.",
            x,
            BOOK,
            "In such cases we can only approximate the gradient",
            ledger=("T2", "G3"),
        ),
    )


def _integral() -> tuple[Block, ...]:
    theta = scope(real("theta"))
    slope = r"\frac{d}{d\theta} \int_{0}^{\theta} e^{-s^{4}} \, ds"
    return (
        Prose(
            "The second example has no elementary formula at all: the area under $e^{-s^4}$ up to a parameter $\\theta$."
        ),
        step(
            rf"{slope} = e^{{-\theta^{{4}}}}",
            "Its derivative is the integrand (the fundamental theorem of calculus).",
            theta,
            ledger=("G3",),
        ),
    )


def _partition() -> tuple[Block, ...]:
    letters = scope(integer("n", r"n \ge 1"), real("a", family=True), real("theta"))
    return (
        Prose(
            "Where the sentence is right: by the *parameters* of a model the constant does not drop out. With weights $e^{\\theta a_k}$ on $n$ states, "
            "$Z(\\theta)$ is their sum, and"
        ),
        step(
            r"\frac{d}{d\theta} \ln\left( \sum_{k=1}^{n} e^{\theta a_k} \right) = \frac{\sum_{k=1}^{n} a_k e^{\theta a_k}}{\sum_{k=1}^{n} e^{\theta a_k}}",
            "The derivative of $\\ln Z$ is a mean of $a_k$ under the model itself.",
            letters,
            ledger=("G3",),
        ),
    )


def _closing() -> tuple[Block, ...]:
    return (
        Prose(
            "A mean over a large number of states $n$ is as hard as $Z$, but it can be *estimated* by drawing states from the model. That is "
            "how such gradients come to be inexact, and why they are dealt with in the chapters on sampling."
        ),
    )
