"""The laws of verdicts: they do not depend on the side, on names, on equals added or on a factor that is not 0; prover and
refuter never both succeed; what is true is never refuted and what is false is never proved.

Truth is told here by arithmetic of its own: fractions of Python, and mpmath where roots and exponentials occur.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from random import Random

import mpmath
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from derive.checkers import search
from derive.checkers.sampling import witness_for
from derive.core import Claim, Declaration, Normal, Relation, Scope, Term
from derive.kernel import NotAdmitted, admit
from derive.kernel.terms import ONE, ZERO, add, mul, number, power, sub, substitute, substitute_relation, symbol

x, y, n, A, B, Q, u, v, t = map(symbol, ("x", "y", "n", "A", "B", "Q", "u", "v", "t"))
TWO, MINUS = number(2), number(-1)
quick = settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])


def at_least(letter: Term, bound: Term) -> tuple[Relation, ...]:
    return (Relation(letter, ">=", bound),)


NUMBERS = Scope((Declaration("x"), Declaration("y"), Declaration("n", "integer", where=at_least(n, ZERO))))
MATRICES = Scope(
    (
        Declaration("A", shape=("d", "d")),
        Declaration("B", shape=("d", "d"), properties=("invertible",)),
        Declaration("Q", shape=("d", "d"), properties=("orthogonal",)),
        Declaration("u", shape=("d",)),
        Declaration("v", shape=("d",)),
        Declaration("t", "integer", where=at_least(t, ZERO)),
    )
)

# ------------------------------------------------------------------------------------------------------ random terms


def sums_and_products(parts: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    pairs = st.tuples(parts, parts)
    return st.one_of(
        pairs.map(lambda p: add(*p)),
        pairs.map(lambda p: sub(*p)),
        pairs.map(lambda p: mul(*p)),
        st.tuples(parts, st.sampled_from([TWO, number(3)])).map(lambda p: power(*p)),
    )


def quotients(parts: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    powers = st.tuples(parts, st.sampled_from([n, add(n, ONE), mul(TWO, n)])).map(lambda p: power(*p))
    return st.one_of(
        sums_and_products(parts), st.tuples(parts, parts).map(lambda p: Term("div", p)), powers, parts.map(absolute)
    )


def absolute(term: Term) -> Term:
    return Term("abs", (term,))


LEAVES = st.sampled_from([x, y, ONE, TWO, number(Fraction(1, 2)), MINUS])
POLYNOMIALS = st.recursive(LEAVES, sums_and_products, max_leaves=5)
TERMS = st.recursive(st.one_of(LEAVES, st.just(n)), quotients, max_leaves=5)
RELATIONS = st.sampled_from(["=", "=", "=", "!=", "<=", "<", ">=", ">"])


def matrix_terms(parts: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    exponents = st.sampled_from([TWO, t, add(t, ONE), mul(TWO, t)])
    return st.one_of(
        st.tuples(parts, parts).map(lambda p: mul(*p)),
        st.tuples(parts, exponents).map(lambda p: power(*p)),
        parts.map(lambda w: Term("transpose", (w,))),
        st.tuples(parts, parts).map(lambda p: add(*p)),
    )


WORDS = st.recursive(st.sampled_from([A, B, Q]), matrix_terms, max_leaves=3)


# --------------------------------------------------------------------------------------------------------- rewriting


def places(term: Term, rule: Callable[[Term], Term | None]) -> Iterator[Term]:
    """The term with ``rule`` applied at one place, for each place where it applies."""
    if (made := rule(term)) is not None:
        yield made
    for position, arg in enumerate(term.args):
        for made in places(arg, rule):
            yield replace(term, args=(*term.args[:position], made, *term.args[position + 1 :]))


def turned(term: Term) -> Term | None:
    return replace(term, args=term.args[::-1]) if term.head == "add" else None


def commuted(term: Term) -> Term | None:
    return replace(term, args=term.args[::-1]) if term.head == "mul" else None


def distributed(term: Term) -> Term | None:
    if term.head != "mul" or len(term.args) != 2 or term.args[1].head != "add":
        return None
    return add(*(mul(term.args[0], part) for part in term.args[1].args))


def peeled(term: Term) -> Term | None:
    """u^(e + 1) = u^e u, and u^2 = u u."""
    if term.head != "pow":
        return None
    base, exponent = term.args
    if exponent == TWO:
        return mul(base, base)
    return mul(power(base, exponent.args[0]), base) if exponent.head == "add" and exponent.args[1] == ONE else None


def doubled(term: Term) -> Term | None:
    """u^(2 e) = (u^e)^2."""
    if term.head != "pow" or term.args[1].head != "mul":
        return None
    return power(power(term.args[0], term.args[1].args[1]), TWO)


def opened(term: Term) -> Term | None:
    """(A B)^T = B^T A^T, (A + B)^T = A^T + B^T."""
    if term.head != "transpose" or term.args[0].head not in ("mul", "add"):
        return None
    inner = term.args[0]
    parts = tuple(Term("transpose", (part,)) for part in inner.args)
    return replace(inner, args=parts if inner.head == "add" else parts[::-1])


def with_zero(term: Term) -> Term | None:
    return add(term, x, Term("neg", (x,))) if term.head in ("symbol", "mul") else None


ALWAYS_TRUE = (turned, distributed, peeled, doubled, opened)


def rewritten(term: Term, rules: tuple[Callable[[Term], Term | None], ...], random: Random, times: int) -> Term:
    for _ in range(times):
        candidates = [made for rule in rules for made in places(term, rule)]
        term = random.choice(candidates) if candidates else term
    return term


# -------------------------------------------------------------------------------------------------------------- truth

GRID = tuple(Fraction(q) for q in ("2", "-1", "0", "1", "-2", "1/2", "3", "-1/3", "5"))


def fraction(term: Term, env: dict[str, Fraction]) -> Fraction:
    """Raises ZeroDivisionError where it is undefined."""
    if term.head == "number":
        return Fraction(term.value or 0)
    if term.head == "symbol":
        return env[str(term.value)]
    args = [fraction(arg, env) for arg in term.args]
    if term.head == "add":
        return sum(args, Fraction(0))
    if term.head == "neg":
        return -args[0]
    if term.head == "mul":
        product = Fraction(1)
        for arg in args:
            product *= arg
        return product
    if term.head == "div":
        return args[0] / args[1]
    if term.head == "abs":
        return abs(args[0])
    assert term.head == "pow" and args[1].denominator == 1
    return Fraction(1) if args[1] == 0 else args[0] ** int(args[1])


COMPARE: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "=": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}


def truth(claim: Claim) -> bool | None:
    """False where it fails at a point of the grid, True where it holds at all of them, None where it is nowhere defined."""
    seen = None
    for p in GRID:
        for q in GRID:
            for whole in (0, 1, 2, 3):
                env = {"x": p, "y": q, "n": Fraction(whole)}
                try:
                    holds = COMPARE[claim.relation](fraction(claim.lhs, env), fraction(claim.rhs, env))
                except ZeroDivisionError:
                    continue
                if not holds:
                    return False
                seen = True
    return seen


def verdict(claim: Claim) -> str:
    """proved, refuted, supported or undecided; never proved and refuted at once."""
    found = search(claim, audit=True)
    assert found.proof is None or found.refutation is None, claim
    return "proved" if found.proof else "refuted" if found.refutation else "supported" if found.support else "undecided"


# -------------------------------------------------------------------------------------------- verdicts agree with truth


@quick
@given(TERMS, RELATIONS, TERMS)
def test_verdicts_agree_with_truth(lhs: Term, relation: str, rhs: Term) -> None:
    claim = Claim(lhs, relation, rhs, NUMBERS)
    said, true = verdict(claim), truth(claim)
    assert not (said == "refuted" and true is True)
    assert not (said in ("proved", "supported") and true is False)
    assert not (said == "proved" and true is None)


@quick
@given(POLYNOMIALS, st.randoms(use_true_random=False))
def test_polynomial_identities_are_proved(term: Term, random: Random) -> None:
    other = rewritten(term, (*ALWAYS_TRUE, commuted, with_zero), random, 4)
    assert verdict(Claim(term, "=", other, NUMBERS)) == "proved"


@quick
@given(POLYNOMIALS, st.sampled_from([ONE, MINUS, add(ONE, power(x, TWO)), number(Fraction(1, 10**30))]))
def test_polynomials_that_differ_are_refuted(term: Term, difference: Term) -> None:
    assert verdict(Claim(term, "=", add(term, difference), NUMBERS)) == "refuted"


@quick
@given(TERMS, st.randoms(use_true_random=False))
def test_true_identities_are_never_refuted(term: Term, random: Random) -> None:
    other = rewritten(term, (*ALWAYS_TRUE, commuted, with_zero), random, 3)
    assert verdict(Claim(term, "=", other, NUMBERS)) != "refuted"


@quick
@given(TERMS, st.randoms(use_true_random=False))
def test_a_changed_side_is_never_proved(term: Term, random: Random) -> None:
    """One letter, sign or number of a true identity is changed; by chance it may stay true."""
    swaps = {x: y, y: x, ONE: TWO, TWO: number(3), n: add(n, ONE)}
    other = rewritten(term, (*ALWAYS_TRUE, commuted), random, 2)
    changed = rewritten(other, (swaps.get, lambda part: part.args[0] if part.head == "neg" else None), random, 1)
    claim = Claim(term, "=", changed, NUMBERS)
    if truth(claim) is False:
        assert verdict(claim) not in ("proved", "supported")


# ----------------------------------------------------------------------------------------------------------- invariance


def compatible(before: str, after: str) -> bool:
    """The same claim in another form: perhaps out of reach, never decided the other way."""
    return "refuted" not in (before, after) or not {before, after} & {"proved", "supported"}


@quick
@given(TERMS, RELATIONS, TERMS)
def test_swapping_the_sides(lhs: Term, relation: str, rhs: Term) -> None:
    mirrored = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}.get(relation, relation)
    assert verdict(Claim(lhs, relation, rhs, NUMBERS)) == verdict(Claim(rhs, mirrored, lhs, NUMBERS))


NEW_NAMES = {"x": "alpha", "y": "i", "n": "e"}
"""Names of constants among them: a letter named e is not Euler's number."""


