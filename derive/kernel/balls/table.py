"""The table of rules: how a term of each head is evaluated."""

from __future__ import annotations

from derive.kernel.balls.arithmetic import add, multiply, negate
from derive.kernel.balls.averages import conditional, covariance, expectation, probability, variance
from derive.kernel.balls.binders import diagonal_family, product_over_range, sum_over_range
from derive.kernel.balls.entries import (
    diagonal_of_entries,
    identity,
    indexed_eigenvalue,
    indexed_entry,
    matrix_of_rows,
    row_matrix,
)
from derive.kernel.balls.functions import (
    binomial,
    derivative,
    extremum,
    factorial,
    fold,
    function,
    measured,
    of_matrix,
    of_number,
    power,
    quotient,
    refused,
    root_of,
)
from derive.kernel.balls.integrals import integral
from derive.kernel.balls.letters import apply, constant, decimal, index, letter_value, number, prime
from derive.kernel.balls.limit_values import limit
from derive.kernel.balls.matrices import determinant, trace, transposed
from derive.kernel.balls.place import Rule
from derive.kernel.balls.roots import absolute, logarithm, square_root
from derive.kernel.balls.sizes import frobenius, inner_product, norm_of_order
from derive.kernel.balls.spectra import condition_number, norm, spectral_radius
from derive.kernel.balls.steps import ceiling, floor, largest, smallest
from derive.kernel.balls.trigonometry import arccosine, arcsine, cosecant, cotangent, secant

BALLS: dict[str, Rule] = {
    "number": number,
    "decimal": decimal,
    "symbol": letter_value,
    "constant": constant,
    "add": fold(add),
    "neg": of_matrix(negate),
    "mul": fold(multiply),
    "div": quotient,
    "pow": power,
    "sqrt": of_number(square_root),
    "root": root_of,
    "exp": function("exp", 1),
    "log": of_number(logarithm),
    "abs": of_number(absolute),
    "sin": function("sin", 0),
    "cos": function("cos", 1),
    "tan": function("tan", 0),
    "sinh": function("sinh", 0),
    "cosh": function("cosh", 1),
    "tanh": function("tanh", 0),
    "cot": of_number(cotangent),
    "sec": of_number(secant),
    "csc": of_number(cosecant),
    "arctan": function("atan", 0),
    "arcsin": of_number(arcsine),
    "arccos": of_number(arccosine),
    "floor": of_number(floor),
    "ceil": of_number(ceiling),
    "max": extremum(largest),
    "min": extremum(smallest),
    "factorial": factorial,
    "binomial": binomial,
    "apply": apply,
    "prime": prime,
    "sum": sum_over_range,
    "prod": product_over_range,
    "limit": limit,
    "derivative": derivative,
    "integral": integral,
    "antiderivative": refused("an antiderivative is a class of functions"),
    "gradient": refused("a gradient has no value by evaluation"),
    "hessian": refused("a Hessian has no value by evaluation"),
    "index": index,
    "matrix": matrix_of_rows,
    "row": row_matrix,
    "identity": identity,
    "diagonal": diagonal_of_entries,
    "diagonal_family": diagonal_family,
    "transpose": of_matrix(transposed),
    "det": of_matrix(determinant),
    "trace": of_matrix(trace),
    "entry": indexed_entry,
    "norm": measured(norm),
    "frobenius": measured(frobenius),
    "norm_p": norm_of_order,
    "inner": inner_product,
    "spectral_radius": measured(spectral_radius),
    "eigenvalue": indexed_eigenvalue,
    "condition_number": measured(condition_number),
    "expect": expectation,
    "expect_given": conditional,
    "variance": variance,
    "covariance": covariance,
    "probability": probability,
}
