"""What follows from the declarations and hypotheses about one scalar: its kind, its sign, linear inequalities.

Everything is one-sided: True is a proof, False is "could not show it".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from typing import Any

from derive.core import Claim, Declaration, Relation, Scope, Term
from derive.kernel.against_numbers import AGAINST_NUMBERS, sign_against_number
from derive.kernel.atoms import bounds_of, circular_positive
from derive.kernel.balls import Undefined, holds
from derive.kernel.budget import at_hand, remembered, spend
from derive.kernel.quadratic import quadratic_sign
from derive.kernel.terms import (
    ONE,
    ZERO,
    add,
    free_letters,
    heads,
    letters_of,
    mul,
    number,
    rational_value,
    sub,
    substitute_relation,
    subterms,
    symbol,
)

DEPTH = 4
"""How many known inequalities are combined for one sign."""

SCALAR_HEADS = {
    "norm",
    "frobenius",
    "norm_p",
    "inner",
    "spectral_radius",
    "condition_number",
    "entry",
    "det",
    "trace",
    "eigenvalue",
}
QUADRATIC = ("mul", "inner", "trace", "det")
INVERTIBLE = {"invertible", "orthogonal", "positive_definite"}

Linear = dict[Term | None, Fraction]
"""A linear form over non-linear terms; the key None holds the constant."""

NON_NEGATIVE_HEADS = {
    "norm",
    "frobenius",
    "norm_p",
    "spectral_radius",
    "condition_number",
    "abs",
    "sqrt",
    "factorial",
    "exp",
    "arccos",
}
REAL_IF_ITS_PARTS_ARE = {
    "number", "decimal", "add", "neg", "mul", "div", "abs", "exp", "sin", "cos", "tanh", "sinh", "cosh", "arctan",
}  # fmt: skip
"""Heads that keep real numbers real, wherever they are defined."""
OPAQUE_HEADS = {
    "limit",
    "derivative",
    "integral",
    "antiderivative",
    "gradient",
    "hessian",
    "expect",
    "expect_given",
    "variance",
    "covariance",
    "probability",
    "apply",
    "prime",
    "norm",
    "frobenius",
    "norm_p",
    "spectral_radius",
}


@lru_cache(maxsize=20_000)
def linear_form(term: Term) -> Linear:
    """``term`` as rational multiples of its non-linear parts (shared between calls: not to be changed)."""
    value = rational_value(term)
    if value is not None:
        return {None: value}
    if term.head == "neg":
        return {key: -coefficient for key, coefficient in linear_form(term.args[0]).items()}
    if term.head == "add":
        total: Linear = {}
        for arg in term.args:
            for key, coefficient in linear_form(arg).items():
                total[key] = total.get(key, Fraction(0)) + coefficient
        return {key: coefficient for key, coefficient in total.items() if coefficient or key is None}
    if term.head == "mul":
        return _linear_product(term)
    if term.head == "div" and rational_value(term.args[1]):
        scale = rational_value(term.args[1])
        return {key: coefficient / scale for key, coefficient in linear_form(term.args[0]).items()}  # type: ignore[operator]
    return {_member_as_usual(term) if term.head == "index" else term: Fraction(1)}


def _member_as_usual(term: Term) -> Term:
    """``F_{(n+1)-1}`` is F_n: a member whose place is a letter and a numeral is written in one way."""
    if len(term.args) != 2 or term.args[1].head not in ("add", "neg", "mul"):
        return term
    form = {key: c for key, c in linear_form(term.args[1]).items() if c}
    constant = form.pop(None, Fraction(0))
    letter, slope = next(iter(form.items()), (None, Fraction(0)))
    if len(form) != 1 or letter is None or slope != 1:
        return term
    place = (
        letter if not constant else add(letter, number(constant)) if constant > 0 else sub(letter, number(-constant))
    )
    return Term("index", (term.args[0], place), term.value)


def _linear_product(term: Term) -> Linear:
    scale, rest = Fraction(1), []
    for arg in term.args:
        value = rational_value(arg)
        if value is None:
            rest.append(arg)
        else:
            scale *= value
    if len(rest) == 1:
        return {key: scale * coefficient for key, coefficient in linear_form(rest[0]).items()}
    return {mul(*rest): scale} if rest else {None: scale}


@dataclass(frozen=True, slots=True)
class Facts:
    """The knowledge of a scope. ``known`` lists linear forms that are ``>= 0``, each with whether it is ``> 0``; ``given`` are
    equations or bounds at one instance (an induction hypothesis), never to be read as holding for other indices."""

    scope: Scope
    letters: dict[str, Declaration]
    known: tuple[tuple[Linear, bool], ...]
    non_zero: frozenset[Term] = frozenset()
    given: tuple[Relation, ...] = ()
    memo: dict[Term | tuple[Any, ...], Any] = field(default_factory=dict, compare=False, repr=False)
    """What was worked out from this knowledge: kinds, signs, shapes."""

    def declaration(self, name: str) -> Declaration | None:
        return self.letters.get(name)

    def definition(self, name: str) -> Term | None:
        """The term that a hypothesis ``name = term`` gives to a letter, if there is one."""
        for hypothesis in self.scope.hypotheses:
            lhs = hypothesis.lhs
            defines = hypothesis.relation == "=" and lhs.head == "symbol" and lhs.value == name
            if defines and name not in free_letters(hypothesis.rhs):
                return hypothesis.rhs
        return None

    # ------------------------------------------------------------------------------------------------------ kinds

    def kind(self, term: Term) -> str:
        """integer, real or complex, for a scalar term (real functions of real arguments are real)."""
        if not term.args:
            return self._kind(term)
        found: str | None = self.memo.get(term)
        if found is None:
            found = self.memo[term] = self._kind(term)
        return found

    def _kind(self, term: Term) -> str:
        if term.head == "number":
            value = term.value if isinstance(term.value, Fraction) else Fraction(term.value or 0)
            return "integer" if value.denominator == 1 else "real"
        if term.head == "symbol" or term.head == "index":
            name = str((term.args[0] if term.head == "index" else term).value)
            declaration = self.declaration(name)
            return declaration.domain if declaration else "complex"
        if term.head == "constant":
            return "complex" if term.value == "i" else "real"
        if term.head in ("abs", "norm", "frobenius", "norm_p", "spectral_radius", "condition_number", "probability"):
            return "real"
        if term.head in ("variance", "decimal"):
            return "real"
        if term.head in ("floor", "ceil"):
            return "integer"
        if term.head in ("max", "min"):
            kinds = {self.kind(arg) for arg in term.args}
            return "integer" if kinds == {"integer"} else "complex" if "complex" in kinds else "real"
        if term.head in ("factorial", "binomial"):
            return "integer" if all(self.kind(arg) == "integer" for arg in term.args) else "real"
        if term.head in ("integral", "limit"):  # the letter is bound there, and runs through real numbers
            body, letter, *ends = term.args
            kinds = {self.extended(Declaration(str(letter.value))).kind(body), *map(self.kind, ends)}
            return "complex" if "complex" in kinds else "real"
        if term.head in ("eigenvalue", "apply", "entry", "det", "trace", "mul", "transpose"):
            return self._kind_of_parts(term)
        if term.head in ("sum", "prod"):
            return self.under(term.args[1], term.args[2], term.args[3]).kind(term.args[0])
        return self._kind_of_parts(term)

    def _kind_of_parts(self, term: Term) -> str:
        if term.head == "eigenvalue":
            return "complex"
        kinds = {self.kind(arg) for arg in term.args} if term.head != "apply" else {self.kind(a) for a in term.args}
        if "complex" in kinds:
            return "complex"
        if term.head in ("add", "neg", "mul") and kinds <= {"integer"}:
            return "integer"
        if term.head == "pow":
            return self._kind_of_power(term)
        if term.head == "sqrt" and not self.non_negative(term.args[0]):
            return "real"  # where visibly defined
        return "real"

    def _kind_of_power(self, term: Term) -> str:
        base, exponent = term.args
        if self.kind(exponent) != "integer":
            return "real"  # where visibly defined: base positive
        return "integer" if self.kind(base) == "integer" and self.non_negative(exponent) else "real"

    # ------------------------------------------------------------------------------------------------------ signs

    def at_least(self, a: Term, b: Term) -> bool:
        """a >= b is proved."""
        return self.non_negative(sub(a, b))

    def non_negative(self, term: Term) -> bool:
        return self.signed(term, strict=False)

    def positive(self, term: Term) -> bool:
        return self.signed(term, strict=True)

    def nonzero(self, term: Term, depth: int = DEPTH) -> bool:
        """term != 0 is proved."""
        if term in self.non_zero or (term.head == "det" and self._invertible_letter(term.args[0])):
            return True
        if term.head == "index" and any(
            r.relation == "!=" and rational_value(r.rhs) == 0 for r in self._family_relations(term)
        ):
            return True
        if term.head in ("neg", "abs", "sqrt", "root"):
            return self.nonzero(term.args[0], depth)
        if term.head in ("mul", "div"):
            return all(self.nonzero(arg, depth) for arg in term.args)
        if term.head == "pow" and self.nonzero(term.args[0], depth):
            return True
        if term.head == "exp":
            return True
        if self.kind(term) == "complex":
            return _closed(term) is not None and _closed_sign(term, "!=")
        return self.signed(term, True, depth) or self.signed(Term("neg", (term,)), True, depth)

    def _multiple_of_non_zero(self, term: Term) -> bool:
        """``2 y - 2 x`` where ``x - y`` is known to be different from 0."""
        form = {key: c for key, c in linear_form(term).items() if c}
        for other in self.non_zero:
            known = {key: c for key, c in linear_form(other).items() if c}
            if form and form.keys() == known.keys() and len({form[key] / known[key] for key in form}) == 1:
                return True
        return False

    def _invertible_letter(self, term: Term) -> bool:
        declaration = self.declaration(str(term.value)) if term.head == "symbol" else None
        return declaration is not None and bool(INVERTIBLE & set(declaration.properties))

    def signed(self, term: Term, strict: bool, depth: int = DEPTH) -> bool:
        """term > 0 (``strict``) or >= 0 is proved, with a search of at most ``depth`` steps."""
        spend()
        found: bool | None = self.memo.get((term, strict, depth))
        if found is None:
            found = self.memo[(term, strict, depth)] = self._signed(term, strict, depth)
        return found

    def _signed(self, term: Term, strict: bool, depth: int) -> bool:
        if self.kind(term) == "complex" or self._is_unknown_letter(term):
            return False
        if not free_letters(term) and heads(term).isdisjoint(OPAQUE_HEADS):
            return _closed_sign(term, ">" if strict else ">=")
        if self._by_structure(term, strict, depth) or self._by_family(term, strict):
            return True
        form = linear_form(term)
        if len(form) > DEPTH and term not in form and self._sign_of_sum(form, strict, depth):
            return True
        return self._by_combination(form, strict, depth)

    def _is_unknown_letter(self, term: Term) -> bool:
        """A letter, or minus it, of which no inequality speaks."""
        letter = term.args[0] if term.head == "neg" else term
        return letter.head == "symbol" and not any(letter in form for form, _ in self.known)

    def _sign_of_sum(self, form: Linear, strict: bool, depth: int) -> bool:
        """No part is negative, and one is positive where that is asked: for more parts than are combined."""
        constant = form.get(None, Fraction(0))
        parts = [
            key if coefficient > 0 else Term("neg", (key,)) for key, coefficient in form.items() if key and coefficient
        ]
        if constant < 0 or not all(self.signed(part, False, depth) for part in parts):
            return False
        return not strict or constant > 0 or any(self.signed(part, True, depth) for part in parts)

    def _by_structure(self, term: Term, strict: bool, depth: int = DEPTH) -> bool:
        """Signs that products, powers and special functions have of themselves."""
        head, args = term.head, term.args
        if head in QUADRATIC and (sign := quadratic_sign(term, self)):
            return sign == 2 or not strict
        if head in ("mul", "div"):
            return self._sign_of_product(args, strict, depth)
        if head == "pow":
            return self._sign_of_power(args[0], args[1], strict, depth)
        if head == "exp":
            return True
        if head == "abs":
            return not strict or self.nonzero(args[0], depth)
        if head == "log":
            return self.signed(sub(args[0], ONE), strict, depth)
        if head in ("sqrt", "root"):
            return (
                self.signed(args[0], strict, depth) if strict else head == "sqrt" or self.signed(args[0], False, depth)
            )
        if head in ("sinh", "tanh", "arctan", "arcsin"):
            return self.signed(args[0], strict, depth)
        if head in ("cosh", "factorial"):
            return True
        if head == "binomial":
            return not strict or self.signed(sub(args[0], args[1]), False, depth)
        if head in ("sin", "cos"):
            return circular_positive(term, self, strict, depth)
        if head == "condition_number":
            return True
        if head in ("sum", "prod"):
            inside = self.under(args[1], args[2], args[3])
            return (head == "prod" or not strict) and inside.signed(args[0], strict, depth)
        if head == "variance":
            return not strict
        if head == "expect":
            return not strict and depth > 0 and self._non_negative_almost_surely(args[0], depth - 1)
        return head in NON_NEGATIVE_HEADS and (not strict or term in self.non_zero)

    def _non_negative_almost_surely(self, term: Term, depth: int) -> bool:
        """So is its mean then, where there is one. What is assumed of random letters is no law of theirs."""
        from derive.kernel.support import inside

        random = {declaration.name for declaration in self.scope.declarations if declaration.law is not None}
        if any(random & letters_of(hypothesis) for hypothesis in self.scope.hypotheses):
            return False
        return inside(self).signed(term, False, depth)

    def _by_family(self, term: Term, strict: bool) -> bool:
        """What a declaration says of every member of an indexed letter, instantiated at the index that occurs."""
        if term.head != "index":
            return False
        return any(
            relation.lhs.head == "index"
            and relation.relation in ((">",) if strict else (">", ">="))
            and rational_value(relation.rhs) is not None
            and (rational_value(relation.rhs) or 0) >= 0
            for relation in self._family_relations(term)
        )

    def _family_relations(self, term: Term) -> tuple[Relation, ...]:
        """Relations of the declaration that are written for a general member ``index(w, i) relation numeral``."""
        declaration = self.declaration(str(term.args[0].value))
        where = declaration.where if declaration and declaration.family else ()
        return tuple(
            r
            for r in where
            if r.lhs.head == "index"
            and r.lhs.args[0] == term.args[0]
            and r.lhs.args[1].head == "symbol"
            and self._may_stand_for(str(r.lhs.args[1].value), term.args[1])
        )

    def _of_members(self, key: Term) -> list[tuple[Linear, bool]]:
        """What declarations say of a general member ``index(w, k)``, as inequalities of the members that occur in ``key``."""
        if key.head not in ("index", "abs"):
            return []
        found: list[tuple[Linear, bool]] = []
        for member in (part for part in subterms(key) if part.head == "index"):
            declaration = self.declaration(str(member.args[0].value))
            for relation in declaration.where if declaration and declaration.family else ():
                letter = _general_letter(relation, str(member.args[0].value))
                if (
                    letter is not None
                    and is_scalar_relation(relation, self.letters)
                    and self._may_stand_for(letter, member.args[1])
                ):
                    own = substitute_relation(relation, letter, member.args[1])
                    found += _forms(own, self.letters) + _between(own, self.letters)
        return found

    def _may_stand_for(self, letter: str, place: Term) -> bool:
        """A bound for a general member ``index(w, letter)`` holds for this one: the place is an integer, and such as is said of
        the running letter, if anything is."""
        declaration = next((d for d in self.scope.declarations if d.name == letter), None)
        if self.kind(place) != "integer":
            return False
        bound = self.declaration(letter) is not declaration  # inside a sum over a letter of that name
        if declaration is None or not declaration.declared or (place == symbol(letter) and not bound):
            return True
        if any(letter in letters_of(h) and h.lhs.head != "index" for h in self.scope.hypotheses):
            return False
        return all(self._known_at(substitute_relation(bound, letter, place)) for bound in declaration.where)

    def _known_at(self, bound: Relation) -> bool:
        lhs, rhs = (bound.rhs, bound.lhs) if bound.relation in ("<", "<=") else (bound.lhs, bound.rhs)
        if bound.relation in (">=", "<="):
            return self.non_negative(sub(lhs, rhs))
        return bound.relation in (">", "<") and self.positive(sub(lhs, rhs))

    def _sign_of_product(self, args: tuple[Term, ...], strict: bool, depth: int = DEPTH) -> bool:
        negatives = 0
        for arg in args:
            if self.signed(arg, strict, depth):
                continue
            if not self.signed(Term("neg", (arg,)), strict, depth):
                return False
            negatives += 1
        return negatives % 2 == 0

    def _sign_of_power(self, base: Term, exponent: Term, strict: bool, depth: int = DEPTH) -> bool:
        if self.signed(base, strict, depth):
            return True
        numeral = rational_value(exponent)
        even = numeral is not None and numeral.denominator == 1 and numeral % 2 == 0
        return even and (not strict or self.nonzero(base, depth))

    def _by_combination(
        self, form: Linear, strict: bool, depth: int, above: tuple[tuple[Linear, bool], ...] = ()
    ) -> bool:
        """``form`` is a non-negative combination of known forms plus a non-negative rest (Farkas, searched). ``above``: what is
        being shown already, by a search that goes further: equations lead from a form back to itself."""
        spend()
        if (form, strict) in above:
            return False
        rest = [key for key, coefficient in form.items() if key is not None and coefficient.numerator]
        relation = ">" if strict else ">="
        constant = form.get(None, Fraction(0))
        if not rest:
            return constant > 0 or (constant == 0 and not strict)
        free = [key for key in rest if free_letters(key)]
        if not free:
            return _closed_sign(
                add(*(mul(number(c), key) if key else number(c) for key, c in form.items() if c)), relation
            )
        if len(free) == 1 and depth > 0 and free[0].head in AGAINST_NUMBERS:
            numbers = [(k, c) for k, c in form.items() if k != free[0] and c]
            level = add(*(mul(number(c), k) if k else number(c) for k, c in numbers)) if numbers else ZERO
            if sign_against_number(free[0], form[free[0]], level, strict, self, depth - 1):
                return True
        if depth <= 0:
            return False
        key = min(free, key=_written) if len(free) > 1 else free[0]
        rises = form[key].numerator > 0
        candidates = _of_that_sign(self.known, key, rises)
        if rises and not _is_letter(key):
            sign = self._own_sign(key, depth - 1)
            candidates += [({key: Fraction(1)}, sign == 2)] if sign else []
        if not rises and not _is_letter(key):
            sign = self._own_sign(Term("neg", (key,)), depth - 1)
            candidates += [({key: Fraction(-1)}, sign == 2)] if sign else []
        if not _is_letter(key):
            candidates += _of_that_sign(bounds_of(key, self, depth - 1), key, rises)
        candidates += _of_that_sign(self._of_members(key), key, rises)
        above = (*above, (form, strict))
        for fact, is_strict in candidates:
            if self._by_combination(_without(key, form, fact), strict and not is_strict, depth - 1, above):
                return True
        return False

    def _own_sign(self, term: Term, depth: int) -> int:
        """2 for positive, 1 for non-negative, 0 for unknown, by the structure of the term; ``depth`` falls, so that it ends."""
        found: int | None = self.memo.get(("own sign", term, depth))
        if found is None:
            found = self.memo["own sign", term, depth] = self._found_own_sign(term, depth)
        return found

    def _found_own_sign(self, term: Term, depth: int) -> int:
        if term.head == "neg":
            inner = term.args[0]
            if inner.head in ("mul", "div"):
                negated = (Term("neg", (inner.args[0],)), *inner.args[1:])
                return (
                    2
                    if self._sign_of_product(negated, True, depth)
                    else int(self._sign_of_product(negated, False, depth))
                )
            if inner.head == "log":
                below = sub(ONE, inner.args[0])
                return 2 if self.signed(below, True, depth) else int(self.signed(below, False, depth))
            return 0
        return 2 if self._by_structure(term, True, depth) else int(self._by_structure(term, False, depth))

    # ------------------------------------------------------------------------------------------------- extensions

    def under(self, letter: Term, lower: Term, upper: Term) -> Facts:
        """What is known inside a binder: the letter is an integer between the bounds."""
        name = str(letter.value)
        bounds = (Relation(letter, ">=", lower), Relation(letter, "<=", upper))
        # An end that mentions a letter of the same name means the outer one.
        own = [bound for bound in bounds if name not in free_letters(bound.rhs)]
        return self.extended(Declaration(name, "integer"), own)

    def extended(self, declaration: Declaration, relations: Iterable[Relation] = ()) -> Facts:
        """These facts with one more letter and more relations."""
        letters = {**self.letters, declaration.name: declaration}
        forms = tuple(form for relation in relations for form in _forms(relation, letters))
        kept = tuple(fact for fact in self.known if not _mentions(fact[0], declaration.name))
        non_zero = frozenset(term for term in self.non_zero if declaration.name not in free_letters(term))
        return Facts(self.scope, letters, kept + forms, non_zero, self.given)

    def assuming(self, relations: Iterable[Relation]) -> Facts:
        """These facts where, besides, ``relations`` hold (visible conditions of a formula)."""
        relations = tuple(relations)
        if not relations:
            return self
        known, non_zero = _told(relations, self.letters)
        return Facts(self.scope, self.letters, self.known + known, self.non_zero | non_zero, self.given)


def _general_letter(relation: Relation, family: str) -> str | None:
    """The k of a bound that is written for a general member ``index(w, k)``; None where it speaks of others, too."""
    members = {
        part
        for side in (relation.lhs, relation.rhs)
        for part in subterms(side)
        if part.head == "index" and part.args[0].value == family
    }
    places = {member.args[1] for member in members}
    only = next(iter(places)) if len(places) == 1 else None
    return str(only.value) if only is not None and only.head == "symbol" else None


def _of_that_sign(known: Iterable[tuple[Linear, bool]], key: Term, rises: bool) -> list[tuple[Linear, bool]]:
    """The forms in which the key has a positive coefficient, or a negative one."""
    return [
        fact for fact in known if (c := fact[0].get(key)) is not None and c.numerator and (c.numerator > 0) == rises
    ]


def _without(key: Term, form: Linear, fact: Linear) -> Linear:
    """The form less that multiple of the fact which has the same part at the key."""
    scale = form[key] / fact[key]
    rest = {k: c for k, c in form.items() if c.numerator}
    for k, c in fact.items():
        old = rest.get(k)
        new = -scale * c if old is None else old - scale * c
        if new.numerator:
            rest[k] = new
        elif old is not None:
            del rest[k]
    return rest


def _term_of(form: Linear) -> Term:
    return add(*(number(c) if key is None else mul(number(c), key) for key, c in form.items()))


@lru_cache(maxsize=20_000)
def _written(term: Term) -> str:
    """An order of terms that is the same in every run."""
    return repr(term)


def _mentions(form: Linear, name: str) -> bool:
    return any(key is not None and name in free_letters(key) for key in form)


def _is_letter(term: Term) -> bool:
    return term.head in ("symbol", "index")


def _closed(term: Term) -> Term | None:
    return term if not free_letters(term) and not heads(term) & OPAQUE_HEADS else None


def _closed_sign(term: Term, relation: str) -> bool:
    try:
        return holds(Relation(term, relation, ZERO), {}) is True
    except Undefined:
        return False


def _forms(relation: Relation, letters: dict[str, Declaration]) -> list[tuple[Linear, bool]]:
    """The linear facts that a relation gives (integers: ``a > b`` is ``a >= b + 1``)."""
    lhs, rhs = relation.lhs, relation.rhs
    if relation.relation in ("<", "<="):
        lhs, rhs = rhs, lhs
    difference = linear_form(sub(lhs, rhs))
    if relation.relation in (">", "<"):
        whole = all(key is None or _integer_letter(key, letters) for key in difference) and all(
            coefficient.denominator == 1 for coefficient in difference.values()
        )
        if whole:
            return [({**difference, None: difference.get(None, Fraction(0)) - 1}, False), (difference, True)]
        return [(difference, True)]
    if relation.relation in (">=", "<="):
        return [(difference, False)]
    if relation.relation == "=":
        return [(difference, False), ({key: -c for key, c in difference.items()}, False)]
    return []


def _between(relation: Relation, letters: dict[str, Declaration]) -> list[tuple[Linear, bool]]:
    """``|u| < c`` for a real u says that u < c and -u < c."""
    small, large = (relation.lhs, relation.rhs) if relation.relation in ("<", "<=") else (relation.rhs, relation.lhs)
    if relation.relation not in ("<", "<=", ">", ">=") or small.head != "abs" or not _real(small.args[0], letters):
        return []
    u = small.args[0]
    strict = relation.relation in ("<", ">")
    return [(linear_form(sub(large, u)), strict), (linear_form(add(large, u)), strict)]


def _real(term: Term, letters: dict[str, Declaration]) -> bool:
    """Made of real letters and numerals by arithmetic and real functions alone."""
    if term.head in ("symbol", "index"):
        declaration = letters.get(str((term.args[0] if term.args else term).value))
        return declaration is not None and declaration.domain != "complex" and not declaration.function
    if term.head == "constant":
        return term.value not in ("i", "infinity")
    return term.head in REAL_IF_ITS_PARTS_ARE and all(_real(arg, letters) for arg in term.args)


def _integer_letter(term: Term, letters: dict[str, Declaration]) -> bool:
    declaration = letters.get(str(term.value)) if term.head == "symbol" else None
    return declaration is not None and declaration.domain == "integer"


def facts_of(scope: Scope) -> Facts:
    """The facts that declarations and scalar hypotheses give. What is worked out from them is remembered for the claim at work,
    so that it costs the same whatever claims were before."""
    known = at_hand()
    found: Facts | None = known.get(scope)
    if found is None:
        told = _facts_of(scope)
        found = known[scope] = Facts(scope, told.letters, told.known, told.non_zero)
    return found


@remembered(maxsize=1024)
def _facts_of(scope: Scope) -> Facts:
    sizes = dict.fromkeys(size for d in scope.declarations for size in d.shape if isinstance(size, str))
    letters = {size: Declaration(size, "integer") for size in sizes}
    relations = [Relation(symbol(size), ">=", ONE) for size in sizes]
    letters |= {declaration.name: declaration for declaration in scope.declarations}
    relations += [relation for declaration in scope.declarations for relation in declaration.where]
    relations += scope.hypotheses
    return Facts(scope, letters, *_told(relations, letters))


def _told(
    relations: Iterable[Relation], letters: dict[str, Declaration]
) -> tuple[tuple[tuple[Linear, bool], ...], frozenset[Term]]:
    """The linear facts that relations give, and the terms that are not 0 by them."""
    known: list[tuple[Linear, bool]] = []
    non_zero: set[Term] = set()
    for relation in relations:
        if is_scalar_relation(relation, letters):
            known += _forms(relation, letters) + _between(relation, letters)
            if relation.relation == "!=" and rational_value(relation.rhs) == 0:
                non_zero.add(relation.lhs)
            elif relation.relation == "!=":
                non_zero |= {sub(relation.lhs, relation.rhs), sub(relation.rhs, relation.lhs)}
        elif relation.relation == "!=":
            non_zero |= set(_norms_of_difference(relation))
    for key in [fact for fact, strict in known if strict and None not in fact]:
        if len(key) == 1:
            non_zero |= {term for term in key if term is not None}
    return tuple(known), frozenset(non_zero)


def _norms_of_difference(relation: Relation) -> tuple[Term, ...]:
    """Of vectors and matrices that differ, the norms that are not 0."""
    if rational_value(relation.rhs) == 0:
        differences = [relation.lhs]
    else:
        differences = [sub(relation.lhs, relation.rhs), sub(relation.rhs, relation.lhs)]
    return tuple(Term(head, (x,)) for x in differences for head in ("norm", "frobenius"))


def is_scalar_relation(relation: Relation, letters: dict[str, Declaration]) -> bool:
    """No matrix or vector letter stands bare on either side, so that the order makes sense."""
    if relation.relation not in ("=", "!=", "<", "<=", ">", ">="):
        return False
    return all(_scalar(side, letters) or _is_product_number(side, letters) for side in (relation.lhs, relation.rhs))


def _is_product_number(term: Term, letters: dict[str, Declaration]) -> bool:
    """x^T A y and sums of such."""
    if term.head not in ("mul", "add", "neg", "div"):
        return False
    from derive.kernel.heads import ShapeError, shape_of

    try:
        return shape_of(term, Scope(tuple(letters.values()))) == ()
    except ShapeError:
        return False


def _scalar(term: Term, letters: dict[str, Declaration]) -> bool:
    if term.head in SCALAR_HEADS:
        return True
    if term.head in ("matrix", "diagonal", "diagonal_family", "identity", "transpose"):
        return False
    if term.head == "symbol":
        declaration = letters.get(str(term.value))
        return declaration is None or (not declaration.shape and not declaration.function)
    if term.head == "index":
        return _scalar(term.args[0], letters)
    return all(_scalar(arg, letters) for arg in term.args)


def claim_facts(claim: Claim) -> Facts:
    return facts_of(claim.scope)


__all__ = ["Facts", "add", "claim_facts", "facts_of", "linear_form", "number", "symbol"]
