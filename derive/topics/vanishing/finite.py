"""Section: what a finite number of steps allows: transient growth and the condition number (claim A5)."""

from __future__ import annotations

from derive.authoring import approximate, assume, explicit, integer, matrix, scope, step
from derive.core import Block, Prose, Section
from derive.topics.vanishing import Options
from derive.topics.vanishing.powers import eigenvectors
from derive.topics.vanishing.spectrum import Analysis
from derive.topics.vanishing.tables import condition_text, norms_table

SHEAR = r"\begin{pmatrix} 9/10 & 100 \\ 0 & 4/5 \end{pmatrix}"


def finite(options: Options, analysis: Analysis) -> Section:
    """The two-sided bound, the numbers of the matrix at hand, an example that grows before it decays."""
    return Section(
        "finite", "What a finite number of steps allows", (*_bounds(), *_own(options, analysis), *_transient(options))
    )


def _bounds() -> tuple[Block, ...]:
    t = integer("t", r"t \ge 0")
    letters = (
        t,
        matrix("W", domain="complex"),
        matrix("V", "invertible", domain="complex"),
        matrix("Lambda", "diagonal", domain="complex"),
    )
    given = scope(*letters, given=(r"W = V \Lambda V^{-1}",))
    powers = scope(*letters, given=(r"W = V \Lambda V^{-1}", r"W^{t} = V \Lambda^{t} V^{-1}"))
    any_matrix = scope(t, matrix("W", domain="complex"))
    return (
        Prose(
            "Write $\\lVert A \\rVert_2$ for the largest factor by which $A$ stretches a vector, $\\rho(A)$ for the largest modulus "
            "of an eigenvalue, and $\\kappa(V) = \\lVert V \\rVert_2 \\lVert V^{-1} \\rVert_2$. From below, for *every* matrix:"
        ),
        step(
            r"\rho(W^{t}) = \rho(W)^{t}",
            "The eigenvalues of $W^t$ are the $t$-th powers.",
            any_matrix,
            axiom="spectral_mapping",
            ledger=("A5",),
        ),
        step(
            r"\rho(W^{t}) \le \lVert W^{t} \rVert_2",
            "No eigenvector is stretched by more than the norm.",
            any_matrix,
            axiom="radius_below_norm",
            ledger=("A5",),
        ),
        Prose("From above, for a diagonalisable one:"),
        step(
            r"\lVert W^{t} \rVert_2 = \lVert V \Lambda^{t} V^{-1} \rVert_2",
            "The theorem of the first section.",
            powers,
            ledger=("A5",),
        ),
        step(
            r"\lVert V \Lambda^{t} V^{-1} \rVert_2 \le \lVert V \rVert_2 \lVert \Lambda^{t} \rVert_2 \lVert V^{-1} \rVert_2",
            "The norm of a product is at most the product of the norms.",
            given,
            axiom="operator_norm",
            ledger=("A5",),
        ),
        step(
            r"\lVert V \rVert_2 \lVert \Lambda^{t} \rVert_2 \lVert V^{-1} \rVert_2 = \kappa(V) \lVert \Lambda^{t} \rVert_2",
            "By the definition of $\\kappa$.",
            given,
            ledger=("A5",),
        ),
        step(
            r"\lVert \Lambda^{t} \rVert_2 = \rho(\Lambda^{t})",
            "A diagonal matrix stretches by its largest entry.",
            given,
            axiom="normal_norm",
            ledger=("A5",),
        ),
        step(r"\rho(\Lambda^{t}) = \rho(\Lambda)^{t}", "As above.", given, axiom="spectral_mapping", ledger=("A5",)),
        step(
            r"\rho(W) = \rho(\Lambda)",
            "Similar matrices share their eigenvalues.",
            given,
            axiom="similarity",
            ledger=("A5",),
        ),
        Prose(
            "Together: $\\rho(W)^t \\le \\lVert W^t \\rVert_2 \\le \\kappa(V)\\, \\rho(W)^t$. For a normal matrix $V$ can be chosen "
            "unitary, $\\kappa(V) = 1$, and the eigenvalues tell the whole story at every $t$. Otherwise they tell it within a "
            "factor $\\kappa(V)$. Scaling the columns of $V$ changes $\\kappa(V)$, so the number is only ever a bound; we use unit columns."
        ),
    )


def _own(options: Options, analysis: Analysis) -> tuple[Block, ...]:
    n = options.n
    if not analysis.small:
        return (
            norms_table(analysis, n, options.digits),
            Prose(
                f"For the matrix of this handout $\\kappa(V)$ is {condition_text(analysis)} (unit columns, enclosed rigorously)."
            ),
        )
    declared = scope(matrix("W", size=analysis.size), given=(f"W = {explicit(analysis.rows)}",))
    blocks: list[Block] = [
        Prose(f"**The matrix of this handout after $n = {n}$ steps:**"),
        approximate(rf"\rho(W)^{{{n}}}", "What the eigenvalues promise.", declared, options.digits, ledger=("A5",)),
        approximate(rf"\lVert W^{{{n}}} \rVert_2", "What it does.", declared, options.digits, ledger=("A5",)),
        _promise_kept(analysis, n),
    ]
    return (*blocks, *_condition(options, analysis))


