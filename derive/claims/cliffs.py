"""D1 to D9: cliffs, catapults, clipping."""

from __future__ import annotations

from derive.entry import entry, lemma, provided, reading

ENTRIES = (
    entry(
        "D1",
        "SE-Q; 10.11.1",
        "Multiplying several parameters gives very high derivatives.",
        reading(
            "with many factors",
            r"\lim_{n \to \infty} \frac{1}{c^n} = 0",
            "c > 0",
            "The derivative of a product of $n + 1$ weights $c$ by one of them is $c^n$: it would grow beyond any bound.",
            repair=provided(r"c > 1", "the weights reach beyond 1"),
        ),
        correction="Very high where weights are above 1, very low where all are below: with 20 weights of 2 the gradient has length $2^{19} \\sqrt{20}$, with 20 of $1/2$ "
        "length $2^{-19} \\sqrt{20}$.",
        corrected=(
            reading(
                "above 1",
                r"\lim_{n \to \infty} \sqrt{n} c^{n-1} = \infty",
                "c > 1",
                "The length of the gradient at equal weights.",
            ),
            reading("below 1", r"\lim_{n \to \infty} \sqrt{n} c^{n-1} = 0", "0 < c < 1"),
        ),
    ),
    entry(
        "D2",
        "10.11.1, figures 8.3 and 10.17; Pascanu, figure 6",
        "The loss of one recurrent unit has wide flat regions and a thin cliff.",
        reading(
            "the derivative on the ray",
            r"S_n = \frac{\rho^n - 1}{\rho - 1}",
            r"S_0 = 0; S_t = 1 + \rho S_{t-1}; n in N_0; \rho in R; \rho \ne 1",
            "Where the start is a fixed point with slope $\\rho$, the derivative of the state by the bias obeys $S_t = 1 + \\rho S_{t-1}$.",
            induction=("n", 0),
        ),
        reading(
            "the cliff",
            r"\frac{\rho^n - 1}{\rho - 1} \ge \rho^{n-1}",
            r"\rho > 1; n in N",
            "If the fixed point repels, its height grows exponentially.",
        ),
        reading(
            "the flat region",
            r"\lim_{n \to \infty} \frac{1 - \rho^n}{1 - \rho} = \frac{1}{1 - \rho}",
            r"0 < \rho < 1",
            "If it attracts, the derivative stays bounded.",
        ),
        correction="It has a closed form: exponential in the length, of thickness $\\rho^{-T}$. No grid shows its height: that is a property of the grid.",
    ),
    entry(
        "D3",
        "SE-Q; 10.11.1",
        "At a cliff a step of gradient descent can be thrown far and lose what was gained; clipping prevents it.",
        reading(
            "thrown",
            r"\left(\tanh\left(1 - 10 \cdot 2000 \tanh(1) (1 - (\tanh(1))^2)\right)\right)^2 > (\tanh(1))^2",
            "",
            "On $(\\tanh 1000 x)^2$ from $x = 1/1000$ with learning rate $1/100$: the loss after the step is larger.",
        ),
        reading(
            "stuck there",
            r"\frac{1}{\left(\cosh\left(1 - 10 \cdot 2000 \tanh(1) (1 - (\tanh(1))^2)\right)\right)^2} < 10^{-1000}",
            "",
            "and the slope there, a multiple of $1 - \\tanh^2 = 1/\\cosh^2$, is as good as gone.",
        ),
        reading(
            "clipped",
            r"\left(\tanh\left(1 - 10 \cdot \frac{1}{20}\right)\right)^2 < (\tanh(1))^2",
            "",
            "With the gradient clipped to $1/20$ the same step lowers the loss.",
        ),
        note="An example, not a theorem: a clipped step may raise the loss, too (D6).",
    ),
    entry(
        "D4",
        "10.11.1",
        "The gradient points in the direction of steepest ascent.",
        reading(
            "among directions of size 1",
            r"g^\top d \le \lVert g \rVert",
            r"g, d in R^n; \lVert d \rVert_\infty \le 1",
            "No direction of size 1 has a larger slope than $g / \\lVert g \\rVert$ has; sizes measured by the largest entry.",
            repair=provided(
                r"\lVert d \rVert \le 1",
                "sizes are Euclidean",
                using=(
                    lemma(r"g^\top d \le \lVert g \rVert \lVert d \rVert", axiom="cauchy_schwarz"),
                    r"\lVert g \rVert - \lVert g \rVert \lVert d \rVert = \lVert g \rVert (1 - \lVert d \rVert) \ge 0",
                    r"\lVert g \rVert \lVert d \rVert \le \lVert g \rVert",
                ),
            ),
        ),
        correction="In the Euclidean norm. In the maximum norm the steepest direction is that of the signs, in the metric $d^\\top M d$ that of $M^{-1} g$.",
        corrected=(
            reading(
                "by signs",
                r"a c \le \lvert a \rvert",
                r"a, c in R; \lvert c \rvert \le 1",
                "Entry by entry: no number up to 1 does better than the sign.",
            ),
        ),
    ),
    entry(
        "D5",
        "10.11.1",
        "Farther out the function may bend up, so the step must not cross too much upward curvature.",
        reading(
            "short enough",
            r"-\eta a + \frac{1}{2} \eta^2 b < 0",
            r"a > 0; b > 0; \eta > 0; \eta b < 2 a",
            "On a quadratic function with $a = g^\\top g$ and $b = g^\\top H g$ a step of size $\\eta < 2 a / b$ lowers it,",
        ),
        reading(
            "too long",
            r"-\eta a + \frac{1}{2} \eta^2 b \ge 0",
            r"a > 0; b > 0; \eta > 0; \eta b \ge 2 a",
            "and a longer one does not.",
        ),
        correction="Elsewhere the local bound proves nothing: on $x^4$ at 1 it is too strict. What suffices is a bound $L$ on all second derivatives and a step below $2 / L$.",
        corrected=(
            reading(
                "too strict",
                r"\left(1 - 4 \cdot \frac{1}{3}\right)^4 < 1",
                "",
                "On $x^4$ at 1 the bound is $1/6$, and a step of $1/3$ lowers it.",
            ),
        ),
    ),
    entry(
        "D6",
        "10.11.1; LW; Pascanu, algorithm 1",
        "Clipping the norm of the gradient bounds the step and keeps its direction.",
        reading(
            "it bounds",
            r"\left\lVert \frac{v}{\lVert g \rVert} g \right\rVert = v",
            "g in R^n; g != 0; v > 0",
            "A gradient longer than $v$ gets length $v$.",
        ),
        reading(
            "it keeps the direction",
            r"\alpha \lVert g \rVert^2 > 0",
            r"g in R^n; g \ne 0; \alpha > 0",
            "$g^\\top (\\alpha g)$ is positive.",
        ),
        correction="It does not promise a lower loss.",
        corrected=(
            reading(
                "it may raise the loss",
                r"1000 \left(\frac{1}{1000} - \frac{1}{100}\right)^2 > 1000 \left(\frac{1}{1000}\right)^2",
                "",
                "On $1000 x^2$ from $x = 1/1000$ with gradients clipped to 1 and learning rate $1/100$.",
            ),
        ),
    ),
    entry(
        "D7",
        "10.11.1, the other recipe",
        "Clipping entry by entry changes the direction, but not by more than $\\arccos(1/\\sqrt{n})$.",
        reading(
            "it changes",
            r"\frac{10 \cdot 1 + 1 \cdot 1}{\sqrt{10^2 + 1^2} \sqrt{1^2 + 1^2}} < 1",
            "",
            "The cosine of the angle between $(10, 1)$ and $(1, 1)$.",
        ),
        reading(
            "not too much",
            r"\frac{A + u}{\sqrt{A^2 + u} \sqrt{n}} \ge \frac{1}{\sqrt{n}}",
            r"A \ge 1; u \ge 0; n in N",
            "Clipped at 1: $A$ is the length of the part of $g \\ge 0$ that is clipped and $u$ the square of the length of the rest. Then $g^\\top c \\ge A + u$, $\\lVert g \\rVert^2 = A^2 + u$ and "
            "$\\lVert c \\rVert \\le \\sqrt{n}$.",
        ),
        reading(
            "no better bound",
            r"\lim_{G \to \infty} \frac{G + 1}{\sqrt{2} \sqrt{G^2 + 1}} = \frac{1}{\sqrt{2}}",
            "",
            "The bound is approached, and not reached.",
        ),
    ),
    entry(
        "D8",
        "10.11.1, applied to single examples",
        "Clipping the gradients of single examples biases their mean, and can turn its sign.",
        reading(
            "the mean",
            r"\operatorname{E}[X] = \frac{1}{10}",
            "X ~ finite(10: 1/10, -1: 9/10)",
            "The gradient is 10 in one case out of ten, else $-1$.",
        ),
        reading(
            "after clipping at 1",
            r"\operatorname{E}[\max(-1, \min(1, X))] = -\frac{4}{5}",
            "X ~ finite(10: 1/10, -1: 9/10)",
            "The expected step goes the other way.",
        ),
    ),
    entry(
        "D9",
        "LW; 10.11.1",
        "Clipping treats explosion, not vanishing.",
        reading(
            "it never lengthens",
            r"\lVert \alpha g \rVert \le \lVert g \rVert",
            r"0 < \alpha \le 1; g in R^n",
            "The factor $\\min(1, v / \\lVert g \\rVert)$ is at most 1.",
        ),
        reading(
            "small ones stay as they are",
            r"\min\left(1, \frac{v}{s}\right) = 1",
            "v > 0; s > 0; s \\le v",
            "A gradient of length $s$ up to $v$ is not touched.",
        ),
    ),
)
