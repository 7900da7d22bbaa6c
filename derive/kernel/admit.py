"""``admit(claim, evidence)``: the only maker of verdicts. Each kind of evidence has one rule, which recomputes everything.

A rule returns what it relied on, or raises NotAdmitted with a reason. ``proved`` needs, besides, a witness: an exact point at
which all hypotheses and visible conditions hold, so that the claim says something (DEFINED: nothing is proved about an empty set).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from derive.core import (
    Asymptotic,
    Citation,
    Claim,
    Counterexample,
    Enclosure,
    Evidence,
    Induction,
    Monotone,
    Normal,
    Oracle,
    OtherValue,
    Overlap,
    Point,
    Relation,
    Status,
    Term,
)
from derive.kernel import points
from derive.kernel.asymptotic import facts_for_large, limit_value
from derive.kernel.axioms import AXIOMS
from derive.kernel.balls import Undefined, approximates, holds
from derive.kernel.conditions import visible_conditions
from derive.kernel.explicit import Grid, Grids, NotExplicit
from derive.kernel.facts import Facts, facts_of
from derive.kernel.normal import NoNormalForm, Normaliser, with_normaliser
from derive.kernel.ratio import Ratio, TooLarge
from derive.kernel.terms import (
    INFINITY,
    ONE,
    ZERO,
    free_letters,
    heads,
    letters_of,
    number,
    relation_of,
    sub,
    substitute,
    subterms,
    symbol,
)
from derive.kernel.verdict import NotAdmitted, Verdict, make
from derive.kernel.words import ANY, is_matrix, polynomial_of, shape, words

ORDER = ("<", "<=", ">", ">=")
ORACLES = {"mellin_inversion": "probability"}
"""The programs whose word supports a claim, and the head of the quantity that each may speak of (``quantity ≈ numeral`` only)."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What a proof relied on."""

    why: str
    trust: frozenset[str] = frozenset(["flint"])
    visible: tuple[Relation, ...] = ()


def admit(claim: Claim, evidence: Evidence, witness: Point | None = None) -> Verdict:
    """Re-check ``evidence`` and seal what it shows of ``claim``.

    Raises NotAdmitted when it shows nothing. ``witness`` is a point at which hypotheses and conditions hold, for proofs.
    """
    try:
        if isinstance(evidence, Counterexample):
            return _refuted(claim, evidence)
        if isinstance(evidence, OtherValue):
            return _refuted_limit(claim, evidence, witness)
        if isinstance(evidence, Overlap | Oracle):
            return _supported(claim, evidence)
        return _proved(claim, evidence, witness)
    except (NoNormalForm, TooLarge, Undefined) as error:
        raise NotAdmitted(str(error)) from None
    except ZeroDivisionError:
        raise NotAdmitted("a divisor is identically zero") from None
    except RecursionError:
        raise NotAdmitted("nested too deeply") from None


# ------------------------------------------------------------------------------------------------------------ proofs


def _proved(claim: Claim, evidence: Evidence, witness: Point | None) -> Verdict:
    conditions = visible_conditions(claim)
    facts = facts_of(claim.scope).assuming(conditions)
    rule = RULES.get(type(evidence))
    if rule is None:
        raise NotAdmitted(f"no rule for {type(evidence).__name__}")
    basis = rule(claim, evidence, facts)
    visible = tuple(dict.fromkeys((*conditions, *basis.visible)))
    points.check_witness(claim, visible, witness)
    used = tuple(h for h in claim.scope.hypotheses if h.relation != "=" or h.lhs.head != "symbol")
    return make(claim, Status.PROVED, evidence, tuple(sorted(basis.trust)), visible + used, basis.why)


def _normal(claim: Claim, evidence: Normal, facts: Facts) -> Basis:
    """Equality by normal forms; an inequality by the sign of the difference."""
    if claim.relation in ("=", "!="):
        basis = equal(claim, facts)
        if (basis is None) == (claim.relation == "="):
            raise NotAdmitted("the two sides do not reach the same normal form")
        if claim.relation == "=" and basis is not None:
            return basis
        raise NotAdmitted("equal normal forms, so not different")
    if claim.relation in ORDER:
        return _sign(claim, facts)
    raise NotAdmitted(f"no normal form decides {claim.relation}")


