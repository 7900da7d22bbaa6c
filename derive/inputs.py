"""What the user gives: a square matrix or a number, read exactly. Text is parsed, never evaluated.

Decimals in text are exact decimals: ``0.3`` is 3/10. Only a ``.npy`` file means the dyadic numbers that it holds: there the
double written ``0.3`` is 5404319552844595/2**54.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from derive.core import InputError, Matrix

if TYPE_CHECKING:
    from typing import BinaryIO

T = TypeVar("T")

LARGEST_SIZE = 128
LONGEST_NUMERAL = 120
LARGEST_EXPONENT = 60
LARGEST_FILE = 64 * 2**20
LARGEST_BITS = 1400
"""Of a numerator or denominator in a ``.npy`` file; a double needs at most 1075."""

_NUMERAL = re.compile(r"([+-]?)(?:([0-9]+)(?:\.([0-9]*))?|\.([0-9]+))(?:[eE]([+-]?[0-9]+))?")
_FRACTION = re.compile(r"([+-]?[0-9]+)\s*/\s*([0-9]+)")
_TOKEN = re.compile(r"\s*(?:([\[\],])|([^\[\],\s][^\[\],]*))")


def read_matrix(text: str) -> Matrix:
    """A square matrix from ``[[1/2, 1], [0, 1/3]]`` or from a path to a ``.csv``, ``.json`` or ``.npy`` file.

    Raises InputError, which names the place.
    """
    if text.lstrip().startswith("["):
        return _square(_literal(text), "--matrix")
    if not text.strip():
        raise InputError("--matrix is empty; give a file, or write the matrix as [[1/2, 1], [0, 1/3]]")
    path = Path(text)
    reader = _READERS.get(path.suffix.lower())
    _check_file(path)
    if reader is None:
        known = ", ".join(_READERS)
        raise InputError(
            f"cannot tell how to read {text}; give a file that ends in {known}, or a literal [[1/2, 1], [0, 1/3]]"
        )
    try:
        return reader(path)
    except OSError as error:
        raise InputError(f"cannot read {text}: {_why(error)}; check the file") from None


def to_matrix(value: object, place: str) -> Matrix:
    """A square matrix from rows of ints, Fractions, floats (the dyadic numbers that they are) or text; a NumPy array too."""
    rows = value.tolist() if hasattr(value, "tolist") else value
    if not isinstance(rows, list | tuple) or not all(isinstance(row, list | tuple) for row in rows):
        raise InputError(f"{place} is not a matrix; give a list of rows, text, or a core.Matrix")
    _check_shape(len(rows), [len(row) for row in rows], place)
    return Matrix(
        tuple(tuple(_number(x, _entry(i, j, place)) for j, x in enumerate(row, 1)) for i, row in enumerate(rows, 1))
    )


def _number(value: object, place: str) -> Fraction:
    if isinstance(value, str):
        return read_rational(value, place)
    if isinstance(value, bool) or not hasattr(value, "as_integer_ratio"):
        raise InputError(f"{place} is {value!r}, not a real number; give an int, a Fraction, a float or text")
    return _dyadic(value, place)


def read_rational(text: str, place: str) -> Fraction:
    """An exact number from a decimal (``0.30``, ``1e-3``) or a fraction (``2/3``). Raises InputError naming ``place``."""
    text = text.strip()
    if len(text) > LONGEST_NUMERAL:
        raise InputError(f"{place} has {len(text)} characters; a number may have at most {LONGEST_NUMERAL}")
    fraction, numeral = _FRACTION.fullmatch(text), _NUMERAL.fullmatch(text)
    if fraction:
        return _quotient(int(fraction[1]), int(fraction[2]), place)
    if not numeral:
        raise InputError(_not_a_number(text, place))
    if abs(int(numeral[5] or 0)) > LARGEST_EXPONENT:
        raise InputError(f"{place} is {text}; its exponent may be at most {LARGEST_EXPONENT} in size")
    return Fraction(text)


def _not_a_number(text: str, place: str) -> str:
    if not text:
        return f"{place} is empty; write a number there"
    if re.fullmatch(r"[+-]?(nan|inf|infinity)", text, re.IGNORECASE):
        return f"{place} is {text}; every entry must be a finite number"
    shown = text if len(text) <= 40 else text[:37] + "..."
    return f"{place} is {shown!r}, not a number; write a decimal like 0.3 or a fraction like 2/3"


def _quotient(numerator: int, denominator: int, place: str) -> Fraction:
    if denominator == 0:
        raise InputError(f"{place} divides by zero; write a number there")
    return Fraction(numerator, denominator)


def _entry(row: int, column: int, where: str) -> str:
    return f"row {row}, column {column} of {where}"


# ------------------------------------------------------------------------------------------------------- square only


def _square(rows: Sequence[Sequence[str]], where: str) -> Matrix:
    """Cells to an exact matrix. Raises InputError for what is empty, too large or not square."""
    _check_shape(len(rows), [len(row) for row in rows], where)
    return Matrix(
        tuple(
            tuple(read_rational(cell, _entry(i, j, where)) for j, cell in enumerate(row, start=1))
            for i, row in enumerate(rows, start=1)
        )
    )


def _check_shape(height: int, widths: Iterable[int], where: str) -> None:
    if height == 0:
        raise InputError(f"the matrix in {where} is empty; give a square matrix with at least one row")
    if height > LARGEST_SIZE:
        raise InputError(f"the matrix in {where} has {height} rows; at most {LARGEST_SIZE} are allowed")
    for number, width in enumerate(widths, start=1):
        if width != height:
            raise InputError(
                f"the matrix in {where} is not square: {height} row{'s' * (height > 1)}, but row {number} has {width} "
                f"entr{'y' if width == 1 else 'ies'}; give as many entries in each row as there are rows"
            )


# ----------------------------------------------------------------------------------------------------------- literals


def _literal(text: str) -> list[list[str]]:
    """Rows of cells of ``[[a, b], [c, d]]``."""
    if len(text) > LARGEST_SIZE**2 * (LONGEST_NUMERAL + 2):
        raise InputError("the literal in --matrix is too long; put the matrix into a .csv file")
    tokens = _tokens(text)
    rows = _bracketed(tokens, lambda: _bracketed(tokens, lambda: _cell(tokens)))
    if tokens:
        raise InputError(f"the matrix in --matrix goes on after its last bracket with {tokens[-1]!r}; {_LITERAL}")
    return rows


_LITERAL = "write it as [[1/2, 1], [0, 1/3]]"


def _tokens(text: str) -> list[str]:
    """Brackets, commas and cells, the last one first."""
    return [match[1] or match[2].rstrip() for match in _TOKEN.finditer(text.rstrip())][::-1]


def _bracketed(tokens: list[str], item: Callable[[], T]) -> list[T]:
    _expect(tokens, "[")
    items: list[T] = []
    while tokens and tokens[-1] != "]":
        if items:
            _expect(tokens, ",")
        items.append(item())
    _expect(tokens, "]")
    return items


def _cell(tokens: list[str]) -> str:
    if not tokens or tokens[-1] in "[],":
        raise InputError(f"the matrix in --matrix lacks an entry before {_next(tokens)}; {_LITERAL}")
    return tokens.pop()


def _expect(tokens: list[str], wanted: str) -> None:
    if not tokens or tokens.pop() != wanted:
        raise InputError(f"the matrix in --matrix lacks a {wanted!r}; {_LITERAL}")


def _next(tokens: list[str]) -> str:
    return repr(tokens[-1]) if tokens else "its end"


# -------------------------------------------------------------------------------------------------------------- files


def _check_file(path: Path) -> None:
    """A regular file of a sensible size. Raises InputError."""
    try:
        status = path.stat()
    except FileNotFoundError:
        raise InputError(
            f"there is no file {path}; check the path, or write the matrix as [[1/2, 1], [0, 1/3]]"
        ) from None
    except (OSError, ValueError) as error:
        raise InputError(f"cannot read {str(path)!r}: {_why(error)}; check the path") from None
    if stat.S_ISDIR(status.st_mode):
        raise InputError(f"{path} is a directory; give a .npy, .csv or .json file in it")
    if not stat.S_ISREG(status.st_mode):
        raise InputError(f"{path} is not a regular file; give a .npy, .csv or .json file")
    if status.st_size > LARGEST_FILE:
        raise InputError(f"{path} has {status.st_size} bytes; at most {LARGEST_FILE} (64 MB) are read")


def _why(error: Exception) -> str:
    return os.strerror(error.errno).lower() if isinstance(error, OSError) and error.errno else str(error)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(f"{path} is not text in UTF-8; save it again as plain text") from None


def _csv(path: Path) -> Matrix:
    """Cells between commas; without any comma, between semicolons or blanks."""
    lines = [line.strip() for line in _text(path).splitlines() if line.strip()]
    commas, semicolons = (any(sign in line for line in lines) for sign in ",;")
    if commas and semicolons:
        raise InputError(
            f"{path} mixes commas and semicolons; separate entries by commas and write decimals with a point"
        )
    separator = "," if commas else ";" if semicolons else None
    if len(lines) > LARGEST_SIZE:
        _check_shape(len(lines), (), str(path))
    return _square([[cell.strip().strip('"') for cell in line.split(separator)] for line in lines], str(path))


def _json(path: Path) -> Matrix:
    """A list of lists; numbers keep the text that they were written with."""
    import json

    try:
        rows = json.loads(_text(path), parse_float=str, parse_int=str, parse_constant=str)
    except RecursionError:
        raise InputError(f"{path} is nested too deeply; give a list of rows such as [[1, 2], [3, 4]]") from None
    except json.JSONDecodeError as error:
        raise InputError(
            f"{path} is not JSON: line {error.lineno}, column {error.colno}: {error.msg.lower()}"
        ) from None
    if not isinstance(rows, list):
        raise InputError(f"{path} does not hold a list of rows; write [[1, 2], [3, 4]]")
    for i, row in enumerate(rows, start=1):
        _check_row(row, i, str(path))
    return _square(rows, str(path))


def _check_row(row: object, number: int, where: str) -> None:
    if not isinstance(row, list):
        raise InputError(f"row {number} of {where} is not a list; write [[1, 2], [3, 4]]")
    for column, cell in enumerate(row, start=1):
        if not isinstance(cell, str):
            raise InputError(
                f'{_entry(number, column, where)} is not a number; write a decimal like 0.3 or a string like "2/3"'
            )


def _npy(path: Path) -> Matrix:
    """The very numbers in a NumPy file. The shape is checked before the data are read; nothing is unpickled."""
    import numpy

    with path.open("rb") as file:
        _check_header(file, path)
        file.seek(0)
        try:
            array = numpy.load(file, allow_pickle=False)
        except (ValueError, EOFError) as error:
            raise InputError(f"{path} is damaged: {_first_line(error)}; save it again with numpy.save") from None
    return Matrix(
        tuple(
            tuple(_dyadic(x, _entry(i, j, str(path))) for j, x in enumerate(row, 1)) for i, row in enumerate(array, 1)
        )
    )


def _check_header(file: BinaryIO, path: Path) -> None:
    from numpy.lib import format as npy

    try:
        version = npy.read_magic(file)
        read = npy.read_array_header_1_0 if version == (1, 0) else npy.read_array_header_2_0
        shape, _, dtype = read(file)
    except (ValueError, EOFError):
        raise InputError(
            f"{path} is not a NumPy array file (pickles are not opened); save a plain array with numpy.save"
        ) from None
    if dtype.hasobject:
        raise InputError(
            f"{path} holds pickled objects, which are not opened; save a plain numeric array with numpy.save"
        )
    if dtype.kind == "c":
        raise InputError(f"{path} holds complex numbers; give a real matrix")
    if dtype.kind not in "iuf":
        raise InputError(f"{path} holds {dtype}, not numbers; save an array of integers or floats")
    if len(shape) != 2:
        raise InputError(f"{path} holds an array with {len(shape)} axes; a square matrix has two")
    _check_shape(shape[0], [shape[1]], str(path))


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or ["unreadable"])[0].rstrip(".").lower()


def _dyadic(value: object, place: str) -> Fraction:
    """Exactly the number that a NumPy integer or float holds."""
    if not hasattr(value, "as_integer_ratio"):
        return Fraction(int(value))  # type: ignore[call-overload]
    try:
        numerator, denominator = value.as_integer_ratio()
    except (ValueError, OverflowError):
        raise InputError(f"{place} is {value}; every entry must be a finite number") from None
    if max(numerator.bit_length(), denominator.bit_length()) > LARGEST_BITS:
        raise InputError(f"{place} is {value}, outside the range of doubles; rescale the matrix")
    return Fraction(numerator, denominator)


_READERS: dict[str, Callable[[Path], Matrix]] = {".csv": _csv, ".json": _json, ".npy": _npy}
