"""Section: what a finite number of steps allows: transient growth and the condition number (claim A5)."""

from __future__ import annotations

from derive.authoring import Letter, approximate, assume, explicit, integer, matrix, rational, scope, step
from derive.core import Block, Prose, Scope, Section
from derive.topics.vanishing import Options
from derive.topics.vanishing.figures import transient_figure
from derive.topics.vanishing.powers import eigenvectors
from derive.topics.vanishing.spectrum import Analysis
from derive.topics.vanishing.tables import condition_text, norms_table

SHEAR = r"\begin{pmatrix} 9/10 & 100 \\ 0 & 4/5 \end{pmatrix}"


def finite(options: Options, analysis: Analysis) -> Section:
    """The two-sided bound, the numbers of the matrix at hand, an example that grows before it decays."""
    return Section(
        "finite",
        "What a finite number of steps allows",
        (*_bounds(), *_own(options, analysis), *_transient(options, analysis)),
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
            "As before, $\\lVert A \\rVert_2$ is the largest factor by which $A$ stretches a vector and $\\rho(A)$ the largest modulus of an "
            "eigenvalue. The *condition number* is $\\kappa(V) = \\lVert V \\rVert_2 \\lVert V^{-1} \\rVert_2$. From below, for *every* matrix:"
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
            "This is the theorem of section 1.",
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
        step(
            r"\rho(W)^{t} \le \lVert W^{t} \rVert_2 \le \kappa(V) \lVert \Lambda^{t} \rVert_2 = \kappa(V) \rho(W)^{t}",
            "Together: the eigenvalues tell the size within a factor $\\kappa(V)$.",
            _together(letters),
            ledger=("A5",),
        ),
        Prose(
            "For a *normal* matrix (one that commutes with its conjugate transpose) $V$ can be chosen unitary, $\\kappa(V) = 1$, and the "
            "eigenvalues tell the whole story at every $t$. Scaling the columns of $V$ changes $\\kappa(V)$, so the number is only ever a "
            "bound; we use unit columns."
        ),
    )


def _together(letters: tuple[Letter, ...]) -> Scope:
    """The steps before, as hypotheses."""
    return scope(
        *letters,
        given=(
            r"W = V \Lambda V^{-1}",
            r"\rho(W^{t}) = \rho(W)^{t}",
            r"\rho(W^{t}) \le \lVert W^{t} \rVert_2",
            r"\lVert W^{t} \rVert_2 \le \kappa(V) \lVert \Lambda^{t} \rVert_2",
            r"\lVert \Lambda^{t} \rVert_2 = \rho(W)^{t}",
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
                "It is defective: there is no $V$, $\\kappa(V)$ counts as infinite, only the bound from below is left."
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
    lengths = [sum(entry * entry for entry in column) for column in columns]
    scales = ", ".join(rf"\frac{{1}}{{\sqrt{{{rational(length)}}}}}" for length in lengths)
    given = (f"W = {explicit(analysis.rows)}", rf"U = {V} \operatorname{{diag}}({scales})")
    letters = scope(matrix("W", size=analysis.size), matrix("U", size=analysis.size), given=given)
    n = options.n
    return (
        assume(given[1], "the eigenvectors again, scaled to length 1.", letters),
        approximate(rf"\kappa(U) \rho(W)^{{{n}}}", "The bound from above.", letters, options.digits, ledger=("A5",)),
        step(
            rf"\lVert W^{{{n}}} \rVert_2 \le \kappa(U) \rho(W)^{{{n}}}",
            "Never more than this.",
            letters,
            ledger=("A5",),
        ),
    )


def _transient(options: Options, analysis: Analysis) -> tuple[Block, ...]:
    t = integer("t", r"t \ge 0")
    T = scope(t, matrix("T", size=2), given=(f"T = {SHEAR}",))
    S = scope(matrix("S", size=2), given=(r"S = \begin{pmatrix} 0 & 2 \\ 0 & 0 \end{pmatrix}",))
    digits = options.digits
    return (
        Prose("There is room for a surprise before the limit. Take a matrix $T$ whose eigenvalues are both below 1:"),
        assume(f"T = {SHEAR}", "eigenvalues 9/10 and 4/5.", T),
        step(
            r"T^{t} = \begin{pmatrix} (9/10)^{t} & 1000 \left( (9/10)^{t} - (4/5)^{t} \right) \\ 0 & (4/5)^{t} \end{pmatrix}",
            "By induction.",
            T,
            induction=("t", 0),
            ledger=("A5",),
        ),
        approximate(
            r"\lVert T^{6} \rVert_2",
            "After 6 steps it stretches some vector by this factor.",
            T,
            digits,
            ledger=("A5",),
        ),
        step(r"\lVert T^{5} \rVert_2 < \lVert T^{6} \rVert_2", "More than after 5 steps.", T, ledger=("A5",)),
        step(r"\lVert T^{7} \rVert_2 < \lVert T^{6} \rVert_2", "More than after 7 steps.", T, ledger=("A5",)),
        step(r"\lVert T^{65} \rVert_2 > 1", "After 65 steps it still stretches.", T, ledger=("A5",)),
        step(r"\lVert T^{66} \rVert_2 < 1", "After 66 steps it no longer does.", T, ledger=("A5",)),
        transient_figure(options, analysis),
        assume(
            r"S = \begin{pmatrix} 0 & 2 \\ 0 & 0 \end{pmatrix}",
            "the smallest example in integers; all its eigenvalues are 0.",
            S,
        ),
        step(r"\rho(S) < 1 < \lVert S \rVert_2", "It doubles a vector once.", S, ledger=("A5",)),
        step(r"S^{2} = 0", "Then everything is gone.", S, ledger=("A5",)),
        Prose("A gradient that has to survive a few steps meets the transient, not the limit."),
    )
