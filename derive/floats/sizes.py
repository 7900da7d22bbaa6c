"""Norms made of entries, and the inner product. A norm moves by at most the norm of what its argument moves by."""

from __future__ import annotations

import numpy as np

from derive.floats.ball import Ball, NoNumericForm, exact, is_complex, mul, rounding, size_of, transpose
from derive.floats.functions import absolute
from derive.floats.scaling import power_of_two

LARGEST_ORDER = 64


def frobenius(a: Ball) -> Ball:
    """The root of the sum of the squared moduli."""
    return norm_of_order(a, 2)


def norm_of_order(a: Ball, p: int | None) -> Ball:
    """(sum |x|^p)^(1/p) over all entries, the largest modulus for p None. Sums, powers and the root lose (n + p + 8) units."""
    if a.kind == "scalar":
        return absolute(a)
    if a.kind != "matrix" or (p is not None and not 1 <= p <= LARGEST_ORDER):
        raise NoNumericForm("a norm of an identity of no stated size, or of no small whole order")
    moduli = abs(a.value)
    blur = 0.0 if exact(a) else np.broadcast_to(a.error, a.value.shape).sum(axis=(-1, -2))
    rows, columns = size_of(a)
    if p is None:
        value = moduli.max(axis=(-1, -2))
        return Ball(value, blur + rounding(value, 8.0))
    scale = power_of_two(moduli)
    value = scale * ((moduli / scale[..., None, None]) ** p).sum(axis=(-1, -2)) ** (1.0 / p)
    return Ball(value, blur + rounding(value, rows * columns + p + 8.0))


def inner(x: Ball, y: Ball) -> Ball:
    """x^T y of real vectors."""
    if is_complex(x.value) or is_complex(y.value):
        raise NoNumericForm("an inner product of complex vectors")
    return mul(transpose(x), y)