def renamed(claim: Claim) -> Claim:
    lhs, rhs, letters = claim.lhs, claim.rhs, []
    for old, new in NEW_NAMES.items():
        lhs, rhs = (substitute(side, old, symbol(new)) for side in (lhs, rhs))
    for declaration in claim.scope.declarations:
        new = NEW_NAMES[declaration.name]
        where = tuple(substitute_relation(r, declaration.name, symbol(new)) for r in declaration.where)
        letters.append(replace(declaration, name=new, where=where))
    return Claim(lhs, claim.relation, rhs, Scope(tuple(letters)))


@quick
@given(TERMS, RELATIONS, TERMS)
def test_renaming_letters(lhs: Term, relation: str, rhs: Term) -> None:
    claim = Claim(lhs, relation, rhs, NUMBERS)
    before, after = verdict(claim), verdict(renamed(claim))
    assert compatible(before, after) and (before == "proved") == (after == "proved")


@quick
@given(TERMS, RELATIONS, TERMS, POLYNOMIALS)
def test_adding_equals(lhs: Term, relation: str, rhs: Term, more: Term) -> None:
    before = verdict(Claim(lhs, relation, rhs, NUMBERS))
    after = verdict(Claim(add(lhs, more), relation, add(more, rhs), NUMBERS))
    assert compatible(before, after) and (before == "refuted") == (after == "refuted")


