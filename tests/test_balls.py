"""The balls: known values, undefined points, sizes, exactness; and the table of heads: shapes and conditions."""

from __future__ import annotations

from fractions import Fraction as F

import pytest
from flint import acb, arb, ctx, fmpq
from hypothesis import given
from hypothesis import strategies as st

from derive import core
from derive.core import Complex, Declaration, Family, FiniteLaw, Function, Law, Matrix, Relation, Scope, Term
from derive.kernel import laws
from derive.kernel.balls import (
    BALLS,
    BallMatrix,
    Undefined,
    approximates,
    certainly_at_most,
    certainly_less,
    decimal_tolerance,
    evaluate,
    exact,
    holds,
    separated,
)
from derive.kernel.heads import (
    HEADS,
    AlmostSurely,
    Natural,
    PowerDefined,
    ShapeError,
    Under,
    conditions_of,
    shape_of,
)


def n(q: int | F | str) -> Term:
    value = F(q)
    if value < 0:
        return Term("neg", (n(-value),))
    if value.denominator != 1:
        return Term("div", (n(value.numerator), n(value.denominator)))
    return Term("number", (), value)


def s(name: str) -> Term:
    return Term("symbol", (), name)


def T(head: str, *args: Term | int, value: str | None = None) -> Term:
    return Term(head, tuple(n(arg) if isinstance(arg, int) else arg for arg in args), value)


def dec(text: str) -> Term:
    return Term("decimal", (), text)


def const(name: str) -> Term:
    return Term("constant", (), name)


def M(*rows: tuple[int | F | str | Complex, ...]) -> Matrix:
    return Matrix(tuple(tuple(x if isinstance(x, Complex) else F(x) for x in row) for row in rows))


x, y, k, A, B, w = s("x"), s("y"), s("k"), s("A"), s("B"), s("w")
I, PI, E = const("i"), const("pi"), const("e")
IDENTITY = T("identity")
COIN = FiniteLaw(((F(-1), F(1, 2)), (F(2), F(1, 2))))
TRANSIENT = M(("9/10", 100), (0, "4/5"))
NON_NORMAL = M(("19/10", "-7/10"), ("7/5", "-1/5"))


def close(term: Term, expected: str, env: dict | None = None) -> bool:
    """The ball contains no number further than one unit of the 12th significant digit from ``expected``."""
    ball = evaluate(term, env or {}, 128)
    with ctx.workprec(128):
        gap = abs(ball - acb(expected))
        return bool(gap <= abs(acb(expected)) * arb("1e-12") + arb("1e-30"))


# ---------------------------------------------------------------------------------------------------------- known values


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        (T("exp", 1), "2.718281828459045235360287"),
        (T("log", 2), "0.693147180559945309417232"),
        (T("sqrt", 2), "1.414213562373095048801689"),
        (T("root", n(-7), 3), "-1.91293118277238910119912"),
        (T("sin", 1), "0.841470984807896506652502"),
        (T("tan", 1), "1.557407724654902230506975"),
        (T("tanh", 1), "0.761594155955764888119458"),
        (T("arctan", 1), "0.785398163397448309615661"),
        (T("cosh", 1), "1.543080634815243778477906"),
        (const("gamma"), "0.577215664901532860606512"),
        (T("pow", 2, n("1/2")), "1.414213562373095048801689"),
        (T("pow", E, PI), "23.14069263277926900572909"),
        (T("pow", I, I), "0.207879576350761908546956"),
        (T("factorial", 20), "2432902008176640000"),
        (T("sum", T("div", 1, T("pow", k, 2)), k, 1, 100), "1.634983900184892865077197"),
    ],
)
def test_known_values(term: Term, expected: str) -> None:
    assert close(term, expected)


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        (T("pow", 0, 0), F(1)),
        (T("pow", n("2/3"), n(-3)), F(27, 8)),
        (T("pow", 4, n("-3/2")), F(1, 8)),
        (T("sqrt", n("49/4")), F(7, 2)),
        (T("root", n(-27), 3), F(-3)),
        (T("abs", T("add", n(3), T("mul", 4, I))), F(5)),
        (T("binomial", 5, 7), F(0)),
        (T("binomial", 10, 3), F(120)),
        (T("sum", k, k, 5, 1), F(0)),
        (T("prod", k, k, 5, 1), F(1)),
        (T("sum", k, k, 5, 4), F(0)),
        (T("prod", k, k, 1, 5), F(120)),
        (T("pow", n(-1), n(10**12 + 1)), F(-1)),
        (T("log", 1), F(0)),
        (T("exp", T("add", 1, n(-1))), F(1)),
        (dec("12.382"), F(6191, 500)),
        (T("mul", I, I), Complex(F(-1), F(0))),
        (T("pow", T("add", 1, I), n(-2)), Complex(F(0), F(-1, 2))),
    ],
)
def test_exact_values(term: Term, expected: F | Complex) -> None:
    assert exact(term, {}) == expected


