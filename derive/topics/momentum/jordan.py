"""Section: the double root is a Jordan block; how many steps it takes (claim C11)."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from flint import arb, ctx, fmpq

from derive.authoring import assume, integer, matrix, rational, real, scope, step
from derive.core import Block, Prose, Section
from derive.topics.momentum import Options

TARGET = 8
"""The error is brought to 10^-TARGET of its start."""
BLOCK = r"A = \begin{pmatrix} 2 r & -r^{2} \\ 1 & 0 \end{pmatrix}"


def jordan(options: Options) -> Section:
    """The powers of the block, the error, the number of steps of the options."""
    return Section("jordan", "The Jordan block inside", (*_block(), *_steps(options), *_trap()))


def _block() -> tuple[Block, ...]:
    r, A = real("r", "0 < r", "r < 1"), matrix("A", size=2)
    declared = scope(r, A, given=(BLOCK,))
    powers = scope(integer("k", r"k \ge 1"), r, A, given=(BLOCK,))
    k = integer("k", r"k \ge 0")
    return (
        Prose(
            "At $\\lambda = m$ Nesterov's recurrence has $p = 2r$ and $q = r^2$ with $r = 1 - 1/\\sqrt{\\kappa}$. As a matrix, from $(x_k, x_{k-1})$ to $(x_{k+1}, x_k)$:"
        ),
        assume(BLOCK, "the iteration along the slowest eigenvector.", declared),
        step(
            r"\det(z I - A) = (z - r)^{2}",
            "Its only eigenvalue is $r$.",
            scope(real("z"), r, A, given=(BLOCK,)),
            ledger=("C11",),
        ),
        step(
            r"(A - r I)^{2} = 0",
            "But it is not $r I$, since it has a 1 in the corner: it is not diagonalisable.",
            declared,
            ledger=("C11",),
        ),
        step(
            r"A^{k} = \begin{pmatrix} (k + 1) r^{k} & -k r^{k+1} \\ k r^{k-1} & (1 - k) r^{k} \end{pmatrix}",
            "So its powers contain a factor $k$ beside $r^k$, by induction.",
            powers,
            induction=("k", 1),
            ledger=("C11",),
        ),
        step(
            r"(k + 1) r^{k} - k r^{k+1} = r^{k} (1 + k (1 - r))",
            "From $x_0 = x_{-1} = 1$, which is a start at rest, the error after $k$ steps is",
            scope(k, r),
            ledger=("C11",),
        ),
        step(
            r"\lim_{k \to \infty} r^{k} (1 + k (1 - r)) = 0",
            "It vanishes, the factor notwithstanding.",
            scope(k, r),
            ledger=("C11",),
        ),
    )


def _steps(options: Options) -> tuple[Block, ...]:
    kappa = options.largest / options.smallest
    fast, slow = nesterov_steps(kappa), plain_steps(kappa)
    root = _root(kappa)
    r = f"1 - \\frac{{1}}{{{root}}}"
    rate = rational((kappa - 1) / (kappa + 1))

    def error(k: int) -> str:
        return rf"\left( {r} \right)^{{{k}}} \left( 1 + \frac{{{k}}}{{{root}}} \right)"

    return (
        Prose(
            f"**How many steps** bring the error to $10^{{-{TARGET}}}$ of its start, for $\\kappa = {rational(kappa)}$?"
        ),
        step(
            f"{error(fast)} < 10^{{-{TARGET}}}",
            f"Nesterov's momentum: ${fast}$ steps along the slowest eigenvector,",
            scope(),
            ledger=("C11",),
        ),
        step(f"{error(fast - 1)} \\ge 10^{{-{TARGET}}}", "and one less is not enough.", scope(), ledger=("C11",)),
        step(
            rf"\left( {rate} \right)^{{{slow}}} < 10^{{-{TARGET}}}",
            f"Gradient descent with its best learning rate: ${slow}$ steps,",
            scope(),
            ledger=("C11",),
        ),
        step(
            rf"\left( {rate} \right)^{{{slow - 1}}} \ge 10^{{-{TARGET}}}",
            "and one less is not enough.",
            scope(),
            ledger=("C11",),
        ),
    )


def _root(kappa: Fraction) -> str:
    """LaTeX of the square root, exact where it is rational."""
    above, below = (int(part**0.5 + 0.5) for part in (kappa.numerator, kappa.denominator))
    if Fraction(above * above, below * below) == kappa:
        return rational(Fraction(above, below))
    return rf"\sqrt{{{rational(kappa)}}}"


def nesterov_steps(kappa: Fraction) -> int:
    """The first k with r^k (1 + k (1 - r)) < 10^-TARGET: the error falls with k."""
    with ctx.workprec(128):
        r = 1 - 1 / arb(fmpq(kappa.numerator, kappa.denominator)).sqrt()
        return _first(lambda k: r**k * (1 + k * (1 - r)) < arb(10) ** -TARGET)


def plain_steps(kappa: Fraction) -> int:
    """The first k with ((kappa - 1)/(kappa + 1))^k < 10^-TARGET."""
    q = (kappa - 1) / (kappa + 1)
    with ctx.workprec(128):
        r = arb(fmpq(q.numerator, q.denominator))
        return _first(lambda k: r**k < arb(10) ** -TARGET)


def _first(small: Callable[[int], bool]) -> int:
    """The first positive integer at which a condition holds that holds ever after."""
    high = 1
    while not small(high):
        high *= 2
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if small(middle) else (middle, high)
    return high


def _trap() -> tuple[Block, ...]:
    return (
        Prose(
            "A program that diagonalises $A$ in floating point meets the trap of every defective matrix: `numpy.linalg.eig` raises nothing, and returns two eigenvectors that are the same to about eight digits. "
            "Their matrix cannot be inverted with any use. Count steps with the formula above, or multiply.",
            "lecturer",
        ),
    )
