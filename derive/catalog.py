"""A topic's options and its judged handout. SymPy and NumPy are imported only by ``report``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import Field, fields, replace
from fractions import Fraction
from operator import ge, gt, le, lt
from typing import TYPE_CHECKING, Any

from derive.core import InputError, Matrix
from derive.inputs import read_matrix, read_rational, to_matrix
from derive.listed import read_law, read_vector
from derive.listing import did_you_mean, topic
from derive.variant import PRINTED, Variant, pick

if TYPE_CHECKING:
    from derive.cache import Cache
    from derive.core import Term
    from derive.report import Report

LARGEST_SEED = 2**32 - 1


def choices(name: str) -> tuple[Field[Any], ...]:
    """What may be chosen, each with ``metadata``: help, kind (int, rational, matrix, choice, function), low, high, above,
    below, choices."""
    return fields(topic(name).Options)


def report(
    name: str, given: Mapping[str, object], seed: int = 0, cache: Cache | None = None, variant: Variant = PRINTED
) -> Report:
    """The judged handout, with the evidence that ``cache`` knows, its exercises and the options that are not given with the
    numbers of ``variant``. Values may be text, as on the command line. Raises InputError."""
    module = topic(name)
    options = module.Options(**drawn(name, given, variant), **converted(name, given))
    seed = read_seed(seed)
    from derive.judge import judge

    made = module.derivation(options, variant) if variant.seed is not None else module.derivation(options)
    if variant.seed is not None:
        made = replace(made, parameters=(*made.parameters, ("variant", str(variant.seed))))
    return judge(replace(made, seed=seed), cache=cache)


def drawn(name: str, given: Mapping[str, object], variant: Variant) -> dict[str, object]:
    """The options that ``variant`` chooses: those with ``variants`` among their metadata that are not given."""
    free = [field for field in choices(name) if "variants" in field.metadata and field.name not in given]
    chosen = ((field.name, pick(variant, field.name, field.default, *field.metadata["variants"])) for field in free)
    return dict(chosen) if variant.seed is not None else {}


def read_seed(seed: object) -> int:
    """A seed, also from text. Raises InputError."""
    return _integer(seed, "option --seed", {"low": 0, "high": LARGEST_SEED})


def converted(name: str, given: Mapping[str, object]) -> dict[str, Any]:
    """The options with text read and ranges checked. Raises InputError, which names the option."""
    known = {field.name: field for field in choices(name)}
    for option in given:
        if option not in known:
            raise InputError(f"{name} has no option {option!r}{did_you_mean(option, known)}; it has {', '.join(known)}")
    return {option: _read(known[option], value) for option, value in given.items()}


# ------------------------------------------------------------------------------------------------------ one option each


def _read(field: Field[Any], value: object) -> object:
    place = f"option --{field.name.replace('_', '-')}"
    if value is None and field.default is None:
        return None
    return _READERS[field.metadata["kind"]](value, place, field.metadata)


def _integer(value: object, place: str, metadata: Mapping[str, Any]) -> int:
    low, high = metadata["low"], metadata["high"]
    text = str(value).strip()
    number = int(text) if len(text) < 20 and text.isascii() and text.removeprefix("-").isdigit() else None
    if number is None or isinstance(value, bool) or not low <= number <= high:
        raise InputError(f"{place} is {text[:40]}; give a whole number from {low} to {high}")
    return number


_BOUNDS: dict[str, tuple[str, Callable[[Fraction, Any], bool]]] = {
    "above": ("above", le),
    "low": ("at least", lt),
    "below": ("below", ge),
    "high": ("at most", gt),
}
"""What ``metadata`` may say of a rational option, and when a number lies outside."""


def _rational(value: object, place: str, metadata: Mapping[str, Any]) -> Fraction:
    number = value if isinstance(value, Fraction) else read_rational(str(value), place)
    for bound, (words, beyond) in _BOUNDS.items():
        if bound in metadata and beyond(number, metadata[bound]):
            raise InputError(f"{place} is {str(value)[:40]}; give a number that is {words} {metadata[bound]}")
    return number


def _matrix(value: object, place: str, metadata: Mapping[str, Any]) -> Matrix:
    if isinstance(value, Matrix):
        return value
    return read_matrix(value) if isinstance(value, str) else to_matrix(value, place)


def _choice(value: object, place: str, metadata: Mapping[str, Any]) -> str:
    allowed: tuple[str, ...] = metadata["choices"]
    if value not in allowed:
        raise InputError(f"{place} is {value!r}{did_you_mean(str(value), allowed)}; choose one of {', '.join(allowed)}")
    return str(value)


def _law(value: object, place: str, metadata: Mapping[str, Any]) -> object:
    """A finite law, or where ``metadata`` has ``names`` one of these."""
    names: tuple[str, ...] = metadata.get("names", ())
    if value in names:
        return value
    if names and isinstance(value, str) and value.strip().isalpha():
        named = f"{place} is {value[:40]!r}{did_you_mean(value, names)}"
        raise InputError(f"{named}; choose one of {', '.join(names)}, or list values: 'finite: -1 1/2, 1 1/2'")
    return read_law(value, place)


def _function(value: object, place: str, metadata: Mapping[str, Any]) -> Term:
    from derive.core import Term
    from derive.functions.reading import check_function, read_function

    if not isinstance(value, Term):
        return read_function(str(value), place)
    check_function(value, place)
    return value


_READERS: dict[str, Callable[[object, str, Mapping[str, Any]], object]] = {
    "int": _integer,
    "rational": _rational,
    "matrix": _matrix,
    "choice": _choice,
    "vector": lambda value, place, _: read_vector(value, place),
    "law": _law,
    "function": _function,
}
