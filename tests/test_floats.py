"""The NumPy check: true claims pass, one-symbol mutants fail, and the bounds hold against exact rational arithmetic."""

from __future__ import annotations

import os
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from random import Random

import numpy as np
import pytest

from derive.core import HEADS, Claim, Declaration, Law, Relation, Scope, Term
from derive.floats import EVALUATE, Ball, Env, NoNumericForm, NumpyCheck, check, evaluate
from derive.formula.claims import read_claim

# ------------------------------------------------------------------------------------------------- terms, for short

Word = Term | int | str
NOTHING = Scope()
ROOT = Path(__file__).parent.parent


def t(x: Word) -> Term:
    if isinstance(x, Term):
        return x
    if isinstance(x, int):
        return Term("neg", (t(-x),)) if x < 0 else Term("number", value=Fraction(x))
    if x[0].isdigit():
        return Term("decimal", value=x)
    if x == "I":
        return Term("identity")
    if x in ("pi", "i"):
        return Term("constant", value=x)
    return Term("symbol", value=x)


def f(head: str, *args: Word, value: str | None = None) -> Term:
    return Term(head, tuple(map(t, args)), value)


def add(*args: Word) -> Term:
    return f("add", *args)


def sub(a: Word, b: Word) -> Term:
    return add(a, neg(b))


def neg(a: Word) -> Term:
    return f("neg", a)


def mul(*args: Word) -> Term:
    return f("mul", *args)


def div(a: Word, b: Word) -> Term:
    return f("div", a, b)


def power(a: Word, b: Word) -> Term:
    return f("pow", a, b)


def inv(a: Word) -> Term:
    return power(a, -1)


def tr(a: Word) -> Term:
    return f("transpose", a)


def at(w: Word, i: Word) -> Term:
    return f("index", w, i)


def rows(*entries: tuple[Word, ...]) -> Term:
    return Term("matrix", tuple(Term("row", tuple(map(t, row))) for row in entries))


def rel(a: Word, relation: str, b: Word) -> Relation:
    return Relation(t(a), relation, t(b))


def claim(a: Word, relation: str, b: Word, scope: Scope = NOTHING) -> Claim:
    return Claim(t(a), relation, t(b), scope)


def real(name: str, *where: Relation, **more: object) -> Declaration:
    return Declaration(name, where=where, **more)  # type: ignore[arg-type]


def natural(name: str, low: int = 0) -> Declaration:
    return Declaration(name, domain="integer", where=(rel(name, ">=", low),))


def square(name: str, *properties: str, size: str | int = "d", domain: str = "real") -> Declaration:
    return Declaration(name, domain=domain, shape=(size, size), properties=properties)


def vector(name: str, size: str | int = "d") -> Declaration:
    return Declaration(name, shape=(size,))


def passes(c: Claim, points: int = 64) -> NumpyCheck:
    result = check(c)
    assert isinstance(result, NumpyCheck), result
    assert result.ok, result
    assert result.points >= points
    return result


def fails(c: Claim) -> None:
    result = check(c)
    assert isinstance(result, NumpyCheck), result
    assert not result.ok, result


# --------------------------------------------------------------------------------------- true claims and their mutants

DIAGONALISED = Scope(
    (square("W"), square("V", "invertible"), square("Lambda", "diagonal"), natural("t"), vector("x"), vector("y")),
    (rel("W", "=", mul("V", "Lambda", inv("V"))),),
)
FREE = Scope((square("W"), square("A"), square("B"), natural("t"), vector("x"), vector("y")))
ORTHOGONAL = Scope((square("Q", "orthogonal"), square("Lambda", "diagonal"), natural("t", 1), vector("x")))
SCALAR = Scope((real("x"), real("y"), natural("n")))
COMPLEX = Scope((Declaration("lambda", domain="complex"), natural("t")))
UNIT = Scope((real("r", rel("r", ">", 0), rel("r", "<", 1)), natural("n")))


def product(lower: Word = 1, upper: Word = "n") -> Term:
    return f("prod", at("w", "j"), "j", lower, upper)


def weights(law: str = "moments", mean: Word = 0) -> Scope:
    w = Declaration("w", law=Law(law, t(mean), t("v")), family=True)
    return Scope((real("v", rel("v", ">", 0)), natural("n", 1), w, real("m")))


