"""E1 to E11: storage, attractors, long-term dependencies."""

from __future__ import annotations

from derive.entry import Count, Experiment, empirical, entry, provided, reading


def _latch(seed: int) -> tuple[Count, ...]:
    """Imported when it runs, for NumPy takes its time."""
    from derive.claims.experiments.latch import updates_needed

    runs, budget = 100, 2000
    return tuple(
        Count(f"{length} steps", int((updates_needed(length, budget, runs, seed) <= budget).sum()), runs)
        for length in (5, 10, 20)
    )


INTERVAL = r"\frac{214}{1000} \le x \le \frac{935}{1000}"

ENTRIES = (
    entry(
        "E1",
        "10.7; Bengio",
        "Storing a memory robustly forces the gradients to vanish.",
        reading(
            "at a fixed point",
            r"\lim_{t \to \infty} \lvert J \rvert^t = 0",
            "J in R",
            "The memory is a fixed point with slope $J$; the gradient through $t$ steps is $J^t$.",
            repair=provided(
                r"\lvert J \rvert < 1",
                "the memory is kept by contraction ($\\lvert J \\rvert < 1$ along the stored trajectory)",
            ),
        ),
        correction="If the state is kept by contraction, with factor $q < 1$ in some norm on the basin, then gradients shrink at least like $C q^t$.",
        corrected=(
            reading(
                "three steps",
                r"\lVert J_3 J_2 J_1 \rVert \le q^3",
                r"J_1, J_2, J_3 in R^{n x n}; q > 0; \lVert J_1 \rVert \le q; \lVert J_2 \rVert \le q; \lVert J_3 \rVert \le q",
                axiom="operator_norm",
            ),
        ),
    ),
    entry(
        "E2",
        "10.7",
        "Whatever stores a memory robustly has vanishing gradients.",
        reading(
            "always",
            r"\lim_{t \to \infty} \left\lvert \frac{37}{10} \left(1 - 2 \cdot \frac{27}{37}\right) \right\rvert^t = 0",
            "",
            "The unit $x \\mapsto \\operatorname{sign}(x) \\cdot 3.7 \\lvert x \\rvert (1 - \\lvert x \\rvert)$ keeps the sign of its state for ever, against noise up to 0.01. At its fixed point "
            "$27/37$ the gradient through $t$ steps would vanish.",
        ),
        correction="Without contraction it is false: this unit stores a bit robustly, and its gradients explode, at the fixed point like $1.7^t$. What forces gradients to vanish is storage by "
        "contraction (E1).",
        corrected=(
            reading(
                "the fixed point", r"\frac{37}{10} \cdot \frac{27}{37} \left(1 - \frac{27}{37}\right) = \frac{27}{37}"
            ),
            reading(
                "the sign is kept: from above",
                r"\frac{37}{10} x (1 - x) + \frac{1}{100} \le \frac{935}{1000}",
                INTERVAL,
                "From between 0.214 and 0.935 the size of the next state, noise included, is at most 0.935",
            ),
            reading(
                "and from below",
                r"\frac{37}{10} x (1 - x) - \frac{1}{100} \ge \frac{214}{1000}",
                INTERVAL,
                "and at least 0.214: it never comes near 0, and the sign stays.",
            ),
        ),
    ),
    entry(
        "E5",
        "10.7",
        "The gradient of a long-term interaction is exponentially smaller than that of a short-term one.",
        reading(
            "compared with a short one",
            r"\lim_{\tau \to \infty} q^\tau = 0",
            r"q > 0; \tau in N",
            "With $q$ the factor of one step: the ratio of lag $\\tau$ to lag 0.",
            repair=provided("q < 1", "every step of the path contracts ($q < 1$)"),
        ),
        correction="Exponentially smaller where the derivatives of single steps have norms of at most $q < 1$; and then the samples needed to see it grow like $q^{-2\\tau}$.",
        corrected=(
            reading(
                "samples",
                r"\lim_{\tau \to \infty} \frac{9}{s^2} q^{-2 \tau} = \infty",
                r"0 < q < 1; s > 0; \tau in N",
            ),
        ),
    ),
    entry(
        "E6",
        "10.7",
        "Whenever a model can represent long-term dependencies, their gradients are exponentially small.",
        reading(
            "whenever",
            r"\lim_{\tau \to \infty} \lvert w \rvert^\tau = 0",
            r"w in R; \lvert w \rvert \le 1; \tau in N",
            "The unit $x_t = w x_{t-1} + u_t$; with $w = 1$ it represents the sum of all inputs.",
        ),
        correction="Whenever they are stored by contraction. An integrator represents a sum with derivative 1 at every lag.",
        corrected=(
            reading(
                "an integrator",
                r"x_n = x_0 + \sum_{k=1}^{n} u_k",
                "x_t = x_{t-1} + u_t; u_i in R; n in N_0",
                "Every input counts alike.",
                induction=("n", 0),
            ),
        ),
    ),
    entry(
        "E7",
        "10.7",
        "There are regions of parameters where gradients neither vanish nor explode.",
        reading(
            "orthogonal weights",
            r"\lVert Q^t x \rVert = \lVert x \rVert",
            "Q in R^{n x n} orthogonal; x in R^n; t in N",
            "In a linear network with orthogonal weights.",
        ),
        note="Storage that is robust by contraction does not live there (E1).",
    ),
    empirical(
        "E8",
        "10.7; Bengio",
        "Training a plain recurrent network by gradient descent fails almost surely for dependencies of length 10 or 20.",
        Experiment(
            "One unit $x_t = \\tanh(w x_{t-1} + u_t)$ learns to keep a sign to the end: the first three inputs are learned, one set for each of two classes, the others are "
            "noise (uniform, standard deviation 0.2); the target is $\\pm 0.8$, the loss the squared error, the method plain stochastic gradient descent, one sequence "
            "an update, step 0.1, from $w = 1/2$ and inputs 0. A run succeeds at a look, every 500 updates, at which 95 % of the last 500 sequences ended with the right "
            "sign, within 2000 updates. 100 runs for each length.",
            _latch,
        ),
        correction="The fall with the length is real; where it happens depends on task, loss, start, noise and budget, and is no theorem.",
    ),
    entry(
        "E10",
        "LW",
        "A network of depth 10 has the problem almost certainly.",
        reading(
            "every network of depth 10",
            r"\lVert Q^{10} g \rVert \ne \lVert g \rVert",
            "Q in R^{n x n} orthogonal; g in R^n; g != 0",
            "Ten layers change the length of a gradient.",
        ),
        correction="Ten orthogonal layers keep every gradient; ten layers of sigmoids do not. The experiments that are meant concern sequences of length 10 to 20, and training.",
        corrected=(
            reading(
                "ten orthogonal layers",
                r"\lVert Q^{10} g \rVert = \lVert g \rVert",
                "Q in R^{n x n} orthogonal; g in R^n",
            ),
            reading("ten slopes of at most a quarter", r"\left(\frac{1}{4}\right)^{10} < 10^{-6}", ""),
        ),
    ),
    empirical(
        "E11",
        "10.11",
        "Gradient descent on LSTMs has replaced stronger optimisers: easier models beat better algorithms.",
        None,
        note="A statement about practice. The handout runs one LSTM cell against one tanh unit at two budgets: which does better depends on the budget, so one small task settles nothing.",
    ),
)
