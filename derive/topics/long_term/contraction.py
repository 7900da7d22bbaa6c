"""Section: under contraction the terms of long ago are exponentially small (claim E5)."""

from __future__ import annotations

from flint import arb, ctx

from derive.authoring import decimal, integer, rational, real, scope, step
from derive.core import Block, Prose, Section, Table
from derive.topics.long_term import Options
from derive.topics.long_term.figures import lags_figure
from derive.topics.long_term.terms import BITS, carried_by_slopes, terms_of, total_derivative


def contraction(options: Options) -> Section:
    """|J| <= q: the k-th term is at most C q^(T-k); long against short; the terms of a tanh unit."""
    return Section(
        "contraction", "Under contraction long ago is exponentially far", (*_bound(), *_share(), *_example(options))
    )


def _bound() -> tuple[Block, ...]:
    term = scope(
        integer("n", r"n \ge 0"),
        real("b"),
        real("p"),
        real("q", r"q \ge 0"),
        real("J", r"\lvert J_k \rvert \le q", family=True),
    )
    return (
        Prose(
            "Let no step of the way stretch: $\\lvert J_k \\rvert \\le q$ with $q < 1$. (For several units read norms.) A term that has passed $n$ steps, multiplied by the slope $b$ of the loss:"
        ),
        step(
            r"\left\lvert b \left( \prod_{j=1}^{n} J_j \right) p \right\rvert \le \lvert b \rvert \lvert p \rvert q^{n}",
            "By induction: each step contributes one factor $q$ at most.",
            term,
            induction=("n", 0),
            ledger=("E5",),
        ),
    )


def _share() -> tuple[Block, ...]:
    letters = (integer("T", r"T \ge 1"), real("q", r"0 < q < 1"), real("C", r"C > 0"))
    lag = scope(*letters, integer("n", r"n \ge 1"), given=(r"n \le T",))
    return (
        Prose(
            "If $\\lvert b \\rvert \\lvert p_k \\rvert \\le C$, the whole gradient of a sequence of length $T$ is bounded however long the sequence:"
        ),
        step(
            r"\sum_{k=1}^{T} C q^{T-k} = C \frac{1 - q^{T}}{1 - q}", "A geometric sum.", scope(*letters), ledger=("E5",)
        ),
        step(
            r"C \frac{1 - q^{T}}{1 - q} < \frac{C}{1 - q}",
            "It is below this for every $T$,",
            scope(*letters),
            ledger=("E5",),
        ),
        step(
            r"\sum_{k=1}^{T-n} C q^{T-k} = q^{n} C \frac{1 - q^{T-n}}{1 - q}",
            "and all that is older than $n$ steps together has the bound $q^n C/(1-q)$: the share of the past is exponentially small.",
            lag,
            ledger=("E5",),
        ),
    )


def _example(options: Options) -> tuple[Block, ...]:
    w, T = rational(options.weight), options.horizon
    terms = terms_of(options)
    with ctx.workprec(BITS):
        total = sum(terms, arb(0))
        whole = total_derivative(options)
        lags = sorted({0, 1, 2, 5, 10, T // 2, T - 2})
        rows = tuple((f"${n}$", f"${decimal(abs(terms[T - 1 - n]), 2)}$") for n in lags if n <= T - 2)
        carried = carried_by_slopes(options)
        pace = carried ** (arb(1) / (T - 1))
        agree = abs(total - whole) < arb(2) ** -200
    x = scope(real("w", r"0 < w < 1"), real("x"), real("u"))
    return (
        Prose(
            f"**A worked case.** $x_t = \\tanh(w x_{{t-1}} + u_t)$ with your $w = {w}$, $x_0 = 0$ and the inputs $u_t = \\frac{{1}}{{2}} \\cos t$, for $T = {T}$ steps."
        ),
        step(
            r"\frac{\partial}{\partial x} \tanh(w x + u) = w (1 - (\tanh(w x + u))^{2}) \le w",
            "The slope of a step is at most $w$, so $q = w$ will do.",
            x,
            ledger=("E5",),
        ),
        Table(
            f"Terms of $\\partial x_{{{T}}} / \\partial w$ by their lag, in ball arithmetic",
            ("lag $T - k$", "size of the term"),
            rows,
        ),
        lags_figure(options),
        Prose(
            f"From step 1 to step {T} the slopes multiply to ${decimal(carried, 2)}$: a factor ${decimal(pace, 3)}$ a step on average, below $w = {w}$ as the theorem says. "
            + (
                "The sum of the terms equals the derivative carried along step by step, to 200 bits."
                if agree
                else "**The sum of the terms differs from the derivative.**"
            )
        ),
    )