def equal(claim: Claim, facts: Facts) -> Basis | None:
    """lhs = rhs by normal forms, first with defined letters closed, then unfolded."""
    matrix = _matrix_shape(claim, facts)
    test = _equal_matrices if matrix else _equal_scalars
    for unfold in (False, True):
        try:
            basis = with_normaliser(facts, lambda normaliser: test(normaliser, claim, facts), unfold)
        except (NoNormalForm, ZeroDivisionError):
            if unfold:
                raise
            continue
        if basis is not None:
            return basis
    return None


def _matrix_shape(claim: Claim, facts: Facts) -> bool:
    """Both sides are matrices of one shape (0 fits any), or both are scalars. Raises NotAdmitted."""
    left, right = is_matrix(claim.lhs, facts), is_matrix(claim.rhs, facts)
    if left and right:
        a, b = shape(claim.lhs, facts), shape(claim.rhs, facts)
        if a != b and ANY not in (a, b):
            raise NotAdmitted(f"a {a} matrix is compared with a {b} matrix")
        return True
    if left or right:
        if (claim.rhs if left else claim.lhs) != ZERO:
            raise NotAdmitted("a matrix is compared with a number")
        return True
    return False


def _equal_scalars(normaliser: Normaliser, claim: Claim, facts: Facts) -> Basis | None:
    difference = normaliser.reduce(normaliser.value(claim.lhs) - normaliser.value(claim.rhs))
    if difference.is_zero:
        return _basis(normaliser, "both sides have the same normal form")
    for relation in (*facts.given, *facts.scope.hypotheses):
        if _multiple_of(normaliser, difference, relation, facts):
            return _basis(normaliser, "the difference of the sides is a multiple of an equation that is given")
    return None


def _multiple_of(normaliser: Normaliser, difference: Ratio, relation: Relation, facts: Facts) -> bool:
    """The difference vanishes because it has the factor a - b of a given scalar equation a = b."""
    if relation.relation != "=" or is_matrix(relation.lhs, facts) or is_matrix(relation.rhs, facts):
        return False
    try:
        given = normaliser.reduce(normaliser.value(relation.lhs) - normaliser.value(relation.rhs))
    except NoNormalForm:
        return False
    return not given.num.is_constant() and divmod(difference.num, given.num)[1].is_zero()


def _basis(normaliser: Normaliser, why: str) -> Basis:
    return Basis(why, frozenset({"flint", *normaliser.trust}), tuple(normaliser.visible))


def _equal_matrices(normaliser: Normaliser, claim: Claim, facts: Facts) -> Basis | None:
    try:
        grids = Grids(normaliser, facts)
        left, right = grids.grid(claim.lhs), (None if claim.rhs == ZERO else grids.grid(claim.rhs))
        return _equal_grids(normaliser, left, right)
    except NotExplicit:
        pass
    algebra = words(normaliser, facts)
    left_word, right_word = polynomial_of(algebra, claim.lhs, facts), polynomial_of(algebra, claim.rhs, facts)
    rest = algebra.plus(left_word, algebra.scaled(right_word, normaliser.constant(-1)))
    return None if rest else _basis(normaliser, "both sides reduce to the same matrix product")


def _equal_grids(normaliser: Normaliser, left: Grid, right: Grid | None) -> Basis | None:
    if right is not None and left.scalar is None and right.scalar is None and left.size != right.size:
        raise NotAdmitted("matrices of different sizes")
    if left.scalar is not None and right is not None:
        left, right = right, left
    if left.scalar is not None:
        same = left.scalar if right is None else left.scalar - (right.scalar or left.scalar)
        return _basis(normaliser, "both are the same multiple of the identity") if same.is_zero else None
    for i, row in enumerate(left.rows):
        for j, entry in enumerate(row):
            if not normaliser.reduce(entry - _entry(normaliser, right, i, j)).is_zero:
                return None
    return _basis(normaliser, "entry by entry, both sides have the same normal form")