def test_exact_is_none_for_irrational_values() -> None:
    assert exact(T("sqrt", 2), {}) is None
    assert exact(T("mul", 0, T("exp", 1)), {}) is None or exact(T("mul", 0, T("exp", 1)), {}) == 0
    assert exact(T("div", 1, 0), {}) is None


# ------------------------------------------------------------------------------------------------------ undefined points


@pytest.mark.parametrize(
    "term",
    [
        T("div", 1, 0),
        T("div", 1, T("add", T("sqrt", 2), T("neg", T("sqrt", 2)))),
        T("mul", 0, T("div", 1, 0)),
        T("pow", T("div", 1, 0), 0),
        T("log", 0),
        T("log", n(-1)),
        T("log", T("neg", E)),
        T("sqrt", n(-1)),
        T("sqrt", T("add", T("exp", 1), T("neg", T("exp", 1)))),
        T("root", n(-2), 2),
        T("pow", 0, n(-1)),
        T("pow", 0, T("neg", PI)),
        T("pow", n(-8), n("1/3")),
        T("pow", n(-2), PI),
        T("factorial", n(-1)),
        T("factorial", n("1/2")),
        T("binomial", n(-1), 2),
        T("sum", k, k, 1, n("5/2")),
        T("sum", T("div", 1, k), k, n(-1), 1),
        const("infinity"),
        s("nowhere"),
        dec("1e9"),
        dec("nan"),
        T("limit", T("div", 1, x), x, 0),
        T("spectral_radius", T("matrix", T("row", PI, n(1)), T("row", n(1), n(1)))),
    ],
)
def test_undefined_points_are_refused(term: Term) -> None:
    with pytest.raises(Undefined):
        evaluate(term, {"x": F(0)}, 64)
    assert holds(Relation(term, "!=", n(17)), {}) is None


def test_odd_roots_of_balls_around_zero() -> None:
    nearly = T("add", T("exp", 1), T("neg", T("exp", 1)))
    ball = evaluate(T("root", nearly, 3), {}, 64)
    assert ball.real.contains(0)
    assert ball.real.abs_upper() < arb("1e-5")


def test_every_subterm_must_be_defined() -> None:
    # x/x is 1 wherever it is defined; at 0 it is not.
    assert holds(Relation(T("div", x, x), "=", n(1)), {"x": F(0)}) is None
    assert holds(Relation(T("mul", 0, T("log", x)), "=", n(1)), {"x": F(-1)}) is None


def test_real_letters_have_real_roots_and_complex_ones_principal_roots() -> None:
    assert exact(T("root", x, 3), {"x": F(-8)}) == -2
    ball = evaluate(T("root", x, 3), {"x": Complex(F(-8), F(0))}, 64)
    assert ball.imag.overlaps(arb(3).sqrt())
    assert close(T("log", x), "0", {"x": Complex(F(1), F(0))})
    assert evaluate(T("log", x), {"x": Complex(F(-1), F(0))}, 64).imag.overlaps(arb.pi())
    with pytest.raises(Undefined):
        evaluate(T("log", x), {"x": F(-1)}, 64)


def test_balls_across_a_branch_cut_contain_both_sides() -> None:
    # -1 plus an imaginary part that is 0, but not exactly.
    blurred = T("add", n(-1), T("mul", I, T("add", T("exp", 1), T("neg", T("exp", 1)))))
    for term, sides in (
        (T("sqrt", blurred), (acb(0, 1), acb(0, -1))),
        (T("log", blurred), (acb(0, 1) * arb.pi(), acb(0, -1) * arb.pi())),
        (T("root", blurred, 3), (acb(-1).root(3), acb(-1).root(3).conjugate())),
        (T("pow", blurred, n("1/2")), (acb(0, 1), acb(0, -1))),
        (T("pow", blurred, PI), ((acb(0, 1) * arb.pi() ** 2).exp(), (acb(0, -1) * arb.pi() ** 2).exp())),
    ):
        ball = evaluate(term, {}, 64)
        assert all(ball.overlaps(side) for side in sides)