RECURRENT = Scope(
    (square("W"), natural("t"), vector("h_start"), Declaration("h", shape=("d",), family=True)),
    (rel(at("h", 0), "=", "h_start"), rel(at("h", "k"), "=", mul("W", at("h", sub("k", 1))))),
)


def geometric(last: Word, shift: int) -> Claim:
    total = f("sum", power("r", "k"), "k", 0, last)
    return claim(total, "=", div(sub(1, power("r", add("n", shift))), sub(1, "r")), UNIT)


PAIRS: dict[str, tuple[Claim, list[Claim]]] = {
    "power of a diagonalised matrix": (
        claim(power("W", "t"), "=", mul("V", power("Lambda", "t"), inv("V")), DIAGONALISED),
        [
            claim(power("W", "t"), "=", mul("V", power("Lambda", add("t", 1)), inv("V")), DIAGONALISED),
            claim(power("W", "t"), "=", mul(inv("V"), power("Lambda", "t"), "V"), DIAGONALISED),
            claim(power("W", "t"), "=", mul("V", power("Lambda", "t"), tr("V")), DIAGONALISED),
        ],
    ),
    "transpose of a power": (
        claim(power(tr("W"), "t"), "=", tr(power("W", "t")), FREE),
        [claim(power(tr("W"), "t"), "=", power("W", "t"), FREE)],
    ),
    "transpose of a product": (
        claim(tr(mul("A", "B")), "=", mul(tr("B"), tr("A")), FREE),
        [claim(tr(mul("A", "B")), "=", mul(tr("A"), tr("B")), FREE)],
    ),
    "product is not commutative": (
        claim(f("trace", mul("A", "B")), "=", f("trace", mul("B", "A")), FREE),
        [claim(mul("A", "B"), "=", mul("B", "A"), FREE)],
    ),
    "determinant": (
        claim(f("det", mul("A", "B")), "=", mul(f("det", "A"), f("det", "B")), FREE),
        [claim(f("det", add("A", "B")), "=", add(f("det", "A"), f("det", "B")), FREE)],
    ),
    "identity": (
        claim(add(mul("A", add("I", "B")), neg(mul("A", "B"))), "=", "A", FREE),
        [claim(add(mul("A", add("I", "B")), neg(mul("B", "A"))), "=", "A", FREE)],
    ),
    "bilinear form": (
        claim(mul(tr("x"), "A", "y"), "=", mul(tr("y"), tr("A"), "x"), FREE),
        [claim(mul(tr("x"), "A", "y"), "=", mul(tr("y"), "A", "x"), FREE)],
    ),
    "outer product times vector": (
        claim(mul("x", tr("y"), "x"), "=", mul(mul(tr("y"), "x"), "x"), FREE),
        [claim(mul("x", tr("y"), "x"), "=", mul(mul(tr("x"), "x"), "y"), FREE)],
    ),
    "orthogonal matrices": (
        claim(mul(tr("Q"), "Q"), "=", "I", ORTHOGONAL),
        [claim(mul("Q", "Q"), "=", "I", ORTHOGONAL), claim(f("det", "Q"), "=", 1, ORTHOGONAL)],
    ),
    "order of the transposes": (
        claim(power(mul("Q", "Lambda", tr("Q")), "t"), "=", mul("Q", power("Lambda", "t"), tr("Q")), ORTHOGONAL),
        [claim(power(mul("Q", "Lambda", tr("Q")), "t"), "=", mul(tr("Q"), power("Lambda", "t"), "Q"), ORTHOGONAL)],
    ),
    "an isometry": (
        claim(f("norm", mul("Q", "x")), "=", f("norm", "x"), ORTHOGONAL),
        [claim(f("norm", mul("Lambda", "x")), "=", f("norm", "x"), ORTHOGONAL)],
    ),
    "submultiplicative": (
        claim(f("norm", mul("A", "B")), "<=", mul(f("norm", "A"), f("norm", "B")), FREE),
        [claim(f("norm", mul("A", "B")), ">=", mul(f("norm", "A"), f("norm", "B")), FREE)],
    ),
    "spectral radius": (
        claim(f("spectral_radius", "W"), "<=", f("norm", "W"), FREE),
        [claim(f("spectral_radius", "W"), "=", f("norm", "W"), FREE)],
    ),
    "modulus of a power": (
        claim(f("abs", power("lambda", "t")), "=", power(f("abs", "lambda"), "t"), COMPLEX),
        [
            claim(f("abs", power("lambda", "t")), "=", power("lambda", "t"), COMPLEX),
            claim(f("abs", power("lambda", "t")), "=", power(f("abs", "lambda"), add("t", 1)), COMPLEX),
        ],
    ),
    "geometric sum": (geometric("n", 1), [geometric("n", 0), geometric(sub("n", 1), 1)]),
    "root of a square": (
        claim(f("sqrt", power("x", 2)), "=", f("abs", "x"), SCALAR),
        [claim(f("sqrt", power("x", 2)), "=", "x", SCALAR)],
    ),
    "logarithm of a square": (
        claim(f("log", power("x", 2)), "=", mul(2, f("log", f("abs", "x"))), SCALAR),
        [claim(f("log", power("x", 2)), "=", mul(3, f("log", f("abs", "x"))), SCALAR)],
    ),
    "addition formula": (
        claim(
            f("sin", add("x", "y")),
            "=",
            add(mul(f("sin", "x"), f("cos", "y")), mul(f("cos", "x"), f("sin", "y"))),
            SCALAR,
        ),
        [
            claim(
                f("sin", add("x", "y")),
                "=",
                sub(mul(f("sin", "x"), f("cos", "y")), mul(f("cos", "x"), f("sin", "y"))),
                SCALAR,
            )
        ],
    ),
    "derivative of a power": (
        claim(f("derivative", power("x", "n"), "x"), "=", mul("n", power("x", sub("n", 1))), SCALAR),
        [claim(f("derivative", power("x", "n"), "x"), "=", mul("n", power("x", "n")), SCALAR)],
    ),
    "derivative of tanh": (
        claim(
            f("derivative", f("tanh", mul("x", "y")), "x"),
            "=",
            mul("y", sub(1, power(f("tanh", mul("x", "y")), 2))),
            SCALAR,
        ),
        [
            claim(
                f("derivative", f("tanh", mul("x", "y")), "x"),
                "=",
                mul("x", sub(1, power(f("tanh", mul("x", "y")), 2))),
                SCALAR,
            )
        ],
    ),
    "binomial theorem": (
        claim(
            power(add("x", "y"), "n"),
            "=",
            f("sum", mul(f("binomial", "n", "k"), power("x", "k"), power("y", sub("n", "k"))), "k", 0, "n"),
            SCALAR,
        ),
        [
            claim(
                power(add("x", "y"), "n"),
                "=",
                f("sum", mul(f("binomial", "n", "k"), power("x", "k"), power("y", sub("n", "k"))), "k", 1, "n"),
                SCALAR,
            )
        ],
    ),
    "variance of a product": (
        claim(f("variance", product()), "=", power("v", "n"), weights()),
        [
            claim(f("variance", product()), "=", mul("n", "v"), weights()),
            claim(f("variance", product()), "=", power("v", add("n", 1)), weights()),
            claim(f("variance", product()), "=", power("v", "n"), weights(mean="m")),
        ],
    ),
    "variance of a product, Gaussian": (
        claim(f("variance", product()), "=", power("v", "n"), weights("gaussian")),
        [claim(f("variance", product()), "=", power("v", sub("n", 1)), weights("gaussian"))],
    ),
    "variance of a product with a mean": (
        claim(
            f("variance", product()),
            "=",
            sub(power(add("v", power("m", 2)), "n"), power("m", mul(2, "n"))),
            weights("uniform", mean="m"),
        ),
        [claim(f("variance", product()), "=", power(add("v", power("m", 2)), "n"), weights("uniform", mean="m"))],
    ),
    "mean of a product is zero": (
        claim(f("expect", product()), "=", f("prod", f("expect", at("w", "j")), "j", 1, "n"), weights()),
        [claim(f("expect", product()), "=", "v", weights())],
    ),
    "fourth moments tell laws apart": (
        claim(f("expect", power(at("w", 1), 4)), "=", mul(3, power("v", 2)), weights("gaussian")),
        [
            claim(f("expect", power(at("w", 1), 4)), "=", mul(3, power("v", 2)), weights(law))
            for law in ("uniform", "laplace", "signs", "moments")
        ],
    ),
    "a recurrence": (
        claim(at("h", "t"), "=", mul(power("W", "t"), at("h", 0)), RECURRENT),
        [claim(at("h", "t"), "=", mul(power("W", add("t", 1)), at("h", 0)), RECURRENT)],
    ),
}


