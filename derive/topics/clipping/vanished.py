"""Section: clipping treats explosion only (claim D9)."""

from __future__ import annotations

from flint import arb, ctx

from derive.authoring import approximate, decimal, rational, real, scope, step
from derive.core import Block, Prose, Section
from derive.topics.clipping import Options

STEPS, START = 5000, "0.3"


def vanished(options: Options) -> Section:
    """No gradient becomes longer; while all are short nothing is changed."""
    return Section("vanishing", "What clipping does not treat", (*_shorter(), *_unchanged(options)))


def _shorter() -> tuple[Block, ...]:
    letters = scope(real("r", "r > 0"), real("v", "v > 0"))
    return (
        step(
            r"\min(1, \frac{v}{r}) r \le r",
            "A gradient of length $r$ never becomes longer by clipping,",
            letters,
            ledger=("D9",),
        ),
        step(
            r"\min(1, \frac{v}{r}) r = r",
            "and one that is not longer than $v$ stays as it is.",
            scope(real("r", "r > 0"), real("v", "v > 0"), given=(r"r \le v",)),
            ledger=("D9",),
        ),
        Prose(
            "So as long as no gradient exceeds the threshold, the two trajectories, with clipping and without, are the same."
        ),
    )


def _unchanged(options: Options) -> tuple[Block, ...]:
    near = scope(real("w", r"w \ge \frac{3}{10}", r"w \le \frac{31}{100}"))
    ledger = ("D9",)
    return (
        Prose(
            "**A chain of twenty weights, all $w$.** The loss $\\frac{1}{2} (w^{20} - 1)^2$ has its minimum at $w = 1$. Start at $w = 3/10$ with "
            f"$\\eta = 1/10$ and take {STEPS} steps:"
        ),
        step(
            r"\frac{d}{dw} \frac{1}{2} (w^{20} - 1)^{2} = 20 w^{19} (w^{20} - 1)",
            "The slope.",
            scope(real("w")),
            ledger=ledger,
        ),
        step(
            r"-20 w^{19} \le 20 w^{19} (w^{20} - 1) < 0",
            "Near the start it is negative, so every step leads to the right,",
            near,
            ledger=ledger,
        ),
        step(
            r"20 w^{19} \le 20 \left( \frac{31}{100} \right)^{19}",
            "and it is tiny: the gradient has vanished.",
            near,
            ledger=ledger,
        ),
        approximate(
            r"20 \left( \frac{31}{100} \right)^{19}",
            f"No gradient on the way reaches the threshold $v = {rational(options.threshold)}$, so nothing is ever clipped.",
            scope(),
            options.digits,
            ledger=ledger,
        ),
        approximate(
            rf"{STEPS} \cdot \frac{{1}}{{10}} \cdot 20 \left( \frac{{31}}{{100}} \right)^{{19}}",
            f"All {STEPS} steps together are no longer than this: the point stays between $3/10$ and $31/100$, as was assumed.",
            scope(),
            options.digits,
            ledger=ledger,
        ),
        Prose(
            f"With clipping and without, the point stands after {STEPS} steps at $w \\approx {_end()}$ (ball arithmetic): it has not moved in any sense that matters. "
            "A larger gradient would be needed, and clipping makes none larger."
        ),
    )


def _end() -> str:
    """Where gradient descent stands, enclosed rigorously, to eight digits."""
    with ctx.workprec(128):
        w = arb(START)
        for _ in range(STEPS):
            power = w**19
            w -= power * (power * w - 1) * 2  # 1/10 times 20
        return decimal(w, 8)
