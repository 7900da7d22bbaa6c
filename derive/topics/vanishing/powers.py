"""Section: only the eigenvalues are raised to the power (claim A1). The general induction, then the worked matrix."""

from __future__ import annotations

from fractions import Fraction

from derive.authoring import (
    approximate,
    assume,
    complex_number,
    explicit,
    integer,
    matrix,
    rational,
    real,
    scope,
    step,
)
from derive.core import Block, Prose, Scope, Section
from derive.topics.vanishing import Options
from derive.topics.vanishing.figures import spectrum_figure
from derive.topics.vanishing.radicals import diagonalised_in_radicals, in_radicals
from derive.topics.vanishing.spectrum import Analysis, Rows, rounding_decides
from derive.topics.vanishing.tables import spectrum_table, summary_table

LETTERS = (
    integer("t", r"t \ge 0"),
    matrix("W", "invertible", domain="complex"),
    matrix("V", "invertible", domain="complex"),
    matrix("Lambda", "diagonal", "invertible", domain="complex"),
)


def powers(options: Options, analysis: Analysis) -> Section:
    """The theorem for every diagonalisable W, then what it says of the matrix at hand."""
    return Section(
        "powers", "Only the eigenvalues are raised to the power", (*_theorem(), *_example(options, analysis))
    )


def _theorem() -> tuple[Block, ...]:
    plain = (LETTERS[0], matrix("W", domain="complex"), LETTERS[2], matrix("Lambda", "diagonal", domain="complex"))
    eigen = r"W = V \Lambda V^{-1}"
    given = scope(*plain, given=(eigen,))
    supposed = scope(*plain, given=(eigen, r"W^{t} = V \Lambda^{t} V^{-1}"))
    entries = scope(
        LETTERS[0],
        integer("d", r"d \ge 1"),
        complex_number("lambda", family=True),
        matrix("Lambda", domain="complex"),
        given=(r"\Lambda = \operatorname{diag}(\lambda_1, \dots, \lambda_d)",),
    )
    backwards = scope(*LETTERS, given=(eigen,))
    return (
        Prose(
            "Suppose that $W$ has a full set of eigenvectors. Put them into the columns of $V$ and the eigenvalues on the "
            "diagonal of $\\Lambda$. A real $W$ may need complex $V$ and $\\Lambda$; nothing below minds."
        ),
        assume(eigen, "hypothesis: $W$ is diagonalisable. Section 3 drops this.", given),
        step(
            r"W^{0} = I = V \Lambda^{0} V^{-1}",
            "Start: the power 0 is the identity on both sides.",
            given,
            ledger=("A1",),
        ),
        assume(
            r"W^{t} = V \Lambda^{t} V^{-1}", "suppose it holds for one $t \\ge 0$ (the induction hypothesis).", supposed
        ),
        step(
            r"W^{t+1} = W^{t} W = V \Lambda^{t} (V^{-1} V) \Lambda V^{-1} = V \Lambda^{t} \Lambda V^{-1} = V \Lambda^{t+1} V^{-1}",
            "Step: insert both, and the inner pair $V^{-1} V = I$ cancels.",
            supposed,
            ledger=("A1",),
        ),
        step(
            r"W^{t} = V \Lambda^{t} V^{-1}",
            "By induction, for every $t \\ge 0$.",
            given,
            induction=("t", 0),
            ledger=("A1",),
        ),
        step(
            r"\Lambda^{t} = \operatorname{diag}(\lambda_1^{t}, \dots, \lambda_d^{t})",
            "A diagonal matrix is raised entry by entry: this is the only place where the power acts.",
            entries,
            ledger=("A1",),
        ),
        step(
            r"(W^{-1})^{t} = V (\Lambda^{-1})^{t} V^{-1}",
            "If no eigenvalue is 0, the same holds backwards in time.",
            backwards,
            induction=("t", 0),
            ledger=("A1",),
        ),
    )


# ------------------------------------------------------------------------------------------------- the worked matrix


