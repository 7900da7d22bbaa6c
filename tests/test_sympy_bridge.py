"""Terms go to SymPy and come back unchanged; what SymPy computes comes back in canonical form; the rest is refused."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
import sympy
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from derive.core import HEADS, Declaration, Law, Relation, Scope, Term
from derive.formula import read, show
from derive.sympy_bridge import BRIDGE, NotBridged, from_sympy, to_sympy

ZERO = Term("number", (), Fraction(0))


def number(value: int) -> Term:
    return Term("number", (), Fraction(value))


def letter(name: str) -> Term:
    return Term("symbol", (), name)


SCOPE = Scope(
    (
        Declaration("x", where=(Relation(letter("x"), ">", ZERO),)),
        Declaration("y"),
        Declaration("z", "complex"),
        Declaration("n", "integer", where=(Relation(letter("n"), ">=", ZERO),)),
        Declaration("f", function=True),
        Declaration("a", family=True),
        Declaration("w", law=Law("gaussian", ZERO, number(1)), family=True),
        Declaration("A", shape=("d", "d")),
        Declaration("B", shape=("d", "d"), properties=("invertible",)),
        Declaration("v", shape=("d",)),
        Declaration("R", shape=("d", "m")),
    )
)

# ------------------------------------------------------------------------------------------------------ random terms

scalar_leaves = st.one_of(
    st.integers(0, 7).map(number),
    st.sampled_from(["x", "y", "z", "n", "d"]).map(letter),
    st.sampled_from(["pi", "e", "i", "gamma", "infinity"]).map(lambda name: Term("constant", (), name)),
)
FUNCTIONS = ["exp", "log", "sqrt", "abs", "sin", "cos", "tan", "sinh", "cosh", "tanh", "arctan", "factorial"]


def node(head: str, *parts: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    return st.tuples(*parts).map(lambda args: Term(head, args))


def several(head: str, part: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    return st.lists(part, min_size=2, max_size=4).map(lambda args: Term(head, tuple(args)))


def matrices(rows: int, columns: int, part: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    row = st.lists(part, min_size=columns, max_size=columns).map(lambda entries: Term("row", tuple(entries)))
    return st.lists(row, min_size=rows, max_size=rows).map(lambda lines: Term("matrix", tuple(lines)))


def branch(part: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    ranged = [node(head, part, st.sampled_from(["k", "n", "x"]).map(letter), part, part) for head in ("sum", "prod")]
    square = st.integers(1, 3).flatmap(lambda size: matrices(size, size, part))
    return st.one_of(
        several("add", part),
        several("mul", part),
        node("neg", part),
        node("div", part, part),
        node("pow", part, part),
        node("pow", part, st.sampled_from([number(1), number(2), Term("neg", (number(1),)), HALF, THIRD])),
        st.tuples(st.sampled_from(FUNCTIONS), part).map(lambda pair: Term(pair[0], (pair[1],))),
        node("binomial", part, part),
        node("root", part, st.just(number(4))),
        node("root", st.just(letter("x")), st.integers(3, 6).map(number)),
        node("apply", st.just(letter("f")), part),
        node("index", st.sampled_from([letter("a"), letter("v")]), places),
        node("entry", st.just(letter("A")), places, places),
        node("derivative", part, st.sampled_from(["x", "y", "z"]).map(letter)),
        node("limit", part, st.just(letter("n")), st.just(Term("constant", (), "infinity"))),
        node("limit", part, st.just(letter("y")), st.sampled_from([number(0), letter("x")])),
        *ranged,
        node("det", square),
        node("trace", square),
    )


places = st.sampled_from([number(1), number(2), letter("n"), letter("d"), Term("add", (letter("n"), number(1)))])
HALF = Term("div", (number(1), number(2)))
THIRD = Term("div", (number(1), number(3)))
scalars = st.recursive(scalar_leaves, branch, max_leaves=12)

square_leaves = st.sampled_from([letter("A"), letter("B")])


def square_branch(part: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    with_identity = st.one_of(part, st.just(Term("identity")))
    small = st.recursive(scalar_leaves, branch, max_leaves=3)
    return st.one_of(
        st.tuples(part, st.lists(with_identity, min_size=1, max_size=2), st.booleans()).map(beside("add")),
        st.tuples(part, st.lists(with_identity, min_size=1, max_size=2), st.booleans()).map(beside("mul")),
        node("mul", small, part),
        node("neg", part),
        node("transpose", part),
        node("pow", part, st.sampled_from([number(2), Term("neg", (number(1),)), letter("n")])),
    )


def beside(head: str) -> Any:
    def build(drawn: tuple[Term, list[Term], bool]) -> Term:
        first, others, turned = drawn
        return Term(head, (*others, first) if turned else (first, *others))

    return build


squares = st.recursive(square_leaves, square_branch, max_leaves=8)


@settings(max_examples=300, deadline=None)
@given(scalars)
def test_a_scalar_term_comes_back(term: Term) -> None:
    assert from_sympy(to_sympy(term, SCOPE)) == term


@settings(max_examples=150, deadline=None)
@given(squares)
def test_a_matrix_term_comes_back(term: Term) -> None:
    assert from_sympy(to_sympy(term, SCOPE)) == term


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 3).flatmap(lambda rows: matrices(rows, 2, scalars)), st.lists(scalars, min_size=2, max_size=2))
def test_an_explicit_matrix_comes_back(matrix: Term, entries: list[Term]) -> None:
    for term in (matrix, Term("mul", (matrix, Term("diagonal", tuple(entries)))), Term("transpose", (matrix,))):
        assert from_sympy(to_sympy(term, SCOPE)) == term


# ------------------------------------------------------------------------------------ what SymPy computed, as a term

X, Y, Z = to_sympy(letter("x"), SCOPE), to_sympy(letter("y"), SCOPE), to_sympy(letter("z"), SCOPE)
N = to_sympy(letter("n"), SCOPE)
A, B = to_sympy(letter("A"), SCOPE), to_sympy(letter("B"), SCOPE)
K = sympy.Symbol("k", integer=True)
EXPONENTS = (-3, -2, -1, 2, 3, sympy.Rational(1, 2), sympy.Rational(-1, 2), sympy.Rational(1, 3), sympy.Rational(2, 3))


def computed(part: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(
        st.tuples(part, part).map(lambda pair: pair[0] + pair[1]),
        st.tuples(part, part).map(lambda pair: pair[0] * pair[1]),
        st.tuples(part, st.sampled_from(EXPONENTS)).map(lambda pair: pair[0] ** pair[1]),
        st.tuples(part, st.sampled_from([sympy.exp, sympy.sin, sympy.Abs])).map(lambda pair: pair[1](pair[0])),
    )


rationals = st.builds(sympy.Rational, st.integers(-5, 5), st.integers(1, 5))
expressions = st.recursive(
    st.one_of(rationals, st.sampled_from([X, Y, Z, N, sympy.pi, sympy.E, sympy.I])), computed, max_leaves=5
)


POINT = {X: sympy.Rational(3, 7), Y: sympy.Rational(-5, 3), Z: sympy.Rational(2, 7) + sympy.I / 5, N: sympy.Integer(4)}


@settings(max_examples=200, deadline=None)
@given(expressions)
def test_what_sympy_computed_keeps_its_value(expr: Any) -> None:
    """In our canonical form and translated again, it is the same number at a point of both signs."""
    assume(not expr.has(sympy.nan, sympy.zoo, sympy.oo))
    term = from_sympy(expr)
    assert canonical(term)
    back = to_sympy(term, SCOPE).doit()
    assert back == expr or same_number(back, expr)


def same_number(a: Any, b: Any) -> bool:
    left, right = (sympy.N(expr.subs(POINT), 30) for expr in (a, b))
    return bool(abs(left - right) <= sympy.Float("1e-20") * (1 + abs(left)))


def canonical(term: Term) -> bool:
    """The rules that ``core`` states for what the reader produces."""
    if term.head == "number":
        return Fraction(term.value or 0).denominator == 1 and Fraction(term.value or 0) >= 0
    if term.head in ("add", "mul") and len(term.args) < 2:
        return False
    return term.head in HEADS and all(map(canonical, term.args))


EXAMPLES: list[tuple[Any, str]] = [
    (sympy.Integer(-2), "-2"),
    (sympy.Rational(-2, 3), r"-\frac{2}{3}"),
    (1 / X, r"\frac{1}{x}"),
    (X**-2, r"\frac{1}{x^{2}}"),
    (-X, "-x"),
    (X - Y, "x - y"),
    (2 * X / 3, r"\frac{2 x}{3}"),
    (-2 * X / (3 * Y), r"-\frac{2 x}{3 y}"),
    (sympy.sqrt(X), r"\sqrt{x}"),
    (1 / sympy.sqrt(X), r"\frac{1}{\sqrt{x}}"),
    (X ** sympy.Rational(1, 3), r"\sqrt[3]{x}"),
    (X ** sympy.Rational(2, 3), r"x^{\frac{2}{3}}"),
    (sympy.exp(-X), r"\exp(-x)"),
    (sympy.E, "e"),
    (-sympy.oo, r"-\infty"),
    (sympy.diff(sympy.log(X) * X, X), r"1 + \ln(x)"),
    (sympy.diff(sympy.tanh(Y), Y), r"1 - (\tanh(y))^{2}"),
    (sympy.Sum(K**2, (K, 1, N)), r"\sum_{k=1}^{n} k^{2}"),
    (sympy.Sum(K, (K, 5, 1)), r"\sum_{k=5}^{1} k"),
    (sympy.limit(X**N / (1 + X), Y, 0), r"\frac{x^{n}}{1 + x}"),
    (A - 2 * B, "-2 B + A"),
    ((A * B).T, r"B^\top A^\top"),
    (A**-1, "A^{-1}"),
    (A / 2, r"\frac{1}{2} A"),
    (sympy.ImmutableMatrix([[1, -X], [0, X / 2]]), r"\begin{pmatrix} 1 & -x \\ 0 & \frac{x}{2} \end{pmatrix}"),
]


@pytest.mark.parametrize(("expr", "latex"), EXAMPLES, ids=lambda x: x if isinstance(x, str) else "")
def test_the_canonical_form_of_what_sympy_computed(expr: Any, latex: str) -> None:
    assert from_sympy(expr) == read(latex, SCOPE), show(from_sympy(expr))


def test_the_order_of_a_sum_is_the_one_that_sympy_keeps() -> None:
    assert from_sympy(Y + X) == from_sympy(X + Y)


# ------------------------------------------------------------------------------------------- what SymPy gets to know


def test_nothing_is_evaluated() -> None:
    assert to_sympy(read(r"\frac{x}{x}", SCOPE), SCOPE) != 1
    assert to_sympy(read(r"\sum_{k=5}^{1} k", SCOPE), SCOPE).is_Number is False
    assert to_sympy(read(r"A A^{-1}", SCOPE), SCOPE) != sympy.Identity(sympy.Symbol("d", integer=True, positive=True))


def test_sympy_can_go_on_from_there() -> None:
    assert to_sympy(read(r"\sum_{k=0}^{n} x^{k} + \frac{d}{dx} x^{-2}", SCOPE), SCOPE).doit() is not None
    assert to_sympy(read(r"\frac{d}{dx} \ln(x)", SCOPE), SCOPE).doit() == 1 / X
    assert to_sympy(read(r"\frac{d}{dx} x^{-2}", SCOPE), SCOPE).doit() == -2 / X**3
    assert to_sympy(read(r"\lim_{n \to \infty} \frac{n}{n + 1}", SCOPE), SCOPE).doit() == 1
    assert to_sympy(read(r"\frac{x - x}{2}", SCOPE), SCOPE).doit() == 0


def where(relation: str, bound: int) -> tuple[Relation, ...]:
    return (Relation(letter("t"), relation, number(bound) if bound >= 0 else Term("neg", (number(-bound),))),)


@pytest.mark.parametrize(
    ("declaration", "known"),
    [
        (Declaration("t"), {"is_real": True, "is_positive": None}),
        (Declaration("t", "complex"), {"is_complex": True, "is_real": None}),
        (Declaration("t", "integer"), {"is_integer": True}),
        (Declaration("t", where=where(">", 0)), {"is_positive": True}),
        (Declaration("t", where=where(">=", 0)), {"is_nonnegative": True, "is_positive": None}),
        (Declaration("t", where=where(">=", 1)), {"is_positive": True}),
        (Declaration("t", where=where(">", -1)), {"is_positive": None, "is_negative": None}),
        (Declaration("t", where=where("<", 0)), {"is_negative": True}),
        (Declaration("t", where=where("<=", 0)), {"is_nonpositive": True}),
        (Declaration("t", where=where("<", 1)), {"is_positive": None, "is_negative": None}),
        (Declaration("t", where=where("!=", 0)), {"is_zero": False}),
        (Declaration("t", where=where("!=", 1)), {"is_zero": None}),
    ],
)
def test_declarations_become_assumptions(declaration: Declaration, known: dict[str, bool | None]) -> None:
    expr = to_sympy(letter("t"), Scope((declaration,)))
    assert {name: getattr(expr, name) for name in known} == known


def test_matrices_keep_their_sizes() -> None:
    d = to_sympy(letter("d"), SCOPE)
    assert d.is_positive and d.is_integer
    assert to_sympy(letter("R"), SCOPE).shape == (d, sympy.Symbol("m", integer=True, positive=True))
    assert to_sympy(read("I - A", SCOPE), SCOPE).shape == (d, d)
    assert to_sympy(read("(I + A) v", SCOPE), SCOPE).shape == (d, 1)


# ----------------------------------------------------------------------------------------------------------- refusals


@pytest.mark.parametrize(
    ("term", "name"),
    [
        (Term("decimal", (), "0.30"), "decimal"),
        (Term("norm", (letter("A"),)), "norm"),
        (Term("expect", (letter("x"),)), "expect"),
        (Term("index", (letter("w"), number(1))), "random"),
        (Term("root", (letter("y"), number(3))), "root"),
        (Term("identity"), "identity"),
        (Term("add", (letter("A"), number(1))), "scalar"),
        (Term("add", (letter("A"), letter("R"))), "sizes"),
        (Term("mul", (letter("R"), letter("R"))), "sizes"),
        (Term("div", (letter("A"), number(2))), "matrix"),
        (Term("pow", (letter("R"), number(2))), "square"),
        (Term("exp", (letter("A"),)), "matrix"),
        (Term("number", (), Fraction(-1, 2)), "number"),
        (letter("unheard"), "unheard"),
        (letter("a"), "index"),
        (Term("apply", (letter("x"), letter("y"))), "apply"),
        (Term("nonsense"), "nonsense"),
        (Term("derivative", (letter("x"), number(2))), "derivative"),
        (Term("limit", (letter("n"), letter("n"), letter("n"))), "limit"),
    ],
    ids=lambda x: x if isinstance(x, str) else "",
)
def test_the_rest_is_refused_by_name(term: Term, name: str) -> None:
    with pytest.raises(NotBridged, match=name):
        to_sympy(term, SCOPE)


@pytest.mark.parametrize(
    ("expr", "name"),
    [
        (sympy.Float("0.3"), "Float"),
        (sympy.nan, "NaN"),
        (sympy.zoo, "ComplexInfinity"),
        (sympy.Dummy("x"), "letter"),
        (sympy.Symbol("x y"), "letter"),
        (sympy.Piecewise((X, X > 1), (0, True)), "Piecewise"),
        (sympy.Eq(X, Y), "Equality"),
        (sympy.Derivative(sympy.Function("f")(X), (X, N)), "order"),
        (sympy.gamma(X), "gamma"),
        (sympy.ImmutableMatrix(0, 0, []), "empty"),
    ],
    ids=lambda x: x if isinstance(x, str) else "",
)
def test_other_expressions_are_refused_by_name(expr: Any, name: str) -> None:
    with pytest.raises(NotBridged, match=name):
        from_sympy(expr)


def test_every_head_has_its_rule() -> None:
    assert set(BRIDGE) == set(HEADS)