@pytest.mark.parametrize("name", PAIRS)
def test_a_true_claim_passes(name: str) -> None:
    passes(PAIRS[name][0], points=4)


@pytest.mark.parametrize("name", PAIRS)
def test_its_mutants_fail(name: str) -> None:
    for mutant in PAIRS[name][1]:
        fails(mutant)


def test_random_mutants_of_exponents_fail() -> None:
    """W^a W^b = W^(a+b) holds; with any other exponent it does not."""
    rng = Random(1)
    for _ in range(50):
        a, b, c = (rng.randint(1, 6) for _ in range(3))
        product = mul(power("W", a), power("W", b))
        passes(claim(product, "=", power("W", a + b), FREE), points=32)
        if c != a + b:
            fails(claim(product, "=", power("W", c), FREE))


# --------------------------------------------------------------------------------------------------- what must be seen


def test_small_is_not_equal_to_smaller() -> None:
    fails(claim(power("0.1", 8), "=", power("0.1", 9)))
    fails(claim(power("0.5", 900), "=", power("0.5", 901)))
    passes(claim(power("0.1", 8), "=", mul("0.1", power("0.1", 7))), points=1)


def test_exact_integers_are_compared_exactly() -> None:
    fails(claim(power(10, 40), "=", add(power(10, 40), 1)))
    passes(claim(add(power(10, 40), 1), ">", power(10, 40)), points=1)


