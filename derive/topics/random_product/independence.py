"""Section: what independence does, and what does not suffice (claim B3)."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import prod

from flint import arb

from derive.authoring import SHORT, Letter, decimal, integer, real, scope, step
from derive.core import Block, Declaration, Law, Prose, Scope, Section, Table
from derive.kernel.terms import ONE, ZERO, symbol
from derive.topics.random_product import Options

LARGEST_SHARED = 60


def independence(options: Options) -> Section:
    """Pairwise independent weights, uncorrelated weights, one shared weight."""
    return Section(
        "independence",
        "What independence does",
        (*_pairwise(), *_uncorrelated(), *_shared(options), _moral()),
    )


def _coins() -> Scope:
    letters = scope(*(Letter(Declaration(name, "real", law=Law("signs", ZERO, ONE))) for name in ("a", "b")))
    return replace(letters, independent=(("a", "b"),))


def _pairwise() -> tuple[Block, ...]:
    coins = _coins()
    return (
        Prose(
            "The theorem needs *full* independence, and weaker conditions do not replace it. Two fair coins, $a$ and $b$ with values "
            "$\\pm 1$, are enough to see it.\n\n"
            "**Pairwise independence is not enough.** Take three weights: $w_1 = a$, $w_2 = b$, $w_3 = a b$. Each is a fair coin, with "
            "variance 1, and any two of them are independent: for $w_1$ and $w_3$, for instance, all four pairs of values have "
            "probability $1/4$."
        ),
        step(
            r"\operatorname{E}\left[ \frac{1 + a}{2} \frac{1 + a b}{2} \right] = \frac{1}{4}",
            "The probability that both are 1; $(1 + x)/2$ is 1 for $x = 1$ and 0 for $x = -1$. The other three go alike.",
            coins,
            ledger=("B3",),
        ),
        step(
            r"\Pr[a b (a b) = 1] = 1",
            "But the product of all three is always 1.",
            coins,
            ledger=("B3",),
        ),
        step(
            r"\operatorname{Var}[a b (a b)] = 0",
            "Its variance is 0; the product of the three variances is 1.",
            coins,
            ledger=("B3",),
        ),
    )


def _uncorrelated() -> tuple[Block, ...]:
    coins = _coins()
    u, w = r"\frac{a + b}{2}", r"\frac{a - b}{2}"
    return (
        Prose(
            f"**No correlation is not enough, even for two.** Take $w_1 = {u}$ and $w_2 = {w}$. The pair sits on one of the four points "
            "$(\\pm 1, 0)$, $(0, \\pm 1)$: whenever one weight is not 0, the other one is."
        ),
        step(
            rf"\operatorname{{Cov}}\left( {u}, {w} \right) = 0",
            "They are uncorrelated.",
            coins,
            ledger=("B3",),
        ),
        step(
            rf"\operatorname{{Var}}\left[ {u} \right] \operatorname{{Var}}\left[ {w} \right] = \frac{{1}}{{4}}",
            "Each has variance $1/2$.",
            coins,
            ledger=("B3",),
        ),
        step(
            rf"\operatorname{{Var}}\left[ {u} {w} \right] = 0",
            "The product never moves.",
            coins,
            ledger=("B3",),
        ),
    )


def _shared(options: Options) -> tuple[Block, ...]:
    gaussian = Letter(Declaration("w", "real", law=Law("gaussian", ZERO, symbol("v"))))
    letters = scope(integer("k", r"k \ge 1"), real("v", r"v > 0"), gaussian)
    n = scope(integer("n", r"n \ge 1"))
    return (
        Prose(
            "**One shared weight.** A recurrent network uses the same weight at every step: $P_n = w^n$. That is the other extreme of "
            "dependence. Let $w$ be Gaussian with mean 0 and variance $v$."
        ),
        step(
            r"\operatorname{E}[w^{2 k}] = \frac{(2 k)!}{2^{k} k!} v^{k}",
            "Its even moments; the odd ones are 0.",
            letters,
            ledger=("B3",),
        ),
        step(
            r"\frac{(2 n)!}{2^{n} n!} = \prod_{i=1}^{n} (2 i - 1)",
            "The factor is the product of the odd numbers, $1 \\cdot 3 \\cdot 5 \\cdots (2 n - 1) = (2 n - 1)!!$.",
            n,
            induction=("n", 1),
            ledger=("B3",),
        ),
        step(
            r"\operatorname{Var}[w^{2 k+1}] = v^{2 k+1} \frac{(4 k + 2)!}{2^{2 k+1} (2 k + 1)!}",
            "For odd depth $n = 2 k + 1$ the mean is 0, and the variance is the moment of order $2 n$.",
            letters,
            ledger=("B3",),
        ),
        step(
            r"\operatorname{Var}[w^{2 k}] = v^{2 k} \left( \frac{(4 k)!}{2^{2 k} (2 k)!} - \left( \frac{(2 k)!}{2^{k} k!} \right)^{2} \right)",
            "For even depth $n = 2 k$ the square of the mean goes off.",
            letters,
            ledger=("B3",),
        ),
        _ratios(),
        step(
            r"\frac{(2 n)!}{2^{n} n!} \sim \sqrt{2} \left( \frac{2 n}{e} \right)^{n}",
            "By Stirling's formula the factor by which sharing multiplies the variance grows faster than every power $c^n$.",
            n,
            ledger=("B3",),
        ),
        *_own(options),
    )


def shared_ratio(n: int) -> Fraction:
    """Var(w^n) / v^n for a Gaussian w with mean 0 and variance v."""
    odd = Fraction(prod(range(1, 2 * n, 2)))
    return odd - Fraction(prod(range(1, n, 2))) ** 2 if n % 2 == 0 else odd


def _ratios() -> Table:
    depths = range(1, 9)
    return Table(
        r"$\operatorname{Var}(w^n) / v^n$ for one shared Gaussian weight; independent weights have 1 throughout",
        ("$n$", *(str(n) for n in depths)),
        (("ratio", *(f"${shared_ratio(n)}$" for n in depths)),),
    )


def _own(options: Options) -> tuple[Block, ...]:
    n = options.n
    if n > LARGEST_SHARED:
        return ()
    gaussian = scope(Letter(Declaration("w", "real", law=Law("gaussian", ZERO, ONE))))
    ratio = shared_ratio(n)
    formula = rf"= {ratio}" if ratio < SHORT else rf"\approx {decimal(arb(int(ratio)), options.digits)}"
    reason = f"For $v = 1$ and $n = {n}$; independent weights would give 1."
    return (step(rf"\operatorname{{Var}}[w^{{{n}}}] {formula}", reason, gaussian, ledger=("B3",)),)


def _moral() -> Block:
    return Prose(
        "So independence is not a technical nicety: with too little of it the product can be frozen, and with one shared weight its "
        "variance is larger by a factor that no choice of $v$ makes up for at every depth."
    )
