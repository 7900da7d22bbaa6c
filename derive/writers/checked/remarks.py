"""What is to be said of findings, folded: the relation, why, the point where it fails, and what would make it true."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from markupsafe import Markup, escape

from derive.formula.notation import RELATION_SIGNS
from derive.writers.checked.formulas import needs_words
from derive.writers.checked.placing import Placed
from derive.writers.html_math import inline
from derive.writers.words import Words


def remarks(findings: Sequence[Placed], say: Words) -> Markup:
    """One ``<details>`` for each run of findings of one kind that are not plainly fine."""
    telling = [one for one in findings if needs_words(one)]
    runs = groupby(telling, key=lambda one: (one.verdict, str(one.found.code)))
    return Markup("").join(_remark(kind, code, list(run), say) for (kind, code), run in runs)


def _remark(kind: str, code: str, run: Sequence[Placed], say: Words) -> Markup:
    lines = list(dict.fromkeys(one.found.entry["line"] for one in run))
    where = say("checked.line", count=len(lines), line=", ".join(map(str, lines)), code=code)
    head = Markup('<strong>{}</strong> <span class="where">{}</span>').format(say(f"checked.{kind}"), where)
    return Markup('<details class="finding {}"><summary>{}</summary>{}</details>\n').format(
        kind, head, Markup("").join(_told(one, say) for one in run)
    )


def _told(one: Placed, say: Words) -> Markup:
    first, *others = _lines(one, say)
    more = Markup("").join(Markup("<br>{}").format(line) for line in others)
    return Markup('<p id="finding-{}">{}{}</p>').format(one.id, first, more)


def _lines(one: Placed, say: Words) -> Iterator[Markup]:
    entry = one.found.entry
    yield relation(one)
    yield escape(_sentence(str(entry["reason"])))
    point = dict(entry["counterexample"] or {})
    left, right = point.pop("lhs", None), point.pop("rhs", None)
    at = ", ".join(f"{name} = {value}" for name, value in point.items())
    if at and left is not None:
        yield escape(say("checked.fails", point=at, left=left, right=right))
    if entry["repair"]:
        yield escape(say("checked.repair", condition=str(entry["repair"]).replace("; ", ", ")))
    if one.found.announced:
        yield escape(say("checked.announced"))


LATEX = {name: sign for sign, name in RELATION_SIGNS.items()}


def relation(one: Placed) -> Markup:
    """The relation as it was read; as written where it was not."""
    entry = one.found.entry
    if entry["lhs"] and entry["rhs"]:
        return inline(f"{entry['lhs']} {LATEX.get(entry['relation'], entry['relation'])} {entry['rhs']}")
    return inline(" ".join(str(entry["shown"]).replace("&", " ").split()))


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + "." * (not text.endswith("."))


def alarms(findings: Iterable[Placed]) -> tuple[Placed, ...]:
    """What the author ought to look at first."""
    return tuple(one for one in findings if str(one.found.code or "").startswith(("D2", "D3", "D5")))