def test_extreme_arguments_come_back() -> None:
    huge = T("pow", 10, n(10**6))
    assert evaluate(T("exp", T("neg", huge)), {}, 64).real.overlaps(arb(0))
    assert evaluate(T("sin", T("pow", huge, n(10**6))), {}, 64).real.is_finite()
    assert holds(Relation(T("tanh", huge), ">", n("9/10")), {}) is True


def test_infinite_results_are_refused() -> None:
    with pytest.raises(Undefined):
        evaluate(T("exp", T("pow", 10, n(10**6))), {}, 64)


# ---------------------------------------------------------------------------------------------------------------- sizes


@pytest.mark.parametrize(
    "term",
    [
        T("pow", 3, n(10**12)),
        T("pow", 3, T("pow", 10, n(12))),
        T("pow", T("pow", T("pow", 10, n(10**6)), n(10**6)), n(10**12)),
        T("pow", T("exp", 1), n(10**9)),
        T("factorial", n(10**12)),
        T("binomial", n(10**12), n(5 * 10**11)),
        T("sum", k, k, 1, n(10**12)),
        T("sum", T("sum", k, k, 1, 1000), s("j"), 1, 1000),
        T("root", 2, n(10**12)),
        T("pow", T("matrix", T("row", n(1), n(1)), T("row", n(0), n(1))), n(10**12)),
        T("diagonal_family", k, k, 1, 1000),
        dec("1" * 20_000),
    ],
)
def test_what_would_abort_the_process_is_refused_quickly(term: Term) -> None:
    with pytest.raises(Undefined):
        evaluate(term, {}, 64)


def test_long_exact_numbers_become_balls() -> None:
    assert close(T("pow", n("3/2"), n(10**6)), "1.815748446407370034077541e176091")
    assert close(T("sum", T("div", 1, k), k, 1, 20_000), "10.48072821722932788604616")


def test_a_function_that_calls_itself_is_refused() -> None:
    env = {"f": Function("t", T("apply", s("f"), T("add", s("t"), 1)))}
    with pytest.raises(Undefined):
        evaluate(T("apply", s("f"), 0), env, 64)


# --------------------------------------------------------------------------------------------------- letters of all kinds


def test_functions_families_and_first_members() -> None:
    env = {"f": Function("t", T("add", T("pow", s("t"), 2), k)), "k": F(5), "h": Family((F(7), F(8))), "h@0": F(3)}
    assert exact(T("sum", T("apply", s("f"), k), k, 1, 2), env) == 15  # the k of f is the letter, not the bound one
    assert [exact(T("index", s("h"), i), env) for i in (0, 1, 2)] == [3, 7, 8]
    with pytest.raises(Undefined):
        evaluate(T("index", s("h"), 3), env, 64)
    assert exact(T("index", s("v"), 2), {"v": M((4,), (9,))}) == 9


def test_derivatives_by_the_rules_of_calculus() -> None:
    body = T("mul", T("tanh", x), T("pow", x, 3))
    assert close(T("derivative", body, x), "2.70475680948132", {"x": F(1)})
    assert exact(T("derivative", T("pow", x, 3), x), {"x": F(2)}) == 12
    for at_zero in ("sqrt", "abs", "log"):
        with pytest.raises(Undefined):
            evaluate(T("derivative", T(at_zero, x), x), {"x": F(0)}, 64)
    with pytest.raises(Undefined):  # 1/u has a value at -1, log u has none
        evaluate(T("derivative", T("log", x), x), {"x": F(-1)}, 64)


# ------------------------------------------------------------------------------------------------------------- matrices


def test_ledger_numbers() -> None:
    W = s("W")
    peak = T("norm", T("pow", W, 6))
    assert approximates(peak, dec("269.3"), {"W": TRANSIENT}) is True
    assert approximates(peak, dec("269.4"), {"W": TRANSIENT}) is False
    assert approximates(T("norm", T("pow", W, 10)), dec("19.6"), {"W": NON_NORMAL}) is True
    assert exact(T("spectral_radius", W), {"W": NON_NORMAL}) == F(6, 5)
    assert exact(T("eigenvalue", W, 2), {"W": NON_NORMAL}) == F(1, 2)
    assert holds(Relation(T("spectral_radius", W), "=", n("6/5")), {"W": NON_NORMAL}) is True
    assert close(T("condition_number", W), "10.0673355181018905", {"W": NON_NORMAL})


