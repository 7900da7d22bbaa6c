"""The matrix diagonalised in square roots: SymPy solves, the kernel checks (claim A1).

For small matrices whose eigenvalues are quadratic irrationals, real or complex, such as Fibonacci's [[1, 1], [1, 0]].
"""

from __future__ import annotations

from derive.authoring import assume, explicit, integer, matrix, scope, step
from derive.core import Block
from derive.formula import show
from derive.topics.vanishing.spectrum import Analysis

LARGEST = 3


def in_radicals(analysis: Analysis) -> bool:
    """Distinct eigenvalues, none above degree 2 over the rationals, some of degree 2, few digits."""
    if analysis.size > LARGEST or analysis.parts or not analysis.diagonalisable:
        return False
    _, factors = analysis.characteristic.factor()
    short = all(len(str(entry)) <= 6 for row in analysis.rows for entry in row)
    return short and all(factor.degree() <= 2 and multiplicity == 1 for factor, multiplicity in factors)


def diagonalised_in_radicals(analysis: Analysis) -> list[Block]:
    """V and Λ from SymPy, then the three checks that make them a diagonalisation."""
    V, Lambda = _solved(analysis)
    size, domain = analysis.size, "real" if analysis.real_spectrum else "complex"
    given = (f"W = {explicit(analysis.rows)}", f"V = {V}", rf"\Lambda = \operatorname{{diag}}({Lambda})")
    declared = scope(
        integer("t", r"t \ge 0"),
        matrix("W", size=size),
        matrix("V", size=size, domain=domain),
        matrix("Lambda", size=size, domain=domain),
        given=given,
    )
    return [
        assume(given[1], "eigenvectors, as columns (solved by SymPy, checked below).", declared),
        assume(given[2], "eigenvalues.", declared),
        step(r"\det(V) \ne 0", "The eigenvectors are independent.", declared, ledger=("A1",)),
        step(r"W V = V \Lambda", "And they are eigenvectors, exactly.", declared, ledger=("A1",)),
        step(
            r"W^{t} = V \Lambda^{t} V^{-1}",
            "So the theorem applies; here it is once more for these very matrices, entry by entry.",
            declared,
            induction=("t", 0),
            ledger=("A1",),
        ),
    ]


def _solved(analysis: Analysis) -> tuple[str, str]:
    """LaTeX of V and of the diagonal of Λ. The eigenvector for a root of χ is scaled to end in 1."""
    import sympy

    from derive.sympy_bridge import from_sympy

    W = sympy.Matrix([[sympy.Rational(q.numerator, q.denominator) for q in row] for row in analysis.rows])
    columns, values = [], []
    for value, _, vectors in sorted(W.eigenvects(), key=lambda triple: _place(complex(triple[0]))):
        column = [sympy.radsimp(entry) for entry in vectors[0]]
        columns.append([show(from_sympy(sympy.expand(entry))) for entry in column])
        values.append(show(from_sympy(sympy.expand(value))))
    rows = [" & ".join(row) for row in zip(*columns, strict=True)]
    return r"\begin{pmatrix} " + r" \\ ".join(rows) + r" \end{pmatrix}", ", ".join(values)


def _place(value: complex) -> tuple[float, float, float]:
    """Falling modulus, then falling real, then imaginary part: the order of the table of eigenvalues."""
    return (-round(abs(value), 12), -round(value.real, 12), -value.imag)
