"""T1 to T11: sentences that no other entry covers."""

from __future__ import annotations

from derive.entry import Count, Experiment, empirical, entry, not_mathematical, provided, reading


def _time_to_learn(seed: int) -> tuple[Count, ...]:
    from derive.claims.experiments.latch import updates_needed

    runs = 100
    short, long = (updates_needed(length, budget, runs, seed) for length, budget in ((5, 500), (10, 2000)))
    return (
        Count("5 steps, 500 updates", int((short <= 500).sum()), runs),
        *(Count(f"10 steps, {budget} updates", int((long <= budget).sum()), runs) for budget in (500, 1000, 2000)),
    )


ENTRIES = (
    entry(
        "T1",
        "8.2.5",
        "Exploding gradients can make learning unstable.",
        reading(
            "it happens",
            r"4 \eta x^3 - x > x",
            r"\eta > 0; x > 0; 2 \eta x^2 > 1",
            "On $f(x) = x^4$, where the slope is steep, a step of gradient descent from $x$ ends at $x - 4 \\eta x^3$: on the other side of the minimum, and "
            "farther from it. From there it goes on.",
        ),
        see=("C8", "D3"),
    ),
    entry(
        "T2",
        "8.2.6",
        "Where the objective cannot be computed, its gradient can only be approximated.",
        reading(
            "always",
            r"\frac{d}{d x} (-x^4 - \sin(3 x) - \ln Z) \ne \frac{d}{d x} (-x^4 - \sin(3 x))",
            "x in R; Z > 0",
            "A constant $Z$ that nobody can compute spoils the gradient of the logarithm of a density, too.",
        ),
        correction="Often, but not always: an unknown constant drops out of the gradient, which is then exact.",
        corrected=(
            reading(
                "without Z",
                r"\frac{d}{d x} (-x^4 - \sin(3 x) - \ln Z) = -4 x^3 - 3 \cos(3 x)",
                "x in R; Z > 0",
            ),
        ),
        see=("G3",),
    ),
    entry(
        "T3",
        "8.2.5; SE-A",
        "Cliffs are an instance of the exploding gradient.",
        reading(
            "in the model of one unit",
            r"\lim_{T \to \infty} \frac{\rho^T - 1}{\rho - 1} = \infty",
            r"\rho > 1",
            "At a repelling fixed point with slope $\\rho > 1$ the derivative of the state after $T$ steps by the bias is $(\\rho^T - 1)/(\\rho - 1)$: it "
            "explodes with $T$, and there the cliff stands.",
        ),
        reading(
            "wherever it is steep",
            r"\lvert \frac{d}{d x} \tanh(c x) \rvert \le 1",
            "x, c in R",
            "Nothing is steep without a long product: one layer has slopes up to 1 only.",
        ),
        correction="A long product can make a cliff, as in the model of one unit; a single steep layer makes one, too.",
        see=("D2",),
    ),
    entry(
        "T4",
        "10.7, the scalar case; LW",
        "The power of a weight either vanishes or explodes.",
        reading(
            "always",
            r"\lvert w \rvert^t \ne 1",
            "w in R; t in N",
            "No weight keeps its size.",
        ),
        correction="It keeps its size if $\\lvert w \\rvert = 1$, and only then. A weight that is drawn from a law with a density is of that sort with "
        "probability 0.",
        corrected=(
            reading("below", r"\lim_{t \to \infty} w^t = 0", r"w in R; \lvert w \rvert < 1"),
            reading("above", r"\lim_{t \to \infty} \lvert w \rvert^t = \infty", r"w in R; \lvert w \rvert > 1"),
            reading("at 1", r"\lvert w \rvert^t = 1", r"w in R; \lvert w \rvert = 1; t in N"),
            reading("at random", r"\Pr[w = 1] = 0", "w ~ N(0, 1)", "For a Gaussian weight; the same for $-1$."),
        ),
        topic="vanishing",
        see=("A3",),
    ),
    entry(
        "T5",
        "10.7, after equation 10.39",
        "What is not aligned with the largest eigenvector is discarded in the end.",
        reading(
            "largest in modulus",
            r"\lim_{t \to \infty} \lvert q \rvert^t = 0",
            r"q in R; \lvert q \rvert < 1",
            "With $q = \\mu / \\lambda$ the quotient of another eigenvalue and the largest one: smaller in modulus, so its share vanishes.",
        ),
        reading(
            "largest number",
            r"\lim_{t \to \infty} \lvert q \rvert^t = 0",
            r"q in R; q < 1",
            "With $\\lambda > 0$ the largest of the real eigenvalues, $\\mu < \\lambda$ says $q < 1$ only.",
        ),
        correction="Say: the eigenvector of the eigenvalue of largest modulus, which must be simple and the only one with that modulus.",
        topic="power-method",
        see=("A6",),
    ),
    empirical(
        "T6",
        "10.7, after the remark on exponentially smaller gradients",
        "Long-term dependencies are not impossible to learn, but it may take a very long time.",
        Experiment(
            "One unit $x_t = \\tanh(w x_{t-1} + u_t)$ learns to keep a sign to the end of 5 or of 10 steps: the first three inputs are learned, one set "
            "for each of two classes, the others are noise (uniform, standard deviation 0.2); the target is $\\pm 0.8$, the loss the squared error, "
            "the method plain stochastic gradient descent, one sequence an update, step 0.1, from $w = 1/2$ and inputs 0. A run succeeds at "
            "the first look, every 500 updates, at which 95 % of the last 500 sequences ended with the right sign. 100 runs.",
            _time_to_learn,
        ),
        reading(
            "samples",
            r"\lim_{\tau \to \infty} \frac{9}{s^2} q^{-2 \tau} = \infty",
            r"0 < q < 1; s > 0; \tau in N",
            "To see a signal $s q^\\tau$ in noise of standard deviation 1 at three standard errors takes $9 q^{-2\\tau} / s^2$ samples.",
        ),
        correction="Time and samples are different claims: the number of samples that a single gradient needs grows exponentially with the lag, and "
        "that is a theorem; how long training takes is an observation about one task, loss and budget.",
        see=("E5", "E8"),
    ),
    entry(
        "T7",
        "10.11.1",
        "Derivatives of deep compositions tend to be either very large or very small.",
        reading(
            "the spread grows",
            r"\operatorname{Var}(X + Y) = \operatorname{Var}(X) + \operatorname{Var}(Y)",
            "X ~ moments(mean=a, var=v); Y ~ moments(mean=b, var=u); a, b in R; u > 0; v > 0",
            "With $X$ and $Y$ the logarithms of the slopes of two layers: each layer adds its share to the variance of the logarithm.",
            repair=provided("X, Y independent", "the slopes of different layers are independent"),
        ),
        correction="For $n$ layers with independent slopes of one law the logarithm of the product has $n$ times the variance of one.",
        corrected=(
            reading(
                "n layers",
                r"\operatorname{Var}\left(\sum_{i=1}^{n} X_i\right) = n v",
                "X_i ~ iid(mean=m, var=v); m in R; v > 0; n in N",
            ),
        ),
        see=("B6",),
        topic="random-product",
    ),
    entry(
        "T8",
        "LW, first paragraph",
        "Gradients become large or small suddenly.",
        reading(
            "with a jump",
            r"r^{t+1} \le \frac{1}{2} r^t",
            "0 < r < 1; t in N_0",
            "One more layer takes away half of what is left at least.",
        ),
        reading(
            "at last",
            r"\lim_{t \to \infty} r^t = 0",
            "0 < r < 1",
            "With enough layers the gradient falls below any size.",
        ),
        correction="In a linear chain the change is exponential in the depth: every layer takes the same share, and the half-life "
        "$\\ln 2 / (-\\ln r)$ says how fast.",
        corrected=(reading("the same share", r"r^{t+1} = r \cdot r^t", "0 < r < 1; t in N_0"),),
        topic="vanishing",
        see=("A3",),
    ),
    entry(
        "T9",
        "LW, at the end",
        "To cure the trouble one must redesign how gradients are propagated through time.",
        reading(
            "necessarily",
            r"\lVert Q^t g \rVert \ne \lVert g \rVert",
            "Q in R^{n x n} orthogonal; g in R^n; g != 0; t in N",
            "Ordinary backpropagation changes the length of every gradient, whatever the weights.",
        ),
        correction="Through orthogonal linear layers ordinary backpropagation keeps every length; wide layers nearly do.",
        corrected=(
            reading(
                "orthogonal layers",
                r"\lVert Q^t g \rVert = \lVert g \rVert",
                "Q in R^{n x n} orthogonal; g in R^n; t in N",
            ),
        ),
        topic="remedies",
        see=("A14", "F6", "B9"),
    ),
    entry(
        "T10",
        "LW, on clipping",
        "Clipped gradients cannot undo the progress that was made.",
        reading(
            "as a guarantee",
            r"1000 (x - \eta)^2 \le 1000 x^2",
            r"0 < \eta \le \frac{1}{100}; 0 < x < 1; 2000 x \ge 1",
            "On $f(x) = 1000 x^2$ with the gradient clipped to length 1, a step of size $\\eta$ does not raise the loss.",
        ),
        correction="Clipping bounds the length of a step, not the loss at its end.",
        corrected=(
            reading(
                "the step is bounded",
                r"\lvert (x - \eta c) - x \rvert \le \eta v",
                r"\eta > 0; v > 0; x, c in R; \lvert c \rvert \le v",
            ),
        ),
        see=("D6",),
    ),
    not_mathematical(
        "T11",
        "LW, on lecture notes",
        "The subject is taught wrongly.",
        "an opinion about teaching: no formula could settle it",
    ),
)