def test_a_bound_that_is_too_large_certifies_nothing() -> None:
    drowned = sub(add("x", "1" + "0" * 30 + ".5"), "1" + "0" * 30 + ".5")
    scope = Scope((real("x"), real("y")))
    assert "0 of" in str(check(claim(drowned, "=", "y", scope)))
    # 1 - (1 - r^30) = 2 r^30 must not pass where r^30 is below the rounding of 1.
    scope = Scope((real("r", rel("r", ">", 0), rel("r", "<", "0.2")),))
    result = check(claim(sub(1, sub(1, power("r", 30))), "=", mul(2, power("r", 30)), scope))
    assert isinstance(result, str)


def test_underflow_is_no_agreement() -> None:
    assert "0 of" in str(check(claim(power("0.5", 2000), "=", power("0.5", 2001))))
    tiny = rows(("0.5", 0), (1, "0.5"))
    assert "0 of" in str(check(claim(f("entry", power(tiny, 4000), 1, 1), "=", 0)))
    passes(claim(f("entry", power(tiny, 4000), 1, 2), "=", 0), 1)


@pytest.mark.parametrize(
    ("relation", "holds"), [("<", False), ("<=", True), (">", False), (">=", True), ("=", True), ("!=", False)]
)
def test_every_relation_at_equality(relation: str, holds: bool) -> None:
    (passes if holds else fails)(claim("x", relation, "x", Scope((real("x"),))))


@pytest.mark.parametrize(("relation", "holds"), [("<", True), ("<=", True), (">", False), (">=", False), ("=", False)])
def test_every_relation_off_equality(relation: str, holds: bool) -> None:
    (passes if holds else fails)(claim("x", relation, add("x", 1), Scope((real("x"),))))


def test_boundaries_are_sampled_where_they_belong() -> None:
    closed = Scope((real("x", rel(0, "<=", "x"), rel("x", "<=", 1)),))
    fails(claim(power("x", 2), "<", "x", closed))
    fails(claim("x", ">", 0, closed))
    half_open = Scope((real("x", rel(0, "<", "x"), rel("x", "<", 1)),))
    passes(claim(power("x", 2), "<", "x", half_open))


def test_the_smallest_integer_is_sampled() -> None:
    fails(claim(power(0, "n"), "=", 0, Scope((natural("n"),))))
    passes(claim(power(0, "n"), "=", 0, Scope((natural("n", 1),))), points=11)


# ------------------------------------------------------------------------------------------------------ approximations


