"""A sentence of a source text, what it could mean, and how that is written down.

An entry stores no verdict. It stores *formal readings*: formulas, each with what is declared, which are judged when somebody
asks. ``derive/claims/__init__.py`` shows how entries are written.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from derive.core import Claim, Hints, InputError, Relation, Scope, Step
from derive.formula import read_chain, show_chain, show_relation
from derive.formula.claims import read_claims
from derive.formula.tokens import Unread

BOOK = "Goodfellow, Bengio, Courville, *Deep Learning*, MIT Press 2016"

SOURCES: dict[str, str] = {
    "8.2.5": f"{BOOK}, section 8.2.5",
    "8.2.6": f"{BOOK}, section 8.2.6",
    "10.7": f"{BOOK}, section 10.7",
    "10.8": f"{BOOK}, section 10.8",
    "10.11": f"{BOOK}, section 10.11",
    "10.11.1": f"{BOOK}, section 10.11.1",
    "LW": "a LessWrong post on vanishing and exploding gradients",
    "SE-Q": "a question on Stack Exchange about very high derivatives",
    "SE-A": "an answer on Stack Exchange to a question about very high derivatives",
    "Bengio": "Bengio, Simard, Frasconi, *Learning long-term dependencies with gradient descent is difficult*, 1994",
    "Pascanu": "Pascanu, Mikolov, Bengio, *On the difficulty of training recurrent neural networks*, 2013",
    "Doya": "Doya, *Bifurcations of recurrent neural networks in gradient descent learning*, 1993",
    "Sussillo": "Sussillo, Abbott, *Random walk initialization for training very deep feedforward networks*, 2014",
    "Saxe": "Saxe, McClelland, Ganguli, *Exact solutions to the nonlinear dynamics of learning in deep linear networks*, 2014",
    "Glorot": "Glorot, Bengio, *Understanding the difficulty of training deep feedforward neural networks*, 2010",
    "He": "He, Zhang, Ren, Sun, *Delving deep into rectifiers*, 2015",
    "Martens": "Martens, Sutskever, *Training deep and recurrent networks with Hessian-free optimization*, 2012",
    "Nesterov": "Sutskever, Martens, Dahl, Hinton, *On the importance of initialization and momentum in deep learning*, 2013",
    "method": "how such claims are checked numerically",
}
"""What the first word of a place stands for."""


class Kind(StrEnum):
    """What sort of sentence it is."""

    MATHEMATICAL = "mathematical"
    EMPIRICAL = "empirical"
    NOT_MATHEMATICAL = "not mathematical"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Lemma:
    """A formula that is judged first and may then be used."""

    formula: str
    hints: Hints = Hints()


@dataclass(frozen=True, slots=True)
class Provided:
    """A hypothesis under which a failing reading holds: ``given`` in the language of declarations, ``words`` for the reader."""

    given: str
    words: str
    hints: Hints = Hints()
    using: tuple[Lemma, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """One thing that the sentence could mean. ``formula`` is a chain of relations in LaTeX; ``given`` declares its letters;
    ``says`` is the reading in words. ``using``: what is judged first."""

    name: str
    formula: str
    given: str | Scope = ""
    says: str = ""
    hints: Hints = Hints()
    using: tuple[Lemma, ...] = ()
    repair: Provided | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """How often something succeeded."""

    setting: str
    successes: int
    trials: int


@dataclass(frozen=True, slots=True)
class Experiment:
    """A short seeded experiment: task, loss, laws and budget in words, and ``run(seed)``."""

    description: str
    run: Callable[[int], tuple[Count, ...]]
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """One sentence. ``source``: places, each a key of ``SOURCES`` and, behind a comma, where there; ``claim``: in our words.

    ``note``: what a reader should know besides. ``correction`` in words and, to be judged, in formulas (``corrected``).
    ``topic``: the handout that derives it; ``see``: other ids, whose steps derive this claim too."""

    id: str
    source: tuple[str, ...]
    claim: str
    kind: Kind
    readings: tuple[Reading, ...] = ()
    correction: str = ""
    corrected: tuple[Reading, ...] = ()
    topic: str | None = None
    note: str = ""
    experiment: Experiment | None = None
    see: tuple[str, ...] = ()


# ----------------------------------------------------------------------------------------------------- words for writing


def entry(
    id: str,
    source: str,
    claim: str,
    *readings: Reading,
    correction: str = "",
    corrected: Sequence[Reading] = (),
    topic: str | None = None,
    note: str = "",
    see: Sequence[str] = (),
) -> Entry:
    """A sentence that is true or false once it is made precise. ``source``: places, separated by semicolons."""
    given = (readings, correction, tuple(corrected), topic, note)
    return Entry(id, _places(source), claim, Kind.MATHEMATICAL, *given, see=tuple(see))


def empirical(
    id: str,
    source: str,
    claim: str,
    experiment: Experiment | None,
    *core: Reading,
    correction: str = "",
    corrected: Sequence[Reading] = (),
    topic: str | None = None,
    note: str = "",
    see: Sequence[str] = (),
) -> Entry:
    """A sentence about what is observed; ``core`` are readings of what can be proved about it."""
    given = (core, correction, tuple(corrected), topic, note)
    return Entry(id, _places(source), claim, Kind.EMPIRICAL, *given, experiment, tuple(see))


def not_mathematical(id: str, source: str, claim: str, note: str) -> Entry:
    """History, advice, intent: there is nothing to prove, and ``note`` says why."""
    return Entry(id, _places(source), claim, Kind.NOT_MATHEMATICAL, note=note)


def unreadable(id: str, source: str, claim: str, note: str, *literal: Reading, topic: str | None = None) -> Entry:
    """A formula that was lost on the way to us: never false. ``note``: what is missing; ``literal``: what the remains would say."""
    return Entry(id, _places(source), claim, Kind.UNREADABLE, literal, note=note, topic=topic)


def reading(
    name: str,
    formula: str,
    given: str | Scope = "",
    says: str = "",
    *,
    repair: Provided | None = None,
    using: Sequence[Lemma | str] = (),
    induction: tuple[str, int] | None = None,
    axiom: str | None = None,
) -> Reading:
    """One formal reading. The hints are trusted by nobody."""
    return Reading(name, formula, given, says, Hints(induction, axiom), _lemmas(using), repair)


def provided(
    given: str,
    words: str,
    *,
    using: Sequence[Lemma | str] = (),
    induction: tuple[str, int] | None = None,
    axiom: str | None = None,
) -> Provided:
    """The hypothesis under which a reading is true: ``provided("|r| < 1", "$\\\\lvert r \\\\rvert < 1$")``."""
    return Provided(given, words, Hints(induction, axiom), _lemmas(using))


def lemma(formula: str, *, induction: tuple[str, int] | None = None, axiom: str | None = None) -> Lemma:
    """A formula, under the declarations of its reading, that is judged first and may then be used."""
    return Lemma(formula, Hints(induction, axiom))


def _lemmas(using: Sequence[Lemma | str]) -> tuple[Lemma, ...]:
    return tuple(Lemma(item) if isinstance(item, str) else item for item in using)


def _places(source: str) -> tuple[str, ...]:
    return tuple(place.strip() for place in source.split(";"))


def key(place: str) -> str:
    """``10.7`` for ``10.7, equation 10.39``."""
    return place.partition(",")[0]


# ------------------------------------------------------------------------------------------------------------ as steps


@dataclass(frozen=True, slots=True)
class ReadingSteps:
    """What is judged of one reading: the reading itself behind its lemmas, and the same again under its repair."""

    reading: Reading
    plain: tuple[Step, ...]
    repaired: tuple[Step, ...]


def steps_of(reading: Reading, place: str, stance: str = "reads") -> ReadingSteps:
    """The claims of a reading. Raises InputError, which names the ``place``, for a formula that cannot be read."""
    try:
        plain = _steps(reading.formula, reading.given, reading.using, reading.hints, _said(reading), stance)
        again = reading.repair
        repaired = (
            _steps(
                reading.formula,
                _narrowed(reading.given, again.given),
                again.using,
                again.hints,
                f"Provided that {again.words}:",
                stance,
            )
            if again
            else ()
        )
    except Unread as problem:
        raise InputError(f"{place}, reading {reading.name!r}: {problem.args[0]}") from None
    return ReadingSteps(reading, plain, repaired)


def _said(reading: Reading) -> str:
    name = f"*{reading.name[:1].upper()}{reading.name[1:]}.*"
    goes_on = "… " * reading.says[:1].islower()  # with the sentence of the reading before
    return f"{name} {goes_on}{reading.says}" if reading.says else name


def _narrowed(given: str | Scope, more: str) -> str | Scope:
    """The declarations with further ones."""
    if isinstance(given, str):
        return f"{given}; {more}"
    relations = tuple(r for item in more.split(";") for r in read_chain(item.strip(), given))
    return replace(given, hypotheses=given.hypotheses + relations)


def _steps(
    formula: str, given: str | Scope, using: tuple[Lemma, ...], hints: Hints, reason: str, stance: str
) -> tuple[Step, ...]:
    """The lemmas in order, each with those before it among its hypotheses, and the formula with all of them."""
    known: tuple[Relation, ...] = ()
    steps = []
    for link in (*using, Lemma(formula, hints)):
        bare = _read(link.formula, given)
        claims = tuple(_under(claim, known) for claim in bare)
        relations = tuple(Relation(claim.lhs, claim.relation, claim.rhs) for claim in claims)
        known += relations
        said = _with_equations(reason, bare[0].scope) if link.formula == formula else "First:"
        steps.append(Step(claims, show_chain(relations), said, stance=stance, hints=link.hints))
    return tuple(steps)


def _with_equations(reason: str, scope: Scope) -> str:
    """The reason with the equations that are given, for a reader who has not been told them."""
    shown = [show_relation(h) for h in scope.hypotheses if h.relation == "="]
    told = reason.replace(" ", "")
    new = [f"${text}$" for text in shown if text.replace(" ", "") not in told]
    return reason if not new or reason.endswith(":") else f"{reason} With {', '.join(new)}."


def _read(formula: str, given: str | Scope) -> tuple[Claim, ...]:
    if isinstance(given, str):
        return read_claims(formula, given)
    return tuple(Claim(r.lhs, r.relation, r.rhs, given) for r in read_chain(formula, given))


def _under(claim: Claim, known: tuple[Relation, ...]) -> Claim:
    """The claim where what was shown before may be used: the same points satisfy its scope."""
    return replace(claim, scope=replace(claim.scope, hypotheses=claim.scope.hypotheses + known))
