"""Symbolic matrices: traces, determinants, norms, inverses of sums, the theorems on norms; true, false and forged."""

from __future__ import annotations

import numpy as np
import pytest
from matrix_trials import MATRIX_TRIALS, Trial

from derive.checkers import search
from derive.core import Citation, Claim, Status
from derive.formula.claims import read_claim
from derive.kernel import AXIOMS, NotAdmitted, admit
from derive.kernel.facts import facts_of

INSTANCES = 1_000
SQUARE = "A, B, C in R^{n x n}"
VECTORS = "x, y in R^n"
BOTH = "A, B in R^{n x n}; x, y in R^n"
WOODBURY = "A in R^{n x n} invertible; U in R^{n x k}; C in R^{k x k} invertible; V in R^{k x n}"
DESIGN = "X in R^{n x d}; lambda > 0"

TRUE = [
    (
        r"\nabla_w \sum_{i=1}^{n} (y_i - w^\top x_i)^2 = -2 \sum_{i=1}^{n} (y_i - w^\top x_i) x_i",
        "w in R^d; x_i in R^d; y_i in R; n in N",
    ),
    (r"x^\top A x = 0", r"A in R^{n x n}; x in R^n; A^\top = -A"),
    (r"\|x y^\top\|_F = \|x\| \|y\|", "x in R^n; y in R^m"),
    (r"\operatorname{tr}(A B C) = \operatorname{tr}(C A B)", r"A in R^{m x n}; B in R^{n x p}; C in R^{p x m}"),
    (r"\operatorname{tr}(A^\top B) = \operatorname{tr}(B^\top A)", SQUARE),
    (r"\operatorname{tr}(x y^\top) = y^\top x", VECTORS),
    (r"x^\top A x = \operatorname{tr}(A x x^\top)", BOTH),
    (r"\operatorname{tr}(A + 2 I) = \operatorname{tr}(A) + 2 n", SQUARE),
    (r"\operatorname{tr}(X (X^\top X)^{-1} X^\top) = d", DESIGN),
    (r"\|A + B\|_F^2 = \|A\|_F^2 + 2 \operatorname{tr}(A^\top B) + \|B\|_F^2", r"A, B in R^{m x n}"),
    (r"\|Q x - Q y\| = \|x - y\|", r"Q in R^{n x n} orthogonal; x, y in R^n"),
    (r"\|Q A\|_F = \|A\|_F", r"Q in R^{n x n} orthogonal; A in R^{n x n}"),
    (r"\|Q A\| = \|A\|", r"Q in R^{n x n} orthogonal; A in R^{n x n}"),
    (r"\|A^\top\| = \|A\|", SQUARE),
    (r"\|x + y\|^2 = \|x\|^2 + 2 \langle x, y\rangle + \|y\|^2", VECTORS),
    (r"\|x + y\|^2 + \|x - y\|^2 = 2\|x\|^2 + 2 \|y\|^2", VECTORS),
    (r"\det(A B) = \det(A) \det(B)", SQUARE),
    (r"\det(2 A) = 2^n \det(A)", SQUARE),
    (r"\det(-A) = \det(A)", r"A in R^{4x4}"),
    (r"\det(A^{-1}) = \frac{1}{\det(A)}", SQUARE),
    (r"\det(V D V^{-1}) = \det(D)", r"V in R^{n x n} invertible; D in R^{n x n}"),
    (r"|\det(Q)| = 1", r"Q in R^{n x n} orthogonal"),
    (r"\det(A + u v^\top) = (1 + v^\top A^{-1} u) \det(A)", r"A in R^{n x n} invertible; u, v in R^n"),
    (r"\det(I + A B) = \det(I + B A)", r"A in R^{m x n}; B in R^{n x m}"),
    (r"\det(A + U C V) = \det(C^{-1} + V A^{-1} U) \det(C) \det(A)", WOODBURY),
    (r"(I + A B)^{-1} A = A (I + B A)^{-1}", r"A in R^{m x n}; B in R^{n x m}"),
    (r"(A + U C V)^{-1} = A^{-1} - A^{-1} U (C^{-1} + V A^{-1} U)^{-1} V A^{-1}", WOODBURY),
    (
        r"(A + u v^\top)^{-1} = A^{-1} - \frac{A^{-1} u v^\top A^{-1}}{1 + v^\top A^{-1} u}",
        r"A in R^{n x n} invertible; u, v in R^n",
    ),
    (r"(I + A)^{-1} = I - A (I + A)^{-1}", SQUARE),
    (r"(I + \lambda A)^{-1} A = A (I + \lambda A)^{-1}", r"A in R^{n x n}; lambda in R"),
    (r"(X^\top X + \lambda I)^{-1} X^\top = X^\top (X X^\top + \lambda I)^{-1}", DESIGN),
    (r"\left(I - X (X^\top X)^{-1} X^\top\right)^2 = I - X (X^\top X)^{-1} X^\top", DESIGN),
    (r"\left(X (X^\top X)^{-1} X^\top\right)^\top = X (X^\top X)^{-1} X^\top", DESIGN),
    (r"(A^{-1} + B^{-1})^{-1} = A (A + B)^{-1} B", SQUARE),
    (r"A^{-1} B = B A^{-1}", r"A, B in R^{n x n}; A B = B A"),
    (r"B A = I", r"A, B in R^{n x n}; A B = I"),
    (r"Q Q^\top = I", r"Q in R^{n x n}; Q^\top Q = I"),
    (r"(I - 2 P)^2 = I", r"P in R^{n x n}; P^2 = P"),
    (r"V^{-1} W V = D", r"W, V, D in R^{n x n}; W V = V D"),
]

