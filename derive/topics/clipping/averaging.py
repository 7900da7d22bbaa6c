"""Section: clipping single examples, or small batches, before averaging (claim D8)."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import comb

from flint import arb, fmpq

from derive.authoring import Letter, approximate, decimal, integer, rational, real, scope, step
from derive.core import Block, Declaration, FiniteLaw, Law, Prose, Section, Table
from derive.formula import read
from derive.kernel.terms import number, symbol
from derive.topics.clipping import Options
from derive.topics.clipping.notation import clip, clipped, thresholded

SIZES = (1, 2, 5, 10, 20, 50, 200)
LARGEST_SUPPORT = 25_000
LARGEST_SEARCH = 60
"""Batches up to this size are searched for the first one whose clipped mean has the right sign."""
MEAN = r"\frac{1}{m} \sum_{i=1}^{m} X_i"


def averaging(options: Options) -> Section:
    """The law of the options, batches of every size, the bound of the bias."""
    return Section(
        "averaging", "Clip the average, do not average the clipped", (*_single(options), *_batches(options), *_bound())
    )


def law_text(law: FiniteLaw) -> str:
    """The law as the option is written."""
    return ", ".join(f"{value}: {probability}" for value, probability in law.atoms)


def _finite(law: FiniteLaw) -> Letter:
    """A random letter X with the law."""
    mean = sum((value * p for value, p in law.atoms), Fraction(0))
    variance = sum((value * value * p for value, p in law.atoms), Fraction(0)) - mean * mean
    parameters = tuple(number(part) for atom in law.atoms for part in atom)
    return Letter(Declaration("X", "real", law=Law("finite", number(mean), number(variance), parameters)))


def _single(options: Options) -> tuple[Block, ...]:
    law, v = options.law, options.threshold
    mean = _mean(law)
    after = _clipped_mean(law, v)
    X = scope(_finite(law))
    values = ", ".join(f"${rational(value)}$ with probability ${rational(p)}$" for value, p in law.atoms)
    return (
        Prose(
            "Some programs clip the gradient of each example and average afterwards. Clipping is not affine, so this is another direction on average. "
            f"Let the gradient $X$ of one example take the values {values}, and clip at $v = {rational(v)}$:"
        ),
        step(rf"\operatorname{{E}}[X] = {rational(mean)}", "The gradient of the whole loss.", X, ledger=("D8",)),
        step(
            rf"\operatorname{{E}}\left[{thresholded('X', v)}\right] = {rational(after)}",
            "What descent on single clipped examples sees on average.",
            X,
            ledger=("D8",),
        ),
        Prose(_comparison(mean, after, clip(mean, v))),
    )


def _comparison(mean: Fraction, after: Fraction, wanted: Fraction) -> str:
    if mean * after < 0:
        return (
            "The sign is wrong: on average the clipped steps walk *uphill*. The rare large values, which the mean owes its sign to, are cut down; the frequent "
            "small ones are not."
        )
    if after == wanted:
        return "For this law clipping before averaging and after it agree. Try `--law '10: 1/10, -1: 9/10'`."
    return f"Clipped after averaging it would be ${rational(wanted)}$: the average of the clipped is another number, though of the same sign or 0."


def _batches(options: Options) -> tuple[Block, ...]:
    law, v = options.law, options.threshold
    means = dict(_batch_means(law, v, max(SIZES)))
    rows = tuple((str(m), f"${_shown(means[m], options.digits)}$") for m in SIZES if m in means)
    return (
        Prose(
            "Clipping *after* averaging over a batch of $m$ independent examples is a compromise between the two. The mean of the clipped batch mean, in exact rational "
            "arithmetic over all outcomes of the batch:"
        ),
        Table(
            f"Mean of the batch mean clipped at ${rational(v)}$",
            ("batch size $m$", "mean"),
            (*rows, ("all examples", f"${_shown(clip(_mean(law), v), options.digits)}$")),
        ),
        *_first_right(options, means),
    )


def _shown(value: Fraction, digits: int) -> str:
    if len(str(value)) <= 12:
        return rational(value)
    return decimal(arb(fmpq(value.numerator, value.denominator)), digits)


def _mean(law: FiniteLaw) -> Fraction:
    return sum((value * p for value, p in law.atoms), Fraction(0))


def _clipped_mean(law: FiniteLaw, threshold: Fraction) -> Fraction:
    return sum((clip(value, threshold) * p for value, p in law.atoms), Fraction(0))


def _batch_means(law: FiniteLaw, threshold: Fraction, largest: int) -> Iterator[tuple[int, Fraction]]:
    """(m, E clip(mean of m)) for m = 1, 2, ..., while the number of outcomes stays small: multinomial coefficients."""
    (a, p), (b, q), *rest = law.atoms
    for m in range(1, largest + 1):
        if m > LARGEST_SEARCH and m not in SIZES:
            continue
        if rest and comb(m + 2, 2) > LARGEST_SUPPORT:
            return
        total = Fraction(0)
        if not rest:
            for k in range(m + 1):
                total += comb(m, k) * p**k * q ** (m - k) * clip((k * a + (m - k) * b) / m, threshold)
        else:
            c, r = rest[0]
            for k in range(m + 1):
                for j in range(m - k + 1):
                    i = m - k - j
                    weight = comb(m, k) * comb(m - k, j) * p**k * q**j * r**i
                    total += weight * clip((k * a + j * b + i * c) / m, threshold)
        yield m, total


def _first_right(options: Options, means: dict[int, Fraction]) -> tuple[Block, ...]:
    """From which batch size on the sign is right, by the binomial sum, where it is wrong for one example."""
    law, v = options.law, options.threshold
    mean = _mean(law)
    right = [m for m in sorted(means) if means[m] * mean > 0]
    if mean == 0 or not right or right[0] == 1 or right[0] > LARGEST_SEARCH or len(law.atoms) > 2:
        return ()
    first = right[0]
    (a, p), (b, q) = law.atoms

    def total(m: int) -> str:
        value = rf"\frac{{{rational(a)} k + ({rational(b)}) ({m} - k)}}{{{m}}}"
        return (
            rf"\sum_{{k=0}}^{{{m}}} \binom{{{m}}}{{k}} \left( {rational(p)} \right)^{{k}} \left( {rational(q)} \right)^{{{m} - k}} "
            rf"{thresholded(value, v)}"
        )

    return (
        Prose(
            "With two values the number $k$ of examples with the first one is binomial, and each mean in the table is a finite sum:"
        ),
        approximate(
            total(first - 1), f"For $m = {first - 1}$ the sign is still wrong.", scope(), options.digits, ledger=("D8",)
        ),
        approximate(total(first), f"For $m = {first}$ it is right.", scope(), options.digits, ledger=("D8",)),
    )


def _bound() -> tuple[Block, ...]:
    x, y, v = real("x"), real("y"), real("v", "v > 0")
    ordered = scope(x, y, v, given=(r"y \le x",))
    sigma = real("sigma", r"\sigma > 0")
    family = Letter(
        Declaration("X", "real", law=Law("moments", symbol("mu"), read(r"\sigma^{2}", scope(sigma))), family=True)
    )
    batch = scope(integer("m", r"m \ge 1"), real("mu"), sigma, family)
    deviation = rf"{MEAN} - \mu"
    return (
        Prose("**How large must the batch be?** Clipping never moves two numbers further apart:"),
        step(
            rf"0 \le {clipped('x')} - {clipped('y')} \le x - y",
            "For $y \\le x$. So the clipped batch mean differs from the clipped mean $\\mu$ by no more than the batch mean differs from $\\mu$.",
            ordered,
            ledger=("D8",),
        ),
        step(
            rf"\operatorname{{E}}\left[\left\lvert {deviation} \right\rvert\right] \le \sqrt{{\operatorname{{E}}\left[\left( {deviation} \right)^{{2}}\right]}} = \frac{{\sigma}}{{\sqrt{{m}}}}",
            "And that is small on average: $\\sigma^2$ is the variance of one example, and $m$ independent ones are averaged.",
            batch,
            axiom="cauchy_schwarz_mean",
            ledger=("D8",),
        ),
        Prose(
            "So the bias of clipping after averaging is at most $\\sigma / \\sqrt{m}$, for every law with a finite variance. The order matters: average first, clip then."
        ),
    )