def _promise_kept(analysis: Analysis, n: int) -> Block:
    """Equality for symmetric matrices, otherwise the bound from below."""
    given = (f"W = {explicit(analysis.rows)}",)
    if analysis.symmetric:
        declared = scope(matrix("W", "symmetric", size=analysis.size), given=given)
        formula = rf"\lVert W^{{{n}}} \rVert_2 = \rho(W^{{{n}}})"
        return step(
            formula, "A symmetric matrix keeps its promise exactly.", declared, axiom="normal_norm", ledger=("A5",)
        )
    declared = scope(matrix("W", size=analysis.size), given=given)
    formula = rf"\rho(W^{{{n}}}) \le \lVert W^{{{n}}} \rVert_2"
    return step(formula, "Never less than promised.", declared, axiom="radius_below_norm", ledger=("A5",))


def _condition(options: Options, analysis: Analysis) -> tuple[Block, ...]:
    kappa = Prose(f"With unit columns, $\\kappa(V)$ = {condition_text(analysis)} (enclosed rigorously).")
    if not analysis.diagonalisable:
        return (
            Prose(
                "It is defective: there is no $V$, $\\kappa(V)$ counts as infinite, and only the bound from below is left."
            ),
        )
    if analysis.normal:
        return (
            Prose(
                "This matrix is normal: unit eigenvectors can be chosen orthogonal, $\\kappa(V) = 1$, and both sides agree."
            ),
        )
    if not analysis.parts or analysis.size > 3:
        return (kappa,)
    columns, _ = eigenvectors(analysis)
    V = explicit(tuple(zip(*columns, strict=True)))
    norms = ", ".join(rf"\lVert {explicit([[entry] for entry in column])} \rVert_2^{{-1}}" for column in columns)
    given = (f"W = {explicit(analysis.rows)}", rf"V = {V} \operatorname{{diag}}({norms})")
    letters = scope(matrix("W", size=analysis.size), matrix("V", size=analysis.size), given=given)
    n = options.n
    return (
        assume(given[1], "the eigenvectors, scaled to unit columns.", letters),
        approximate(rf"\kappa(V) \rho(W)^{{{n}}}", "The bound from above.", letters, options.digits, ledger=("A5",)),
        step(
            rf"\lVert W^{{{n}}} \rVert_2 \le \kappa(V) \rho(W)^{{{n}}}",
            "Never more than this.",
            letters,
            ledger=("A5",),
        ),
    )


def _transient(options: Options) -> tuple[Block, ...]:
    t = integer("t", r"t \ge 0")
    T = scope(t, matrix("T", size=2), given=(f"T = {SHEAR}",))
    N = scope(matrix("N", size=2), given=(r"N = \begin{pmatrix} 0 & 2 \\ 0 & 0 \end{pmatrix}",))
    digits = options.digits
    return (
        Prose("Between the two bounds there is room for a surprise. Both eigenvalues of this matrix are below 1:"),
        assume(f"T = {SHEAR}", "eigenvalues 9/10 and 4/5.", T),
        step(
            r"T^{t} = \begin{pmatrix} (9/10)^{t} & 1000 \left( (9/10)^{t} - (4/5)^{t} \right) \\ 0 & (4/5)^{t} \end{pmatrix}",
            "By induction.",
            T,
            induction=("t", 0),
            ledger=("A5",),
        ),
        approximate(r"\lVert T^{6} \rVert_2", "At $t = 6$ it stretches by", T, digits, ledger=("A5",)),
        step(r"\lVert T^{5} \rVert_2 < \lVert T^{6} \rVert_2", "still growing before,", T, ledger=("A5",)),
        step(r"\lVert T^{7} \rVert_2 < \lVert T^{6} \rVert_2", "falling after,", T, ledger=("A5",)),
        step(r"\lVert T^{65} \rVert_2 > 1", "still above 1 after 65 steps,", T, ledger=("A5",)),
        step(r"\lVert T^{66} \rVert_2 < 1", "and below 1 only from the 66th on.", T, ledger=("A5",)),
        assume(
            r"N = \begin{pmatrix} 0 & 2 \\ 0 & 0 \end{pmatrix}",
            "the smallest example in integers; all its eigenvalues are 0.",
            N,
        ),
        step(r"\rho(N) < 1 < \lVert N \rVert_2", "It doubles a vector once,", N, ledger=("A5",)),
        step(r"N^{2} = 0", "and then everything is gone.", N, ledger=("A5",)),
        Prose("A gradient that has to survive ten steps meets the transient, not the limit."),
    )
