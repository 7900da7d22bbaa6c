"""The fixed words: what a reader is told of a step."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from derive.core import (
    Citation,
    Complex,
    Family,
    FiniteLaw,
    Function,
    Joint,
    Matrix,
    OtherValue,
    Relation,
    Repair,
    Status,
    Term,
    Value,
)
from derive.formula import show, show_relation
from derive.report import Finding, JudgedStep, Report, plain_value
from derive.writers import escape

MARKS: dict[Status, str] = {
    Status.PROVED: "✓",
    Status.SUPPORTED: "≈",
    Status.REFUTED: "✗",
    Status.CONDITIONAL: "±",
    Status.UNDECIDED: "?",
    Status.ASSUMED: "○",
    Status.UNREAD: "…",
    Status.VACUOUS: "≡",
}

MEANING: dict[Status, str] = {
    Status.PROVED: "proved",
    Status.SUPPORTED: "checked numerically, not proved",
    Status.REFUTED: "false, shown on purpose",
    Status.CONDITIONAL: "true only under a condition",
    Status.UNDECIDED: "not decided",
    Status.ASSUMED: "assumed",
    Status.UNREAD: "not read",
    Status.VACUOUS: "says nothing",
}
ALWAYS_IN_LEGEND = (Status.PROVED, Status.SUPPORTED, Status.REFUTED, Status.ASSUMED, Status.UNDECIDED)

THEOREMS = {
    "operator_norm": "the submultiplicativity of the norm",
    "normal_norm": "the norm of a normal matrix",
    "spectral_mapping": "the spectral mapping theorem",
    "similarity": "the invariance of eigenvalues under similarity",
    "radius_below_norm": "the bound of the spectral radius by the norm",
    "entry_bound": "the bound of an entry by the norm",
    "markov": "Markov's inequality",
    "jensen_log": "Jensen's inequality",
    "strong_law": "the strong law",
    "summable_expectation": "the Borel-Cantelli argument for means with a finite sum",
    "absolute_moments": "the table of absolute moments",
    "norm_invariance": "the invariance of the norm under transposition and rotation",
    "chebyshev": "Chebyshev's inequality",
    "jensen": "Jensen's inequality",
    "convex_jensen": "Jensen's inequality",
    "cauchy_schwarz": "the Cauchy-Schwarz inequality",
    "cauchy_schwarz_mean": "the Cauchy-Schwarz inequality",
    "triangle_inequality": "the triangle inequality",
    "gaussian_integral": "the Gaussian integral",
    "gamma_integral": "the Gamma integral",
    "stirling": "Stirling's formula",
    "harmonic": "the expansion of the harmonic numbers",
    "powers_vanish": "the theorem on powers of a matrix with a smaller spectral radius",
    "sylvester_determinant": "Sylvester's identity for determinants",
}
"""How a sentence names a theorem of the closed list; others by their own name."""

PROGRAMS = {"flint": "FLINT", "sampling": "sampling"}
_DECIMAL = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:/[0-9]+)?")
_SCIENTIFIC = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?)e([+-]?[0-9]+)")


# ------------------------------------------------------------------------------------------------- the words of a step


def verdict_words(judged: JudgedStep) -> tuple[str, ...]:
    """What must be said under the formula whoever reads, in Markdown-lite; nothing for what is plainly proved or assumed."""
    return tuple(dict.fromkeys(words for finding in judged.findings if (words := _words(finding, judged))))


def _words(finding: Finding, judged: JudgedStep) -> str:
    where = "" if len(judged.findings) == 1 else f" ({finding.id})"
    reason = escape.markdown_but_math(finding.reason)
    if finding.status == Status.PROVED:
        return by_theorems(finding)
    if finding.status == Status.REFUTED:
        return f"**false**{where}: {refutation(finding)}{repaired(finding)}"
    if finding.status == Status.SUPPORTED:
        return f"**checked numerically, not proved**{where}"
    if finding.status == Status.CONDITIONAL:
        return f"**true only if** {conditions(finding.repair)}{where}; without that, {refutation(finding)}"
    if finding.status in (Status.UNDECIDED, Status.UNREAD):
        return f"**{MEANING[finding.status]}**{where}: {reason}"
    return f"**says nothing**{where}: both sides are the same" if finding.status == Status.VACUOUS else ""


def by_theorems(finding: Finding) -> str:
    """``by the strong law, hypotheses checked``; empty if no theorem was cited."""
    names = [name.removeprefix("axiom:") for name in finding.trust if name.startswith("axiom:")]
    titles = [THEOREMS.get(name, f"the theorem {escape.markdown(name.replace('_', ' '))}") for name in names]
    return f"by {' and '.join(titles)}, hypotheses checked" if titles else ""


def refutation(finding: Finding) -> str:
    """``fails at x = -1 (1 against -1)``, or the limit that is right."""
    verdict = finding.verdict
    evidence = verdict.evidence if verdict is not None else None
    evidence = evidence.refutation if isinstance(evidence, Repair) else evidence
    if isinstance(evidence, OtherValue):
        return f"the limit is ${show(evidence.value)}$"
    if verdict is not None and verdict.values and verdict.claim.lhs.head == "limit":
        return f"{_elsewhere(finding)}the limit is {_number(verdict.values[0])}"
    if verdict is None or verdict.values is None:
        return escape.markdown_but_math(finding.reason).replace("infinity", "$\\infty$")
    sides = _sides(*verdict.values)
    point = ", ".join(_places(finding.counterexample or ()))
    return f"fails at {point} ({sides})" if point else sides


def _elsewhere(finding: Finding) -> str:
    """``at x = 2 ``: the values of the letters other than the one that tends somewhere."""
    running = finding.claim.lhs.args[1].value
    point = ", ".join(_places([(name, value) for name, value in finding.counterexample or () if name != running]))
    return f"at {point} " if point else ""


def _places(point: Iterable[tuple[str, Value]]) -> Iterator[str]:
    """``x = -1`` for each letter; letters with a joint law together."""
    joint = set[Joint]()
    for name, value in point:
        if not isinstance(value, Joint):
            yield f"${show(Term('symbol', (), name))} = {value_latex(value)}$"
        elif value not in joint:
            joint.add(value)
            letters = ", ".join(show(Term("symbol", (), letter)) for letter in value.names)
            yield f"$({letters}) = {value_latex(value)}$"


def repaired(finding: Finding) -> str:
    """``; true if x >= 0``, where a repair was found."""
    return f"; true if {conditions(finding.repair)}" if finding.repair else ""


def conditions(relations: Iterable[Relation]) -> str:
    return " and ".join(f"${show_relation(relation)}$" for relation in relations)


def _sides(left: str, right: str) -> str:
    """``1 against -1``. The kernel gives numbers as text, and matrices as ``[a, b; c, d]``: there the first entry that differs."""
    entries = [_entries(text) for text in (left, right)]
    if entries[0] and entries[1] and entries[0].keys() == entries[1].keys():
        different = [place for place in entries[0] if entries[0][place] != entries[1][place]]
        if different and len(entries[0]) > 1:
            row, column = different[0]
            pair = (grid[different[0]] for grid in entries)
            return f"entry {row}, {column}: {' against '.join(map(_number, pair))}"
    left, right = map(_bare, (left, right))
    return f"both sides are {_number(left)}" if left == right else f"{_number(left)} against {_number(right)}"


def _bare(text: str) -> str:
    """A number, also where the kernel gives it as a matrix of one entry."""
    entries = _entries(text)
    return next(iter(entries.values())) if len(entries) == 1 else text


def _entries(text: str) -> dict[tuple[int, int], str]:
    if not (text.startswith("[") and text.endswith("]")):
        return {}
    rows = text[1:-1].split(";")
    return {(i, j): cell.strip() for i, row in enumerate(rows, 1) for j, cell in enumerate(row.split(","), 1)}


def _number(text: str) -> str:
    if _DECIMAL.fullmatch(text):
        return f"${text}$"
    if found := _SCIENTIFIC.fullmatch(text):
        return f"${found[1]} \\cdot 10^{{{int(found[2])}}}$"
    return escape.markdown(text)


def value_latex(value: Value) -> str:
    """An exact value in LaTeX."""
    if isinstance(value, Matrix):
        rows = " \\\\ ".join(" & ".join(map(value_latex, row)) for row in value.rows)
        return f"\\begin{{pmatrix}} {rows} \\end{{pmatrix}}"
    if isinstance(value, Complex):
        sign = "-" if value.im < 0 else "+"
        return f"{value.re} {sign} {abs(value.im)} \\mathrm{{i}}"
    if isinstance(value, Family):
        return "(" + ", ".join(map(value_latex, value.members)) + ", \\dots)"
    if isinstance(value, Function):
        return f"({show(Term('symbol', (), value.variable))} \\mapsto {show(value.body)})"
    if isinstance(value, FiniteLaw):
        return ",\\ ".join(f"{atom} \\text{{ with probability }} {chance}" for atom, chance in value.atoms)
    if isinstance(value, Joint):
        atoms = (
            f"({', '.join(map(value_latex, v))}) \\text{{ with probability }} {chance}" for v, chance in value.atoms
        )
        return ",\\ ".join(atoms)
    return plain_value(value)


# --------------------------------------------------------------------------------------------- evidence, for lecturers


def evidence_words(judged: JudgedStep) -> tuple[str, ...]:
    """Why, on whose word, assuming what; and the NumPy check. In Markdown-lite."""
    if judged.step.assumed:
        return ()
    return tuple(line for line in (_why(judged.findings), _numpy(judged.findings)) if line)


def _why(findings: tuple[Finding, ...]) -> str:
    reasons = list(dict.fromkeys(escape.markdown_but_math(f.reason) for f in findings if _says_more(f)))
    trust = list(dict.fromkeys(_program(name) for f in findings for name in f.trust))
    assuming = list(dict.fromkeys(f"${show_relation(relation)}$" for f in findings for relation in f.assuming))
    why = _capital("; ".join(reasons))
    if trust:
        why = f"{why} ({', '.join(trust)})" if why else f"Relies on {_list(trust)}"
    parts = [why] if why else []
    parts += [f"Assuming {_list(assuming)}"] if assuming else []
    return ". ".join(parts) + "." if parts else ""


def _says_more(finding: Finding) -> bool:
    """The reason is not already among the words that everybody reads."""
    cited = finding.verdict is not None and isinstance(finding.verdict.evidence, Citation)
    return finding.status in (Status.PROVED, Status.SUPPORTED, Status.VACUOUS) and not cited


def _program(name: str) -> str:
    if name.startswith("axiom:"):
        return f"axiom `{name.removeprefix('axiom:')}`"
    return PROGRAMS.get(name) or escape.markdown(name.removeprefix("oracle:"))


def _numpy(findings: tuple[Finding, ...]) -> str:
    """Counts and seed, no measured float: the last bits differ between processors."""
    checks = [finding.numpy for finding in findings if finding.numpy is not None]
    missing = list(dict.fromkeys(f.numpy_reason for f in findings if f.numpy is None and f.numpy_reason))
    if not checks:
        return f"NumPy: {escape.markdown('; '.join(missing))}." if missing else ""
    fewest, most = min(c.points for c in checks), max(c.points for c in checks)
    points = f"{most} point{'s' * (most != 1)}" if fewest == most else f"{fewest} to {most} points a relation"
    partial = f" ({len(checks)} of {len(findings)} relations)" if len(checks) < len(findings) else ""
    return f"NumPy: {points}, seed {checks[0].seed}, {_outcome(findings, most)}{partial}."


def _outcome(findings: tuple[Finding, ...], most: int) -> str:
    fine = all(finding.numpy.ok for finding in findings if finding.numpy is not None)
    if any(finding.status == Status.REFUTED for finding in findings):
        return "no failure met" if fine else "where it fails too"
    if not fine:
        return "**beyond** the rounding bound"
    return f"{'all ' * (most > 1)}within the rounding bound"


def _list(items: Iterable[str]) -> str:
    *first, last = items
    return f"{', '.join(first)} and {last}" if first else last


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


# --------------------------------------------------------------------------------------------------------------- totals


def legend(report: Report) -> tuple[tuple[str, str], ...]:
    """Marks and meanings, in the order of ``Status``; rare ones only where they occur, and none on a page without steps."""
    if not report.steps:
        return ()
    present = {step.status for step in report.steps}
    shown = [status for status in MARKS if status in ALWAYS_IN_LEGEND or status in present]
    return tuple((MARKS[status], MEANING[status]) for status in shown)


def totals(report: Report, *, axioms: bool = False) -> str:
    """``6 proved · 1 false on purpose · 1 assumed · 0 undecided`` for the steps shown."""
    if not report.steps:
        return "no formulas"
    counts = report.summary
    without = sum(bool(s.findings) and all(f.without_axioms for f in s.findings) for s in report.steps)
    on_purpose = sum(s.status == Status.REFUTED and s.step.stance == "quotes" for s in report.steps)
    false = counts["refuted"] - on_purpose
    parts = [f"{counts['proved']} proved" + (f" ({without} without axioms)" if axioms else "")]
    parts += [f"{counts['supported']} checked numerically"] if counts["supported"] else []
    parts += [f"{on_purpose} false on purpose"] if on_purpose else []
    parts += [f"{false} false"] if false else []
    parts += [f"{counts['conditional']} conditional"] if counts["conditional"] else []
    parts += [f"{counts['assumed']} assumed", f"{counts['undecided']} undecided"]
    parts += [f"{counts[name]} {name}" for name in ("unread", "vacuous") if counts[name]]
    return " · ".join(parts)


def summary_line(report: Report) -> str:
    """The one line on standard error."""
    return f"{totals(report, axioms=True)}; seed {report.derivation.seed}"
