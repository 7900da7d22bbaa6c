"""A function of one real number that the user gives: read from LaTeX, evaluated with its derivatives, its zeros isolated.

Nothing here makes a verdict. Topics use it to find what they then state in steps, which the kernel judges.
"""

from derive.functions.forms import Forms, forms_of
from derive.functions.rational import Quotient, quotient_of
from derive.functions.reading import read_function
from derive.functions.taylor import Outside, Unclear, derivatives, taylor
from derive.functions.zeros import Zero, Zeros, real_zeros, zeros_of_polynomial, zeros_within

__all__ = [
    "Forms",
    "Outside",
    "Quotient",
    "Unclear",
    "Zero",
    "Zeros",
    "derivatives",
    "forms_of",
    "quotient_of",
    "read_function",
    "real_zeros",
    "taylor",
    "zeros_of_polynomial",
    "zeros_within",
]