def _entry(normaliser: Normaliser, grid: Grid | None, i: int, j: int) -> Ratio:
    if grid is None:
        return normaliser.constant(0)
    if grid.scalar is not None:
        return grid.scalar if i == j else normaliser.constant(0)
    return grid.rows[i][j]


def _sign(claim: Claim, facts: Facts) -> Basis:
    """The difference of the sides has the sign that the relation asks for."""
    high, low = (claim.lhs, claim.rhs) if claim.relation in (">", ">=") else (claim.rhs, claim.lhs)
    strict = claim.relation in ("<", ">")
    if is_matrix(claim.lhs, facts) or is_matrix(claim.rhs, facts):
        raise NotAdmitted("matrices are not ordered")
    uncertain = heads(claim.lhs, claim.rhs) & {"limit", "expect", "variance"}  # these must be shown to exist
    if not uncertain and (facts.positive(sub(high, low)) if strict else facts.non_negative(sub(high, low))):
        return Basis("the difference of the sides has that sign by the declarations")
    return with_normaliser(facts, lambda normaliser: _sign_of_normal_form(normaliser, high, low, strict, facts))


def _sign_of_normal_form(normaliser: Normaliser, high: Term, low: Term, strict: bool, facts: Facts) -> Basis:
    """The sign from the irreducible factors of the difference, all of them real: a square is >= 0 for real numbers only.

    A condition that only the normal form asks for is not assumed: the relation may fail just where it does not hold.
    """
    content, found = normaliser.factors(normaliser.value(high) - normaliser.value(low))
    if not all(normaliser.is_real(factor) for factor, _ in found):
        raise NotAdmitted("a factor of the difference is not written in real numbers")
    if any(relation not in visible_conditions(Claim(high, ">", low, facts.scope)) for relation in normaliser.visible):
        raise NotAdmitted("the sign is known under a further condition only")
    if content == 0:
        if strict:
            raise NotAdmitted("the sides are equal")
        return _basis(normaliser, "both sides have the same normal form")
    sign = 1 if content > 0 else -1
    for factor, multiplicity in found:
        term = normaliser.term(factor)
        if multiplicity % 2 == 0:
            if strict and multiplicity > 0 and not facts.nonzero(term):  # a divisor does not vanish
                raise NotAdmitted("a factor may vanish")
            continue
        if facts.positive(term) if strict else facts.non_negative(term):
            continue
        negated = Term("neg", (term,))
        if facts.positive(negated) if strict else facts.non_negative(negated):
            sign = -sign
            continue
        raise NotAdmitted("the sign of a factor of the difference is not known")
    if sign < 0:
        raise NotAdmitted("the difference has the other sign")
    return _basis(normaliser, "every factor of the difference has a sign by the declarations")


def _induction(claim: Claim, evidence: Induction, facts: Facts) -> Basis:
    """Base at ``start`` and P(t) implies P(t+1), for an integer letter t >= start that no hypothesis mentions."""
    name = evidence.variable
    _check_induction_letter(claim, evidence, facts)
    base = _settle(_instance(claim, name, number(evidence.start)), (), "the base case")
    following = _instance(claim, name, Term("add", (symbol(name), ONE)))
    step = _settle(following, (relation_of(claim),), "the induction step")
    visible = tuple(dict.fromkeys((*base.visible, *step.visible)))
    if any(name in free_letters(r.lhs) | free_letters(r.rhs) for r in visible):
        raise NotAdmitted(f"a condition that depends on {name} is not settled")
    what = "both sides agree" if claim.relation == "=" else "the bound holds"
    why = (
        f"induction on {name}: {what} at {name} = {evidence.start}, and each step from {name} to {name} + 1 keeps it so"
    )
    return Basis(why, base.trust | step.trust, visible)


