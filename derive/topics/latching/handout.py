"""The page: its title, its opening, its sections in order."""

from __future__ import annotations

from derive.core import Derivation, InputError, Prose
from derive.topics.latching import Options
from derive.topics.latching.contraction import contraction
from derive.topics.latching.middle import middle
from derive.topics.latching.must import must
from derive.topics.latching.practice import practice
from derive.topics.latching.settings import kept_interval, latch
from derive.topics.latching.tube import tube
from derive.topics.latching.unit import unit
from derive.variant import PRINTED, Variant

BOOK = "Goodfellow, Bengio, Courville, *Deep Learning*, MIT Press 2016"
BENGIO = "Bengio, Simard, Frasconi, *Learning long-term dependencies with gradient descent is difficult*, IEEE Transactions on Neural Networks 5 (1994)"


def handout(options: Options, variant: Variant = PRINTED) -> Derivation:
    """Assemble the sections. Raises InputError for options outside their domain (the Python API has no click)."""
    _check(options)
    held = latch(options)
    opening = (
        Prose(
            "A recurrent network remembers by its state. To remember one bit for a long time it must be able to sit in one of two "
            "places, and to stay there although inputs keep coming that have nothing to do with the bit. This is called *latching*. "
            "The book concludes that gradients must then vanish. This handout proves the theorem behind that sentence, and shows where "
            "the sentence says more than the theorem."
        ),
        Prose(
            "**In one line.** If the bit is held by *contraction*, small changes of the state die out, and the gradient is such a change; "
            "but a bit can also be held by a wall that the state never touches, and then the gradient may even explode."
        ),
        Prose("The letters $t$, $s$, $k$ stand for steps; $x_t$ is the state after $t$ steps; all numbers are real."),
    )
    sections = (
        unit(options, held),
        contraction(options, held),
        tube(options, held),
        must(options),
        middle(options),
        practice(options, variant),
    )
    return Derivation(
        "latching",
        "Storing a bit, and what that does to the gradient",
        opening,
        sections,
        _shown(options, str(held.edge)),
        sources=(BOOK, BENGIO),
    )


def _shown(options: Options, edge: str) -> tuple[tuple[str, str], ...]:
    return (
        ("weight", str(options.weight)),
        ("inputs", str(options.inputs)),
        ("basin", edge),
        ("horizon", str(options.horizon)),
        ("rate", str(options.rate)),
        ("noise", str(options.noise)),
        ("start", str(options.start)),
    )


def _check(options: Options) -> None:
    if not 1 < options.weight <= 20:
        raise InputError(
            f"weight = {options.weight} is outside 1 to 20; up to 1 the unit forgets, choose a weight above 1"
        )
    if not 0 < options.inputs <= 20:
        raise InputError(f"inputs = {options.inputs} is outside 0 to 20; choose a positive bound")
    if options.basin is not None and not 0 < options.basin < 1:
        raise InputError(f"basin = {options.basin} is not between 0 and 1; choose a left end strictly between")
    if not 1 <= options.horizon <= 1000:
        raise InputError(f"horizon = {options.horizon} is outside 1 to 1000; choose a number of steps in that range")
    if not 2 < options.rate <= 4:
        raise InputError(f"rate = {options.rate} is outside 2 to 4; choose a rate in that range")
    if not 0 < options.noise <= 1:
        raise InputError(f"noise = {options.noise} is outside 0 to 1; choose a positive bound")
    if not 0 < options.start < 1:
        raise InputError(f"start = {options.start} is not between 0 and 1; choose a start strictly between")
    if not 2 <= options.digits <= 12:
        raise InputError(f"digits = {options.digits} is outside 2 to 12")
    kept_interval(options)
