"""Section: what experiments say, with exact intervals (claims E8, E9, E10, E11)."""

from __future__ import annotations

from fractions import Fraction

from derive.authoring import approximate, fixed, integer, matrix, quoted, rational, real, scope, step, vector
from derive.binomial import clopper_pearson
from derive.core import Block, Prose, Section, Table
from derive.topics.long_term import Options
from derive.topics.long_term.experiments import ENOUGH, LAST, NOISE, RATE, gated_cell, plain_unit, sigmoid_layers

LESSWRONG = "LessWrong post on vanishing and exploding gradients, paragraph on recurrent networks"
SEED = 10
LENGTHS = (5, 10, 20)
FORGET_BIASES = (1.0, 3.0)
CELL_LENGTH = 10
DRAWS = 200


def training(options: Options) -> Section:
    """A small task trained many times; one length judged in full; depth is not length; one LSTM cell."""
    return Section("training", "What training shows", (*_task(options), *_depth(options), *_cell(options), *_closing()))


def _task(options: Options) -> tuple[Block, ...]:
    runs = options.seeds
    (counts,) = plain_unit(LENGTHS, runs, (options.updates,), SEED)
    rows = tuple(
        (f"{length}", f"{count} of {runs}", _interval(count, runs))
        for length, count in zip(LENGTHS, counts, strict=True)
    )
    return (
        Prose(
            "The book reports that the probability of successful training is “rapidly reaching 0 for sequences of only length 10 or 20”. That is an observation about a task, a network, a way to train, and a budget; no theorem. "
            "Here is a small one of the kind. A unit $x_t = \\tanh(w x_{t-1} + u_t)$ shall end near $+0.8$ for one class of sequences and near $-0.8$ for the other. Only the first three inputs tell the class, and they are learned; "
            f"all later ones are noise (uniform, standard deviation {NOISE}). Squared error, one sequence an update, step size {RATE}, {options.updates} updates, from $w = 1/2$ and inputs 0. A run succeeds if at least "
            f"{round(100 * ENOUGH)} % of its last {min(LAST, options.updates)} sequences end with the right sign."
        ),
        Table(
            f"Successful runs of {runs}, seed {SEED}, with exact 95 % intervals (Clopper and Pearson)",
            ("length", "successes", "probability of success"),
            rows,
        ),
        *_judged(counts[1], runs),
        Prose(
            "The fall is real, and it is no wall: a longer budget, another step size or another start moves the numbers. Whoever quotes “length 10 or 20” has to name them all."
        ),
    )


