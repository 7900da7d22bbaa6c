"""Section: what a typical product does, whatever its variance (claim B6)."""

from __future__ import annotations

from fractions import Fraction

from flint import arb, fmpq

from derive.authoring import Letter, approximate, decimal, integer, quoted, rational, real, scope, step
from derive.core import Block, Declaration, Law, Prose, Scope, Section
from derive.formula import read, show
from derive.kernel import laws
from derive.kernel.balls import BallMatrix, evaluate
from derive.kernel.terms import ONE, ZERO
from derive.topics.random_product import Options
from derive.topics.random_product.exact import product_law
from derive.topics.random_product.figures import size_figures
from derive.topics.random_product.product import PRODUCT
from derive.topics.random_product.rates import median_table, rates_table
from derive.topics.random_product.weights import Weights, drift, family, mean_modulus, standard, value, words

BOOK_107 = "Deep Learning (2016), section 10.7"
BOOK_825 = "Deep Learning (2016), section 8.2.5"
MOST_FACTORS = 200
MOST_EXACT = 60
N1 = integer("n", r"n \ge 1")
SIZE = rf"\left\lvert {PRODUCT} \right\rvert"


def typical(options: Options, weights: Weights) -> Section:
    """The drift of the logarithm, the strong law, Markov's way, and the sentences that overlook them."""
    own = _dies(options, weights) if weights.may_be_zero else _drifts(options, weights)
    return Section(
        "typical",
        "What a typical product does",
        (*_opening(options, weights), *size_figures(options, weights), *own, *_quotes()),
    )


def _opening(options: Options, weights: Weights) -> tuple[Block, ...]:
    return (
        Prose(
            "**Variance is not size.** With $v = 1$ the product has variance 1 at every depth. Does it stay of size 1? An average square of "
            "1 can come about in two ways: all values near 1, or nearly all values near 0 and very rarely a huge one.\n\n"
            f"The weights of this handout are {words(weights)}."
        ),
    )


# ------------------------------------------------------------------------------------------------- a weight that can be 0


def _dies(options: Options, weights: Weights) -> tuple[Block, ...]:
    assert weights.finite is not None
    chance = sum((p for x, p in weights.finite.atoms if x == 0), Fraction(0))
    n, alive = min(options.n, MOST_EXACT), rational(1 - chance)
    return (
        Prose(
            f"Each of them is 0 with probability ${rational(chance)}$, and one zero among the factors is enough: nothing comes back from "
            "it. The product is alive only while no zero has been drawn."
        ),
        step(
            rf"\Pr\left[ \prod_{{i=1}}^{{{n}}} w_i = 0 \right] = 1 - \left( {alive} \right)^{{{n}}}",
            f"The probability that the chain is dead after {n} layers, from the exact law of the product.",
            scope(family(weights)),
            ledger=("B6",),
        ),
        approximate(rf"1 - \left( {alive} \right)^{{{n}}}", "As a number:", scope(), options.digits, ledger=("B6",)),
        step(
            rf"\lim_{{n \to \infty}} \left( {alive} \right)^{{n}} = 0",
            "With probability 1 it dies, whatever its variance.",
            scope(N1),
            ledger=("B6",),
        ),
        rates_table(options.digits),
    )


# ---------------------------------------------------------------------------------------------------- the logarithm walks


def _drifts(options: Options, weights: Weights) -> tuple[Block, ...]:
    declared = scope(N1, family(weights, r"w_k \ne 0"))
    rate = drift(weights)
    square = rational(weights.square)
    sign = value(read(rate, scope()))
    return (
        step(
            rf"\ln {SIZE} = \sum_{{i=1}}^{{n}} \ln \lvert w_i \rvert",
            "**The idea.** The logarithm of the size is a random walk: a sum of independent steps $\\ln \\lvert w_i \\rvert$. Its mean "
            "step, the *drift* $\\mu$, decides.",
            declared,
            ledger=("B6",),
        ),
        step(
            rf"\operatorname{{E}}[\ln(w_1^{{2}})] \le \ln \operatorname{{E}}[w_1^{{2}}] = \ln({square})",
            "The logarithm is concave, so its mean is at most the logarithm of the mean (Jensen), with equality only if "
            "$\\lvert w \\rvert$ is constant. The left side is $2 \\mu$.",
            declared,
            axiom="jensen_log",
            ledger=("B6",),
        ),
        step(
            rf"\operatorname{{E}}[\ln \lvert w_1 \rvert] = {rate}",
            "For this law the drift $\\mu$ is",
            declared,
            ledger=("B6",),
        ),
        *_as_number(rate, options),
        step(
            rf"\Pr\left[ \lim_{{n \to \infty}} \frac{{1}}{{n}} \sum_{{i=1}}^{{n}} \ln \lvert w_i \rvert = {rate} \right] = 1",
            "By the strong law of large numbers the logarithm follows its drift, with probability 1.",
            declared,
            axiom="strong_law",
            ledger=("B6",),
        ),
        *_fate(options, weights, rate, sign),
        *_spread(weights, declared),
        *_share(options, weights),
        *_markov(weights, declared),
        rates_table(options.digits),
    )


