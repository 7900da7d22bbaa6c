"""Section: for which learning rates the methods converge (claim X16)."""

from __future__ import annotations

from fractions import Fraction

from derive.authoring import approximate, assume, explicit, matrix, quoted, rational, real, scope, step
from derive.core import Block, Prose, Scope, Section
from derive.topics.momentum import Options

BOOK = "Deep Learning (2016), section 10.11"
MU = real("mu", r"0 \le \mu", r"\mu < 1")


def stability(options: Options) -> Section:
    """The conditions of Jury for two roots; the limits of both methods; the options' own step."""
    return Section("stability", "When does it converge?", (*_jury(), *_limits(), *_own(options)))


def rate(options: Options) -> Fraction:
    """The learning rate of the worked step."""
    return Fraction(3, 2) / options.largest if options.learning_rate is None else options.learning_rate


def _jury() -> tuple[Block, ...]:
    p, q, z = real("p"), real("q"), real("z")
    inside = scope(p, q, given=("q < 1", "p < 1 + q", "-p < 1 + q", r"p^{2} \ge 4 q"))
    return (
        Prose(
            "The solutions of $x_{k+1} = p x_k - q x_{k-1}$ are made of powers of the two roots of $z^2 - p z + q$, so the method converges from every start if and only if both roots are smaller than 1 in "
            "modulus. When are they?"
        ),
        step(
            r"z^{2} - p z + q = \left( z - \frac{p + \sqrt{p^{2} - 4 q}}{2} \right) \left( z - \frac{p - \sqrt{p^{2} - 4 q}}{2} \right)",
            "The roots, if they are real. Their product is $q$, so $\\lvert q \\rvert < 1$ is needed.",
            scope(p, q, z),
            ledger=("X16",),
        ),
        step(
            r"\left( \frac{p}{2} \right)^{2} + \left( \frac{\sqrt{4 q - p^{2}}}{2} \right)^{2} = q",
            "If they are not real, both have the squared modulus $q$: then $q < 1$ is all.",
            scope(p, q),
            ledger=("X16",),
        ),
        step(
            r"\frac{p + \sqrt{p^{2} - 4 q}}{2} < 1",
            "If they are real, the larger one is below 1 as soon as $p < 1 + q$, besides $q < 1$ and $-p < 1 + q$,",
            inside,
            ledger=("X16",),
        ),
        step(
            r"\frac{p - \sqrt{p^{2} - 4 q}}{2} > -1",
            "and the smaller one is above $-1$.",
            inside,
            ledger=("X16",),
        ),
        step(
            r"\frac{p + \sqrt{p^{2} - 4 q}}{2} \ge 1",
            "Conversely, where $p \\ge 1 + q$ there is a root that is not below 1 (and likewise for $-p$). So the conditions are $\\lvert q \\rvert < 1$ and $\\lvert p \\rvert < 1 + q$.",
            scope(p, q, given=("p \\ge 1 + q", r"p^{2} \ge 4 q", "q < 1", "q > -1")),
            ledger=("X16",),
        ),
    )