def _ends(count: int, runs: int) -> tuple[Fraction, Fraction]:
    """The interval, rounded outwards to whole per cents."""
    low, high = clopper_pearson(count, runs)
    return Fraction(int(100 * low), 100), Fraction(-int(-100 * high // 1), 100)


def _interval(count: int, runs: int) -> str:
    low, high = _ends(count, runs)
    return f"{int(100 * low)} % to {int(100 * high)} %"


def _judged(count: int, runs: int) -> tuple[Block, ...]:
    """Both ends of the interval of the middle length, as inequalities between exact numbers."""
    low, high = _ends(count, runs)
    blocks: list[Block] = [
        Prose(
            f"The interval says which probabilities of success are compatible with the count, here for length {LENGTHS[1]} with {count} of {runs}. At a smaller one so many successes, at a larger one so few, would occur in at most one of forty experiments:"
        )
    ]
    if count > 0:
        blocks.append(_tail(count, runs, runs, low, "At the lower end so many successes or more,"))
    if count < runs:
        blocks.append(_tail(0, count, runs, high, "and at the upper end so few or fewer."))
    return tuple(blocks)


def _tail(first: int, last: int, runs: int, p: Fraction, reason: str) -> Block:
    chance = fixed(p, 2)
    formula = rf"\sum_{{i={first}}}^{{{last}}} \binom{{{runs}}}{{i}} {chance}^{{i}} (1 - {chance})^{{{runs} - i}} \le \frac{{1}}{{40}}"
    return step(formula, reason, scope(), ledger=("E8", "E9"))


def _depth(options: Options) -> tuple[Block, ...]:
    layers = scope(matrix("Q", "orthogonal"), vector("x"))
    sigmoid = scope(real("y", r"0 < y < 1"))
    ratios = sigmoid_layers(10, 32, DRAWS, SEED)
    rows = (
        ("smallest", _power(ratios[0])),
        ("median", _power(ratios[len(ratios) // 2])),
        ("largest", _power(ratios[-1])),
    )
    return (
        Prose(
            "**Length is not depth.** The post repeats the report for *networks of depth 10* and *near certainty*. Ten orthogonal layers:"
        ),
        step(
            r"\lVert Q^{10} x \rVert_2 = \lVert x \rVert_2",
            "the gradient is as long at the bottom as at the top.",
            layers,
            ledger=("E10",),
        ),
        quoted(
            r"\lVert Q^{10} x \rVert_2 < \lVert x \rVert_2",
            "Read as a statement about every network of that depth.",
            layers,
            LESSWRONG,
            "in cases where a simple neural network is even a depth of 10, this problem will show up with near certainty",
            ledger=("E10",),
        ),
        step(
            r"y (1 - y) \le \frac{1}{4}",
            "For sigmoid layers it is another matter: no slope of a sigmoid with the value $y$ is above $1/4$.",
            sigmoid,
            ledger=("E10",),
        ),
        Table(
            f"Gradient at the input over gradient at the output: ten sigmoid layers of width 32, weights Gaussian with variance $1/32$, {DRAWS} draws, seed {SEED}",
            ("", "ratio"),
            rows,
        ),
        Prose("So it is the layers that decide, not the number ten."),
    )


def _power(value: float) -> str:
    """One significant digit and a power of ten."""
    from flint import arb

    from derive.authoring import decimal

    return f"${decimal(arb(value), 1)}$"


def _cell(options: Options) -> tuple[Block, ...]:
    f, T = rational(options.forget), options.lag
    shared = scope(
        integer("t", r"t \ge 0"),
        integer("s", r"s \ge 1"),
        real("f"),
        real("z"),
        real("D", family=True),
        given=(r"f \ne 1", r"D_0 = 0", r"D_s = f D_{s-1} + 1"),
    )
    runs = options.seeds
    budgets = (options.updates // 3, 3 * options.updates // 4)
    plain = [counts[0] for counts in plain_unit((CELL_LENGTH,), runs, budgets, SEED)]
    gated = gated_cell(CELL_LENGTH, runs, budgets, SEED, FORGET_BIASES)
    names = ("tanh unit", *(f"LSTM cell, forget bias {bias:g} at first" for bias in FORGET_BIASES))
    rows = tuple(
        (str(budget), name, f"{count} of {runs}", _interval(count, runs))
        for budget, tanh_unit, cells in zip(budgets, plain, gated, strict=True)
        for name, count in zip(names, (tanh_unit, *cells), strict=True)
    )
    return (
        Prose(
            "**“Use an LSTM.”** The book says of second-order methods and of Nesterov momentum that they “have largely been replaced by simply using SGD … applied to LSTMs”. That is history, not mathematics. What can be derived is one thing that works against a single cell. "
            "The cell keeps the path through time open, $c_s = f c_{s-1} + z_s$. But its bias is used at every step, and collects a term each time:"
        ),
        step(
            r"D_t = \frac{1 - f^{t}}{1 - f}",
            "The derivative of the state by a bias inside $z_s$, $D_s = f D_{s-1} + 1$ from $D_0 = 0$, by induction. The derivative by the first input alone is $f^{t-1}$.",
            shared,
            induction=("t", 0),
            ledger=("E11",),
        ),
        approximate(
            rf"\frac{{1 - \left( {f} \right)^{{{T}}}}}{{1 - {f}}}",
            f"With $f = {f}$ and $t = {T}$ the bias has",
            scope(),
            options.digits,
            ledger=("E11",),
        ),
        approximate(
            rf"\left( {f} \right)^{{{T - 1}}}", "and the input that matters", scope(), options.digits, ledger=("E11",)
        ),
        Table(
            f"The same task, length {CELL_LENGTH}, seed {SEED}: successes with exact 95 % intervals",
            ("updates", "", "successes", "probability of success"),
            rows,
        ),
        Prose(
            " ".join(_judgement(*row, runs) for row in zip(budgets, plain, gated, strict=True))
            + " One unit, one task, one length: as a test of the book's sentence this is **inconclusive** whichever way it comes out; other lengths, and other budgets than these (`--updates`), are another question."
        ),
    )


def _judgement(budget: int, plain: int, gated: list[int], runs: int) -> str:
    """What the counts allow one to say, by whether the intervals are apart."""
    low, high = clopper_pearson(plain, runs)
    better = sum(clopper_pearson(count, runs)[0] > high for count in gated)
    worse = sum(clopper_pearson(count, runs)[1] < low for count in gated)
    starts = {0: "from neither start", 1: "from one start", 2: "from both starts"}
    if better and worse:
        found = "the cell does better from one start and worse from the other"
    elif better or worse:
        found = f"the cell does {'better' if better else 'worse'} {starts[better + worse]}"
    else:
        found = "the intervals overlap, and nothing can be said"
    return f"After {budget} updates {found}."


def _closing() -> tuple[Block, ...]:
    return (
        Prose(
            "**To take home.** The gradient by a shared parameter is a sum over time. Under contraction its old terms are exponentially small, and exponentially expensive to see. Contraction is a property of the Jacobians along the path, "
            "measured by singular values, and not of what the model can represent. How fast training fails is measured, and every such number belongs to its task and budget."
        ),
    )