def _as_number(rate: str, options: Options) -> tuple[Block, ...]:
    if value(read(rate, scope())) == 0:
        return ()
    return (approximate(rate, "As a number:", scope(), options.digits, ledger=("B6",)),)


def _fate(options: Options, weights: Weights, rate: str, sign: float) -> tuple[Block, ...]:
    n = options.n
    if abs(sign) < 1e-12:
        return (
            Prose(
                "The drift is 0: the size neither falls nor grows. "
                + (
                    "The modulus of each weight is constant, so nothing is random about the size."
                    if weights.constant_size
                    else "It wanders: the logarithm spreads like $\\sqrt{n}$."
                )
            ),
        )
    word = "vanishes" if sign < 0 else "explodes"
    return (
        approximate(
            rf"\exp({n} \left( {rate} \right))",
            f"So $P_n$ {word}, at the rate $e^{{n \\mu}}$. For $n = {n}$ this typical size is",
            scope(),
            options.digits,
            ledger=("B6",),
        ),
    )


def _spread(weights: Weights, declared: Scope) -> tuple[Block, ...]:
    if weights.finite is not None or weights.named == "signs":
        return ()
    variance = show(laws.log_variance(weights.named))
    total = "n" if variance == "1" else rf"n {variance}"
    return (
        step(
            rf"\operatorname{{Var}}\left[ \sum_{{i=1}}^{{n}} \ln \lvert w_i \rvert \right] = {total}",
            "Around the drift the logarithm spreads like $\\sqrt{n}$: in the end the drift wins, for small $n$ both matter.",
            declared,
            ledger=("B6",),
        ),
    )


def _share(options: Options, weights: Weights) -> tuple[Block, ...]:
    """How often the product is smaller than 1: exactly for values in a list, by numerical inversion for the named laws."""
    if weights.finite is not None:
        return _exact_share(options, weights)
    if weights.named == "signs" or options.n > MOST_FACTORS:
        return ()
    from derive.checkers.inversion import probability

    v = arb(fmpq(weights.variance.numerator, weights.variance.denominator))
    share = 1 - probability(weights.named, options.n, v.sqrt() ** -options.n)
    event = rf"\Pr\left[ \left\lvert \prod_{{i=1}}^{{{options.n}}} w_i \right\rvert < 1 \right]"
    blocks: tuple[Block, ...] = (
        step(
            rf"{event} \approx {decimal(share, min(options.digits, 6))}",
            f"How often the product of {options.n} is smaller than 1 (by numerical inversion of its Mellin transform):",
            scope(family(weights, r"w_k \ne 0")),
            ledger=("B6",),
        ),
    )
    if weights.named == "gaussian" and weights.variance == 1:
        blocks += (_normal_share(options), median_table(options.digits))
    return blocks


def _normal_share(options: Options) -> Block:
    n = options.n
    Z = Letter(Declaration("Z", "real", law=Law("gaussian", ZERO, ONE)))
    bound = rf"\frac{{{n} (\gamma + \ln 2) / 2}}{{\sqrt{{{n} \pi^{{2}} / 8}}}}"
    level = evaluate(read(bound, scope()), {}, 128)
    assert not isinstance(level, BallMatrix)
    below = 1 - (level.real / arb(2).sqrt()).erfc() / 2
    return step(
        rf"\Pr\left[ Z < {bound} \right] \approx {decimal(below, min(options.digits, 6))}",
        "If the logarithm were exactly normal ($Z$ standard Gaussian), that would be the following: near, and wrong in the second "
        "digit for moderate $n$, because $\\ln \\lvert w \\rvert$ has a long tail to the left.",
        scope(Z),
        ledger=("B6",),
    )


