"""The named laws, all symmetric about 0 and of variance 1: gaussian N(0,1), uniform on [-sqrt 3, sqrt 3], signs (-1 and 1 with
probability 1/2 each), laplace (density exp(-sqrt 2 |x|)/sqrt 2). Moments in closed form.

Source: N. L. Johnson, S. Kotz, N. Balakrishnan, *Continuous Univariate Distributions*; the tests integrate each again.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import factorial

from derive.core import FiniteLaw, Joint, Term
from derive.kernel.terms import ONE, ZERO, add, mul, number, power

NAMED = ("gaussian", "uniform", "signs", "laplace")

PI = Term("constant", (), "pi")
GAMMA = Term("constant", (), "gamma")
TWO = number(2)
LOG_TWO = Term("log", (TWO,))
LARGEST_ORDER = 10_000

STANDARD_NORMAL = Term("symbol", (), "#Z")
"""A standard Gaussian letter of the kernel's own: P[#Z > z] is the tail of the normal law."""


def even_moment(name: str, k: int) -> Fraction:
    """E w^(2k) at variance 1; times v^k at variance v. Raises ValueError for a law or an order that is not tabled."""
    _refuse(name, k)
    if name == "gaussian":
        return Fraction(factorial(2 * k), 2**k * factorial(k))
    if name == "uniform":
        return Fraction(3**k, 2 * k + 1)
    if name == "laplace":
        return Fraction(factorial(2 * k), 2**k)
    return Fraction(1)


def absolute_moment(name: str, s: int = 1) -> Term:
    """E|w|^s at variance 1, for a whole number s >= 0. Raises ValueError for a law or an order that is not tabled."""
    _refuse(name, s)
    if s % 2 == 0:
        return number(even_moment(name, s // 2))
    if name == "gaussian":
        scale, half = Term("sqrt", (Term("div", (TWO, PI)),)), s // 2
        return mul(number(2**half * factorial(half)), scale) if half else scale
    if name == "uniform":
        return Term("div", (_times(3 ** (s // 2), Term("sqrt", (number(3),))), number(s + 1)))
    if name == "laplace":
        return Term("div", (number(factorial(s)), _times(2 ** (s // 2), Term("sqrt", (TWO,)))))
    return ONE


def _times(factor: int, term: Term) -> Term:
    return term if factor == 1 else mul(number(factor), term)


def log_moment(name: str) -> Term:
    """E ln|w| at variance 1. Raises ValueError for a law that is not tabled."""
    _refuse(name, 0)
    if name == "gaussian":
        return Term("neg", (Term("div", (add(GAMMA, LOG_TWO), TWO)),))
    if name == "uniform":
        return add(Term("log", (Term("sqrt", (number(3),)),)), Term("neg", (ONE,)))
    if name == "laplace":
        return add(Term("neg", (GAMMA,)), Term("neg", (Term("div", (LOG_TWO, TWO)),)))
    return ZERO


def log_variance(name: str) -> Term:
    """The variance of ln|w| (the same at every variance of w). Raises ValueError for a law that is not tabled.

    ln|w|: gaussian, half the logarithm of a chi-square with one degree of freedom, psi'(1/2)/4; uniform and laplace, up to
    sign and shift, an exponential variable and the logarithm of one, psi'(1).
    """
    _refuse(name, 0)
    if name == "gaussian":
        return Term("div", (power(PI, TWO), number(8)))
    if name == "laplace":
        return Term("div", (power(PI, TWO), number(6)))
    return ONE if name == "uniform" else ZERO


def _refuse(name: str, order: int) -> None:
    if name not in NAMED:
        raise ValueError(f"no moments are tabled for the law {name}")
    if not 0 <= order <= LARGEST_ORDER:
        raise ValueError(f"the order of a moment lies between 0 and {LARGEST_ORDER}")


def raw_moment(law: FiniteLaw, k: int) -> Fraction:
    """E w^k of a finite law, exactly."""
    return sum((p * x**k for x, p in law.atoms), Fraction(0))


def is_law(law: FiniteLaw) -> bool:
    """The weights are probabilities: none negative, sum 1."""
    return all(p >= 0 for _, p in law.atoms) and sum((p for _, p in law.atoms), Fraction(0)) == 1


def is_joint_law(law: Joint) -> bool:
    """Each atom has a value for each of the letters, which differ, and the weights are probabilities."""
    fits = len(set(law.names)) == len(law.names) > 0 and all(len(values) == len(law.names) for values, _ in law.atoms)
    return fits and all(p >= 0 for _, p in law.atoms) and sum((p for _, p in law.atoms), Fraction(0)) == 1


def marginal(law: Joint, names: tuple[str, ...]) -> dict[tuple[Fraction, ...], Fraction]:
    """The joint law of some of the letters, as the probability of each of their values that has one."""
    places = [law.names.index(name) for name in names]
    found: dict[tuple[Fraction, ...], Fraction] = {}
    for values, weight in law.atoms:
        if weight:
            key = tuple(values[i] for i in places)
            found[key] = found.get(key, Fraction(0)) + weight
    return found


def is_product(law: Joint, names: tuple[str, ...]) -> bool:
    """These letters are independent under the joint law."""
    single = [marginal(law, (name,)) for name in names]
    found = marginal(law, names)
    for values in product(*(table for table in single)):
        atoms = tuple(value[0] for value in values)
        wanted = Fraction(1)
        for table, value in zip(single, values, strict=True):
            wanted *= table[value]
        if found.get(atoms, Fraction(0)) != wanted:
            return False
    return True
