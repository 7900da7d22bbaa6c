"""The expectation of a product of functions of one random number."""

from __future__ import annotations

from flint import fmpq

from derive.core import Law, Term
from derive.kernel import laws
from derive.kernel.expectation import formulas
from derive.kernel.expectation.formulas import Moment
from derive.kernel.expectation.integrable import growth_of, require_integrable, total
from derive.kernel.expectation.randomness import law_of, put_outcome, random_in
from derive.kernel.facts import Facts, linear_form
from derive.kernel.normal import NoNormalForm, Normaliser
from derive.kernel.ratio import Ratio
from derive.kernel.support import atoms_of
from derive.kernel.terms import ONE, ZERO, add, mul, number, power, sub

Factors = dict[int, int]
"""Numbers of generators, with their exponents (negative below a fraction bar)."""

LARGEST_TILT = 6


class InfiniteMean(NoNormalForm):
    """A factor that is not negative has an infinite mean."""


def letter_mean(normaliser: Normaliser, name: str, factors: Factors, facts: Facts) -> Ratio:
    """E of a product of functions of one random letter, or of one member of a random family. Raises NoNormalForm."""
    _, law = law_of(name, facts)
    try:
        return _by_formula(normaliser, law, factors, facts)
    except NoNormalForm as reason:
        listed = atoms_of(law)
        if listed is None:
            return _atom_or(normaliser, factors, facts, reason)
    return _listed(normaliser, name, listed, factors, facts)


def _atom_or(normaliser: Normaliser, factors: Factors, facts: Facts, reason: NoNormalForm) -> Ratio:
    """An atom, or the reason why there is no formula."""
    try:
        return mean_atom(normaliser, factors, facts)
    except NoNormalForm:
        raise reason from None


def _by_formula(normaliser: Normaliser, law: Law, factors: Factors, facts: Facts) -> Ratio:
    degree, tilts, powers, others = 0, {}, {}, {}
    for i, exponent in factors.items():
        generator = normaliser.generators[i]
        if generator.term.head in ("symbol", "index"):
            degree += exponent
        elif generator.tag == "exp":
            tilts[i] = exponent
        elif generator.tag == "pow" and generator.data[0].head in ("symbol", "index"):  # type: ignore[attr-defined]
            powers[i] = exponent
        else:
            others[i] = exponent
    if others:
        if len(others) < len(factors):
            raise NoNormalForm("no table of the expectation of such a product")
        return _special(normaliser, law, others, facts)
    if powers:
        if tilts:
            raise NoNormalForm("a symbolic power beside an exponential")
        return _symbolic(normaliser, law, degree, powers, facts)
    if tilts:
        return _tilted(normaliser, law, degree, tilts, facts)
    return _value(normaliser, formulas.moment(law, degree), facts)


def _value(normaliser: Normaliser, found: Moment, facts: Facts) -> Ratio:
    for term in found.positive:
        if not strictly_positive(term, facts):
            raise NoNormalForm("an expectation that is finite under a condition only, which is not known to hold")
    for term in found.finite:
        if not strictly_positive(term, facts):
            if facts.non_negative(Term("neg", (term,))):
                raise InfiniteMean("an expectation that is infinite")
            raise NoNormalForm("an expectation that is finite under a condition only, which is not known to hold")
    for term in found.nonzero:
        if not _nonzero(normaliser, term, facts):
            raise NoNormalForm("a law or a formula for it that degenerates where something vanishes")
    return normaliser.value(found.value, facts)


def strictly_positive(term: Term, facts: Facts) -> bool:
    """Also where it is known not to be negative, and its root, which was a divisor, not to vanish."""
    if facts.positive(term):
        return True
    form = linear_form(term)
    roots = (other.args[0] for other in facts.non_zero if other.head == "sqrt")
    return facts.non_negative(term) and (facts.nonzero(term) or any(linear_form(inner) == form for inner in roots))


def _nonzero(normaliser: Normaliser, term: Term, facts: Facts) -> bool:
    if facts.nonzero(term):
        return True
    constant = normaliser.reduce(normaliser.value(term, facts)).constant()
    return constant is not None and constant != 0


def _symbolic(normaliser: Normaliser, law: Law, degree: int, powers: Factors, facts: Facts) -> Ratio:
    """E X^s for a symbolic s, by the law."""
    return _symbolic_power(normaliser, law, _exponent(normaliser, degree, powers, facts), facts)


def _exponent(normaliser: Normaliser, degree: int, powers: Factors, facts: Facts) -> Ratio:
    exponent = normaliser.constant(degree)
    for i, count in powers.items():
        data = normaliser.generators[i].data[1]
        assert isinstance(data, Term)
        exponent += normaliser.value(data, facts) * normaliser.constant(count)
    return exponent


