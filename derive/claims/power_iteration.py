"""A6 to A9, A11 to A13, A15: which direction survives, and what a huge or tiny gradient does to training."""

from __future__ import annotations

from derive.entry import entry, provided, reading

SYMMETRIC = r"W in R^{n x n}; Q in R^{n x n} orthogonal; \Lambda in R^{n x n} diagonal; W = Q \Lambda Q^\top; t in N"

ENTRIES = (
    entry(
        "A6",
        "8.2.5, after equation 8.11; 10.7, after equation 10.39",
        "In $x^\\top W^t$ everything that is orthogonal to the principal eigenvector of $W$ is discarded in the end.",
        reading(
            "rows, relatively",
            r"\lim_{t \to \infty} \frac{\lVert x^\top R^{t} \rVert}{\lvert \lambda \rvert^{t}} = 0",
            r"\lambda in R; R in R^{n x n}; x in R^n; \rho(R) < \lvert \lambda \rvert; t in N",
            "With $P = v u^\\top$ and $R = W - \\lambda P$ the powers split, $W^t = \\lambda^t P + R^t$, so that $x^\\top W^t = x^\\top R^t$ for a row orthogonal to the right "
            "eigenvector $v$; and the other eigenvalues, those of $R$, are smaller. $W$ need not be normal, nor diagonalisable.",
            axiom="powers_vanish",
        ),
        reading(
            "rows, what remains",
            r"\lim_{t \to \infty} \frac{2^t - 1}{2^t} = 0",
            "",
            "With $W = \\begin{pmatrix} 2 & 1 \\\\ 0 & 1 \\end{pmatrix}$: $e_1^\\top W^t = (2^t, 2^t - 1)$, and nothing orthogonal to the eigenvector $e_1$ would be left "
            "in the result, compared with $2^t$.",
        ),
        reading(
            "in absolute size",
            r"\lim_{t \to \infty} 2^t = 0",
            "",
            "“Discarded” in the sense that it becomes small: with $\\operatorname{diag}(3, 2)$ the second component is $2^t$.",
        ),
        reading(
            "no unique modulus",
            r"\lim_{t \to \infty} \lvert q \rvert^t = 0",
            r"q in R; \lvert q \rvert \le 1",
            "Another eigenvalue may have the same modulus, as in $\\operatorname{diag}(1, -1)$.",
        ),
        reading(
            "columns",
            r"\lim_{t \to \infty} \frac{2^t - 1}{2^t} = 0",
            "",
            "For the recurrence $h_t = W h_{t-1}$ with the same matrix: $W^t e_2 = (2^t - 1, 1)$, and $e_2$ is orthogonal to $e_1$. The part that was to be discarded creates the growth.",
        ),
        correction="In $x^\\top W^t$ the part orthogonal to the *right* principal eigenvector is dropped, compared with $\\lvert \\lambda \\rvert^t$; in "
        "$W^t x$ it is the part orthogonal to the *left* one. What is left points along the other of the two. All this if $\\lambda$ is simple and the only eigenvalue of "
        "its modulus; for normal $W$ the two eigenvectors agree.",
        corrected=(
            reading(
                "the power",
                r"W^t = \begin{pmatrix} 2^t & 2^t - 1 \\ 0 & 1 \end{pmatrix}",
                r"W in R^{2 x 2}; W = \begin{pmatrix} 2 & 1 \\ 0 & 1 \end{pmatrix}; t in N_0",
                "The matrix of the counterexamples: its first row and its second column.",
                induction=("t", 0),
            ),
        ),
        topic="power-method",
    ),
    entry(
        "A7",
        "8.2.5",
        "Power iteration finds the largest eigenvalue.",
        reading(
            "largest number",
            r"\lim_{t \to \infty} \frac{(1 - q) \lvert q \rvert^{2 t}}{1 + \lvert q \rvert^{2 t}} = 0",
            r"q in R; q < 1",
            "For $\\operatorname{diag}(1, q)$ from $(1, 1)$: by how much the Rayleigh quotient $\\frac{1 + q^{2t+1}}{1 + q^{2t}}$ misses the larger eigenvalue 1.",
            repair=provided(
                r"\lvert q \rvert < 1",
                "the largest eigenvalue is the only one of largest modulus ($\\lvert q \\rvert < 1$)",
            ),
        ),
        correction="It finds the eigenvalue of largest *modulus*, if that is simple, the only one of its modulus, and the start has a component along it; "
        "the iterates must be scaled at every step. The error of the Rayleigh quotient falls like $\\lvert \\lambda_2 / \\lambda_1 \\rvert^{2t}$ for normal matrices.",
        corrected=(
            reading(
                "the error",
                r"1 - \frac{1 + q^{2 t + 1}}{1 + q^{2 t}} = \frac{(1 - q) q^{2 t}}{1 + q^{2 t}}",
                "q in R; t in N",
            ),
            reading(
                "without overlap",
                r"W^t e = q^t e",
                "W in R^{2 x 2}; e in R^2; q in R; W = \\begin{pmatrix} 1 & 0 \\\\ 0 & q \\end{pmatrix}; e = \\begin{pmatrix} 0 \\\\ 1 \\end{pmatrix}; t in N_0",
                "From a start with no component along the eigenvector it never finds it (in exact arithmetic: rounding errors would).",
                induction=("t", 0),
            ),
        ),
        topic="power-method",
    ),
    entry(
        "A8",
        "10.7, equations 10.38 and 10.39",
        "With $W = Q \\Lambda Q^\\top$, $Q$ orthogonal, the state after $t$ steps is $Q^\\top \\Lambda^t Q h^{(0)}$.",
        reading(
            "as printed", r"W^t = Q^\top \Lambda^t Q", SYMMETRIC, "The operator that takes $h^{(0)}$ to $h^{(t)}$."
        ),
        correction="The transposes are the wrong way round: it is $Q \\Lambda^t Q^\\top h^{(0)}$. Both operators have the same norm, so a comparison of "
        "norms does not see it.",
        corrected=(
            reading("the power", r"W^t = Q \Lambda^t Q^\top", SYMMETRIC, induction=("t", 1)),
            reading(
                "when the print is right",
                r"W^t = Q^\top \Lambda^t Q",
                SYMMETRIC + r"; Q^2 \Lambda = \Lambda Q^2",
                "If $Q^2$ commutes with $\\Lambda$, for instance if $Q$ is symmetric.",
            ),
        ),
        topic="power-method",
    ),
    entry(
        "A9",
        "LW, on the recurrence; 10.7, equation 10.38",
        "A recurrent matrix has an orthogonal eigendecomposition, whose orthogonal factor is a rotation.",
        reading(
            "for every matrix",
            r"W^\top = W",
            "W in R^{n x n}",
            "$W = Q \\Lambda Q^\\top$ with real $Q$ and $\\Lambda$ makes $W$ symmetric; so every matrix would be.",
            repair=provided("W in R^{n x n} symmetric", "$W$ is real and symmetric"),
        ),
        correction="Exactly the real symmetric matrices have one (the spectral theorem; with complex unitary factors, the normal ones). $Q$ may be a "
        "reflection, but changing the sign of a column makes it a rotation and leaves $W$ as it is.",
        corrected=(
            reading(
                "such a product is symmetric",
                r"(Q \Lambda Q^\top)^\top = Q \Lambda Q^\top",
                r"Q in R^{n x n} orthogonal; \Lambda in R^{n x n} diagonal",
            ),
            reading(
                "a sign changes the determinant",
                r"\det(Q S) = -\det(Q)",
                r"Q in R^{2 x 2}; S in R^{2 x 2}; S = \begin{pmatrix} -1 & 0 \\ 0 & 1 \end{pmatrix}",
            ),
            reading(
                "and not the matrix",
                r"Q S \Lambda S^\top Q^\top = Q \Lambda Q^\top",
                r"Q in R^{2 x 2}; S in R^{2 x 2}; \Lambda in R^{2 x 2}; a, b in R; S = \begin{pmatrix} -1 & 0 \\ 0 & 1 \end{pmatrix}; "
                r"\Lambda = \begin{pmatrix} a & 0 \\ 0 & b \end{pmatrix}",
            ),
        ),
        topic="power-method",
    ),
    entry(
        "A11",
        "LW, on large depth",
        "In a deep product the parts along exploding eigenvectors dominate.",
        reading(
            "the others lose their share",
            r"\lim_{t \to \infty} \frac{q^{2 t}}{c^2 + q^{2 t}} = 0",
            "c in R; 0 < q < 1",
            "From $(c, 1)$ with eigenvalues $\\lambda$ and $q \\lambda$: the share of the second component in the square of the length.",
            repair=provided(
                r"c \ne 0", "the start has a component along the eigenvector that is to dominate ($c \\ne 0$)"
            ),
        ),
        correction="Only the eigenvectors of *largest modulus* dominate, among those along which the start has a component; that holds whether anything "
        "explodes or not. With eigenvalues 3 and 2 both explode, and the second one loses its share.",
        corrected=(reading("two that explode", r"\lim_{t \to \infty} \frac{2^t}{3^t} = 0", "t in N"),),
        topic="power-method",
    ),
    entry(
        "A12",
        "LW, on the loss",
        "Where the loss is very high, gradient descent overshoots.",
        reading(
            "a step raises the loss",
            r"-\eta g^2 + \frac{1}{2} \eta^2 g^2 h > 0",
            r"g, h in R; g \ne 0; \eta > 0",
            "The change of the loss in one step of size $\\eta$, for a loss with slope $g$ and constant second derivative $h$, however high it is.",
            repair=provided(r"\eta h > 2", "the step is too large for the curvature, $\\eta > 2 / h$"),
        ),
        correction="It overshoots where the step is larger than 2 divided by the curvature; how high the loss is does not matter. With the squared loss of a power "
        "$\\lambda^t$ height and curvature grow together; with a saturating loss they do not.",
        corrected=(
            reading(
                "the slope of the squared loss",
                r"\frac{d}{d \lambda} \frac{1}{2} (\lambda^t x - y)^2 = t \lambda^{t-1} x (\lambda^t x - y)",
                r"\lambda > 0; x, y in R; t in N",
            ),
            reading(
                "its curvature",
                r"\frac{d^2}{d \lambda^2} \frac{1}{2} (\lambda^t x - y)^2 = t \lambda^{t-2} x ((2 t - 1) \lambda^t x - (t - 1) y)",
                r"\lambda > 0; x, y in R; t in N",
            ),
        ),
        topic="floating-point",
    ),
    entry(
        "A13",
        "LW, first paragraph",
        "If the gradient is too small, training stops entirely.",
        reading(
            "in exact arithmetic",
            r"w - u = w",
            r"w, u in R; u \ne 0",
            "An update $u$ that is not 0 leaves the weight as it is.",
        ),
        reading(
            "in floating point",
            r"\left\lfloor m - u + \frac{1}{2} \right\rfloor = m",
            "m in Z; u > 0",
            "The weight is $m$ units of its last place; the updated weight is rounded to the nearest unit.",
            repair=provided(r"u \le \frac{1}{2}", "the update is at most half a unit in the last place"),
        ),
        correction="In exact arithmetic any gradient that is not 0 moves the weight. In floating point an update below half a spacing is absorbed. "
        "And what is too large becomes infinite first; NaN comes from $\\infty - \\infty$, $0 \\cdot \\infty$ or $0 / 0$ afterwards.",
        corrected=(
            reading(
                "a double absorbs it",
                r"\left\lfloor 2^{53} (1 - 10^{-17}) + \frac{1}{2} \right\rfloor = 2^{53}",
                "",
                "Just below 1 doubles are $2^{-53}$ apart, so that $1 - 10^{-17}$ is 1.",
            ),
        ),
        topic="floating-point",
    ),
    entry(
        "A15",
        "8.2.5",
        "With a vanishing gradient it is hard to know in which direction to move.",
        reading(
            "without noise",
            r"\frac{c g}{\lVert c g \rVert} \ne \frac{g}{\lVert g \rVert}",
            "c > 0; g in R^n; g != 0",
            "A smaller gradient points elsewhere.",
        ),
        reading(
            "with noise",
            r"\lim_{t \to \infty} \frac{k^2 \sigma^2}{s^2} q^{-2 t} = \infty",
            r"k > 0; \sigma > 0; s > 0; 0 < q < 1",
            "The samples that it takes to see the sign of a gradient $s q^t$ at $k$ standard errors, in noise of standard deviation $\\sigma$, grow beyond bound.",
        ),
        correction="Without noise a direction does not depend on size. With noise, or underflow, the sign is lost: the samples needed grow like $q^{-2t}$.",
        corrected=(
            reading(
                "the direction stays",
                r"\frac{c g}{\lVert c g \rVert} = \frac{g}{\lVert g \rVert}",
                "c > 0; g in R^n; g != 0",
            ),
        ),
        topic="inexact-gradients",
    ),
)
