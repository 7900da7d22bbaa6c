"""The page: its title, its opening, its sections in order."""

from __future__ import annotations

from derive.core import Derivation, InputError, Prose
from derive.topics.saturation import DEEPEST, LARGEST, Options
from derive.topics.saturation.blame import blame
from derive.topics.saturation.chain import chain
from derive.topics.saturation.curve import CURVES, slope
from derive.topics.saturation.minimum import minimum
from derive.topics.saturation.one_weight import one_weight
from derive.topics.saturation.practice import practice
from derive.variant import PRINTED, Variant

SOURCES = (
    "Goodfellow, Bengio, Courville, *Deep Learning*, MIT Press 2016",
    "Nesterov, *Introductory Lectures on Convex Optimization*, Kluwer 2004, section 1.2",
)


def handout(options: Options, variant: Variant = PRINTED) -> Derivation:
    """Assemble the sections. Raises InputError for options outside their domain (the Python API has no click)."""
    _check(options)
    curve = CURVES[options.activation]
    opening = (
        Prose(
            "Vanishing gradients are often explained with a picture of one sigmoid: steep in the middle, flat on both sides. The picture is true, and it is "
            "not yet an explanation. This handout makes each step from the picture to the claim precise, and says where a step is missing."
        ),
        Prose(
            f"**In one line.** The slope of a {curve.name} is at most ${curve.slope_text}$ and exponentially small far out; a chain multiplies such slopes, so it "
            f"vanishes for weights below {curve.threshold}; but a linear chain can vanish, too, and a small gradient does not mean that the minimum is near."
        ),
    )
    sections = (
        slope(curve, options.digits),
        one_weight(curve, options.digits),
        chain(curve, options),
        blame(curve),
        minimum(options.digits),
        practice(variant),
    )
    return Derivation(
        "saturation", f"What a {curve.name} does to gradients", opening, sections, _parameters(options), sources=SOURCES
    )


def _parameters(options: Options) -> tuple[tuple[str, str], ...]:
    names = ("activation", "weight", "bias", "depth", "start")
    return tuple((name, str(getattr(options, name))) for name in names)


def _check(options: Options) -> None:
    if options.activation not in CURVES:
        raise InputError(f"activation = {options.activation!r} is unknown; choose one of {', '.join(CURVES)}")
    if options.weight == 0:
        raise InputError("weight = 0 cuts every layer off; choose a weight that is not 0")
    for name in ("weight", "bias", "start"):
        if abs(getattr(options, name)) > LARGEST:
            raise InputError(f"{name} = {getattr(options, name)} is outside -{LARGEST} to {LARGEST}")
    if not 1 <= options.depth <= DEEPEST:
        raise InputError(f"depth = {options.depth} is outside 1 to {DEEPEST}; choose a number of layers in that range")
    if not 2 <= options.digits <= 12:
        raise InputError(f"digits = {options.digits} is outside 2 to 12")
