"""Events about products of independent factors with finitely many values, against enumeration; and conditional means of products of
independent letters of which only two moments are known.
"""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import product
from math import prod

import pytest

from derive.checkers import search
from derive.core import Claim
from derive.formula.claims import read_claim

RELATIONS = {
    "=": lambda gap: gap == 0,
    "<": lambda gap: gap < 0,
    r"\le": lambda gap: gap <= 0,
    ">": lambda gap: gap > 0,
    r"\ge": lambda gap: gap >= 0,
}


def text(q: Fraction) -> str:
    sign = "-" if q < 0 else ""
    return f"{sign}\\frac{{{abs(q.numerator)}}}{{{q.denominator}}}" if q.denominator != 1 else str(q)


def instance(seed: int) -> tuple[str, str, Fraction]:
    """(event, law, its probability by enumeration)."""
    draw = random.Random(seed)
    values = draw.sample([Fraction(k, d) for k in (-3, -2, -1, 0, 1, 2, 3) for d in (1, 2)], 3)
    values = list(dict.fromkeys(values))
    weights = [draw.randint(1, 4) for _ in values]
    chances = [Fraction(w, sum(weights)) for w in weights]
    n, relation = draw.randint(1, 4), draw.choice(list(RELATIONS))
    modulus, square = draw.random() < 0.5, draw.random() < 0.3
    reached = draw.choice([prod(draw.choices(values, k=n)), Fraction(draw.randint(-2, 3), 2)])
    level = abs(reached) if modulus else reached
    total = Fraction(0)
    for outcome in product(range(len(values)), repeat=n):
        drawn = [values[i] for i in outcome]
        found = prod(drawn) * (drawn[0] if square else 1)
        found = abs(found) if modulus else found
        total += prod(chances[i] for i in outcome) if RELATIONS[relation](found - level) else 0
    inner = rf"\prod_{{i=1}}^{{{n}}} w_i" + (" w_1" if square else "")
    inner = rf"w_1 \prod_{{i=1}}^{{{n}}} w_i" if square else inner
    quantity = rf"\left\lvert {inner} \right\rvert" if modulus else inner
    law = ", ".join(f"{text(x)}: {text(p)}" for x, p in zip(values, chances, strict=True))
    return rf"\Pr\left[ {quantity} {relation} {text(level)} \right]", f"w_i ~ iid finite({law})", total


@pytest.mark.parametrize("seed", range(40))
def test_against_enumeration(seed: int) -> None:
    event, law, chance = instance(seed)
    assert search(read_claim(f"{event} = {text(chance)}", law)).proof is not None
    off = chance + Fraction(1, 10**9)
    assert search(read_claim(f"{event} = {text(off)}", law)).proof is None


DEPENDENT = "X ~ finite(-1: 1/2, 1: 1/2); Y ~ finite(-1: 1/2, 1: 1/2)"


@pytest.mark.parametrize(
    ("latex", "given"),
    [
        (
            r"\Pr[w_1 X = 1] = \frac{1}{2}",
            "w_i ~ iid finite(-1: 1/2, 1: 1/2); X ~ finite(-1: 1/2, 1: 1/2)",
        ),  # may be tied
        (r"\Pr[w_1 + w_2 = 0] = \frac{1}{4}", "w_i ~ iid finite(-1: 1/2, 1: 1/2)"),  # a sum, and false
        (r"\Pr[X Y = 1] = \frac{1}{2}", DEPENDENT),
    ],
)
def test_what_is_not_proved(latex: str, given: str) -> None:
    assert search(read_claim(latex, given)).proof is None


def test_ten_factors_cost_little() -> None:
    law = "w_i ~ iid finite(-1/2: 1/2, 1: 1/4, 0: 1/4)"
    claim = read_claim(r"\Pr\left[ \lvert \prod_{i=1}^{60} w_i \rvert = 1 \right] = \frac{1}{4^{60}}", law)
    assert search(claim).proof is not None


def apart(latex: str, *, independent: bool) -> Claim:
    word = "; X, Y independent" if independent else ""
    return read_claim(latex, f"v > 0; q > 0; X ~ moments(mean=0, var=q); Y ~ moments(mean=0, var=v){word}")


def test_conditional_means_of_independent_letters() -> None:
    """Each has its own second moment; of letters that may be tied the product of four need not exist, nor of one alone the fourth."""
    formula = r"\operatorname{E}[X^2 Y^2 \mid X] = v X^2"
    assert search(apart(formula, independent=True)).proof is not None
    assert search(apart(formula, independent=False)).proof is None
    for cubed in (r"\operatorname{E}[X^3 Y^2 \mid X] = v X^3", r"\operatorname{E}[X^2 Y^4 \mid X] = v^2 X^2"):
        assert search(apart(cubed, independent=True)).proof is None
    wrong = r"\operatorname{E}[X^2 Y^2 \mid X] = v X"
    assert search(apart(wrong, independent=True)).proof is None
