"""A scope in the language of declarations, the way back from ``given``: ``n in Z; n \\ge 0; W in R^{d x d} symmetric``."""

from __future__ import annotations

from collections.abc import Iterator

from derive.core import Declaration, Law, Scope, Term
from derive.formula.given import PROPERTIES
from derive.formula.given_laws import BY_MOMENTS, almost_surely
from derive.formula.printer import show, show_relation

FIELDS = {"real": "R", "complex": "C", "integer": "Z"}
WORDS = {name: word for word, name in PROPERTIES.items()}
INDEX = "k"


class NotSayable(Exception):
    """The language of declarations has no words for this."""


def said(scope: Scope) -> str:
    """Items that ``read_given`` reads as a scope of the same meaning. Raises NotSayable."""
    items = [item for declaration in scope.declarations for item in _said(declaration)]
    items += [show_relation(hypothesis) for hypothesis in scope.hypotheses]
    families = {declaration.name for declaration in scope.declarations if declaration.family}
    groups = (", ".join(_letter(name, name in families) for name in group) for group in scope.independent)
    items += [f"{group} independent" for group in groups]
    if any(";" in item or "\n" in item or "--" in item for item in items):
        raise NotSayable("a semicolon separates items")
    return "; ".join(items)


def _letter(name: str, family: bool) -> str:
    letter = show(Term("symbol", (), name))
    return f"{letter}_{INDEX}" if family else letter


def _said(declaration: Declaration) -> Iterator[str]:
    letter = _letter(declaration.name, declaration.family)
    if declaration.function:
        yield " ".join((f"{letter}: R -> R", *declaration.properties))
    elif declaration.declared and not (declaration.law is not None and not declaration.shape):
        yield " ".join((f"{letter} in {_space(declaration)}", *_properties(declaration)))
    if declaration.law is None:
        yield from map(show_relation, declaration.where)
        return
    if not all(almost_surely(declaration.law, relation) for relation in declaration.where):
        raise NotSayable("a bound of a random letter")
    where = ", ".join(map(show_relation, declaration.where))
    yield f"{letter} ~ {_law(declaration.law, declaration.family)}" + (f" where {where}" if where else "")


def _space(declaration: Declaration) -> str:
    sizes = " x ".join(str(size) for size in declaration.shape)
    return FIELDS[declaration.domain] + (f"^{{{sizes}}}" if sizes else "")


def _properties(declaration: Declaration) -> tuple[str, ...]:
    try:
        return tuple(WORDS[name] for name in declaration.properties)
    except KeyError as unknown:
        raise NotSayable(f"the property {unknown.args[0]}") from None


def _law(law: Law, family: bool) -> str:
    each = "iid " if family else ""
    mean, variance = f"mean={show(law.mean)}", f"var={show(law.variance)}"
    if law.name == "finite":
        pairs = zip(law.parameters[::2], law.parameters[1::2], strict=True)
        return f"{each}finite({', '.join(f'{show(value)}: {show(chance)}' for value, chance in pairs)})"
    if law.name == "moments":
        return f"iid({mean}, {variance})" if family else f"moments({mean}, {variance})"
    if law.name in BY_MOMENTS and not law.parameters:
        return f"{each}{law.name}({mean}, {variance})"
    return f"{each}{law.name}({', '.join(map(show, law.parameters))})"


__all__ = ["NotSayable", "said"]
