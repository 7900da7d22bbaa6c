"""The tables that the reader and the printer share: commands and heads, relation signs, letters."""

from __future__ import annotations

FUNCTIONS = {
    "\\exp": "exp",
    "\\ln": "log",
    "\\log": "log",
    "\\sin": "sin",
    "\\cos": "cos",
    "\\tan": "tan",
    "\\sinh": "sinh",
    "\\cosh": "cosh",
    "\\tanh": "tanh",
    "\\cot": "cot",
    "\\sec": "sec",
    "\\csc": "csc",
    "\\arctan": "arctan",
    "\\arcsin": "arcsin",
    "\\arccos": "arccos",
    "\\det": "det",
    "\\operatorname{tr}": "trace",
}
"""Command to head, for what is applied to one argument in parentheses or to one bare factor."""

RELATION_SIGNS = {
    "=": "=",
    "\\ne": "!=",
    "<": "<",
    "\\le": "<=",
    ">": ">",
    "\\ge": ">=",
    "\\approx": "~~",
    "\\sim": "~",
}

BINDERS = {"\\sum": "sum", "\\prod": "prod"}

PARTS = frozenset(
    [
        "\\cdot",
        "\\to",
        "\\top",
        "\\dots",
        "\\star",
        "\\mid",
        "\\partial",
        "\\rvert",
        "\\rVert",
        "\\rfloor",
        "\\rceil",
        "\\rangle",
        "\\}",
        "\\\\",
        "\\end{pmatrix}",
        "\\end{bmatrix}",
    ]
)
"""Commands that are known and open no factor."""

SPECTRAL = {"rho": "spectral_radius", "kappa": "condition_number"}
"""Letters that, undeclared and before a matrix in parentheses, are functions of it."""

# fmt: off
GREEK = frozenset([
    "alpha", "beta", "gamma", "delta", "epsilon", "varepsilon", "zeta", "eta", "theta", "vartheta", "iota", "kappa",
    "lambda", "mu", "nu", "xi", "pi", "rho", "varrho", "sigma", "tau", "upsilon", "phi", "varphi", "chi", "psi",
    "omega", "Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Upsilon", "Phi", "Psi", "Omega", "ell",
])
# fmt: on

ACCENTS = frozenset(["hat", "tilde", "bar", "vec", "dot", "widehat", "widetilde", "mathbf", "boldsymbol", "mathcal"])
"""Commands that make another letter of a letter: ``\\hat{x}`` is the letter ``x_hat``, ``\\mathbf{x}`` is ``x_mathbf``."""

SUBSCRIPTS = {"star": "\\star", "max": "\\max", "min": "\\min", "infinity": "\\infty"}
"""Words in a name that have a sign of their own below the line."""


def show_name(name: str) -> str:
    """A letter's name in LaTeX: ``lambda_1`` is ``\\lambda_1``, ``t_half`` is ``t_{\\mathrm{half}}``, ``x_hat`` is
    ``\\hat{x}``, ``loss`` is ``\\mathrm{loss}``."""
    base, *rest = name.split("_")
    text = _word(base)
    if rest and rest[0] in ACCENTS:
        text = f"\\{rest.pop(0)}{{{text}}}"
    elif rest and rest[0] == "prime":
        text, rest = text + "'", rest[1:]
    return text + _below(rest) if rest else text


def _word(word: str) -> str:
    if word in GREEK:
        return "\\" + word
    return word if len(word) == 1 and word.isalpha() else f"\\mathrm{{{word}}}"


def _below(words: list[str]) -> str:
    texts = [SUBSCRIPTS.get(word) or (word if word.isdigit() else _word(word)) for word in words]
    short = len(texts) == 1 and (len(texts[0]) == 1 or words[0] in ("star", "infinity"))
    return "_" + texts[0] if short else "_{" + ",".join(texts) + "}"
