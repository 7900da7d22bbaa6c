"""``diag(a_1, ..., a_d)``: from the body to its two ends and back, by anti-unification (Plotkin 1970).

Only what stands in a subscript may differ between the ends, and always by the same pair; that pair is the range.
"""

from __future__ import annotations

from collections.abc import Iterator

from derive.core import Term

BOUND_LETTERS = ("i", "k", "j", "m")
BINDING_HEADS = frozenset(["sum", "prod", "limit", "diagonal_family", "integral"])
SELF_BINDING_HEADS = frozenset(["derivative", "antiderivative", "gradient", "hessian"])


def ends(family: Term) -> tuple[Term, Term]:
    """The body at the lower and at the upper end."""
    body, letter, lower, upper = family.args
    return substitute(body, letter, lower), substitute(body, letter, upper)


def recover(first: Term, last: Term) -> Term | None:
    """The ``diagonal_family`` with these ends; ``None`` where the ends do not determine it."""
    taken = set(_names(first)) | set(_names(last))
    letter = next((name for name in BOUND_LETTERS if name not in taken), None)
    if letter is None:
        return None
    bound = Term("symbol", (), letter)
    pairs: set[tuple[Term, Term]] = set()
    body = _common(first, last, bound, pairs, frozenset(), below=False)
    if body is None or len(pairs) != 1:
        return None
    return Term("diagonal_family", (body, bound, *pairs.pop()))


def substitute(term: Term, letter: Term, value: Term) -> Term:
    """``value`` for the free ``letter``. Capture is possible: ``recover`` refuses what would come of it."""
    if term == letter:
        return value
    if not term.args or (term.head in BINDING_HEADS and term.args[1] == letter):
        return term
    parts = []
    for part in term.args:  # no comprehension: it would take a second frame for each layer
        parts.append(substitute(part, letter, value))
    return Term(term.head, tuple(parts), term.value)


def _common(
    first: Term, last: Term, bound: Term, pairs: set[tuple[Term, Term]], hidden: frozenset[str], *, below: bool
) -> Term | None:
    """What both have in common, with ``bound`` where they differ; ``None`` if they differ outside a subscript, or by a
    letter of ``hidden``, which has no meaning outside its binder."""
    if first == last:
        return first
    alike = first.head == last.head and first.value == last.value and len(first.args) == len(last.args)
    if not alike or not first.args:
        if not below or not hidden.isdisjoint((*_names(first), *_names(last))):
            return None
        pairs.add((first, last))
        return bound
    if first.head in BINDING_HEADS:
        hidden |= {str(first.args[1].value)}
    parts = []
    for number, (left, right) in enumerate(zip(first.args, last.args, strict=True)):
        if _names_a_letter(first.head, number) and left != right:
            return None
        inside = below or (first.head == "index" and number == 1)
        part = _common(left, right, bound, pairs, hidden, below=inside)
        if part is None:
            return None
        parts.append(part)
    return Term(first.head, tuple(parts), first.value)


def _names_a_letter(head: str, number: int) -> bool:
    if head in ("index", "apply", "prime"):
        return number == 0
    return number == 1 and head in BINDING_HEADS | SELF_BINDING_HEADS


def subterms(term: Term) -> Iterator[Term]:
    """The term and everything in it."""
    stack = [term]
    while stack:
        part = stack.pop()
        yield part
        stack.extend(part.args)


def _names(term: Term) -> Iterator[str]:
    return (str(part.value) for part in subterms(term) if part.head == "symbol")
