"""The NumPy check: an evaluation of a claim in floating point, independent of the kernel, with derived error bounds."""

from derive.core import NumpyCheck
from derive.floats.ball import Ball, NoNumericForm
from derive.floats.check import check
from derive.floats.environment import Env
from derive.floats.evaluate import EVALUATE, evaluate

__all__ = ["EVALUATE", "Ball", "Env", "NoNumericForm", "NumpyCheck", "check", "evaluate"]
