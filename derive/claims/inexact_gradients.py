"""G1 to G4: gradients from samples."""

from __future__ import annotations

from derive.entry import entry, provided, reading

ENTRIES = (
    entry(
        "G1",
        "8.2.6",
        "The gradient of a minibatch is a noisy but unbiased estimate.",
        reading(
            "of two examples",
            r"\operatorname{E}[g] = \frac{a + b}{2}",
            "a, b in R; 0 < p < 1; g ~ finite(a: p, b: 1 - p)",
            "One of two examples, with gradients $a$ and $b$, is drawn.",
            repair=provided(r"p = \frac{1}{2}", "examples are drawn uniformly, whatever the parameters are"),
        ),
        correction="Its variance is that of one example divided by the size of the minibatch (with replacement).",
        corrected=(
            reading(
                "the variance",
                r"\operatorname{Var}\left(\frac{1}{m} \sum_{i=1}^{m} g_i\right) = \frac{v}{m}",
                r"g_i ~ iid(mean=\mu, var=v); \mu in R; v > 0; m in N",
            ),
        ),
    ),
    entry(
        "G2",
        "8.2.6",
        "Estimates of gradients can be biased.",
        reading(
            "a ratio",
            r"\operatorname{E}\left[\frac{1}{h}\right] \ne \frac{1}{\operatorname{E}[h]}",
            "h ~ finite(1/2: 1/2, 3/2: 1/2)",
            "The mean of a Newton step with a noisy curvature.",
        ),
        reading(
            "a truncated sum",
            r"\sum_{k=0}^{K-1} a^k < \frac{1}{1 - a}",
            "0 < a < 1; K in N",
            "Backpropagation that is cut off after $K$ steps leaves out a part of the geometric sum.",
        ),
    ),
    entry(
        "G3",
        "8.2.6",
        "If the objective is intractable then so is its gradient.",
        reading(
            "always",
            r"\frac{d}{d x} (-x^4 - \sin(3 x) - \ln Z) \ne -4 x^3 - 3 \cos(3 x)",
            "x in R; Z > 0",
            "The logarithm of a density with a constant $Z$ that nobody knows has a gradient that cannot be written down.",
        ),
        correction="Typically, perhaps; not always. An unknown constant drops out; and the derivative of an integral without elementary form may be elementary.",
        corrected=(
            reading(
                "the gradient",
                r"\frac{d}{d x} (-x^4 - \sin(3 x) - \ln Z) = -4 x^3 - 3 \cos(3 x)",
                "x in R; Z > 0",
            ),
        ),
    ),
    entry(
        "G4",
        "8.2.6, needed with it",
        "With a constant step stochastic gradient descent stops at a noise floor.",
        reading(
            "on a quadratic function",
            r"V = \frac{\eta \sigma^2}{h (2 - \eta h) m}",
            r"h > 0; \eta > 0; \sigma > 0; m > 0; \eta h < 2; V in R; V = (1 - \eta h)^2 V + \frac{\eta^2 \sigma^2}{m}",
            "Curvature $h$, step $\\eta$, noise of variance $\\sigma^2 / m$: the variance $V$ that a step leaves as it is.",
        ),
        reading(
            "it is approached",
            r"\lim_{k \to \infty} (1 - \eta h)^{2 k} = 0",
            r"h > 0; \eta > 0; \lvert 1 - \eta h \rvert < 1",
            "What was there at the start is forgotten.",
        ),
    ),
)
