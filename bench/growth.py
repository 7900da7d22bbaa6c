"""What a claim costs as it grows: no cliff on the way from 10 terms to 1,000, and none with the size of matrices.

    python bench/growth.py            every family
    python bench/growth.py fractions  one of them

``proved`` with the time of search and admission together; or the reason why it was not decided. ``growth`` is the exponent
p in time ~ n^p between a row and the one before it.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from fractions import Fraction
from math import log

from derive.checkers import search
from derive.core import Claim, Declaration, Scope, Term
from derive.formula.claims import read_claim
from derive.kernel import admit
from derive.kernel.terms import add, mul, number, power, symbol

SIZES = (10, 30, 100, 300, 1000)
DIMENSIONS = (2, 4, 8, 16, 32, 64)

X, Y = symbol("x"), symbol("y")
REALS = Scope((Declaration("x"), Declaration("y")))
MATRICES = Scope(
    (
        Declaration("A", shape=("d", "d"), properties=("invertible",)),
        Declaration("B", shape=("d", "d"), properties=("invertible",)),
    )
)


def sums_of_powers(n: int) -> Claim:
    """x + x^2 + ... + x^n, summed from either end, times a factor on one side and inside on the other."""
    terms = [power(X, number(k)) for k in range(1, n + 1)]
    return Claim(mul(Y, add(*terms)), "=", add(*(mul(Y, term) for term in reversed(terms))), REALS)


def many_letters(n: int) -> Claim:
    """x_1 + ... + x_n in two orders."""
    letters = [symbol(f"x_{k}") for k in range(n)]
    return Claim(add(*letters), "=", add(*reversed(letters)), Scope(tuple(Declaration(f"x_{k}") for k in range(n))))


def products(n: int) -> Claim:
    """x y x y ... = x^a y^b."""
    return Claim(
        mul(*[(X, Y)[k % 2] for k in range(n)]),
        "=",
        mul(power(X, number((n + 1) // 2)), power(Y, number(n // 2))),
        REALS,
    )


def sums_of_products(n: int) -> Claim:
    """x(x+1) + (x+1)(x+2) + ...: one pair of parentheses a term."""
    pairs = [mul(add(X, number(k)), add(X, number(k + 1))) for k in range(n)]
    spread = [add(power(X, number(2)), mul(number(2 * k + 1), X), number(k * (k + 1))) for k in range(n)]
    return Claim(add(*pairs), "=", add(*spread), REALS)


def fractions(n: int) -> Claim:
    """The continued fraction 1 + 1/(1 + 1/(... + 1/x)) against a quotient of linear forms; as deep as it is long."""
    nested, a, b, c, d = X, 1, 0, 0, 1  # nested = (a x + b) / (c x + d)
    for _ in range(n):
        nested = add(number(1), Term("div", (number(1), nested)))
        a, b, c, d = a + c, b + d, a, b
    quotient = Term("div", (add(mul(number(a), X), number(b)), add(mul(number(c), X), number(d))))
    return Claim(
        nested,
        "=",
        quotient,
        Scope((Declaration("x", where=read_claim("x > 0", "x > 0").scope.declarations[0].where),)),
    )


def partial_fractions(n: int) -> Claim:
    """1/(k x) summed over k: one denominator in the end, which must not be multiplied together again and again."""
    harmonic = sum((Fraction(1, k) for k in range(1, n + 1)), Fraction(0))
    terms = [Term("div", (number(1), mul(number(k), X))) for k in range(1, n + 1)]
    return Claim(add(*terms), "=", Term("div", (number(harmonic), X)), REALS)


def trigonometric(n: int) -> Claim:
    """sin^2 + cos^2 of n different arguments."""
    squares = [
        power(Term(head, (mul(number(k), Y) if k > 1 else Y,)), number(2))
        for k in range(1, n // 2 + 1)
        for head in ("sin", "cos")
    ]
    return Claim(add(*squares), "=", number(n // 2), REALS)


def exponentials(n: int) -> Claim:
    """e^x e^(2x) ... e^(nx)."""
    factors = [Term("exp", (mul(number(k), X),)) for k in range(1, n + 1)]
    return Claim(mul(*factors), "=", Term("exp", (mul(number(n * (n + 1) // 2), X),)), REALS)


def matrix_words(n: int) -> Claim:
    """(A B A B ...)^T = ... B^T A^T B^T A^T."""
    word = [symbol("AB"[k % 2]) for k in range(n)]
    return Claim(
        Term("transpose", (mul(*word),)),
        "=",
        mul(*(Term("transpose", (letter,)) for letter in reversed(word))),
        MATRICES,
    )


def matrix_inverses(n: int) -> Claim:
    """A B A B ... (A B A B ...)^{-1} = I, letter by letter."""
    word = [symbol("AB"[k % 2]) for k in range(n)]
    inverse = [power(letter, number(-1)) for letter in reversed(word)]
    return Claim(mul(*word, *inverse), "=", Term("identity"), MATRICES)


def matrix_sums(n: int) -> Claim:
    """A + A^2 + ... + A^n times B, spread out."""
    terms = [power(symbol("A"), number(k)) for k in range(1, n + 1)]
    return Claim(mul(add(*terms), symbol("B")), "=", add(*(mul(t, symbol("B")) for t in reversed(terms))), MATRICES)


def false_sums(n: int) -> Claim:
    """A sum with one wrong coefficient."""
    claim = sums_of_powers(n)
    return Claim(claim.lhs, "=", add(claim.rhs, X), REALS)


def inequalities(n: int) -> Claim:
    """x^2 + ... + x^(2n) >= 0."""
    return Claim(add(*(power(X, number(2 * k)) for k in range(1, n + 1))), ">=", number(0), REALS)


def explicit_matrix(d: int) -> Term:
    """Integers that make it invertible: a unit triangular matrix times its transpose."""
    low = [[1 if i == j else (7 * i + 3 * j) % 5 - 2 if j < i else 0 for j in range(d)] for i in range(d)]
    entries = [[sum(low[i][k] * low[j][k] for k in range(d)) for j in range(d)] for i in range(d)]
    return Term("matrix", tuple(Term("row", tuple(map(number, row))) for row in entries))


def explicit_inverse(d: int) -> Claim:
    W = explicit_matrix(d)
    return Claim(mul(W, power(W, number(-1))), "=", Term("identity"))


def explicit_power(d: int) -> Claim:
    W = explicit_matrix(d)
    return Claim(mul(W, power(W, number(3))), "=", power(W, number(4)))


def explicit_determinant(d: int) -> Claim:
    return Claim(Term("det", (explicit_matrix(d),)), "=", number(1))


FAMILIES: dict[str, tuple[Callable[[int], Claim], tuple[int, ...]]] = {
    **{
        family.__name__: (family, SIZES)
        for family in (
            sums_of_powers,
            many_letters,
            products,
            sums_of_products,
            fractions,
            partial_fractions,
            trigonometric,
            exponentials,
            matrix_words,
            matrix_inverses,
            matrix_sums,
            false_sums,
            inequalities,
        )
    },
    **{family.__name__: (family, DIMENSIONS) for family in (explicit_inverse, explicit_power, explicit_determinant)},
}


def measured(claim: Claim) -> tuple[str, float]:
    """What is said of the claim, and the seconds of computing that it took."""
    start = time.process_time()
    found = search(claim)
    evidence = found.proof or found.refutation or found.support
    said = admit(claim, evidence, found.witness).status.value if evidence else "; ".join(dict.fromkeys(found.tried))
    return said, time.process_time() - start


def main() -> None:
    wanted = sys.argv[1:] or list(FAMILIES)
    print(f"{'family':22}{'n':>6}{'ms':>10}{'growth':>8}  verdict")
    for name in wanted:
        family, sizes = FAMILIES[name]
        before: tuple[int, float] | None = None
        for n in sizes:
            said, seconds = measured(family(n))
            growth = f"{log(seconds / before[1]) / log(n / before[0]):8.1f}" if before else " " * 8
            print(f"{name:22}{n:6}{1000 * seconds:10.1f}{growth}  {said[:150]}", flush=True)
            before = n, seconds


if __name__ == "__main__":
    main()
