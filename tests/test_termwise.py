"""Sums ordered term by term: true ones are proved, near misses are not, forged evidence is refused."""

from __future__ import annotations

import pytest

from derive.authoring import Letter, integer, real, scope
from derive.checkers import search
from derive.checkers.sampling import witness_for
from derive.core import Claim, Normal, Scope, Status, Termwise
from derive.formula import read_chain
from derive.kernel import NotAdmitted, admit

N, EMPTY = integer("n", r"n \ge 1"), integer("n", r"n \ge 0")
X = real("x", r"x_k \ge 0", r"x_k \le s", family=True)
D = real("d", r"d_k \ge -1", r"d_k \le 1", family=True)
G, Y, S, C = real("g", family=True), real("y", family=True), real("s", r"s \ge 1"), real("c")


def claim(formula: str, *letters: Letter) -> Claim:
    where: Scope = scope(*letters)
    (relation,) = read_chain(formula, where)
    return Claim(relation.lhs, relation.relation, relation.rhs, where)


def status(made: Claim) -> Status:
    found = search(made, audit=True)
    if found.proof is not None:
        assert found.refutation is None
        return admit(made, found.proof, found.witness).status
    return Status.REFUTED if found.refutation is not None else Status.UNDECIDED


@pytest.mark.parametrize(
    ("formula", "letters"),
    [
        (r"\sum_{i=1}^{n} x_i^{2} \le s \sum_{i=1}^{n} x_i \min(x_i, 1)", (N, X, S)),
        (r"\sum_{i=1}^{n} g_i d_i \ge -\sum_{i=1}^{n} \lvert g_i \rvert", (N, G, D)),
        (
            r"\sum_{i=1}^{n} \lvert g_i + y_i \rvert \le \sum_{j=1}^{n} (\lvert g_j \rvert + \lvert y_j \rvert)",
            (EMPTY, G, Y),
        ),
        (r"0 \le \sum_{i=1}^{n} (\lvert g_i \rvert - g_i)", (EMPTY, G)),
        (
            r"\lvert c \rvert \sum_{i=1}^{n} \min(g_i, y_i) \le \lvert c \rvert \sum_{i=1}^{n} \max(g_i, y_i)",
            (N, G, Y, C),
        ),
    ],
)
def test_ordered_terms(formula: str, letters: tuple[Letter, ...]) -> None:
    assert status(claim(formula, *letters)) == Status.PROVED


@pytest.mark.parametrize(
    ("formula", "letters"),
    [
        (r"\sum_{i=1}^{n} x_i^{2} \le \sum_{i=1}^{n} x_i \min(x_i, 1)", (N, X, S)),
        (r"\sum_{i=1}^{n} g_i d_i \ge \sum_{i=1}^{n} \lvert g_i \rvert", (N, G, D)),
        (r"\sum_{i=1}^{n+1} \min(g_i, 0) \ge \sum_{i=1}^{n} g_i", (N, G)),
        (r"\sum_{i=1}^{n} \min(g_i, 1) < \sum_{i=1}^{n} (\lvert g_i \rvert + 2)", (EMPTY, G)),
        (r"c \sum_{i=1}^{n} \min(g_i, 1) \le c \sum_{i=1}^{n} g_i", (N, G, C)),
        (r"\sum_{i=1}^{n} \min(g_i, y_1) \le \sum_{i=1}^{n} y_i", (N, G, Y)),
        (r"\sum_{i=1}^{n} i g_i \le n \sum_{i=1}^{n} g_i", (N, G)),
    ],
)
def test_near_misses(formula: str, letters: tuple[Letter, ...]) -> None:
    """Without a factor, with a sign turned, over another range, strict over an empty one, times a number of any sign."""
    assert status(claim(formula, *letters)) not in (Status.PROVED, Status.SUPPORTED)


@pytest.mark.parametrize(
    ("formula", "letters", "reason"),
    [
        (r"\sum_{i=1}^{n} \min(g_i, 1) \le \sum_{i=0}^{n} g_i", (N, G), "different ranges"),
        (r"\sum_{i=1}^{n} g_i \le \sum_{i=1}^{n} (g_i + 1) + c", (N, G, C), "no multiple of one sum"),
        (r"\sum_{i=1}^{n} g_i < \sum_{i=1}^{n} (g_i + 1)", (EMPTY, G), "may be empty"),
        (r"g_1 \le g_1 + 1", (G,), "no multiple of one sum"),
        (r"\sum_{i=1}^{\infty} \frac{1}{2^{i}} \le \sum_{i=1}^{\infty} \frac{2}{2^{i}}", (), "existence"),
        (r"\sum_{i=1}^{n} g_i = \sum_{i=1}^{n} g_i", (N, G), "not an inequality"),
        (
            r"\sum_{i=1}^{n} \frac{1}{g_i} \le \sum_{i=1}^{n} \left( \frac{1}{g_i} + 1 \right)",
            (N, G),
            "condition inside a sum",
        ),
    ],
)
def test_forged_evidence(formula: str, letters: tuple[Letter, ...], reason: str) -> None:
    made = claim(formula, *letters)
    with pytest.raises(NotAdmitted, match=reason):
        admit(made, Termwise(Normal()), witness_for(made))


def test_the_bound_letter_is_not_captured() -> None:
    """The n in the factor and the bound i have nothing to do with letters of the same name elsewhere."""
    made = claim(
        r"\lvert i \rvert \sum_{i=1}^{n} g_i \le \lvert i \rvert \sum_{i=1}^{n} i g_i",
        N,
        real("i"),
        real("g", r"g_k \ge 0", family=True),
    )
    with pytest.raises(NotAdmitted):
        admit(made, Termwise(Normal()), witness_for(made))
