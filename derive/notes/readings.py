"""Other plausible readings of a relation: what fails under one of them only is no mistake of the author.

Letters of which the text says nothing may be meant to be positive; a logarithm may have base 2 or 10; a bar may be the mean of the
family that carries the letter.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from derive.core import Claim, Declaration, Relation, Term
from derive.formula.notation import show_name
from derive.kernel.heads import ShapeError, shape_of
from derive.kernel.terms import (
    ZERO,
    free_letters,
    has_series,
    heads,
    mul,
    number,
    rational_value,
    sub,
    substitute,
    subterms,
    symbol,
)
from derive.notes.determined import determined
from derive.notes.means import with_means
from derive.notes.projected import projected
from derive.notes.weights import weighted


def other_readings(claim: Claim, shown: str) -> Iterator[tuple[str, Claim]]:
    """Words for the reading, and the claim read so; letters whose values are told are read in one way only."""
    known = {d.name: d for d in claim.scope.declarations if d.name in determined(claim)}
    for words, meant in _other_readings(claim, shown):
        letters = tuple(known.get(d.name, d) for d in meant.scope.declarations)
        meant = replace(meant, scope=replace(meant.scope, declarations=letters))
        if meant != claim:
            yield words, meant


def _other_readings(claim: Claim, shown: str) -> Iterator[tuple[str, Claim]]:
    if (meant := with_means(claim)) != claim:
        claim = meant
        yield "with a bar for the mean", claim
    positive = _positive(claim)
    if positive != claim:
        yield "with positive letters", positive
    if has_series(claim.lhs, claim.rhs) and (small := _below_one(positive)) != positive:
        yield "with letters between 0 and 1, where the series converges", small
        yield "with small letters, for which the series converges", _below_one(positive, TINY)
    if (acute := _acute(claim, _told_angles(claim))) != claim:
        yield "with acute angles", acute
        yield "with acute angles", _positive(acute)
    if (full := filled(claim)) != claim:
        yield "without empty sums", full
    if (plain := _positive(_counted(_acute(filled(claim), _angles(claim))))) not in (claim, positive):
        yield "with positive letters, acute angles and whole numbers", plain
    if (whole := _whole(claim)) != claim:
        yield "with whole numbers", whole
    if (meant := _with_imaginary_j(claim)) != claim:
        yield "with j the imaginary unit", meant
        yield "with j the imaginary unit", _counted(meant)
    if _counted(claim) != claim:
        yield f"with whole numbers from {LEAST_COUNT} on", _counted(claim)
        yield f"with whole numbers from {LEAST_COUNT} on", _positive(_counted(claim))
    if (meant := _turned(claim)) != claim:
        yield "with the differentials in the other order", meant
    symmetric = _symmetric(claim)
    if symmetric != claim:
        yield "with symmetric matrices", symmetric
    columns = _columns(claim)
    if columns != claim:
        yield "with small letters for vectors", columns
    if (meant := _row_vectors(claim)) != claim and _fits(meant):
        yield "with row vectors", meant
    if (meant := _rows(claim)) != claim:
        yield "with rows for the members of a matrix", meant
    if (meant := _complementary(claim)) != claim:
        yield "with q = 1 - p", meant
    orthogonal = _orthogonal(claim)
    if orthogonal != claim:
        yield "with orthogonal matrices", orthogonal
    for name in sorted(_beside_itself(claim)):
        yield f"with orthonormal columns of {name}", _without_gram(claim, name)
    for name, meant in projected(claim):
        yield f"with a projection {show_name(name)}", meant
    if (meant := _in_degrees(claim)) != claim:
        yield "with angles in degrees", meant
    for name, meant in weighted(claim):
        yield f"with members of {name} that sum to 1", meant
    if "\\log" in shown and any(part.head == "log" for side in (claim.lhs, claim.rhs) for part in subterms(side)):
        for base in (2, 10):
            yield (
                f"with logarithms to base {base}",
                replace(claim, lhs=_to_base(claim.lhs, base), rhs=_to_base(claim.rhs, base)),
            )


def _told_angles(claim: Claim) -> frozenset[str]:
    """Angles of which a sine is given."""
    told = (part for one in claim.scope.hypotheses for side in (one.lhs, one.rhs) for part in subterms(side))
    return frozenset[str]().union(*(free_letters(part) for part in told if part.head in ANGLES))


GREEK_ANGLES = frozenset(["theta", "phi", "varphi", "alpha", "beta", "psi"])


def _angles(claim: Claim) -> frozenset[str]:
    """Greek letters by themselves in sines and cosines."""
    parts = (part for side in (claim.lhs, claim.rhs) for part in subterms(side) if part.head in ANGLES)
    return frozenset(str(part.args[0].value) for part in parts if part.args[0].head == "symbol") & GREEK_ANGLES


def _turned(claim: Claim) -> Claim:
    r"""``\int_0^\infty \int_0^{2\pi} f \, dr \, d\theta``, where r is to run to infinity."""
    return replace(claim, lhs=_with_turned(claim.lhs), rhs=_with_turned(claim.rhs))


def _with_turned(term: Term) -> Term:
    inner = term.args[0] if term.head == "integral" else term
    if term.head == "integral" and inner.head == "integral":
        turned = replace(inner, args=(inner.args[0], term.args[1], *inner.args[2:]))
        return replace(term, args=(turned, inner.args[1], *term.args[2:]))
    return replace(term, args=tuple(map(_with_turned, term.args))) if term.args else term


def _acute(claim: Claim, angles: frozenset[str]) -> Claim:
    """An angle of which no range is given may be one between 0 and pi/2."""
    silent = [
        symbol(d.name)
        for d in claim.scope.declarations
        if d.name in angles and d.domain == "real" and not (d.declared or d.where or d.shape or d.family or d.function)
    ]
    quarter = Term("div", (Term("constant", (), "pi"), number(2)))
    ends = [bound for x in silent for bound in (Relation(x, ">", ZERO), Relation(x, "<", quarter))]
    return replace(claim, scope=replace(claim.scope, hypotheses=(*claim.scope.hypotheses, *ends)))


def filled(claim: Claim) -> Claim:
    """A letter of which nothing is said and up to which sums run from a numeral on is no smaller than that: ``a_0 + a_1`` and the rest
    from 2 to n are all of a sum from 0 to n only where they occur in it."""
    ranges = [
        (str(part.args[3].value), low)
        for side in (claim.lhs, claim.rhs)
        for part in subterms(side)
        if part.head in ("sum", "prod") and part.args[3].head == "symbol"
        if (low := rational_value(part.args[2])) is not None
    ]
    least = {name: max(low for other, low in ranges if other == name) for name, _ in ranges}
    letters = tuple(
        replace(d, where=(Relation(symbol(d.name), ">=", number(least[d.name])),))
        if d.name in least and d.domain == "integer" and not (d.declared or d.family or d.law)
        else d
        for d in claim.scope.declarations
    )
    return replace(claim, scope=replace(claim.scope, declarations=letters))


COUNTING = frozenset("jklmn")
ANGLES = frozenset(["sin", "cos", "tan"])


def _whole(claim: Claim) -> Claim:
    r"""``\sin(n \pi)`` is 0: a letter that counts, beside an angle, is a positive whole number where nobody says otherwise."""
    if ANGLES.isdisjoint(heads(claim.lhs, claim.rhs)):
        return claim
    letters = tuple(map(_made_whole, claim.scope.declarations))
    return replace(claim, scope=replace(claim.scope, declarations=letters))


IMAGINARY = Term("constant", (), "i")


def _with_imaginary_j(claim: Claim) -> Claim:
    r"""``e^{-j \Omega k}`` and ``\sigma + j \omega``, as engineers write it."""
    j = next((d for d in claim.scope.declarations if d.name == "j" and not d.declared and not d.family), None)
    parts = [part for side in (claim.lhs, claim.rhs) for part in subterms(side)]
    indices = frozenset[str]().union(*(free_letters(part.args[1]) for part in parts if part.head == "index"))
    used = free_letters(claim.lhs) | free_letters(claim.rhs)
    if j is None or j.shape or "j" not in used - indices:
        return claim
    letters = tuple(d for d in claim.scope.declarations if d is not j)
    lhs, rhs = (substitute(side, "j", IMAGINARY) for side in (claim.lhs, claim.rhs))
    return replace(claim, lhs=lhs, rhs=rhs, scope=replace(claim.scope, declarations=letters))


SIZES = frozenset("nmNMKT")
LEAST_COUNT = 3
"""A sample, a dimension or a number of steps of which nothing is said is no smaller."""


def _counted(claim: Claim) -> Claim:
    """``\\frac{2}{n-1} > \\frac{2n-1}{n^2}``: a letter that counts is a whole number, and no edge case."""
    letters = tuple(map(_made_a_count, claim.scope.declarations))
    return replace(claim, scope=replace(claim.scope, declarations=letters))


def _made_a_count(letter: Declaration) -> Declaration:
    plain = not (letter.shape or letter.family or letter.law or letter.function or letter.declared or letter.where)
    if not plain or letter.name not in SIZES or letter.domain not in ("real", "integer"):
        return letter
    return replace(
        letter, domain="integer", where=(Relation(symbol(letter.name), ">=", number(Fraction(LEAST_COUNT))),)
    )


def _made_whole(letter: Declaration) -> Declaration:
    plain = not (letter.shape or letter.family or letter.law or letter.function)
    if not plain or letter.name not in COUNTING or letter.domain != "real":
        return letter
    return replace(letter, domain="integer", where=(*letter.where, Relation(symbol(letter.name), ">", ZERO)))


MOST_RADIANS = 7
"""A numeral beyond a full turn is rather an angle in degrees."""
HALF_TURN = number(Fraction(180))


def _in_degrees(claim: Claim) -> Claim:
    r"""``\cos(30) = \sqrt{3} / 2``."""
    return replace(claim, lhs=_angles_in_degrees(claim.lhs), rhs=_angles_in_degrees(claim.rhs))


def _angles_in_degrees(term: Term) -> Term:
    args = tuple(map(_angles_in_degrees, term.args))
    if term.head in ANGLES and _is_large(args[0]):
        args = (Term("div", (mul(args[0], Term("constant", (), "pi")), HALF_TURN)),)
    return replace(term, args=args) if args else term


def _is_large(angle: Term) -> bool:
    angle = angle.args[0] if angle.head == "neg" else angle
    return angle.head in ("number", "decimal") and abs(Fraction(str(angle.value))) >= MOST_RADIANS


def _positive(claim: Claim) -> Claim:
    """What is defined by random letters has the law that comes of theirs: nothing is asked of it besides."""
    laws = {d.name for d in claim.scope.declarations if d.law is not None}
    defined = {
        str(h.lhs.value)
        for h in claim.scope.hypotheses
        if h.relation == "=" and h.lhs.head == "symbol" and laws & free_letters(h.rhs)
    }
    letters = tuple(d if d.name in defined else _made_positive(d) for d in claim.scope.declarations)
    return replace(claim, scope=replace(claim.scope, declarations=letters))


def _made_positive(declaration: Declaration) -> Declaration:
    plain = not (declaration.shape or declaration.law or declaration.function or declaration.where)
    if declaration.declared or not plain or declaration.domain == "complex":
        return declaration
    letter = symbol(declaration.name)
    letter = Term("index", (letter, symbol("k"))) if declaration.family else letter
    return replace(declaration, where=(Relation(letter, ">", ZERO),))


TINY = Fraction(1, 1000)
"""Within the radius of convergence of most power series."""


def _below_one(claim: Claim, most: Fraction = Fraction(1)) -> Claim:
    """With the letters below 1, or below what is given, that were made positive."""
    letters = tuple(_made_small(letter, most) for letter in claim.scope.declarations)
    return replace(claim, scope=replace(claim.scope, declarations=letters))


def _made_small(declaration: Declaration, most: Fraction) -> Declaration:
    plain = declaration.domain == "real" and not (declaration.declared or declaration.shape or declaration.family)
    if not plain or len(declaration.where) != 1 or declaration.law or declaration.function:
        return declaration
    return replace(declaration, where=(*declaration.where, Relation(symbol(declaration.name), "<", number(most))))


def _symmetric(claim: Claim) -> Claim:
    """Square matrices of which nothing is said are often covariances, precisions, Hessians."""
    return replace(
        claim,
        scope=replace(
            claim.scope,
            declarations=tuple(
                replace(d, properties=("positive_definite",))
                if not d.declared and len(d.shape) == 2 and d.shape[0] == d.shape[1] and not d.properties
                else d
                for d in claim.scope.declarations
            ),
        ),
    )


def _columns(claim: Claim) -> Claim:
    """A small letter of which nothing is said is rather a vector than a matrix, also where it is transposed."""
    letters = tuple(
        replace(d, shape=d.shape[:1])
        if not d.declared and len(d.shape) == 2 and d.name[:1].islower() and len(d.name.partition("_")[0]) == 1
        else d
        for d in claim.scope.declarations
    )
    return replace(claim, scope=replace(claim.scope, declarations=letters))


def _rows(claim: Claim) -> Claim:
    r"""``\\mathbf{F}_i`` is often the row i of F."""
    letters = tuple(
        replace(d, shape=(1, d.shape[1])) if d.family and not d.declared and len(d.shape) == 2 else d
        for d in claim.scope.declarations
    )
    return replace(claim, scope=replace(claim.scope, declarations=letters))


def _row_vectors(claim: Claim) -> Claim:
    """Where a point is a row of the data, ``x x^T`` is a number."""
    letters = tuple(
        replace(d, shape=(1, d.shape[0])) if not d.declared and d.shape and d.shape[1:] in ((), (1,)) else d
        for d in claim.scope.declarations
    )
    return replace(claim, scope=replace(claim.scope, declarations=letters))


def _fits(claim: Claim) -> bool:
    try:
        return shape_of(claim.lhs, claim.scope) == shape_of(claim.rhs, claim.scope)
    except ShapeError:
        return False


def _complementary(claim: Claim) -> Claim:
    """Where p and q are the probabilities of success and failure, they sum to 1."""
    silent = {
        d.name for d in claim.scope.declarations if not (d.declared or d.shape or d.family or d.law or d.function)
    }
    told = {str(h.lhs.value) for h in claim.scope.hypotheses}
    used = free_letters(claim.lhs) | free_letters(claim.rhs)
    if not {"p", "q"} <= silent & used or {"p", "q"} & told:
        return claim
    sum_is_one = Relation(symbol("q"), "=", sub(number(Fraction(1)), symbol("p")))
    return replace(claim, scope=replace(claim.scope, hypotheses=(*claim.scope.hypotheses, sum_is_one)))


def _orthogonal(claim: Claim) -> Claim:
    """Matrices that are transposed or inverted, and of which nothing is said, may come from a decomposition."""
    turned = {
        str(part.args[0].value)
        for side in (claim.lhs, claim.rhs)
        for part in subterms(side)
        if part.head in ("transpose", "pow") and part.args[0].head == "symbol"
    }
    letters = claim.scope.declarations
    chosen = [d for d in letters if d.name in turned and not d.declared and len(d.shape) == 2]
    if any(isinstance(size, int) and d.shape[0] != d.shape[1] for d in chosen for size in d.shape):
        return claim
    for d in chosen:
        letters = tuple(_with_size(one, *next(o.shape for o in letters if o.name == d.name)) for one in letters)
    names = {d.name for d in chosen}
    letters = tuple(replace(d, properties=("orthogonal",)) if d.name in names else d for d in letters)
    return replace(claim, scope=replace(claim.scope, declarations=letters))


def _with_size(letter: Declaration, *sizes: str | int) -> Declaration:
    """With the second size where the first stands."""
    first, second = sizes
    return replace(letter, shape=tuple(second if size == first else size for size in letter.shape))


MOST_TURNED = 4


def _beside_itself(claim: Claim) -> list[str]:
    """Matrices X of which X^T X occurs."""
    parts = [part for side in (claim.lhs, claim.rhs) for part in subterms(side) if part.head == "mul"]
    pairs = [pair for part in parts for pair in zip(part.args, part.args[1:], strict=False)]
    names = {
        str(right.value) for left, right in pairs if right.head == "symbol" and left == Term("transpose", (right,))
    }
    silent = {d.name for d in claim.scope.declarations if len(d.shape) == 2 and not d.declared}
    return sorted(names & silent)[:MOST_TURNED]


def _without_gram(claim: Claim, name: str) -> Claim:
    letter = symbol(name)
    pair = (Term("transpose", (letter,)), letter)

    def put(term: Term) -> Term:
        args = tuple(map(put, term.args))
        places = [place for place in range(len(args) - 1) if args[place : place + 2] == pair]
        if term.head == "mul" and places and len(args) > 2:
            left = args[: places[0]] + args[places[0] + 2 :]
            return put(replace(term, args=left)) if len(left) > 1 else left[0]
        return replace(term, args=args) if args else term

    return replace(claim, lhs=put(claim.lhs), rhs=put(claim.rhs))


def _to_base(term: Term, base: int) -> Term:
    if not term.args:
        return term
    term = replace(term, args=tuple(_to_base(arg, base) for arg in term.args))
    return Term("div", (term, Term("log", (number(base),)))) if term.head == "log" else term


__all__ = ["filled", "other_readings"]