@quick
@given(TERMS, RELATIONS, TERMS, st.sampled_from([TWO, number(Fraction(1, 3)), Term("exp", (x,))]))
def test_multiplying_by_what_is_positive(lhs: Term, relation: str, rhs: Term, factor: Term) -> None:
    before = verdict(Claim(lhs, relation, rhs, NUMBERS))
    after = verdict(Claim(mul(factor, lhs), relation, mul(rhs, factor), NUMBERS))
    assert compatible(before, after)
    if factor.head != "exp":  # e^x makes exact values inexact: equality at a point is no longer certain
        assert (before == "refuted") == (after == "refuted")


@quick
@given(POLYNOMIALS, POLYNOMIALS, POLYNOMIALS)
def test_equations_between_polynomials_are_decided_whatever_is_added(lhs: Term, rhs: Term, more: Term) -> None:
    said = verdict(Claim(lhs, "=", rhs, NUMBERS))
    assert said in ("proved", "refuted")
    assert said == verdict(Claim(add(lhs, more), "=", add(rhs, more), NUMBERS))
    assert said == verdict(Claim(mul(MINUS, lhs), "=", Term("neg", (rhs,)), NUMBERS))


# ------------------------------------------------------------------------------------------------------------- matrices


@settings(quick, max_examples=15)
@given(WORDS, st.randoms(use_true_random=False))
def test_identities_of_matrices_are_never_refuted(word: Term, random: Random) -> None:
    other = rewritten(word, ALWAYS_TRUE, random, 3)
    assert verdict(Claim(word, "=", other, MATRICES)) != "refuted"
    form = [mul(Term("transpose", (u,)), side, v) for side in (word, other)]
    assert verdict(Claim(form[0], "=", form[1], MATRICES)) != "refuted"


