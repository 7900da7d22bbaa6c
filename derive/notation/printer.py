"""Syntax tree to LaTeX: what was parsed, up to spaces."""

from __future__ import annotations

from derive.notation.nodes import Node


def show(node: Node) -> str:
    """The text of the formula, its pieces separated by single spaces where TeX needs one."""
    children = [show(child) for child in node.children]
    match node.kind:
        case "number" | "letter" | "symbol" | "word":
            return node.text
        case "font":
            return f"{node.text} {children[0]}"
        case "scripts":
            return _scripts(node.text, children)
        case "group":
            return f"{{{children[0]}}}"
        case "fence":
            opening, closing = node.text.split(" ")
            return f"{opening} {children[0]} {closing}"
        case "list" | "chain":
            return _between(children, node.value)
        case "sum":
            return " ".join(f"{sign} {term}" for sign, term in zip(node.value, children, strict=True))
        case "product":
            return _between(children, node.value)
        case "command":
            return _command(node, children)
        case "big" | "apply":
            return " ".join(children)
        case "postfix":
            return f"{children[0]}{node.text}"
        case "infix":
            return f"{children[0]} {node.text} {children[1]}"
        case "environment":
            rows = r" \\ ".join(children)
            return f"\\begin{{{node.text}}}{node.value[0]} {rows} \\end{{{node.text}}}"
        case "row":
            return " & ".join(children)
    return ""


def _scripts(signs: str, children: list[str]) -> str:
    base, *scripts = children
    rest = iter(scripts)
    return base + "".join(sign if sign == "'" else f"{sign} {next(rest)}" for sign in signs)


def _between(children: list[str], signs: tuple[str, ...]) -> str:
    first, *others = children
    return first + "".join(f" {sign} {child}" for sign, child in zip(signs, others, strict=True))


def _command(node: Node, children: list[str]) -> str:
    if node.value == ("[",):
        return f"{node.text}[{children[0]}]" + "".join(f" {child}" for child in children[1:])
    return node.text + "".join(f" {child}" for child in children)