def _example(options: Options, analysis: Analysis) -> tuple[Block, ...]:
    opening = Prose("**The matrix of this handout.**" if options.matrix is None else "**Your matrix.**")
    if not analysis.small:
        return (opening, *_summary(analysis))
    declared = scope(
        integer("t", r"t \ge 0"),
        matrix("W", size=analysis.size),
        given=(f"W = {explicit(analysis.rows)}",),
    )
    shown: list[Block] = [opening, assume(f"W = {explicit(analysis.rows)}", "given.", declared)]
    shown += _structure(analysis, declared)
    if analysis.parts and not _too_long(analysis):
        shown += _closed_form(analysis)
    shown.append(
        approximate(
            f"W^{{{options.n}}}",
            f"After {_steps(options.n)}:",
            declared,
            options.digits,
            ledger=("A1",),
        )
    )
    shown += [spectrum_table(analysis, options), spectrum_figure(analysis)]
    return tuple(shown)


def _steps(n: int) -> str:
    return "1 step" if n == 1 else f"{n} steps"


def _summary(analysis: Analysis) -> tuple[Block, ...]:
    return (
        Prose(
            f"It is {analysis.size} by {analysis.size}: too large to print. Its spectrum is enclosed rigorously from the "
            "exact characteristic polynomial; no entry was rounded."
        ),
        summary_table(analysis),
        spectrum_figure(analysis),
        *_warning(analysis),
    )


def _structure(analysis: Analysis, declared: Scope) -> list[Block]:
    """Diagonalised exactly where the eigenvalues are rational; otherwise its characteristic polynomial."""
    blocks: list[Block] = []
    if analysis.parts and analysis.diagonalisable and not _too_long(analysis):
        blocks += _diagonalised(analysis)
    elif in_radicals(analysis):
        blocks += [*_characteristic(analysis), *diagonalised_in_radicals(analysis)]
    else:
        blocks += [*_characteristic(analysis), *_not_printed(analysis)]
    return [*blocks, *_warning(analysis)]


def _not_printed(analysis: Analysis) -> tuple[Block, ...]:
    if not analysis.diagonalisable:
        return ()
    return (
        Prose(
            "It is diagonalisable, over the complex numbers if need be: its minimal polynomial has no repeated root (decided exactly). "
            "Its eigenvectors have no short form and are not printed."
        ),
    )


def _warning(analysis: Analysis) -> tuple[Block, ...]:
    if not analysis.diagonalisable:
        return (
            Prose(
                "This matrix is **defective**: it has fewer independent eigenvectors than rows (decided exactly: its minimal "
                "polynomial has a repeated root). There is no $V$, the theorem above does not apply to it, and section 3 "
                "says what happens instead."
            ),
        )
    if rounding_decides(analysis):
        return (
            Prose(
                "Taken at its word this matrix is diagonalisable, but within rounding of a defective one: **the rounding of your "
                "data decides**. A change in the 16th digit of the entries can move its eigenvalues by more than half their "
                "distance, so read every figure that involves $V$ with that in mind."
            ),
        )
    return ()


def _diagonalised(analysis: Analysis) -> list[Block]:
    columns, values = eigenvectors(analysis)
    size = analysis.size
    V = explicit(tuple(zip(*columns, strict=True)))
    given = (
        f"W = {explicit(analysis.rows)}",
        f"V = {V}",
        rf"\Lambda = \operatorname{{diag}}({', '.join(rational(value) for value in values)})",
    )
    letters = (matrix("W", size=size), matrix("V", size=size), matrix("Lambda", size=size))
    declared = scope(*letters, given=given)
    return [
        assume(given[1], "eigenvectors, as columns.", declared),
        assume(given[2], "eigenvalues.", declared),
        step(r"\det(V) \ne 0", "The eigenvectors are independent.", declared, ledger=("A1",)),
        step(r"W V = V \Lambda", "They are eigenvectors, exactly.", declared, ledger=("A1",)),
    ]


def _characteristic(analysis: Analysis) -> list[Block]:
    declared = scope(real("x"), matrix("W", size=analysis.size), given=(f"W = {explicit(analysis.rows)}",))
    return [
        step(
            rf"\det(x I - W) = {polynomial_latex(analysis)}",
            "The characteristic polynomial; its roots are the eigenvalues.",
            declared,
            ledger=("A1",),
        )
    ]


