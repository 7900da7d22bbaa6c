"""Section: a uniform minibatch is right on average, and how far it scatters (claim G1)."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

from derive.authoring import assume, integer, quoted, random_family, rational, real, scope, step
from derive.core import Block, Prose, Section, Table
from derive.kernel.terms import symbol
from derive.topics.inexact_gradients import Options
from derive.topics.inexact_gradients.law import finite_number

MEAN = r"\frac{1}{m} \sum_{i=1}^{m} g_i"
CENTRE = r"\mu = \frac{1}{N} \sum_{i=1}^{N} g_i"


def average(options: Options) -> Section:
    """Unbiased; Var/m with replacement; the finite population correction without."""
    return Section(
        "average",
        "A uniform minibatch is right on average",
        (*_with_replacement(), *_without_replacement(), *_enumerated(options)),
    )


def _with_replacement() -> tuple[Block, ...]:
    drawn = scope(
        integer("m", r"m \ge 1"),
        real("mu"),
        real("v", r"v > 0"),
        random_family("g", "moments", symbol("mu"), symbol("v")),
    )
    size = scope(integer("m", r"m \ge 1"), real("v", r"v > 0"))
    return (
        Prose(
            "Draw $m$ training examples uniformly and independently, by a rule that does not look at the parameters. Then their gradients "
            "$g_1, \\dots, g_m$ are independent with a common mean $\\mu$, which is the gradient of the whole loss, and a common variance "
            "$v$. The minibatch gradient is their average."
        ),
        step(
            rf"\operatorname{{E}}\left[ {MEAN} \right] = \frac{{1}}{{m}} \sum_{{i=1}}^{{m}} \operatorname{{E}}[g_i] = \mu",
            "Unbiased, because the mean of a sum is the sum of the means. Independence is not even needed for this.",
            drawn,
            ledger=("G1",),
        ),
        step(
            rf"\operatorname{{Var}}\left[ {MEAN} \right] = \frac{{1}}{{m^{{2}}}} \sum_{{i=1}}^{{m}} \operatorname{{Var}}[g_i] = \frac{{v}}{{m}}",
            "For the scatter it is: variances of independent numbers add, and the factor $1/m$ comes out squared.",
            drawn,
            ledger=("G1",),
        ),
        step(
            r"\sqrt{\frac{v}{4 m}} = \frac{1}{2} \sqrt{\frac{v}{m}}",
            "The standard error is the root: four times the work for half the error.",
            size,
            ledger=("G1",),
        ),
        quoted(
            r"\sqrt{\frac{v}{2 m}} = \frac{1}{2} \sqrt{\frac{v}{m}}",
            "Twice the batch is not half the error.",
            size,
            "a frequent slip",
            "doubling the batch halves the noise",
            ledger=("G1",),
        ),
    )


def _without_replacement() -> tuple[Block, ...]:
    population = scope(integer("N", r"N \ge 2"), real("g", family=True), real("mu"), given=(CENTRE,))
    pairs = scope(integer("N", r"N \ge 2"), real("v"), real("c"), given=(r"N v + N (N - 1) c = 0",))
    batch = scope(
        integer("N", r"N \ge 2"),
        integer("m", r"m \ge 1"),
        real("v", r"v \ge 0"),
        real("c"),
        given=(r"c = -\frac{v}{N - 1}", r"m \le N"),
    )
    return (
        Prose(
            "**Without replacement**, as an epoch does it, the draws are no longer independent: what was drawn cannot come again. "
            "Let the data set have $N$ examples with gradients $g_1, \\dots, g_N$. Their mean and their variance are"
        ),
        assume(CENTRE, "the exact gradient.", population),
        assume(
            r"v = \frac{1}{N} \sum_{i=1}^{N} (g_i - \mu)^{2}",
            "what one example scatters.",
            scope(integer("N", r"N \ge 2"), real("g", family=True), real("mu"), real("v"), given=(CENTRE,)),
        ),
        step(
            r"\sum_{i=1}^{N} (g_i - \mu) = 0",
            "The deviations cancel.",
            population,
            ledger=("G1",),
        ),
        step(
            r"\sum_{i=1}^{N} \sum_{j=1}^{N} (g_i - \mu) (g_j - \mu) = \left( \sum_{i=1}^{N} (g_i - \mu) \right)^{2} = 0",
            "So the products of all pairs cancel, too.",
            population,
            ledger=("G1",),
        ),
        Prose(
            "In this double sum stand $N$ squares, with the sum $N v$, and $N (N - 1)$ products of two different examples. Let $c$ be the "
            "average of the latter, which is the covariance of two draws without replacement. Then $N v + N (N - 1) c = 0$."
        ),
        step(
            r"c = -\frac{v}{N - 1}",
            "Two different draws lean slightly to opposite sides of the mean.",
            pairs,
            ledger=("G1",),
        ),
        step(
            r"\frac{1}{m^{2}} (m v + m (m - 1) c) = \frac{v}{m} \cdot \frac{N - m}{N - 1}",
            "The variance of the average of $m$ draws: $m$ variances and $m (m - 1)$ covariances. The second factor is the *finite population correction*.",
            batch,
            ledger=("G1",),
        ),
        step(
            r"\frac{v}{m} \cdot \frac{N - m}{N - 1} \le \frac{v}{m}",
            "Never worse than with replacement, and 0 for $m = N$: the whole data set has no noise.",
            batch,
            ledger=("G1",),
        ),
    )


def _enumerated(options: Options) -> tuple[Block, ...]:
    gradients = per_example(options)
    N = len(gradients)
    mean = sum(gradients, Fraction(0)) / N
    variance = sum(((g - mean) ** 2 for g in gradients), Fraction(0)) / N
    rows = tuple(_row(gradients, m, variance) for m in range(1, N + 1))
    m = min(2, N)
    law = finite_number("X", batch_means(gradients, m))
    declared = scope(law)
    return (
        Prose(
            f"**Every minibatch, counted.** Take $N = {N}$ examples with the gradients ${', '.join(map(str, gradients))}$, so "
            f"$\\mu = {rational(mean)}$ and $v = {rational(variance)}$. There are few enough minibatches to list them all. With $m = {m}$ let $X$ be "
            "the average of a minibatch chosen uniformly among them:"
        ),
        step(
            rf"\operatorname{{E}}[X] = {rational(mean)}",
            "The mean over all minibatches, exactly.",
            declared,
            ledger=("G1",),
        ),
        step(
            rf"\operatorname{{Var}}[X] = {_shared_out(variance, m)} \cdot \frac{{{N} - {m}}}{{{N} - 1}}",
            "Their variance, exactly.",
            declared,
            ledger=("G1",),
        ),
        Table(
            f"All minibatches without replacement from $N = {N}$ examples, enumerated in exact arithmetic",
            ("$m$", "minibatches", "mean", "variance", "$v/m$ with replacement"),
            rows,
        ),
    )


def per_example(options: Options) -> list[Fraction]:
    """The reader's gradients, or squares."""
    if options.gradients is None:
        return [Fraction(i * i) for i in range(1, options.population + 1)]
    return [Fraction(str(row[0])) for row in options.gradients.rows]


def _shared_out(variance: Fraction, m: int) -> str:
    """v/m as one fraction."""
    below = f"{variance.denominator} \\cdot {m}" if variance.denominator > 1 else str(m)
    return rf"\frac{{{variance.numerator}}}{{{below}}}"


def _row(gradients: list[Fraction], m: int, variance: Fraction) -> tuple[str, ...]:
    """Counted, not computed from the formula."""
    means = batch_means(gradients, m)
    mean = sum(means, Fraction(0)) / len(means)
    scatter = sum(((x - mean) ** 2 for x in means), Fraction(0)) / len(means)
    return (str(m), str(len(means)), f"${rational(mean)}$", f"${rational(scatter)}$", f"${rational(variance / m)}$")


def batch_means(gradients: list[Fraction], m: int) -> list[Fraction]:
    """The average of every subset of size m."""
    return [sum(batch, Fraction(0)) / m for batch in combinations(gradients, m)]
