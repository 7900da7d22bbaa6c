"""How wide a displayed formula is when typeset, in characters of running text, roughly."""

from __future__ import annotations

from derive.writers.latex_tree import Accent, Binomial, Fraction, Node, Root, Row, Scripts, Sign, parse

SMALL = 0.7
ROLE_SPACE = {"relation": 1.4, "operator": 1.0, "comma": 0.3, "big": 0.8}


def formula_width(latex: str) -> float:
    """Letters count one each, scripts less, a matrix the sum of its widest cells."""
    return _width(parse(latex))


def _width(node: Node) -> float:
    if isinstance(node, Sign):
        return len(node.text) + ROLE_SPACE.get(node.role, 0.0)
    if isinstance(node, Row):
        return sum(map(_width, node.items))
    if isinstance(node, Scripts):
        below = _width(node.below) if node.below else 0.0
        above = _width(node.above) if node.above else 0.0
        return _width(node.base) + SMALL * max(below, above)
    if isinstance(node, Fraction | Binomial):
        return max(_width(node.above), _width(node.below)) + 0.5
    if isinstance(node, Root):
        return _width(node.body) + 1.0
    if isinstance(node, Accent):
        return _width(node.body)
    columns = max((len(row) for row in node.rows), default=0)
    widest = [max((_width(row[j]) for row in node.rows if j < len(row)), default=0.0) for j in range(columns)]
    return sum(widest) + 1.5 * columns + 1.0