def _symbolic_power(normaliser: Normaliser, law: Law, exponent: Ratio, facts: Facts) -> Ratio:
    whole = normaliser.ratio_term(normaliser.reduce(exponent))
    half = normaliser.ratio_term(normaliser.reduce(exponent / normaliser.constant(2)))
    if facts.kind(whole) != "integer" or not facts.non_negative(whole):
        raise NoNormalForm("a power of a random letter that is not a whole number")
    if facts.kind(half) == "integer" or law.name != "gaussian":
        return _value(normaliser, formulas.symbolic_moment(law, whole, half), facts)
    below = normaliser.ratio_term(normaliser.reduce((exponent - normaliser.constant(1)) / normaliser.constant(2)))
    if facts.kind(below) != "integer":
        raise NoNormalForm("a power of a Gaussian letter that is neither visibly even nor visibly odd")
    return _value(normaliser, formulas.symbolic_moment(law, whole, None), facts)


def _tilted(normaliser: Normaliser, law: Law, degree: int, tilts: Factors, facts: Facts) -> Ratio:
    """E X^k exp(s X^2 + c X)."""
    argument = normaliser.constant(0)
    for i, count in tilts.items():
        base, denominator = normaliser.generators[i].data
        assert isinstance(base, Ratio) and isinstance(denominator, int)
        argument += base * normaliser.constant(count) / normaliser.constant(denominator)
    order, argument = _power_within(normaliser, normaliser.reduce(argument), facts)
    if order is not None:
        if not argument.is_zero:
            raise NoNormalForm("a symbolic power beside an exponential")
        return _symbolic_power(normaliser, law, normaliser.constant(degree) + order, facts)
    parts = _coefficients(normaliser, argument, facts)
    if set(parts) - {1, 2} or not 0 <= degree <= LARGEST_TILT:
        raise NoNormalForm("no table of the expectation of this exp of a random letter")
    slope = parts.get(1, ZERO)
    if 2 in parts:
        if law.name != "gaussian" or degree:
            raise NoNormalForm("no table of the expectation of this exp of a random letter")
        return _value(normaliser, formulas.gaussian_square(law, parts[2], slope), facts)
    return _value(normaliser, formulas.exponential_moment(law, degree, slope), facts)


def _power_within(normaliser: Normaliser, argument: Ratio, facts: Facts) -> tuple[Ratio | None, Ratio]:
    """(s, rest) where the exponential of the argument is X^s exp(rest), for a positive letter X; (None, argument) else."""
    logs = [i for i, g in enumerate(normaliser.generators) if g.tag == "log" and random_in(g.term, facts.scope)]
    used = [i for i in logs if argument.num.degrees()[i]]
    if len(used) != 1 or normaliser.generators[used[0]].term.args[0].head not in ("symbol", "index"):
        return None, argument
    log = Ratio(normaliser.ring.gen(used[0]), normaliser.ring.constant(1))
    inside_: dict[tuple[int, ...], fmpq] = {}
    for exponents, coefficient in argument.num.to_dict().items():
        if exponents[used[0]] == 1:
            inside_[tuple(0 if i == used[0] else int(d) for i, d in enumerate(exponents))] = coefficient
        elif exponents[used[0]]:
            return None, argument
    order = Ratio(normaliser.ring.from_dict(inside_), argument.den)
    if random_in(normaliser.ratio_term(order), facts.scope):
        return None, argument
    return order, normaliser.reduce(argument - order * log)


def _coefficients(normaliser: Normaliser, argument: Ratio, facts: Facts) -> dict[int, Term]:
    """Of a polynomial in the one random letter: the coefficient of each power that occurs."""
    scope = facts.scope
    random = [i for i, g in enumerate(normaliser.generators) if random_in(g.term, scope)]
    if any(argument.den.degrees()[i] for i in random):
        raise NoNormalForm("an exponential of a quotient with a random denominator")
    total_: dict[int, Ratio] = {}
    for exponents, coefficient in argument.num.to_dict().items():
        used = [i for i in random if exponents[i]]
        if any(normaliser.generators[i].term.head not in ("symbol", "index") for i in used):
            raise NoNormalForm("no table of the expectation of this exp of a random letter")
        degree = sum(int(exponents[i]) for i in used)
        outer = tuple(0 if i in used else int(d) for i, d in enumerate(exponents))
        part = Ratio(normaliser.ring.from_dict({outer: coefficient}), argument.den)
        total_[degree] = total_[degree] + part if degree in total_ else part
    return {degree: normaliser.ratio_term(normaliser.reduce(part)) for degree, part in total_.items()}