def test_matrix_arithmetic_is_exact_and_ordered() -> None:
    env = {"A": M((1, 2), (3, 4)), "B": M((0, 1), (1, 1))}
    assert exact(T("mul", A, B), env) == M((2, 3), (4, 7))
    assert exact(T("mul", B, A), env) == M((3, 4), (4, 6))
    assert exact(T("pow", A, n(-1)), env) == M((-2, 1), ("3/2", "-1/2"))
    assert exact(T("pow", A, 0), env) == M((1, 0), (0, 1))
    assert exact(T("transpose", A), env) == M((1, 3), (2, 4))
    assert exact(T("det", A), env) == -2
    assert exact(T("trace", T("mul", A, A)), env) == 29
    assert exact(T("entry", A, 2, 1), env) == 3
    assert exact(T("add", A, T("mul", 2, IDENTITY)), env) == M((3, 2), (3, 6))
    assert exact(T("add", 0, A), env) == env["A"]
    assert exact(T("diagonal_family", T("pow", k, 2), k, 1, 2), {}) == M((1, 0), (0, 4))
    assert holds(Relation(T("add", A, T("neg", A)), "=", n(0)), env) is True
    assert holds(Relation(A, "=", n(0)), env) is False
    assert holds(Relation(T("mul", A, T("pow", A, n(-1))), "=", IDENTITY), env) is True
    assert holds(Relation(T("mul", A, B), "=", T("mul", B, A)), env) is False


def test_ill_shaped_and_singular_are_refused() -> None:
    env = {
        "A": M((1, 2), (2, 4)),
        "v": M((1,), (2,)),
        "C": M(
            (1, 2, 3),
        ),
    }
    for term in (
        T("pow", A, n(-1)),
        T("condition_number", A),
        T("add", A, 1),
        T("add", A, s("v")),
        T("add", IDENTITY, 1),
        T("mul", s("v"), A),
        T("det", s("v")),
        T("det", T("mul", 2, IDENTITY)),
        T("trace", IDENTITY),
        T("exp", A),
        T("pow", A, n("1/2")),
        T("entry", A, 3, 1),
        T("entry", A, 0, 1),
        T("eigenvalue", A, 3),
        T("mul", s("C"), s("C")),
    ):
        with pytest.raises(Undefined):
            evaluate(term, env, 64)
    assert holds(Relation(A, "!=", s("v")), env) is None


def test_one_by_one_matrices_act_as_numbers() -> None:
    v = s("v")
    env = {"v": M((3,), (4,)), "A": M((1, 2), (3, 4))}
    square = T("mul", T("transpose", v), v)
    assert exact(T("sqrt", square), env) == 5
    assert exact(T("norm", v), env) == 5
    assert exact(T("mul", square, A), env) == M((25, 50), (75, 100))
    assert exact(T("add", square, 1), env) == 26
    assert holds(Relation(square, "=", n(25)), env) is True


def test_identity_of_no_size() -> None:
    ball = evaluate(IDENTITY, {}, 64)
    assert isinstance(ball, BallMatrix)
    assert not ball.rows
    assert separated(ball, evaluate(A, {"A": M((1, 2), (0, 1))}, 64))
    assert not separated(ball, evaluate(A, {"A": M((1, 0), (0, 1))}, 64))
    assert exact(T("det", IDENTITY), {}) == 1
    assert exact(T("norm", T("mul", n(-3), IDENTITY)), {}) == 3
    empty = T("prod", T("index", s("W"), k), k, 2, 1)
    env = {"W": Family((M((1, 1), (0, 1)),))}
    assert exact(T("add", T("index", s("W"), 1), empty), env) == M((2, 1), (0, 2))


def test_complex_matrices() -> None:
    Z = {"Z": M((Complex(F(1), F(2)), 3), (0, "1/3"))}
    assert holds(Relation(T("mul", s("Z"), T("pow", s("Z"), n(-1))), "=", IDENTITY), Z) is True
    assert close(T("spectral_radius", s("Z")), "2.23606797749978969641", Z)
    assert close(T("norm", s("Z")), "3.75121721210582804", Z)
    flip = {"Z": M((0, -1), (1, 0))}
    assert exact(T("eigenvalue", s("Z"), 1), flip) == Complex(F(0), F(1))


