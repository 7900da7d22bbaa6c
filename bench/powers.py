"""Powers and spectra of explicit matrices: W^t with rigorous entries, the spectral radius, the certificate of a diagonalisation.

python bench/powers.py    # prints the two targets of DESIGN section 5, rung 4, and the growth for d = 2, 4, ..., 64
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from fractions import Fraction

from flint import fmpq_mat

from derive.core import Matrix, Term
from derive.kernel.balls import compute
from derive.kernel.diagonalisation import diagonalises
from derive.kernel.terms import number, power, symbol

SIZES = (2, 4, 8, 10, 16, 32, 50, 64)
EXPONENT = 10**6
REPEATS = 5


def stochastic(d: int, seed: int = 0) -> Matrix:
    """A generic matrix with row sums 1, whose powers neither vanish nor explode."""
    rng = random.Random(seed)
    rows = [[rng.randint(1, 9) for _ in range(d)] for _ in range(d)]
    return Matrix(tuple(tuple(Fraction(x, sum(row)) for x in row) for row in rows))


def diagonalised(d: int, seed: int = 0) -> tuple[fmpq_mat, fmpq_mat, fmpq_mat]:
    """(W, V, D) with W V = V D, V unimodular and not normal."""
    rng = random.Random(seed)
    low = fmpq_mat([[rng.randint(-1, 1) if j < i else int(i == j) for j in range(d)] for i in range(d)])
    up = fmpq_mat([[rng.randint(-1, 1) if j > i else int(i == j) for j in range(d)] for i in range(d)])
    V = low * up
    D = fmpq_mat([[k + 1 if k == j else 0 for j in range(d)] for k in range(d)])
    return V * D * V.inv(), V, D


def best_of(run: Callable[[], object]) -> float:
    """Milliseconds."""
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return 1000 * min(times)


def main() -> None:
    print(f"{'d':>4} {'W^t, t = 10^6':>15} {'spectral radius':>17} {'W V = V D':>12}   (ms, best of {REPEATS})")
    radius = Term("spectral_radius", (symbol("W"),))
    for d in SIZES:
        env = {"W": stochastic(d)}
        grown = best_of(lambda env=env: compute(power(symbol("W"), number(EXPONENT)), env, 64))
        largest = best_of(lambda env=env: compute(radius, env, 64))
        W, V, D = diagonalised(d)
        assert diagonalises(W, V, D)
        certified = best_of(lambda W=W, V=V, D=D: diagonalises(W, V, D))
        print(f"{d:>4} {grown:>15.2f} {largest:>17.2f} {certified:>12.2f}")


if __name__ == "__main__":
    main()