def _check_induction_letter(claim: Claim, evidence: Induction, facts: Facts) -> None:
    name = evidence.variable
    declaration = facts.declaration(name)
    if declaration is None or declaration.domain != "integer":
        raise NotAdmitted(f"induction on {name}, which is not declared an integer")
    if declaration.where != (Relation(symbol(name), ">=", number(evidence.start)),):
        raise NotAdmitted(f"induction needs the declaration {name} >= {evidence.start} and no other")
    for hypothesis in claim.scope.hypotheses:
        letters = free_letters(hypothesis.lhs) | free_letters(hypothesis.rhs)
        if name in letters and not (hypothesis.relation == "=" and hypothesis.lhs.head == "index"):
            raise NotAdmitted(f"a hypothesis mentions {name}")
    for other in claim.scope.declarations:
        moments = (other.law.mean, other.law.variance) if other.law is not None else ()
        mentioned = frozenset[str]().union(*map(letters_of, other.where), *map(free_letters, moments))
        if other.name != name and name in mentioned:
            raise NotAdmitted(f"the declaration of {other.name} mentions {name}")


def _instance(claim: Claim, name: str, value: Term) -> Claim:
    return Claim(substitute(claim.lhs, name, value), claim.relation, substitute(claim.rhs, name, value), claim.scope)


def _settle(claim: Claim, given: tuple[Relation, ...], what: str) -> Basis:
    """A base case or a step, ``given`` the induction hypothesis: by normal forms, or for norms by operator_norm."""
    conditions = visible_conditions(claim)
    facts = replace(facts_of(claim.scope).assuming(conditions), given=given)
    failure = ""
    if claim.relation == "<=" and claim.lhs.head == "norm" and AXIOMS["operator_norm"].applies(claim, facts):
        return Basis("bound", frozenset(["flint", "axiom:operator_norm"]), conditions)
    try:
        basis = equal(claim, facts) if claim.relation == "=" else _sign(claim, facts)
        if basis is not None:
            return replace(basis, visible=(*conditions, *basis.visible))
    except (NoNormalForm, NotAdmitted) as error:
        failure = f": {error}"
    raise NotAdmitted(f"{what} does not go through{failure}")


def _enclosure(claim: Claim, evidence: Enclosure, facts: Facts) -> Basis:
    """Nothing free is left once definitions are put in: balls decide."""
    relation = points.closed(claim)
    if claim.relation == "~~":
        if approximates(relation.lhs, relation.rhs, {}) is True:
            return Basis("rigorous enclosure: within half a unit of the last digit")
        raise NotAdmitted("not within half a unit of the last digit, or not certified")
    if holds(relation, {}) is not True:
        raise NotAdmitted("the enclosures do not decide this")
    exact = claim.relation == "="  # which ``holds`` certifies by exact values only
    return Basis("both sides have the same exact value" if exact else "rigorous enclosures of both sides")


def _monotone(claim: Claim, evidence: Monotone, facts: Facts) -> Basis:
    """From ``a <= b`` (a hypothesis) follows ``f(a) <= f(b)`` for increasing f; f is c x, x^c, log x or exp x."""
    if not 0 <= evidence.hypothesis < len(claim.scope.hypotheses) or claim.relation not in ORDER:
        raise NotAdmitted("no such hypothesis")
    given = claim.scope.hypotheses[evidence.hypothesis]
    if given.relation not in ORDER:
        raise NotAdmitted("the hypothesis is not an inequality")
    strict = claim.relation in ("<", ">")
    if strict and given.relation not in ("<", ">"):
        raise NotAdmitted("a strict inequality from a weak one")
    small, large = (given.lhs, given.rhs) if given.relation in ("<", "<=") else (given.rhs, given.lhs)
    direction = _direction(evidence.body, evidence.variable, small, large, facts)
    low, high = (claim.lhs, claim.rhs) if claim.relation in ("<", "<=") else (claim.rhs, claim.lhs)
    if direction < 0:
        small, large = large, small
    images = [substitute(evidence.body, evidence.variable, side) for side in (small, large)]
    trust, visible = frozenset(["flint"]), list(visible_conditions(claim))
    for image, side in zip(images, (low, high), strict=True):
        same = equal(Claim(image, "=", side, claim.scope), facts)
        if same is None:
            raise NotAdmitted("the function does not give the sides of the claim")
        trust, visible = trust | same.trust, [*visible, *same.visible]
    kind = "an increasing" if direction > 0 else "a decreasing"
    return Basis(f"{kind} function applied to both sides of the hypothesis", trust, tuple(visible))