def test_norms_of_irrational_matrices() -> None:
    R = T("matrix", T("row", T("cos", 1), T("neg", T("sin", 1))), T("row", T("sin", 1), T("cos", 1)))
    assert close(T("norm", R), "1")
    assert close(T("norm", T("mul", PI, R)), "3.14159265358979323846264")
    assert close(T("norm", T("mul", T("exp", I), R)), "1")
    assert close(T("norm", T("matrix", T("row", PI), T("row", PI))), "4.44288293815836624702")


# ---------------------------------------------------------------------------------------------------------- probability


def test_expectations_under_finite_laws() -> None:
    product = T("prod", T("index", w, k), k, 1, 4)
    env = {"w": COIN}
    assert exact(T("expect", T("pow", product, 2)), env) == F(5, 2) ** 4
    assert exact(T("variance", product), env) == F(5, 2) ** 4 - F(1, 2) ** 8
    assert exact(T("expect", T("mul", w, w)), env) == F(5, 2)
    assert exact(T("expect", T("mul", w, T("expect", w))), env) == F(1, 4)
    assert exact(T("expect", T("mul", T("index", w, 1), T("index", w, 2))), env) == F(1, 4)
    less = T("probability", T("index", w, 1), T("index", w, 2), value="<")
    assert exact(less, env) == F(1, 4)
    assert exact(T("expect", T("matrix", T("row", w, n(1)))), env) == M(("1/2", 1))
    assert close(T("expect", T("log", T("abs", w))), "0.346573590279972654709", env)


def test_random_letters_need_an_expectation_and_a_law() -> None:
    with pytest.raises(Undefined):
        evaluate(w, {"w": COIN}, 64)
    with pytest.raises(Undefined):
        evaluate(T("expect", w), {"w": FiniteLaw(((F(1), F(1, 2)), (F(2), F(1, 3))))}, 64)
    with pytest.raises(Undefined):
        evaluate(T("expect", T("log", w)), {"w": COIN}, 64)
    with pytest.raises(Undefined):
        evaluate(T("expect", T("prod", T("index", w, k), k, 1, 40)), {"w": COIN}, 64)


# ------------------------------------------------------------------------------------------------------------ relations


def test_what_holds() -> None:
    root = T("sqrt", T("pow", x, 2))
    assert holds(Relation(root, "=", x), {"x": F(-1)}) is False
    assert holds(Relation(root, "=", x), {"x": F(2)}) is True
    assert holds(Relation(T("exp", 1), "<", n("2719/1000")), {}) is True
    assert holds(Relation(T("exp", 1), ">=", n("2719/1000")), {}) is False
    assert holds(Relation(n(1), "<", n(1)), {}) is False
    assert holds(Relation(n(1), "<=", n(1)), {}) is True
    assert holds(Relation(T("exp", 1), "!=", E), {}) is None
    # Equal, but not by exact values: balls never certify equality.
    trig = T("add", T("pow", T("sin", 1), 2), T("pow", T("cos", 1), 2))
    assert holds(Relation(trig, "=", n(1)), {}) is None
    assert holds(Relation(trig, "<=", n(1)), {}) is None
    assert holds(Relation(I, "<", n(1)), {}) is None
    assert holds(Relation(trig, "~", n(1)), {}) is None


def test_precision_is_doubled_until_balls_are_disjoint() -> None:
    tiny = T("pow", 10, n(-200))
    assert holds(Relation(T("add", PI, tiny), "!=", PI), {}) is True
    assert holds(Relation(T("div", 1, T("add", T("exp", tiny), n(-1))), ">", n(0)), {}) is True


def test_comparing_balls() -> None:
    two, three = evaluate(T("sqrt", 4), {}, 64), evaluate(T("sqrt", 9), {}, 64)
    assert separated(two, three)
    assert not separated(two, two)
    assert certainly_less(two, three)
    assert not certainly_less(two, two)
    assert certainly_at_most(two, two)
    assert not certainly_at_most(evaluate(I, {}, 64), three)


# ------------------------------------------------------------------------------------------------------------- numerals


def test_tolerance_of_numerals() -> None:
    assert decimal_tolerance(dec("12.382")) == (F(6191, 500), F(1, 2000))
    assert decimal_tolerance(dec("0.30")) == (F(3, 10), F(1, 200))
    assert decimal_tolerance(n(3)) == (F(3), F(1, 2))
    assert decimal_tolerance(T("neg", dec("0.5"))) == (F(-1, 2), F(1, 20))
    scaled = T("mul", dec("2.7"), T("pow", 10, n(-5)))
    assert decimal_tolerance(scaled) == (F(27, 10**6), F(1, 2 * 10**6))
    assert decimal_tolerance(T("div", 1, 3)) is None
    assert decimal_tolerance(x) is None
    assert decimal_tolerance(T("mul", dec("2.7"), T("pow", 10, n(10**9)))) is None


