"""Untrusted search: each checker turns a claim into evidence that the kernel may or may not admit. One file, one idea.

``CHECKERS`` is the ladder, cheapest first. A checker yields candidates; ``search`` keeps the first that the kernel admits.
A search costs at most a budget of operations; a checker that breaks down costs its own answer, not those of the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from derive.asking import Found, Question
from derive.checkers import (
    agree,
    asymptotic,
    bounding,
    cite,
    closed_points,
    different_traces,
    enclose,
    estimate,
    first_values,
    growing,
    induct,
    infinite,
    instances,
    integrate,
    inversion,
    matrix_bounds,
    monotone,
    multiples_of_given,
    normalise,
    opposite,
    pointwise,
    power_range,
    reflecting,
    refute,
    squares,
    sum_of_squares,
    summing,
    taking_apart,
    termwise,
    triangle,
    zeilberger,
)
from derive.checkers.repair import TooDear, repairs
from derive.checkers.sampling import witness_for
from derive.core import BUDGET, Claim, Counterexample, Evidence, Hints, Point, Status
from derive.kernel import NotAdmitted, Verdict, admit
from derive.kernel.budget import BudgetSpent, Meter, metered, within
from derive.kernel.late_recurrences import without_early_starts
from derive.kernel.sequences import written_out

Checker = Callable[[Claim, Hints], Iterator[Evidence]]

CHECKERS: tuple[tuple[str, Checker], ...] = (
    ("counterexample in sight", refute.find_in_sight),
    ("normal form", normalise.find),
    ("enclosure", enclose.find),
    ("counterexample nearby", refute.find_soon),
    ("limit", asymptotic.find),
    ("sums and series", summing.find),
    ("integrands", pointwise.find),
    ("integral", integrate.find),
    ("induction", induct.find),
    ("creative telescoping", zeilberger.find),
    ("first values apart", first_values.find),
    ("monotone function", monotone.find),
    ("multiple of what is given", multiples_of_given.find),
    ("cited theorem", cite.find),
    ("matrix theorem", matrix_bounds.find),
    ("squared norms", squares.find),
    ("different traces", different_traces.find),
    ("counterexample", refute.find),
    ("counterexample in radicals", closed_points.find),
    ("limit at parameters", instances.find),
    ("opposite", opposite.find),
    # scalars
    ("taking apart", taking_apart.find),
    # inequalities
    ("squares", sum_of_squares.find),
    ("bounds", bounding.find),
    ("growth", growing.find),
    ("term by term", termwise.find),
    ("range of a power", power_range.find),
    ("triangle inequality", triangle.find),
    ("substitution", reflecting.find),
    # probability
    ("infinite expectation", infinite.find),
    ("agreement at points", agree.find),
    ("inversion", inversion.find),
    ("seeded sample", estimate.find),
)

DECIDING = (Status.PROVED, Status.REFUTED)
SEARCHES = ("counterexample nearby", "counterexample", "counterexample in radicals", "limit at parameters")
"""Searches for points, of which one is enough."""
ONLY_PROVE = (
    "first values apart",
    "squares",
    "bounds",
    "growth",
    "term by term",
    "range of a power",
    "triangle inequality",
    "substitution",
)
"""Searches that are long and find proofs only: not asked where there is one."""
NEVER_PROVE = (
    "counterexample in sight",
    "counterexample nearby",
    "counterexample",
    "counterexample in radicals",
    "limit at parameters",
    "opposite",
    "infinite expectation",
    "agreement at points",
    "inversion",
    "seeded sample",
)
FEW_TRIES = 4
"""Rational points that are tried for a witness before radicals are."""
WITHOUT_WITNESS = (*NEVER_PROVE, "integral", "sums and series")
"""What may still decide a claim where no point is known at which all that is assumed holds: nothing is proved of no points."""
QUICK = ("normal form", "enclosure")
"""Proofs that are looked at first, where many a claim is false: a witness is looked for when there is a proof that needs one."""
ONLY_SUPPORT = ("agreement at points", "inversion", "seeded sample")
OPERATIONS_FOR_A_CONDITION = BUDGET // 20
"""What the proof of a claim under one condition may cost: a repair is found cheaply or not at all."""


def _in_order(hints: Hints) -> tuple[tuple[str, Checker], ...]:
    """The ladder, with what the author names first."""
    if hints.axiom is None and hints.induction is None:
        return CHECKERS
    named = {"cited theorem": hints.axiom is not None, "induction": hints.induction is not None}
    return tuple(sorted(CHECKERS, key=lambda entry: not named.get(entry[0], False)))


def search(claim: Claim, hints: Hints = Hints(), *, audit: bool = False, budget: int = BUDGET) -> Found:
    """Ask the checkers in order until one decides; with ``audit`` ask them all, so that a contradiction would show. What is
    refuted is tried again under simple conditions."""
    *_, found = searching(Question(claim, hints, audit, budget))
    return found


def searching(question: Question) -> Iterator[Found]:
    """What ``search`` has found so far, each time that it finds something; in the end all of it."""
    so_far = _Search(question.claim)
    for _ in _steps(so_far, question):
        yield so_far.found()


def _steps(so_far: _Search, question: Question, mending: bool = True) -> Iterator[None]:
    """One after each find that may be the last, and one in the end."""
    with metered(question.budget) as meter:
        so_far.meter = meter
        try:
            for name, checker in _in_order(question.hints):
                if not question.audit and any(status in so_far.kept for status in DECIDING):
                    break
                if not so_far.wants(name):
                    continue
                if checker is refute.find and (Status.PROVED in so_far.kept or question.doubted):
                    checker = refute.glance
                if so_far.ask(name, checker, question.hints) and question.audit:
                    yield
            if mending and not question.doubted:
                so_far.repair()
        except BudgetSpent:
            so_far.tried.append(f"the budget of {question.budget} operations is used up")
            so_far.stopped = True
    yield


def decide(claim: Claim, hints: Hints = Hints(), *, budget: int = BUDGET, mending: bool = True) -> Verdict | None:
    """The kernel's verdict on a claim, sealed where its evidence was found: a proof before a refutation before support. Only
    between processes, where no verdict travels, is evidence admitted twice. Without ``mending`` what is refuted is left at that:
    under which condition it would be true takes longer to find than that it is false."""
    so_far = _Search(claim)
    for _ in _steps(so_far, Question(claim, hints, False, budget), mending):
        pass
    return so_far.verdict()


class _Search:
    """What has been found of one claim, and why the rest was not admitted."""

    def __init__(self, claim: Claim) -> None:
        self.claim = claim
        self.plain = written_out(claim)
        self.kept: dict[Status, Evidence] = {}
        self.verdicts: dict[Status, Verdict] = {}
        self.tried: list[str] = []
        self.witness: Point | None = None
        self.looked = self.offered = False
        self.repeatable = True
        self.stopped = False
        self.meter = Meter(0)

    def found(self) -> Found:
        proof, refutation, support = (self.kept.get(s) for s in (Status.PROVED, Status.REFUTED, Status.SUPPORTED))
        tried, spent = tuple(self.tried), self.meter.spent
        return Found(proof, self.witness, refutation, support, tried, self.repeatable, self.stopped, spent)

    def verdict(self) -> Verdict | None:
        found = (self.verdicts.get(status) for status in (Status.PROVED, Status.REFUTED, Status.SUPPORTED))
        return next((verdict for verdict in found if verdict is not None), None)

    def wants(self, name: str) -> bool:
        """Whether the checker may find something that is not known yet."""
        if self.kept and name in (*ONLY_SUPPORT, "opposite"):
            return False
        if Status.REFUTED in self.kept and name in SEARCHES:
            return False
        if Status.PROVED in self.kept and name in ONLY_PROVE:
            return False
        if self.offered and name not in (*NEVER_PROVE, *QUICK):
            self.look()
        hopeless = self.looked and self.witness is None
        return not hopeless or (name in WITHOUT_WITNESS and name != "agreement at points")

    def ask(self, name: str, checker: Checker, hints: Hints) -> bool:
        """Keep the first candidate that the kernel admits, and note why it did not admit the others."""
        try:
            for evidence in checker(self.plain, hints):
                if self._keep(name, evidence):
                    return True
        except (BudgetSpent, MemoryError):
            raise
        except Exception as fault:  # of ours or of a library
            self.tried.append(f"{name}: {_named(fault)}")
            self.repeatable = False
        return False

    def look(self) -> Point | None:
        """A witness, looked for once."""
        if not self.looked:
            self.witness, self.looked = _witness_for(without_early_starts(self.plain)), True
        return self.witness

    def _keep(self, name: str, evidence: Evidence) -> bool:
        if isinstance(evidence, Counterexample):
            pass
        elif name in QUICK:
            self.offered = True
        else:
            self.look()
        try:
            verdict = admit(self.claim, evidence, self.look if name in QUICK else self.witness)
        except NotAdmitted as reason:
            if name != "opposite":  # that a true claim's opposite is not proved tells nobody anything
                self.tried.append(f"{name}: {reason}")
            return False
        self.kept.setdefault(verdict.status, evidence)
        self.verdicts.setdefault(verdict.status, verdict)
        return True

    def repair(self) -> None:
        """A refutation that stands alone, with the first repair that the kernel admits."""
        refutation = self.kept.get(Status.REFUTED)
        if refutation is not None and Status.PROVED not in self.kept:
            try:
                for verdict in _repaired(self.claim, refutation, self.witness):
                    self.kept[Status.REFUTED], self.verdicts[Status.REFUTED] = verdict.evidence, verdict
            except (BudgetSpent, MemoryError):
                raise
            except TooDear:
                self.tried.append("repair: a proof under a condition costs more than is allowed for one")
            except Exception as fault:
                self.tried.append(f"repair: {_named(fault)}")
                self.repeatable = False


def _witness_for(claim: Claim) -> Point | None:
    """A point at which hypotheses and conditions hold, if need be with radicals."""
    if not closed_points.suits(claim):
        return witness_for(claim)
    found = witness_for(claim, FEW_TRIES) or closed_points.closed_witness(claim)
    return witness_for(claim) if found is None else found


def _named(fault: Exception) -> str:
    return "nested too deeply" if isinstance(fault, RecursionError) else f"broke down ({type(fault).__name__})"


def _repaired(claim: Claim, refutation: Evidence, witness: Point | None) -> Iterator[Verdict]:
    """The refutation with the first repair that the kernel admits, if there is one."""
    for repair in repairs(written_out(claim), refutation, _proof):
        try:
            yield admit(claim, repair, witness)
        except NotAdmitted:
            continue
        return


def _proof(claim: Claim) -> tuple[Evidence, Point | None] | None:
    """A proof that the kernel admits, with its witness. Raises TooDear where the operations for one condition are used up."""
    searched = within(OPERATIONS_FOR_A_CONDITION, lambda: (_searched_proof(claim),))
    if searched is None:
        raise TooDear
    return searched[0]


def _searched_proof(claim: Claim) -> tuple[Evidence, Point | None] | None:
    plain = written_out(claim)
    witness = _witness_for(plain)
    if witness is None:  # no proof is admitted without one
        return None
    for name, checker in CHECKERS:
        if name in NEVER_PROVE:
            continue
        for evidence in checker(plain, Hints()):
            try:
                if admit(claim, evidence, witness).status == Status.PROVED:
                    return evidence, witness
            except NotAdmitted:
                continue
    return None
