"""The state of a walk through a document, and what it makes of one relation: its claims with what holds there, or why not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING

from derive.core import Claim, Source, Tied
from derive.formula.given import with_backslashes
from derive.formula.tokens import Unread
from derive.kernel.terms import free_letters
from derive.notation import Node, Unparsed
from derive.notes.arguments import Premises, items_of
from derive.notes.behind import links_at_its_end, restriction, said_behind
from derive.notes.claims import claims_in
from derive.notes.constraints import Constraint, binding, under
from derive.notes.context import (
    ASSUMES,
    Context,
    accented_letters_in,
    bare_letters,
    declarations_in,
    defined_by,
    given_to,
    letters_in,
    letters_tied,
)
from derive.notes.determined import determined
from derive.notes.display import JUDGED, Link, Statement, statements
from derive.notes.document import Document, Formula, Lines, Part
from derive.notes.doubts import doubts
from derive.notes.ellipses import is_dotted, letters_of, undotted
from derive.notes.elsewhere import ties_letters
from derive.notes.expanding import Placed
from derive.notes.fitting import fitted
from derive.notes.formal import with_numbers
from derive.notes.gradients import gradient_in
from derive.notes.instances.repeated import Stated
from derive.notes.instances.special_values import Spoken
from derive.notes.instances.telling import LawsTold
from derive.notes.lowering import Lowering, OutOfScope
from derive.notes.mapped import Mapped
from derive.notes.parsing import parse
from derive.notes.polynomials import Polynomial
from derive.notes.reservations import Reservation
from derive.notes.roles import Roles, key_of
from derive.notes.rules import Rule, by_rule, call_in, rule_in, slope_in
from derive.notes.same_law import SIGNS, parameters_alike
from derive.notes.series import series_in
from derive.notes.several import SeveralRule, arguments_of, asked_for, derives, several_in, with_rules
from derive.notes.sizes import Sizes
from derive.notes.slopes import Given, depends, given_in, slope_of
from derive.notes.taylor import agreeing
from derive.notes.ties import equations_before
from derive.notes.trying import seems_an_identity
from derive.notes.unknown import Varied

if TYPE_CHECKING:
    from derive.notes.scopes import Letters

LONGEST_DEFINITION = 300
MOST_ITEMS = 60
"""So much of what was said of the letters of a formula is looked at."""
LONGEST_VALID = 60
"""Lines for which the rule of a function holds."""
_NO_RULE = re.compile(
    r"\b(?:if|when|whenever|unless|since|because|solve|solving|equations?|that|conditions?|holds|satisf\w+|solutions?|guess|try|claim)\W*$",
    re.I,
)
"""Words in front of an equation that gives no rule."""
_ANEW = re.compile(
    r"\b(?:let|now let|define|redefine|set|put|denote by|write|let us (?:define|set|put))(?: (?:now|instead|again))?[\s:,]*$",
    re.I,
)


@dataclass(slots=True)
class Walk:
    """The state of a walk through a document and what it includes; ``document`` and ``lines`` are of the text reached.

    ``referring``: the display uses equations by their labels. ``premises``: what the argument that goes on has stated. ``previous``: the last proposition of the display before.
    ``mentions``: what formulas in running text say of letters without declaring them. ``displayed``: lines of equations that
    stand in displays. ``labels``: what they stand for. ``own``: lines of the argument that goes on. ``after``: the words behind the display.
    ``polynomial``: the last one of one letter. ``several``: functions of several letters given by a rule; ``given``: functions with their arguments that are differentiated; ``around``: these, and the polynomial, outside of theorems and examples; ``shelved``: what was said there of one case. ``behind``: what is said behind a display of its letters; ``anew``: functions that are given there. ``rules``: functions given by a rule; ``ruled``: those that have, or had, one, and the line. ``nearby``: letters of integrals and the like in the display. ``told``: what the text tells of laws; ``spoken``: which functions its words name. ``stated``: what equations said of their left sides. ``read``: the claims of this section.
    """

    parts: list[Placed]
    document: Document
    lines: Lines
    roles: Roles
    sizes: Sizes
    context: Context = field(default_factory=Context)
    named: set[str] = field(default_factory=set)
    before: str = ""
    after: str = ""
    on: bool = True
    check_next: bool = False
    assume_next: bool = False
    here: list[str] | None = None
    expect_next: str | None = None
    constraints: list[Constraint] = field(default_factory=list)
    behind: list[Constraint] = field(default_factory=list)
    anew: frozenset[str] = frozenset()
    reservations: list[Reservation] = field(default_factory=list)
    reached: int = 0
    plain: list[Part] = field(default_factory=list)
    mentions: list[Constraint] = field(default_factory=list)
    displayed: set[int] = field(default_factory=set)
    own: set[int] = field(default_factory=set)
    referring: bool = False
    premises: Premises = field(default_factory=Premises)
    previous: tuple[Statement, ...] = ()
    labels: dict[str, tuple[Statement, ...]] = field(default_factory=dict)
    nearby: frozenset[str] = frozenset()
    line: int = 0
    foreign: bool = False
    polynomial: Polynomial | None = None
    several: dict[str, SeveralRule] = field(default_factory=dict)
    given: dict[str, Given] = field(default_factory=dict)
    around: list[tuple[dict[str, SeveralRule], Polynomial | None]] = field(default_factory=list)
    shelved: list[list[Constraint]] = field(default_factory=list)
    rules: dict[str, Rule] = field(default_factory=dict)
    ruled: dict[str, int] = field(default_factory=dict)
    told: LawsTold | None = None
    spoken: Spoken | None = None
    stated: list[Stated] = field(default_factory=list)
    read: dict[tuple[str, str, bool], tuple[Claim, ...] | Unread] = field(default_factory=dict)

    def begin_section(self, letters: Letters) -> None:
        """From here on letters are what they are in this section."""
        self.roles, self.sizes = letters.roles, letters.sizes
        self.read.clear()

    def claims(self, latex: str, given: str) -> tuple[Claim, ...]:
        """As ``claims_in``, remembered: a relation is asked for when it is looked at, and when it is judged. Raises Unread."""
        key = (latex, given, self.roles.speaks_of_euler)
        if key not in self.read:
            try:
                self.read[key] = claims_in(latex, given, self.roles, self.sizes)
            except Unread as problem:
                self.read[key] = problem
        found = self.read[key]
        if isinstance(found, Unread):
            raise Unread(found.args[0], found.position)
        return found

    def laws_told(self) -> LawsTold:
        """What the whole text tells of laws."""
        if self.told is None:
            self.told = LawsTold.of(self.plain)
        return self.told

    def lower(self, side: Mapped) -> str:
        """A side as ``formula`` spells it, without names for values of which nothing is known. Raises Unparsed and OutOfScope."""
        tree = parse(side.text)
        lower = self.lowering([tree])
        text = lower(tree)
        if lower.unknown.silent:
            raise OutOfScope(f"nothing is said of {lower.unknown.shown[min(lower.unknown.silent)]}")
        return text

    def lowering(self, trees: Sequence[Node], *, averages: bool = False) -> Lowering:
        """For the sides of one relation."""
        return Lowering(self.roles, Varied.of(trees, self.nearby), averages=averages, rules=self.near_rules())

    def near_rules(self) -> dict[str, Rule]:
        """Those given a little before the place reached: further on the letter may be another function."""
        return {
            key: rule
            for key, rule in self.rules.items()
            if self.line - self.ruled[key] <= LONGEST_VALID and key not in self.anew
        }

    def near_several(self) -> dict[str, SeveralRule]:
        """The same of several letters."""
        return {
            key: rule
            for key, rule in self.several.items()
            if self.line - self.ruled.get(f"{key},", self.line) <= LONGEST_VALID
        }

    def near_given(self) -> dict[str, Given]:
        """The same of functions that are differentiated: no other letter of the rule is given by its arguments."""
        told = [(one.item, name) for one in self.context.said if (name := defined_by(one.item)) is not None]
        told += [(" ".join(one.letters), one.named) for one in self.constraints if one.named]
        return {
            key: given
            for key, given in self.given.items()
            if self.line - self.ruled.get(f"d {key}", self.line) <= LONGEST_VALID
            and not any(depends(given, item, base) for item, name in told for base in letters_in(name))
            and not any(self.roles.is_shaped(letter.partition("_")[0]) for letter in given.arguments)
        }

    def line_of(self, link: Link) -> int:
        return self.lines.position(link.place[0])[0]

    def enter(self, *, proof: bool) -> None:
        """A theorem, an example or a proof begins."""
        self.context.enter(proof=proof)
        self.around.append((dict(self.several), self.polynomial))
        passing = [] if proof else [one for one in self.constraints if one.passing]
        self.shelved.append(passing)
        self.constraints = [one for one in self.constraints if one not in passing]

    def leave(self) -> None:
        """It ends, and with it what was given in it."""
        self.context.leave()
        if self.around:
            self.several, self.polynomial = self.around.pop()
            self.constraints = [*(self.shelved.pop() if self.shelved else []), *self.constraints]

    def forget(self, level: int) -> None:
        """A section ends, and with it what was assumed there; what was assumed around it stays."""
        self.constraints = [one for one in self.constraints if one.depth is not None and one.depth < level]
        self.mentions.clear()
        self.rules.clear()
        self.several.clear()
        self.given.clear()
        self.around.clear()
        self.shelved.clear()
        self.ruled.clear()
        self.stated.clear()
        self.polynomial = None
        self.premises, self.previous = Premises(), ()


@dataclass(frozen=True, slots=True)
class Understood:
    """The claim of a link, or why it is not read, or why nothing can be decided about it; ``doubt``: why a failure would not be
    held against the author; ``why``: the kind of the first two; ``readings``: claims that have to fail as well; ``tied``: claims under
    equations that the text assumes."""

    claims: tuple[Claim, ...] = ()
    unread: str = ""
    beyond: str = ""
    doubt: str = ""
    why: str = ""
    readings: tuple[tuple[str, Claim], ...] = ()
    tied: tuple[Tied, ...] = ()


def claims_of(walk: Walk, link: Link) -> tuple[Claim, ...]:
    """The claims alone, where nobody asks what would excuse a failure."""
    return understood(walk, link, bare=True).claims


def understood(walk: Walk, link: Link, premises: Sequence[str] = (), *, bare: bool = False) -> Understood:
    """Read with what was said of its letters, and the premises; ``bare``: the claims alone."""
    walk.line = walk.line_of(link)
    if link.sign not in (*JUDGED, ":="):
        return Understood(beyond=f"nothing is known of the relation {link.sign}", why="relation")
    try:
        trees = [with_rules(parse(side.text), walk.near_several()) for side in (link.lhs, link.rhs)]
        trees[0] = slope_of(parse(link.lhs.text), walk.near_given()) or trees[0]
    except Unparsed as problem:
        return Understood(unread=problem.reason, why=problem.kind)
    if link.sign in SIGNS and (pairs := parameters_alike(trees)) is not None:
        return _alike(walk, link, pairs, premises)
    if any(_is_bracketed_numeral(tree) for tree in trees):
        return Understood(beyond="brackets around a numeral: an ideal or a class")
    if any(map(_is_single_set, trees)):
        return Understood(beyond="a set")
    if link.sign == r"\sim" and _is_law(trees[1]):
        return Understood(beyond="the law of a letter")
    trees, guessed = _without_dots(with_numbers(trees))
    found = lowered(walk, link.sign, walk.lowering(trees), trees, premises, bare=bare)
    if guessed:
        found = replace(found, doubt="; ".join(filter(None, (found.doubt, guessed))))
    if found.beyond.startswith(OF_NO_LAW):
        again = lowered(walk, link.sign, walk.lowering(trees, averages=True), trees, premises, bare=bare)
        return found if again.beyond else again
    return found


def _without_dots(trees: list[Node]) -> tuple[list[Node], str]:
    """With sums in place of dots, and a doubt where the pattern is not certain."""
    if not any(map(is_dotted, trees)):
        return trees, ""
    used = letters_of(trees)
    trees = [undotted(tree, used) for tree in trees]
    series = [series_in(tree, other, used) for tree, other in zip(trees, reversed(trees), strict=True)]
    whole = [one.node if one else tree for one, tree in zip(series, trees, strict=True)]
    guessed = any(one is not None and not one.certain for one in series)
    return whole, "what the dots stand for is not certain" if guessed else ""


def _alike(walk: Walk, link: Link, pairs: Sequence[tuple[Node, Node]], premises: Sequence[str]) -> Understood:
    """That the parameters of two laws are equal, a claim each; one that is not read leaves all of them undecided."""
    equal = replace(link, sign="=")
    found = [lowered(walk, equal.sign, walk.lowering(pair), pair, premises) for pair in pairs]
    beyond = next((one.beyond for one in found if one.beyond), "")
    doubt = "; ".join(dict.fromkeys(one.doubt for one in found if one.doubt))
    return (
        Understood(beyond=beyond) if beyond else Understood(tuple(c for one in found for c in one.claims), doubt=doubt)
    )


def _is_single_set(tree: Node) -> bool:
    r"""``\{0\}``: braces around a numeral or a letter gather nothing."""
    return (
        tree.kind == "fence"
        and tree.text.replace(r"\left", "").startswith(r"\{")
        and tree.children[0].kind in ("number", "letter")
    )


def _is_bracketed_numeral(side: Node) -> bool:
    """``(2) = (3)``, ``[1] = [2]``."""
    return side.kind == "fence" and side.text[:1] in "([" and side.children[0].kind == "number"


OF_NO_LAW = ("nothing is said of the law", "an expectation with parameters", "a probability of something")
"""Why an average may be no more than a number."""


def _is_law(side: Node) -> bool:
    """``\\mathcal{N}(\\mu, \\sigma^2)``, ``\\mathrm{Exp}(a)``: a name and its parameters, of which there may be several."""
    first = side.children[0] if side.kind in ("product", "apply", "scripts") else side
    named = first.kind in ("word", "font") or (first.kind == "scripts" and first.children[0].kind in ("word", "font"))
    listed = any(part.kind == "fence" and part.children[0].kind == "list" for part in side.children)
    return named or listed


def lowered(
    walk: Walk, sign: str, lower: Lowering, trees: Sequence[Node], premises: Sequence[str], *, bare: bool = False
) -> Understood:
    """The claims that the trees make on both sides of the sign, and, unless they are ``bare``, why a failure would not be held
    against the author."""
    try:
        lhs, rhs = map(lower, trees)
    except OutOfScope as problem:
        return Understood(beyond=str(problem.args[0]))
    latex = f"{lhs} {'=' if sign == ':=' else sign} {rhs}"
    found = claims_under(walk, latex, premises)
    if bare:
        return found
    reasons = [reason for claim in found.claims for reason in _excuses(walk, lower, claim)]
    freed, old = _without_old_values(walk, latex, lower, premises, found.claims)
    doubt = "; ".join(dict.fromkeys(filter(None, [found.doubt, old, *reasons])))
    readings = (*freed, *(meant for claim in found.claims for meant in _as_is_said(walk, claim)))
    tied = _tied(walk, latex, lower, premises, found.claims)
    return Understood(found.claims, "", found.beyond, doubt, readings=readings, tied=tied)


def _excuses(walk: Walk, lower: Lowering, claim: Claim) -> Iterator[str]:
    yield from doubts(claim, (*walk.constraints, *walk.behind), lower.unknown)
    yield from reserved(walk, claim)


def _without_old_values(
    walk: Walk, latex: str, lower: Lowering, premises: Sequence[str], claims: tuple[Claim, ...]
) -> tuple[tuple[tuple[str, Claim], ...], str]:
    """Where letters were given values so far before, or in another item, that they may have others by now: the claims for any values,
    as other readings; a doubt where a failure would not be held against the author then."""
    used = frozenset[str]().union(*(free_letters(side) for claim in claims for side in (claim.lhs, claim.rhs)))
    old = walk.context.old_values() & used
    if not old:
        return (), ""
    reason = f"the value of {min(old)} was given far before, or in another item"
    found = claims_under(walk, latex, premises, without=old)
    if found.doubt or not found.claims or any(any(_excuses(walk, lower, claim)) for claim in found.claims):
        return (), reason
    return tuple((f"with another {min(old)}", claim) for claim in found.claims), ""


def _tied(
    walk: Walk, latex: str, lower: Lowering, premises: Sequence[str], claims: tuple[Claim, ...]
) -> tuple[Tied, ...]:
    """The claim under the equations that the text assumes of its letters, and what may excuse a failure all the same."""
    words, items = equations_before(claims[0], walk.constraints, walk.line) if len(claims) == 1 else ("", ())
    again = claims_under(walk, latex, (*premises, *items)) if items else Understood()
    if len(again.claims) != 1 or again.doubt:
        return ()
    (claim,) = again.claims
    return (Tied(words, claim, "; ".join(_excuses(walk, lower, claim))),)


def _as_is_said(walk: Walk, claim: Claim) -> Iterator[tuple[str, Claim]]:
    """The claim under what is said of its letters nearby, where that is understood."""
    said = binding(claim, (*walk.constraints, *walk.behind))
    if said and (meant := under(claim, said)) is not None:
        yield f"as line {said[0].line} says", meant


def of_itself(walk: Walk, lhs: Node, rhs: Node) -> Understood:
    """An equation whose letters are all bound: nothing that is said of letters bears on it. Its sides are made of what is written."""
    try:
        lower = walk.lowering([lhs, rhs])
        claims = walk.claims(f"{lower(lhs)} = {lower(rhs)}", "")
    except (OutOfScope, Unread) as problem:
        return Understood(beyond=str(problem.args[0]))
    said = (one.reason for one in walk.reservations if one.letters is None and one.bears_on(walk.reached, claims[0]))
    return Understood(claims, doubt=next(said, ""))


def under_item(walk: Walk, latex: str, item: str) -> Understood:
    """A relation under one equation, and nothing else that is said of its letters."""
    try:
        claims = walk.claims(latex, item)
    except Unread as problem:
        return Understood(beyond=str(problem.args[0]))
    doubt = next((reason for claim in claims for reason in reserved(walk, claim)), "")
    return Understood(claims, doubt=doubt)


def taylor_limits(walk: Walk, link: Link, words: str) -> Iterator[Understood]:
    """Limits that are 0 where the right side of a relation is a Taylor polynomial of the left one."""
    walk.line = walk.line_of(link)
    with suppress(Unparsed, OutOfScope):
        lhs, rhs = parse(link.lhs.text), parse(link.rhs.text)
        letters = arguments_of(lhs)
        value = by_rule(with_rules(lhs, walk.near_several()), walk.near_rules())
        if letters and value == lhs:  # nothing is known of the function
            return
        letters = letters or tuple(sorted({part.text for part in lhs.walk() if part.kind == "letter"} - {"e", "i"}))
        if value == lhs and len(letters) != 1:
            return
        for limit in agreeing(value, rhs, letters, words):
            yield of_itself(walk, limit, Node("number", "0", (), (), 0, 0))


def claims_under(
    walk: Walk, latex: str, premises: Sequence[str] = (), without: frozenset[str] = frozenset()
) -> Understood:
    """The claims of a lowered relation where all that was said of its letters holds, and the premises; an item that does not go
    together with the formula is left out, with a doubt. ``without``: letters whose values and laws are not used."""
    given = walk.context.given(" ; ".join((latex, *premises)))
    items = [*(item for item in given if not (without and without & given_to(item))), *premises]
    left_out: list[str] = []
    put_for: set[str] = set()  # items that were replaced once, and are not put back
    if len(items) > MOST_ITEMS:
        items = items[-MOST_ITEMS:]
        left_out.append("more is said of its letters than is looked at")
    while True:
        try:
            claims = walk.claims(latex, "; ".join(items))
        except Unread as problem:
            said = str(problem.args[0])
            guilty = next((item for item in items if said.startswith(f"in '{with_backslashes(item)}'")), None)
            if named := _of_a_namesake(said.rpartition("': ")[2] or said, items, " ; ".join((latex, guilty or ""))):
                item, others = named
                place = items.index(item)
                items[place : place + 1] = [one for one in others if one not in put_for]
                put_for.add(item)
                continue
            if guilty is None:
                return Understood(beyond=said)
            items.remove(guilty)
            if not _is_of_another(guilty, latex, items):
                left_out.append(f"{guilty} is not understood here")
            continue
        whole = tuple(map(fitted, claims))
        if any(map(_has_other_sizes, whole, claims)):
            left_out.append("sizes of its matrices are not told apart in the text")
        return Understood(whole, doubt="; ".join(dict.fromkeys(left_out)))


_NO_FAMILY = re.compile(r"letter '(?P<name>[^']+)' is no family and carries no subscript")


def _of_a_namesake(problem: str, items: Sequence[str], latex: str) -> tuple[str, list[str]] | None:
    """``x in R^d``, where the formula has x_{t+1} and x_\\star and no x: that x is another letter. With the item for the other
    letters that it declares, and, for a space of vectors or matrices, for those that are called after it, which lie in it, too."""
    found = _NO_FAMILY.match(problem)
    if found is None or found["name"] in accented_letters_in(_SUBSCRIPTED.sub(" ", latex)):
        return None
    for item in filter(_SAYS_NOTHING.fullmatch, items):
        names, _, space = item.partition(" in ")
        others = [name.strip() for name in names.split(",") if letters_in(name) != {found["name"]}]
        if len(others) < len(names.split(",")):
            others += _called_after(found["name"], latex) if "^" in space else []
            return item, [f"{name} in {space}" for name in others]
    return next(((item, []) for item in items if _defines(item, found["name"])), None)


def _defines(item: str, name: str) -> bool:
    """``C = 2``."""
    defined = defined_by(item) or "_"
    return "_" not in defined and letters_in(defined) == {name}


def _called_after(name: str, latex: str) -> list[str]:
    """``x_t`` for all members of a family, ``x_\\star``."""
    found = dict.fromkeys("".join(one.group().split()) for one in _SUBSCRIPTED.finditer(latex))
    subscripts = [
        below.strip("{}") for one in found for base, _, below in [one.partition("_")] if letters_in(base) == {name}
    ]
    running = next((letter for below in subscripts for letter in below if letter in RUNNING), "")
    fixed = [below for below in subscripts if below.isdigit() or below.startswith("\\")]
    return [f"{with_backslashes(name)}_{{{below}}}" for below in dict.fromkeys([running, *fixed] if running else fixed)]


RUNNING = "tknijlms"


def _is_of_another(item: str, latex: str, items: Sequence[str]) -> bool:
    """The definition of y_1, where nothing speaks of a y with a subscript."""
    name = defined_by(item)
    if name is None or "_" not in name:
        return False
    base = name.partition("_")[0]
    others = [latex, *(one for one in items if defined_by(one) is None)]
    return not any(f"{base}_" in "".join(one.split()) for one in others)


_SUBSCRIPTED = re.compile(r"(?:\\[A-Za-z]+|[A-Za-z])\s*_\s*(?:\{[^{}]*\}|\w|\\star)")
_SAYS_NOTHING = re.compile(r"\S+(?:\s*,\s*\S+)* in R(?:\^\S+|\^\{[^{}]*\})?\s*")


def _has_other_sizes(fitted: Claim, claim: Claim) -> bool:
    """A letter of the claim itself, not one of its hypotheses alone, has them, and not only names for sizes of any number."""
    used = (free_letters(claim.lhs) | free_letters(claim.rhs)) - determined(claim)
    pairs = zip(fitted.scope.declarations, claim.scope.declarations, strict=True)
    changed = [(*new.shape, *old.shape) for new, old in pairs if new != old and old.name in used]
    return any(isinstance(size, int) for sizes in changed for size in sizes)


def source_of(
    walk: Walk, place: tuple[int, int], kind: str, found: Understood, expected: str | None, argument: str = ""
) -> Source:
    begin, end = walk.lines.position(place[0]), walk.lines.position(place[1])
    words = (found.unread, found.beyond, found.doubt)
    return Source(*begin, *end, kind, *words, expected, argument, found.why, found.readings, found.tied)


def referred(walk: Walk, names: Sequence[str]) -> Premises:
    """The equations of these names, as far as there are any; ``unread`` where one of them is not understood."""
    found, lines = Premises(), set[int]()
    for name in dict.fromkeys(names):
        group = walk.labels.get(name, ())
        if not group:
            continue
        try:
            found = found.then(items_of(group, walk.lower), "")
        except (Unparsed, OutOfScope) as problem:
            found = found.then((), "", f"{name}: {problem.args[0]}")
        lines |= {walk.line_of(link) for statement in group for link in statement.links}
    walk.own |= lines
    return found


def reserved(walk: Walk, claim: Claim) -> Iterator[str]:
    """What the words around say that is not understood."""
    if walk.foreign and ties_letters(claim):
        yield "the words of the text are not English"
    yield from islice((one.reason for one in walk.reservations if one.bears_on(walk.reached, claim)), 1)


def constrain(walk: Walk, link: Link, claims: tuple[Claim, ...] = (), *, passing: bool = False) -> None:
    """An equation that the text assumes ties its letters; behind "if" and "let" it does so also in the sections inside. One that
    holds in ``passing``, "at $n = 2$", is no hypothesis of what comes."""
    text = f"{link.lhs.text} {link.rhs.text}"
    found = Constraint(
        letters_tied(text),
        walk.line_of(link),
        claims,
        named=_named(link),
        bare=bare_letters(text),
        depth=walk.context.depth if ASSUMES.search(walk.before) else None,
        item=_item(walk, link) if claims and link.sign == "=" and not passing else "",
        passing=passing,
    )
    walk.constraints.append(found)


def _named(link: Link) -> str:
    r"""The letter with its accent, ``\bar x``, to which an equation gives a value."""
    with suppress(Unparsed):
        names = accented_letters_in(key_of(parse(link.lhs.text)) or "")
        return next(iter(names)) if len(names) == 1 else ""
    return ""


def define(walk: Walk, name: str, link: Link, start: int) -> None:
    """From here on the name stands for the right side, where that can be read; else the equation ties its letters."""
    walk.named.add(name)
    item = _item(walk, link)
    short = len(item) <= LONGEST_DEFINITION and ";" not in item
    circular = accented_letters_in(link.lhs.text) & accented_letters_in(link.rhs.text)
    if name.endswith("()"):
        walk.context.forget(name.removesuffix("()"))  # f = e^x is another f
        _give_rule(walk, link)
        return
    if defines_anew(walk):
        walk.context.forget(link.lhs.text)
    _give_rule(walk, link)
    if not short or circular or walk.context.declare(item, start):
        constrain(walk, link, claims_of(walk, link) if circular else ())


def defines_anew(walk: Walk) -> bool:
    """The words in front say that what follows is set, whatever the letter was before."""
    return _ANEW.search(walk.before) is not None


def _item(walk: Walk, link: Link) -> str:
    """The definition as ``formula`` writes it, or as it stands where it cannot be written so."""
    try:
        trees = [parse(side.text) for side in (link.lhs, link.rhs)]
        lhs, rhs = map(walk.lowering(trees), trees)
    except (Unparsed, OutOfScope):
        return f"{link.lhs.text} = {link.rhs.text}"
    return f"{lhs} = {rhs}"


def _give_rule(walk: Walk, link: Link) -> None:
    """A function that is given by two rules, or by one that is not understood, is unknown."""
    give_several(walk, link)
    try:
        found = rule_in(parse(link.lhs.text), parse(link.rhs.text))
    except Unparsed:
        forget_rule(walk, link)
        return
    if found is None:
        return
    key, rule = found
    known = walk.rules.get(key)
    if rule is None or _NO_RULE.search(walk.before) or (known is not None and known != rule and not key.endswith("'")):
        walk.rules.pop(key, None)
    elif key not in walk.ruled or defines_anew(walk) or key.endswith("'"):
        walk.rules[key] = rule
    walk.ruled[key] = walk.line_of(link)


def give_several(walk: Walk, link: Link) -> None:
    """The rule of a function of several letters, the last one that is given."""
    try:
        lhs, rhs = parse(link.lhs.text), parse(link.rhs.text)
    except Unparsed:
        called = link.lhs.text.partition("(")[0].strip()
        walk.several.pop(called, None)
        return
    give_slope(walk, link, lhs, rhs)
    for key in asked_for(lhs, rhs, walk.several):
        walk.several.pop(key)
    found = several_in(lhs, rhs)
    if found is None:
        return
    key, rule = found
    walk.several.pop(key, None)
    if rule is not None and not _NO_RULE.search(walk.before):
        walk.several[key] = rule
        walk.ruled[f"{key},"] = walk.line_of(link)


def give_slope(walk: Walk, link: Link, lhs: Node, rhs: Node) -> None:
    """The rule of a function that may be differentiated; one that is given anew is another."""
    found = given_in(lhs, rhs)
    if found is None:
        return
    key, given = found
    walk.given.pop(key, None)
    if given is not None and not _NO_RULE.search(walk.before):
        walk.given[key] = given
        walk.ruled[f"d {key}"] = walk.line_of(link)


def forget_rule(walk: Walk, link: Link) -> None:
    """A function whose new rule is not understood has none."""
    with suppress(Unparsed):
        called = call_in(parse(link.lhs.text))
        if called is not None:
            walk.rules.pop(called[0], None)
            walk.ruled.setdefault(called[0], walk.line_of(link))


def look_behind(walk: Walk, formula: Formula, number: int) -> None:
    """Takes what is said behind a display, or at its end, of its letters: declarations, equations and restrictions that tie them,
    functions given by another rule."""
    links = list(links_at_its_end(formula, walk.document.text))
    for words, said in said_behind(walk.plain, number):
        items = list(declarations_in(words, said.text.text, ""))
        refused = [problem for item in items for problem in walk.context.declare(item, said.start)]
        if refused or not items:
            links += [link for statement in statements(said) for link in statement.links]
    anew: set[str] = set()
    walk.behind = []
    for link in links:
        line = walk.line_of(link)
        if link.sign in ("=", ":="):
            walk.behind.append(Constraint(letters_tied(f"{link.lhs.text} {link.rhs.text}"), line))
            with suppress(Unparsed):
                found = rule_in(parse(link.lhs.text), parse(link.rhs.text))
                if found is not None and found[0] in walk.rules and walk.rules[found[0]] != found[1]:
                    anew.add(found[0])
        elif (told := restriction(link, line)) is not None:
            walk.behind.append(told)
    walk.anew = frozenset(anew)


def forget_rules(walk: Walk, link: Link) -> None:
    """A condition on the derivative of a function makes it an unknown one."""
    with suppress(Unparsed):
        for side in (link.lhs, link.rhs):
            for part in parse(side.text).walk():
                if part.kind == "scripts" and "'" in part.text and (key := key_of(part.children[0])) is not None:
                    walk.rules.pop(f"{key}'", None)
                    walk.rules.pop(key, None)
                    walk.ruled.setdefault(key, walk.line_of(link))


def derives_a_rule(walk: Walk, link: Link) -> bool:
    """``f'(x) = ...`` where f is given by a rule."""
    walk.line = walk.line_of(link)
    try:
        lhs = parse(link.lhs.text)
    except Unparsed:
        return False
    if derives(lhs, walk.near_several()):
        return True
    if slope_of(lhs, walk.near_given()) is not None:
        return link.rhs.text.strip() != "0"
    if (slope := slope_in(lhs)) is not None:
        return slope[0] in walk.near_rules()
    if (gradient := gradient_in(lhs)) is not None:
        return key_of(gradient.function) in walk.near_rules()
    called = call_in(lhs)
    return called is not None and called[1] > 0 and called[0] in walk.near_rules() and called[2].kind == "letter"


def given_anew(walk: Walk, link: Link, claims: Sequence[Claim]) -> str:
    """Why a first equation for ``f(x)`` or ``f'(x)`` that does not go together with the rule of f may be meant otherwise: f is then
    given by another rule, or asked for."""
    try:
        lhs, rhs = parse(link.lhs.text), parse(link.rhs.text)
    except Unparsed:
        return ""
    slope, called = slope_in(lhs), call_in(lhs)
    key = slope[0] if slope else called[0] if called else ""
    plain = slope is not None or (called is not None and called[2].kind == "letter")
    if not link.first or link.sign not in ("=", ":=") or not plain or key not in walk.near_rules():
        return ""
    if all(map(seems_an_identity, claims)):
        return ""
    letters = {found for part in rhs.walk() if (found := key_of(part)) is not None}
    derived = slope is not None or (called is not None and called[1] > 0)
    if derived and key.rstrip("'") not in letters:
        return ""
    walk.rules.pop(key, None)
    if not derived:
        walk.ruled.pop(key, None)
        _give_rule(walk, link)
    return "it may be an equation for the function" if derived else "the function may be given anew"
