"""Powers of two taken out before squaring, so that a norm neither overflows nor underflows where its value does neither."""

from __future__ import annotations

from typing import Any

import numpy as np


def power_of_two(moduli: Any) -> Any:
    """One for each matrix, within a factor 2 of its largest modulus; 1 where that is 0 or not finite. Dividing by it is exact
    but for entries too small to matter beside the largest."""
    largest = moduli.max(axis=(-1, -2))
    plain = (largest > 0) & np.isfinite(largest)
    return np.ldexp(1.0, np.frexp(np.where(plain, largest, 1.0))[1] - 1)
