"""How one letter is drawn from what is declared of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derive.core import Declaration
from derive.writers.numpy_source.bounds import Ends
from derive.writers.numpy_source.expression import NoSource, Place, name_of, size_code

if TYPE_CHECKING:
    pass

MEMBERS = 13
"""Families are drawn with the members 0 to 12."""


def drawn(d: Declaration, ends: Ends, place: Place, few: bool) -> list[str]:
    name = name_of(d.name)
    if d.function:
        if "convex" in d.properties:
            return [f"{name} = np.polynomial.Polynomial([*rng.uniform(-2, 2, 2), rng.uniform(0, 2)])"]
        return [f"{name} = np.polynomial.Polynomial(rng.uniform(-2, 2, 4))"]
    if d.shape:
        return _array(d, name, ends)
    if d.domain == "integer" and not d.family:
        return [f"{name} = {_whole(ends, few)}"]
    size = str(MEMBERS) if d.family else ""
    if d.domain == "integer":
        raise NoSource("a family of integers")
    if d.domain == "complex":
        return [f"{name} = {_complex(ends, size)}"]
    return [f"{name} = {_real(ends, size)}"]


def _whole(ends: Ends, few: bool) -> str:
    span = 3 if few else 8
    low = ends.low or (f"{ends.high} - {span}" if ends.high else f"-{span // 2}")
    low = f"{_bracketed(low)} + 1" if ends.low_open else low
    high = ends.high or f"{low} + {span}"
    high = high if ends.high_open and ends.high else f"{high} + 1"
    return f"int(rng.integers({_numeral(low)}, {_numeral(high)}))"


def _bracketed(code: str) -> str:
    return code if code.isidentifier() or code.isdigit() else f"({code})"


def _numeral(code: str) -> str:
    """``1 + 8 + 1`` is 10."""
    parts = code.replace("(", "").replace(")", "").split(" + ")
    if all(part.lstrip("-").isdigit() for part in parts):
        return str(sum(map(int, parts)))
    return code


def _real(ends: Ends, size: str) -> str:
    more = f", {size}" if size else ""
    if ends.modulus or ends.least or (ends.most and not ends.low and not ends.high):
        sign = f"rng.choice([-1, 1]{more})"
        if ends.modulus:
            return f"{sign} * {_bracketed(ends.modulus)}"
        if not ends.least:
            return f"{_bracketed(ends.most)} * rng.uniform(-1, 1{more})"
        return f"{sign} * rng.uniform({_interval(ends.least, ends.most)}{more})"
    return f"rng.uniform({_interval(ends.low, ends.high)}{more})"


def _interval(low: str, high: str) -> str:
    if low and not high:
        high = f"{low} + 3" if not low.isdigit() else str(int(low) + 3)
    if high and not low:
        low = f"{high} - 3" if not high.isdigit() else str(int(high) - 3)
    return f"{low}, {high}" if low else "-3, 3"


def _complex(ends: Ends, size: str) -> str:
    more = f", {size}" if size else ""
    turn = f"np.exp(1j * rng.uniform(0, 2 * np.pi{more}))"
    if ends.modulus:
        return turn if ends.modulus == "1" else f"{_bracketed(ends.modulus)} * {turn}"
    if ends.least or ends.most:
        return f"rng.uniform({_interval(ends.least or '0', ends.most)}{more}) * {turn}"
    return f"rng.uniform(-2, 2{more}) + 1j * rng.uniform(-2, 2{more})"


def _array(d: Declaration, name: str, ends: Ends) -> list[str]:
    """A vector or matrix with what is declared of it."""
    if d.law is not None:
        raise NoSource("random vectors or matrices")
    sizes = [size_code(size) for size in d.shape] + ["1"] * (2 - len(d.shape))
    recipe = _matrix(set(d.properties), sizes, d.domain)
    lines = [f"{name} = [{recipe} for _ in range({MEMBERS})]" if d.family else f"{name} = {recipe}"]
    length = "" if len(d.shape) == 1 else ", 2"
    bounded = ends.modulus or ends.most or ends.least
    if bounded and d.family:
        raise NoSource("a family of vectors or matrices of bounded size")
    if bounded:
        size = ends.modulus or f"rng.uniform({_interval(ends.least or '0', ends.most)})"
        lines.append(f"{name} = {name} * {_bracketed(size)} / np.linalg.norm({name}{length})")
    return lines


def _matrix(wanted: set[str], sizes: list[str], domain: str) -> str:
    n, m = sizes
    if domain == "integer":
        raise NoSource("a matrix of integers")
    draw = f"rng.uniform(-1, 1, ({n}, {m}))"
    draw = f"({draw} + 1j * {draw})" if domain == "complex" else draw
    if not wanted:
        return draw if m == "1" or not draw.startswith("(") else draw[1:-1]
    key = frozenset(wanted)
    if "diagonal" in wanted and "orthogonal" in wanted:
        return f"np.diag(rng.choice([-1.0, 1.0], {n}))"
    if "diagonal" in wanted:
        low = "0.2" if wanted & {"positive_definite", "positive_semidefinite"} else "-1.5"
        if domain == "complex":
            return f"np.diag(rng.uniform(-1.5, 1.5, {n}) + 1j * rng.uniform(-1.5, 1.5, {n}))"
        return f"np.diag(rng.uniform({low}, 1.5, {n}))"
    if key == {"orthogonal"}:
        return f"np.linalg.qr(rng.normal(size=({n}, {n})))[0]"
    if key == {"invertible"}:
        return f"{draw} + 2 * np.eye({n})"
    if key == {"symmetric"} and domain == "real":
        return f"symmetric({draw})"
    if key == {"symmetric", "invertible"} and domain == "real":
        return f"symmetric({draw}) + 2 * np.eye({n})"
    if wanted & {"positive_definite", "positive_semidefinite"} and "orthogonal" not in wanted and domain == "real":
        return f"square({draw})" + (f" + 0.1 * np.eye({n})" if wanted - {"positive_semidefinite", "symmetric"} else "")
    raise NoSource(f"a matrix that is {' and '.join(sorted(wanted)).replace('_', ' ')}")