def _special(normaliser: Normaliser, law: Law, factors: Factors, facts: Facts) -> Ratio:
    """E of |u|, max(0, u), ln|u| or (ln|u|)^2 for u = c w + d of mean zero, and of ln w for a uniform w."""
    if len(factors) != 1:
        raise NoNormalForm("no table of the expectation of such a product")
    (number_, exponent), *_ = factors.items()
    shape, inner = _shape(normaliser.generators[number_].term)
    if shape == "log" and exponent == 1 and law.name == "uniform" and len(law.parameters) == 2:
        return _value(normaliser, _uniform_logarithm(*law.parameters), facts)
    if law.name not in laws.NAMED or shape in ("log", "other"):
        raise NoNormalForm("no table of this moment")
    deviation = _centred_deviation(normaliser, law, inner, facts)
    normaliser.trust.add("axiom:absolute_moments")
    if shape in ("absolute", "positive part") and exponent == 1:
        whole = normaliser.value(mul(deviation, laws.absolute_moment(law.name)), facts)
        return whole if shape == "absolute" else whole / normaliser.constant(2)
    if shape == "logarithm" and exponent in (1, 2):
        mean = normaliser.value(Term("add", (Term("log", (deviation,)), laws.log_moment(law.name))), facts)
        if exponent == 1:
            return mean
        return mean * mean + normaliser.value(laws.log_variance(law.name), facts)
    raise NoNormalForm("no table of this moment")


def _centred_deviation(normaliser: Normaliser, law: Law, inner: Term, facts: Facts) -> Term:
    """The standard deviation of c w + d, whose mean is zero."""
    parts = _coefficients(normaliser, normaliser.reduce(normaliser.value(inner, facts)), facts)
    slope = parts.get(1, ZERO)
    mean = add(mul(slope, law.mean), parts.get(0, ZERO))
    if set(parts) - {0, 1} or not normaliser.reduce(normaliser.value(mean, facts)).is_zero:
        raise NoNormalForm("absolute and logarithmic moments are tabled for named laws with mean zero")
    return Term("sqrt", (mul(power(slope, number(2)), law.variance) if slope != ONE else law.variance,))


def _uniform_logarithm(a: Term, b: Term) -> Moment:
    top = sub(mul(b, Term("log", (b,))), mul(a, Term("log", (a,))))
    return Moment(sub(Term("div", (top, sub(b, a))), ONE), (a,), (sub(b, a),))


def _shape(term: Term) -> tuple[str, Term]:
    """Which function of which argument it is."""
    inner = term.args[0] if term.args else term
    if term.head == "abs":
        return "absolute", inner
    if term.head == "log":
        return ("log", inner) if inner.head in ("symbol", "index") else _logarithm(inner)
    if term.head == "max" and len(term.args) == 2 and ZERO in term.args:
        return "positive part", term.args[1] if inner == ZERO else inner
    return "other", inner


def _logarithm(inner: Term) -> tuple[str, Term]:
    return ("logarithm", inner.args[0]) if inner.head == "abs" else ("other", inner)


def _listed(
    normaliser: Normaliser, name: str, atoms: tuple[tuple[Term, Term], ...], factors: Factors, facts: Facts
) -> Ratio:
    """E f(X) = sum of p f(x) over the values of a finite law."""
    body, whole = product_term(normaliser, factors), normaliser.constant(0)
    for value, weight in atoms:
        at = normaliser.value(put_outcome(body, name, value), facts)
        whole += normaliser.value(weight, facts) * at
    return normaliser.reduce(whole)


def product_term(normaliser: Normaliser, factors: Factors) -> Term:
    """The product as a term."""
    parts = [(normaliser.generators[i].term, exponent) for i, exponent in factors.items()]
    return mul(*(term if exponent == 1 else power(term, number(exponent)) for term, exponent in parts))


def mean_atom(normaliser: Normaliser, factors: Factors, facts: Facts) -> Ratio:
    """An expectation that exists and of which nothing else is known."""
    parts = [(growth_of(normaliser.generators[i].term, facts), exponent) for i, exponent in factors.items()]
    if any(exponent < 0 for _, exponent in parts):
        raise NoNormalForm("the expectation of a quotient with a random denominator")
    require_integrable(total([{n: d * e for n, d in growth.items()} for growth, e in parts]), facts)
    body, monomial = product_term(normaliser, factors), normaliser.constant(1)
    for i, exponent in factors.items():
        monomial *= Ratio(normaliser.ring.gen(i), normaliser.ring.constant(1)) ** exponent
    real = all(normaliser.generators[i].real for i in factors)
    return normaliser.generator(("mean", normaliser.key(monomial)), "mean", Term("expect", (body,)), real)