def polynomial_latex(analysis: Analysis) -> str:
    """The characteristic polynomial in x, factored where it factors over the rationals."""
    content, factors = analysis.characteristic.factor()
    del content
    return " ".join(_factor_latex(factor, int(multiplicity), len(factors)) for factor, multiplicity in factors)


def _factor_latex(factor: object, multiplicity: int, count: int) -> str:
    coefficients = [Fraction(int(c.p), int(c.q)) for c in factor.coeffs()]  # type: ignore[attr-defined]
    lead = coefficients[-1]
    text = ""
    for degree in range(len(coefficients) - 1, -1, -1):
        value = coefficients[degree] / lead
        if value:
            power = "" if degree == 0 else "x" if degree == 1 else f"x^{{{degree}}}"
            size = rational(abs(value)) if abs(value) != 1 or not power else ""
            sign = "-" if value < 0 else "+" if text else ""
            text += f" {sign} {size} {power}"
    body = text.strip()
    if count == 1 and multiplicity == 1:
        return body
    return f"({body})" + (f"^{{{multiplicity}}}" if multiplicity > 1 else "")


def eigenvectors(analysis: Analysis) -> tuple[list[tuple[Fraction, ...]], list[Fraction]]:
    """Independent columns of the projectors, scaled so that the first entry that is not 0 is 1."""
    columns: list[tuple[Fraction, ...]] = []
    values: list[Fraction] = []
    for part in analysis.parts:
        independent: list[list[Fraction]] = []
        for column in zip(*part.matrices[0], strict=True):
            if _independent(independent, list(column)):
                lead = next(entry for entry in column if entry)
                columns.append(tuple(entry / lead for entry in column))
                values.append(part.value)
    return columns, values


def _independent(echelon: list[list[Fraction]], column: list[Fraction]) -> bool:
    """Extend the echelon form by the column if it is not in its span."""
    for row in echelon:
        pivot = next(i for i, entry in enumerate(row) if entry)
        factor = column[pivot] / row[pivot]
        column = [a - factor * b for a, b in zip(column, row, strict=True)]
    if any(column):
        echelon.append(column)
        return True
    return False


def _too_long(analysis: Analysis) -> bool:
    """Exact entries of more than a few digits are no help on a page."""
    entries = [entry for part in analysis.parts for rows in part.matrices for row in rows for entry in row]
    longest = max(len(str(number)) for number in (*entries, *(part.value for part in analysis.parts)))
    return analysis.size > 4 or longest > 12


def _closed_form(analysis: Analysis) -> list[Block]:
    """W^t written out for all t, proved by induction."""
    start = max(
        [0]
        + [len(part.matrices) - 1 for part in analysis.parts]
        + [len(p.matrices) for p in analysis.parts if p.value == 0]
    )
    declared = scope(
        integer("t", rf"t \ge {start}"),
        matrix("W", size=analysis.size),
        given=(f"W = {explicit(analysis.rows)}",),
    )
    terms = [text for part in analysis.parts if part.value != 0 for text in _part_latex(part.value, part.matrices)]
    if not terms:
        return [step(rf"W^{{{start}}} = 0", "Nothing is left: the matrix is nilpotent.", declared, ledger=("A2",))]
    return [
        step(
            "W^{t} = " + " + ".join(terms),
            _written_out(analysis),
            declared,
            induction=("t", start),
            ledger=("A1", "A2"),
        )
    ]


def _written_out(analysis: Analysis) -> str:
    if analysis.diagonalisable:
        return "Inserting $V^{-1}$ and multiplying out; checked by induction, entry by entry."
    return "Written out: the powers of a defective matrix carry factors $t$. Checked by induction, entry by entry."


def _part_latex(value: Fraction, matrices: tuple[Rows, ...]) -> list[str]:
    base = rational(value)
    base = f"({base})" if value < 0 or value.denominator != 1 else base
    out = []
    for j, rows in enumerate(matrices):
        exponent = "t" if j == 0 else f"t - {j}"
        power = "" if value == 1 else f"{base}^{{{exponent}}}"
        binomial = "" if j == 0 else "t" if j == 1 else rf"\binom{{t}}{{{j}}}"
        if any(entry for row in rows for entry in row):
            out.append(f"{binomial} {power} {explicit(rows)}".strip())
    return out