@pytest.mark.parametrize(
    ("exact", "numeral", "holds"),
    [
        (power(div(6, 5), 10), t("6.19"), True),
        (power(div(6, 5), 10), t("6.20"), False),
        (power(div(1, 2), 10), mul("9.77", power(10, -4)), True),
        (power(div(1, 2), 10), mul("9.76", power(10, -4)), False),
        (power(div(1, 2), 10), mul("9.77", power(10, -5)), False),
        (neg(div(1, 3)), neg("0.333"), True),
        (rows((div(1, 3), 1), (0, div(2, 3))), rows(("0.33", "1.00"), ("0.00", "0.67")), True),
        (rows((div(1, 3), 1), (0, div(2, 3))), rows(("0.33", "1.00"), ("0.00", "0.66")), False),
    ],
)
def test_approximations_are_judged_by_the_last_digit(exact: Term, numeral: Term, holds: bool) -> None:
    if holds:
        passes(claim(exact, "~~", numeral), 1)
    else:
        fails(claim(exact, "~~", numeral))


def test_an_approximation_to_a_letter_has_no_numeric_form() -> None:
    assert "numeral" in str(check(claim("x", "~~", "x", Scope((real("x"),)))))


# ---------------------------------------------------------------------------------------------------- scopes, reasons

REASONS: dict[str, tuple[Claim, str]] = {
    "limit": (claim(f("limit", "x", "x", Term("constant", value="infinity")), "=", 0, Scope((real("x"),))), "limit"),
    "asymptotic": (claim("x", "~", "x", Scope((real("x"),))), "limit"),
    "undeclared": (claim("x", "=", "x"), "not declared"),
    "unknown function": (claim(f("apply", "g", "x"), "=", 0, Scope((real("x"),))), "function"),
    "nowhere defined": (claim(f("log", neg(power("x", 2))), "=", 0, Scope((real("x"),))), "0 of"),
    "empty domain": (claim("x", "=", "x", Scope((real("x", rel("x", ">", 1), rel("x", "<", 0)),))), "0 of"),
    "equation": (claim("x", "=", "x", Scope((real("x"), real("y")), (rel(mul("x", "y"), "=", "0.7071"),))), "equation"),
    "continuous probability": (
        claim(f("probability", at("w", 1), 0, value=">"), "=", div(1, 2), weights("gaussian")),
        "continuous",
    ),
    "continuous modulus": (claim(f("expect", f("abs", at("w", 1))), "=", "v", weights("gaussian")), "polynomial"),
    "an order between matrices": (claim("A", "<=", "B", FREE), "order"),
    "shapes": (claim(add("A", "x"), "=", "B", FREE), "shapes"),
}


@pytest.mark.parametrize("name", REASONS)
def test_what_has_no_numeric_form_says_why(name: str) -> None:
    result = check(REASONS[name][0])
    assert isinstance(result, str)
    assert REASONS[name][1] in result


def test_hypotheses_that_do_not_concern_the_claim_are_left_alone() -> None:
    scope = Scope((real("x"), real("y"), real("z")), (rel(mul("y", "z"), "=", "y"),))
    passes(claim("x", "=", "x", scope))


def test_a_realisation_satisfies_an_equation() -> None:
    letters = (square("W"), vector("v"), real("lambda"))
    hypotheses = (rel(mul("W", "v"), "=", mul("lambda", "v")),)
    # W + (lambda v - W v) v^T / v^T v maps v to lambda v.
    correction = mul(sub(mul("lambda", "v"), mul("W", "v")), div(tr("v"), mul(tr("v"), "v")))
    scope = Scope(letters, hypotheses, (("W", add("W", correction)),))
    square_of = claim(mul(power("W", 2), "v"), "=", mul(power("lambda", 2), "v"), scope)
    passes(square_of)
    fails(claim(mul(power("W", 2), "v"), "=", mul("lambda", "v"), scope))
    without = Scope(letters, hypotheses)
    assert "equation" in str(check(Claim(square_of.lhs, "=", square_of.rhs, without)))


def test_unit_vectors_and_unit_numbers_are_found() -> None:
    unit = Scope((vector("x"), square("W")), (rel(f("norm", "x"), "=", 1),))
    passes(claim(f("norm", mul("W", "x")), "<=", f("norm", "W"), unit))
    turn = Scope((Declaration("lambda", "complex", where=(rel(f("abs", "lambda"), "=", 1),)), natural("t")))
    passes(claim(f("abs", power("lambda", "t")), "=", 1, turn))
    fails(claim(power("lambda", 2), "=", 1, turn))


