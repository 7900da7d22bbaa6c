"""What a reader is told of a step, in the fixed words of a language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction

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
from derive.writers.words import Words, words

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

ALWAYS_IN_LEGEND = (Status.PROVED, Status.SUPPORTED, Status.REFUTED, Status.ASSUMED, Status.UNDECIDED)

_DECIMAL = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:/[0-9]+)?")
_SCIENTIFIC = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?)e([+-]?[0-9]+)")


# ------------------------------------------------------------------------------------------------- the words of a step


def verdict_words(judged: JudgedStep, say: Words) -> tuple[str, ...]:
    """What must be said under the formula whoever reads, in Markdown-lite; nothing for what is plainly proved or assumed."""
    return tuple(dict.fromkeys(line for finding in judged.findings if (line := _words(finding, judged, say))))


def _words(finding: Finding, judged: JudgedStep, say: Words) -> str:
    where = "" if len(judged.findings) == 1 else f" ({finding.id})"
    match finding.status:
        case Status.PROVED:
            return by_theorems(finding, say)
        case Status.REFUTED if finding.repair:
            given = conditions(finding.repair, say)
            return say("verdict.repaired", where=where, why=refutation(finding, say), conditions=given)
        case Status.REFUTED:
            return say("verdict.refuted", where=where, why=refutation(finding, say))
        case Status.SUPPORTED:
            return say("verdict.supported", where=where)
        case Status.CONDITIONAL:
            given = conditions(finding.repair, say)
            return say("verdict.conditional", where=where, why=refutation(finding, say), conditions=given)
        case Status.UNDECIDED | Status.UNREAD:
            return say(f"verdict.{finding.status}", where=where, reason=escape.markdown_but_math(finding.reason))
        case Status.VACUOUS:
            return say("verdict.vacuous", where=where)
        case _:
            return ""


def by_theorems(finding: Finding, say: Words) -> str:
    """``by the strong law, hypotheses checked``; empty if no theorem was cited."""
    names = [name.removeprefix("axiom:") for name in finding.trust if name.startswith("axiom:")]
    return say("verdict.theorems", theorems=joined([_theorem(name, say) for name in names], say)) if names else ""


def _theorem(name: str, say: Words) -> str:
    """How a sentence names a theorem of the closed list; those of which the words say nothing by their own name."""
    known = f"theorem.{name}"
    return say(known) if known in say.texts else say("theorem.unnamed", name=escape.markdown(name.replace("_", " ")))


def refutation(finding: Finding, say: Words) -> str:
    """``fails at x = -1 (1 against -1)``, or the limit that is right."""
    verdict = finding.verdict
    evidence = verdict.evidence if verdict is not None else None
    evidence = evidence.refutation if isinstance(evidence, Repair) else evidence
    if isinstance(evidence, OtherValue):
        return say("refutation.limit", value=f"${show(evidence.value)}$")
    if verdict is not None and verdict.values and verdict.claim.lhs.head == "limit":
        point, value = _elsewhere(finding, say), _number(verdict.values[0])
        return say("refutation.limit_at", point=point, value=value) if point else say("refutation.limit", value=value)
    if verdict is None or verdict.values is None:
        return escape.markdown_but_math(finding.reason).replace("infinity", "$\\infty$")
    sides = _sides(*verdict.values, say)
    point = ", ".join(_places(finding.counterexample or (), say))
    return say("refutation.at", point=point, sides=sides) if point else sides


def _elsewhere(finding: Finding, say: Words) -> str:
    """``x = 2``: the values of the letters other than the one that tends somewhere."""
    running = finding.claim.lhs.args[1].value
    return ", ".join(_places([(name, value) for name, value in finding.counterexample or () if name != running], say))


def _places(point: Iterable[tuple[str, Value]], say: Words) -> Iterator[str]:
    """``x = -1`` for each letter; letters with a joint law together."""
    joint = set[Joint]()
    for name, value in point:
        if not isinstance(value, Joint):
            yield f"${show(Term('symbol', (), name))} = {value_latex(value, say)}$"
        elif value not in joint:
            joint.add(value)
            letters = ", ".join(show(Term("symbol", (), letter)) for letter in value.names)
            yield f"$({letters}) = {value_latex(value, say)}$"


def conditions(relations: Iterable[Relation], say: Words) -> str:
    return joined([f"${show_relation(relation)}$" for relation in relations], say)


def _sides(left: str, right: str, say: Words) -> str:
    """``1 against -1``. The kernel gives numbers as text, and matrices as ``[a, b; c, d]``: there the first entry that differs."""
    entries = [_entries(text) for text in (left, right)]
    if entries[0] and entries[1] and entries[0].keys() == entries[1].keys():
        different = [place for place in entries[0] if entries[0][place] != entries[1][place]]
        if different and len(entries[0]) > 1:
            row, column = different[0]
            pair = [grid[different[0]] for grid in entries]
            return say("refutation.entry", row=row, column=column, sides=_against(pair[0], pair[1], say))
    left, right = map(_bare, (left, right))
    return say("refutation.same", value=_number(left)) if left == right else _against(left, right, say)


def _against(left: str, right: str, say: Words) -> str:
    return say("refutation.against", left=_number(left), right=_number(right))


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


def value_latex(value: Value, say: Words) -> str:
    """An exact value in LaTeX."""
    if isinstance(value, Matrix):
        rows = " \\\\ ".join(" & ".join(value_latex(entry, say) for entry in row) for row in value.rows)
        return f"\\begin{{pmatrix}} {rows} \\end{{pmatrix}}"
    if isinstance(value, Complex):
        sign = "-" if value.im < 0 else "+"
        return f"{value.re} {sign} {abs(value.im)} \\mathrm{{i}}"
    if isinstance(value, Family):
        start = f"_{{k \\ge {value.first}}}" if value.first != 1 else ""
        return "(" + ", ".join(value_latex(member, say) for member in value.members) + ", \\dots)" + start
    if isinstance(value, Function):
        return f"({show(Term('symbol', (), value.variable))} \\mapsto {show(value.body)})"
    if isinstance(value, FiniteLaw):
        return ",\\ ".join(_chance(str(atom), chance, say) for atom, chance in value.atoms)
    if isinstance(value, Joint):
        points = ((f"({', '.join(value_latex(v, say) for v in atom)})", chance) for atom, chance in value.atoms)
        return ",\\ ".join(_chance(point, chance, say) for point, chance in points)
    return plain_value(value)


def _chance(atom: str, chance: Fraction, say: Words) -> str:
    return f"{atom} \\text{{ {escape.tex(say('refutation.chance'))} }} {chance}"


# --------------------------------------------------------------------------------------------- evidence, for lecturers


def evidence_words(judged: JudgedStep, say: Words) -> tuple[str, ...]:
    """Why, on whose word, assuming what; and the NumPy check. In Markdown-lite."""
    if judged.step.assumed:
        return ()
    return tuple(line for line in (_why(judged.findings, say), _numpy(judged.findings, say)) if line)


def _why(findings: tuple[Finding, ...], say: Words) -> str:
    reasons = list(dict.fromkeys(escape.markdown_but_math(f.reason) for f in findings if _says_more(f)))
    trust = list(dict.fromkeys(_program(name, say) for f in findings for name in f.trust))
    assuming = list(dict.fromkeys(f"${show_relation(relation)}$" for f in findings for relation in f.assuming))
    why = _capital("; ".join(reasons))
    if trust:
        why = f"{why} ({', '.join(trust)})" if why else say("evidence.relies", programs=_list(trust, say))
    parts = [why] if why else []
    parts += [say("evidence.assuming", conditions=_list(assuming, say))] if assuming else []
    return ". ".join(parts) + "." if parts else ""


def _says_more(finding: Finding) -> bool:
    """The reason is not already among the words that everybody reads."""
    cited = finding.verdict is not None and isinstance(finding.verdict.evidence, Citation)
    return finding.status in (Status.PROVED, Status.SUPPORTED, Status.VACUOUS) and not cited


def _program(name: str, say: Words) -> str:
    if name.startswith("axiom:"):
        return say("evidence.axiom", name=name.removeprefix("axiom:"))
    known = f"program.{name}"
    return say(known) if known in say.texts else escape.markdown(name.removeprefix("oracle:"))


def _numpy(findings: tuple[Finding, ...], say: Words) -> str:
    """Counts and seed, no measured float: the last bits differ between processors."""
    checks = [finding.numpy for finding in findings if finding.numpy is not None]
    missing = list(dict.fromkeys(f.numpy_reason for f in findings if f.numpy is None and f.numpy_reason))
    if not checks:
        return say("numpy.missing", reason=escape.markdown("; ".join(missing))) if missing else ""
    fewest, most = min(c.points for c in checks), max(c.points for c in checks)
    points = say("numpy.points", count=most) if fewest == most else say("numpy.points_each", fewest=fewest, most=most)
    said = {"points": points, "seed": checks[0].seed, "outcome": _outcome(findings, most, say)}
    if len(checks) == len(findings):
        return say("numpy.line", **said)
    return say("numpy.line_partial", **said, count=len(checks), total=len(findings))


def _outcome(findings: tuple[Finding, ...], most: int, say: Words) -> str:
    fine = all(finding.numpy.ok for finding in findings if finding.numpy is not None)
    if any(finding.status == Status.REFUTED for finding in findings):
        return say("numpy.no_failure") if fine else say("numpy.fails_too")
    return say("numpy.within", count=max(1, most)) if fine else say("numpy.beyond")


def _list(items: Iterable[str], say: Words) -> str:
    """``a, b and c``."""
    *first, last = items
    return say("list.two", first=", ".join(first), last=last) if first else last


def joined(items: Iterable[str], say: Words) -> str:
    """``a and b and c``: each of them holds; empty for none."""
    *first, last = list(items) or [""]
    return say("list.two", first=joined(first, say), last=last) if first else last


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


# --------------------------------------------------------------------------------------------------------------- totals


def legend(report: Report, say: Words) -> tuple[tuple[str, str], ...]:
    """Marks and meanings, in the order of ``Status``; rare ones only where they occur, and none on a page without steps."""
    if not report.steps:
        return ()
    present = {step.status for step in report.steps}
    shown = [status for status in MARKS if status in ALWAYS_IN_LEGEND or status in present]
    return tuple((MARKS[status], say(f"status.{status}")) for status in shown)


def totals(report: Report, say: Words, *, axioms: bool = False) -> str:
    """``6 proved · 1 false on purpose · 1 assumed · 0 undecided`` for the steps shown."""
    if not report.steps:
        return say("totals.none")
    counts = report.summary
    without = sum(bool(s.findings) and all(f.without_axioms for f in s.findings) for s in report.steps)
    on_purpose = sum(s.status == Status.REFUTED and s.step.stance == "quotes" for s in report.steps)
    proved = counts["proved"]
    parts = [
        say("totals.proved_without", count=proved, without=without) if axioms else say("totals.proved", count=proved)
    ]
    seldom = {"supported": counts["supported"], "on_purpose": on_purpose, "refuted": counts["refuted"] - on_purpose}
    seldom["conditional"] = counts["conditional"]
    parts += [say(f"totals.{name}", count=count) for name, count in seldom.items() if count]
    parts += [say(f"totals.{name}", count=counts[name]) for name in ("assumed", "undecided")]
    parts += [say(f"totals.{name}", count=counts[name]) for name in ("unread", "vacuous") if counts[name]]
    return " · ".join(parts)


def summary_line(report: Report) -> str:
    """The one line on standard error, in English like the rest of what is said there."""
    return f"{totals(report, words(), axioms=True)}; seed {report.derivation.seed}"
