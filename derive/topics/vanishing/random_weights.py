"""Section: a different random weight at each layer: variance exactly, typical size honestly (claims B2, B5, B6)."""

from __future__ import annotations

from flint import arb

from derive.authoring import approximate, decimal, integer, quoted, random_family, rational, real, scope, step
from derive.core import Block, Prose, Section, Term
from derive.formula import show
from derive.kernel import laws
from derive.kernel.terms import ONE, ZERO, number, symbol
from derive.topics.vanishing import Options

BOOK_107 = "Deep Learning (2016), section 10.7"
LARGEST_INVERTED = 200
"""Up to this depth the inversion integral is computed."""
PRODUCT = r"\prod_{i=1}^{n} w_i"


def random_weights(options: Options) -> Section:
    """Var = v^n, the n-th root rule, and why unit variance does not save the typical product."""
    return Section(
        "random",
        "A different random weight at each layer",
        (*_variance(options), *_root_rule(options), *_typical(options)),
    )


def _variance(options: Options) -> tuple[Block, ...]:
    v = real("v", r"v > 0")
    declared = scope(integer("n", r"n \ge 1"), v, random_family("w", "moments", ZERO, symbol("v")))
    return (
        Prose(
            "Now let the weights be independent, with mean 0 and variance $v$, whatever their law. The book says that the variance of "
            "the product is $O(v^n)$. It is exactly $v^n$."
        ),
        step(
            rf"\operatorname{{E}}[{PRODUCT}] = \prod_{{i=1}}^{{n}} \operatorname{{E}}[w_i] = 0",
            "Independence lets the mean pass through the product.",
            declared,
            ledger=("B2",),
        ),
        step(
            rf"\operatorname{{Var}}[{PRODUCT}] = \operatorname{{E}}[({PRODUCT})^{{2}}] = \prod_{{i=1}}^{{n}} \operatorname{{E}}[w_i^{{2}}] = v^{{n}}",
            "With mean 0 the variance is the mean square; squares of independent variables are independent.",
            declared,
            ledger=("B2",),
        ),
        step(
            r"v^{n} = O(v^{n})",
            "So the book's $O(v^n)$ is true, and needlessly weak: the factor hidden in the $O$ is 1.",
            declared,
            ledger=("B2",),
        ),
        _variance_of_product(options),
    )


def _variance_of_product(options: Options) -> Block:
    n, variance = options.n, options.variance
    power = rf"\left({rational(variance)}\right)^{{{n}}}"
    reason = f"For $n = {n}$ and $v = {rational(variance)}$, the variance of the product is"
    if variance == 1:
        return step(f"{power} = 1", reason, scope(), ledger=("B2",))
    return approximate(power, reason, scope(), options.digits, ledger=("B2",))


def _root_rule(options: Options) -> tuple[Block, ...]:
    declared = scope(integer("n", r"n \ge 1"), real("v_star", r"v_\star > 0"))
    return (
        Prose(
            "So a wanted variance $v_\\star$ of the product is reached by exactly one choice of $v$, because $v \\mapsto v^n$ is increasing:"
        ),
        step(r"\left(v_\star^{1/n}\right)^{n} = v_\star", "The $n$-th root rule.", declared, ledger=("B5",)),
        approximate(
            r"\left(\frac{1}{4}\right)^{1/10}",
            "For $v_\\star = 1/4$ and ten layers,",
            scope(),
            options.digits,
            ledger=("B5",),
        ),
        step(
            r"\lim_{n \to \infty} v_\star^{1/n} = 1",
            "Whatever the target, deep networks need $v$ close to 1.",
            declared,
            ledger=("B5",),
        ),
        step(
            r"1.01^{100} \approx 2.70",
            "They need it precisely: one per cent too much, a hundred times over, is a factor.",
            scope(),
            ledger=("B5",),
        ),
    )


def _typical(options: Options) -> tuple[Block, ...]:
    letters = (
        integer("n", r"n \ge 1"),
        random_family("w", options.law, ZERO, ONE, r"w_k \ne 0"),
    )
    declared = scope(*letters)
    opening = (
        Prose(
            "**Unit variance is not unit size.** The book concludes that careful scaling avoids the problem. Take $v = 1$ and "
            f"{_law_name(options.law)} weights. The logarithm turns the product into a sum:"
        ),
        step(
            rf"\ln \left\lvert {PRODUCT} \right\rvert = \sum_{{i=1}}^{{n}} \ln \lvert w_i \rvert",
            "What happens to the typical size is decided by the mean of $\\ln \\lvert w \\rvert$.",
            declared,
            ledger=("B6",),
        ),
        step(
            r"\operatorname{E}[\ln (w_1^{2})] \le \ln \operatorname{E}[w_1^{2}] = 0",
            "By Jensen's inequality the mean of the logarithm is at most the logarithm of the mean square, which is $\\ln 1 = 0$.",
            declared,
            axiom="jensen_log",
            ledger=("B6",),
        ),
    )
    return (*opening, *(_signs(options) if options.law == "signs" else _collapse(options, letters)))


def _law_name(law: str) -> str:
    return {
        "gaussian": "Gaussian",
        "uniform": "uniformly distributed",
        "laplace": "Laplace distributed",
        "signs": "fair signs $\\pm 1$ as",
    }[law]


def _signs(options: Options) -> tuple[Block, ...]:
    declared = scope(integer("n", r"n \ge 1"), random_family("w", "signs", ZERO, ONE, r"w_k \ne 0"))
    return (
        step(
            r"\operatorname{E}[\ln \lvert w_1 \rvert] = 0",
            "Fair signs are the exception: equality, nothing is lost.",
            declared,
            ledger=("B6",),
        ),
        Prose(
            "So for fair signs the book is right: the product is $\\pm 1$ for ever. Only a weight of constant modulus escapes; under every "
            "other law with unit variance the logarithm of the size falls on average at every layer."
        ),
    )