@settings(quick, max_examples=15)
@given(WORDS, st.randoms(use_true_random=False))
def test_matrices_that_differ_are_never_proved(word: Term, random: Random) -> None:
    """A factor commuted, a transpose dropped: proved only if no random point tells the sides apart."""
    wrong = rewritten(word, (commuted, lambda w: w.args[0] if w.head == "transpose" else None), random, 1)
    assert verdict(Claim(word, "=", add(wrong, Term("identity")), MATRICES)) != "proved"
    verdict(Claim(word, "=", wrong, MATRICES))


# ----------------------------------------------------------------------------------- roots, logarithms and tempting rules


def whole_line(name: str) -> Declaration:
    return Declaration(name)


HALF, THIRD = (Term("div", (ONE, number(q))) for q in (2, 3))


def functions(parts: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    heads = st.sampled_from(["sqrt", "abs", "exp", "log", "neg", "sin", "cos"])
    exponents = st.sampled_from([TWO, MINUS, HALF, THIRD, number(3)])
    return st.one_of(
        st.tuples(heads, parts).map(lambda p: Term(p[0], (p[1],))),
        st.tuples(parts, exponents).map(lambda p: power(*p)),
        st.tuples(parts, parts).map(lambda p: mul(*p)),
        st.tuples(parts, parts).map(lambda p: Term("div", p)),
        st.tuples(parts, parts).map(lambda p: add(*p)),
        parts.map(lambda p: Term("root", (p, number(3)))),
    )


FUNCTIONS = st.recursive(st.sampled_from([x, y, TWO]), functions, max_leaves=3)


def bars_dropped(term: Term) -> Term | None:
    return term.args[0] if term.head == "abs" else None


def root_of_square(term: Term) -> Term | None:
    nested = term.head in ("sqrt", "pow", "root") and term.args[0].head == "pow"
    return term.args[0].args[0] if nested else None


def split_over_product(term: Term) -> Term | None:
    if term.head not in ("sqrt", "log", "pow", "root") or term.args[0].head != "mul":
        return None
    parts = [replace(term, args=(part, *term.args[1:])) for part in term.args[0].args]
    return add(*parts) if term.head == "log" else mul(*parts)


def exponents_multiplied(term: Term) -> Term | None:
    if term.head != "pow" or term.args[0].head != "pow":
        return None
    return power(term.args[0].args[0], mul(term.args[0].args[1], term.args[1]))


def exponent_in_front(term: Term) -> Term | None:
    if term.head != "log" or term.args[0].head != "pow":
        return None
    return mul(term.args[0].args[1], Term("log", (term.args[0].args[0],)))


def undone(term: Term) -> Term | None:
    inverse = {"log": "exp", "exp": "log"}.get(term.head)
    return term.args[0].args[0] if inverse and term.args[0].head == inverse else None


def there_and_back(term: Term) -> Term | None:
    return Term("sqrt", (power(term, TWO),)) if term.head != "number" else None


TEMPTING = (
    bars_dropped,
    root_of_square,
    split_over_product,
    exponents_multiplied,
    exponent_in_front,
    undone,
    there_and_back,
    lambda term: Term("abs", (term,)),
    lambda term: Term("neg", (term,)) if term.head == "symbol" else None,
    lambda term: Term("log", (Term("exp", (term,)),)),
    lambda term: Term("root", (term.args[0], number(3))) if term.head == "pow" and term.args[1] == THIRD else None,
)
"""Rules that hold for some signs only, with some that always hold."""


def real_value(term: Term, env: dict[str, Fraction]) -> mpmath.mpf:
    """In real numbers, to 60 digits. Raises ValueError or ZeroDivisionError where it is undefined."""
    if term.head == "number":
        q = Fraction(term.value or 0)
        return mpmath.mpf(q.numerator) / q.denominator
    if term.head == "symbol":
        return mpmath.mpf(env[str(term.value)].numerator) / env[str(term.value)].denominator
    args = [real_value(arg, env) for arg in term.args]
    if term.head in ("add", "mul"):
        return mpmath.fsum(args) if term.head == "add" else mpmath.fprod(args)
    if term.head == "neg":
        return -args[0]
    if term.head == "div":
        return args[0] / args[1]
    if term.head == "root":
        return mpmath.sign(args[0]) * abs(args[0]) ** (1 / args[1])
    if term.head == "pow":
        return _real_power(args[0], args[1])
    if term.head in ("sqrt", "log") and (args[0] < 0 or (term.head == "log" and args[0] == 0)):
        raise ValueError(term.head)
    function = {"abs": mpmath.fabs}.get(term.head) or getattr(mpmath, term.head)
    return function(args[0])


def _real_power(base: mpmath.mpf, exponent: mpmath.mpf) -> mpmath.mpf:
    whole = mpmath.isint(exponent)
    if (base < 0 and not whole) or (base == 0 and exponent < 0):
        raise ValueError("power")
    return mpmath.mpf(1) if exponent == 0 else base ** (int(exponent) if whole else exponent)


PLANE = Scope((whole_line("x"), whole_line("y")))


@settings(quick, max_examples=300)
@given(FUNCTIONS, st.randoms(use_true_random=False), st.sampled_from(["=", "=", "=", "<=", "<", ">="]))
def test_tempting_rules_are_proved_only_where_they_hold(term: Term, random: Random, relation: str) -> None:
    other = rewritten(term, TEMPTING, random, random.choice((1, 2)))
    claim = Claim(term, relation, other, PLANE)
    try:
        proof = admit(claim, Normal(), witness_for(claim))
    except NotAdmitted:
        assume(False)
        return
    with mpmath.workdps(60):
        for p in GRID:
            for q in GRID[:4]:
                assert not fails(claim, {"x": p, "y": q}), (claim, proof.assuming, p, q)


def fails(claim: Claim, env: dict[str, Fraction]) -> bool:
    """Both sides are defined and the relation fails by more than the rounding."""
    try:
        left, right = real_value(claim.lhs, env), real_value(claim.rhs, env)
    except (ValueError, ZeroDivisionError, OverflowError):
        return False
    room = mpmath.mpf(10) ** -45 * (1 + abs(left) + abs(right))
    if claim.relation == "=":
        return bool(abs(left - right) > room)
    if claim.relation == ">=":
        return bool(left < right - room)
    return bool(left > right + room)
