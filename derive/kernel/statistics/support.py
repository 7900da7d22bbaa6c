"""A claim about one average is supported where it holds for every value in the interval that a seeded sample gives.

So a false claim is supported with at most the false-alarm probability, whichever admissible sample is chosen, and nothing is ever
refuted: outside the interval, and across its ends, the answer is silence. An equation is never supported: no sample tells a number
from its neighbours. Refused: claims with two averages, with free letters, with laws that are not sampled.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import exp, log

from flint import arb, ctx

from derive.core import Claim, Relation, Sampled, Term
from derive.kernel.balls import BALLS, Undefined, decimal_tolerance
from derive.kernel.balls.comparing import truth_of
from derive.kernel.balls.outside import rational
from derive.kernel.balls.place import Budget, Place, value_of
from derive.kernel.expectation.randomness import AVERAGES, law_of, require_free_laws
from derive.kernel.facts import Facts, facts_of
from derive.kernel.normal import NoNormalForm
from derive.kernel.points import unfolded
from derive.kernel.statistics import bounded, grid
from derive.kernel.statistics.bounded import unrestricted
from derive.kernel.statistics.looks import FALSE_ALARM, ONE_LOOK, POWER, require_admissible
from derive.kernel.statistics.radii import product_of_means
from derive.kernel.terms import ZERO, free_letters, rational_value
from derive.kernel.verdict import NotAdmitted

RELATIONS = ("~~", "<", "<=", ">", ">=", "!=")
BITS = 96
OUTWARDS = 1e-9
"""Relative room for the rounding of floats."""
SAMPLED = "#average"
NAMES = {"full_grid": "full-grid estimate", "tilt": "full-grid estimate from a tilted law"}


@dataclass(frozen=True, slots=True)
class Grid:
    """E P^2 for the product P of ``factors`` members of a family of mean 0."""

    law: str
    factors: int
    variance: float


def sampled(claim: Claim, evidence: Sampled) -> str:
    """What the sample says, in one sentence. Raises NotAdmitted where it does not support the claim."""
    relation, average = the_average(claim)
    facts = facts_of(claim.scope)
    if evidence.estimator == "bounded_mean":
        low, high, words = _of_bounded(average, evidence, facts)
    else:
        low, high, words = _of_grid(average, evidence, facts)
    if not _holds_between(relation, average, low, high):
        raise NotAdmitted(
            f"the sample puts the value between {low:.4g} and {high:.4g}, which does not settle the claim"
        )
    return (
        f"{words}; seed {evidence.seed}: between {low:.4g} and {high:.4g}; that any of the admissible seeds and sizes misleads has "
        f"probability at most {FALSE_ALARM:.0e}"
    )


# -------------------------------------------------------------------------------------------------- what is estimated


def the_average(claim: Claim) -> tuple[Relation, Term]:
    """The relation with definitions put in, and the one average in it. Raises NotAdmitted."""
    if claim.relation not in RELATIONS:
        raise NotAdmitted("no sample tells a number from its neighbours: claim an approximation or a bound")
    facts = facts_of(claim.scope)
    relation = Relation(unfolded(claim.lhs, facts), claim.relation, unfolded(claim.rhs, facts))
    found = set(_averages(relation.lhs)) | set(_averages(relation.rhs))
    if len(found) != 1:
        raise NotAdmitted("a sample estimates one average, here is another number of them")
    return relation, found.pop()


def _averages(term: Term) -> Iterator[Term]:
    """The outermost averages."""
    if term.head in AVERAGES or term.head == "expect_given":
        yield term
        return
    for arg in term.args:
        yield from _averages(arg)


def grid_of(average: Term, facts: Facts) -> Grid | None:
    """E P^2, Var P, or E of the product of the squares, for a product P of numeral length over an independent family of mean 0."""
    if average.head not in ("expect", "variance"):
        return None
    inner, squares = average.args[0], int(average.head == "variance")
    if inner.head == "pow" and rational_value(inner.args[1]) == 2:
        inner, squares = inner.args[0], squares + 1
    if inner.head != "prod":
        return None
    body, letter, *ends = inner.args
    if body.head == "pow" and rational_value(body.args[1]) == 2:
        body, squares = body.args[0], squares + 1
    lower, upper = (rational_value(end) for end in ends)
    if squares != 1 or body.head != "index" or body.args[1] != letter or lower is None or upper is None:
        return None
    if lower.denominator != 1 or upper.denominator != 1 or upper < lower:
        return None
    found = _centred(str(body.args[0].value), facts)
    return None if found is None else Grid(found[0], int(upper - lower) + 1, found[1])


def _centred(family: str, facts: Facts) -> tuple[str, float] | None:
    """(law, variance) of an independent family of mean 0 that nothing else restricts."""
    try:
        require_free_laws(facts)
        declaration, law = law_of(family, facts)
    except NoNormalForm:
        return None
    variance = rational_value(law.variance)
    plain = declaration.family and unrestricted(declaration) and not law.parameters
    if not plain or law.mean != ZERO or variance is None or variance <= 0:
        return None
    return law.name, float(variance)


# -------------------------------------------------------------------------------------------------------- the intervals


def _of_grid(average: Term, evidence: Sampled, facts: Facts) -> tuple[float, float, str]:
    what = grid_of(average, facts)
    spread = None if what is None else grid.SPREADS.get((evidence.estimator, what.law))
    if what is None or spread is None:
        raise NotAdmitted(f"{evidence.estimator} does not estimate this")
    require_admissible(evidence.seed, evidence.draws, what.factors * evidence.draws)
    sure = product_of_means(spread, what.factors, evidence.draws, ONE_LOOK)
    usual = product_of_means(spread, what.factors, evidence.draws, POWER)
    if sure is None or usual is None:
        raise NotAdmitted("too few draws for so many factors")
    found = grid.log_estimate(evidence.estimator, what.law, what.factors, evidence.draws, evidence.seed)
    scale = what.factors * log(what.variance)
    low, high = (exp(found + scale - log(end)) for end in (sure[1], sure[0]))
    factor = max(usual[1] / sure[0], sure[1] / usual[0])
    words = (
        f"{NAMES[evidence.estimator]} of the mean square of {what.factors} {what.law} factors, {evidence.draws} draws of each, a number "
        f"chosen beforehand (kappa = {spread.kappa:.4g}); a factor of {factor:.3g} would be noticed with probability 0.999"
    )
    return low * (1 - OUTWARDS), high * (1 + OUTWARDS), words


def _of_bounded(average: Term, evidence: Sampled, facts: Facts) -> tuple[float, float, str]:
    what = bounded.experiment(average, facts)
    low, high = bounded.interval(what, evidence.draws, evidence.seed, ONE_LOOK)
    width = what.high - what.low
    far = ((ONE_LOOK / (2 * evidence.draws)) ** 0.5 + (POWER / (2 * evidence.draws)) ** 0.5) * width
    room = OUTWARDS * width
    words = (
        f"plain sampling of a quantity between {what.low:.4g} and {what.high:.4g}, {evidence.draws} draws, a number chosen beforehand; "
        f"a deviation of {far:.2g} would be noticed with probability 0.999"
    )
    return low - room, high + room, words


# -------------------------------------------------------------------------------------------------- what follows from it


def _holds_between(relation: Relation, average: Term, low: float, high: float) -> bool:
    """The relation holds whatever value between the two the average has."""
    sides = [_put(side, average) for side in (relation.lhs, relation.rhs)]
    if any(free_letters(side) - {SAMPLED} for side in sides):
        raise NotAdmitted("a free letter")
    with ctx.workprec(BITS):
        bound = {SAMPLED: arb(low).union(arb(high))}
        try:
            left, right = (value_of(side, Place(BALLS, {}, Budget(), BITS, bound)) for side in sides)  # type: ignore[arg-type]
        except Undefined as reason:
            raise NotAdmitted(f"not defined on the whole interval: {reason}") from None
        if relation.relation != "~~":
            return truth_of(relation.relation, left, right) is True
        known = decimal_tolerance(relation.rhs)
        if known is None or not isinstance(left, arb):
            raise NotAdmitted("the right side is no numeral")
        return bool(abs(left - arb(rational(known[0]))) <= arb(rational(known[1])))


def _put(term: Term, average: Term) -> Term:
    if term == average:
        return Term("symbol", (), SAMPLED)
    return Term(term.head, tuple(_put(arg, average) for arg in term.args), term.value)
