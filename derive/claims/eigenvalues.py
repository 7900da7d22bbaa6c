"""A1 to A5, A10, A14: powers of one matrix, and what they say of gradients."""

from __future__ import annotations

from derive.entry import entry, lemma, provided, reading

DIAGONALISED = (
    r"W in R^{n x n}; V in R^{n x n} invertible; \Lambda in R^{n x n} diagonal; W = V \Lambda V^{-1}; t in N_0"
)

ENTRIES = (
    entry(
        "A1",
        "8.2.5, equation 8.11",
        "A matrix written through its eigenvectors is raised to a power by raising its eigenvalues.",
        reading(
            "powers",
            r"W^t = V \Lambda^t V^{-1}",
            DIAGONALISED,
            "For every $t \\ge 0$.",
            induction=("t", 0),
        ),
        topic="vanishing",
    ),
    entry(
        "A2",
        "8.2.5, after equation 8.11",
        "With a double eigenvalue $\\lambda$, the powers of $W$ do what the powers of $\\lambda$ do.",
        reading(
            "two by two",
            r"\begin{pmatrix} \lambda & c \\ 0 & \lambda \end{pmatrix}^t = \begin{pmatrix} \lambda^t & 0 \\ 0 & \lambda^t \end{pmatrix}",
            r"\lambda, c in R; t in N_0",
            "The eigenvalue alone is raised to the power.",
            repair=provided("c = 0", "$W$ is diagonalisable (here: $c = 0$)"),
        ),
        correction="A defective block grows besides by a power of $t$: with $\\lambda = c = 1$ the corner is $t$. The largest modulus and the size "
        "of the blocks that belong to it decide together.",
        corrected=(
            reading(
                "with the corner",
                r"\begin{pmatrix} \lambda & c \\ 0 & \lambda \end{pmatrix}^t = \begin{pmatrix} \lambda^t & c t \lambda^{t-1} \\ 0 & \lambda^t \end{pmatrix}",
                r"\lambda, c in R; t in N",
                induction=("t", 1),
            ),
        ),
        topic="vanishing",
    ),
    entry(
        "A3",
        "8.2.5; 10.7; LW",
        "Powers of an eigenvalue vanish if its modulus is below 1 and explode if it is above; near 1 they do neither.",
        reading(
            "inside",
            r"\lim_{t \to \infty} \lambda^t = 0",
            r"\lambda in C; \lvert \lambda \rvert < 1",
            "Below 1 in modulus.",
        ),
        reading(
            "outside",
            r"\lim_{t \to \infty} \lvert \lambda \rvert^t = \infty",
            r"\lambda in C; \lvert \lambda \rvert > 1",
            "Above 1 in modulus.",
        ),
        reading(
            "on the circle",
            r"\lvert \lambda^t \rvert = 1",
            r"\lambda in C; \lvert \lambda \rvert = 1; t in N_0",
            "At modulus 1: the size stays for ever.",
        ),
        correction="“Near 1” means nothing until the number $n$ of steps and a tolerance $\\delta$ are fixed: then it is the band from "
        "$\\delta^{1/n}$ to $\\delta^{-1/n}$.",
        corrected=(
            reading(
                "the band",
                r"\delta \le r^n \le \delta^{-1}",
                r"0 < \delta < 1; r > 0; n in N; \delta^{1/n} \le r \le \delta^{-1/n}",
                "What begins in the band, $r = \\lvert \\lambda \\rvert$, keeps its size within the tolerance.",
            ),
            reading(
                "its lower edge",
                r"\delta^{1/n} \le r",
                r"0 < \delta < 1; r > 0; n in N; \delta \le r^n",
                "And nothing else does.",
            ),
        ),
        topic="vanishing",
    ),
    entry(
        "A4",
        "8.2.5, on gradients through the graph",
        "A gradient through $t$ equal steps is scaled by the $t$-th power of the eigenvalues.",
        reading(
            "one unit",
            r"\frac{d}{d \theta} ((a + b \theta)^t h(\theta)) = (a + b \theta)^t h'(\theta)",
            r"a, b, \theta in R; h: R -> R; t in N",
            "A quantity $\\theta$ may move the state $h$ that enters and the weight $a + b \\theta$ by which it is multiplied $t$ times.",
            repair=provided("b = 0", "$\\theta$ moves the state only, not the shared weight ($b = 0$)"),
        ),
        correction="Gradients by a *state* are scaled so, component by component in the coordinates of the eigenvectors. The gradient by the "
        "shared weight collects $t$ terms: $t w^{t-1}$ for one unit.",
        corrected=(
            reading(
                "by the state",
                r"V^{-1} W^t g = \Lambda^t V^{-1} g",
                DIAGONALISED + "; g in R^n",
                "With $h_t^\\top = h_0^\\top W^t$ and $g$ the gradient by $h_t$, the gradient by $h_0$ is $W^t g$.",
                using=(lemma(r"W^t = V \Lambda^t V^{-1}", induction=("t", 0)),),
            ),
            reading("by the weight", r"\frac{d}{d w} w^t = t w^{t-1}", "w in R; t in N"),
        ),
        topic="vanishing",
    ),
    entry(
        "A5",
        "8.2.5; 10.7; LW",
        "After $t$ steps the size of $W^t$ is that of the $t$-th power of its largest eigenvalue.",
        reading(
            "at every step",
            r"\lVert W^t \rVert = \rho(W)^t",
            "W in R^{n x n}; t in N",
            "Whatever the matrix, at every finite $t$.",
            repair=provided(
                "W in R^{n x n} symmetric",
                "$W$ is normal (here: symmetric)",
                using=(
                    lemma(r"\lVert W^t \rVert = \rho(W^t)", axiom="normal_norm"),
                    lemma(r"\rho(W^t) = \rho(W)^t", axiom="spectral_mapping"),
                ),
            ),
        ),
        correction="Never less; and at most $\\kappa(V)$ times that, where $W = V \\Lambda V^{-1}$. Only as $t \\to \\infty$ do the eigenvalues alone "
        "set the rate.",
        corrected=(
            reading(
                "from below",
                r"\rho(W)^t \le \lVert W^t \rVert",
                "W in R^{n x n}; t in N",
                using=(
                    lemma(r"\rho(W^t) = \rho(W)^t", axiom="spectral_mapping"),
                    lemma(r"\rho(W^t) \le \lVert W^t \rVert", axiom="radius_below_norm"),
                ),
            ),
        ),
        topic="vanishing",
    ),
    entry(
        "A10",
        "LW, on the eigenvalues",
        "Every eigenvalue below 1 decays to zero.",
        reading(
            "decay",
            r"\lim_{t \to \infty} \lvert \lambda \rvert^t = 0",
            r"\lambda in R; \lambda < 1",
            "The powers of any number below 1 vanish.",
        ),
        correction="It is the modulus that decides: $\\lvert \\lambda \\rvert < 1$. The number $-2$ is below 1.",
        corrected=(
            reading("modulus", r"\lim_{t \to \infty} \lambda^t = 0", r"\lambda in C; \lvert \lambda \rvert < 1"),
        ),
        topic="vanishing",
    ),
    entry(
        "A14",
        "10.7; LW",
        "The trouble is particular to recurrent networks, because these share their weights.",
        reading(
            "different weights do not vanish",
            r"\prod_{i=1}^{100} \left( \frac{4}{5} + \frac{3}{20} \cdot \frac{i - 1}{99} \right) \ge 10^{-3}",
            "",
            "A hundred different weights, evenly spaced from 0.80 to 0.95, keep some size.",
        ),
        reading(
            "a shared matrix changes every length",
            r"\lVert W^t x \rVert \ne \lVert x \rVert",
            "W in R^{2 x 2}; x in R^2; x != 0; t in N",
            "Lengths shrink or grow.",
        ),
        correction="Products of different weights vanish and explode as well, and a shared orthogonal matrix keeps every length. What sharing takes "
        "away is freedom: of the powers $w^t$ only those with $\\lvert w \\rvert = 1$ keep their size, while the last of several weights can "
        "make their product anything.",
        corrected=(
            reading(
                "a shared orthogonal matrix",
                r"\lVert Q^t x \rVert = \lVert x \rVert",
                "Q in R^{n x n} orthogonal; x in R^n; t in N",
            ),
            reading("the last weight", r"p \cdot \frac{c}{p} = c", "p, c in R; p != 0"),
        ),
        topic="vanishing",
    ),
)