def _direction(body: Term, variable: str, small: Term, large: Term, facts: Facts) -> int:
    """1 or -1 where ``body`` is strictly increasing or decreasing between the two arguments."""
    x = symbol(variable)
    if body.head == "pow" and body.args[0] == x and variable not in free_letters(body.args[1]):
        if not (facts.positive(small) and facts.positive(large)):
            raise NotAdmitted("a power is monotone for positive arguments only")
        return _direction_of_sign(body.args[1], facts)
    if body == Term("log", (x,)) and facts.positive(small) and facts.positive(large):
        return 1
    if body == Term("exp", (x,)):
        return 1
    if body.head == "mul" and len(body.args) == 2 and body.args[1] == x and variable not in free_letters(body.args[0]):
        return _direction_of_sign(body.args[0], facts)
    raise NotAdmitted("not one of the monotone functions that are known")


def _direction_of_sign(term: Term, facts: Facts) -> int:
    if facts.positive(term):
        return 1
    if facts.positive(Term("neg", (term,))):
        return -1
    raise NotAdmitted("the direction of the function is not known")


def _asymptotic(claim: Claim, evidence: Asymptotic, facts: Facts) -> Basis:
    """lim body = value, with the limit computed from the normal form; ``~`` and ``O`` through the limit of the ratio."""
    if claim.relation in ("~", "O"):
        return _compared(claim, facts)
    if claim.relation != "=" or claim.lhs.head != "limit":
        raise NotAdmitted("not a limit")
    if str(claim.lhs.args[1].value) in free_letters(claim.rhs):
        raise NotAdmitted("the value of a limit speaks of the letter that tends to infinity")
    facts = facts_for_large(claim.lhs, facts)

    def same(normaliser: Normaliser) -> Basis:
        found = limit_value(normaliser, claim.lhs, facts)
        if isinstance(found, Term):
            if claim.rhs != INFINITY:
                raise NotAdmitted("the limit is infinite")
            return _basis(normaliser, "the leading part grows without bound")
        if claim.rhs == INFINITY or not normaliser.reduce(found - normaliser.value(claim.rhs)).is_zero:
            raise NotAdmitted("the limit is another value")
        return _basis(normaliser, "the limit of each part of the normal form is known")

    return with_normaliser(facts, same)


def _compared(claim: Claim, facts: Facts) -> Basis:
    """lhs ~ rhs: the ratio tends to 1. lhs = O(rhs): the ratio tends to a finite value."""
    shared = sorted(
        name
        for name in free_letters(claim.lhs) & free_letters(claim.rhs)
        if (declaration := facts.declaration(name)) is not None and declaration.domain == "integer"
    )
    if len(shared) != 1:
        raise NotAdmitted("it is not clear which letter tends to infinity")
    ratio = Term("div", (claim.lhs, claim.rhs))
    limit = Term("limit", (ratio, symbol(shared[0]), INFINITY))
    facts = facts_for_large(limit, facts)

    def bounded(normaliser: Normaliser) -> Basis:
        found = limit_value(normaliser, limit, facts)
        if isinstance(found, Term) or (claim.relation == "~" and found.constant() != 1):
            raise NotAdmitted("the ratio of the sides does not tend to such a value")
        return _basis(normaliser, f"the ratio of the sides has a finite limit as {shared[0]} grows")

    return with_normaliser(facts, bounded)


