"""What is no number is never treated as one: matrices do not commute, whatever head or binder they hide behind, and claims whose
parts do not fit together are not proved."""

from __future__ import annotations

from fractions import Fraction

import pytest

from derive.checkers import search
from derive.core import Claim, Declaration, Relation, Scope, Term


def s(name: str) -> Term:
    return Term("symbol", (), name)


def n(value: int) -> Term:
    return Term("number", (), Fraction(value))


def t(head: str, *args: Term) -> Term:
    return Term(head, args)


A, B, x, i = s("A"), s("B"), s("x"), s("i")
SCOPE = Scope(
    (
        Declaration("A", "real", ("d", "d")),
        Declaration("B", "real", ("d", "d")),
        Declaration("x", "real"),
        Declaration("y", "real", ("d",)),
        Declaration("f", "real", function=True),
        Declaration("a", "real", family=True),
        Declaration("b", "real", family=True),
        Declaration("m", "integer", (), (), (Relation(s("m"), ">=", n(0)),)),
    )
)


def proved(lhs: Term, rhs: Term, relation: str = "=") -> bool:
    return search(Claim(lhs, relation, rhs, SCOPE), audit=True).proof is not None


@pytest.mark.parametrize("head", ["exp", "sin", "abs", "expect", "sqrt"])
def test_functions_of_matrices_do_not_commute(head: str) -> None:
    assert not proved(t("mul", t(head, A), t(head, B)), t("mul", t(head, B), t(head, A)))
    assert proved(t("mul", t("abs", x), t("exp", x)), t("mul", t("exp", x), t("abs", x)))


@pytest.mark.parametrize(
    ("lhs", "rhs"),
    [
        (t("exp", t("add", A, B)), t("mul", t("exp", A), t("exp", B))),
        (t("add", t("pow", t("sin", A), n(2)), t("pow", t("cos", A), n(2))), n(1)),
        (
            t("mul", t("apply", s("f"), A), t("apply", s("f"), B)),
            t("mul", t("apply", s("f"), B), t("apply", s("f"), A)),
        ),
        (t("variance", A), n(0)),
        (
            t("mul", t("derivative", A, x), t("derivative", B, x)),
            t("mul", t("derivative", B, x), t("derivative", A, x)),
        ),
        (t("mul", t("expect", A), B), t("mul", B, t("expect", A))),
        (t("mul", t("pow", n(2), A), t("pow", n(2), B)), t("pow", n(2), t("add", A, B))),
        (t("mul", t("div", n(1), A), t("div", n(1), B)), t("mul", t("div", n(1), B), t("div", n(1), A))),
        (t("add", A, n(1)), t("add", n(1), A)),
        (t("add", s("a"), x), t("add", x, s("a"))),
        (t("add", s("undeclared"), x), t("add", x, s("undeclared"))),
    ],
)
def test_misfits_are_not_proved(lhs: Term, rhs: Term) -> None:
    assert not proved(lhs, rhs)


def test_matrices_have_no_sign() -> None:
    assert not proved(t("pow", t("expect", A), n(2)), n(0), ">=")
    assert not proved(t("exp", A), n(0), ">")


def test_components_of_a_vector_are_numbers() -> None:
    first, second = t("index", s("y"), n(1)), t("index", s("y"), n(2))
    assert proved(t("mul", first, second), t("mul", second, first))


def diagonal(body: Term, lower: Term, upper: Term) -> Term:
    return t("diagonal_family", body, i, lower, upper)


@pytest.mark.parametrize(("lower", "upper"), [(n(0), n(2)), (n(1), n(3)), (n(0), s("m")), (n(1), s("m"))])
def test_diagonals_multiply_entry_by_entry_over_one_range(lower: Term, upper: Term) -> None:
    a, b = t("index", s("a"), i), t("index", s("b"), i)
    product = t("mul", diagonal(a, lower, upper), diagonal(b, lower, upper))
    assert proved(product, diagonal(t("mul", a, b), lower, upper))


def test_diagonals_over_different_ranges_of_one_length_do_not() -> None:
    a, b = t("index", s("a"), i), t("index", s("b"), i)
    product = t("mul", diagonal(a, n(0), n(2)), diagonal(b, n(2), n(4)))
    assert not proved(product, diagonal(t("mul", a, b), n(2), n(4)))