def _exact_share(options: Options, weights: Weights) -> tuple[Block, ...]:
    assert weights.finite is not None
    law = product_law(weights.finite, options.n) if options.n <= MOST_EXACT else None
    if law is None:
        return ()
    share = sum((p for x, p in law.items() if abs(x) < 1), Fraction(0))
    event = rf"\Pr\left[ \left\lvert \prod_{{i=1}}^{{{options.n}}} w_i \right\rvert < 1 \right]"
    short = len(str(share)) <= 24
    shown = f"= {rational(share)}" if short else rf"\approx {_numeral(share, options.digits)}"
    return (
        step(
            rf"{event} {shown}",
            f"How often the product of {options.n} is smaller than 1, from its exact law ({len(law)} values):",
            scope(family(weights)),
            ledger=("B6",),
        ),
    )


def _numeral(q: Fraction, digits: int) -> str:
    return decimal(arb(fmpq(q.numerator, q.denominator)), digits)


def _markov(weights: Weights, declared: Scope) -> tuple[Block, ...]:
    mean = mean_modulus(weights)
    if value(read(mean, scope())) >= 1:
        return ()
    level = scope(N1, family(weights, r"w_k \ne 0"), real("epsilon", r"\epsilon > 0"))
    return (
        Prose(
            "**Without the strong law.** The mean modulus $\\operatorname{E} \\lvert w \\rvert$ is below 1 here, and this alone gives the "
            "collapse, with a rate at every finite $n$."
        ),
        step(
            rf"\operatorname{{E}}\left[ {SIZE} \right] = \prod_{{i=1}}^{{n}} \operatorname{{E}}[\lvert w_i \rvert] = \left( {mean} \right)^{{n}}",
            "Moduli of independent weights are independent.",
            declared,
            ledger=("B6",),
        ),
        step(
            rf"\Pr\left[ {SIZE} > \epsilon \right] \le \frac{{\operatorname{{E}}\left[ {SIZE} \right]}}{{\epsilon}}",
            "Markov's inequality.",
            level,
            axiom="markov",
            ledger=("B6",),
        ),
        step(
            rf"\lim_{{n \to \infty}} \frac{{\left( {mean} \right)^{{n}}}}{{\epsilon}} = 0",
            "Large products become exponentially rare.",
            level,
            ledger=("B6",),
        ),
        step(
            rf"\Pr\left[ \lim_{{n \to \infty}} {PRODUCT} = 0 \right] = 1",
            "Their probabilities have a finite sum, so only finitely many products exceed $\\epsilon$ (Borel and Cantelli).",
            declared,
            axiom="summable_expectation",
            ledger=("B6",),
        ),
    )


# ------------------------------------------------------------------------------------------------------------- sources


def _quotes() -> tuple[Block, ...]:
    gaussian = scope(N1, standard("gaussian", r"w_k \ne 0"))
    return (
        Prose(
            "**What the book concludes.** Two sentences, read for a chain of single units with Gaussian weights of variance 1:"
        ),
        quoted(
            r"\operatorname{E}[\ln \lvert w_1 \rvert] = 0",
            "Read: with unit variance the size has no drift. It has one, and it is negative.",
            gaussian,
            BOOK_107,
            "Very deep feedforward networks with carefully chosen scaling can thus avoid the vanishing and exploding gradient problem",
            ledger=("B6",),
        ),
        quoted(
            rf"\operatorname{{E}}\left[ {SIZE} \right] = 1",
            "Read: it is enough that the weights are not shared. They are not shared here, and the mean modulus still vanishes.",
            gaussian,
            BOOK_825,
            "feedforward networks do not, so even very deep feedforward networks can largely avoid the vanishing and exploding gradient "
            "problem",
            ledger=("B6",),
        ),
        Prose(
            "What is true instead: the variance can be kept, the typical size is lost, unless $\\lvert w \\rvert$ is constant (fair signs; "
            "for layers, orthogonal matrices). Both sentences are right about *wide* layers, the subject of section 8."
        ),
    )