def _citation(claim: Claim, evidence: Citation, facts: Facts) -> Basis:
    """An instance of a theorem of the closed list, all its hypotheses checked."""
    axiom = AXIOMS.get(evidence.axiom)
    if axiom is None:
        raise NotAdmitted(f"no theorem named {evidence.axiom}")
    if not axiom.applies(claim, facts):
        raise NotAdmitted(f"the claim is not an instance of {evidence.axiom} with its hypotheses met")
    return Basis(f"by {evidence.axiom}, hypotheses checked", frozenset(["flint", f"axiom:{evidence.axiom}"]))


RULES: dict[type, Callable[..., Basis]] = {
    Normal: _normal,
    Induction: _induction,
    Enclosure: _enclosure,
    Monotone: _monotone,
    Asymptotic: _asymptotic,
    Citation: _citation,
}


# ------------------------------------------------------------------------------------------- refutation and support


def _refuted(claim: Claim, evidence: Counterexample) -> Verdict:
    """One exact admissible point at which the relation certainly fails."""
    relation, env = points.grounded(claim, evidence.point)
    if claim.relation == "~~":
        fails = approximates(relation.lhs, relation.rhs, env) is False
    elif claim.relation in ("~", "O") or heads(claim.lhs, claim.rhs) & {"limit"}:
        raise NotAdmitted("a limit is not refuted at a point")
    else:
        fails = holds(relation, env) is False
    if not fails:
        raise NotAdmitted("the relation does not certainly fail there")
    values = points.shown_values(relation, env)
    why = f"fails at an admissible point: {values[0]} against {values[1]}"
    return make(claim, Status.REFUTED, evidence, ("flint",), (), why, values)


def _refuted_limit(claim: Claim, evidence: OtherValue, witness: Point | None) -> Verdict:
    """The limit is another value, and that is certainly different."""
    conditions = visible_conditions(claim)
    facts = facts_of(claim.scope).assuming(conditions)
    other = Claim(claim.lhs, "=", evidence.value, claim.scope)
    basis = _asymptotic(other, Asymptotic(), facts)
    if free_letters(claim.rhs) | free_letters(evidence.value):
        raise NotAdmitted("values with letters are not compared here")
    finite = INFINITY not in (claim.rhs, evidence.value)
    if claim.rhs == evidence.value or (finite and holds(Relation(claim.rhs, "!=", evidence.value), {}) is not True):
        raise NotAdmitted("the values are not certainly different")
    points.check_witness(claim, (*conditions, *basis.visible), witness)
    values = points.shown_limits(evidence.value, claim.rhs)
    return make(claim, Status.REFUTED, evidence, ("flint",), (), f"the limit is {values[0]}, not {values[1]}", values)


def _require_whole_ends(claim: Claim) -> None:
    """Ends of sums and products are declared integers: sampling would see none but whole ones."""
    facts = facts_of(claim.scope)
    for side in (claim.lhs, claim.rhs):
        for part in subterms(side):
            if part.head in ("sum", "prod") and any(facts.kind(end) != "integer" for end in part.args[2:]):
                raise NotAdmitted("a bound that is not declared an integer")


def _supported(claim: Claim, evidence: Overlap | Oracle) -> Verdict:
    if isinstance(evidence, Oracle):
        if evidence.name not in ORACLES or claim.relation != "~~" or claim.lhs.head != ORACLES[evidence.name]:
            raise NotAdmitted(f"the word of {evidence.name} does not count for such a claim")
        why = f"by {evidence.name}: {evidence.detail}"
        return make(claim, Status.SUPPORTED, evidence, (f"oracle:{evidence.name}",), (), why)
    _require_whole_ends(claim)
    if points.distinct(claim, evidence.points) < points.OVERLAPS_NEEDED:
        raise NotAdmitted(f"fewer than {points.OVERLAPS_NEEDED} points")
    for point in evidence.points:
        points.check_overlap(claim, point)
    why = f"the sides agree to {points.OVERLAP_BITS} bits at {len(evidence.points)} exact points"
    return make(claim, Status.SUPPORTED, evidence, ("flint", "sampling"), (), why)
