"""The logarithm of a chi-square variable: its mean and variance in closed form, for whole degrees of freedom."""

from __future__ import annotations

from flint import arb

from derive.authoring import Letter, approximate, assume, integer, real, scope, step
from derive.core import Block, Declaration, Prose, Scope
from derive.topics.random_product.weights import standard


def log_mean(N: int) -> str:
    """E ln chi^2_N in LaTeX."""
    if N % 2:
        k = (N - 1) // 2
        return r"-\ln 2 - \gamma" + (rf" + \sum_{{j=1}}^{{{k}}} \frac{{2}}{{2 j - 1}}" if k else "")
    k = N // 2 - 1
    return r"\ln 2 - \gamma" + (rf" + \sum_{{j=1}}^{{{k}}} \frac{{1}}{{j}}" if k else "")


def log_gap(N: int) -> str:
    """E ln chi^2_N - E ln chi^2_1 in LaTeX, N >= 2."""
    if N % 2:
        return rf"\sum_{{j=1}}^{{{(N - 1) // 2}}} \frac{{2}}{{2 j - 1}}"
    k = N // 2 - 1
    return r"2 \ln 2" + (rf" + \sum_{{j=1}}^{{{k}}} \frac{{1}}{{j}}" if k else "")


def log_variance(N: int) -> str:
    """Var ln chi^2_N in LaTeX."""
    if N % 2:
        k = (N - 1) // 2
        return r"\frac{\pi^{2}}{2}" + (rf" - \sum_{{j=1}}^{{{k}}} \frac{{4}}{{(2 j - 1)^{{2}}}}" if k else "")
    k = N // 2 - 1
    return r"\frac{\pi^{2}}{6}" + (rf" - \sum_{{j=1}}^{{{k}}} \frac{{1}}{{j^{{2}}}}" if k else "")


def log_mean_value(N: int) -> arb:
    """E ln chi^2_N = digamma(N/2) + ln 2, by Arb's digamma function: another route than the closed form."""
    return (arb(N) / 2).digamma() + arb(2).log()


def _sequences() -> Scope:
    letters = (
        integer("k", r"k \ge 1"),
        integer("j"),
        Letter(Declaration("L", "real", family=True)),
        Letter(Declaration("S", "real", family=True)),
    )
    given = (
        r"L_1 = -\gamma - \ln 2",
        r"L_2 = \ln 2 - \gamma",
        r"L_{j+2} = L_j + \frac{2}{j}",
        r"S_1 = \frac{\pi^{2}}{2}",
        r"S_2 = \frac{\pi^{2}}{6}",
        r"S_{j+2} = S_j - \frac{4}{j^{2}}",
    )
    return scope(*letters, given=given)


