"""The places in a term, and another term put there."""

from __future__ import annotations

from collections.abc import Iterator

from derive.core import Term

BINDERS = ("sum", "derivative", "integral")


def places(t: Term, path: tuple[int, ...] = ()) -> Iterator[tuple[tuple[int, ...], Term]]:
    yield path, t
    inner = t.args[:1] if t.head in BINDERS else t.args
    for i, arg in enumerate(inner):
        if not (t.head == "pow" and i == 1 and arg.head in ("number", "neg")):
            yield from places(arg, (*path, i))


def replaced(t: Term, path: tuple[int, ...], by: Term) -> Term:
    if not path:
        return by
    i, *rest = path
    return Term(t.head, (*t.args[:i], replaced(t.args[i], tuple(rest), by), *t.args[i + 1 :]), t.value)


def inside_binder(t: Term, path: tuple[int, ...]) -> bool:
    for i in path:
        if t.head in BINDERS:
            return True
        t = t.args[i]
    return False
