"""The nouns: terms, declarations, claims, steps, derivations, evidence. Frozen and plain, no behaviour.

A *term* is a formula as it was written, not as it could be simplified: ``x/x`` stays ``x/x``. Canonical form of a term
(what the reader produces and the printer expects):

* ``number`` holds a non-negative integer; ``2/3`` is ``div(2, 3)``; ``-2`` is ``neg(2)``; ``0.30`` is ``decimal`` "0.30".
* ``a - b`` is ``add(a, neg(b))``; ``add`` and ``mul`` take two or more arguments, in the order written; a parenthesised
  sum or product inside another stays nested, so ``V (V^{-1} V)`` and ``V V^{-1} V`` are different terms.
* binders carry the bound symbol as an argument: ``sum(body, k, lower, upper)``.

``HEADS`` lists every head. The kernel, the NumPy check, the reader and printer, and the SymPy bridge each keep one table
keyed by it; a test compares the keys.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from functools import cache
from operator import attrgetter
from typing import Any

# --------------------------------------------------------------------------------------------------------- terms

HEADS: dict[str, str] = {
    # leaves: ``value`` says which
    "number": "non-negative integer (any Fraction inside the kernel)",
    "decimal": "a decimal numeral; value is its text, so that its last digit is known: '12.382'",
    "symbol": "a letter; value is its name: 'W', 'lambda', 'lambda_1', 'v_star'",
    "constant": "value is one of pi, e, i, gamma (Euler's), infinity",
    # arithmetic (scalars; add, mul, neg and integer pow also for matrices, mul is ordered)
    "add": "a + b + ...",
    "neg": "-a",
    "mul": "a b ...",
    "div": "a / b; value '/' when written on the line, None for a fraction bar",
    "pow": "a^b",
    # functions of one scalar
    "sqrt": "non-negative square root",
    "root": "root(a, k): the k-th root, k a positive integer numeral",
    "exp": "exponential",
    "log": "natural logarithm",
    "abs": "absolute value or modulus",
    "sin": "sine",
    "cos": "cosine",
    "tan": "tangent",
    "sinh": "hyperbolic sine",
    "cosh": "hyperbolic cosine",
    "tanh": "hyperbolic tangent",
    "cot": "cotangent",
    "sec": "secant",
    "csc": "cosecant",
    "arctan": "inverse tangent",
    "arcsin": "inverse sine, on [-1, 1]",
    "arccos": "inverse cosine, on [-1, 1]",
    "floor": "largest integer <= a",
    "ceil": "smallest integer >= a",
    "max": "max(a, b, ...)",
    "min": "min(a, b, ...)",
    "factorial": "a!",
    "binomial": "binomial(n, k)",
    "apply": "apply(f, x, ...): a function symbol applied",
    "prime": "prime(f, x, k): the k-th derivative of a function symbol, at x",
    # binders
    "sum": "sum(body, k, lower, upper); with infinity above, the limit of the partial sums",
    "prod": "prod(body, k, lower, upper)",
    "limit": "limit(body, t, point); value '+' or '-' from one side",
    "derivative": "derivative(body, x): d/dx of a scalar body; value 'partial' as it was written",
    "integral": "integral(body, x, lower, upper)",
    "antiderivative": "antiderivative(body, x): a function of x with that derivative, up to a constant",
    "gradient": "gradient(body, X): of a scalar body by a vector or matrix letter, in the shape of the letter",
    "hessian": "hessian(body, x): the matrix of second derivatives by a vector letter",
    "index": "index(w, i): the i-th member of a declared family w",
    # vectors and matrices
    "matrix": "matrix(row, row, ...); a column vector has one entry a row",
    "row": "one row of a matrix",
    "identity": "the identity matrix, of whatever size fits",
    "diagonal": "diagonal(a, b, ...): the diagonal matrix of the entries listed",
    "diagonal_family": "diagonal_family(body, i, lower, upper): diag(body at lower, ..., body at upper)",
    "transpose": "transpose",
    "det": "determinant",
    "trace": "trace",
    "entry": "entry(A, i, j), counted from 1",
    "norm": "Euclidean norm of a vector, spectral norm of a matrix",
    "frobenius": "Frobenius norm",
    "norm_p": "norm_p(x, p): the p-norm of a vector, p a numeral or infinity",
    "inner": "inner(x, y): x^T y",
    "spectral_radius": "largest modulus of an eigenvalue",
    "eigenvalue": "eigenvalue(A, k): the k-th in order of falling modulus (then of falling real, then imaginary part)",
    "condition_number": "norm(A) norm(A^{-1})",
    # probability
    "expect": "expectation",
    "expect_given": "expect_given(a, b, ...): conditional expectation of a given b, ...",
    "variance": "variance; of a random vector, its covariance matrix",
    "covariance": "covariance(a, b): of two random numbers, or E[(a - E a)(b - E b)^T] of random vectors",
    "probability": "probability(a, b) of the event 'a relation b'; value is the relation",
}


class _HashedOnce:
    """Room for the hash: what is asked of large terms is looked up in tables, again and again."""

    __slots__ = ("_hash",)
    _hash: int


@cache
def _parts(kind: Any) -> attrgetter[Any]:
    """What an object of that class is made of."""
    return attrgetter(*kind.__slots__)


def _hash_once(self: _HashedOnce) -> int:
    try:
        return self._hash
    except AttributeError:
        kind: Any = type(self)
        found = hash(_parts(kind)(self))
        _remember_hash(self, found)
        return found


_FRACTION: Any = Fraction
"""Its two slots are read below without the calls that the properties take."""


def _hash_of_term(self: Term) -> int:
    """As ``_hash_once``, of the parts by name: terms are looked up more often than all else together."""
    try:
        return self._hash
    except AttributeError:
        value: Any = self.value
        if value.__class__ is _FRACTION:  # whose own hash is that of an equal float, and dear
            value = (value._numerator, value._denominator)
        found = hash((self.head, self.args, value))
        _remember_hash(self, found)
        return found


def _same_term(self: Term, other: Any) -> bool:
    """Equal in all parts; most pairs that are compared are one object, or differ in the head."""
    if self is other:
        return True
    if other.__class__ is not self.__class__ or self.head != other.head:
        return False
    ours: Any = self.value
    theirs: Any = other.value
    # The equality of fractions thinks of floats and complex numbers first.
    if ours.__class__ is _FRACTION and theirs.__class__ is _FRACTION:
        same = ours._numerator == theirs._numerator and ours._denominator == theirs._denominator
    else:
        same = ours == theirs
    return bool(same and self.args == other.args)


_remember_hash = vars(_HashedOnce)["_hash"].__set__
"""The slot itself: quicker than ``object.__setattr__``."""


class Surveyed(_HashedOnce):
    """Room for which heads and which free letters a term has inside: the kernel fills it in (``kernel/terms.py``), where these are
    asked for more often than anything else."""

    __slots__ = ("_heads", "_letters")
    _heads: frozenset[str]
    _letters: frozenset[str]


@dataclass(frozen=True, slots=True)
class Term(Surveyed):
    """One node of a formula. ``value`` is set for leaves only (and the notes on ``div`` and ``probability``)."""

    head: str
    args: tuple[Term, ...] = ()
    value: Fraction | str | None = None
    __hash__ = _hash_of_term
    __eq__ = _same_term


RELATIONS = ("=", "!=", "<", "<=", ">", ">=", "~~", "~", "O")
"""As written ``= ≠ < ≤ > ≥ ≈ ∼ = O(·)``; ``~~`` compares with a decimal numeral. The last two speak of the one integer
letter that both sides share, as it tends to infinity: the ratio tends to 1, the ratio stays bounded."""


@dataclass(frozen=True, slots=True)
class Relation(_HashedOnce):
    """``lhs relation rhs``."""

    lhs: Term
    relation: str
    rhs: Term
    __hash__ = _hash_once


# -------------------------------------------------------------------------------------------------- declarations


@dataclass(frozen=True, slots=True)
class Law:
    """The law of a random letter. ``name`` is gaussian, uniform, signs, laplace (all symmetric about the mean), moments when
    nothing but mean and variance is known, or one of bernoulli (p), binomial (n, p), poisson (rate), exponential (rate),
    geometric (p, on 1, 2, ...), finite (value, probability, value, probability, ...), whose ``parameters`` are in brackets;
    a uniform law may have its two ends for parameters.
    A random vector has a mean vector and a covariance matrix. A random family is independent and identically distributed."""

    name: str
    mean: Term
    variance: Term
    parameters: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Declaration(_HashedOnce):
    """A letter, the set it ranges over and its shape.

    ``domain``: integer, real or complex (the entries', for a matrix). ``shape``: ``()`` scalar, ``("d",)`` column vector,
    ``("d", "d")`` matrix; integers are fixed sizes. ``properties``: of invertible, symmetric, orthogonal, diagonal,
    positive_definite, positive_semidefinite; convex for a function. ``family``: the letter carries an index (``w_i``), bounded
    by ``lower`` and ``upper`` if given. ``function``: the letter is a function of one scalar, differentiable as often as
    needed. ``declared`` is False where the text says nothing of the letter and the domain is the usual reading.
    """

    name: str
    domain: str = "real"
    shape: tuple[str | int, ...] = ()
    properties: tuple[str, ...] = ()
    where: tuple[Relation, ...] = ()
    law: Law | None = None
    family: bool = False
    function: bool = False
    declared: bool = True
    __hash__ = _hash_once


@dataclass(frozen=True, slots=True)
class Scope(_HashedOnce):
    """What holds where a claim stands: letters, and what the author assumes of them. A hypothesis ``X = term`` with a bare
    letter on the left *defines* X: it is computed, never sampled. ``realisation`` tells a sampler how to build letters
    that satisfy the other hypotheses; it is trusted by nobody (the kernel checks the hypotheses at the point).
    ``independent``: groups of random letters that are mutually independent; letters in no common group may depend on each
    other in any way."""

    declarations: tuple[Declaration, ...] = ()
    hypotheses: tuple[Relation, ...] = ()
    realisation: tuple[tuple[str, Term], ...] = ()
    independent: tuple[tuple[str, ...], ...] = ()
    __hash__ = _hash_once


@dataclass(frozen=True, slots=True)
class Claim(_HashedOnce):
    """For all values that satisfy ``scope``, wherever what is visibly written is defined, the relation holds."""

    lhs: Term
    relation: str
    rhs: Term
    scope: Scope = Scope()
    __hash__ = _hash_once


# --------------------------------------------------------------------------------------------------- exact points


@dataclass(frozen=True, slots=True)
class Complex(_HashedOnce):
    """A complex number with rational parts."""

    re: Fraction
    im: Fraction
    __hash__ = _hash_once


@dataclass(frozen=True, slots=True)
class Matrix(_HashedOnce):
    """An exact matrix; a column vector has one column."""

    rows: tuple[tuple[Fraction | Complex, ...], ...]
    __hash__ = _hash_once


@dataclass(frozen=True, slots=True)
class Family(_HashedOnce):
    """The members of an indexed letter from ``first`` on, one after the other."""

    members: tuple[Fraction | Complex | Matrix, ...]
    first: int = 1
    __hash__ = _hash_once


@dataclass(frozen=True, slots=True)
class FiniteLaw(_HashedOnce):
    """A law with finitely many atoms: (value, probability)."""

    atoms: tuple[tuple[Fraction, Fraction], ...]
    __hash__ = _hash_once


@dataclass(frozen=True, slots=True)
class Joint(_HashedOnce):
    """The joint law of letters that may depend on each other: ((value of each name in turn), probability). It stands at the
    point for every one of its letters."""

    names: tuple[str, ...]
    atoms: tuple[tuple[tuple[Fraction, ...], Fraction], ...]
    __hash__ = _hash_once


@dataclass(frozen=True, slots=True)
class Function:
    """A concrete function of one variable, for an unknown one."""

    variable: str
    body: Term


@dataclass(frozen=True, slots=True)
class ClosedForm(_HashedOnce):
    """A real number that is written as a term without letters: -sqrt(2)."""

    term: Term
    __hash__ = _hash_once


Value = Fraction | Complex | Matrix | Family | FiniteLaw | Joint | Function | ClosedForm
Point = tuple[tuple[str, Value], ...]


# ------------------------------------------------------------------------------------------------------- evidence


@dataclass(frozen=True, slots=True)
class Normal:
    """Both sides have the same normal form: scalar, symbolic matrix, explicit matrix or expectation, whichever the shape
    and heads of the claim call for. Inequalities: the difference has a sign by the declarations."""


@dataclass(frozen=True, slots=True)
class Induction:
    """Induction on an integer letter from ``start``: as many base cases as the ``order`` says, and the step from the claim at as
    many values in a row. For an inequality, the ``multiplier`` by which the claim at n enters the step."""

    variable: str
    start: int
    order: int = 1
    multiplier: Term | None = None


@dataclass(frozen=True, slots=True)
class FirstValues:
    """The claim for an integer letter from ``start`` on: ``first`` proves it at start, start + 1, ..., one value each, ``rest``
    proves it for all values behind these."""

    variable: str
    start: int
    first: tuple[Evidence, ...]
    rest: Evidence


@dataclass(frozen=True, slots=True)
class WhereVisible:
    """What is visible in the claim bounds its letters by numerals, ``ln(n - 1)`` an integer n by 2: ``proof`` shows it there."""

    proof: Evidence


@dataclass(frozen=True, slots=True)
class Enclosure:
    """Nothing is free: rigorous balls decide."""


@dataclass(frozen=True, slots=True)
class Monotone:
    """An inequality that follows from hypothesis number ``hypothesis`` by applying an increasing or decreasing function
    (``body`` in the letter ``variable``) to both sides."""

    hypothesis: int
    body: Term
    variable: str


@dataclass(frozen=True, slots=True)
class Asymptotic:
    """A limit or an asymptotic relation, from the normal form in powers and exponentials of the variable."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A theorem of the closed list, by name; the kernel matches its statement and checks its hypotheses."""

    axiom: str


@dataclass(frozen=True, slots=True)
class Counterexample:
    """An exact point at which the claim fails; numbers may be written as terms there, x = -sqrt(2)."""

    point: Point


@dataclass(frozen=True, slots=True)
class OtherValue:
    """The claimed limit is wrong: the limit is ``value``, proved, and that is different."""

    value: Term


@dataclass(frozen=True, slots=True)
class RefutedInstance:
    """The claim fails with the values of ``point`` put in for letters, the other letters left as they are: by ``refutation``.
    ``witness``: a point at which everything holds that is said of these others."""

    point: Point
    refutation: Evidence
    witness: Point = ()


@dataclass(frozen=True, slots=True)
class Overlap:
    """Certified agreement at many exact points: supports, never proves."""

    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Oracle:
    """The word of a program whose work we cannot re-check: supports, never proves."""

    name: str
    detail: str


# -- scalars


@dataclass(frozen=True, slots=True)
class Cases:
    """Case by the sign of a real term: ``parts`` are (``<``, ``<=``, ``=``, ``>=`` or ``>``, proof where the term is so to 0)."""

    term: Term
    parts: tuple[tuple[str, Evidence], ...]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A case that does not occur: by what is known there, the ``term`` is positive and is not."""

    term: Term


@dataclass(frozen=True, slots=True)
class Injective:
    """Both sides to the power ``order``, or through exp for order 0: ``then`` proves the relation between the results."""

    order: int
    then: Evidence


@dataclass(frozen=True, slots=True)
class InRange:
    """An equation of two angles in a range on which ``function`` (sin, cos or tan) takes no value twice: ``then`` proves that it has
    the same value at both."""

    function: str
    then: Evidence


@dataclass(frozen=True, slots=True)
class Rearranged:
    """``lhs relation rhs`` says the same as the claim, up to a positive factor and terms moved to the other side; ``then`` proves
    it."""

    lhs: Term
    relation: str
    rhs: Term
    then: Evidence


@dataclass(frozen=True, slots=True)
class WholePart:
    """A real letter is an integer and a rest in [0, 1): ``then`` proves the claim in these letters."""

    letter: str
    then: Evidence


@dataclass(frozen=True, slots=True)
class Residues:
    """An integer letter is k m + r with 0 <= r < k, k the number of ``parts``: one proof for each r."""

    letter: str
    parts: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class RealParts:
    """Each complex letter is a + i b with real letters: ``then`` proves the claim in these."""

    then: Evidence


@dataclass(frozen=True, slots=True)
class SameDerivative:
    """Two sides with the same derivative by ``letter`` on an interval, which agree at ``point``: ``slopes`` proves the first,
    ``start`` the second."""

    letter: str
    point: Term
    slopes: Evidence
    start: Evidence


@dataclass(frozen=True, slots=True)
class Angles:
    """A combination of inverse circular functions of numbers: an angle between -2 pi and 2 pi whose exponential is 1."""


# -- sums and series


@dataclass(frozen=True, slots=True)
class Antidifference:
    """``function`` G of ``letter`` with body(k) = G(k + 1) - G(k); for a product, body(k) G(k) = G(k + 1)."""

    letter: str
    function: Term


@dataclass(frozen=True, slots=True)
class SeriesPart:
    """``coefficient`` times the terms of a series of the closed list from index ``shift`` of its letter on."""

    coefficient: Term
    name: str
    argument: Term
    parameter: Term | None = None
    shift: int = 0


@dataclass(frozen=True, slots=True)
class Closed:
    """``term``, a sum or product (with the inner ones closed already), and what gives its value: its body is the combination of
    known series (if any) plus the steps of the antidifference (if any)."""

    term: Term
    antidifference: Antidifference | None
    parts: tuple[SeriesPart, ...] = ()


@dataclass(frozen=True, slots=True)
class CreativeTelescoping:
    """Induction on ``variable`` from ``start`` for a claim with the sum ``term``, S(n), whose body F(n, k) depends on n, too:
    sum_j p_j(n) F(n + j, k) = G(k + 1) - G(k), p_j the ``coefficients``, G the ``certificate`` in ``letter``, holds for k from
    lower + trim[0] to upper - trim[1]. The step is made from n >= start + late on; before that are base cases."""

    variable: str
    start: int
    term: Term
    coefficients: tuple[Term, ...]
    letter: str
    certificate: Term
    trim: tuple[int, int] = (0, 1)
    late: int = 0


@dataclass(frozen=True, slots=True)
class Summed:
    """The claim holds with closed forms put for sums, products and series."""

    closed: tuple[Closed, ...]


@dataclass(frozen=True, slots=True)
class SummedCounterexample:
    """The claim fails at ``point``, with closed forms put for its sums and series."""

    closed: tuple[Closed, ...]
    point: Point


# -- limits, derivatives and integrals


@dataclass(frozen=True, slots=True)
class NoSuchLimit:
    """The claimed limit, or limit of a ratio, is recomputed: it is another value, it is infinite, or it does not exist."""


@dataclass(frozen=True, slots=True)
class Integrated:
    """Antiderivatives of integrals: (integral, F), inner integrals first, each as it stands once those before it have values.
    ``gathered``: "ranges" where the integrals of an equation over one range are first written as one, "unit" where besides each
    range is brought to [0, 1]."""

    primitives: tuple[tuple[Term, Term], ...]
    gathered: str = ""


@dataclass(frozen=True, slots=True)
class Reflected:
    """``map`` takes the range of the one integral of the claim to itself, the other way round; ``primitive`` is an antiderivative of
    the mean of both integrands. Both are written in the letter of the integral."""

    map: Term
    primitive: Term


@dataclass(frozen=True, slots=True)
class IntegratedCounterexample:
    """An exact point at which the claim fails, with antiderivatives of the integrals as they stand there."""

    point: Point
    primitives: tuple[tuple[Term, Term], ...]


@dataclass(frozen=True, slots=True)
class DivergentIntegral:
    """At ``point`` the integral number ``position`` of the claim diverges: over the part of its range between the terms
    ``lower`` and ``upper`` its antiderivative ``primitive`` tends to infinity at an end."""

    point: Point
    position: int
    primitive: Term
    lower: Term
    upper: Term


@dataclass(frozen=True, slots=True)
class DivergentTail:
    """At ``point`` the integral number ``position`` of those that stand in no other one diverges at its upper end (``upwards``) or its
    lower one, infinity: its integrand does not vanish there. ``primitives``: antiderivatives of the integrals inside and beside it."""

    point: Point
    position: int
    upwards: bool
    primitives: tuple[tuple[Term, Term], ...]


# -- matrices


@dataclass(frozen=True, slots=True)
class SquaredNorms:
    """The larger side of an inequality less the smaller one is a sum of ``coefficient * |x|^2``: pairs of these."""

    parts: tuple[tuple[Term, Term], ...]


@dataclass(frozen=True, slots=True)
class DifferentTraces:
    """Two square matrices differ because their traces do: ``proof`` shows that these stand in the ``relation`` < or >."""

    relation: str
    proof: Evidence


# -- inequalities


@dataclass(frozen=True, slots=True)
class Slope:
    """high - low is >= 0 at ``anchor`` (or tends to 0 at the anchor infinity) and grows away from it: as a function of the real letter ``variable`` its derivative is
    <= 0 before the anchor (proved by ``left``, down to ``lower``) and >= 0 behind it (``right``, up to ``upper``). A bound that
    is None is infinite; a side that is None has no points of the domain. ``inside``: a point for each side at which the
    derivative is not 0, so that the function is strictly monotone."""

    variable: str
    anchor: Term
    lower: Term | None = None
    upper: Term | None = None
    left: Evidence | None = None
    right: Evidence | None = None
    inside: tuple[Fraction | None, Fraction | None] = (None, None)


@dataclass(frozen=True, slots=True)
class Concave:
    """high - low is >= 0 at ``lower`` and ``upper``, between which the letter ``variable`` stays, and concave there: minus its
    second derivative is >= 0 by ``proof``. ``inside``: a point at which that is not 0."""

    variable: str
    lower: Term
    upper: Term
    proof: Evidence
    inside: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Polynomial:
    """The difference is a rational function of one atom, whose sign on the range of the atom is decided by its real roots."""


@dataclass(frozen=True, slots=True)
class Square:
    """``coefficient`` times the ``factors``, which are known to be >= 0, times the square of ``root``."""

    coefficient: Fraction
    factors: tuple[Term, ...]
    root: Term


@dataclass(frozen=True, slots=True)
class Squares:
    """``multiplier``, which is positive, times the difference is the sum of the ``parts``."""

    multiplier: Term
    parts: tuple[Square, ...]


@dataclass(frozen=True, slots=True)
class Scaled:
    """The difference is ``factor`` times ``rest``; the factor is >= 0 (> 0 where the sign is strict), and ``rest`` has the sign
    asked for, by ``proof``."""

    factor: Term
    rest: Term
    proof: Evidence


@dataclass(frozen=True, slots=True)
class Applied:
    """The sides in their order after ``function`` (square or log), which is increasing where they are: shown by ``proof``."""

    function: str
    proof: Evidence


@dataclass(frozen=True, slots=True)
class Split:
    """``term`` below, at and above ``at``: the claim is proved in each case (None: the case does not occur)."""

    term: Term
    at: Term
    below: Evidence | None
    equal: Evidence | None
    above: Evidence | None


@dataclass(frozen=True, slots=True)
class Boxes:
    """Every letter of the claim is bounded (``bounds``: letter, least and greatest value): balls decide on a subdivision."""

    bounds: tuple[tuple[str, Term, Term], ...]


@dataclass(frozen=True, slots=True)
class Growth:
    """Induction for an inequality: with D(n) the difference of the sides, D(start) has the sign asked for by ``base``, and
    D(n + 1) >= ``multiplier`` D(n) by ``step``, with a multiplier that is >= 0."""

    variable: str
    start: int
    multiplier: Term
    base: Evidence
    step: Evidence


@dataclass(frozen=True, slots=True)
class Image:
    """The sides are ``body`` at ``small`` and at ``large`` (of the letter ``variable``), ``small <= large`` follows by
    ``order``, and ``body`` is monotone between them: its derivative (or the negative of that) is >= 0 by ``slope``."""

    body: Term
    variable: str
    small: Term
    large: Term
    lower: Term | None
    upper: Term | None
    order: Evidence
    slope: Evidence


@dataclass(frozen=True, slots=True)
class Termwise:
    """Sums over one range: the relation holds between their terms, by ``proof``."""

    proof: Evidence


@dataclass(frozen=True, slots=True)
class Triangle:
    """``whole`` is a modulus |s| that the smaller side holds, s the sum of the ``parts``: what is kept of each, and its factors sin and
    cos that are left out. The relation holds with the moduli of what is kept in place of |s|, by ``then``."""

    whole: Term
    parts: tuple[tuple[Term, tuple[Term, ...]], ...]
    then: Evidence


@dataclass(frozen=True, slots=True)
class PowerInRange:
    """``power`` is a power of a number with natural exponents: the relation holds with any number of its range for it, by ``then``."""

    power: Term
    then: Evidence


@dataclass(frozen=True, slots=True)
class Pointwise:
    """Integrals over one range: the relation holds between their integrands, by ``proof``."""

    proof: Evidence


@dataclass(frozen=True, slots=True)
class Ordered:
    """lhs != rhs because lhs < rhs or lhs > rhs (``relation``), by ``proof``."""

    relation: str
    proof: Evidence


# -- probability


@dataclass(frozen=True, slots=True)
class Infinite:
    """At ``point`` one side of the claim is an expectation that is infinite, and the other side is a number."""

    point: Point


@dataclass(frozen=True, slots=True)
class Sampled:
    """The one average in the claim is estimated by ``estimator`` (full_grid, tilt or bounded_mean) from ``draws`` numbers a factor of
    the generator started with ``seed``: supports, never proves, never refutes."""

    estimator: str
    seed: int
    draws: int


# -- refutation by a proof


@dataclass(frozen=True, slots=True)
class Opposite:
    """``proof`` proves ``lhs relation rhs``, which contradicts the claim wherever both sides are defined; ``point`` is an
    admissible one."""

    relation: str
    proof: Evidence
    point: Point


# -- conditions


@dataclass(frozen=True, slots=True)
class Repair:
    """The claim is refuted by ``refutation`` and holds wherever ``condition`` does: ``proof`` proves it there, with ``witness``
    a point at which the condition and all hypotheses hold."""

    refutation: Evidence
    condition: tuple[Relation, ...]
    proof: Evidence
    witness: Point | None


Evidence = (
    Normal
    | Induction
    | FirstValues
    | WhereVisible
    | Enclosure
    | Monotone
    | Asymptotic
    | Citation
    # scalars
    | Cases
    | Contradiction
    | Injective
    | InRange
    | Rearranged
    | WholePart
    | Residues
    | RealParts
    | SameDerivative
    | Angles
    # sums and series
    | Summed
    | CreativeTelescoping
    | SummedCounterexample
    # limits, derivatives and integrals
    | Integrated
    | Reflected
    # matrices
    | SquaredNorms
    | DifferentTraces
    # inequalities
    | Slope
    | Concave
    | Polynomial
    | Squares
    | Scaled
    | Applied
    | Split
    | Boxes
    | Growth
    | Image
    | Termwise
    | Pointwise
    | PowerInRange
    | Triangle
    | Ordered
    # probability
    | Infinite
    # refutation, repair and support
    | Counterexample
    | OtherValue
    | RefutedInstance
    | NoSuchLimit
    | IntegratedCounterexample
    | DivergentIntegral
    | DivergentTail
    | Opposite
    | Repair
    | Overlap
    | Oracle
    | Sampled
)


@dataclass(frozen=True, slots=True)
class NumpyCheck:
    """The floating-point check beside a verdict. ``points`` admissible points were checked; ``max_error`` and ``bound`` are
    those of the worst point, the one with the largest error for its bound. For an inequality the error is the violation.
    ``bound`` includes, for an approximation, half a unit of the numeral's last digit."""

    points: int
    seed: int
    max_error: float
    bound: float

    @property
    def ok(self) -> bool:
        """Whether every point stayed within its bound."""
        return self.max_error <= self.bound


class Status(StrEnum):
    """What is known of a claim. The first four come from ``kernel.admit`` alone."""

    PROVED = "proved"
    SUPPORTED = "supported"
    REFUTED = "refuted"
    CONDITIONAL = "conditional"
    UNDECIDED = "undecided"
    ASSUMED = "assumed"
    UNREAD = "unread"
    VACUOUS = "vacuous"


# ----------------------------------------------------------------------------------------------------- derivations


BUDGET = 100_000
"""Operations that the search for one claim may cost, unless another budget is given: about a second of computing."""


@dataclass(frozen=True, slots=True)
class Hints:
    """What the author of a step suggests to the checkers: trusted by nobody."""

    induction: tuple[str, int] | None = None
    axiom: str | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of a source: where it stands, and its words."""

    place: str
    words: str


@dataclass(frozen=True, slots=True)
class Tied:
    """A claim under equations that the text assumes of its letters: ``words`` say where these stand; ``doubt``: why a failure would not
    be held against the author all the same."""

    words: str
    claim: Claim
    doubt: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where a relation of somebody's text stands (lines and columns count from 1, columns in code points), and what it is there:
    ``kind`` is definition, constraint, step or identity. ``unread``: why the formula could not be read; ``beyond``: why nothing
    can be decided about it though it was read; ``doubt``: why a failure would not be held against the author; ``expected``: the verdict that the author announces.
    ``argument``: implies where it is drawn from what stands before it, converse where the direction back is meant.
    ``why``: of what kind ``unread`` is (syntax, command, closing, size or macro), or ``beyond`` (relation, or nothing).
    ``readings``: words, and a claim that may be meant by them; where one of these does not fail, nothing is held against the author.
    ``tied``: the claim under equations that the text assumes."""

    line: int
    column: int
    end_line: int
    end_column: int
    kind: str
    unread: str = ""
    beyond: str = ""
    doubt: str = ""
    expected: str | None = None
    argument: str = ""
    why: str = ""
    readings: tuple[tuple[str, Claim], ...] = ()
    tied: tuple[Tied, ...] = ()


@dataclass(frozen=True, slots=True)
class Instance:
    """A special case of what a step says, which holds if the step does; ``words``: what is taken for it."""

    claim: Claim
    words: str


@dataclass(frozen=True, slots=True)
class Instances:
    """Special cases of a step, some for each plausible reading."""

    readings: tuple[tuple[Instance, ...], ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A displayed chain of relations, one claim for each relation sign, with the reason given.

    ``stance``: asserts, quotes (a source's statement, possibly false, shown with ``quote``) or exercise. ``assumed``: a
    definition or hypothesis, nothing to check. ``formula``: the LaTeX of the chain as displayed. ``source``: for a step of
    somebody's text, which is one relation (no claim where it is unread). ``instances``: special cases of it, which may refute it.
    """

    claims: tuple[Claim, ...]
    formula: str
    reason: str
    stance: str = "asserts"
    assumed: bool = False
    quote: Quote | None = None
    hints: Hints = Hints()
    ledger: tuple[str, ...] = ()
    source: Source | None = None
    instances: tuple[Instances, ...] = ()


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph in Markdown with ``$...$``; ``audience`` is all, student or lecturer. ``question``: an exercise, whose solution
    follows."""

    text: str
    audience: str = "all"
    question: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Numbers side by side. Cells are Markdown with ``$...$``."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Axis:
    """``label`` with its unit, plain text with ``$...$``, as are all words in a picture. ``scale``: linear, log10, log2, or symlog (linear between -``linear`` and
    ``linear``, decades beyond). ``low`` and ``high`` bound what is shown; None: what the data need. A vertical axis without a
    label is that of the panel before, with the same scale and limits."""

    label: str
    scale: str = "linear"
    low: float | None = None
    high: float | None = None
    linear: float = 1.0


@dataclass(frozen=True, slots=True)
class Curve:
    """A line through points. ``style``: solid, dashed, dotted or dashdot. ``weight``: strong, plain or faint. ``shade`` 0, 1, 2, ...
    chooses the colour. ``at``: the index of the point where the label stands (None: the last one), ``side`` on which side of it. ``steps``: constant from
    each point to the next. A point that is not finite breaks the line."""

    x: tuple[float, ...]
    y: tuple[float, ...]
    label: str = ""
    style: str = "solid"
    weight: str = "plain"
    shade: int = 0
    marker: str = ""
    at: int | None = None
    side: str = "above"
    steps: bool = False


@dataclass(frozen=True, slots=True)
class Points:
    """Single points. ``marker``: circle, disc, square, diamond, triangle, cross or plus. ``labels``: one for each point, or none."""

    x: tuple[float, ...]
    y: tuple[float, ...]
    label: str = ""
    marker: str = "disc"
    shade: int = 0
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Band:
    """The area between ``low`` and ``high``: a tint behind the curves, or ``strong``. ``hatched``: told apart without colour."""

    x: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    label: str = ""
    shade: int = 0
    hatched: bool = False
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Histogram:
    """Bars between neighbouring ``edges`` with ``heights``. ``hatched``: told apart without colour."""

    edges: tuple[float, ...]
    heights: tuple[float, ...]
    label: str = ""
    shade: int = 0
    hatched: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """Words at a point of the panel; ``side`` says where they stand from there: above, below, left, right, at, inside (below and to the right) or corner (above and to the right)."""

    x: float
    y: float
    text: str
    side: str = "above"


Mark = Curve | Points | Band | Histogram | Note


@dataclass(frozen=True, slots=True)
class Panel:
    """One pair of axes: data only, how it looks is no part of it. ``equal``: both axes have one unit of length."""

    marks: tuple[Mark, ...]
    x: Axis
    y: Axis
    title: str = ""
    equal: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """What is looked at rather than read. ``key`` names it within its handout, in lower case with hyphens; ``caption`` is Markdown with
    ``$...$`` and gives the parameters; ``alt`` is plain and states what is seen, with numbers from the data."""

    key: str
    caption: str
    alt: str
    panels: tuple[Panel, ...]


Block = Prose | Step | Table | Figure


@dataclass(frozen=True, slots=True)
class Section:
    """A titled run of blocks; ``key`` is the word that ``--sections`` takes."""

    key: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Derivation:
    """A whole handout before judgement. ``parameters`` are the options it was made with, as shown to the reader."""

    name: str
    title: str
    opening: tuple[Block, ...]
    sections: tuple[Section, ...]
    parameters: tuple[tuple[str, str], ...] = ()
    seed: int = 0
    sources: tuple[str, ...] = field(default=())


class InputError(Exception):
    """Bad input: one line that says what is wrong, where, and what to do instead. The command line exits with 2."""
