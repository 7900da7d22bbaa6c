"""The usual laws of ``notes/instances``: their densities integrate to 1 and have the means of the textbooks, and the values of special
functions are those of Python's."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest

from derive.checking import check_formula
from derive.core import Status
from derive.notes.instances.densities import FAMILIES, VARIATE, Density, written
from derive.notes.instances.laws import even_laws, general_laws, independent_laws
from derive.notes.instances.named_laws import law_in
from derive.notes.instances.special_values import beta_at, digamma_at, gamma_at


def status(latex: str) -> Status:
    return check_formula(latex).steps[0].status


def is_close(latex: str, value: float) -> bool:
    return status(rf"\left| {latex} - ({value:.12f}) \right| < 0.0000001") == Status.PROVED


def integral(body: str, density: Density) -> str:
    low = r"-\infty" if density.low is None else written(density.low)
    high = r"\infty" if density.high is None else written(density.high)
    return rf"\int_{{{low}}}^{{{high}}} {body} {density.density.replace(VARIATE, 'x')} \, dx"


X_TIMES = r"x \cdot"
MEANS = {
    "Normal": lambda m, v: m,
    "Gam": lambda a, b: a / b,
    "Exp": lambda rate: 1 / rate,
    "Beta": lambda a, b: a / (a + b),
    "Unif": lambda a, b: (a + b) / 2,
    r"\chi^2": lambda k: k,
}


@pytest.mark.parametrize("name", sorted(MEANS))
def test_a_density_integrates_to_1_and_has_its_mean(name: str) -> None:
    family = FAMILIES[name]
    for numbers in family.numbers[:2]:
        density = family.readings[0](*numbers)
        assert density is not None
        assert status(f"{integral('', density)} = 1") == Status.PROVED
        mean = written(MEANS[name](*numbers))
        assert status(f"{integral(X_TIMES, density)} = {mean}") == Status.PROVED


def test_densities_without_a_known_integral() -> None:
    student = FAMILIES["t"].readings[0](Fraction(3))
    laplace = FAMILIES["Laplace"].readings[0](Fraction(1), Fraction(2))
    lognormal = FAMILIES["LogNormal"].readings[0](Fraction(1), Fraction(4))
    assert student and laplace and lognormal
    at_two = [one.density.replace(VARIATE, "2") for one in (student, laplace, lognormal)]
    ratio = math.gamma(2) / (math.sqrt(3 * math.pi) * math.gamma(1.5))
    assert is_close(at_two[0], ratio * (1 + 4 / 3) ** -2)
    assert is_close(at_two[1], math.exp(-1 / 2) / 4)
    assert is_close(at_two[2], math.exp(-((math.log(2) - 1) ** 2) / 8) / (2 * math.sqrt(8 * math.pi)))


@pytest.mark.parametrize("name", ["Bern", "Bin", "Unif"])
def test_the_chances_of_a_finite_law_sum_to_1(name: str) -> None:
    made = [reading(*numbers) for reading in FAMILIES[name].readings for numbers in FAMILIES[name].numbers]
    finite = [one for one in made if one is not None and one.finite]
    assert finite
    assert all(sum(Fraction(chance) for _, chance in one.atoms) == 1 for one in finite)


def test_parameters_that_no_law_has() -> None:
    assert FAMILIES["Unif"].readings[0](Fraction(2), Fraction(1)) is None
    assert FAMILIES["Gam"].readings[0](Fraction(-1), Fraction(1)) is None
    assert FAMILIES["Bern"].readings[0](Fraction(2)) is None


@pytest.mark.parametrize("twice", [1, 2, 3, 4, 7, 10, 13])
def test_special_functions_have_their_values(twice: int) -> None:
    x = Fraction(twice, 2)
    slope = (math.lgamma(x + Fraction(1, 10**5)) - math.lgamma(x - Fraction(1, 10**5))) * 10**5 / 2
    assert is_close(gamma_at(x), math.gamma(x))
    assert status(rf"\left| {digamma_at(x)} - ({slope:.12f}) \right| < 0.00001") == Status.PROVED
    assert is_close(beta_at(x, Fraction(2)), math.gamma(x) / math.gamma(x + 2))


@pytest.mark.parametrize(
    ("latex", "name"),
    [
        (r"\mathcal{N}(\mu, \sigma^2)", "N"),
        (r"\text{Beta}(a, b)", "Beta"),
        (r"\chi^2(k)", r"\chi^2"),
        (r"\chi^2_k", r"\chi^2"),
        (r"N", ""),
        (r"g(x)", ""),
    ],
)
def test_laws_by_name(latex: str, name: str) -> None:
    found = law_in(latex)
    assert (found[0] if found else "") == name


def test_small_laws_are_laws_and_no_more_than_what_they_are_called() -> None:
    sizes = {"x": 2, "y": 3}
    for laws in (general_laws, independent_laws, even_laws):
        for law in laws(sizes, 1):
            assert sum(law.weights.values()) == 1
            assert min(law.weights.values()) > 0
    assert all(
        law.weights[(i, j)] == law.probability(lambda c, i=i: c["x"] == i) * law.probability(lambda c, j=j: c["y"] == j)
        for law in independent_laws(sizes, 0)
        for i in range(2)
        for j in range(3)
    )
    assert any(
        law.weights[(0, 0)] != law.probability(lambda c: c["x"] == 0) * law.probability(lambda c: c["y"] == 0)
        for law in general_laws(sizes, 0)
    )
    for law in even_laws({"x": 2, "y": 2, "z": 2}, 0):
        assert {law.probability(lambda c, n=n, k=k: c[n] == k) for n in "xyz" for k in range(2)} == {Fraction(1, 2)}
