"""A claim from one line of LaTeX and its declarations.

What nobody declares gets the usual reading, marked as not declared: the ends of sums and products, indices, and the arguments
of factorials and binomials are integers, a letter with a running index is a family, every other letter is a real number.
"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from derive.core import Claim, Declaration, Relation, Scope, Term
from derive.formula.apart import names_in, renamed
from derive.formula.chain import read_chain
from derive.formula.family import subterms
from derive.formula.given import families_of, plain, read_given, with_backslashes
from derive.formula.notation import ACCENTS, SUBSCRIPTS
from derive.formula.tokens import Unread

MOST_LETTERS = 64
INFINITY = Term("constant", (), "infinity")
ZERO, ONE = (Term("number", (), Fraction(k)) for k in (0, 1))
OF_MATRICES = {"det": "a determinant", "trace": "a trace", "transpose": "a transpose", "norm": "a norm"}
"""Heads that numbers could have, too, and that nobody writes for numbers."""
MATRICES = ("matrix", "row", "identity", "diagonal", "diagonal_family")
"""Heads that show what is spoken of: letters beside them are entries and factors."""
INVERSE = (Term("neg", (ONE,)), Term("number", (), Fraction(-1)))
RAISED = "^{-1}"
TRANSPOSED = Term("symbol", (), "T")
STEPS = ("k", "m", "n", "t", "N", "T")
_UNDECLARED = re.compile(r"undeclared letter '([^']+)'")
_INDEX_I = "declare the letter 'i'"
_SUBSCRIPTS = re.compile(r"_(?:\{[^{}]*\}|\w)|\\[A-Za-z]+")
_I_OUTSIDE = re.compile(r"(?<![A-Za-z])i(?![A-Za-z])")
"""An i that stands anywhere but below another letter is the imaginary unit."""
_NO_FAMILY = re.compile(r"letter '([^']+)' is no family")


def read_claim(latex: str, given: str = "") -> Claim:
    """The one relation that ``latex`` states under the declarations ``given``. Raises ``Unread``."""
    claims = read_claims(latex, given)
    if len(claims) != 1:
        raise Unread("more than one relation sign", 0)
    return claims[0]


def read_claims(latex: str, given: str = "") -> tuple[Claim, ...]:
    """The relations of the chain ``latex`` under the declarations ``given``. Raises ``Unread``."""
    families = families_of(f"{with_backslashes(given)} ; {latex}")
    relations, scope = with_letters(plain(latex), read_given(given, latex), families, declared=False)
    for relation in relations:
        refuse_implicit(relation, scope)
        _refuse_unshaped(relation, scope)
    return tuple(claim_of(relation, scope) for relation in relations)


def claim_of(relation: Relation, scope: Scope) -> Claim:
    """The claim, in which letters of integrals are renamed that the hypotheses speak of."""
    told = frozenset(name for one in scope.hypotheses for side in (one.lhs, one.rhs) for name in names_in(side))
    return Claim(renamed(relation.lhs, told), relation.relation, renamed(relation.rhs, told), scope)


def refuse_implicit(relation: Relation, scope: Scope) -> None:
    """``\\frac{dy}{dx}`` of a letter of which nothing is said, and y' beside a derivative of y, speak of a function y of x."""
    silent = {declaration.name for declaration in scope.declarations if not declaration.declared}
    slopes = [
        p
        for side in (relation.lhs, relation.rhs)
        for p in subterms(side)
        if p.head == "derivative" and p.value != "partial"
    ]
    for part in slopes:
        body = part.args[0]
        while body.head == "derivative":
            body = body.args[0]
        lone = body.head == "symbol" and body != part.args[1] and body.value in silent
        primed = [leaf for leaf in subterms(body) if leaf.head == "symbol" and f"{leaf.value}_prime" in silent]
        if lone or primed:
            raise Unread("a derivative of a letter that may be a function: declare it", 0)


