"""Section: the scale that removes the drift of wide layers, the one for rectified layers, and layers that only turn (claims X8, X9,
X10)."""

from __future__ import annotations

from math import comb

from flint import arb

from derive.authoring import approximate, decimal, integer, matrix, scope, step, vector
from derive.core import Block, Prose, Section, Table
from derive.topics.random_product import Options
from derive.topics.random_product.chi_square import log_gap, log_mean, log_mean_value
from derive.topics.random_product.estimators import LAYERS, SEED, lyapunov

NEUTRAL = (1, 2, 10, 100)
RECTIFIED = (6, 10, 20, 50, 100)
LARGEST_SPECTRUM = 8


def scales(options: Options) -> Section:
    """g = exp(-(L_N - ln N)/2), the rectified fit, orthogonal layers and the spread of singular values."""
    return Section(
        "scales",
        "Scales for deep random layers",
        (*_linear(options), *_rectified(options), *_orthogonal(), *_spectrum(options)),
    )


def _linear(options: Options) -> tuple[Block, ...]:
    N = options.width
    exact = rf"\exp\left( -\frac{{1}}{{2}} \left( {log_mean(N)} - \ln {N} \right) \right)"
    rows = tuple(
        (str(width), f"${decimal(neutral(width), 7)}$", f"${decimal((1 / (2 * arb(width))).exp(), 7)}$")
        for width in dict.fromkeys((*NEUTRAL, N))
    )
    return (
        Prose(
            "The drift of the log length can be removed: multiply every matrix by a number $g > 0$, and each step of the walk gains $\\ln g$. The "
            "walk is unbiased for $\\ln g = -\\frac{1}{2} (L_N - \\ln N)$. Sussillo and Abbott recommend $g = e^{1/(2N)}$. For wide layers that is "
            "the same: with $N = 2k$, $L_N - \\ln N$ is the bracket below, so that $N$ times it tends to $-1$."
        ),
        step(
            r"\lim_{k \to \infty} 2 k \left( -\gamma + \sum_{j=1}^{k-1} \frac{1}{j} - \ln k \right) = -1",
            "The harmonic numbers grow like $\\ln k + \\gamma - 1/(2k)$, up to $k - 1$.",
            scope(integer("k", r"k \ge 2")),
            ledger=("X8", "B9"),
        ),
        approximate(exact, f"The exact scale for $N = {N}$:", scope(), max(options.digits, 7), ledger=("X8",)),
        approximate(
            rf"\exp\left( \frac{{1}}{{{2 * N}}} \right)",
            "The approximation:",
            scope(),
            max(options.digits, 7),
            ledger=("X8",),
        ),
        Table(
            r"The scale that makes the log length a fair walk, and the rule $e^{1/(2N)}$",
            ("$N$", "exact $g$", "$e^{1/(2N)}$"),
            rows,
        ),
        Prose(
            "For $N = 1$ this is the neutral scale of section 7, and the rule is far off; for $N = 100$ they agree to five digits. What the scale "
            "does not change is the spread of the walk."
        ),
    )


def neutral(N: int) -> arb:
    """exp(-(L_N - ln N)/2), with L_N by the digamma function."""
    return (-(log_mean_value(N) - arb(N).log()) / 2).exp()


def rectified(N: int) -> arb:
    """The scale that removes the drift of a rectified layer: B of the N units are active, B ~ Bin(N, 1/2), not none."""
    total, alive = arb(0), arb(0)
    for active in range(1, N + 1):
        weight = arb(comb(N, active))
        total += weight * log_mean_value(active)
        alive += weight
    return (-(total / alive - arb(N).log()) / 2).exp()


def fitted(N: int) -> arb:
    """The fit of Sussillo and Abbott: sqrt(2) exp(1.2/(max(N, 6) - 2.4))."""
    return arb(2).sqrt() * (arb(6) / 5 / (max(N, 6) - arb(12) / 5)).exp()


