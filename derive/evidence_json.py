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
        return [_plain(item) for item in value]
    if kind is Fraction:
        below = f"/{value.denominator:x}" if value.denominator != 1 else ""
        return ["Fraction", f"{value.numerator:x}{below}"]
    if kind is float:
        return ["float", value.hex()]
    return [kind.__name__, *[_plain(getattr(value, name)) for name in _names(kind)]]


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
    if isinstance(wanted, ForwardRef):
        wanted = getattr(core, wanted.__forward_arg__)
    if wanted is None or wanted in _PLAIN:
        return _exactly(NoneType if wanted is None else wanted)
    if wanted is Fraction:
        return _tagged("Fraction", lambda rest, depth: _fraction(rest))
    if wanted is float:
        return _tagged("float", lambda rest, depth: _float(rest))
    if get_origin(wanted) in (Union, UnionType):
        return _union(get_args(wanted))
    if get_origin(wanted) is tuple:
        return _tuple(get_args(wanted))
    if is_dataclass(wanted) and isinstance(wanted, type):
        return _tagged(wanted.__name__, _dataclass(wanted))
    raise TypeError(f"{wanted} is not read from JSON")


def _exactly(kind: type) -> Decoder:
    def decode(value: Any, depth: int) -> Any:
        if type(value) is not kind:
            raise ValueError(f"{type(value).__name__} where {kind.__name__} is due")
        return value

    return decode


def _tagged(name: str, inner: Decoder) -> Decoder:
    """A list that begins with the name of its kind."""

    def decode(value: Any, depth: int) -> Any:
        if depth <= 0:
            raise ValueError("nested too deeply")
        if type(value) is not list or not value or value[0] != name:
            raise ValueError(f"no {name}")
        return inner(value[1:], depth - 1)

    return decode


def _union(members: tuple[Any, ...]) -> Decoder:
    """Lists are told apart by the name that they begin with, everything else by its type."""
    tagged: dict[str, Decoder] = {}
    plain: dict[type, Decoder] = {}
    other: list[Decoder] = []
    for member in _flat(members):
        if member in _PLAIN:
            plain[member] = _decoder(member)
        elif member in (Fraction, float) or is_dataclass(member):
            tagged[member.__name__] = _later(member)
        else:
            other.append(_decoder(member))
    if len(other) > 1:
        raise TypeError("a union of two kinds of tuples")

    def decode(value: Any, depth: int) -> Any:
        found = plain.get(type(value))
        if found is None and type(value) is list and value and type(value[0]) is str:
            found = tagged.get(value[0])
        if found is None and other:
            found = other[0]
        if found is None:
            raise ValueError(f"{type(value).__name__} is of no kind that may stand here")
        return found(value, depth)

    return decode


def _flat(members: tuple[Any, ...]) -> list[Any]:
    """The members of a union with unions inside it opened."""
    found: list[Any] = []
    for member in members:
        member = getattr(core, member.__forward_arg__) if isinstance(member, ForwardRef) else member
        found += _flat(get_args(member)) if get_origin(member) in (Union, UnionType) else [member]
    return found


def _later(wanted: Any) -> Decoder:
    """Types refer to one another in circles."""
    return lambda value, depth: _decoder(wanted)(value, depth)


def _tuple(members: tuple[Any, ...]) -> Decoder:
    if members == ((),) or not members:
        members = ()
    if len(members) == 2 and members[1] is Ellipsis:
        each = _later(members[0])
        return lambda value, depth: tuple([each(item, depth - 1) for item in _list(value, depth)])
    decoders = [_later(member) for member in members]

    def decode(value: Any, depth: int) -> Any:
        if len(_list(value, depth)) != len(decoders):
            raise ValueError(f"{len(value)} entries where {len(decoders)} are due")
        return tuple([decoder(item, depth - 1) for decoder, item in zip(decoders, value, strict=True)])

    return decode


def _list(value: Any, depth: int) -> list[Any]:
    if depth <= 0:
        raise ValueError("nested too deeply")
    if type(value) is not list:
        raise ValueError(f"{type(value).__name__} where a list is due")
    return value


def _dataclass(wanted: type) -> Decoder:
    hints = get_type_hints(wanted)
    decoders = [_later(hints[name]) for name in _names(wanted)]

    def decode(rest: Any, depth: int) -> Any:
        if len(rest) != len(decoders):
            raise ValueError(f"{wanted.__name__} with {len(rest)} fields")
        return wanted(*[decoder(item, depth) for decoder, item in zip(decoders, rest, strict=True)])

    return decode


def _fraction(rest: list[Any]) -> Fraction:
    found = _RATIONAL.fullmatch(rest[0]) if len(rest) == 1 and type(rest[0]) is str else None
    if found is None:
        raise ValueError("no rational number")
    return Fraction(int(found[1], 16), int(found[2] or "1", 16))


def _float(rest: list[Any]) -> float:
    if len(rest) != 1 or type(rest[0]) is not str or len(rest[0]) > 40:
        raise ValueError("no float")
    return float.fromhex(rest[0])
