"""Section: slopes of saturated units, and the formula that keeps them (claims B10, A12)."""

from __future__ import annotations

from flint import arb, ctx, fmpq

from derive.authoring import approximate, decimal, real, scope, step
from derive.core import Block, Prose, Section, Table
from derive.topics.floating_point import Options
from derive.topics.floating_point.arithmetic import Format

BITS = 256
SIGMA = r"\frac{1}{1 + e^{-z}}"


def sigmoid(options: Options, form: Format) -> Section:
    """σ(1 - σ) cancels; the exponential of two softplus terms does not; the same for tanh."""
    return Section(
        "sigmoid",
        "A slope that is lost in 1 - σ",
        (*_exact(), *_lost(options, form), *_kept(options, form), *_tanh(form)),
    )


def _exact() -> tuple[Block, ...]:
    z = scope(real("z"))
    return (
        Prose("The sigmoid $\\sigma(z) = 1/(1 + e^{-z})$ has a positive slope everywhere:"),
        step(
            rf"\frac{{d}}{{dz}} {SIGMA} = {SIGMA} \left( 1 - {SIGMA} \right)",
            "The slope is $\\sigma (1 - \\sigma)$.",
            z,
            ledger=("B10",),
        ),
        step(rf"{SIGMA} \left( 1 - {SIGMA} \right) > 0", "Never 0.", z, ledger=("B10",)),
    )


def threshold(precision: int) -> int:
    """The least integer z with e^(-z) < 2^(-precision)."""
    with ctx.workprec(BITS):
        z = 1
        while not arb(-z).exp() < arb(2) ** (-precision):
            z += 1
        return z


def _lost(options: Options, form: Format) -> tuple[Block, ...]:
    edge = threshold(form.precision)
    return (
        Prose(
            f"In the machine, $1 + e^{{-z}}$ is rounded to the grid above 1, whose spacing is $2^{{{1 - form.precision}}}$. As soon as $e^{{-z}}$ is below half of that the sum is 1, so $\\sigma$ is 1, and $1 - \\sigma$ is exactly 0:"
        ),
        step(
            rf"e^{{-{edge}}} < 2^{{{-form.precision}}} < e^{{-{edge - 1}}}",
            f"This happens from $z = {edge}$ on (among the whole numbers).",
            scope(),
            ledger=("B10",),
        ),
        approximate(
            rf"\frac{{1}}{{1 + e^{{-{edge + 3}}}}} \left( 1 - \frac{{1}}{{1 + e^{{-{edge + 3}}}}} \right)",
            f"The exact slope at $z = {edge + 3}$: a small number, far from the end of the format.",
            scope(),
            options.digits,
            ledger=("B10",),
        ),
    )


def _kept(options: Options, form: Format) -> tuple[Block, ...]:
    z = scope(real("z"))
    edge = threshold(form.precision)
    rows = tuple(
        (f"${z}$", f"${_slope(z, options.digits)}$", "$0$" if z >= edge else "not 0")
        for z in (edge - 1, edge, edge + 3, 2 * edge)
    )
    return (
        Prose(
            "The cure is a formula without a difference. Both logarithms below are positive, so nothing cancels; for small arguments they are computed by a function like `log1p`."
        ),
        step(
            rf"{SIGMA} \left( 1 - {SIGMA} \right) = e^{{-\ln(1 + e^{{z}}) - \ln(1 + e^{{-z}})}}",
            "The same slope, as an exponential of two softplus terms.",
            z,
            ledger=("B10",),
        ),
        Table(
            f"The slope of the sigmoid, exact and by $\\sigma (1 - \\sigma)$ in the format *{form.name}*",
            ("$z$", "exact", "by $\\sigma (1 - \\sigma)$"),
            rows,
        ),
    )


def _slope(z: int, digits: int) -> str:
    with ctx.workprec(BITS):
        power = arb(fmpq(-z)).exp()
        return decimal(power / (1 + power) ** 2, digits)


def _tanh(form: Format) -> tuple[Block, ...]:
    z = scope(real("z"))
    edge = _tanh_threshold(form.precision)
    return (
        Prose("The hyperbolic tangent has the same trap in $1 - \\tanh^2$, and the same kind of cure:"),
        step(
            rf"1 - \tanh {edge} < 2^{{{-form.precision - 1}}} < 1 - \tanh {edge - 1}",
            f"From $z = {edge}$ on tanh is nearer to 1 than half the spacing below 1: it is rounded to 1, and $1 - \\tanh^2$ to 0.",
            scope(),
            ledger=("A12",),
        ),
        step(
            r"1 - (\tanh z)^{2} = \frac{4}{(e^{z} + e^{-z})^{2}}", "A slope without a difference.", z, ledger=("A12",)
        ),
        Prose(
            "**The rule.** A difference of nearly equal numbers keeps the absolute error and loses the relative one. Where a small number is wanted, find a formula that is a product, a quotient or a sum of terms with one sign."
        ),
    )


def _tanh_threshold(precision: int) -> int:
    """The least integer z with 1 - tanh z < 2^(-precision - 1)."""
    with ctx.workprec(BITS):
        z = 1
        while not 2 / ((arb(2 * z)).exp() + 1) < arb(2) ** (-precision - 1):
            z += 1
        return z
