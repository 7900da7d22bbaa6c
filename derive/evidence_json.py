"""Evidence as JSON and back: what travels between processes and what the evidence cache stores.

A frozen dataclass of ``core`` becomes a list that begins with its name, a tuple a plain list, a Fraction its hexadecimal
digits. Reading is directed by the types that ``core`` declares, so only the classes that evidence may contain are ever
made, and only with fields of the declared types: nothing is evaluated, imported or unpickled. What is read may still be
false; that is for ``kernel.admit`` to find out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from fractions import Fraction
from functools import lru_cache
from types import NoneType, UnionType
from typing import Any, ForwardRef, Union, get_args, get_origin, get_type_hints

from derive import core

LONGEST_TEXT = 4_000_000
LONGEST_NUMBER = 100_000
"""Hexadecimal digits of a numerator or denominator."""
DEEPEST = 450
"""Nested objects: a formula that can be read has at most some two hundred layers."""

_RATIONAL = re.compile(rf"(-?[0-9a-f]{{1,{LONGEST_NUMBER}}})(?:/([0-9a-f]{{1,{LONGEST_NUMBER}}}))?")
_PLAIN = frozenset([str, int, bool, NoneType])


class Unreadable(Exception):
    """The text is no JSON of the wanted type, or too large."""


Decoder = Callable[[Any, int], Any]


def to_json(value: object) -> str:
    """The text of a value made of frozen dataclasses, tuples, Fractions, text, whole numbers and floats: equal values have
    equal texts. Raises TypeError for anything else."""
    return json.dumps(_plain(value), ensure_ascii=True, separators=(",", ":"), allow_nan=False)


def from_json(text: str | bytes, wanted: Any) -> Any:
    """The value of type ``wanted`` (a type as written in an annotation) that ``text`` describes. Raises Unreadable."""
    if len(text) > LONGEST_TEXT:
        raise Unreadable(f"more than {LONGEST_TEXT} characters")
    try:
        return _decoder(wanted)(json.loads(text, parse_int=_integer, parse_constant=_no_constant), DEEPEST)
    except (ValueError, TypeError, ZeroDivisionError, RecursionError, MemoryError) as problem:
        raise Unreadable(str(problem)[:200]) from None


# ------------------------------------------------------------------------------------------------------------ writing


def _plain(value: Any) -> Any:
    kind: Any = type(value)
    if kind in _PLAIN:
        return value
    if kind is tuple:
        return list(map(_plain, value))
    if kind is Fraction:
        below = f"/{value.denominator:x}" if value.denominator != 1 else ""
        return ["Fraction", f"{value.numerator:x}{below}"]
    if kind is float:
        return ["float", value.hex()]
    return [kind.__name__, *map(_plain, map(value.__getattribute__, _names(kind)))]


@lru_cache(maxsize=256)
def _names(kind: Any) -> tuple[str, ...]:
    if not is_dataclass(kind):
        raise TypeError(f"{kind.__name__} is not written as JSON")
    return tuple(field.name for field in fields(kind))


# ------------------------------------------------------------------------------------------------------------ reading


def _integer(digits: str) -> int:
    if len(digits) > 20:
        raise ValueError("a whole number with more than 20 digits")
    return int(digits)


def _no_constant(name: str) -> None:
    raise ValueError(f"the constant {name}")


@lru_cache(maxsize=256)
def _decoder(wanted: Any) -> Decoder:
    """Reads a JSON value as one of type ``wanted``; built once for each type. Raises TypeError for types of another kind."""
    if wanted is None or wanted in _PLAIN:
        return _exactly(NoneType if wanted is None else wanted)
    if wanted is Fraction:
        return _fraction
    if wanted is float:
        return _float
    if get_origin(wanted) in (Union, UnionType):
        return _union(_flat(get_args(wanted)))
    if get_origin(wanted) is tuple:
        return _tuple(get_args(wanted))
    if isinstance(wanted, type) and is_dataclass(wanted):
        return _dataclass(wanted)
    raise TypeError(f"{wanted} is not read from JSON")


def _resolved(wanted: Any) -> Any:
    return getattr(core, wanted.__forward_arg__) if isinstance(wanted, ForwardRef) else wanted


def _list(value: Any, depth: int) -> list[Any]:
    if depth <= 0:
        raise ValueError("nested too deeply")
    if type(value) is not list:
        raise ValueError(f"{type(value).__name__} where a list is due")
    return value


def _exactly(kind: type) -> Decoder:
    def decode(value: Any, depth: int) -> Any:
        if type(value) is not kind:
            raise ValueError(f"{type(value).__name__} where {kind.__name__} is due")
        return value

    return decode


def _union(members: list[Any]) -> Decoder:
    """Lists are told apart by the name that they begin with, everything else by its type."""
    plain: dict[Any, Decoder] = {member: _decoder(member) for member in members if member in _PLAIN}
    named = {member.__name__: member for member in members if member in (Fraction, float) or is_dataclass(member)}
    tuples = [_decoder(member) for member in members if get_origin(member) is tuple]
    if len(plain) + len(named) + len(tuples) < len(members) or len(tuples) > 1:
        raise TypeError(f"a union of {members} is not read from JSON")

    def decode(value: Any, depth: int) -> Any:
        found = plain.get(type(value))
        if found is None and type(value) is list:
            member = named.get(value[0]) if value and type(value[0]) is str else None
            found = _decoder(member) if member is not None else tuples[0] if tuples else None
        if found is None:
            raise ValueError(f"{type(value).__name__} is of no kind that may stand here")
        return found(value, depth)

    return decode


def _flat(members: tuple[Any, ...]) -> list[Any]:
    """The members of a union with unions inside it opened."""
    found: list[Any] = []
    for member in map(_resolved, members):
        found += _flat(get_args(member)) if get_origin(member) in (Union, UnionType) else [member]
    return found


def _tuple(members: tuple[Any, ...]) -> Decoder:
    """One frame of the interpreter's stack a level, here and below: formulas are nested deeply."""
    repeated = len(members) == 2 and members[1] is Ellipsis
    kinds = [_resolved(member) for member in members if member not in (Ellipsis, ())]
    decoders: list[Decoder] = []

    def decode(value: Any, depth: int) -> Any:
        items = _list(value, depth)
        if not decoders:  # not before: types refer to one another in circles
            decoders.extend(map(_decoder, kinds))
        found = []
        if repeated:
            each = decoders[0]
            for item in items:
                found.append(each(item, depth - 1))
        else:
            for decoder, item in zip(decoders, items, strict=True):
                found.append(decoder(item, depth - 1))
        return tuple(found)

    return decode


def _dataclass(wanted: type) -> Decoder:
    """A list that begins with the name of the class."""
    decoders: list[Decoder] = []
    name, kinds = wanted.__name__, [_resolved(get_type_hints(wanted)[field]) for field in _names(wanted)]

    def decode(value: Any, depth: int) -> Any:
        items = _list(value, depth)
        if not items or items[0] != name or len(items) != len(kinds) + 1:
            raise ValueError(f"no {name}")
        if len(decoders) < len(kinds):
            decoders[:] = map(_decoder, kinds)
        found = []
        for position, decoder in enumerate(decoders, start=1):
            found.append(decoder(items[position], depth - 1))
        return wanted(*found)

    return decode


def _fraction(value: Any, depth: int) -> Fraction:
    found = _RATIONAL.fullmatch(_named_text("Fraction", value))
    if found is None:
        raise ValueError("no rational number")
    return Fraction(int(found[1], 16), int(found[2] or "1", 16))


def _float(value: Any, depth: int) -> float:
    return float.fromhex(_named_text("float", value)[:40])


def _named_text(name: str, value: Any) -> str:
    if type(value) is not list or len(value) != 2 or value[0] != name or type(value[1]) is not str:
        raise ValueError(f"no {name}")
    return value[1]