def _limits() -> tuple[Block, ...]:
    u = real("u")
    c = real("c", "-1 < c", "c < 1")
    return (
        Prose(
            "Write $u = \\eta \\lambda$. **Classical:** $q = \\mu < 1$, $1 + q - p = u > 0$, and the last condition is $1 + q + p > 0$:"
        ),
        step(
            r"1 + \mu + (1 + \mu - u) = 2 (1 + \mu) - u",
            "So it converges exactly for $0 < \\eta \\lambda < 2 (1 + \\mu)$: momentum allows up to twice the step of gradient descent.",
            scope(MU, u),
            ledger=("X16",),
        ),
        Prose("**Nesterov's:** $p = (1 + \\mu) c$ and $q = \\mu c$ with $c = 1 - u$."),
        step(
            r"1 + \mu c - (1 + \mu) c = 1 - c",
            "The one condition is $u > 0$ again,",
            scope(MU, real("c")),
            ledger=("X16",),
        ),
        step(
            r"1 + \mu (1 - u) + (1 + \mu) (1 - u) = (1 + 2 \mu) \left( \frac{2 + 2 \mu}{1 + 2 \mu} - u \right)",
            "the other is $u < (2 + 2 \\mu)/(1 + 2 \\mu)$,",
            scope(MU, u),
            ledger=("X16",),
        ),
        step(
            r"1 - \frac{2 + 2 \mu}{1 + 2 \mu} = -\frac{1}{1 + 2 \mu} \ge -1",
            "which keeps $c$ between $-1$ and 1,",
            scope(MU),
            ledger=("X16",),
        ),
        step(r"-1 < \mu c < 1", "so that $\\lvert q \\rvert < 1$ comes for nothing.", scope(MU, c), ledger=("X16",)),
        step(
            r"\frac{2 + 2 \mu}{1 + 2 \mu} < 2 (1 + \mu)",
            "The limit of Nesterov's form is *smaller* than the classical one, for every positive momentum.",
            scope(real("mu", r"0 < \mu", r"\mu < 1")),
            ledger=("X16",),
        ),
        step(
            r"\frac{2 + 2 \mu}{1 + 2 \mu} > \frac{4}{3}",
            "For $\\mu$ near 1 it comes down to $4/3$, below the limit 2 of plain gradient descent.",
            scope(MU),
            ledger=("X16",),
        ),
        quoted(
            r"-(1 + \mu) c < 1 + \mu c",
            "Read as: Nesterov's momentum is stable wherever the classical one is, $0 < 1 - c < 2 (1 + \\mu)$.",
            scope(real("mu", r"0 < \mu", r"\mu < 1"), real("c"), given=("c < 1", r"1 - c < 2 (1 + \mu)")),
            BOOK,
            "simpler methods such as Nesterov momentum with careful initialization could achieve similar results",
            ledger=("X16", "C11"),
        ),
    )


def _own(options: Options) -> tuple[Block, ...]:
    mu, u = options.momentum, rate(options) * options.largest
    c = 1 - u
    one, nought = Fraction(1), Fraction(0)
    C = explicit([[1 + mu - u, -mu], [one, nought]])
    N = explicit([[(1 + mu) * c, -mu * c], [one, nought]])
    given = (f"C = {C}", f"N = {N}")
    letters = scope(matrix("C", size=2), matrix("N", size=2), given=given)
    classical, nesterov = 2 * (1 + mu), (2 + 2 * mu) / (1 + 2 * mu)
    digits = options.digits
    words = {True: "converges", False: "does not converge"}
    return (
        Prose(
            f"**The numbers of this handout:** $\\mu = {rational(mu)}$, $\\eta = {rational(rate(options))}$, largest eigenvalue ${rational(options.largest)}$, so $\\eta \\lambda = {rational(u)}$ there. "
            f"The limits are ${rational(classical)}$ classically and ${rational(nesterov)}$ for Nesterov's form: the first {words[u < classical]}, the second {words[u < nesterov]}."
        ),
        assume(given[0], "classical momentum, from $(x_k, x_{k-1})$ to $(x_{k+1}, x_k)$.", letters),
        assume(given[1], "Nesterov's form.", letters),
        *_radius("C", 1 + mu - u, mu, letters, digits, "The spectral radius of the one"),
        *_radius("N", (1 + mu) * c, mu * c, letters, digits, "and of the other"),
    )


def _radius(name: str, p: Fraction, q: Fraction, letters: Scope, digits: int, reason: str) -> tuple[Block, ...]:
    """The spectral radius as a number; a double root, which no enclosure separates, by its characteristic polynomial."""
    if p * p != 4 * q:
        ending = ": below 1." if _inside(p, q) else ": not below 1."
        return (approximate(rf"\rho({name})", reason + ending, letters, digits, ledger=("X16",)),)
    return (
        step(
            r"p^{2} - 4 q = 0",
            f"{reason}: the two roots coincide at ${rational(p / 2)}$.",
            scope(real("p"), real("q"), given=(f"p = {rational(p)}", f"q = {rational(q)}")),
            ledger=("X16",),
        ),
    )


def _inside(p: Fraction, q: Fraction) -> bool:
    return abs(q) < 1 and abs(p) < 1 + q