FALSE = [
    (
        r"\nabla_w \sum_{i=1}^{n} (y_i - w^\top x_i)^2 = 2 \sum_{i=1}^{n} (y_i - w^\top x_i) x_i",
        "w in R^d; x_i in R^d; y_i in R; n in N",
    ),
    (
        r"\nabla_w \sum_{i=1}^{n} (y_i - w^\top x_i)^2 = -2 \sum_{i=1}^{n} (y_i - w^\top x_i) x_1",
        "w in R^d; x_i in R^d; y_i in R; n in N",
    ),
    (r"x^\top A^2 x = 0", r"A in R^{n x n}; x in R^n; A^\top = -A"),
    (r"x^\top A y = 0", r"A in R^{n x n}; x, y in R^n; A^\top = -A"),
    (r"\operatorname{tr}(A B C) = \operatorname{tr}(A C B)", SQUARE),
    (r"\operatorname{tr}(A + 2 I) = \operatorname{tr}(A) + n", SQUARE),
    (r"\det(-A) = -\det(A)", r"A in R^{4x4}"),
    (r"\det(2 A) = 2 \det(A)", SQUARE),
    (r"\det(Q) = 1", r"Q in R^{n x n} orthogonal"),
    (
        r"(A + u v^\top)^{-1} = A^{-1} - \frac{A^{-1} u v^\top A^{-1}}{1 - v^\top A^{-1} u}",
        r"A in R^{n x n} invertible; u, v in R^n",
    ),
    (r"(X^\top X + 2 I)^{-1} X^\top = X^\top (X X^\top + I)^{-1}", DESIGN),
    (r"(A + B)^{-1} = A^{-1} + B^{-1}", SQUARE),
    (r"(A^{-1} + B^{-1})^{-1} = A (A + B)^{-1} A", SQUARE),
    (r"A (A^\top A)^{-1} A^\top = I", r"A in R^{m x n}"),
    (r"(I - P)^2 = I - P", r"P in R^{n x n}; P^2 = I"),
    (r"\|A^2\| = \|A\|^2", SQUARE),
    (r"\|x\| \|y\| \le |x^\top y|", VECTORS),
    (r"(x^\top y)^2 \le \|x\| \|y\|", VECTORS),
    (r"\|x + y\| < \|x\| + \|y\|", VECTORS),
    (r"\|x\|_1 \le \|x\|_2", VECTORS),
    (r"\|A\|_F \le \|A\|", SQUARE),
    (r"|\operatorname{tr}(A)| \le \|A\|_F", SQUARE),
]

