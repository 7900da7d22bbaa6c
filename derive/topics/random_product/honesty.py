"""Section: how not to check v^n numerically, and how to (claims B7, B8: section M of the ledger)."""

from __future__ import annotations

from fractions import Fraction

from flint import arb, fmpq

from derive.authoring import Letter, approximate, decimal, integer, rational, real, scope, step
from derive.core import Block, Declaration, Law, Prose, Section, Table, Term
from derive.kernel import laws
from derive.kernel.terms import ONE, ZERO, symbol
from derive.topics.random_product import Options
from derive.topics.random_product.estimators import plain_table, verdict_table
from derive.topics.random_product.product import PRODUCT
from derive.topics.random_product.weights import Weights

KAPPAS = {law: laws.even_moment(law, 2) for law in ("gaussian", "uniform", "laplace", "signs")}
DEPTHS = (5, 10, 20, 50)
ACCURACY = Fraction(1, 100)
"""The square of ten per cent."""


def honesty(options: Options, weights: Weights) -> Section:
    """Why the average of P^2 fails, what it would need, and the estimators that work."""
    return Section(
        "checking",
        "How not to check this by simulation",
        (
            *_relative_variance(options, weights),
            plain_table(),
            *_right_region(),
            *_full_grid(),
            *_tilt(),
            *_verdicts(),
            *_beyond_exact(),
        ),
    )


def _relative_variance(options: Options, weights: Weights) -> tuple[Block, ...]:
    name = weights.named or "gaussian"
    kappa = KAPPAS[name]
    own = scope(
        integer("n", r"n \ge 1"),
        real("v", r"v > 0"),
        Letter(Declaration("w", "real", law=Law(name, ZERO, symbol("v")), family=True)),
    )
    n = min(options.n, 1000)
    power = rf"\left( {rational(kappa)} \right)^{{{n}}}"
    grown = "1" if kappa == 1 else rf"\left( {rational(kappa)} \right)^{{n}}"
    blocks: list[Block] = [
        Prose(
            "The first idea is to draw products and average their squares: $\\hat V = \\frac{1}{M} \\sum_j P^{(j)2}$. It is unbiased, "
            "simple, and useless. The reason is the fourth moment. Let $\\kappa = \\operatorname{E} w^4 / (\\operatorname{E} w^2)^2$; that is 3 for "
            "Gaussian, $9/5$ for uniform, 6 for Laplace weights, and 1 for signs."
        ),
        step(
            rf"\frac{{\operatorname{{E}}[({PRODUCT})^{{4}}]}}{{\operatorname{{E}}[({PRODUCT})^{{2}}]^{{2}}}} = {grown}",
            f"Fourth moments multiply, too: here for {name} weights, $\\kappa = {rational(kappa)}$.",
            own,
            ledger=("B7", "M"),
        ),
        Prose(
            "So the relative variance of one draw of $P_n^2$ is $\\kappa^n - 1$: exponential in the depth. For a standard error of 10 per cent "
            "one needs $M = 100 (\\kappa^n - 1)$ draws:"
        ),
        _needed(),
    ]
    if kappa != 1:
        blocks.append(
            approximate(
                rf"100 \left( {power} - 1 \right)",
                f"For {name} weights and $n = {n}$ that is",
                scope(),
                options.digits,
                ledger=("B7", "M"),
            )
        )
    return tuple(blocks)


def _needed() -> Table:
    rows = tuple((law, *(f"${draws_needed(kappa, n)}$" for n in DEPTHS)) for law, kappa in KAPPAS.items())
    return Table(
        "Draws for a standard error of 10 %, by the relative variance; signs are exact after one draw",
        ("law", *(f"$n = {n}$" for n in DEPTHS)),
        rows,
    )


def draws_needed(kappa: Fraction, n: int) -> str:
    """100 (kappa^n - 1) in LaTeX, two digits."""
    exact = (kappa**n - 1) / ACCURACY
    return "0" if exact == 0 else decimal(arb(fmpq(exact.numerator, exact.denominator)), 2)


