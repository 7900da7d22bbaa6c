"""Why a relation that fails as it stands may be right in its text: a hypothesis that we have not understood would hide there.

A linter that cries wolf is switched off. So a failure is held against the author only where both sides speak of the same letters,
all functions are known, and no equation nearby restricts the letters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from derive.core import Claim, Term
from derive.formula import show
from derive.formula.apart import names_in
from derive.formula.notation import show_name
from derive.kernel.terms import free_letters, heads, letters_of, subterms
from derive.notes.constraints import Constraint, binding, under
from derive.notes.means import is_mean, means_of
from derive.notes.random_letters import AVERAGES, of_unknown_law
from derive.notes.segments import REASON, may_be_segments
from derive.notes.unknown import Unknown

DERIVED = frozenset(["hat", "bar", "tilde", "widehat", "widetilde"])
"""Accents of what a text computes: an estimate, a mean."""


_HAS_DECIMALS = "decimal"
MOMENTS = frozenset(["mu", "m", "sigma", "s", "nu", "tau", "rho", "gamma", "Sigma"])
"""Usual names of means, deviations and correlations."""


def doubts(claim: Claim, constraints: Iterable[Constraint], unknown: Unknown) -> Iterator[str]:
    """One reason each; ``unknown``: letters that stand for values."""
    lhs, rhs = free_letters(claim.lhs), free_letters(claim.rhs)
    gammas = [name for name in lhs | rhs if unknown.shown.get(name, "").startswith(r"\Gamma(")]
    for name in sorted((lhs | rhs) & (unknown.silent | (set(gammas) if len(gammas) > 1 else set()))):
        yield f"nothing is said of {unknown.shown[name]}"
    if claim.relation == "~~" and any(_HAS_DECIMALS in heads(one.rhs) for one in claim.scope.hypotheses):
        yield "its numbers may be rounded"
    declared = {d.name: d for d in claim.scope.declarations}
    defined = {str(h.lhs.value) for h in claim.scope.hypotheses if h.relation == "=" and h.lhs.head == "symbol"}
    told = frozenset[str]().union(*map(letters_of, claim.scope.hypotheses))
    for name in sorted(_lone_letters(claim) - defined - _averaged(claim) - _bars(claim)):
        yield f"{unknown.shown.get(name, show_name(name))} stands on one side only"
    for name in sorted((_inside_averages(claim.lhs) ^ _inside_averages(claim.rhs)) & of_unknown_law(claim.scope)):
        yield f"nothing is said of the law of {show_name(name)}"
    for name in sorted(_moments_unsaid(claim)):
        yield f"{show_name(name)} may be a moment of a random letter"
    if (letters := _property_of(claim)) is not None:
        yield f"it may be a property of {letters}"
    if _has_norm_of_function(claim):
        yield "the norm of a function may be meant"
    if conjugate := _conjugate(claim):
        yield f"{show_name(conjugate)} may be a conjugate"
    if tied := _exchanged(claim):
        yield f"{' and '.join(map(show_name, tied))} may be tied to each other"
    for member in sorted(_lone_members(claim)):
        yield f"{member} stands on one side only"
    for name in sorted(lhs | rhs):
        declaration = declared.get(name)
        if declaration is not None and declaration.function and not declaration.declared:
            yield f"nothing is said of the function {show_name(name)}"
        if name not in told and DERIVED & set(name.split("_")[1:]) and not is_mean(name, claim):
            yield f"{show_name(name)} is not defined"
    for name in sorted(_moving(claim)):
        yield f"its letters may depend on {show_name(name)}"
    if may_be_segments(claim):
        yield REASON
    said = binding(claim, constraints)
    if said and under(claim, said) is None:
        yield f"line {said[0].line} says something of {show_name(min(said[0].letters))}"


def _bars(claim: Claim) -> frozenset[str]:
    """Bars that are read as means, and the families of which they are, where each side speaks of one of both."""
    sides = [free_letters(side) for side in (claim.lhs, claim.rhs)]
    pairs = [frozenset([name, name.partition("_")[0]]) for name in means_of(claim)]
    return frozenset[str]().union(*(pair for pair in pairs if all(pair & side for side in sides)))


def _moving(claim: Claim) -> Iterator[str]:
    r"""``\\frac{d}{dt} V(x)``: letters by which nothing is differentiated as they stand are functions, as a state is of time."""
    for part in (part for side in (claim.lhs, claim.rhs) for part in subterms(side)):
        if part.head == "derivative" and part.value != "partial" and free_letters(part.args[0]):
            yield from sorted(free_letters(part.args[1]) - free_letters(part.args[0]))


def _moments_unsaid(claim: Claim) -> Iterator[str]:
    """``E[(X - \\mu)^2] = E[X^2] - \\mu^2``: nothing is said of the law of X, nor that \\mu is its mean,
    though a value of \\mu may be given."""
    if not (_inside_averages(claim.lhs) | _inside_averages(claim.rhs)) & of_unknown_law(claim.scope):
        return
    silent = {d.name for d in claim.scope.declarations if not (d.declared or d.law)}
    for name in free_letters(claim.lhs) | free_letters(claim.rhs):
        if name in silent and name.partition("_")[0] in MOMENTS:
            yield name


MOST_OPERATIONS = 3


def _property_of(claim: Claim) -> str | None:
    """``A X = X A``, ``H^{-1} = H``, ``E[X^2] = E[X]``: so little is done with matrices and random letters of which nothing is known
    that it rather says something of them."""
    parts = [part for side in (claim.lhs, claim.rhs) for part in subterms(side)]
    known = frozenset(str(h.lhs.value) for h in claim.scope.hypotheses if h.lhs.head == "symbol")
    used = free_letters(claim.lhs) | free_letters(claim.rhs)
    things = [d for d in claim.scope.declarations if d.name in used and (len(d.shape) == 2 or d.law is not None)]
    if not things or any(d.name in known or d.properties for d in things) or _COMPUTED & heads(claim.lhs, claim.rhs):
        return None
    if sum(max(1, len(part.args) - 1) for part in parts if part.args) > MOST_OPERATIONS:
        return None
    unknown = of_unknown_law(claim.scope)
    silent = [d for d in things if d.law is None or d.name in unknown]
    return " and ".join(show_name(d.name) for d in silent) if len(silent) == len(things) else None


_COMPUTED = frozenset(["derivative", "gradient", "hessian", "integral", "sum", "prod", "limit", "matrix"])


def _has_norm_of_function(claim: Claim) -> bool:
    r"""``\lVert \sin k t \rVert``: the norm of something that is no vector."""
    norms = [part for side in (claim.lhs, claim.rhs) for part in subterms(side) if part.head == "norm"]
    return any(_FUNCTIONS & heads(norm.args[0]) or norm.args[0].head == "number" for norm in norms)


_FUNCTIONS = frozenset(["sin", "cos", "tan", "exp", "log", "call"])
COMPLEX = frozenset(["z", "w", "psi", "c"])


def _conjugate(claim: Claim) -> str:
    r"""``z^* / (z z^*) = z^* / |z|^2``."""
    used = free_letters(claim.lhs) | free_letters(claim.rhs)
    pairs = [name for name in used if name.endswith("_star") and name.removesuffix("_star") in used]
    measured = "abs" in heads(claim.lhs, claim.rhs)
    return next((name for name in sorted(pairs) if measured or name.removesuffix("_star") in COMPLEX), "")


def _exchanged(claim: Claim) -> tuple[str, ...]:
    """``Var(T) = Var(X + Y)``: random letters that each stand on one side only, and no definition leads from one to the other."""
    random = {d.name for d in claim.scope.declarations if d.law is not None}
    lhs, rhs = (_written_out(free_letters(side), claim) & random for side in (claim.lhs, claim.rhs))
    return (min(lhs - rhs), min(rhs - lhs)) if lhs - rhs and rhs - lhs else ()


def _lone_letters(claim: Claim) -> frozenset[str]:
    """Letters of one side only; one that is lost where a function given by a rule is differentiated needs no other explanation."""
    lhs, rhs = free_letters(claim.lhs), free_letters(claim.rhs)
    lost = claim.lhs.head == "derivative" and len(rhs) > 1 and rhs < lhs and len(lhs - rhs) == 1
    lost = lost or (claim.lhs.head == "derivative" and claim.lhs.value == "partial" and bool(rhs) and rhs < lhs)
    sizes = _sizes(lhs, claim) | _sizes(rhs, claim)
    return frozenset() if lost else (_written_out(lhs, claim) ^ _written_out(rhs, claim)) - sizes


def _written_out(side: frozenset[str], claim: Claim) -> frozenset[str]:
    """The letters of a side and of the definitions of these."""
    known = {str(h.lhs.value): free_letters(h.rhs) for h in claim.scope.hypotheses if h.lhs.head == "symbol"}
    reached = side
    while (more := reached.union(*(known.get(name, frozenset()) for name in reached))) != reached:
        reached = more
    return reached


def _sizes(side: frozenset[str], claim: Claim) -> frozenset[str]:
    """Letters that are sizes of the vectors and matrices of a side: it speaks of them, too."""
    shapes = (d.shape for d in claim.scope.declarations if d.name in side)
    return frozenset(size for shape in shapes for size in shape if isinstance(size, str))


def _lone_members(claim: Claim) -> Iterator[str]:
    """Members of families that one side does not have, where none of the family is summed: such a relation may be a recurrence."""
    sides = [_members(claim.lhs), _members(claim.rhs)]
    summed = {str(part.args[0].value) for side in (claim.lhs, claim.rhs) for part in _bound_members(side)}
    for member in sides[0] ^ sides[1]:
        if str(member.args[0].value) not in summed:
            yield show(member)


def _members(side: Term) -> frozenset[Term]:
    return frozenset(part for part in subterms(side) if part.head == "index")


def _bound_members(side: Term) -> Iterator[Term]:
    """Members with the letter of a sum, product or integral for index."""
    free = free_letters(side)
    return (part for part in _members(side) if not names_in(part.args[1]) <= free)


def _inside_averages(side: Term) -> frozenset[str]:
    return frozenset[str]().union(*(free_letters(part) for part in subterms(side) if part.head in AVERAGES))


def _averaged(claim: Claim) -> frozenset[str]:
    """Random letters, over which averages are taken, and the parameters of their laws."""
    random = [d for d in claim.scope.declarations if d.law is not None]
    terms = [part for d in random if d.law for part in (d.law.mean, d.law.variance, *d.law.parameters)]
    return frozenset(d.name for d in random).union(*map(free_letters, terms))