def test_approximates() -> None:
    assert approximates(PI, dec("3.14"), {}) is True
    assert approximates(PI, dec("3.15"), {}) is False
    assert approximates(PI, n(3), {}) is True
    assert approximates(n("1/8"), dec("0.13"), {}) is True  # exactly half a unit away
    assert approximates(n("1/8"), dec("0.14"), {}) is False
    assert approximates(PI, T("sqrt", 10), {}) is None
    grid = T("matrix", T("row", dec("0.33"), n(1)))
    assert approximates(T("matrix", T("row", n("1/3"), n(1))), grid, {}) is True
    assert approximates(T("matrix", T("row", n("2/5"), n(1))), grid, {}) is False
    assert approximates(n(1), grid, {}) is None
    assert holds(Relation(PI, "~~", dec("3.1416")), {}) is True


# --------------------------------------------------------------------------------------------------- balls contain truth

fractions = st.fractions(min_value=-5, max_value=5, max_denominator=9)


def scalar_terms() -> st.SearchStrategy[Term]:
    leaves = st.one_of(fractions.map(n), st.sampled_from([x, y]))

    def grow(inner: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
        return st.one_of(
            st.builds(lambda a, b: T("add", a, b), inner, inner),
            st.builds(lambda a, b: T("mul", a, b), inner, inner),
            st.builds(lambda a, b: T("div", a, b), inner, inner),
            st.builds(lambda a: T("neg", a), inner),
            st.builds(lambda a: T("abs", a), inner),
            st.builds(lambda a, m: T("pow", a, n(m)), inner, st.integers(-3, 4)),
            st.builds(lambda a: T("sum", T("mul", a, k), k, 1, 3), inner),
        )

    return st.recursive(leaves, grow, max_leaves=8)


def plain(term: Term, env: dict[str, F]) -> F:
    """The value in Fractions, by Python's own arithmetic. Raises ZeroDivisionError."""
    args = [plain(arg, env) for arg in term.args[: 1 if term.head == "sum" else None]] if term.head != "sum" else []
    if term.head == "symbol":
        return env[str(term.value)]
    if term.head == "number":
        return F(term.value)
    if term.head == "sum":
        return sum((plain(term.args[0], {**env, "k": F(j)}) for j in (1, 2, 3)), F(0))
    if term.head == "add":
        return args[0] + args[1]
    if term.head == "mul":
        return args[0] * args[1]
    if term.head == "div":
        return args[0] / args[1]
    if term.head == "neg":
        return -args[0]
    return abs(args[0]) if term.head == "abs" else args[0] ** int(args[1])


@given(scalar_terms(), fractions, fractions)
def test_exact_values_are_those_of_fractions_and_balls_contain_them(term: Term, a: F, b: F) -> None:
    env = {"x": a, "y": b}
    try:
        expected = plain(term, env)
    except ZeroDivisionError:
        with pytest.raises(Undefined):
            evaluate(term, env, 64)
        return
    assert exact(term, env) == expected
    truth = fmpq(expected.numerator, expected.denominator)
    with ctx.workprec(2000):
        for noise in (n(0), T("add", T("exp", 1), T("neg", T("exp", 1)))):  # once exactly, once in balls
            ball = evaluate(T("add", term, noise), env, 64)
            assert ball.real.overlaps(arb(truth))
            assert ball.imag == 0


@given(fractions, fractions, st.sampled_from(["exp", "sin", "cos", "sinh", "cosh", "tanh", "arctan"]))
def test_balls_at_two_precisions_overlap(a: F, b: F, head: str) -> None:
    term = T(head, T("add", T("mul", x, y), T("exp", x)))
    env = {"x": a, "y": b}
    coarse, fine = evaluate(term, env, 64), evaluate(term, env, 300)
    assert coarse.overlaps(fine)
    assert not separated(coarse, fine)


@given(st.lists(fractions, min_size=9, max_size=9), st.lists(fractions, min_size=9, max_size=9))
def test_matrix_products_in_balls_contain_exact_ones(a: list[F], b: list[F]) -> None:
    env = {"A": Matrix(tuple(tuple(a[3 * i : 3 * i + 3]) for i in range(3)))}
    env["B"] = Matrix(tuple(tuple(b[3 * i : 3 * i + 3]) for i in range(3)))
    term = T("add", T("mul", A, B, A), T("transpose", B))
    scaled = T("mul", T("div", PI, PI), term)
    assert isinstance(exact(term, env), Matrix)
    assert not separated(evaluate(term, env, 64), evaluate(scaled, env, 64))


def test_precision_is_left_alone() -> None:
    before = ctx.prec
    with pytest.raises(Undefined):
        evaluate(T("log", n(-1)), {}, 333)
    evaluate(PI, {}, 777)
    assert ctx.prec == before


# ---------------------------------------------------------------------------------------------------- the table of heads


def test_the_tables_have_the_heads_of_core() -> None:
    assert set(HEADS) == set(core.HEADS)
    assert set(BALLS) == set(core.HEADS)


SCOPE = Scope(
    declarations=(
        Declaration("x"),
        Declaration("z", "complex"),
        Declaration("t", "integer"),
        Declaration("A", shape=("d", "d")),
        Declaration("B", shape=("d", "d")),
        Declaration("R", shape=(2, 3)),
        Declaration("v", shape=("d",)),
        Declaration("w", law=Law("gaussian", n(0), n(1)), family=True),
        Declaration("lambda", family=True),
        Declaration("f", function=True),
    )
)
v, R, z, t = s("v"), s("R"), s("z"), s("t")


@pytest.mark.parametrize(
    ("term", "shape"),
    [
        (T("add", x, 1), ()),
        (n(0), None),
        (IDENTITY, None),
        (T("mul", 2, IDENTITY), None),
        (T("add", A, T("mul", x, IDENTITY)), ("d", "d")),
        (T("add", 0, v), ("d", 1)),
        (T("mul", A, v), ("d", 1)),
        (T("mul", T("transpose", v), A, v), ()),
        (T("mul", v, T("transpose", v)), ("d", "d")),
        (T("transpose", R), (3, 2)),
        (T("pow", A, n(-1)), ("d", "d")),
        (T("norm", R), ()),
        (T("prod", T("index", w, k), k, 1, t), ()),
        (T("diagonal_family", T("index", s("lambda"), k), k, 1, s("d")), ("d", "d")),
        (T("diagonal", x, x), (2, 2)),
        (T("matrix", T("row", x), T("row", x)), (2, 1)),
        (T("matrix", T("row", x)), ()),
        (T("expect", T("mul", T("index", w, 1), v)), ("d", 1)),
        (T("apply", s("f"), x), ()),
        (T("index", v, 2), ()),
    ],
)
def test_shapes(term: Term, shape: tuple[int | str, ...] | None) -> None:
    assert shape_of(term, SCOPE) == shape


@pytest.mark.parametrize(
    "term",
    [
        T("add", A, v),
        T("add", A, 1),
        T("add", IDENTITY, x),
        T("add", IDENTITY, R),
        T("mul", v, A),
        T("mul", A, R),
        T("div", A, B),
        T("pow", R, 2),
        T("pow", x, A),
        T("exp", A),
        T("exp", IDENTITY),
        T("det", v),
        T("entry", R, 3, 1),
        s("lambda"),
        s("f"),
        s("undeclared"),
        T("matrix", T("row", x, x), T("row", x)),
        T("prod", v, k, 1, 3),
        T("diagonal", A),
    ],
)
def test_ill_shaped_terms(term: Term) -> None:
    with pytest.raises(ShapeError):
        shape_of(term, SCOPE)


def test_conditions_are_collected_as_written() -> None:
    zero = n(0)
    assert conditions_of(T("div", x, x), SCOPE) == (Relation(x, "!=", zero),)
    assert conditions_of(T("add", T("log", x), T("neg", T("log", x))), SCOPE) == (Relation(x, ">", zero),)
    assert conditions_of(T("sqrt", x), SCOPE) == (Relation(x, ">=", zero),)
    assert conditions_of(T("root", x, 3), SCOPE) == ()
    assert conditions_of(T("root", x, 4), SCOPE) == (Relation(x, ">=", zero),)
    assert conditions_of(T("pow", x, 2), SCOPE) == ()
    assert conditions_of(T("pow", x, n(-2)), SCOPE) == (Relation(x, "!=", zero),)
    assert conditions_of(T("pow", A, n(-1)), SCOPE) == (Relation(T("det", A), "!=", zero),)
    assert conditions_of(T("pow", x, t), SCOPE) == (PowerDefined(x, t),)
    assert conditions_of(T("pow", x, n("-1/2")), SCOPE) == (Relation(x, ">", zero),)
    assert conditions_of(T("tan", x), SCOPE) == (Relation(T("cos", x), "!=", zero),)
    assert conditions_of(T("factorial", t), SCOPE) == (Natural(t),)
    assert conditions_of(T("log", z), SCOPE) == (Relation(z, "!=", zero),)
    assert conditions_of(T("sqrt", z), SCOPE) == ()
    assert conditions_of(T("div", T("sqrt", 2), PI), SCOPE) == ()
    assert conditions_of(T("div", 1, 0), SCOPE) == (Relation(zero, "!=", zero),)


def test_conditions_under_binders() -> None:
    zero = n(0)
    condition = Relation(k, "!=", zero)
    assert conditions_of(T("sum", T("div", 1, k), k, 1, t), SCOPE) == (Under(condition, k, n(1), t),)
    assert conditions_of(T("limit", T("div", x, t), t, const("infinity")), SCOPE) == ()
    assert conditions_of(T("limit", T("div", t, x), t, const("infinity")), SCOPE) == (Relation(x, "!=", zero),)
    w1 = T("index", w, 1)
    assert conditions_of(T("expect", T("div", w1, x)), SCOPE) == (Relation(x, "!=", zero),)
    inside = conditions_of(T("expect", T("log", T("abs", w1))), SCOPE)
    assert inside == (AlmostSurely(Relation(T("abs", w1), ">", zero)),)
    assert Relation(x, ">", zero) in conditions_of(T("derivative", T("sqrt", x), x), SCOPE)
    assert conditions_of(T("derivative", T("mul", T("abs", t), x), x), SCOPE) == ()


# ----------------------------------------------------------------------------------------------------------- named laws


def integral(integrand: object, a: float, b: float) -> arb:
    """A rigorous enclosure; ``integrand`` is a function of a complex ball, entire on the interval's neighbourhood."""
    with ctx.workprec(100):
        return acb.integral(lambda u, analytic: integrand(u), acb(a), acb(b)).real  # type: ignore[operator]


def density(name: str, u: acb) -> acb:
    """Of |w|, at variance 1."""
    if name == "gaussian":
        return (-u * u / 2).exp() * (2 / acb.pi()).sqrt()
    if name == "laplace":
        return acb(2).sqrt() * (-acb(2).sqrt() * u).exp()
    return 1 / acb(3).sqrt()


def upper(name: str) -> arb:
    return arb(3).sqrt() if name == "uniform" else arb(60)


@pytest.mark.parametrize("name", ["gaussian", "uniform", "laplace"])
@pytest.mark.parametrize("order", [0, 1, 2, 3, 4, 5, 6])
def test_moments_of_named_laws_by_integration(name: str, order: int) -> None:
    found = integral(lambda u: u**order * density(name, u), 0, upper(name))
    value = evaluate(laws.absolute_moment(name, order), {}, 100).real
    assert abs(found - value) < arb("1e-12")
    if order % 2 == 0:
        moment = laws.even_moment(name, order // 2)
        assert exact(laws.absolute_moment(name, order), {}) == moment


@pytest.mark.parametrize("name", ["gaussian", "uniform", "laplace"])
def test_logarithmic_moments_by_integration(name: str) -> None:
    # With u = e^s the integrand is entire; below s = -80 less than 1e-30 is left.
    top = upper(name).log()

    def moment(power: int) -> arb:
        return integral(lambda s: s**power * density(name, s.exp()) * s.exp(), -80, top)

    first, second = moment(1), moment(2)
    assert abs(first - evaluate(laws.log_moment(name), {}, 100).real) < arb("1e-12")
    assert abs(second - first**2 - evaluate(laws.log_variance(name), {}, 100).real) < arb("1e-12")


def test_signs_and_finite_laws() -> None:
    signs = FiniteLaw(((F(-1), F(1, 2)), (F(1), F(1, 2))))
    assert laws.is_law(signs)
    assert [laws.raw_moment(signs, 2 * j) for j in range(4)] == [laws.even_moment("signs", j) for j in range(4)]
    assert exact(laws.log_moment("signs"), {}) == 0
    assert exact(laws.absolute_moment("signs", 3), {}) == 1
    with pytest.raises(ValueError, match="no moments are tabled"):
        laws.even_moment("cauchy", 1)