def _right_region() -> tuple[Block, ...]:
    t = scope(real("t", r"t > 0"))
    return (
        Prose(
            "**It is worse than noisy: it is one-sided.** The mean of $P_n^2$ lives on rare large products. Weighted by its contribution to the "
            "mean, a factor has the density $w^2 \\varphi(w)$; there $w^2$ is chi-square with 3 degrees of freedom, and $\\operatorname{E} \\ln w^2 = "
            "L_3$ (section 8). Merely to meet such products takes about $e^{n L_3}$ draws."
        ),
        step(
            r"2 - \gamma - \ln 2 \approx 0.72964",
            "$L_3$, for Gaussian weights of variance 1:",
            scope(),
            ledger=("B7", "M"),
        ),
        step(
            r"\frac{d}{dt} \left( t^{3} \ln(3 t^{2}) - \frac{2}{3} t^{3} \right) = 3 t^{2} \ln(3 t^{2})",
            "For uniform weights, $w = \\sqrt{3} t$, the same mean is the integral of this from 0 to 1, $\\ln 3 - 2/3$: smaller.",
            t,
            ledger=("B7", "M"),
        ),
        approximate(r"\ln 3 - \frac{2}{3}", "As a number:", scope(), 5, ledger=("B7", "M")),
        *(
            approximate(
                rf"\exp({n} \left( 2 - \gamma - \ln 2 \right))",
                f"Draws merely to see the products that matter, $n = {n}$, Gaussian:",
                scope(),
                2,
                ledger=("B7", "M"),
            )
            for n in (10, 20)
        ),
        Prose(
            "Before that, the average is below the truth nearly always, and *so is the standard error that the same draws report*: the usual "
            "interval is too short and in the wrong place. A fixed seed hides this, it does not cure it. And comparing with a tolerance, as "
            "`numpy.allclose` does, says nothing about small numbers: with its defaults `0.1**8` and `0.1**9` are close."
        ),
    )


def _full_grid() -> tuple[Block, ...]:
    letters = (integer("M", r"M \ge 1"), integer("n", r"n \ge 1"), real("kappa", r"\kappa > 1"))
    spread = Term("add", (symbol("kappa"), Term("neg", (ONE,))))
    draws = Letter(Declaration("x", "real", law=Law("moments", ONE, spread), family=True))
    declared = scope(*letters, draws)
    return (
        Prose(
            "**What to do instead.** First the routes without chance: the exact law and quadrature (section 2). Where one has to draw, draw "
            "*factor by factor*: $M$ values of each weight, and multiply the means of their squares, $\\hat V = \\prod_i \\frac{1}{M} \\sum_j w_{ij}^2$. "
            "By the distributive law this is the average of $P^2$ over all $M^n$ combinations of the draws, the *full grid*, for the price of "
            "$n M$ numbers. Let $x_j = w_{ij}^2 / v$:"
        ),
        step(
            r"\operatorname{E}\left[ \left( \frac{1}{M} \sum_{j=1}^{M} x_j \right)^{2} \right] = 1 + \frac{\kappa - 1}{M}",
            "The mean square of one factor of $\\hat V / v^n$.",
            declared,
            ledger=("B8", "M"),
        ),
        step(
            r"\lim_{M \to \infty} M \left( \left( 1 + \frac{\kappa - 1}{M} \right)^{n} - 1 \right) = n (\kappa - 1)",
            "So the relative variance is about $n (\\kappa - 1)/M$: linear in the depth, no longer exponential.",
            scope(*letters),
            ledger=("B8", "M"),
        ),
        Prose(
            "For Gaussian weights a bound holds at every $M$: $M$ times one factor is chi-square with $M$ degrees of freedom, and it is off "
            "by more than $\\varepsilon M$ with probability at most $2 e^{-M \\varepsilon^2/8}$. With $M = 2 \\cdot 10^6$, $\\varepsilon = 0.01$ and ten factors "
            "the probability that any factor is off is at most"
        ),
        step(
            r"10 \cdot 2 e^{-2 \cdot 10^{6} \cdot 0.01^{2}/8} \approx 2.8 \cdot 10^{-10}",
            "A test suite can live with this false-alarm probability.",
            scope(),
            ledger=("B8", "M"),
        ),
        step(r"0.99^{10} \approx 0.9044", "Otherwise $\\hat V / v^{10}$ lies above this.", scope(), ledger=("B8", "M")),
        step(r"1.01^{10} \approx 1.1046", "It lies below this, too.", scope(), ledger=("B8", "M")),
    )


