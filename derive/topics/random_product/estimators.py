"""Tables of what estimators do: the plain average in many seeded runs, and what the kernel says to true and to wrong laws."""

from __future__ import annotations

from fractions import Fraction

from derive.authoring import Letter, fixed, rational, scope, step
from derive.binomial import clopper_pearson
from derive.core import Declaration, Law, Sampled, Table
from derive.kernel import NotAdmitted, admit
from derive.kernel.terms import ZERO, number

RUNS, DRAWS, DEPTH = 500, 1000, 10
SEED = 0
VARIANCE = Fraction(7, 10)
EVIDENCE = Sampled("tilt", SEED, 2**13)


def plain_runs() -> tuple[int, int, int]:
    """Of RUNS runs with v = 1: how often the usual 95 % interval covers the truth, how often the average is below it, and how
    often three sample standard errors reach the wrong law 0.95^n."""
    import numpy as np

    draw = np.random.default_rng(SEED)
    covered = below = wrong = 0
    for _ in range(RUNS):
        squares = np.prod(draw.standard_normal((DEPTH, DRAWS)), axis=0) ** 2
        mean = float(squares.mean())
        error = float(squares.std(ddof=1)) / DRAWS**0.5
        covered += abs(mean - 1) <= 1.96 * error
        below += mean < 1
        wrong += abs(mean - 0.95**DEPTH) <= 3 * error
    return covered, below, wrong


def plain_table() -> Table:
    """The shares with their exact intervals."""
    covered, below, wrong = plain_runs()
    rows = tuple(
        (what, _share(count), *_interval(count))
        for what, count in (
            ("the usual 95 % interval covers the truth, 1", covered),
            ("the average is below the truth", below),
            ("the wrong law $0.95^n$ lies within three sample standard errors", wrong),
        )
    )
    return Table(
        f"The plain average in {RUNS} runs of $M = {DRAWS}$ products of $n = {DEPTH}$ standard Gaussian weights (NumPy's default generator, seed {SEED}; exact binomial 95 % intervals)",
        ("event", "share of runs", "at least", "at most"),
        rows,
    )


def _share(count: int) -> str:
    return f"${fixed(Fraction(100 * count, RUNS), 0)}$ %"


def _interval(count: int) -> tuple[str, str]:
    low, high = clopper_pearson(count, RUNS)
    return f"${fixed(100 * low, 0)}$ %", f"${fixed(100 * high, 0)}$ %"


LAYERS = 2000


def lyapunov(N: int) -> tuple[tuple[str, str], ...]:
    """For each exponent of products of Gaussian N x N layers: the mean of ln R_kk over LAYERS layers, and three standard errors."""
    import numpy as np

    draw, frame = np.random.default_rng(SEED), np.eye(N)
    logs = np.zeros((LAYERS, N))
    for layer in range(LAYERS):
        frame, R = np.linalg.qr(draw.standard_normal((N, N)) @ frame)
        logs[layer] = np.log(np.abs(np.diag(R)))
    means = logs.mean(axis=0) - np.log(N) / 2
    errors = 3 * logs.std(axis=0, ddof=1) / LAYERS**0.5
    return tuple(
        (fixed(Fraction(float(mean)), 2), fixed(Fraction(float(error)), 2))
        for mean, error in zip(means, errors, strict=True)
    )


# ---------------------------------------------------------------------------------------------------- true and wrong laws


def claimed() -> tuple[tuple[str, str], ...]:
    """(in words, in LaTeX) what the variance of ten weights may be said to be."""
    v = rational(VARIANCE)
    return (
        ("$v^n$", rf"\left( {v} \right)^{{10}}"),
        ("$(0.95 v)^n$", rf"\left( \frac{{95}}{{100}} \cdot {v} \right)^{{10}}"),
        ("$(1.05 v)^n$", rf"\left( \frac{{105}}{{100}} \cdot {v} \right)^{{10}}"),
        ("$v^{n+1}$", rf"\left( {v} \right)^{{11}}"),
        ("$n v$", rf"10 \cdot {v}"),
    )


def verdict(formula: str) -> str:
    """What the kernel says to the claim that the variance is this number, up to two fifths, on the evidence of one sample."""
    law = Law("gaussian", ZERO, number(VARIANCE))
    weights = scope(Letter(Declaration("w", "real", law=law, family=True)))
    quotient = rf"\frac{{\operatorname{{Var}}[\prod_{{i=1}}^{{10}} w_i]}}{{{formula}}}"
    (claim,) = step(rf"\left\lvert {quotient} - 1 \right\rvert \le \frac{{2}}{{5}}", "", weights).claims
    try:
        return str(admit(claim, EVIDENCE).status)
    except NotAdmitted:
        return "no support"


def verdict_table() -> Table:
    """The true law and four wrong ones."""
    rows = tuple((words, "yes" if k == 0 else "no", verdict(formula)) for k, (words, formula) in enumerate(claimed()))
    return Table(
        f"Full grid with the tilt, seed {EVIDENCE.seed}, $M = {EVIDENCE.draws}$ draws of each of ten Gaussian weights with $v = {rational(VARIANCE)}$",
        ("claimed variance", "true", "what the sample says"),
        rows,
    )
