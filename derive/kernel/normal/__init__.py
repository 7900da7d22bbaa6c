"""The exact zero test for scalars: atoms become generators of a polynomial ring over Q, with their algebraic relations.

``Normaliser.value`` maps a term to a quotient N/D of polynomials. If lhs - rhs has N = 0 modulo the relations, then at every
admissible point the evaluation of the generators is a ring homomorphism that sends N to 0 and D, a product of divisors as
written, to something non-zero: a proof. A remainder proves nothing.

Used everywhere: exp(u + v) = exp u exp v, sqrt(u)^2 = u, integer powers of products. For reals: sqrt(u^2) = |u|,
|u|^2 = u^2, log(exp u) = u. For factors proved positive: log(uv), (uv)^a, (u^a)^b. Sine and cosine go through exp(iu).

Read ``ring`` (the plumbing), ``table``, then the rules of the part that interests you.
"""

from derive.kernel.normal.exponentials import exponential
from derive.kernel.normal.functions import EXPAND_LIMIT
from derive.kernel.normal.powers import integer_power, lower_bound
from derive.kernel.normal.radicals import absolute_value, on_circle, radical
from derive.kernel.normal.ring import Generator, NoNormalForm, Normaliser
from derive.kernel.normal.table import with_normaliser

__all__ = [
    "EXPAND_LIMIT",
    "Generator",
    "NoNormalForm",
    "Normaliser",
    "absolute_value",
    "exponential",
    "integer_power",
    "lower_bound",
    "on_circle",
    "radical",
    "with_normaliser",
]
