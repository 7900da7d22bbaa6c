"""The seal and the gate: a verdict cannot be forged, copied or subclassed, and evidence with the wrong content is not admitted."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from fractions import Fraction

import pytest

from derive.authoring import Letter, complex_number, integer, matrix, random_family, real, scope, step
from derive.checkers import search
from derive.checkers.sampling import sample, witness_for
from derive.core import (
    Asymptotic,
    Citation,
    Claim,
    Complex,
    Counterexample,
    Declaration,
    Enclosure,
    Evidence,
    Family,
    FiniteLaw,
    Function,
    Hints,
    Induction,
    Law,
    Matrix,
    Monotone,
    Normal,
    Oracle,
    OtherValue,
    Overlap,
    Point,
    Relation,
    Scope,
    Status,
    Term,
    Value,
)
from derive.kernel import AXIOMS, NotAdmitted, Verdict, admit, genuine
from derive.kernel.terms import INFINITY, ONE, ZERO, mul, number, power, symbol
from derive.kernel.verdict import make
from derive.report import Finding

T_FROM_0 = integer("t", r"t \ge 0")
HALF = Fraction(1, 2)


def claim(latex: str, *letters: Letter, given: tuple[str, ...] = ()) -> Claim:
    (made,) = step(latex, "", scope(*letters, given=given)).claims
    return made


def at(**values: Value | int) -> Point:
    return tuple(sorted((k, Fraction(v) if isinstance(v, int) else v) for k, v in values.items()))


def t(head: str, *args: Term) -> Term:
    return Term(head, args)


SQUARE = claim(r"(x + 1)^2 = x^2 + 2 x + 1", real("x"))


def proved() -> Verdict:
    return admit(SQUARE, Normal())


def refused(false_claim: Claim, evidence: Evidence, witness: Point | None = None) -> str:
    with pytest.raises(NotAdmitted) as reason:
        admit(false_claim, evidence, witness)
    return str(reason.value)


# ----------------------------------------------------------------------------------------------------------- the seal


def test_an_admitted_verdict_is_genuine() -> None:
    verdict = proved()
    assert genuine(verdict) and verdict.status == Status.PROVED and verdict.claim == SQUARE


@pytest.mark.parametrize("seal", [None, object(), True, "seal"])
def test_the_constructor_wants_the_seal(seal: object) -> None:
    with pytest.raises(TypeError):
        Verdict(seal)
    with pytest.raises(TypeError):
        Verdict.__new__(Verdict, seal)


def test_object_new_gives_an_impostor() -> None:
    """Python allows it; the register of genuine verdicts does not know it."""
    impostor = object.__new__(Verdict)
    for name, value in (("status", Status.PROVED), ("claim", SQUARE), ("evidence", Normal()), ("trust", ("flint",))):
        object.__setattr__(impostor, name, value)
    assert not genuine(impostor)


def test_make_alone_is_not_offered() -> None:
    import derive.kernel

    assert "make" not in derive.kernel.__all__ and make.__module__ == "derive.kernel.verdict"


def test_only_admit_calls_make() -> None:
    from pathlib import Path

    import derive

    files = Path(derive.__file__).parent.rglob("*.py")
    users = {file.name for file in files if "verdict import" in (text := file.read_text()) and "make(" in text}
    assert users <= {"admit.py", "refute.py", "support.py", "prove.py"}


def test_a_verdict_does_not_change() -> None:
    verdict = proved()
    for name in ("status", "claim", "trust", "new"):
        with pytest.raises(AttributeError):
            setattr(verdict, name, Status.REFUTED)
        with pytest.raises(AttributeError):
            delattr(verdict, name)


def test_a_verdict_is_not_copied() -> None:
    verdict = proved()
    with pytest.raises(TypeError):
        copy.copy(verdict)
    with pytest.raises(TypeError):
        copy.deepcopy(verdict)
    with pytest.raises(TypeError):
        copy.deepcopy([verdict])
    with pytest.raises(TypeError):
        dataclasses.replace(verdict, status=Status.REFUTED)  # type: ignore[type-var]


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_a_verdict_is_not_pickled(protocol: int) -> None:
    with pytest.raises(TypeError):
        pickle.dumps(proved(), protocol)


def test_a_verdict_has_no_subclass() -> None:
    with pytest.raises(TypeError):
        type("Sub", (Verdict,), {})


class Lookalike:
    """Says that it is a verdict, and equals every one."""

    status = Status.PROVED
    claim = SQUARE

    @property
    def __class__(self) -> type:  # type: ignore[override]
        return Verdict

    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return hash(proved())


@pytest.mark.parametrize("impostor", [None, "proved", Status.PROVED, Lookalike(), Verdict, SQUARE])
def test_impostors_are_not_genuine(impostor: object) -> None:
    assert not genuine(impostor)


def finding(status: Status, verdict: object, of: Claim = SQUARE) -> Finding:
    return Finding("1.1", of, status, "", verdict, None, None)  # type: ignore[arg-type]


@pytest.mark.parametrize("status", [Status.PROVED, Status.SUPPORTED, Status.REFUTED, Status.CONDITIONAL])
@pytest.mark.parametrize("forged", [None, Lookalike(), object.__new__(Verdict)])
def test_a_finding_needs_a_genuine_verdict(status: Status, forged: object) -> None:
    with pytest.raises(ValueError, match="genuine"):
        finding(status, forged)


def test_a_finding_needs_a_verdict_of_its_status_and_claim() -> None:
    assert finding(Status.PROVED, proved()).without_axioms
    with pytest.raises(ValueError, match="genuine"):
        finding(Status.REFUTED, proved())
    with pytest.raises(ValueError, match="genuine"):
        finding(Status.PROVED, proved(), BELOW)


# --------------------------------------------------------------------------------------------------- counterexamples

BELOW = claim(r"x^2 = x", real("x", "x > 0"))


def test_a_right_counterexample_refutes() -> None:
    verdict = admit(BELOW, Counterexample(at(x=2)))
    assert verdict.status == Status.REFUTED and verdict.values == ("4", "2")


@pytest.mark.parametrize(
    "point",
    [
        at(x=1),  # the claim holds there
        at(x=-1),  # outside the declared bounds
        at(),  # no value
        at(y=2),  # another letter
        at(x=2, y=3),  # a letter that is not declared
        at(x=Complex(Fraction(2), Fraction(1))),
        at(x=Matrix(((Fraction(2),),))),
        at(x=Family((Fraction(2),))),
        at(x=FiniteLaw(((Fraction(2), Fraction(1)),))),
        at(x=Function("u", number(2))),
        (("x", Fraction(2)), ("x", Fraction(3))),
    ],
)
def test_a_wrong_point_is_not_admitted(point: Point) -> None:
    refused(BELOW, Counterexample(point))


def test_a_true_claim_has_no_counterexample() -> None:
    for point in sample(SQUARE.scope, 20):
        refused(SQUARE, Counterexample(point))


def test_hypotheses_hold_at_a_counterexample() -> None:
    tied = claim("x = 2", real("x"), real("y"), given=("x + y = 3",))
    refused(tied, Counterexample(at(x=5, y=5)))
    assert admit(tied, Counterexample(at(x=5, y=-2))).status == Status.REFUTED


def test_defined_letters_are_computed() -> None:
    defined = claim("y = 4", real("x"), real("y"), given=("y = x^2",))
    assert admit(defined, Counterexample(at(x=1, y=4))).values == ("1", "4")
    refused(defined, Counterexample(at(x=2, y=5)))


def test_a_definition_has_a_value_in_its_domain() -> None:
    """y >= 0 follows from x = sqrt(y): at y = -1 the hypothesis does not hold."""
    root = claim(r"y \ge 0", real("y"), real("x"), given=(r"x = \sqrt{y}",))
    refused(root, Counterexample(at(y=-1)))
    whole = claim("x = 1", integer("n"), real("x"), given=("n = x / 2",))
    refused(whole, Counterexample(at(x=3)))


def test_declared_properties_hold_at_a_counterexample() -> None:
    commute = claim(r"S^\top = Q", matrix("S", "symmetric"), matrix("Q", "orthogonal"))
    skew = Matrix(((Fraction(0), Fraction(1)), (Fraction(-1), Fraction(0))))
    unit = Matrix(((Fraction(1), Fraction(0)), (Fraction(0), Fraction(1))))
    double = Matrix(((Fraction(2), Fraction(0)), (Fraction(0), Fraction(2))))
    refused(commute, Counterexample(at(S=skew, Q=unit)))
    refused(commute, Counterexample(at(S=unit, Q=double)))
    assert admit(commute, Counterexample(at(S=double, Q=unit))).status == Status.REFUTED


def test_shapes_and_sizes_fit_at_a_counterexample() -> None:
    two = claim("A B = B A", matrix("A"), matrix("B"))
    small = Matrix(((Fraction(1), Fraction(2)), (Fraction(3), Fraction(4))))
    wide = Matrix(((Fraction(1), Fraction(2), Fraction(3)),))
    refused(two, Counterexample(at(A=small, B=wide)))
    refused(two, Counterexample(at(A=small, B=small, d=3)))


POSITIVE_W = Declaration(
    "w",
    law=Law("moments", ONE, ONE),
    family=True,
    where=(Relation(t("index", symbol("w"), symbol("k")), ">", ZERO),),
)
W_1 = t("index", symbol("w"), ONE)


@pytest.mark.parametrize(
    "law",
    [
        FiniteLaw(((Fraction(0), HALF), (Fraction(2), HALF))),  # not positive
        FiniteLaw(((Fraction(1), Fraction(1)),)),  # variance 0
        FiniteLaw(((Fraction(1, 2), HALF), (Fraction(2), HALF))),  # mean 5/4
        FiniteLaw(((Fraction(3), Fraction(1)), (Fraction(5), Fraction(-1)), (Fraction(1), Fraction(1)))),
        Fraction(1),
        Family((Fraction(1), Fraction(2))),
    ],
)
def test_a_law_satisfies_its_declaration(law: Value) -> None:
    false_claim = Claim(t("expect", power(W_1, number(3))), "=", ONE, Scope((POSITIVE_W,)))
    refused(false_claim, Counterexample(at(w=law)))


def test_a_law_that_fits_refutes() -> None:
    false_claim = Claim(t("expect", power(W_1, number(3))), "=", ONE, Scope((POSITIVE_W,)))
    fits = FiniteLaw(((HALF, Fraction(4, 5)), (Fraction(3), Fraction(1, 5))))
    assert admit(false_claim, Counterexample(at(w=fits))).status == Status.REFUTED


def test_a_member_is_not_smuggled_in() -> None:
    false_claim = Claim(W_1, "=", number(5), Scope((Declaration("w", family=True),)))
    refused(false_claim, Counterexample((("w", Family((Fraction(5),))), ("w@1", Fraction(7)))))


def test_the_moments_of_a_law_are_not_smuggled_in() -> None:
    """v is defined to be 1: a value of v in the point must not let a law of variance 4 pass."""
    w = Declaration("w", law=Law("moments", ZERO, symbol("v")))
    where = Scope((w, Declaration("v")), (Relation(symbol("v"), "=", ONE),))
    true_claim = Claim(t("expect", power(symbol("w"), number(2))), "=", ONE, where)
    wide = FiniteLaw(((Fraction(-2), HALF), (Fraction(2), HALF)))
    refused(true_claim, Counterexample(at(v=4, w=wide)))


@pytest.mark.parametrize("name", ["gaussian", "uniform", "laplace"])
def test_a_finite_law_is_not_a_continuous_one(name: str) -> None:
    fourth = claim("\\mathbb{E}[w_1^4] = 2", random_family("w", name, ZERO, ONE))
    refused(fourth, Counterexample(at(w=FiniteLaw(((Fraction(-1), HALF), (Fraction(1), HALF))))))


def test_a_function_is_a_function_of_its_variable() -> None:
    f = Declaration("f", function=True)
    even = Claim(t("apply", symbol("f"), symbol("x")), ">=", ZERO, Scope((f, Declaration("x"))))
    assert admit(even, Counterexample(at(f=Function("u", symbol("u")), x=-1))).status == Status.REFUTED
    refused(even, Counterexample(at(f=Function("u", symbol("x")), x=-1)))
    square = Claim(power(t("apply", symbol("f"), ONE), number(2)), ">=", ZERO, Scope((f,)))
    refused(square, Counterexample(at(f=Function("u", Term("constant", (), "i")))))


def test_a_limit_is_not_refuted_at_a_point() -> None:
    refused(claim(r"\lim_{t \to \infty} t = 0", T_FROM_0), Counterexample(at(t=5)))


def test_a_power_of_a_negative_number_with_a_real_exponent_is_undefined() -> None:
    """Also where the exponent happens to be whole: x^a is a function of x > 0 for a real a."""
    refused(claim(r"x^{a} = |x|^{a}", real("x"), real("a")), Counterexample(at(x=-1, a=1)))


# --------------------------------------------------------------------------------------------------- normal, induction


@pytest.mark.parametrize(
    "latex",
    [r"(x + 1)^2 = x^2 + 1", r"\sqrt{x^2} = x", "x > 0", r"x \neq 0", r"x^2 + 1 < 0", r"x \approx 1.0"],
)
def test_normal_proves_nothing_false(latex: str) -> None:
    refused(claim(latex, real("x")), Normal())


GAUSS = claim(r"\sum_{k=0}^{t} k = \frac{t (t + 1)}{2}", T_FROM_0)


def test_induction_needs_the_declared_start() -> None:
    witness = witness_for(GAUSS)
    assert admit(GAUSS, Induction("t", 0), witness).status == Status.PROVED
    for start in (-1, 1, 5):
        refused(GAUSS, Induction("t", start), witness)
    for variable in ("k", "s", "x"):
        refused(GAUSS, Induction(variable, 0), witness)


@pytest.mark.parametrize(
    "latex",
    [
        r"\sum_{k=0}^{t} k = \frac{t (t + 1)}{2} + 1",  # the step holds, the base does not
        r"\sum_{k=0}^{t} k = 0",  # the base holds, the step does not
        r"\prod_{k=1}^{t} k = 1",
        r"2^t = t + 1",  # holds at 0 and at 1
    ],
)
def test_induction_needs_base_and_step(latex: str) -> None:
    false_claim = claim(latex, T_FROM_0)
    refused(false_claim, Induction("t", 0), witness_for(false_claim))


def test_induction_refuses_hypotheses_on_its_letter() -> None:
    """True for t = 2 alone is not true for all t."""
    only = claim(r"\sum_{k=1}^{t} k = 3", T_FROM_0, given=(r"t \le 2", r"t \ge 2"))
    assert "mentions t" in refused(only, Induction("t", 0), at(t=2))


def test_induction_refuses_declarations_that_follow_its_letter() -> None:
    """n <= t holds for more n at t + 1 than at t: |t - n| = t - n is not enough for the step."""
    letters = (T_FROM_0, integer("n", r"n \ge 0", r"n \le t"))
    false_claim = claim(r"\sum_{k=1}^{t} |k - 1 - n| = \sum_{k=1}^{t} (k - 1 - n)", *letters)
    assert "mentions t" in refused(false_claim, Induction("t", 0), at(t=2, n=1))
    assert admit(false_claim, Counterexample(at(t=1, n=1))).status == Status.REFUTED


def test_induction_needs_an_integer() -> None:
    refused(claim(r"x^2 \ge 0", real("x", r"x \ge 0")), Induction("x", 0), at(x=1))


def test_the_induction_hypothesis_does_not_leak() -> None:
    """P(t) is known at t, not at t - 1 or s: h_t stays unknown."""
    h = Declaration("h", family=True)
    where = Scope((h, scope(T_FROM_0).declarations[0], Declaration("s", "integer")))
    false_claim = Claim(t("index", symbol("h"), symbol("t")), "=", t("index", symbol("h"), symbol("s")), where)
    refused(false_claim, Induction("t", 0), at(t=1, s=1, h=Family((Fraction(1), Fraction(2)))))


# ------------------------------------------------------------------------------------------------- other kinds of proof


def test_enclosure_wants_closed_terms_and_certainty() -> None:
    assert admit(claim(r"\sqrt{2} < 1.5", real("x")), Enclosure()).status == Status.PROVED
    for latex in (r"\sqrt{2} > 1.5", r"\sqrt{2} = 1.5", "x < x + 1", r"\sqrt{2} \approx 1.42"):
        refused(claim(latex, real("x")), Enclosure())


@pytest.mark.parametrize(
    "evidence",
    [
        Monotone(0, power(symbol("u"), number(2)), "u"),  # not monotone where signs are unknown
        Monotone(0, t("div", ONE, symbol("u")), "u"),
        Monotone(0, mul(number(-1), symbol("u")), "u"),  # turns the inequality round
        Monotone(0, t("exp", symbol("u")), "u"),  # gives other sides
        Monotone(0, t("log", symbol("u")), "u"),
        Monotone(1, power(symbol("u"), number(2)), "u"),  # no such hypothesis
        Monotone(-1, power(symbol("u"), number(2)), "u"),
        Monotone(0, symbol("u"), "v"),
    ],
)
def test_monotone_with_a_wrong_function(evidence: Monotone) -> None:
    false_claim = claim("x^2 < y^2", real("x"), real("y"), given=("x < y",))
    refused(false_claim, evidence, at(x=1, y=2))


def test_monotone_with_the_right_function() -> None:
    letters = (real("x", "x > 0"), real("y"))
    true_claim = claim("x^2 < y^2", *letters, given=("x < y",))
    square = Monotone(0, power(symbol("u"), number(2)), "u")
    assert admit(true_claim, square, at(x=1, y=2)).status == Status.PROVED
    refused(true_claim, square, at(x=2, y=1))  # not a point at which the hypothesis holds
    refused(claim("x^2 < y^2", *letters, given=(r"x \le y",)), square, at(x=1, y=2))


def test_asymptotic_wants_the_right_value() -> None:
    right = claim(r"\lim_{t \to \infty} (1/2)^t = 0", T_FROM_0)
    wrong = claim(r"\lim_{t \to \infty} (1/2)^t = 1", T_FROM_0)
    witness = witness_for(right)
    assert admit(right, Asymptotic(), witness).status == Status.PROVED
    refused(wrong, Asymptotic(), witness)
    refused(GAUSS, Asymptotic(), witness)


def test_other_value_must_be_proved_and_different() -> None:
    right = claim(r"\lim_{t \to \infty} (1/2)^t = 0", T_FROM_0)
    wrong = claim(r"\lim_{t \to \infty} (1/2)^t = 1", T_FROM_0)
    witness = witness_for(right)
    assert admit(wrong, OtherValue(ZERO), witness).status == Status.REFUTED
    refused(right, OtherValue(ZERO), witness)  # equal
    refused(right, OtherValue(t("add", ONE, t("neg", ONE))), witness)  # equal in disguise
    refused(wrong, OtherValue(number(2)), witness)  # not the limit
    refused(wrong, OtherValue(ONE), witness)
    refused(wrong, OtherValue(INFINITY), witness)
    refused(wrong, OtherValue(symbol("t")), witness)


@pytest.mark.parametrize("name", sorted(AXIOMS))
def test_a_theorem_does_not_carry_what_it_does_not_say(name: str) -> None:
    for false_claim in (SQUARE, BELOW, claim(r"\|A\| \le 1", matrix("A")), claim(r"\rho(A) = \|A\|", matrix("A"))):
        refused(false_claim, Citation(name), witness_for(false_claim))


def test_no_such_theorem() -> None:
    assert "no theorem" in refused(SQUARE, Citation("simplify"))


@pytest.mark.parametrize(
    ("name", "false_claim"),
    [
        ("normal_norm", claim(r"\|A\| = \rho(A)", matrix("A"))),
        ("normal_norm", claim(r"\|A\| = \rho(A)", matrix("A", "symmetric", domain="complex"))),
        ("normal_norm", claim(r"\|A\| = \rho(A)", matrix("A", "invertible"))),
        ("spectral_mapping", claim(r"\rho(A^t) = \rho(A)^t", matrix("A"), integer("t"))),
        ("spectral_mapping", claim(r"\rho(A B) = \rho(A) \rho(B)", matrix("A"), matrix("B"))),
        ("similarity", claim(r"\rho(V A V^\top) = \rho(A)", matrix("A"), matrix("V", "invertible"))),
        ("similarity", claim(r"\rho(V A V^{-1}) = \rho(V)", matrix("A"), matrix("V", "invertible"))),
        ("operator_norm", claim(r"\|A B\| \le \|A\|", matrix("A"), matrix("B"))),
        ("operator_norm", claim(r"\|A + B\| \le \|A\| \|B\|", matrix("A"), matrix("B"))),
        ("operator_norm", claim(r"\|A\|^2 \le \|A^2\|", matrix("A"))),
        ("radius_below_norm", claim(r"\rho(A) \le \|B\|", matrix("A"), matrix("B"))),
        ("radius_below_norm", claim(r"\rho(A) < \|A\|", matrix("A"))),
    ],
)
def test_a_theorem_needs_its_hypotheses(name: str, false_claim: Claim) -> None:
    refused(false_claim, Citation(name), witness_for(false_claim))
    assert search(false_claim, Hints(axiom=name), audit=True).proof is None


# -------------------------------------------------------------------------------------------------------------- witness


def test_a_proof_under_assumptions_needs_a_witness() -> None:
    halves = claim("x / x = 1", real("x"))
    refused(halves, Normal())
    refused(halves, Normal(), at(x=0))
    refused(halves, Normal(), at(y=1))
    verdict = admit(halves, Normal(), at(x=1))
    assert verdict.assuming == (Relation(symbol("x"), "!=", ZERO),)


@pytest.mark.parametrize(
    ("letters", "given"),
    [
        ((real("x", "x > 1", "x < 0"),), ()),
        ((real("x"),), ("x^2 = -1",)),
        ((integer("x"),), ("2 x = 1",)),
        ((real("x"), real("y")), (r"y = \sqrt{-1 - x^2}",)),  # never defined
        ((integer("n"), real("x")), ("n = 1/2",)),  # outside its domain
        ((real("x"), real("y")), ("y = 1", "y = 2")),
    ],
)
def test_contradictory_hypotheses_prove_nothing(letters: tuple[Letter, ...], given: tuple[str, ...]) -> None:
    for latex in ("x = x + 1 - 1", "x > 7"):
        vacuous = claim(latex, *letters, given=given)
        assert search(vacuous, audit=True).proof is None
        for point in (None, at(x=0), at(x=0, y=1), at(x=1, n=1), at(x=2, y=2)):
            refused(vacuous, Normal(), point)


def test_a_defined_letter_has_the_declared_properties() -> None:
    skew = t("matrix", t("row", ZERO, ONE), t("row", t("neg", ONE), ZERO))
    where = Scope((Declaration("W", shape=(2, 2), properties=("symmetric",)),), (Relation(symbol("W"), "=", skew),))
    false_claim = Claim(t("transpose", symbol("W")), "=", symbol("W"), where)
    refused(false_claim, Normal(), ())


def test_a_sequence_is_given_once() -> None:
    h0 = t("index", symbol("h"), ZERO)
    where = Scope((Declaration("h", family=True),), (Relation(h0, "=", ONE), Relation(h0, "=", number(2))))
    for value in (ONE, number(2)):
        refused(Claim(h0, "=", value, where), Normal(), ())


def test_a_law_exists() -> None:
    w = Declaration("w", law=Law("moments", ZERO, number(-1)))
    refused(Claim(t("expect", power(symbol("w"), number(2))), "=", number(-1), Scope((w,))), Normal(), ())


# --------------------------------------------------------------------------------------------------- overlap and oracle

SINES = claim(r"\sinh(2 x) = 2 \sinh(x) \cosh(x)", real("x"))


def points(count: int) -> tuple[Point, ...]:
    return tuple(at(x=Fraction(k, 7)) for k in range(1, count + 1))


def test_overlap_supports_and_no_more() -> None:
    verdict = admit(SINES, Overlap(points(16)))
    assert verdict.status == Status.SUPPORTED and "sampling" in verdict.trust


def test_overlap_needs_different_points() -> None:
    refused(SINES, Overlap(()))
    refused(SINES, Overlap(points(15)))
    refused(SINES, Overlap(points(1) * 40))


def test_points_that_differ_elsewhere_are_not_different() -> None:
    idle = claim(r"x^2 = x", real("x"), real("y"))
    refused(idle, Overlap(tuple(at(x=1, y=k) for k in range(40))))


def test_overlap_needs_agreement_at_every_point() -> None:
    false_claim = claim(r"|x| = x", real("x"))
    refused(false_claim, Overlap((*points(16), at(x=-1))))


def test_overlap_is_for_equations_between_numbers() -> None:
    refused(claim(r"x \le x + 1", real("x")), Overlap(points(16)))
    commute = claim("A B = B A", matrix("A"), matrix("B"))
    unit = Matrix(((Fraction(1), Fraction(0)), (Fraction(0), Fraction(1))))
    scaled = tuple(Matrix(((Fraction(k), Fraction(0)), (Fraction(0), Fraction(k)))) for k in range(20))
    refused(commute, Overlap(tuple(at(A=unit, B=b) for b in scaled)))


def test_an_oracle_only_supports() -> None:
    """And only where it may speak: the named program, of the quantity it computes, compared with a numeral."""
    rare = claim(r"\Pr[w_1 > 1] \approx 0.16", random_family("w", "gaussian", ZERO, ONE))
    verdict = admit(rare, Oracle("mellin_inversion", "computed"), witness_for(rare))
    assert verdict.status == Status.SUPPORTED and verdict.trust == ("oracle:mellin_inversion",)
    for any_claim in (SQUARE, SINES, BELOW, GAUSS):
        refused(any_claim, Oracle("mellin_inversion", "says so"))
    refused(rare, Oracle("limit", "says so"))


def test_unknown_evidence_is_not_admitted() -> None:
    for forged in (None, "proved", Status.PROVED, object(), proved(), SQUARE):
        with pytest.raises(NotAdmitted):
            admit(SQUARE, forged)  # type: ignore[arg-type]


def test_a_complex_square_has_no_sign() -> None:
    false_claim = claim(r"z^2 \ge 0", complex_number("z"))
    refused(false_claim, Normal())