def _tilt() -> tuple[Block, ...]:
    s = scope(real("s", r"s > 1"), real("x"))
    second = r"3 \sqrt{s} \left( 2 - \frac{1}{s} \right)^{-5/2}"
    return (
        Prose(
            "**Draw where the mean lives.** Better still, draw Gaussian weights with a larger variance $s$ (in units of $v$) and weight them back "
            "by the ratio of the densities. The relative second moment of one weighted square is then"
        ),
        step(
            rf"\int_{{-\infty}}^{{\infty}} x^{{4}} \sqrt{{s}} \frac{{1}}{{\sqrt{{2 \pi}}}} e^{{-x^{{2}} \left( 1 - \frac{{1}}{{2 s}} \right)}} \, dx = {second}",
            "This is the square of $x^2$ times the ratio, averaged under the wider law.",
            s,
            ledger=("B8", "M"),
        ),
        step(
            r"\frac{d}{ds} \left( \frac{1}{2} \ln s - \frac{5}{2} \ln\left( 2 - \frac{1}{s} \right) \right) = \frac{s - 3}{s (2 s - 1)}",
            "Its logarithm falls until $s = 3$ and grows afterwards: the best variance is $3 v$.",
            s,
            ledger=("B8", "M"),
        ),
        step(
            r"3 \sqrt{3} \left( 2 - \frac{1}{3} \right)^{-5/2} \approx 1.448972",
            "There it is 1.45 instead of 3.",
            scope(),
            ledger=("B8", "M"),
        ),
        approximate(
            r"100 \left( \left( 3 \sqrt{3} \left( 2 - \frac{1}{3} \right)^{-5/2} \right)^{10} - 1 \right)",
            "Products of ten drawn in this way need so many draws for 10 per cent, instead of 5.9 million:",
            scope(),
            2,
            ledger=("B8", "M"),
        ),
        Prose(
            "(The tilt to the density $w^2 \\varphi(w)$ itself would have no variance at all. It presupposes the answer, so it is no evidence.)"
        ),
    )


def _verdicts() -> tuple[Block, ...]:
    return (
        Prose(
            "**A statistical verdict.** A check by sampling should say: which estimator, which seed, how many draws and that this number was fixed "
            "*beforehand* from the known $\\kappa$, the probability $\\alpha$ of a false alarm, and the smallest deviation that it would have "
            "noticed. And it should be tried on wrong claims. The table does so: the claim is that the variance of the product of ten Gaussian "
            "weights with $v = 7/10$ is the number shown, up to two fifths. The claim is supported where the *whole* interval agrees; nothing is "
            "ever refuted by a sample. Together over all seeds and sizes that may be chosen, the intervals fail with probability at most $10^{-9}$."
        ),
        verdict_table(),
    )


def _beyond_exact() -> tuple[Block, ...]:
    standard = Letter(Declaration("w", "real", law=Law("gaussian", ZERO, ONE), family=True))
    return (
        Prose(
            "**Where nothing is exact.** Put a nonlinearity between the weights, $h_t = \\tanh(w_t h_{t-1})$ with $h_0 = 1$ and standard Gaussian "
            "weights. None of the rules of this page gives the mean square of $h_3$. Its values lie in $[0, 1]$, so the "
            "average of plain draws has a bound that holds at every $M$ (Hoeffding's)."
        ),
        step(
            r"\operatorname{E}\left[ (\tanh(w_3 \tanh(w_2 \tanh(w_1))))^{2} \right] < \frac{3}{20}",
            "Supported by a seeded sample, and no more than that.",
            scope(standard),
            ledger=("B8", "M"),
        ),
        Prose(
            "The linear chain has mean square 1 at every depth; with the squashing in between less than $3/20$ is left after three layers."
        ),
    )
