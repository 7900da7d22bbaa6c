"""The rules for inequalities, by the kind of evidence."""

from __future__ import annotations

from collections.abc import Callable

from derive.core import (
    Applied,
    Boxes,
    Concave,
    Growth,
    Image,
    Ordered,
    Pointwise,
    Polynomial,
    PowerInRange,
    Scaled,
    Slope,
    Split,
    Squares,
    Termwise,
    Triangle,
)
from derive.kernel.rules.basis import Basis
from derive.kernel.rules.boxes import boxes
from derive.kernel.rules.concave import concave
from derive.kernel.rules.growth import growth
from derive.kernel.rules.image import image
from derive.kernel.rules.pointwise import pointwise
from derive.kernel.rules.polynomial import polynomial
from derive.kernel.rules.power_range import power_in_range
from derive.kernel.rules.slope import slope
from derive.kernel.rules.squares import squares
from derive.kernel.rules.steps import applied, ordered, scaled, split
from derive.kernel.rules.termwise import termwise
from derive.kernel.rules.triangle import triangle

INEQUALITIES: dict[type, Callable[..., Basis]] = {
    Slope: slope,
    Concave: concave,
    Polynomial: polynomial,
    Squares: squares,
    Scaled: scaled,
    Applied: applied,
    Split: split,
    Boxes: boxes,
    Growth: growth,
    Image: image,
    Termwise: termwise,
    Pointwise: pointwise,
    PowerInRange: power_in_range,
    Triangle: triangle,
    Ordered: ordered,
}
