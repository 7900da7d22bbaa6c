"""A 64 by 64 matrix of Gaussian numbers, taken exactly as the dyadic rationals that the doubles are.

    python bench/spectrum64.py          or  --size 32, --seed 1

Times the command ``derive vanishing --matrix FILE`` in a new process, from reading the file to the finished page, and the
analysis of the spectrum alone; prints the spectral radius with the digits that its enclosure certifies.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from fractions import Fraction
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from derive.authoring import decimal  # noqa: E402
from derive.core import Matrix  # noqa: E402
from derive.topics.vanishing.spectrum import Analysis, analyse  # noqa: E402
from derive.topics.vanishing.tables import certified_digits  # noqa: E402

Rows = list[list[float]]


def gaussian(size: int, seed: int) -> Rows:
    """Entries of variance 1/size, so that the spectral radius is about 1."""
    random = Random(seed)
    return [[random.gauss(0, 1) / size**0.5 for _ in range(size)] for _ in range(size)]


def exact(rows: Rows) -> Matrix:
    return Matrix(tuple(tuple(Fraction(entry) for entry in row) for row in rows))


def analysed(matrix: Matrix) -> tuple[Analysis, float]:
    start = time.perf_counter()
    analysis = analyse(matrix)
    return analysis, time.perf_counter() - start


def handout(rows: Rows) -> tuple[int, float, str]:
    """Exit code, wall seconds and summary line of the command; the doubles travel as ``.npy``, without loss."""
    import numpy

    with TemporaryDirectory() as folder:
        path = Path(folder) / "W.npy"
        numpy.save(path, numpy.array(rows), allow_pickle=False)
        start = time.perf_counter()
        run = subprocess.run(
            [sys.executable, "-m", "derive", "vanishing", "--matrix", str(path)],
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        return run.returncode, time.perf_counter() - start, run.stderr.strip()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--size", type=int, default=64)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    rows = gaussian(arguments.size, arguments.seed)
    analysis, alone = analysed(exact(rows))
    code, seconds, summary = handout(rows)
    digits = certified_digits(analysis.radius)
    print(f"matrix: {arguments.size} by {arguments.size}, Gaussian, seed {arguments.seed}, exact dyadic entries")
    print(f"derive vanishing --matrix: {seconds:.2f} s in a new process, exit code {code}")
    print(f"  {summary}")
    print(f"analysis of the spectrum alone: {alone:.2f} s")
    print(f"spectral radius: {decimal(analysis.radius, min(digits, 50))}, {digits} digits certified")
    return code


if __name__ == "__main__":
    sys.exit(main())
