"""Section: the best parameters of gradient descent and of both kinds of momentum (claim C11)."""

from __future__ import annotations

from derive.authoring import approximate, assume, rational, real, scope, step
from derive.core import Block, Prose, Section
from derive.topics.momentum import Options

M, L, S = real("m", "m > 0"), real("L"), real("s", "s > 1")


def best(options: Options) -> Section:
    """Plain descent, Polyak's and Nesterov's choice, and the rates of the options."""
    return Section("best", "The best parameters", (*_plain(), *_polyak(), *_nesterov(), *_own(options)))


def _plain() -> tuple[Block, ...]:
    between = scope(M, L, real("lambda"), given=(r"m \le \lambda", r"\lambda \le L"))
    ordered = scope(M, real("L", "L > 0"), real("a"), real("b"))
    eta = scope(M, L, real("eta"), given=("m \\le L",))
    return (
        Prose(
            "**Plain gradient descent** multiplies $x$ by $1 - \\eta \\lambda$. One $\\eta$ must serve all eigenvalues; take $\\eta = 2/(m + L)$:"
        ),
        step(
            r"\left\lvert 1 - \frac{2}{m + L} \lambda \right\rvert \le \frac{L - m}{L + m}",
            "No eigenvalue contracts more slowly than this, and $m$ and $L$ do just that.",
            between,
            ledger=("C11",),
        ),
        step(
            r"L (1 - \eta m) - m (1 - \eta L) = L - m",
            "No other $\\eta$ is better:",
            eta,
            ledger=("C11",),
        ),
        step(
            r"L (1 - \eta m) - m (1 - \eta L) \le L \lvert 1 - \eta m \rvert + m \lvert 1 - \eta L \rvert",
            "the left side is at most this,",
            scope(M, real("L", "L > 0"), real("eta")),
            ledger=("C11",),
        ),
        step(
            r"L a + m b \le (L + m) \max(a, b)",
            "and with $a = \\lvert 1 - \\eta m \\rvert$, $b = \\lvert 1 - \\eta L \\rvert$ that is at most $L + m$ times the larger of the two. So the larger one is at least $(L - m)/(L + m)$.",
            ordered,
            ledger=("C11",),
        ),
        step(
            r"\frac{L - m}{L + m} = 1 - \frac{2}{\kappa + 1}",
            "In terms of the condition number $\\kappa$, with $L = \\kappa m$.",
            scope(M, L, real("kappa", r"\kappa \ge 1"), given=(r"L = \kappa m",)),
            ledger=("C11",),
        ),
    )


def _polyak() -> tuple[Block, ...]:
    polyak = scope(S, real("mu"), given=(r"\mu = \left( \frac{s - 1}{s + 1} \right)^{2}",))
    free = scope(real("mu", r"\mu > 0"), real("u"))
    return (
        Prose(
            "**Classical momentum** (Polyak's choice). Write $s = \\sqrt{\\kappa}$ and take $\\mu = ((s-1)/(s+1))^2$ and $\\eta = 4/(\\sqrt{L} + \\sqrt{m})^2$, so that $u = \\eta \\lambda$ runs from $4/(s+1)^2$ to $4 s^2/(s+1)^2$."
        ),
        step(
            r"(1 + \mu - u)^{2} - 4 \mu = (u - (1 - \sqrt{\mu})^{2}) (u - (1 + \sqrt{\mu})^{2})",
            "The discriminant $p^2 - 4q$ is not positive between its two zeros: there the roots are not real, or equal, and of modulus $\\sqrt{\\mu}$.",
            free,
            ledger=("C11",),
        ),
        step(
            r"\left( 1 + \mu - \frac{4}{(s + 1)^{2}} \right)^{2} = 4 \mu",
            "Polyak puts the one zero at $\\lambda = m$,",
            polyak,
            ledger=("C11",),
        ),
        step(
            r"\left( 1 + \mu - \frac{4 s^{2}}{(s + 1)^{2}} \right)^{2} = 4 \mu",
            "and the other at $\\lambda = L$. So every eigenvalue has the rate $\\sqrt{\\mu} = (s - 1)/(s + 1)$.",
            polyak,
            ledger=("C11",),
        ),
    )


def _nesterov() -> tuple[Block, ...]:
    mu = r"\mu = \frac{s - 1}{s + 1}"
    free = scope(S, real("mu"), real("c"), given=(mu,))
    slowest = scope(S, real("mu"), real("c"), given=(mu, r"c = 1 - \frac{1}{s^{2}}"))
    return (
        Prose(
            "**Nesterov's momentum** with the choice $\\eta = 1/L$, $\\mu = (s-1)/(s+1)$: then $c = 1 - \\lambda/L$ lies between 0 and $1 - 1/\\kappa = 1 - 1/s^2$."
        ),
        step(
            r"(1 + \mu)^{2} c^{2} - 4 \mu c = \frac{4 s^{2}}{(s + 1)^{2}} c \left( c - \left( 1 - \frac{1}{s^{2}} \right) \right)",
            "The discriminant $p^2 - 4 q$. In that range it is not positive:",
            free,
            ledger=("C11",),
        ),
        step(
            r"\frac{4 s^{2}}{(s + 1)^{2}} c (c - d) \le 0",
            "with $d$ for $1 - 1/s^2$.",
            scope(S, real("c", r"c \ge 0"), real("d"), given=(r"c \le d",)),
            ledger=("C11",),
        ),
        step(
            r"\mu c = \left( 1 - \frac{1}{s} \right)^{2}",
            "So the squared modulus of the roots is $q = \\mu c$, which is largest at the largest $c$, that is for $\\lambda = m$: the worst rate is $1 - 1/\\sqrt{\\kappa}$.",
            slowest,
            ledger=("C11",),
        ),
        step(
            r"\frac{(1 + \mu) c}{2} = 1 - \frac{1}{s}",
            "There the discriminant is 0 and the two roots coincide.",
            slowest,
            ledger=("C11",),
        ),
    )


def _own(options: Options) -> tuple[Block, ...]:
    kappa = options.largest / options.smallest
    letters = scope(real("kappa"), given=(rf"\kappa = {rational(kappa)}",))
    digits = max(6, options.digits)
    return (
        Prose("**The eigenvalues of this handout:**"),
        assume(rf"\kappa = {rational(kappa)}", "the condition number.", letters),
        approximate(r"1 - \frac{2}{\kappa + 1}", "Rate of gradient descent.", letters, digits, ledger=("C11",)),
        approximate(r"1 - \frac{1}{\sqrt{\kappa}}", "Rate of Nesterov's momentum.", letters, digits, ledger=("C11",)),
        approximate(
            r"\frac{\sqrt{\kappa} - 1}{\sqrt{\kappa} + 1}",
            "Rate of classical momentum, Polyak's choice.",
            letters,
            digits,
            ledger=("C11",),
        ),
    )
