"""Section: a zero that exact arithmetic keeps and the machine does not (claim A7)."""

from __future__ import annotations

from fractions import Fraction
from math import isqrt

from derive.authoring import assume, integer, matrix, scope, step, vector
from derive.core import Block, Prose, Section, Table
from derive.topics.floating_point.arithmetic import Format, added, multiplied, rounded

B = r"B = \begin{pmatrix} 4 & 1 \\ 2 & 3 \end{pmatrix}"
U = r"u = \begin{pmatrix} 2 \\ 1 \end{pmatrix}"
X = r"x = \begin{pmatrix} 1 \\ -2 \end{pmatrix}"
MOST_STEPS = 200

State = tuple[Fraction, Fraction]


def zeros(form: Format) -> Section:
    """The power method with overlap 0."""
    return Section("zeros", "A zero that rounding does not keep", (*_exact(), *_machine(form)))


def _exact() -> tuple[Block, ...]:
    given = scope(
        integer("t", r"t \ge 0"),
        matrix("B", size=2),
        vector("u", size=2),
        vector("x", size=2),
        given=(B, U, X),
    )
    power = scope(integer("t", r"t \ge 0"), matrix("B", size=2), given=(B,))
    return (
        Prose(
            "Multiply a vector again and again by a matrix with eigenvalues 5 and 2, starting on the eigenvector for 2. The row $u^\\top$ measures what goes to the other one."
        ),
        assume(B, "eigenvalues 5 and 2.", given),
        assume(U, "left eigenvector for 5.", given),
        assume(X, "start, right eigenvector for 2.", given),
        step(r"u^\top B = 5 u^\top", "It measures.", given, ledger=("A7",)),
        step(r"u^\top x = 0", "Nothing of the start belongs to 5.", given, ledger=("A7",)),
        step(
            r"B^{t} = \frac{5^{t}}{3} \begin{pmatrix} 2 & 1 \\ 2 & 1 \end{pmatrix} + \frac{2^{t}}{3} \begin{pmatrix} 1 & -1 \\ -2 & 2 \end{pmatrix}",
            "All powers, by induction: the part with $5^t$ annihilates the start. In exact arithmetic the eigenvalue 5 never shows.",
            power,
            induction=("t", 0),
            ledger=("A7",),
        ),
    )


# ------------------------------------------------------------------------------------------------------------ the machine


def _machine(form: Format) -> tuple[Block, ...]:
    run = power_method(form)
    first = next((t for t, x in enumerate(run) if 2 * x[0] + x[1] != 0), None)
    cured = next((t for t, (a, b) in enumerate(run) if (a + b) ** 2 > a * a + b * b), None)
    opening = Prose(
        f"In the format *{form.name}*, with division by the length at every step, each operation rounded, the run is this. The last column is $u^\\top x_t$, computed exactly from the numbers that the machine holds."
    )
    if first is None or cured is None:
        return (
            opening,
            Prose(
                f"In this format the zero is kept for all of {MOST_STEPS} steps: no rounding error falls in the way."
            ),
        )
    shown = sorted({0, 1, first, first + 1, (first + cured) // 2, cured - 1, cured, min(cured + 10, len(run) - 1)})
    rows = tuple((f"${t}$", f"${float(run[t][0]):.4f}$", f"${float(run[t][1]):.4f}$", _overlap(run[t])) for t in shown)
    return (
        opening,
        Table(
            f"The power method from $x$ in the format *{form.name}*",
            ("$t$", "first entry", "second entry", "overlap"),
            rows,
        ),
        *_first_error(form, run[first], first),
        Prose(
            f"An error of the last digit is an overlap. From then on it is multiplied by 5 at each step, the rest by 2, and after {cured} steps it has won. A run in floating point seems to refute a true theorem. It refutes nothing: "
            "its numbers are not $B^t x$. Claims about exact zeros belong in exact arithmetic. (The topic `power-method` tells more.)"
        ),
    )


def _overlap(x: State) -> str:
    value = 2 * x[0] + x[1]
    if value == 0:
        return "$0$"
    mantissa, exponent = f"{float(value):.2e}".split("e")
    return f"${mantissa} \\cdot 10^{{{int(exponent)}}}$"


def _first_error(form: Format, x: State, t: int) -> tuple[Block, ...]:
    bits = max(entry.denominator.bit_length() - 1 for entry in x)
    a, b = (int(entry * 2**bits) for entry in x)
    value = 2 * a + b
    sign = "-" if b < 0 else "+"
    return (
        step(
            rf"\frac{{2 \cdot {a} {sign} {abs(b)}}}{{2^{{{bits}}}}} = {'-' if value < 0 else ''}\frac{{{abs(value)}}}{{2^{{{bits}}}}}",
            f"After step {t} the two entries are these integers over $2^{{{bits}}}$, and the overlap is not 0 any more.",
            scope(),
            ledger=("A7",),
        ),
    )


def power_method(form: Format) -> list[State]:
    """The iterates from (1, -2), up to some steps after the other eigenvector has won."""
    x: State = (Fraction(1), Fraction(-2))
    run = [x]
    while len(run) <= MOST_STEPS:
        a, b = x
        y = (
            _sum(_product(Fraction(4), a, form), b, form),
            _sum(_product(Fraction(2), a, form), _product(Fraction(3), b, form), form),
        )
        length = _root(_sum(_product(y[0], y[0], form), _product(y[1], y[1], form), form), form)
        x = (_quotient(y[0], length, form), _quotient(y[1], length, form))
        run.append(x)
        if len(run) > 12 and all((p + q) ** 2 > p * p + q * q for p, q in run[-12:]):
            break
    return run


def _finite(value: object) -> Fraction:
    assert isinstance(value, Fraction)
    return value


def _sum(x: Fraction, y: Fraction, form: Format) -> Fraction:
    return _finite(added(x, y, form))


def _product(x: Fraction, y: Fraction, form: Format) -> Fraction:
    return _finite(multiplied(x, y, form))


def _quotient(x: Fraction, y: Fraction, form: Format) -> Fraction:
    return _finite(rounded(x / y, form))


def _root(x: Fraction, form: Format) -> Fraction:
    """The square root, correctly rounded: from an integer root with many more digits, which no tie can fool (a root with few digits
    is found exactly)."""
    shift = 4 * form.precision + 40
    scaled = x.numerator * 4**shift // x.denominator
    root = isqrt(scaled)
    exact = root * root == scaled and x.numerator * 4**shift % x.denominator == 0
    return _finite(rounded(Fraction(2 * root + (not exact), 2 * 2**shift), form))
