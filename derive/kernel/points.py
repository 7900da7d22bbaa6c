"""Exact points: are they admissible for a claim, and what do both sides come to there?

Letters that a hypothesis defines, and sequences given by a recurrence, are computed from the rest, never taken from the
point. A random letter needs a finite law with the declared mean and variance.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from flint import acb, arb, ctx, fmpq, fmpq_mat

from derive.core import (
    Claim,
    ClosedForm,
    Complex,
    Declaration,
    Family,
    FiniteLaw,
    Function,
    Joint,
    Law,
    Matrix,
    Point,
    Relation,
    Scope,
    Term,
    Value,
)
from derive.kernel.admissible_laws import (
    WHOLE_LAWS,
    check_independence,
    conditions_of_law,
    declared_atoms,
    dependent_at,
    dependent_pairs,
    has_three_values,
    law_of_letter,
    same_law,
)
from derive.kernel.balls import BallMatrix, Here, evaluate, exact, holds
from derive.kernel.budget import at_hand, remembered
from derive.kernel.conditions import unsettled
from derive.kernel.differentiated import differentiated
from derive.kernel.expectation import is_random
from derive.kernel.expectation.closed import almost_surely, closed_relation, linked
from derive.kernel.expectation.randomness import apart, has_laws
from derive.kernel.facts import Facts, facts_of
from derive.kernel.general_members import instances
from derive.kernel.gradient import HEADS as GRADIENTS
from derive.kernel.gradient import without_gradients
from derive.kernel.gradients_at_points import asked_at
from derive.kernel.heads import AlmostSurely, PowerDefined, Under, conditions_of, is_complex
from derive.kernel.laws import STANDARD_NORMAL
from derive.kernel.limit_letters import require_plain_limits
from derive.kernel.normal import NoNormalForm
from derive.kernel.ratio import TooLarge
from derive.kernel.recurrence import gives, unroll
from derive.kernel.terms import (
    AT_THE_LETTER,
    BINDERS,
    INFINITY,
    ONE,
    ZERO,
    free_letters,
    heads,
    letters_of,
    linear_in,
    number,
    rational_value,
    relation_of,
    substitute,
    substitute_relation,
    subterms,
    symbol,
)
from derive.kernel.verdict import NotAdmitted

LOCATION_SCALE = ("gaussian", "uniform", "laplace")
"""Laws of which a X + b has the same with another mean and variance."""

OVERLAPS_NEEDED = 16
OVERLAP_BITS = 200
DEPENDENT_NEEDED = 6
RICH_NEEDED = 2
UNFOLD_LIMIT = 200
LONGEST_WRITTEN_OUT = 60
MEMBERS_LOOKED_AT = 8
"""Members of a given sequence whose declared bounds are checked at a witness."""
DIGITS = (10, 20, 40)
"""How many digits of a number are shown, if the sides are the same to fewer."""
NOUGHT = Complex(Fraction(0), Fraction(0))

SMOOTH = frozenset(["number", "add", "neg", "mul", "pow", "exp", "sin", "cos", "sinh", "cosh", "tanh", "arctan"])

Env = dict[str, Value]

# --------------------------------------------------------------------------------- defined letters and sequences


def unfolded(term: Term, facts: Facts, env: Env | None = None) -> Term:
    """``term`` with definitions and members of recurrences (numeral index) put in; letters that are bound stay.

    With ``env``, the values of the letters, members whose value is rational there are put in as numbers: a recurrence with two
    terms would else grow without measure. Raises NotAdmitted where a definition speaks of a letter that is bound where it would
    be put in.
    """
    if _nothing_to_unfold(facts, term):
        return term
    return Unfolding(facts, env).of(term, UNFOLD_LIMIT, frozenset())


def _nothing_to_unfold(facts: Facts, *terms: Term) -> bool:
    """Nothing is defined, and nothing is to be worked out."""
    return not facts.scope.hypotheses and heads(*terms).isdisjoint(GRADIENTS)


@dataclass(slots=True)
class Unfolding:
    """One walk: ``members`` remembers what has been put in for a member of a sequence."""

    facts: Facts
    env: Env | None
    members: dict[Term, Term] = field(default_factory=dict)

    def of(self, term: Term, budget: int, bound: frozenset[str]) -> Term:
        if budget <= 0:
            raise NotAdmitted("definitions that do not end")
        if term.head in GRADIENTS:
            return self.of(_worked_out(term, self.facts), budget - 1, bound)
        if term.head == "symbol":
            defined = None if str(term.value) in bound else self.facts.definition(str(term.value))
            return term if defined is None else self.of(_free(defined, bound), budget - 1, bound)
        if term.head == "index":
            return self._member(term, budget, bound)
        if term.head in BINDERS:
            return self._binder(term, budget, bound)
        if not term.args:
            return term
        return Term(term.head, tuple([self.of(arg, budget, bound) for arg in term.args]), term.value)

    def _member(self, term: Term, budget: int, bound: frozenset[str]) -> Term:
        if term in self.members:
            return _free(self.members[term], bound)
        made = None if free_letters(term.args[1]) & bound else unroll(term, self.facts)
        if made is None:
            return replace(term, args=(term.args[0], *(self.of(arg, budget, bound) for arg in term.args[1:])))
        found = self.of(_free(made, bound), budget - 1, bound)
        value = None if self.env is None or bound else exact(found, self.env)
        found = number(value) if isinstance(value, Fraction) else found
        if not bound:
            self.members[term] = found
        return found

    def _binder(self, term: Term, budget: int, bound: frozenset[str]) -> Term:
        body, letter, *ends = term.args
        outside = [self.of(end, budget, bound) for end in ends]
        if term.head in ("sum", "prod") and self._runs_through_a_sequence(body, letter):
            listed = self._written_out(term, outside, budget, bound)
            if listed is not None:
                return listed
        # The variable of a derivative keeps its value: only its name is kept.
        kept = term.head != "derivative" or self.facts.definition(str(letter.value))
        inside = bound | {str(letter.value)} if kept else bound
        return replace(term, args=(self.of(body, budget, inside), letter, *outside))

    def _runs_through_a_sequence(self, body: Term, letter: Term) -> bool:
        names = {_sequence(hypothesis) for hypothesis in self.facts.scope.hypotheses}
        return any(
            part.head == "index" and part.args[0].value in names and str(letter.value) in free_letters(part.args[1])
            for part in subterms(body)
        )

    def _written_out(self, term: Term, ends: list[Term], budget: int, bound: frozenset[str]) -> Term | None:
        """A sum or product of members of a recurrence, between numerals, term by term."""
        body, letter = term.args[:2]
        first, last = (exact(end, {}) for end in ends)
        if not isinstance(first, Fraction) or not isinstance(last, Fraction) or last - first >= LONGEST_WRITTEN_OUT:
            return None
        if first.denominator != 1 or last.denominator != 1:
            return None
        empty, head = (ZERO, "add") if term.head == "sum" else (ONE, "mul")
        parts = [
            self.of(substitute(body, str(letter.value), number(k)), budget - 1, bound)
            for k in range(int(first), int(last) + 1)
        ]
        return empty if not parts else parts[0] if len(parts) == 1 else Term(head, tuple(parts))


def _worked_out(term: Term, facts: Facts) -> Term:
    try:
        return without_gradients(term, facts, checked=False)
    except NoNormalForm as refusal:
        raise NotAdmitted(str(refusal)) from None


def _free(term: Term, bound: frozenset[str]) -> Term:
    if free_letters(term) & bound:
        raise NotAdmitted("a definition speaks of a letter that is bound here")
    return term


def closed(claim: Claim) -> Relation:
    """The relation with all definitions put in. Raises NotAdmitted where a letter is left."""
    require_plain_limits(claim)
    claim = differentiated(claim)
    facts, relation = facts_of(claim.scope), relation_of(claim)
    if _nothing_to_unfold(facts, claim.lhs, claim.rhs) and not has_laws(claim.scope):
        _require_closed(relation)
        return relation
    relation = Relation(unfolded(claim.lhs, facts), claim.relation, unfolded(claim.rhs, facts))
    relation = _with_closed_forms(relation, claim.scope, {}, facts)
    _require_closed(relation)
    return relation


def _require_closed(relation: Relation) -> None:
    left = letters_of(relation) - {str(STANDARD_NORMAL.value)}
    if left:
        raise NotAdmitted(f"the letter {min(left)} is free")


# --------------------------------------------------------------------------------------------------- admissibility


def grounded(claim: Claim, point: Point) -> tuple[Relation, Env]:
    """The relation and the values of its letters, after checking that the point is admissible. Raises NotAdmitted. The search
    looks at a point before the kernel does: what is found is remembered for the claim at work."""
    known: dict[tuple[Claim, Point], list[tuple[Relation, Env] | str]] = at_hand().setdefault("grounded", {})
    found = known.setdefault((claim, point), [])  # one look, since a point is dear to hash
    if not found:
        try:
            found.append(_grounded(claim, point))
        except NotAdmitted as reason:
            found.append(str(reason))
    if isinstance(found[0], str):
        raise NotAdmitted(found[0])
    return found[0]


def _grounded(claim: Claim, point: Point) -> tuple[Relation, Env]:
    require_plain_limits(claim)
    _require_no_rule_of_function(claim)
    claim = differentiated(claim)
    found = _admissible(claim.scope, point)
    if isinstance(found, str):
        raise NotAdmitted(found)
    env, facts = Here(found), facts_of(claim.scope)
    for hypothesis in claim.scope.hypotheses:
        if not _is_definition(hypothesis, facts):
            for instance in instances(hypothesis, claim.scope, env):
                _require(_at(instance, env, facts), env, "hypothesis on a member")
    for condition in conditions_of_powers(claim):
        _require(_at(condition, env, facts), env, "condition of a power")
    _require_free_derivatives(claim, facts)
    _require_gradients((claim.lhs, claim.rhs), env, facts)
    relation = _at(relation_of(claim), env, facts)
    if not has_laws(claim.scope):
        return relation, env
    relation = almost_surely(linked(relation, claim.scope, env), claim.scope)
    return _with_closed_forms(relation, claim.scope, env, facts), env


def _require_no_rule_of_function(claim: Claim) -> None:
    """``f(x) = x^2`` among the hypotheses may hold for one x or for all: a function that fits at one x decides nothing."""
    for hypothesis in claim.scope.hypotheses:
        if heads(hypothesis.lhs, hypothesis.rhs).isdisjoint(("apply", "prime")):
            continue
        for part in (*subterms(hypothesis.lhs), *subterms(hypothesis.rhs)):
            if part.head in ("apply", "prime") and any(free_letters(arg) for arg in part.args[1:]):
                raise NotAdmitted("a hypothesis on a function at a letter, which may be meant for one value or for all")


def _with_closed_forms(relation: Relation, scope: Scope, env: Env, facts: Facts) -> Relation:
    """Averages over letters without a finite law at the point replaced by their values there. Raises NotAdmitted."""
    try:
        closed_form, conditions = closed_relation(relation, scope, env)
    except (NoNormalForm, TooLarge, ZeroDivisionError) as reason:
        raise NotAdmitted(f"no closed form of an average: {reason}") from None
    if closed_form != relation:
        for declaration in scope.declarations:
            _check_law_exists(declaration, env, facts)
        for condition in conditions:
            _require(_at(condition, env, facts), env, "condition of a closed form")
    return closed_form


@remembered(maxsize=512)
def _admissible(scope: Scope, point: Point) -> Env | str:
    """The values at a point that the scope admits, or why it does not: the same point is tried by many, of one claim and of
    the next."""
    try:
        env = _checked_values(scope, point)
        facts = facts_of(scope)
        _check_sequences(facts)
        _require_no_bound_for_ever(scope)
        for hypothesis in (*_conditions_on_members(scope, env), *scope.hypotheses):
            if not _is_definition(hypothesis, facts):
                _require(_at(hypothesis, env, facts), env, "hypothesis")
            _require_gradients((hypothesis.lhs, hypothesis.rhs), env, facts)
    except NotAdmitted as reason:
        return str(reason)
    return env


def _require_free_derivatives(claim: Claim, facts: Facts) -> None:
    """A derivative by a letter that a hypothesis ties to others is not what its rules give."""
    if heads(claim.lhs, claim.rhs).isdisjoint(AT_THE_LETTER):
        return
    if any(h.relation == "=" for h in claim.scope.hypotheses):
        from derive.kernel.tied import with_definitions

        for part in (*subterms(claim.lhs), *subterms(claim.rhs)):
            if part.head in AT_THE_LETTER:
                try:
                    with_definitions(part, facts)
                except NoNormalForm as refusal:
                    raise NotAdmitted(str(refusal)) from None


@remembered(maxsize=256)
def conditions_of_powers(claim: Claim) -> tuple[Relation, ...]:
    """Signs that powers with an exponent which is not declared an integer ask for: ``u^a`` is undefined for u < 0, also where
    the value of a happens to be whole. And n >= j, where a sum up to n is differentiated by its member number j. Raises NotAdmitted where such a condition is hidden in a sum."""
    facts = facts_of(claim.scope)
    found: list[Relation] = []
    for side in (claim.lhs, claim.rhs):
        for condition in conditions_of(side, claim.scope):
            power, inside = condition, facts
            while isinstance(power, Under | AlmostSurely):
                inside = inside.under(power.variable, power.lower, power.upper) if isinstance(power, Under) else inside
                power = power.condition
            real = isinstance(power, PowerDefined) and inside.kind(power.exponent) == "real"
            member = isinstance(condition, Relation) and condition.lhs.head == "symbol" and condition.relation == ">="
            found += unsettled(condition, facts, hidden=False) if real or member else ()
    return tuple(relation for relation in found if relation.relation in (">", ">="))


def _is_definition(hypothesis: Relation, facts: Facts) -> bool:
    if hypothesis.relation != "=":
        return False
    if hypothesis.lhs.head == "index":
        return True
    return hypothesis.lhs.head == "symbol" and facts.definition(str(hypothesis.lhs.value)) == hypothesis.rhs


def _at(relation: Relation, env: Env, facts: Facts) -> Relation:
    """Integer letters put in, definitions and recurrences unfolded."""
    letters = letters_of(relation)
    for name, value in env.items():
        declaration = facts.declaration(name) if name in letters else None
        if isinstance(value, Fraction) and declaration is not None and declaration.domain == "integer":
            relation = substitute_relation(relation, name, number(value))
    if _nothing_to_unfold(facts, relation.lhs, relation.rhs):
        return relation
    unfolding = Unfolding(facts, env)
    left, right = (unfolding.of(side, UNFOLD_LIMIT, frozenset()) for side in (relation.lhs, relation.rhs))
    return Relation(left, relation.relation, right)


def _require_gradients(sides: tuple[Term, ...], env: Env, facts: Facts) -> None:
    """Where there are gradients, all that is written is defined at the point. Raises NotAdmitted."""
    for side in sides:
        if not heads(side).isdisjoint(GRADIENTS):
            for condition in asked_at(side, facts, lambda end: exact(_at_point(end, env, facts), env)):
                _require(_at(condition, env, facts), env, "condition of a gradient")


def require_at(claim: Claim, condition: Relation, env: Env) -> None:
    """A condition of the claim certainly holds at a point that ``grounded`` gave. Raises NotAdmitted."""
    _require(_at(condition, env, facts_of(claim.scope)), env, "condition")


def _require(relation: Relation, env: Env, what: str) -> None:
    if holds(relation, env) is not True:
        raise NotAdmitted(f"a {what} does not certainly hold at the point")


def _checked_values(scope: Scope, point: Point) -> Env:
    """The values, each in the set that its letter is declared for."""
    if len(dict(point)) != len(point):
        raise NotAdmitted("a letter with two values")
    facts = facts_of(scope)
    env = _taken_values(facts, point)
    sizes: dict[str, int] = {}
    for declaration in scope.declarations:
        if declaration.name in env:
            _check_value(declaration, env[declaration.name], env, facts, sizes)
    check_independence(scope, env)
    for declaration in scope.declarations:
        if facts.definition(declaration.name) is not None and not is_random(declaration.name, facts):
            _check_defined(declaration, facts, env, sizes)
    for name, size in sizes.items():
        if env.get(name, Fraction(size)) != size:
            raise NotAdmitted(f"the size {name} has two values")
    env.update({name: Fraction(size) for name, size in sizes.items()})
    return env


def _taken_values(facts: Facts, point: Point) -> Env:
    """The values of declared letters and sizes; a letter or a sequence that a hypothesis defines is computed instead."""
    sizes = {size for declaration in facts.scope.declarations for size in declaration.shape}
    sequences = {_sequence(h) for h in facts.scope.hypotheses if _sequence(h)}
    env: Env = {}
    for name, value in point:
        if name not in facts.letters and name not in sizes:
            raise NotAdmitted(f"{name} is not declared")
        if facts.definition(name) is None and name not in sequences:
            env[name] = value
    return env


def _sequence(hypothesis: Relation) -> str | None:
    """The family of which ``h_t = term`` gives a member, or every one."""
    return str(hypothesis.lhs.args[0].value) if hypothesis.relation == "=" and hypothesis.lhs.head == "index" else None


def _check_sequences(facts: Facts) -> None:
    """Each sequence is given once: by start values, and by one recurrence for members that no start value gives.

    Raises NotAdmitted, also for a recurrence that is not unrolled by ``unroll``.
    """
    given: dict[str, list[Relation]] = {}
    for hypothesis in facts.scope.hypotheses:
        if (family := _sequence(hypothesis)) is not None:
            given.setdefault(family, []).append(hypothesis)
            declaration, kind = facts.declaration(family), facts.kind(hypothesis.rhs)
            domain = "complex" if declaration is None else declaration.domain
            if (domain, kind) in (("real", "complex"), ("integer", "complex"), ("integer", "real")):
                raise NotAdmitted(f"{family} is {domain}, and what is given for it may be {kind}")
    for family, relations in given.items():
        starts = [rational_value(h.lhs.args[1]) for h in relations]
        recurrences = [h for h, start in zip(relations, starts, strict=True) if start is None]
        numerals = [start for start in starts if start is not None]
        if len(set(numerals)) < len(numerals) or len(recurrences) > 1:
            raise NotAdmitted(f"{family} is given twice")
        # Member 1/2 is given by no recurrence that is understood.
        if recurrences and any(gives(recurrences[0], n, facts) is not False for n in (Fraction(1, 2), *numerals)):
            raise NotAdmitted(f"a start value of {family} is given by its recurrence, too")


def _check_defined(declaration: Declaration, facts: Facts, env: Env, sizes: dict[str, int]) -> None:
    """The term that defines a letter has a value, of the declared domain and shape, with the declared properties."""
    term = _at_point(symbol(declaration.name), env, facts)
    value = exact(term, env)
    if value is not None:
        plain = value.re if isinstance(value, Complex) and value.im == 0 else value
        _check_member(declaration, plain, sizes)
        return
    ball = evaluate(term, env, 128)
    balls = [ball] if isinstance(ball, acb) else [ball.factor or acb(0), *(x for row in ball.rows for x in row)]
    if declaration.properties or declaration.domain == "integer" or isinstance(ball, acb) == bool(declaration.shape):
        raise NotAdmitted(f"what is declared of {declaration.name} cannot be checked exactly")
    if declaration.domain == "real" and not all(x.imag.is_zero() for x in balls):
        raise NotAdmitted(f"{declaration.name} is not certainly real")


def _at_point(term: Term, env: Env, facts: Facts) -> Term:
    return _at(Relation(term, "=", term), env, facts).lhs


def _check_value(declaration: Declaration, value: Value, env: Env, facts: Facts, sizes: dict[str, int]) -> None:
    if declaration.function:
        check_function(declaration, value)
        return
    if declaration.law is not None:
        _check_law(declaration, value, env, facts)
        return
    members = value.members if isinstance(value, Family) else (value,)
    if declaration.family != isinstance(value, Family):
        raise NotAdmitted(f"{declaration.name} has the wrong kind of value")
    for member in members:
        _check_member(declaration, member, sizes)


def check_function(declaration: Declaration, value: Value) -> None:
    """One function of its variable alone, with real values where real ones are declared."""
    if not isinstance(value, Function):
        raise NotAdmitted(f"{declaration.name} is a function")
    if not free_letters(value.body) <= {value.variable}:
        raise NotAdmitted(f"the value of {declaration.name} depends on other letters")
    if declaration.domain == "integer" or (declaration.domain == "real" and is_complex(value.body, Scope())):
        raise NotAdmitted(f"{declaration.name} is not certainly {declaration.domain}")
    _check_smooth(declaration, value)


def _check_smooth(declaration: Declaration, value: Function) -> None:
    """Defined and differentiable as often as needed on the whole line; convex where that is declared."""
    from derive.kernel.differentiate import differentiate

    if not all(part.head in SMOOTH or part == symbol(value.variable) for part in subterms(value.body)):
        raise NotAdmitted(f"{declaration.name} is not known to be differentiable as often as needed")
    line = Scope((Declaration(value.variable),))
    if any(condition for condition in conditions_of(value.body, line)) or any(
        part.head == "pow" and not (rational_value(part.args[1]) or Fraction(-1)) >= 1 for part in subterms(value.body)
    ):
        raise NotAdmitted(f"{declaration.name} is not known to be defined everywhere")
    if set(declaration.properties) - {"convex"}:
        raise NotAdmitted(f"what is declared of {declaration.name} cannot be checked")
    if "convex" in declaration.properties:
        curvature = differentiate(differentiate(value.body, value.variable), value.variable)
        facts = facts_of(line)
        if not (facts.non_negative(_normal(curvature, facts)) or facts.non_negative(curvature)):
            raise NotAdmitted(f"{declaration.name} is not known to be convex")


def _normal(term: Term, facts: Facts) -> Term:
    """The term in normal form."""
    from derive.kernel.normal import with_normaliser

    return with_normaliser(facts, lambda normaliser: normaliser.ratio_term(normaliser.reduce(normaliser.value(term))))


def _check_member(declaration: Declaration, value: Value, sizes: dict[str, int]) -> None:
    if declaration.shape:
        if not isinstance(value, Matrix):
            raise NotAdmitted(f"{declaration.name} is a matrix")
        _check_matrix(declaration, value, sizes)
        return
    if isinstance(value, Complex):
        if declaration.domain != "complex":
            raise NotAdmitted(f"{declaration.name} is not complex")
    elif not isinstance(value, Fraction):
        raise NotAdmitted(f"{declaration.name} is a number")
    elif declaration.domain == "integer" and value.denominator != 1:
        raise NotAdmitted(f"{declaration.name} is an integer")


def _check_matrix(declaration: Declaration, value: Matrix, sizes: dict[str, int]) -> None:
    widths = {len(row) for row in value.rows}
    if len(widths) != 1:
        raise NotAdmitted(f"{declaration.name} has rows of different lengths")
    wanted = declaration.shape if len(declaration.shape) == 2 else (*declaration.shape, 1)
    for size, given in zip(wanted, (len(value.rows), widths.pop()), strict=True):
        if (size if isinstance(size, int) else sizes.setdefault(size, given)) != given:
            raise NotAdmitted(f"{declaration.name} has the wrong shape")
    entries = [entry for row in value.rows for entry in row]
    if declaration.domain != "complex" and any(isinstance(entry, Complex) for entry in entries):
        raise NotAdmitted(f"{declaration.name} has complex entries")
    for name in declaration.properties:
        _check_property(declaration.name, name, value)


def _check_property(letter: str, name: str, value: Matrix) -> None:
    X = symbol(letter)
    env: Env = {letter: value}
    flipped, zero = Term("transpose", (X,)), number(0)
    wanted = {
        "invertible": [Relation(Term("det", (X,)), "!=", zero)],
        "symmetric": [Relation(flipped, "=", X)],
        "orthogonal": [Relation(Term("mul", (flipped, X)), "=", Term("identity"))],
        "diagonal": [],
        "positive_definite": [Relation(flipped, "=", X)],
        "positive_semidefinite": [Relation(flipped, "=", X)],
    }
    if name not in wanted:
        raise NotAdmitted(f"the property {name} is not known")
    for relation in wanted[name]:
        _require(relation, env, f"property ({name})")
    if name == "diagonal" and any(
        e not in (0, NOUGHT) for i, row in enumerate(value.rows) for j, e in enumerate(row) if i != j
    ):
        raise NotAdmitted(f"{letter} is not diagonal")
    if name == "positive_semidefinite" and not _has_no_negative_eigenvalue(value):
        raise NotAdmitted(f"{letter} is not certainly positive semidefinite")
    if name == "positive_definite":
        for k in range(1, len(value.rows) + 1):
            minor: Env = {letter: Matrix(tuple(row[:k] for row in value.rows[:k]))}
            _require(Relation(Term("det", (X,)), ">", zero), minor, "property (positive definite)")


def _has_no_negative_eigenvalue(value: Matrix) -> bool:
    """Of a symmetric matrix: the coefficients of its characteristic polynomial alternate (then it is not 0 left of 0)."""
    if any(isinstance(entry, Complex) for row in value.rows for entry in row):
        return False
    rows = [[fmpq(entry.numerator, entry.denominator) for entry in row] for row in value.rows]  # type: ignore[union-attr]
    coefficients = fmpq_mat(rows).charpoly().coeffs()
    return all(c * (-1) ** (len(rows) - k) >= 0 for k, c in enumerate(coefficients))


def _check_law(declaration: Declaration, value: Value, env: Env, facts: Facts) -> None:
    law = declaration.law
    assert law is not None
    if isinstance(value, Function):
        _check_linked(declaration, value, env, facts)
        return
    value = law_of_letter(declaration, value, env)
    weights = [weight for _, weight in value.atoms]
    if sum(weights) != 1 or any(weight < 0 for weight in weights):
        raise NotAdmitted("the probabilities do not add up to 1")
    mean = sum((x * weight for x, weight in value.atoms), Fraction(0))
    variance = sum((x * x * weight for x, weight in value.atoms), Fraction(0)) - mean**2
    for term, found in ((law.mean, mean), (law.variance, variance)):
        _require(_at(Relation(term, "=", number(found)), env, facts), env, "moment of the law")
    if law.name != "moments" and not same_law(value, _declared_atoms(law, env, facts)):
        raise NotAdmitted(f"a finite law that is not the {law.name} law which is declared")
    for x, weight in value.atoms:
        if weight and x.denominator != 1 and declaration.domain == "integer":
            raise NotAdmitted(f"{declaration.name} is declared an integer")
        for relation in declaration.where if weight else ():
            _require(_at(_for_atom(relation, declaration, x), env, facts), env, "bound of the law")


def _check_linked(declaration: Declaration, value: Function, env: Env, facts: Facts) -> None:
    """The letter is a X + b for another random letter X without a value, of a law of the same kind that such functions keep, and
    has the declared mean and variance. The two are not declared independent. Raises NotAdmitted."""
    law, other = declaration.law, facts.declaration(value.variable)
    if (
        law is None
        or other is None
        or other.law is None
        or other.law.name != law.name
        or law.name not in LOCATION_SCALE
    ):
        raise NotAdmitted(f"{declaration.name} has not the law that is declared")
    if any(d.family or d.shape or d.where for d in (declaration, other)) or value.variable in env:
        raise NotAdmitted("only random numbers are functions of each other at a point")
    if apart(frozenset([declaration.name, value.variable]), facts.scope) or declaration.name == value.variable:
        raise NotAdmitted(f"{declaration.name} and {value.variable} are declared independent")
    if sum(isinstance(given, Function) and given.variable == value.variable for given in env.values()) > 1:
        raise NotAdmitted(f"several letters are functions of {value.variable}")
    slope = linear_in(value.body, value.variable)
    if slope is None or free_letters(slope) or exact(slope, {}) is None or free_letters(value.body) != {value.variable}:
        raise NotAdmitted(f"{declaration.name} is not an affine function")
    mean = substitute(value.body, value.variable, other.law.mean)
    variance = Term("mul", (slope, slope, other.law.variance))
    for relation in (Relation(mean, "=", law.mean), Relation(variance, "=", law.variance)):
        _require(_at(relation, env, facts), env, "moment of the law")


def _for_atom(relation: Relation, declaration: Declaration, x: Fraction) -> Relation:
    """A bound written for a random letter, or for a general member ``w_k``, at one value."""
    if not declaration.family:
        return substitute_relation(relation, declaration.name, number(x))
    lhs, rhs = (_members_put(side, declaration.name, number(x)) for side in (relation.lhs, relation.rhs))
    return Relation(lhs, relation.relation, rhs)


def _members_put(term: Term, family: str, by: Term) -> Term:
    if term.head == "index" and term.args[0].value == family:
        return by
    return replace(term, args=tuple(_members_put(arg, family, by) for arg in term.args))


def _declared_atoms(law: Law, env: Env, facts: Facts) -> dict[Fraction, Fraction]:
    atoms = declared_atoms(law, lambda term: exact(_at_point(term, env, facts), env))
    if atoms is None:
        raise NotAdmitted(f"a finite law is not {law.name}")
    return atoms


def _conditions_on_members(scope: Scope, env: Env) -> list[Relation]:
    """The bounds of every declared letter, for each member of a family; of a sequence that is given, for the first members."""
    found = []
    for declaration in scope.declarations:
        value = env.get(declaration.name)
        for relation in declaration.where:
            if not declaration.family:
                found += [relation]
            elif isinstance(value, Family):
                found += [_for_member(relation, declaration.name, value.first + i) for i in range(len(value.members))]
            else:
                found += [_for_member(relation, declaration.name, i) for i in _first_given(declaration.name, scope)]
    random = {d.name for d in scope.declarations if d.law is not None}
    return [relation for relation in found if not _letters(relation) & random]


def _first_given(family: str, scope: Scope) -> list[int]:
    """The places that start values give, and the next ones where a recurrence goes on."""
    places = [h.lhs.args[1] for h in scope.hypotheses if _sequence(h) == family]
    starts = [int(start) for place in places if (start := rational_value(place)) is not None and start.denominator == 1]
    after = range(max(starts, default=0) + 1, max(starts, default=0) + 1 + MEMBERS_LOOKED_AT)
    after = after if len(starts) < len(places) else range(0)
    return [*starts, *after]


def _require_no_bound_for_ever(scope: Scope) -> None:
    """No bound speaks of all members of a sequence that a recurrence gives: at a point only some of them are seen."""
    bounded = {d.name for d in scope.declarations if d.family and d.where}
    for hypothesis in scope.hypotheses:
        if _sequence(hypothesis) in bounded and rational_value(hypothesis.lhs.args[1]) is None:
            raise NotAdmitted("a bound of all members of a sequence is not checked at a point")


def _letters(relation: Relation) -> frozenset[str]:
    return free_letters(relation.lhs) | free_letters(relation.rhs)


def _for_member(relation: Relation, family: str, i: int) -> Relation:
    """A bound written for a general member ``index(w, k)`` at member i."""
    members = [part for part in _members_of(relation.lhs) if part.args[0].value == family]
    letters = sorted(free_letters(members[0].args[1])) if members else []
    return substitute_relation(relation, letters[0], number(i)) if letters else relation


def _members_of(term: Term) -> list[Term]:
    own = [term] if term.head == "index" else []
    return own + [member for arg in term.args for member in _members_of(arg)]


def random_at(claim: Claim, term: Term, env: Env) -> Term:
    """A term of the claim at a point that ``grounded`` gave, where the law of every random letter exists. Raises NotAdmitted."""
    facts = facts_of(claim.scope)
    for declaration in claim.scope.declarations:
        _check_law_exists(declaration, env, facts)
    return _at_point(term, env, facts)


# --------------------------------------------------------------------------------------------------------- witnesses


def check_witness(claim: Claim, visible: tuple[Relation, ...], witness: Point | None) -> None:
    """Where anything is assumed, one point at which all of it holds must be given: nothing is proved about no points.

    Conditions on random letters are left to the declaration of their law, which must exist.
    """
    assumed = any(declaration.where or declaration.law for declaration in claim.scope.declarations)
    if not assumed and not claim.scope.hypotheses and not visible:
        return
    if witness is None:
        raise NotAdmitted("no point is known at which the hypotheses hold")
    if any(isinstance(value, ClosedForm) for _, value in witness):
        from derive.kernel.closed_points import check_closed_witness

        check_closed_witness(claim, visible, witness)
        return
    fault = _fault_of_witness(claim.scope, visible, witness)
    if fault is not None:
        raise NotAdmitted(fault)


@remembered(maxsize=512)
def _fault_of_witness(scope: Scope, visible: tuple[Relation, ...], witness: Point) -> str | None:
    """Why the point is no witness, if it is none: it is found by a search, and looked at again for each proof."""
    try:
        facts = facts_of(scope)
        env = _checked_values(scope, witness)
        _check_sequences(facts)
        for declaration in scope.declarations:
            _check_law_exists(declaration, env, facts)
        relations = _conditions_on_members(scope, env)
        relations += [h for h in scope.hypotheses if not _is_definition(h, facts)]
        for relation in (*relations, *visible):
            if not any(is_random(name, facts) for name in _letters(relation)):
                _require(_at(relation, env, facts), env, "hypothesis or condition")
    except NotAdmitted as reason:
        return str(reason)
    return None


def _check_law_exists(declaration: Declaration, env: Env, facts: Facts) -> None:
    """There is a law with the declared moments within the declared bounds: one that the point gives, or a named one, which
    keeps no bounds but ``!=``."""
    law = declaration.law
    if law is None or isinstance(env.get(declaration.name), FiniteLaw | Joint | Function):
        return
    if any(relation.relation != "!=" for relation in declaration.where):
        raise NotAdmitted(f"no law of {declaration.name} within its bounds is known")
    if any(is_random(name, facts) for name in free_letters(law.variance)):
        return
    if declaration.shape:
        _check_covariance(declaration.name, law.variance, env, facts)
        return
    if declaration.domain == "integer" and law.name not in WHOLE_LAWS:
        raise NotAdmitted(
            f"{declaration.name} is declared an integer, and whether its law has other values is not known"
        )
    real_mean = [Relation(law.mean, "<=", Term("abs", (law.mean,)))] if is_complex(law.mean, facts.scope) else []
    for relation in (*real_mean, *conditions_of_law(law)):
        _require(_at(relation, env, facts), env, f"condition for a {law.name} law to exist")


def _check_covariance(name: str, term: Term, env: Env, facts: Facts) -> None:
    """The covariance matrix of a random vector is positive definite, or a multiple of the identity that is not negative."""
    at_point = _at_point(term, env, facts)
    factors = at_point.args if at_point.head == "mul" else (at_point,)
    if factors[-1] == Term("identity"):
        for factor in factors[:-1]:
            _require(Relation(factor, ">=", number(0)), env, "variance that is not negative")
        return
    value = exact(at_point, env)
    if not isinstance(value, Matrix):
        raise NotAdmitted(f"the covariance matrix of {name} has no exact value at the point")
    _check_property(name, "positive_definite", value)


# ------------------------------------------------------------------------------------------------- values to be shown


def shown_values(relation: Relation, env: Mapping[str, Value]) -> tuple[str, str]:
    """Both sides at the point: exact where they are short rationals, else to about ten digits, or as many as tell them apart."""
    first, *more = DIGITS
    shown = _shown(relation.lhs, env, first), _shown(relation.rhs, env, first)
    for digits in more if shown[0] == shown[1] else ():
        longer = _shown(relation.lhs, env, digits), _shown(relation.rhs, env, digits)
        if longer[0] != longer[1]:
            return longer
    return shown


def _shown(term: Term, env: Mapping[str, Value], digits: int = 10) -> str:
    value = exact(term, env)
    if isinstance(value, Fraction):
        short = len(str(value)) <= 12
        if short:
            return str(value)
        with ctx.workprec(160):
            return _decimal(arb(value.numerator) / value.denominator, digits)
    if isinstance(value, Complex):
        return f"{value.re} + {value.im} i" if value.im >= 0 else f"{value.re} - {-value.im} i"
    if isinstance(value, Matrix):
        return "[" + "; ".join(", ".join(map(_entry_text, row)) for row in value.rows) + "]"
    ball = evaluate(term, env, 128 if digits == DIGITS[0] else 192)
    if isinstance(ball, BallMatrix):
        return "a matrix"
    real, imaginary = _decimal(ball.real, digits), _decimal(ball.imag, digits)
    return real if ball.imag == 0 else f"{real} + {imaginary} i"


def _entry_text(entry: Fraction | Complex) -> str:
    return str(entry) if isinstance(entry, Fraction) else f"{entry.re} + {entry.im} i"


def _decimal(ball: arb, digits: int) -> str:
    with ctx.workprec(160):
        return str(ball.str(digits, radius=False))


def shown_limits(found: Term, claimed: Term) -> tuple[str, str]:
    texts = ["infinity" if term == INFINITY else _shown(term, {}) for term in (found, claimed)]
    return texts[0], texts[1]


def distinct(claim: Claim, points: Sequence[Point]) -> int:
    """How many of the points differ in a letter on which the claim depends, be it through a hypothesis: a letter that the
    claim does not mention makes no new point."""
    letters = _related(claim)
    return len({frozenset((name, value) for name, value in point if name in letters) for point in points})


def _related(claim: Claim) -> frozenset[str]:
    """The letters of the claim and those that hypotheses tie to them."""
    letters = free_letters(claim.lhs) | free_letters(claim.rhs)
    related = [_letters(hypothesis) for hypothesis in claim.scope.hypotheses]
    for _ in related:
        letters = letters.union(*(names for names in related if names & letters))
    return letters


def check_dependence(claim: Claim, points: Sequence[Point]) -> None:
    """Not all points are of a kind of their own. Random letters that are not declared independent did depend on each other at several of the points: agreement at points
    where they do not says nothing of those where they do; and laws with two values have moments that other laws do not. Raises
    NotAdmitted."""
    used = _related(claim)
    for name in sorted(d.name for d in claim.scope.declarations if d.domain == "complex" and d.name in used):
        if sum(_is_real(dict(point).get(name)) for point in points) > len(points) // 2:
            raise NotAdmitted(f"{name} may be complex, and is real at too many of the points")
    for part in (*subterms(claim.lhs), *subterms(claim.rhs)):
        if part.head == "expect_given" and any(arg.head != "symbol" for arg in part.args[1:]):
            raise NotAdmitted("a mean given a function of a letter, which may join values that are apart at the points")
    tied = _tied_matrices(claim)
    if tied and sum(not any(_is_nought(dict(point).get(name)) for name in tied) for point in points) < RICH_NEEDED:
        raise NotAdmitted("matrices or vectors that are tied by equations are 0 at too many of the points")
    random = frozenset(d.name for d in claim.scope.declarations if d.law is not None and d.name in used)
    for name in sorted(
        d.name for d in claim.scope.declarations if d.law and d.law.name == "moments" and d.name in random
    ):
        if sum(has_three_values(name, dict(point)) for point in points) < RICH_NEEDED:
            raise NotAdmitted(f"{name} has no more than two values at too many of the points")
    scalars = [d.name for d in claim.scope.declarations if d.name in random and not d.shape]
    if any(not isinstance(dict(point).get(name), FiniteLaw | Joint) for point in points for name in scalars):
        raise NotAdmitted("a letter without a finite law: that closed forms agree where they exist supports nothing")
    if len(scalars) < len(random):
        raise NotAdmitted("agreement at points says nothing of random vectors")
    if len(random) > 2 and not apart(random, claim.scope):
        raise NotAdmitted("agreement at points says nothing of three letters that may depend on each other")
    for a, b in dependent_pairs(claim.scope, random):
        if sum(dependent_at(a, b, dict(point)) for point in points) < DEPENDENT_NEEDED:
            raise NotAdmitted(f"{a} and {b} may depend on each other, which they do at too few of the points")


def _tied_matrices(claim: Claim) -> frozenset[str]:
    """Matrix and vector letters of the claim of which the hypotheses state equations."""
    equations = [letters_of(hypothesis) for hypothesis in claim.scope.hypotheses if hypothesis.relation == "="]
    spoken = frozenset[str]().union(*equations) & (free_letters(claim.lhs) | free_letters(claim.rhs))
    return frozenset(d.name for d in claim.scope.declarations if d.shape and d.law is None and d.name in spoken)


def _is_nought(value: Value | None) -> bool:
    return isinstance(value, Matrix) and all(entry in (0, NOUGHT) for row in value.rows for entry in row)


def _is_real(value: Value | None) -> bool:
    """A number that is not complex, where the letter may be so."""
    return isinstance(value, Fraction) or (isinstance(value, Complex) and value.im == 0)


def check_overlap(claim: Claim, point: Point) -> None:
    """Both sides agree at the point to OVERLAP_BITS bits."""
    relation, env = grounded(claim, point)
    if claim.relation != "=":
        raise NotAdmitted("agreement at points supports equations only")
    left, right = (evaluate(side, env, 2 * OVERLAP_BITS) for side in (relation.lhs, relation.rhs))
    if isinstance(left, BallMatrix) or isinstance(right, BallMatrix):
        raise NotAdmitted("agreement at points is for numbers")
    with ctx.workprec(2 * OVERLAP_BITS):
        difference, size = abs(left - right), abs(left).upper() + abs(right).upper()
        if not (difference.upper() <= size * arb(2) ** -OVERLAP_BITS or (difference == 0)):
            raise NotAdmitted("the sides do not agree to enough bits at a point")