def test_contractions_are_found_by_rejection() -> None:
    scope = Scope((square("W"), vector("x", "d")), (rel(f("norm", "W"), "<", 1),))
    passes(claim(f("norm", mul("W", "x")), "<=", f("norm", "x"), scope))
    fails(claim(f("norm", mul("W", "x")), ">=", f("norm", "x"), scope))


def test_families_keep_their_bounds_at_every_member() -> None:
    family = Declaration("a", where=(rel(at("a", "k"), ">", 0), rel(at("a", "k"), "<", 1)), family=True)
    scope = Scope((family, natural("n", 1)))
    passes(claim(f("prod", at("a", "j"), "j", 1, "n"), "<", 1, scope))
    bare = Scope((Declaration("a", where=(rel("a", ">", 1),), family=True), natural("n", 1)))
    fails(claim(f("prod", at("a", "j"), "j", 1, "n"), "<", 1, bare))


def test_a_product_of_bounded_matrices() -> None:
    slopes = Declaration("D", shape=("d", "d"), properties=("diagonal",), family=True)
    bounded = (rel(f("norm", at("D", "k")), "<=", 1),)
    scope = Scope((slopes, square("W"), natural("t")), bounded)
    jacobian = f("prod", mul(at("D", "j"), "W"), "j", 1, "t")
    passes(claim(f("norm", jacobian), "<=", power(f("norm", "W"), "t"), scope))
    fails(claim(f("norm", jacobian), ">=", power(f("norm", "W"), "t"), scope))
    # Without factors between: eigenvalues alone bound no finite power.
    fails(claim(f("norm", power("W", "t")), "<=", power(f("spectral_radius", "W"), "t"), scope))


def test_a_recurrence_in_a_declared_letter() -> None:
    scope = Scope(
        (square("W"), vector("x"), natural("t", 1), Declaration("h", shape=("d",), family=True)),
        (rel(at("h", "t"), "=", mul("W", at("h", sub("t", 1)))),),
    )
    passes(claim(at("h", "t"), "=", mul(power("W", "t"), at("h", 0)), scope))
    fails(claim(at("h", "t"), "=", mul(power(tr("W"), "t"), at("h", 0)), scope))


def test_a_matrix_from_a_family_of_eigenvalues() -> None:
    family = Declaration("lambda", family=True)
    diagonal = f("diagonal_family", at("lambda", "j"), "j", 1, "d")
    scope = Scope((family, square("L"), natural("t", 1)), (rel("L", "=", diagonal),))
    powers = f("diagonal_family", power(at("lambda", "j"), "t"), "j", 1, "d")
    passes(claim(power("L", "t"), "=", powers, scope))
    passes(claim(f("trace", power("L", "t")), "=", f("sum", power(at("lambda", "j"), "t"), "j", 1, "d"), scope))
    fails(claim(power("L", add("t", 1)), "=", powers, scope))


def test_the_gradient_of_a_recurrence_with_shared_weight() -> None:
    scope = Scope(
        (real("w"), real("x"), natural("t", 1), Declaration("h", family=True)),
        (rel(at("h", 0), "=", "x"), rel(at("h", "k"), "=", mul("w", at("h", sub("k", 1))))),
    )
    gradient = f("derivative", at("h", "t"), "w")
    passes(claim(gradient, "=", mul("t", power("w", sub("t", 1)), "x"), scope))
    fails(claim(gradient, "=", mul(power("w", sub("t", 1)), "x"), scope))


def test_chebyshev_holds_for_every_finite_law() -> None:
    scope = weights()
    event = f("probability", f("abs", at("w", 1)), "a", value=">=")
    scope = Scope((*scope.declarations, real("a", rel("a", ">", 0))))
    passes(claim(event, "<=", div("v", power("a", 2)), scope))
    fails(claim(event, ">=", div("v", power("a", 2)), scope))


