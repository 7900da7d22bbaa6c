"""B10 to B12: what a sigmoid does to gradients, and what a small gradient says."""

from __future__ import annotations

from derive.entry import entry, provided, reading

SLOPE = r"\frac{e^{-z}}{(1 + e^{-z})^2}"

ENTRIES = (
    entry(
        "B10",
        "LW, on the sigmoid",
        "Far out on either side of a sigmoid every partial derivative is tiny.",
        reading("by the input", rf"{SLOPE} \le e^{{-\lvert z \rvert}}", "z in R", "The slope of the sigmoid."),
        reading(
            "by a weight",
            rf"\lvert x \rvert {SLOPE} \le e^{{-\lvert z \rvert}}",
            "x, z in R",
            "By the weight that multiplies the input $x$.",
            repair=provided(
                r"\lvert x \rvert \le 1",
                "the inputs are bounded (here by 1)",
                using=(rf"{SLOPE} \le e^{{-\lvert z \rvert}}", rf"\lvert x \rvert {SLOPE} \le {SLOPE}"),
            ),
        ),
        correction="The slope is at most 1/4, and at most $e^{-\\lvert z \\rvert}$. The derivative by a weight is the slope times the input, which may be large.",
        corrected=(reading("at most a quarter", rf"{SLOPE} \le \frac{{1}}{{4}}", "z in R"),),
        topic="saturation",
    ),
    entry(
        "B11",
        "LW, on sigmoids",
        "Layer upon layer of sigmoids compounds the loss of gradient; but vanishing has nothing to do with sigmoids.",
        reading(
            "it compounds",
            r"\prod_{k=1}^{n} \lvert w_k \rvert s_k \le \prod_{k=1}^{n} \frac{\lvert w_k \rvert}{4}",
            r"w_k in R; 0 \le s_k \le \frac{1}{4}; n in N",
            "With slopes $s_k$ of at most 1/4.",
        ),
        reading(
            "it also happens without",
            r"\lim_{n \to \infty} w^n = 0",
            r"w in R; \lvert w \rvert < 1",
            "A linear chain vanishes, too.",
        ),
        reading(
            "it makes no difference",
            rf"w {SLOPE} \ge 1",
            "w > 1; z in R",
            "Where a linear chain explodes, $w > 1$, a chain of sigmoids does not shrink either.",
        ),
        correction="Sigmoids are not needed for vanishing, but they move the border: a chain of sigmoids vanishes for $\\lvert w \\rvert < 4$, a linear one for "
        "$\\lvert w \\rvert < 1$ only.",
        corrected=(
            reading(
                "the border",
                r"\lim_{n \to \infty} \left(\frac{w}{4}\right)^n = 0",
                "1 < w < 4",
                "Between 1 and 4 the sigmoid chain vanishes,",
            ),
            reading("beside it", r"\lim_{n \to \infty} w^n = \infty", "1 < w < 4", "while the linear one explodes."),
        ),
    ),
    entry(
        "B12",
        "LW, on local minima",
        "Gradients are small near a minimum.",
        reading(
            "small excess, small gradient",
            r"\frac{g^2}{2 L} \le F - m",
            r"L > 0; F, m, g in R; F \ge m",
            "$F$ is the loss at a point, $m$ its infimum, $g$ the slope; $L$ is to bound the second derivative.",
            repair=provided(
                r"F - \frac{g^2}{2 L} \ge m",
                "the loss is differentiable with second derivative at most $L$: then the step $-g/L$ lowers it by $g^2/(2L)$ at least, and not below $m$",
            ),
        ),
        correction="For a smooth loss the square of the gradient is at most $2 L$ times the excess; for $\\lvert x \\rvert$ the slope is 1 up to the minimum. A "
        "small gradient does not say that a minimum is near.",
        corrected=(
            reading(
                "not near a minimum",
                r"\lim_{n \to \infty} n w^{n-1} (w^n - 1) = 0",
                "0 < w < 1",
                "On $\\frac{1}{2} (w^n - 1)^2$ the slope vanishes with growing $n$ while the loss tends to 1/2.",
            ),
        ),
    ),
)
