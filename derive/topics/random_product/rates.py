"""Tables for a typical product: the drift and the best rate law by law, medians and probabilities depth by depth."""

from __future__ import annotations

from collections.abc import Callable

from flint import arb, ctx

from derive.authoring import decimal
from derive.core import Table
from derive.kernel import laws
from derive.kernel.balls import BallMatrix, evaluate
from derive.kernel.laws import NAMED

DEPTHS = (1, 5, 10, 20)
BITS = 96


def moment(law: str, s: arb) -> arb:
    """E|w|^s at variance 1, for real s > -1."""
    if law == "gaussian":
        return arb(2) ** (s / 2) * ((1 + s) / 2).gamma() / arb.pi().sqrt()
    if law == "laplace":
        return arb(2) ** (-s / 2) * (1 + s).gamma()
    if law == "uniform":
        return arb(3) ** (s / 2) / (1 + s)
    return arb(1)


def best_rate(law: str) -> tuple[arb, arb]:
    """(s, E|w|^s) at the s in (0, 2) where E|w|^s is least, by golden section."""
    with ctx.workprec(BITS):
        s = _least(lambda t: moment(law, t), arb(0), arb(2))
        return s, moment(law, s)


def _least(f: Callable[[arb], arb], low: arb, high: arb) -> arb:
    ratio = (arb(5).sqrt() - 1) / 2
    for _ in range(60):
        a, b = (high - ratio * (high - low)).mid(), (low + ratio * (high - low)).mid()
        low, high = (low, b) if f(a) < f(b) else (a, high)
    return ((low + high) / 2).mid()


def rates_table(digits: int) -> Table:
    """Law by law at variance 1."""
    rows = []
    for law in NAMED:
        drift = evaluate(laws.log_moment(law), {}, BITS)
        assert not isinstance(drift, BallMatrix)
        if law == "signs":
            rows.append((law, "$0$", "any", "$1$"))
            continue
        s, least = best_rate(law)
        rows.append((law, f"${decimal(drift.real, digits)}$", f"${decimal(s, 3)}$", f"${decimal(least, digits)}$"))
    return Table(
        r"At variance 1: the drift $\mu$, and the best $s$ in $\Pr[\lvert P_n \rvert > \epsilon] \le (\operatorname{E} \lvert w \rvert^s)^n \epsilon^{-s}$ (found numerically)",
        ("law", r"$\mu$", "$s$", r"$\operatorname{E} \lvert w \rvert^s$"),
        tuple(rows),
    )


def median_table(digits: int) -> Table:
    """Gaussian weights of variance 1, depth by depth."""
    from derive.checkers.inversion import median, probability

    rows = []
    shown = min(digits, 6)
    for n in DEPTHS:
        below = 1 - probability("gaussian", n, arb(1))
        middle = median("gaussian", n)
        typical = (-n * (arb.const_euler() + arb(2).log()) / 2).exp()
        rows.append(
            (str(n), "$1$", f"${decimal(typical, shown)}$", f"${decimal(middle, shown)}$", f"${decimal(below, 6)}$")
        )
    return Table(
        r"Gaussian weights of variance 1; median and probability by numerical inversion, enclosed",
        (
            "$n$",
            r"$\operatorname{Var} P_n$",
            r"$e^{n \mu}$",
            r"median of $\lvert P_n \rvert$",
            r"$\Pr[\lvert P_n \rvert < 1]$",
        ),
        tuple(rows),
    )