def _refuse_unshaped(relation: Relation, scope: Scope) -> None:
    """``\\det(A)`` speaks of a matrix, though nothing is said of A; taken for a number, it would make ``\\det(A + B) = \\det A + \\det B``
    true."""
    silent = {declaration.name for declaration in scope.declarations if not declaration.declared}
    parts = [*subterms(relation.lhs), *subterms(relation.rhs)]
    raised = (p.args[0] for p in parts if p.head == "pow" and p.args[1] == TRANSPOSED)
    if "T" in silent and any(base.head == "symbol" and base.value in silent for base in raised):
        raise Unread("the T in an exponent transposes, or is a number: declare the letters", 0)
    shaped = {declaration.name for declaration in scope.declarations if declaration.shape}
    for part in (p for p in parts if p.head in OF_MATRICES):
        inside = list(subterms(part))
        lone = [str(leaf.value) for leaf in inside if leaf.head == "symbol" and leaf.value in silent]
        if lone and not any(p.head in MATRICES or (p.head == "symbol" and p.value in shaped) for p in inside):
            raise Unread(f"{OF_MATRICES[part.head]} of {lone[0]}, of which nothing is said: declare it", 0)
    capitals = {name for name in silent - shaped if name[:1].isupper()}
    if ordered := _spelled_for_matrices(parts, capitals):
        raise Unread(f"{ordered}, of which nothing is said: declare the letters as matrices or numbers", 0)


def _spelled_for_matrices(parts: list[Term], capitals: set[str]) -> str:
    """What shows that capital letters are matrices to their author, though numbers would make the relation true: ``A B`` beside ``B A``,
    ``A B A^{-1}``, and an inverse of ``A B`` beside those of A and B. Empty where nothing does."""
    rows = [row for part in parts if part.head == "mul" for row in [_capitals_of(part, capitals)]]
    pairs = {pair for row in rows for pair in pairwise(row) if all(pair)}
    for a, b in sorted(pairs):
        if a != b and (b, a) in pairs:
            return f"{a} {b} beside {b} {a}"
    for row in rows:
        for a, b, c in zip(row, row[1:], row[2:], strict=False):
            if b and b not in (a, c) and {a, c} == {a.removesuffix(RAISED), a.removesuffix(RAISED) + RAISED}:
                return f"{a} {b} {c}"
    inverted = [part.args[0] for part in parts if part.head == "pow" and part.args[1] in INVERSE]
    single = {str(base.value) for base in inverted if base.head == "symbol"}
    for base in inverted:
        for a, b in pairwise(_capitals_of(base, capitals)) if base.head == "mul" else ():
            if {a, b} <= single:
                return f"an inverse of {a} {b} beside those of {a} and {b}"
    return ""


def _capitals_of(product: Term, capitals: set[str]) -> list[str]:
    """Its factors by name; empty for what is neither such a letter nor an inverse of one."""
    names = []
    for arg in product.args:
        base = arg.args[0] if arg.head == "pow" and arg.args[1] in INVERSE else arg
        known = base.head == "symbol" and base.value in capitals
        names.append(f"{base.value}{RAISED if base is not arg else ''}" if known else "")
    return names


def counted(claim: Claim) -> Claim:
    """The claim, with the letters up to which its sums and products run."""
    relation = Relation(claim.lhs, claim.relation, claim.rhs)
    return replace(claim, scope=with_counts((relation,), claim.scope))


def with_counts(relations: tuple[Relation, ...], scope: Scope) -> Scope:
    """A letter of which nothing is said and up to which a sum or product runs from 0 or 1 counts its terms: it is at least 0."""
    ends = {
        str(part.args[3].value)
        for relation in relations
        for side in (relation.lhs, relation.rhs)
        for part in subterms(side)
        if part.head in ("sum", "prod") and part.args[3].head == "symbol" and part.args[2] in (ZERO, ONE)
    }
    if not ends:
        return scope
    letters = tuple(
        replace(d, where=(Relation(Term("symbol", (), d.name), ">=", ZERO),))
        if d.name in ends and d.domain == "integer" and not (d.declared or d.where or d.family or d.law)
        else d
        for d in scope.declarations
    )
    return replace(scope, declarations=letters)