def test_a_product_of_ten_gaussian_weights() -> None:
    scope = Scope((Declaration("w", law=Law("gaussian", t(0), t("0.7")), family=True),))
    assert passes(claim(f("variance", product(1, 10)), "=", power("0.7", 10), scope), 1).points == 1
    fails(claim(f("variance", product(1, 10)), "=", power("0.7", 9), scope))
    # A shared weight: Var w^3 = 15 v^3.
    shared = Scope((Declaration("w", law=Law("gaussian", t(0), t("v"))), real("v", rel("v", ">", 0))))
    passes(claim(f("variance", power("w", 3)), "=", mul(15, power("v", 3)), shared))
    fails(claim(f("variance", power("w", 3)), "=", power("v", 3), shared))


def test_a_defective_matrix() -> None:
    jordan = rows((1, 1), (0, 1))
    scope = Scope((natural("t"),))
    passes(claim(power(jordan, "t"), "=", rows((1, "t"), (0, 1)), scope), 11)
    passes(claim(f("spectral_radius", jordan), "=", 1), 1)
    passes(claim(f("spectral_radius", rows((3, 1), (-1, 1))), "=", 2), 1)
    fails(claim(f("spectral_radius", rows((3, 1), (-1, 1))), "=", "2.001"))


def test_eigenvalues_in_order_of_falling_modulus() -> None:
    w = rows((div(19, 10), neg(div(7, 10))), (div(7, 5), neg(div(1, 5))))
    passes(claim(f("eigenvalue", w, 1), "=", div(6, 5)), 1)
    passes(claim(f("eigenvalue", w, 2), "=", div(1, 2)), 1)
    fails(claim(f("eigenvalue", w, 2), "=", div(6, 5)))
    turn = rows((0, -1), (1, 0))
    passes(claim(f("eigenvalue", turn, 1), "=", "i"), 1)


# ------------------------------------------------------------------------------------------------- bounds are honest


def rational_term(rng: Random, depth: int) -> tuple[Term, Fraction]:
    """A random term of the four operations and integer powers, with its exact value."""
    if depth == 0:
        a, b = rng.randint(-9, 9), rng.randint(1, 9)
        return (div(a, b), Fraction(a, b)) if rng.random() < 0.7 else (t(a), Fraction(a))
    (x, p), (y, q) = rational_term(rng, depth - 1), rational_term(rng, depth - 1)
    k = rng.randint(0, 3)
    cases = [(add(x, y), p + q), (sub(x, y), p - q), (mul(x, y), p * q), (power(x, k), p**k)]
    return rng.choice([*cases, (div(x, y), p / q)] if q else cases)


def test_the_bound_covers_the_true_error() -> None:
    rng = Random(0)
    for _ in range(1500):
        term, exact = rational_term(rng, rng.randint(1, 5))
        ball = evaluate(term, Env())
        value, error = Fraction(float(ball.value)), float(ball.error)
        assert abs(value - exact) <= Fraction(error) * Fraction(5, 4) or np.isnan(error), term


def test_the_bound_covers_the_true_error_of_functions() -> None:
    mpmath = pytest.importorskip("mpmath")
    functions = ("exp", "log", "sqrt", "sin", "cos", "tan", "sinh", "cosh", "tanh")
    rng = Random(0)
    with mpmath.workdps(50):
        for _ in range(600):
            name, (inner, exact) = rng.choice(functions), rational_term(rng, 2)
            if abs(exact) > 300 or (name in ("log", "sqrt") and exact <= 0):
                continue
            ball = evaluate(f(name, inner), Env())
            truth = getattr(mpmath, name)(mpmath.mpf(exact.numerator) / exact.denominator)
            assert not abs(mpmath.mpf(float(ball.value)) - truth) > 1.25 * float(ball.error), (name, inner)


def exact_inverse(a: list[list[Fraction]]) -> list[list[Fraction]]:
    n = len(a)
    work = [[*row, *(Fraction(i == j) for j in range(n))] for i, row in enumerate(a)]
    for k in range(n):
        pivot = next(i for i in range(k, n) if work[i][k])
        work[k], work[pivot] = work[pivot], work[k]
        work[k] = [x / work[k][k] for x in work[k]]
        for i in range(n):
            if i != k:
                work[i] = [x - work[i][k] * y for x, y in zip(work[i], work[k], strict=True)]
    return [row[n:] for row in work]


