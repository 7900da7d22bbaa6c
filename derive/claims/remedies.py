"""F1 to F6: leaky units, skip connections, LSTM cells, residual layers, echo states, orthogonal weights."""

from __future__ import annotations

from derive.entry import entry, provided, reading

ENTRIES = (
    entry(
        "F1",
        "LW, among the remedies",
        "Leaky units lengthen the memory.",
        reading(
            "the slope",
            r"\frac{d}{d h} \left((1 - \alpha) h + \alpha f(w h + u)\right) = 1 - \alpha + \alpha w f'(w h + u)",
            r"\alpha, w, u, h in R; f: R -> R",
            "A unit with leak $\\alpha$ has $1 - \\alpha$ in its slope whatever $f$ does.",
        ),
        reading(
            "the weights of the past",
            r"\sum_{k=0}^{K-1} (1 - a) a^k = 1 - a^K",
            "0 < a < 1; K in N",
            "The running average of the last $K$ steps; the time constant is $-1 / \\ln a$.",
        ),
        correction="A slower exponential, no cure: where $f' = 0$ the gradient is $(1 - \\alpha)^t$.",
        corrected=(reading("still exponential", r"\lim_{t \to \infty} (1 - \alpha)^t = 0", r"0 < \alpha < 1"),),
    ),
    entry(
        "F2",
        "LW, among the remedies",
        "A skip connection of delay $d$ divides the exponent of the decay by $d$.",
        reading(
            "beside the other connection",
            r"\frac{a + \sqrt{a^2 + 4 b}}{2} = \sqrt{b}",
            r"0 \le a < 1; 0 < b < 1",
            "For $h_t = a h_{t-1} + b h_{t-2}$ the rate of one step is the root of $z^2 = a z + b$; it would be that of $h_t = b h_{t-2}$.",
            repair=provided(r"a = 0", "the delayed connection stands alone ($a = 0$)"),
        ),
        correction="With both connections the sum of the weights counts, and weights below 1 can explode: with $a = b = 0.9$ the rate is above 1.",
        corrected=(
            reading(
                "both below 1",
                r"\frac{\frac{9}{10} + \sqrt{\left(\frac{9}{10}\right)^2 + 4 \cdot \frac{9}{10}}}{2} > 1",
            ),
            reading(
                "together at most 1",
                r"\frac{a + \sqrt{a^2 + 4 b}}{2} \le 1",
                r"0 < a < 1; 0 < b < 1; a + b \le 1",
            ),
            reading(
                "alone",
                r"(w^{m d})^{1/d} = w^m",
                "w > 0; m, d in N",
                "After $m d$ steps $w^m$ is left instead of $w^{m d}$.",
            ),
        ),
    ),
    entry(
        "F3",
        "LW, among the remedies; 10.11",
        "The cell of an LSTM does not let gradients explode, and cures their vanishing.",
        reading(
            "no explosion along the cell",
            r"\prod_{k=1}^{n} f_k \le 1",
            "0 < f_k < 1; n in N",
            "The product of the forget gates.",
        ),
        reading(
            "no vanishing",
            r"f^t \ge \frac{1}{2}",
            "0 < f < 1; t in N",
            "Half of the gradient stays, however long.",
        ),
        correction="A fixed forget gate below 1 is an exponential again: $0.9^{100} = 2.7 \\cdot 10^{-5}$. To keep half over $\\tau$ steps the gate must be at least $2^{-1/\\tau}$.",
        corrected=(
            reading("a hundred steps", r"\left(\frac{9}{10}\right)^{100} \approx 2.7 \cdot 10^{-5}"),
            reading("half is kept", r"\left(2^{-1/\tau}\right)^\tau = \frac{1}{2}", r"\tau in N"),
        ),
    ),
    entry(
        "F4",
        "LW, among the remedies",
        "In a residual chain $\\prod (1 + w_i)$ variances stay moderate.",
        reading(
            "the variance",
            r"\operatorname{Var}\left(\prod_{i=1}^{n} (1 + w_i)\right) = (1 + v)^n - 1",
            "w_i ~ iid(mean=0, var=v); v > 0; n in N",
            "For weights with mean 0 and variance $v$.",
        ),
        reading(
            "with $v = c / n$",
            r"\lim_{n \to \infty} \left(1 + \frac{c}{n}\right)^n - 1 = e^c - 1",
            "c > 0",
            "It tends to $e^c - 1$.",
        ),
    ),
    entry(
        "F5",
        "LW, among the remedies; 10.8",
        "An echo state network with spectral radius below 1 contracts and forgets.",
        reading(
            "it contracts",
            r"\lVert W x \rVert \le \lVert x \rVert",
            r"W in R^{2 x 2}; x in R^2; W = \begin{pmatrix} 1/2 & 10 \\ 0 & 1/2 \end{pmatrix}",
            "This matrix has the double eigenvalue $1/2$; no vector would become longer.",
        ),
        reading(
            "it forgets",
            r"\lvert \tanh(3 h) \rvert \le \lvert h \rvert",
            "h in R",
            "With $W = \\begin{pmatrix} 3 & -3 \\\\ 3 & -3 \\end{pmatrix}$, whose eigenvalues are 0, a saturated second unit leaves $h \\mapsto \\tanh(3 h)$ for the first: every "
            "state would shrink.",
        ),
        correction="What suffices is a largest *singular value* below 1 (times the largest slope). With spectral radius below 1 a linear map contracts in a norm of its own, after enough steps.",
        corrected=(
            reading(
                "the radius",
                r"\rho(W) = \frac{1}{2}",
                r"W in R^{2 x 2}; W = \begin{pmatrix} 1/2 & 10 \\ 0 & 1/2 \end{pmatrix}",
            ),
            reading(
                "the other one",
                r"\rho(W) = 0",
                r"W in R^{2 x 2}; W = \begin{pmatrix} 3 & -3 \\ 3 & -3 \end{pmatrix}",
            ),
            reading(
                "singular values",
                r"\lVert D W \rVert \le \gamma \sigma",
                r"D, W in R^{n x n}; \gamma > 0; \sigma > 0; \lVert D \rVert \le \gamma; \lVert W \rVert \le \sigma",
                axiom="operator_norm",
            ),
        ),
    ),
    entry(
        "F6",
        "LW, among the remedies",
        "Orthogonal recurrent weights keep the length of gradients.",
        reading(
            "through any layer",
            r"\lVert D Q x \rVert = \lVert x \rVert",
            "D in R^{n x n} diagonal; Q in R^{n x n} orthogonal; x in R^n",
            "$D$ holds the slopes of the units.",
            repair=provided(r"D^\top D = I", "the units are linear (slopes of modulus 1)"),
        ),
        correction="With $\\tanh$ the slopes are below 1 except at 0, so that gradients shrink nevertheless.",
        corrected=(
            reading(
                "at most",
                r"\lVert D Q x \rVert \le \lVert D \rVert \lVert Q x \rVert",
                "D in R^{n x n} diagonal; Q in R^{n x n} orthogonal; x in R^n",
                axiom="operator_norm",
            ),
            reading("the slope of tanh", r"1 - (\tanh(x))^2 < 1", "x > 0"),
        ),
    ),
)
