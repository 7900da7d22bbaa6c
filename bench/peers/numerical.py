"""NumPy: both sides at 50 random points of the declared domain, compared by ``allclose`` (or by the order, for inequalities)."""

from __future__ import annotations

from typing import Any

POINTS = 50


def prepare(question: Any) -> Any:
    from peers import symbolic

    return (*symbolic.prepare(question), question.claim.scope)


def ask(task: Any) -> str:
    import numpy as np
    import sympy

    lhs, rhs, relation, scope = task
    random = np.random.default_rng(0)
    atoms = sorted((lhs.free_symbols | rhs.free_symbols), key=str)
    if relation not in ("=", "<", "<=", ">", ">=", "!="):
        return "n/a"
    try:
        sides = [sympy.lambdify(atoms, side.doit(), "numpy") for side in (lhs, rhs)]
        results = []
        for _ in range(POINTS):
            values = [_value(atom, scope, random) for atom in atoms]
            with np.errstate(all="ignore"):
                results.append([np.asarray(side(*values), dtype=complex) for side in sides])
    except Exception:  # a head or a letter without a NumPy form
        return "n/a"
    kept = [(a, b) for a, b in results if np.isfinite(a).all() and np.isfinite(b).all()]
    return "not shown" if not kept else str(all(_holds(relation, a, b) for a, b in kept)).lower()


def _holds(relation: str, a: Any, b: Any) -> bool:
    import numpy as np

    if relation in ("=", "!="):
        return bool(np.allclose(a, b)) == (relation == "=")
    a, b = np.real(a), np.real(b)
    return bool({"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[relation].all())


def _value(atom: Any, scope: Any, random: Any) -> Any:
    """Positive letters in (0, 3), integers up to 10, others in (-3, 3), matrices 3 by 3 (3 by 1)."""
    shape = getattr(atom, "shape", ())
    if shape:
        sizes = [int(size) if getattr(size, "is_Integer", False) else 3 for size in shape]
        return random.uniform(-2, 2, sizes)
    if atom.is_integer:
        return int(random.integers(1 if atom.is_positive else 0 if atom.is_nonnegative else -5, 10))
    low, high = _bounds(str(atom), scope)
    if atom.is_real is False or (atom.is_complex and not atom.is_real):
        return complex(random.uniform(-3, 3), random.uniform(-3, 3))
    return random.uniform(low, high)


def _bounds(name: str, scope: Any) -> tuple[float, float]:
    low, high = -3.0, 3.0
    for declaration in scope.declarations:
        for bound in declaration.where if declaration.name == name else ():
            if bound.rhs.head == "number":
                limit = float(bound.rhs.value)
                low = max(low, limit) if bound.relation in (">", ">=") else low
                high = min(high, limit) if bound.relation in ("<", "<=") else high
    return low, max(high, low + 3) if high <= low else high
