"""The worked case: x_t = tanh(w x_(t-1) + cos(t)/2) from 0, and the terms of the derivative of its last state by w, enclosed."""

from __future__ import annotations

from flint import arb, ctx, fmpq

from derive.topics.long_term import Options

BITS = 256


def _states(options: Options) -> list[arb]:
    w = arb(fmpq(options.weight.numerator, options.weight.denominator))
    states = [arb(0)]
    for t in range(1, options.horizon + 1):
        states.append((w * states[-1] + arb(t).cos() / 2).tanh())
    return states


def terms_of(options: Options) -> list[arb]:
    """The terms k = 1, ..., T: immediate derivative at k times the slopes of all later steps."""
    with ctx.workprec(2 * BITS):
        w = arb(fmpq(options.weight.numerator, options.weight.denominator))
        states = _states(options)
        terms, later = [], arb(1)
        for k in range(options.horizon, 0, -1):
            slope = 1 - states[k] ** 2
            terms.append(later * slope * states[k - 1])
            later *= w * slope
        return terms[::-1]


def immediate_of(options: Options) -> list[arb]:
    """The immediate derivatives p_k, k = 1, ..., T, of the states by the weight."""
    states = _states(options)
    return [(1 - states[k] ** 2) * states[k - 1] for k in range(1, options.horizon + 1)]


def carried_by_slopes(options: Options) -> arb:
    """The derivative of the last state by the first: the product of w (1 - x_j^2) for j = 2, ..., T."""
    w = arb(fmpq(options.weight.numerator, options.weight.denominator))
    product = arb(1)
    for x in _states(options)[2:]:
        product *= w * (1 - x**2)
    return product


def total_derivative(options: Options) -> arb:
    """The same, forwards: D = w slope D + slope x."""
    with ctx.workprec(2 * BITS):
        w = arb(fmpq(options.weight.numerator, options.weight.denominator))
        states, total = _states(options), arb(0)
        for k in range(1, options.horizon + 1):
            slope = 1 - states[k] ** 2
            total = slope * (w * total + states[k - 1])
        return total