INSTANCE = {
    "cauchy_schwarz": (
        r"|x^\top y| \le \|x\| \|y\|",
        r"x^\top y \le \|x\| \|y\|",
        r"\langle x, y\rangle \ge -\|x\| \|y\|",
        r"(x^\top y)^2 \le \|x\|^2 \|y\|^2",
        r"(x^\top y)^2 \le (x^\top x) (y^\top y)",
        r"\operatorname{tr}(A^\top B) \le \|A\|_F \|B\|_F",
        r"\|A x\| \|y\| \ge x^\top A^\top y",
    ),
    "triangle_inequality": (
        r"\|x + y\| \le \|x\| + \|y\|",
        r"\|x - y\|_1 \le \|x\|_1 + \|y\|_1",
        r"\left| \|x\| - \|y\| \right| \le \|x - y\|",
        r"\|A + B\|_F \le \|A\|_F + \|B\|_F",
        r"\|A - B\| \le \|A\| + \|B\|",
    ),
    "norm_comparison": (
        r"\|x\|_\infty \le \|x\|_2",
        r"\|x\|_2 \le \|x\|_1",
        r"\|x\|_1 \le \sqrt{n} \|x\|_2",
        r"\|x\|_1 \le n \|x\|_\infty",
        r"\|x\| \le \sqrt{n} \|x\|_\infty",
        r"\|x\|_1^2 \le n \|x\|_2^2",
        r"\|A\| \le \|A\|_F",
        r"\|A\|_F \le \sqrt{n} \|A\|",
    ),
    "frobenius_product": (
        r"\|A B\|_F \le \|A\|_F \|B\|_F",
        r"\|A B\|_F \le \|A\| \|B\|_F",
        r"\|A x\| \le \|A\|_F \|x\|",
    ),
    "gram_norm": (
        r"\|A^\top A\| = \|A\|^2",
        r"\|A A^\top\| = \|A\|^2",
    ),
    "bilinear_bound": (
        r"x^\top A x \le \|A\| \|x\|^2",
        r"|x^\top A y| \le \|A\| \|x\| \|y\|",
    ),
    "trace_bound": (
        r"|\operatorname{tr}(A)| \le \sqrt{n} \|A\|_F",
        r"(\operatorname{tr}(A))^2 \le n \operatorname{tr}(A^\top A)",
    ),
}

NEAR_MISS = {
    "cauchy_schwarz": (
        r"|x^\top y| \le \|x\|_1 \|y\|_1",
        r"|x^\top y| < \|x\| \|y\|",
        r"|x^\top y| \le \|x\| \|x\|",
        r"(x^\top y)^2 \le \|x\|^2 \|y\|",
        r"\operatorname{tr}(A^\top B) \le \|A\| \|B\|",
        r"|x^\top A y| \le \|x\| \|y\|",
        r"\operatorname{tr}(A B) \le \|A\|_F \|A\|_F",
    ),
    "triangle_inequality": (
        r"\|x + y\| \le \|x\|_1 + \|y\|",
        r"\|x + y\| \le \|x\| - \|y\|",
        r"\|x\| - \|y\| \le \|x + A y\|",
        r"\|x + y\| < \|x\| + \|y\|",
        r"\|x + 2 y\| \le \|x\| + \|y\|",
        r"\|x - y\| \le \|x\| - \|y\|",
    ),
    "norm_comparison": (
        r"\|x\|_1 \le \|x\|_2",
        r"\|x\|_2 \le \|x\|_\infty",
        r"\|x\|_\infty \le \|y\|_2",
        r"\|x\|_1 \le \sqrt{n - 1} \|x\|_2",
        r"\|A\|_F \le \|A\|",
        r"\|x\|_\infty < \|x\|_2",
        r"\|x\|_1 \le n \|x\|_2^2",
    ),
    "frobenius_product": (
        r"\|A B\|_F \le \|A\| \|B\|",
        r"\|A B\|_F \le \|A\|_F",
        r"\|A B\|_F \le \|A\|_F \|x\|",
        r"\|A B\|_F \le 2 \|A\|_F \|B\|_F",
        r"\|A B\|_F < \|A\|_F \|B\|_F",
    ),
    "gram_norm": (
        r"\|A^2\| = \|A\|^2",
        r"\|A^\top A\| = \|A\|",
        r"\|A^\top B\| = \|A\|^2",
    ),
    "bilinear_bound": (
        r"|x^\top A y| \le \|x\| \|y\|",
        r"|x^\top A y| \le \|A\| \|x\|^2",
        r"|x^\top A^2 y| \le \|A\| \|x\| \|y\|",
    ),
    "trace_bound": (
        r"|\operatorname{tr}(A)| \le \|A\|_F",
        r"|\operatorname{tr}(A)| \le \sqrt{n} \|A\|",
        r"|\operatorname{tr}(A B)| \le \sqrt{n} \|A\|_F",
    ),
}