def closed_forms() -> tuple[Block, ...]:
    """The recurrences by parts, their starts by the tables, their solutions by induction."""
    x = scope(real("x", r"x > 0"), real("a", r"a > 0"))
    numbers = scope(real("a", r"a > 0"), real("l"), real("q"))
    gaussian, laplace = (scope(standard(law, r"w_k \ne 0")) for law in ("gaussian", "laplace"))
    sequences = _sequences()
    ids = ("B9", "X8")
    return (
        Prose(
            "**The logarithm of a chi-square variable.** Write $L_N = \\operatorname{E} \\ln \\chi^2_N$ and $S_N = \\operatorname{Var} \\ln "
            "\\chi^2_N$. With $a = N/2$, half of $\\chi^2_N$ has the density $x^{a-1} e^{-x} / \\Gamma(a)$. What does one more $x$ in the density "
            "do to the mean of $\\ln x$? Integrate by parts:"
        ),
        step(
            r"\frac{d}{dx} \left( x^{a} e^{-x} \ln x \right) = a x^{a-1} e^{-x} \ln x + x^{a-1} e^{-x} - x^{a} e^{-x} \ln x",
            "The product rule.",
            x,
            ledger=ids,
        ),
        step(
            r"\lim_{x \to 0^{+}} x^{a} e^{-x} \ln x = 0",
            "The left side integrates to 0, because the function in brackets vanishes at 0.",
            x,
            ledger=ids,
        ),
        step(r"\lim_{x \to \infty} x^{a} e^{-x} \ln x = 0", "It vanishes at infinity, too.", x, ledger=ids),
        Prose(
            "Divided by $\\Gamma(a + 1) = a \\Gamma(a)$, the integral of the right side says: the mean of $\\ln x$ grows by $1/a$ when $a$ grows "
            "by 1. So $L_{N+2} = L_N + 2/N$. With $(\\ln x)^2$ in place of $\\ln x$ the mean of $(\\ln x)^2$ grows by $2/a$ times the old mean "
            "of $\\ln x$, and for the variance, with $l$ and $q$ for the old means of $\\ln x$ and $(\\ln x)^2$:"
        ),
        step(
            r"q + \frac{2}{a} l - \left( l + \frac{1}{a} \right)^{2} = q - l^{2} - \frac{1}{a^{2}}",
            "The variance falls by $1/a^2$, so $S_{N+2} = S_N - 4/N^2$.",
            numbers,
            ledger=ids,
        ),
        step(
            r"\operatorname{E}[\ln(w_1^{2})] = -\gamma - \ln 2",
            "The start for odd $N$: $\\chi^2_1$ is the square of a standard Gaussian variable.",
            gaussian,
            ledger=ids,
        ),
        step(
            r"\operatorname{Var}[\ln(w_1^{2})] = \frac{\pi^{2}}{2}",
            "The variance of its logarithm.",
            gaussian,
            ledger=ids,
        ),
        step(
            r"\operatorname{E}[\ln(2 \sqrt{2} \lvert w_1 \rvert)] = \ln 2 - \gamma",
            "The start for even $N$: $\\chi^2_2$ is twice an exponential variable, and so is $2 \\sqrt{2} \\lvert w \\rvert$ for a Laplace "
            "variable $w$ of variance 1.",
            laplace,
            ledger=ids,
        ),
        step(
            r"\operatorname{Var}[\ln(2 \sqrt{2} \lvert w_1 \rvert)] = \frac{\pi^{2}}{6}",
            "The variance of its logarithm.",
            laplace,
            ledger=ids,
        ),
        assume(r"L_{j+2} = L_j + \frac{2}{j}", "the recurrence just found, with these two starts.", sequences),
        assume(r"S_{j+2} = S_j - \frac{4}{j^{2}}", "the recurrence of the variances, with their starts.", sequences),
        step(
            r"L_{2 k} = \ln 2 - \gamma + \sum_{j=1}^{k-1} \frac{1}{j}",
            "By induction, for even $N = 2 k$.",
            sequences,
            induction=("k", 1),
            ledger=ids,
        ),
        step(
            r"L_{2 k+1} = -\ln 2 - \gamma + \sum_{j=1}^{k} \frac{2}{2 j - 1}",
            "For odd $N = 2 k + 1$.",
            sequences,
            induction=("k", 1),
            ledger=ids,
        ),
        step(
            r"S_{2 k} = \frac{\pi^{2}}{6} - \sum_{j=1}^{k-1} \frac{1}{j^{2}}",
            "The variances, for even $N$.",
            sequences,
            induction=("k", 1),
            ledger=ids,
        ),
        step(
            r"S_{2 k+1} = \frac{\pi^{2}}{2} - \sum_{j=1}^{k} \frac{4}{(2 j - 1)^{2}}",
            "The variances, for odd $N$.",
            sequences,
            induction=("k", 1),
            ledger=ids,
        ),
    )


def drift_step(N: int, n: int, digits: int) -> Block:
    """n/2 (L_N - ln N) as a number."""
    return approximate(
        rf"\frac{{{n}}}{{2}} \left( {log_mean(N)} - \ln {N} \right)",
        f"The mean of the log length after $n = {n}$ layers of width $N = {N}$:",
        scope(),
        digits,
        ledger=("B9",),
    )


def spread_step(N: int, n: int, digits: int) -> Block:
    """sqrt(n/4 S_N) as a number."""
    return approximate(
        rf"\sqrt{{\frac{{{n}}}{{4}} \left( {log_variance(N)} \right)}}",
        "Its standard deviation:",
        scope(),
        digits,
        ledger=("B9",),
    )