def _collapse(options: Options, letters: tuple[object, ...]) -> tuple[Block, ...]:
    declared = scope(*letters)  # type: ignore[arg-type]
    level = scope(*letters, real("epsilon", r"\epsilon > 0"))  # type: ignore[arg-type]
    drift = show(laws.log_moment(options.law))
    mean = show(laws.absolute_moment(options.law))
    typical = Term("exp", (Term("mul", (number(options.n), laws.log_moment(options.law))),))
    return (
        step(
            rf"\operatorname{{E}}[\ln \lvert w_1 \rvert] = {drift}",
            "Half of that mean is the drift per layer. For this law it is strictly negative:",
            declared,
            ledger=("B6",),
        ),
        approximate(
            drift,
            "As a number ($\\gamma \\approx 0.5772$ is Euler's constant):",
            scope(),
            options.digits,
            ledger=("B6",),
        ),
        step(
            rf"\Pr\left[ \lim_{{n \to \infty}} \frac{{1}}{{n}} \sum_{{i=1}}^{{n}} \ln \lvert w_i \rvert = {drift} \right] = 1",
            "By the strong law of large numbers the logarithm falls at this rate, with probability 1.",
            declared,
            axiom="strong_law",
            ledger=("B6",),
        ),
        approximate(
            show(typical),
            f"So $e^{{n \\mu}}$, with $\\mu$ the drift, is the typical size; for $n = {options.n}$ it is",
            scope(),
            options.digits,
            ledger=("B6",),
        ),
        *_share_below_one(options),
        Prose(
            "There is a second way to see it that needs no logarithm, only the mean of $\\lvert w \\rvert$, which is below 1."
        ),
        step(
            rf"\operatorname{{E}}\left[ \left\lvert {PRODUCT} \right\rvert \right] = \prod_{{i=1}}^{{n}} \operatorname{{E}}[\lvert w_i \rvert] = ({mean})^{{n}}",
            "Independence again.",
            declared,
            ledger=("B6",),
        ),
        step(
            rf"\Pr\left[ \left\lvert {PRODUCT} \right\rvert > \epsilon \right] \le \frac{{\operatorname{{E}}\left[ \left\lvert {PRODUCT} \right\rvert \right]}}{{\epsilon}}",
            "Markov's inequality: a large product is as rare as its mean modulus is small.",
            level,
            axiom="markov",
            ledger=("B6",),
        ),
        step(
            rf"\lim_{{n \to \infty}} \frac{{({mean})^{{n}}}}{{\epsilon}} = 0",
            "So the probability of exceeding any $\\epsilon$ vanishes exponentially.",
            level,
            ledger=("B6",),
        ),
        step(
            rf"\Pr\left[ \lim_{{n \to \infty}} {PRODUCT} = 0 \right] = 1",
            "Because the means $\\operatorname{E}\\lvert P_n \\rvert$ of the products have a finite sum, the product itself tends to 0 with probability 1. Its variance is 1 all the while.",
            declared,
            axiom="summable_expectation",
            ledger=("B6",),
        ),
        quoted(
            rf"\lim_{{n \to \infty}} ({mean})^{{n}} = 1",
            "For a chain of single units with $v = 1$, “avoid” would mean that the size stays, and with it the mean modulus. That is true of layers much wider than the network is deep, where many "
            "products are averaged; it is false for the scalar chain from which the text draws it.",
            declared,
            BOOK_107,
            "Very deep feedforward networks with carefully chosen scaling can thus avoid the vanishing and exploding gradient problem",
            ledger=("B6",),
        ),
        *_own_variance(options, drift),
        *_both_ways(options, drift),
    )


def _share_below_one(options: Options) -> tuple[Block, ...]:
    """How often the product is smaller than 1, by numerical inversion: supported, not proved."""
    if options.n > LARGEST_INVERTED:
        return ()
    from derive.checkers.inversion import probability

    event = rf"\Pr\left[ \left\lvert \prod_{{i=1}}^{{{options.n}}} w_i \right\rvert < 1 \right]"
    value = decimal(1 - probability(options.law, options.n, arb(1)), min(options.digits, 6))
    declared = scope(random_family("w", options.law, ZERO, ONE, r"w_k \ne 0"))
    return (
        step(
            rf"{event} \approx {value}",
            f"How often the product of {options.n} is smaller than 1, although its variance is 1:",
            declared,
            ledger=("B6",),
        ),
    )


def _own_variance(options: Options, drift: str) -> tuple[Block, ...]:
    if options.variance == 1:
        return ()
    return (
        approximate(
            rf"{drift} + \frac{{1}}{{2}} \ln({rational(options.variance)})",
            f"With your variance, $v = {rational(options.variance)}$, the weights are longer by $\\sqrt{{v}}$ and the drift is",
            scope(),
            options.digits,
            ledger=("B6",),
        ),
    )


def _both_ways(options: Options, drift: str) -> tuple[Block, ...]:
    return (
        Prose(
            "One could scale the weights up until the *typical* size stays, by the factor $e^{-\\mu}$ with the drift $\\mu$ above. "
            "Then the variance explodes instead, like $e^{-2 \\mu n}$. One cannot have both unless $\\lvert w \\rvert$ is constant."
        ),
        approximate(
            rf"\exp(-2 ({drift}))",
            "The variance of one weight, when the typical size is kept:",
            scope(),
            options.digits,
            ledger=("B6",),
        ),
    )