@lru_cache(maxsize=2048)
def with_letters(
    latex: str, scope: Scope, families: frozenset[str], *, declared: bool
) -> tuple[tuple[Relation, ...], Scope]:
    """The relations, and the scope with every letter that they use; new ones are marked as ``declared``. Remembered: what a text
    says of its letters is read again for each of its relations."""
    known = {declaration.name for declaration in scope.declarations}
    for _ in range(MOST_LETTERS):
        try:
            relations = read_chain(latex, scope)
        except Unread as problem:
            scope = _with_one_more(problem, latex, scope, known, families, declared)
            continue
        return relations, _with_steps(relations, _with_integers(relations, scope, known), declared)
    raise Unread(f"more than {MOST_LETTERS} letters that are not declared", 0)


def _with_one_more(
    problem: Unread, latex: str, scope: Scope, known: set[str], families: frozenset[str], declared: bool
) -> Scope:
    """The scope with the letter that was missed, or with it as a family."""
    message = str(problem.args[0])
    if found := _UNDECLARED.search(message):
        name, below = _base_and_below(found[1])
        running = name in families and (found[1] == name or (bool(below) and below not in SUBSCRIPTS))
        letter = Declaration(name if running else found[1], family=running, declared=declared)
        _refuse_conjugate(letter.name, scope)
        if all(letter.name != declaration.name for declaration in scope.declarations):
            return replace(scope, declarations=(*scope.declarations, letter))
    if (found := _NO_FAMILY.search(message)) and found[1] not in known:
        rest = tuple(d for d in scope.declarations if d.name != found[1])
        return replace(scope, declarations=(*rest, Declaration(found[1], family=True, declared=declared)))
    if _INDEX_I in message and not _I_OUTSIDE.search(_SUBSCRIPTS.sub(" ", latex)) and "i" not in known:
        return replace(scope, declarations=(*scope.declarations, Declaration("i", "integer", declared=declared)))
    raise problem


def _refuse_conjugate(name: str, scope: Scope) -> None:
    """``\\bar{z}`` beside a complex z is no letter of its own."""
    base, _, accent = name.rpartition("_")
    numbers = {d.name for d in scope.declarations if d.domain == "complex" and not d.family}
    if accent == "bar" and (base in numbers or base == "z"):
        raise Unread(f"a bar over {base}: its conjugate, or a letter of its own? declare it", 0)


def _base_and_below(full: str) -> tuple[str, str]:
    """``x_bar_1`` is the letter ``x_bar`` with the subscript 1."""
    first, *rest = full.split("_")
    if rest and rest[0] in ACCENTS:
        first, rest = f"{first}_{rest[0]}", rest[1:]
    return first, "_".join(rest)


def _with_integers(relations: tuple[Relation, ...], scope: Scope, known: set[str]) -> Scope:
    whole = {name for relation in relations for side in (relation.lhs, relation.rhs) for name in whole_letters(side)}
    new = whole - known
    letters = (replace(d, domain="integer") if d.name in new and not d.family else d for d in scope.declarations)
    return replace(scope, declarations=tuple(letters)) if new else scope


def _with_steps(relations: tuple[Relation, ...], scope: Scope, declared: bool) -> Scope:
    """``\\lim_{n \\to \\infty}``: n, k, m, t count steps where nobody says otherwise."""
    known = {declaration.name for declaration in scope.declarations}
    found = dict.fromkeys(
        str(part.args[1].value)
        for relation in relations
        for side in (relation.lhs, relation.rhs)
        for part in subterms(side)
        if part.head == "limit" and part.args[2] == INFINITY
    )
    new = tuple(
        Declaration(name, "integer", declared=declared) for name in found if name in STEPS and name not in known
    )
    return replace(scope, declarations=scope.declarations + new) if new else scope


def whole_letters(term: Term) -> set[str]:
    """Letters that stand where only integers make sense."""
    found: set[str] = set()
    for part in subterms(term):
        places: tuple[Term, ...] = ()
        if part.head in ("sum", "prod"):
            places = part.args[2:]
        elif part.head == "index":
            places = part.args[1:]
        elif part.head in ("factorial", "binomial"):
            places = part.args
        for place in places:
            found |= {str(leaf.value) for leaf in subterms(place) if leaf.head == "symbol"}
    return found
