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
)