@pytest.mark.parametrize("n", [2, 3, 5])
def test_the_bound_covers_the_true_error_of_an_inverse(n: int) -> None:
    rng = Random(n)
    for _ in range(60):
        entries = [[Fraction(rng.randint(-9, 9), rng.randint(1, 9)) for _ in range(n)] for _ in range(n)]
        term = rows(*(tuple(div(x.numerator, x.denominator) for x in row) for row in entries))
        ball = evaluate(inv(term), Env())
        if np.isnan(ball.value).any():
            continue
        truth = exact_inverse(entries)
        for i in range(n):
            for j in range(n):
                gap = abs(Fraction(float(ball.value[i, j])) - truth[i][j])
                assert gap <= Fraction(float(ball.error[i, j])) * Fraction(5, 4)


@pytest.mark.parametrize("n", [3, 6])
def test_determinant_of_a_power(n: int) -> None:
    scope = Scope((square("V", "invertible", size=n),))
    passes(claim(f("det", power("V", 3)), "=", power(f("det", "V"), 3), scope))
    fails(claim(f("det", power("V", 3)), "=", power(f("det", "V"), 2), scope))


# ------------------------------------------------------------------------------------------------- order and tempo


def test_every_head_has_a_rule() -> None:
    assert EVALUATE.keys() == HEADS.keys()


def test_heads_without_numbers_say_so() -> None:
    with pytest.raises(NoNumericForm):
        evaluate(f("limit", "x", "x", 0), Env({"x": Ball(1)}))


def test_the_same_seed_gives_the_same_points() -> None:
    for name in PAIRS:
        assert check(PAIRS[name][0], seed=3) == check(PAIRS[name][0], seed=3)


def test_another_hash_seed_gives_the_same_points() -> None:
    program = "import test_floats as f; print([f.check(f.PAIRS[n][0], seed=5) for n in f.PAIRS])"
    folder = str(Path(__file__).parent)
    seen = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": f"{folder}{os.pathsep}{ROOT}"},
            cwd=folder,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1")
    }
    assert len(seen) == 1


def test_it_does_not_touch_the_kernel() -> None:
    program = "import sys, derive.floats; print([m for m in sys.modules if m.startswith('derive.')])"
    loaded = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout
    assert "derive.floats.check" in loaded
    assert "kernel" not in loaded
    assert "formula" not in loaded


def test_a_power_of_an_array_is_differentiated() -> None:
    """The exponent is another number at each point."""
    claim = read_claim(r"\frac{d}{dx} x^a = a x^{a-1}", "x > 0; a > 0")
    result = check(claim)
    assert isinstance(result, NumpyCheck) and result.ok and result.points >= 16


def test_an_exponential_is_no_polynomial_in_its_exponent() -> None:
    """Quadrature for a polynomial of degree 0 would average one node."""
    result = check(read_claim(r"\operatorname{E}[e^{z_1}] = e^{1/2}", "z_i ~ iid N(0, 1)"))
    assert isinstance(result, str) and "polynomial" in result


def test_a_finite_law_is_averaged_over_its_own_values() -> None:
    given = "n in N; n <= 4; w_i ~ iid finite(-1: 1/5, 1/2: 3/5, 3: 1/5)"
    true = read_claim(r"\operatorname{E}[\prod_{i=1}^{3} w_i^2] = \left(\frac{43}{20}\right)^3", given)
    wrong = read_claim(r"\operatorname{E}[\prod_{i=1}^{3} w_i^2] = \left(\frac{43}{20}\right)^3 + 10^{-9}", given)
    for claim, fine in ((true, True), (wrong, False)):
        result = check(claim)
        assert isinstance(result, NumpyCheck) and result.ok == fine


@pytest.mark.parametrize(
    ("claim", "holds"),
    [
        (r"y^\top H y \ge 0", True),
        (r"H = H^\top", True),
        (r"\det(H) \ge 0", True),
        (r"\det(H) > 0", False),  # some are singular
        (r"H = I", False),
    ],
)
def test_semidefinite_matrices_are_sampled_as_declared(claim: str, holds: bool) -> None:
    given = "H in R^{m x m} positive semidefinite; y in R^m"
    checks = [check(read_claim(claim, given), seed=seed) for seed in range(6)]
    assert all(isinstance(one, NumpyCheck) for one in checks)
    assert all(isinstance(one, NumpyCheck) and one.ok for one in checks) == holds
