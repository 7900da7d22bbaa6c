"""What notes write in many ways, in the one way that ``formula`` reads; every character keeps its place in the file.

Only spellings are changed, never structure: ``{n \\choose k}`` is ``\\binom{n}{k}``, an array in square brackets is a matrix,
``\\mathrm{T}`` above a letter a transpose.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from derive.notes.mapped import Mapped, joined

_BRACED = r"\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}"
_ARRAY_TEXT = re.compile(r"\\begin\s*\{array\}\s*(?:\[[a-z]\])?\s*\{[^{}]*\}")

SPELLINGS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern if pattern[0] in "^\\" and pattern[:2] != r"\\" else rf"(?<!\\){pattern}"), text)
    for pattern, text in (
        (r"\\(?:mathbf|boldsymbol|bm|mathbold|pmb|vect|bf)(?=\s*\{\s*(?:\\[A-Za-z]+|[A-Za-z])\s*\})", r"\mathbf"),
        (r"\\(?:dfrac|tfrac|cfrac|nicefrac|sfrac)(?![A-Za-z])", r"\frac"),
        (r"\\(?:lbrace)(?![A-Za-z])", r"\{"),
        (r"\\(?:rbrace)(?![A-Za-z])", r"\}"),
        (r"\\lbrack(?![A-Za-z])", "["),
        (r"\\rbrack(?![A-Za-z])", "]"),
        (
            r"\\(?:mathrm|text|textrm|mathit|rm|mathop|operatorname\*|textsf|mathsf)\s*\{\s*(Var|Cov|E|Pr|P|tr|Tr|trace|det|diag|exp|log|ln|max|min|sin|cos|tan)\s*\}",
            r"\operatorname{\1}",
        ),
        (r"\\operatorname\{(sin|cos|tan|exp|log|ln|det|max|min)\}", "\\\\1"),
        (r"\\operatorname\{(?:Tr|trace)\}", r"\operatorname{tr}"),
        (r"\\operatorname\{P\}", r"\Pr"),
        (r"\\(?:Tr|trace|tr)(?![A-Za-z])", r"\operatorname{tr}"),
        (r"\\(?:Var|var)(?![A-Za-z])", r"\operatorname{Var}"),
        (r"\\(?:Cov|cov)(?![A-Za-z])", r"\operatorname{Cov}"),
        (r"\\(?:mathrm|text|textrm|rm)\s*\{\s*d\s*\}", "d"),
        (r"\\dd(?![A-Za-z])", "d"),
        (
            r"\^\s*\{?\s*(?:\\(?:mathrm|text|textrm|mathsf|mathbf|rm|sf|mathtt|intercal)\s*\{?\s*T\s*\}?|\\intercal|\\mathstrut\\top|\\prime\\top|\\tran|\\transp|\\trans)\s*\}?(?![A-Za-z}])",
            r"^\top",
        ),
        (r"\|\|", r"\|"),
        (
            r"\\!|\\\,|\\;|\\:|\\ (?=.)|\\(?:limits|nolimits|displaystyle|textstyle|mathstrut|hfill|strut)(?![A-Za-z])",
            " ",
        ),
        (r"\\(?:phantom|hspace|vspace|class|color|textcolor|cssId)\s*\{[^{}]*\}", " "),
        (r"\\overset\s*\{[^{}]*\}\s*\{\s*(=|<|>|\\le|\\ge)\s*\}", r"\1"),
        (r"\\stackrel\s*\{[^{}]*\}\s*\{\s*(=|<|>|\\le|\\ge)\s*\}", r"\1"),
        (r"\\mathbb\s*\{?\s*E\s*\}?", r"\operatorname{E}"),
        (r"\\(?:mathbb\s*\{\s*1\s*\}|mathbf\s*\{\s*1\s*\})", r"\mathbf{1}"),
        (r"\\(?:cr|newline)(?![A-Za-z])", r"\\\\"),
        (r"\\exp\s*\\left\s*\{", r"\exp \left("),
        (r"\\end\s*\{(?:small)?matrix\}", r"\end{pmatrix}"),
        (r"\\begin\s*\{(?:small)?matrix\}", r"\begin{pmatrix}"),
    )
)


def in_our_spelling(formula: Mapped) -> Mapped:
    """The formula as ``formula`` reads it."""
    formula = _arrays(formula)
    for pattern, text in SPELLINGS:
        if pattern.search(formula.text):
            formula = replaced(formula, pattern, partial(_spelled, text))
    return _choose(_vertical(formula))


def _spelled(text: str, found: re.Match[str]) -> str:
    return text.replace(r"\1", found[1]) if found.re.groups else text


def replaced(formula: Mapped, pattern: re.Pattern[str], new: Callable[[re.Match[str]], str]) -> Mapped:
    """Every match by other text, which stands at the place of the match."""
    parts: list[Mapped] = []
    last = 0
    for found in pattern.finditer(formula.text):
        if found.end() == found.start():
            continue
        place = (formula.starts[found.start()], formula.ends[found.end() - 1])
        parts += [formula[last : found.start()], formula.standing_at(new(found), place)]
        last = found.end()
    return joined([*parts, formula[last:]])


_FENCED_ARRAY = re.compile(
    r"(?:\\left\s*)?(?P<open>[\[(|])\s*\\begin\s*\{(?P<name>array|matrix|smallmatrix)\}(?P<columns>\s*\{[^{}]*\})?"
    r"(?P<body>(?:(?!\\begin|\\end).)*)\\end\s*\{(?P=name)\}\s*(?:\\right\s*)?(?P<close>[\])|])",
    re.DOTALL,
)


def _arrays(formula: Mapped) -> Mapped:
    """An array in brackets is a matrix, in bars a determinant."""

    def matrix(found: re.Match[str]) -> str:
        name = "vmatrix" if found["open"] == "|" else "pmatrix"
        return f"\\begin{{{name}}} {found['body'].replace(chr(92) + 'hline', '')} \\end{{{name}}}"

    return replaced(formula, _FENCED_ARRAY, matrix) if r"\begin" in formula.text else formula


_VMATRIX = re.compile(r"\\begin\s*\{vmatrix\}((?:(?!\\begin|\\end).)*)\\end\s*\{vmatrix\}", re.DOTALL)


def _vertical(formula: Mapped) -> Mapped:
    """``vmatrix`` is the determinant of the matrix."""
    if "vmatrix" not in formula.text:
        return formula
    return replaced(
        formula, _VMATRIX, lambda found: f"\\det \\left( \\begin{{pmatrix}} {found[1]} \\end{{pmatrix}} \\right)"
    )


_CHOOSE = re.compile(
    rf"\{{\s*((?:[^{{}}]|{_BRACED})*?)\s*\\choose\s+((?:[^{{}}]|{_BRACED})*?)\s*\}}|\{{\s*([^{{}}]*?)\\choose\s*(\{{[^{{}}]*\}}|\w)\s*\}}"
)


def _choose(formula: Mapped) -> Mapped:
    if r"\choose" not in formula.text:
        return formula
    return replaced(
        formula,
        _CHOOSE,
        lambda found: f"\\binom{{{found[1] or found[3]}}}{{{(found[2] or found[4]).strip('{}')}}}",
    )
