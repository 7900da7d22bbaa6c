"""X1 to X7, X9 to X18: what a serious lecturer will expect besides."""

from __future__ import annotations

from derive.entry import empirical, entry, provided, reading

ENTRIES = (
    entry(
        "X1",
        "Pascanu",
        "If the largest singular value of the recurrent matrix is below one over the largest slope, gradients vanish.",
        reading(
            "one step",
            r"\lVert D W \rVert \le \gamma \sigma",
            r"D, W in R^{n x n}; \gamma > 0; \sigma > 0; \lVert D \rVert \le \gamma; \lVert W \rVert \le \sigma",
            "$D$ holds the slopes, at most $\\gamma$; $\\sigma$ is the largest singular value of $W$.",
            axiom="operator_norm",
        ),
        reading(
            "many steps",
            r"\lim_{t \to \infty} r^t = 0",
            "0 < r < 1",
            "The product of $t$ such factors is at most $r^t$ with $r = \\gamma \\sigma$.",
        ),
        correction="The largest *eigenvalue*, as it is often copied, does not suffice: all eigenvalues of $W$ may be 0 while the product explodes.",
        corrected=(
            reading(
                "all eigenvalues 0",
                r"\rho(W) = 0",
                r"W in R^{2 x 2}; W = \begin{pmatrix} 3/2 & -3/2 \\ 3/2 & -3/2 \end{pmatrix}",
            ),
            reading(
                "and yet",
                r"\rho(D W) = \frac{3}{2}",
                r"D, W in R^{2 x 2}; D = \begin{pmatrix} 1 & 0 \\ 0 & 0 \end{pmatrix}; W = \begin{pmatrix} 3/2 & -3/2 \\ 3/2 & -3/2 \end{pmatrix}",
                "with slopes 1 and 0.",
            ),
        ),
    ),
    entry(
        "X2",
        "Pascanu",
        "For gradients to explode the largest singular value must exceed one over the largest slope.",
        reading(
            "otherwise bounded",
            r"\lVert J_3 J_2 J_1 \rVert \le 1",
            r"J_1, J_2, J_3 in R^{n x n}; \lVert J_1 \rVert \le 1; \lVert J_2 \rVert \le 1; \lVert J_3 \rVert \le 1",
            "Factors with norms up to $\\gamma \\sigma \\le 1$, three of them.",
            axiom="operator_norm",
        ),
        correction="Necessary, and not sufficient.",
        corrected=(
            reading(
                "not sufficient",
                r"A^2 = 0",
                r"A in R^{2 x 2}; A = \begin{pmatrix} 0 & 2 \\ 0 & 0 \end{pmatrix}",
                "This matrix has norm 2.",
            ),
        ),
    ),
    entry(
        "X3",
        "Pascanu",
        "Slope and curvature explode together.",
        reading(
            "in a linear chain",
            r"\frac{\frac{d^2}{d w^2} w^t}{\frac{d}{d w} w^t} = \frac{t - 1}{w}",
            "w > 0; t in N; t \\ge 2",
            "Their ratio grows like $t$ only.",
        ),
        note="Beyond this chain it is a hypothesis of the paper; C2 shows tails where it fails.",
    ),
    entry(
        "X4",
        "Pascanu",
        "The regulariser $\\sum (\\lVert \\delta_{k+1} J_k \\rVert / \\lVert \\delta_{k+1} \\rVert - 1)^2$ has an immediate gradient in closed form, and vanishes for isometries.",
        reading(
            "its gradient",
            r"\nabla_a \left(\frac{\lVert a \rVert}{s} - 1\right)^2 = 2 \left(\frac{\lVert a \rVert}{s} - 1\right) \frac{a}{s \lVert a \rVert}",
            "a in R^n; s > 0",
            "One term, by the vector $a = \\delta_{k+1} J_k$; $s$ is the length of $\\delta_{k+1}$.",
        ),
        reading(
            "isometries",
            r"\left(\frac{\lVert Q d \rVert}{\lVert d \rVert} - 1\right)^2 = 0",
            "Q in R^{n x n} orthogonal; d in R^n; d != 0",
            "Nothing is penalised.",
        ),
    ),
    entry(
        "X5",
        "Pascanu; Doya",
        "Crossing the boundary of a basin makes gradients explode; a bifurcation need not.",
        reading(
            "at the boundary",
            r"\frac{\rho^n - 1}{\rho - 1} \ge \rho^{n-1}",
            r"\rho > 1; n in N",
            "There is a repelling fixed point, with slope $\\rho > 1$: the derivative by the bias, with $S_t = 1 + \\rho S_{t-1}$, is exponential.",
        ),
        reading(
            "at a fold",
            r"S_n = n",
            "S_0 = 0; S_t = 1 + S_{t-1}; n in N_0",
            "Where two fixed points meet the slope is 1: the derivative grows like the number of steps.",
            induction=("n", 0),
        ),
    ),
    entry(
        "X6",
        "Bengio",
        "In a contracting system a tube around the trajectory keeps bounded noise in.",
        reading(
            "the excess shrinks",
            r"(q d + \beta) - \frac{\beta}{1 - q} = q \left(d - \frac{\beta}{1 - q}\right)",
            r"0 < q < 1; \beta > 0; d in R",
            "With distance at most $q d + \\beta$ after a step: what exceeds $\\beta / (1 - q)$ is multiplied by $q$,",
        ),
        reading(
            "and is forgotten",
            r"\lim_{t \to \infty} q^t = 0",
            "0 < q < 1",
            "so that in the end the distance is at most $\\beta / (1 - q)$.",
        ),
    ),
    entry(
        "X7",
        "Bengio",
        "One tanh unit with weight $w > 1$ latches a bit against inputs up to $\\sqrt{w (w - 1)} - \\operatorname{artanh} \\sqrt{1 - 1/w}$.",
        reading(
            "the state stays",
            r"w x + u \ge b",
            r"w > 1; a > 0; b in R; x \ge a; u \ge b - w a",
            "With $a = \\sqrt{1 - 1/w}$ and $b = \\operatorname{artanh} a$: from a state of at least $a$, with an input not below $-(w a - b)$, the unit sums up at least $b$;",
        ),
        reading("monotone", r"\tanh(z) \ge \tanh(b)", r"b in R; z \ge b", "so the next state is at least $\\tanh b$,"),
        reading(
            "the same bound",
            r"\tanh\left(\frac{1}{2} \ln\frac{1 + a}{1 - a}\right) = a",
            "0 < a < 1",
            "which is $a$ again; and below $-a$ by symmetry.",
        ),
        reading(
            "the bound for the input",
            r"w \sqrt{1 - \frac{1}{w}} = \sqrt{w (w - 1)}",
            "w > 1",
            "The first term of $w a - b$.",
        ),
        corrected=(
            reading(
                "the best threshold",
                r"w \left(1 - \left(\sqrt{1 - \frac{1}{w}}\right)^2\right) = 1",
                "w > 1",
                "At this $a$ the slope of the unit is 1, so that $w a - \\operatorname{artanh} a$ is largest.",
            ),
            reading(
                "for $w = 2$",
                r"\sqrt{2} - \frac{1}{2} \ln\frac{1 + \sqrt{1/2}}{1 - \sqrt{1/2}} \approx 0.53284",
            ),
        ),
    ),
    entry(
        "X8",
        "Sussillo",
        "Linear layers of width $N$, scaled by $e^{1/(2N)}$, turn the logarithm of the length into a walk without drift.",
        reading(
            "wide layers",
            r"\lim_{k \to \infty} \left(k \left(\sum_{j=1}^{k-1} \frac{1}{j} - \gamma - \ln k\right) + \frac{1}{2}\right) = 0",
            "k in N; k >= 2",
            "With Gaussian weights of variance $1/N$ and $N = 2k$ one layer adds half of the bracket to the logarithm, the scale adds $1/(2N)$: the sum, "
            "times $N$, vanishes as the layers get wide.",
        ),
        correction="Without drift at every width is $g = \\exp(-\\frac{1}{2} (\\psi(N/2) - \\ln(N/2)))$, where $\\psi$ is the digamma function; for a single unit that is "
        "1.887, not 1.649. The spread of the walk stays.",
        corrected=(
            reading(
                "a single unit",
                r"\operatorname{E}[\ln \lvert e^{(\gamma + \ln 2)/2} w \rvert] = 0",
                "w ~ N(0, 1)",
                "The exact scale for $N = 1$.",
            ),
            reading("its scale", r"e^{(\gamma + \ln 2)/2} \approx 1.887", ""),
            reading("the rule there", r"e^{1/2} \approx 1.649", ""),
        ),
        topic="random-product",
    ),
    empirical(
        "X9",
        "Sussillo",
        "For rectifiers the scale $\\sqrt{2} \\exp(1.2 / (\\max(N, 6) - 2.4))$ keeps the length of the state.",
        None,
        reading(
            "what it tends to",
            r"\lim_{N \to \infty} \sqrt{2} e^{\frac{1.2}{N - 2.4}} = \sqrt{2}",
            "",
            "For wide layers it is $\\sqrt{2}$, which makes up for the half that a rectifier cuts off (X14).",
        ),
        note="The correction for narrow layers is a fit to simulations, not a theorem.",
        see=("X14",),
    ),
    entry(
        "X10",
        "Saxe",
        "Orthogonal layers are isometries; products of Gaussian ones spread their singular values exponentially with the depth.",
        reading(
            "isometries",
            r"\lVert Q_2 Q_1 x \rVert = \lVert x \rVert",
            "Q_1, Q_2 in R^{n x n} orthogonal; x in R^n",
            "Two of them in a row.",
        ),
        reading(
            "the rate in two dimensions",
            r"-\frac{\gamma}{2} - \left(-\frac{\gamma}{2} - \ln 2\right) = \ln 2",
            "",
            "The two exponents of products of $2 \\times 2$ Gaussian matrices with entries of variance $1/2$ are $-\\gamma/2$ and $-\\gamma/2 - \\ln 2$: the quotient of the singular "
            "values doubles with each layer.",
        ),
    ),
    entry(
        "X11",
        "Saxe",
        "In a deep linear network of two layers a mode follows a logistic curve.",
        reading(
            "the equation of motion",
            r"\tau \frac{d}{d t} \frac{s}{1 + c e^{-2 s t / \tau}} = 2 \frac{s}{1 + c e^{-2 s t / \tau}} \left(s - \frac{s}{1 + c e^{-2 s t / \tau}}\right)",
            r"s > 0; c > 0; \tau > 0; t in R",
            "$\\tau \\dot a = 2 a (s - a)$, solved by $a = s / (1 + c e^{-2 s t / \\tau})$.",
        ),
    ),
    entry(
        "X12",
        "Saxe",
        "In a chain of $n$ equal weights the product obeys $\\dot a = n a^{2 - 2/n} (s - a)$.",
        reading(
            "by the chain rule",
            r"n w^{n-1} \cdot w^{n-1} (s - w^n) = n (w^n)^{2 - 2/n} (s - w^n)",
            "w > 0; s > 0; n in N",
            "$a = w^n$ with $\\dot w = w^{n-1} (s - w^n)$.",
        ),
        note="That learning takes a time independent of the depth holds for starts of the size of $s$ only.",
    ),
    entry(
        "X13",
        "Glorot",
        "Weights with variance $2 / (n_{in} + n_{out})$ are a compromise between keeping states and keeping gradients.",
        reading(
            "the uniform law",
            r"\operatorname{Var}(w) = \frac{2}{a + b}",
            r"a > 0; b > 0; w ~ Uniform(-\sqrt{\frac{6}{a + b}}, \sqrt{\frac{6}{a + b}})",
            "With $a$ inputs and $b$ outputs, between $\\pm \\sqrt{6 / (a + b)}$.",
        ),
        reading(
            "the price",
            r"a \frac{2}{a + b} \cdot b \frac{2}{a + b} \le 1",
            "a > 0; b > 0",
            "Forward and backward gain together are at most 1, with equality for equal widths only.",
        ),
    ),
    entry(
        "X14",
        "He",
        "Behind a rectifier half of the second moment is left, so weights need variance $2 / n$.",
        reading(
            "the two halves",
            r"(\max(0, z))^2 + (\max(0, -z))^2 = z^2",
            "z in R",
            "For a symmetric law both have the same mean.",
        ),
        reading(
            "a symmetric law",
            r"\operatorname{E}[(\max(0, z))^2] = \frac{1}{2} \operatorname{Var}(z)",
            "0 < p < 1; c > 0; z ~ finite(-c: p/2, 0: 1 - p, c: p/2)",
            "With three values.",
        ),
    ),
    entry(
        "X15",
        "Martens",
        "The Gauss-Newton matrix is positive semidefinite, and a damped step is bounded.",
        reading(
            "semidefinite",
            r"x^\top J^\top H J x \ge 0",
            "J in R^{m x n}; H in R^{m x m} positive semidefinite; x in R^n",
            "If the Hessian $H$ of the loss in the outputs is.",
        ),
        reading(
            "bounded",
            r"\frac{s}{s^2 + \lambda} \le \frac{1}{2 \sqrt{\lambda}}",
            r"s \ge 0; \lambda > 0",
            "The factor of a damped step along a singular vector with value $s$.",
        ),
        topic="second-order",
    ),
    entry(
        "X16",
        "Nesterov",
        "Nesterov's method is momentum with the factor $\\mu (1 - \\eta \\lambda)$ in place of $\\mu$.",
        reading(
            "one step",
            r"\mu v - \eta \lambda (x + \mu v) = \mu (1 - \eta \lambda) v - \eta \lambda x",
            r"\mu, \eta, \lambda, x, v in R",
            "On a quadratic function with curvature $\\lambda$, position $x$ and velocity $v$.",
        ),
        correction="For large steps it is *less* stable: $\\eta \\lambda$ may be up to $(2 + 2 \\mu) / (1 + 2 \\mu)$, with classical momentum up to $2 (1 + \\mu)$.",
        corrected=(
            reading(
                "its limit",
                r"1 + (1 + \mu) (1 - h) + \mu (1 - h) = 0",
                r"0 < \mu < 1; h = \frac{2 + 2 \mu}{1 + 2 \mu}",
                "There $-1$ is a root of $z^2 - (1 + \\mu)(1 - h) z + \\mu (1 - h)$, $h = \\eta \\lambda$.",
            ),
            reading(
                "that of classical momentum",
                r"1 + (1 + \mu - h) + \mu = 0",
                r"0 < \mu < 1; h = 2 (1 + \mu)",
                "There $-1$ is a root of $z^2 - (1 + \\mu - h) z + \\mu$.",
            ),
            reading("which is larger", r"\frac{2 + 2 \mu}{1 + 2 \mu} < 2 (1 + \mu)", r"0 < \mu < 1"),
        ),
    ),
    entry(
        "X17",
        "10.8",
        "With spectral radius below 1 differences between states shrink.",
        reading(
            "at every step",
            r"\left(\frac{1}{2} x + c y\right)^2 + \left(\frac{1}{2} y\right)^2 \le x^2 + y^2",
            "c, x, y in R",
            "The squared length of $\\begin{pmatrix} 1/2 & c \\\\ 0 & 1/2 \\end{pmatrix} \\begin{pmatrix} x \\\\ y \\end{pmatrix}$; the only eigenvalue is $1/2$.",
            repair=provided("c = 0", "the Jacobian is normal (here: $c = 0$)"),
        ),
        correction="For a Jacobian that is not normal, a difference may grow first, and the worst one is not along the principal eigenvector.",
        corrected=(
            reading(
                "it grows",
                r"\left\lVert \begin{pmatrix} 1/2 & 10 \\ 0 & 1/2 \end{pmatrix} \begin{pmatrix} 0 \\ 1 \end{pmatrix} \right\rVert > 10",
            ),
        ),
    ),
    entry(
        "X18",
        "10.11.1; Pascanu",
        "Both ways of clipping give directions of descent for the batch at hand.",
        reading("the norm", r"g^\top (\alpha g) > 0", r"g in R^n; g \ne 0; \alpha > 0", "Clipped by a factor."),
        reading(
            "entry by entry",
            r"a (\alpha a) + b (\beta b) > 0",
            r"a, b in R; a \ne 0; \alpha > 0; \beta > 0",
            "Each entry keeps its sign (two of them).",
        ),
    ),
)