def _rectified(options: Options) -> tuple[Block, ...]:
    rows = []
    for N in dict.fromkeys((*RECTIFIED, min(options.width, 400))):
        exact, fit = rectified(N), fitted(N)
        off = decimal((fit / exact - 1) * 100, 2)
        rows.append((str(N), f"${decimal(exact, 5)}$", f"${decimal(fit, 5)}$", f"${off}$ %"))
    return (
        Prose(
            "**Rectified layers.** With $x_t = g W_t \\max(x_{t-1}, 0)$ about half of the units are active. Given that $B$ of them are, the squared "
            "length is multiplied by $g^2 \\chi^2_B / N$, where $B$ is a binomial number (not 0: then the signal is dead)."
        ),
        step(
            r"\sum_{b=0}^{n} \binom{n}{b} \frac{b}{2^{n}} = \frac{n}{2}",
            "On average half of the $n$ units, so the mean square asks for $g^2 = 2$.",
            scope(integer("n", r"n \ge 1")),
            ledger=("X9",),
        ),
        Prose(
            "For the logarithm the scale is $g = \\exp(-\\frac{1}{2} (\\operatorname{E}[\\ln \\chi^2_B \\mid B \\ge 1] - \\ln N))$. Sussillo and Abbott give a "
            "fit, $\\sqrt{2} \\exp(1.2/(\\max(N, 6) - 2.4))$. How good is it? Both are computed here from the closed forms above:"
        ),
        Table(
            r"The scale for rectified layers that removes the drift, and the published fit",
            ("$N$", "exact", "fit", "fit too large by"),
            tuple(rows),
        ),
    )


def _orthogonal() -> tuple[Block, ...]:
    letters = scope(integer("t", r"t \ge 0"), matrix("Q", "orthogonal"), vector("x"))
    layers = scope(matrix("Q", "orthogonal", family=True), vector("x"))
    return (
        Prose(
            "**Layers that only turn.** Orthogonal matrices need no scale. They may be all different, or all the same."
        ),
        step(
            r"\lVert Q_3 Q_2 Q_1 x \rVert_2 = \lVert x \rVert_2",
            "Each keeps every length.",
            layers,
            ledger=("B9", "X10"),
        ),
        step(
            r"\lVert Q^{t} x \rVert_2 = \lVert x \rVert_2",
            "So does one that is used again and again.",
            letters,
            ledger=("X10",),
        ),
        step(
            r"(Q^{t})^\top Q^{t} = I",
            "All singular values of the product stay 1: not only one signal, every signal survives.",
            letters,
            ledger=("X10",),
        ),
    )


def _spectrum(options: Options) -> tuple[Block, ...]:
    N, n = min(max(options.width, 2), LARGEST_SPECTRUM), options.n
    rows = tuple(
        (str(k), f"${decimal(exponent(N, k), 4)}$", f"${mean} \\pm {error}$")
        for k, (mean, error) in enumerate(lyapunov(N), start=1)
    )
    spread = rf"\frac{{1}}{{2}} \left( {log_gap(N)} \right)"
    return (
        Prose(
            "**Gaussian layers keep one length, not the shape.** Write each layer as $Q R$ with $Q$ orthogonal and $R$ triangular. For a Gaussian "
            "matrix the diagonal of $R$ is known: $N R_{kk}^2$ has the chi-square law with $N - k + 1$ degrees of freedom, and the volume "
            "spanned by $k$ directions is multiplied by $R_{11} \\cdots R_{kk}$. So the $k$-th singular value of the product grows like $e^{n "
            "\\lambda_k}$ with the *Lyapunov exponents* $\\lambda_k = \\frac{1}{2} (L_{N-k+1} - \\ln N)$ (Newman 1986)."
        ),
        Table(
            f"The Lyapunov exponents for $N = {N}$: the formula, and the mean of $\\ln R_{{kk}}$ over {LAYERS} drawn layers with three standard errors (NumPy's default generator, seed {SEED})",
            ("$k$", r"$\lambda_k$", "measured"),
            rows,
        ),
        approximate(
            spread,
            f"The gap between the first and the last, $\\lambda_1 - \\lambda_{{{N}}} = \\frac{{1}}{{2}} (L_{{{N}}} - L_1)$ for $N = {N}$:",
            scope(),
            options.digits,
            ledger=("X10",),
        ),
        approximate(
            rf"{n} \cdot {spread}",
            f"Times the depth it is the logarithm of the condition number: after $n = {n}$ layers",
            scope(),
            options.digits,
            ledger=("X10",),
        ),
        step(
            rf"\frac{{50}}{{2}} \left( {log_gap(6)} \right) \approx 72",
            "Six units, fifty layers: some direction is stretched $e^{72}$ times more than another, although the mean squared length of a random signal stays.",
            scope(),
            ledger=("X10",),
        ),
        Prose(
            "**To take home.** Variance is easy to keep and says little. One signal survives in wide layers, as long as they are wider than the "
            "network is deep. All signals survive only where the layers are orthogonal."
        ),
    )


def exponent(N: int, k: int) -> arb:
    """lambda_k = (L_{N-k+1} - ln N)/2."""
    return (log_mean_value(N - k + 1) - arb(N).log()) / 2