def statuses(claim: Claim) -> set[Status]:
    found = search(claim, audit=True)
    evidence = [e for e in (found.proof, found.refutation, found.support) if e is not None]
    return {admit(claim, e, found.witness).status for e in evidence}


@pytest.mark.parametrize(("latex", "given"), TRUE)
def test_true_claims_are_proved(latex: str, given: str) -> None:
    assert statuses(read_claim(latex, given)) == {Status.PROVED}


@pytest.mark.parametrize(("latex", "given"), FALSE)
def test_near_misses_are_refuted(latex: str, given: str) -> None:
    found = statuses(read_claim(latex, given))
    assert found
    assert found <= {Status.REFUTED, Status.CONDITIONAL}


@pytest.mark.parametrize("name", MATRIX_TRIALS)
def test_random_instances_hold(name: str) -> None:
    random = np.random.default_rng(20)
    assert all(MATRIX_TRIALS[name][0](random) for _ in range(INSTANCES))


@pytest.mark.parametrize(
    "dropped", [trial for _, trials in MATRIX_TRIALS.values() for trial in trials], ids=lambda dropped: dropped.__name__
)
def test_without_a_hypothesis_some_instances_fail(dropped: Trial) -> None:
    random = np.random.default_rng(20)
    assert not all(dropped(random) for _ in range(INSTANCES))


@pytest.mark.parametrize(("name", "latex"), [(name, latex) for name, entries in INSTANCE.items() for latex in entries])
def test_instances_of_theorems_are_proved(name: str, latex: str) -> None:
    claim = read_claim(latex, BOTH)
    assert AXIOMS[name].applies(claim, facts_of(claim.scope))
    assert statuses(claim) == {Status.PROVED}


@pytest.mark.parametrize(("name", "latex"), [(name, latex) for name, entries in NEAR_MISS.items() for latex in entries])
def test_near_misses_of_theorems_are_refused(name: str, latex: str) -> None:
    claim = read_claim(latex, BOTH)
    with pytest.raises(NotAdmitted):
        admit(claim, Citation(name))


@pytest.mark.parametrize("name", INSTANCE)
def test_complex_letters_are_refused(name: str) -> None:
    for latex in INSTANCE[name]:
        claim = read_claim(latex, "A, B in C^{n x n}; x, y in C^n")
        assert not AXIOMS[name].applies(claim, facts_of(claim.scope))


def test_columns_that_are_orthonormal_do_not_make_a_tall_matrix_orthogonal() -> None:
    assert Status.PROVED not in statuses(read_claim(r"Q Q^\top = I", r"Q in R^{m x n}; Q^\top Q = I"))
    assert Status.PROVED not in statuses(read_claim(r"B A = I", "A in R^{m x n}; B in R^{n x m}; A B = I"))
