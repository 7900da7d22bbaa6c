"""A document to the steps that the judge takes, one for each relation: read where it stands, with what holds there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace

from derive.core import Claim, Derivation, Section, Source, Step
from derive.formula.claims import read_claims
from derive.formula.given import with_backslashes
from derive.formula.tokens import Unread
from derive.kernel.terms import free_letters, heads
from derive.notation import Node, Unparsed, parse
from derive.notes.claims import claims_in
from derive.notes.context import Context, declarations_in, letters_in
from derive.notes.display import JUDGED, Link, Statement, statements
from derive.notes.document import Comment, Document, End, Formula, Heading, Lines, Part, Prose
from derive.notes.doubts import Constraint, doubts
from derive.notes.expanding import Placed, expanded
from derive.notes.kinds import kind_of, may_be_solved, name_of
from derive.notes.lowering import Lowering, OutOfScope
from derive.notes.macros import Macro
from derive.notes.prose import in_its_place, items_said, shapes_said
from derive.notes.reservations import Reservation, reservations
from derive.notes.roles import Roles, key_of
from derive.notes.sizes import Sizes

WORDS = ("check", "assume", "here", "off", "on", "expect")
LONGEST_DEFINITION = 300
COUNTING = frozenset("ijklmnt")
"""Letters that are numbers elsewhere in nearly every text."""


@dataclass(slots=True)
class Walk:
    """The state of a walk through a document and what it includes; ``document`` and ``lines`` are of the text reached."""

    parts: list[Placed]
    document: Document
    lines: Lines
    roles: Roles
    sizes: Sizes
    context: Context = field(default_factory=Context)
    named: set[str] = field(default_factory=set)
    before: str = ""
    on: bool = True
    check_next: bool = False
    assume_next: bool = False
    here: list[str] | None = None
    expect_next: str | None = None
    constraints: list[Constraint] = field(default_factory=list)
    reservations: list[Reservation] = field(default_factory=list)
    reached: int = 0
    plain: list[Part] = field(default_factory=list)


def derivation_of(document: Document, macros: Mapping[str, Macro] | None = None) -> Derivation:
    """Every relation of the document itself as a step with its place."""
    return derivations_of(document, macros)[0][1]


def derivations_of(document: Document, macros: Mapping[str, Macro] | None = None) -> list[tuple[Document, Derivation]]:
    """The document, and each text that it includes, with its relations as steps."""
    parts = expanded(document, macros)
    trees = list(_trees(placed.part for placed in parts))
    roles = Roles.of(trees, frozenset(_called_shaped([placed.part for placed in parts])))
    sizes = Sizes(roles)
    for tree in trees:
        sizes.learn(tree)
    walk = Walk(parts, document, Lines.of(document.text), roles, sizes)
    walk.plain = [placed.part for placed in parts]
    walk.reservations = reservations(walk.plain)
    texts = {document.path: document}
    steps: dict[str, list[Step]] = {document.path: []}
    for number, placed in enumerate(parts):
        if placed.document is not walk.document:
            walk.document, walk.lines = placed.document, Lines.of(placed.document.text)
            texts.setdefault(placed.document.path, placed.document)
        steps.setdefault(placed.document.path, []).extend(_steps(walk, number))
    return [(text, _derivation(path, steps[path])) for path, text in texts.items()]


def _derivation(path: str, steps: list[Step]) -> Derivation:
    return Derivation(path, path, (), (Section("text", "", tuple(steps)),))


def _trees(parts: Iterable[object]) -> Iterator[Node]:
    """Every formula that can be parsed, side by side: what letters are is decided over the whole text."""
    for part in parts:
        if isinstance(part, Formula):
            for statement in statements(part):
                for link in statement.links:
                    for side in (link.lhs, link.rhs) if link.first else (link.rhs,):
                        with suppress(Unparsed):
                            yield parse(side.text)


def _called_shaped(parts: list[Part]) -> Iterator[str]:
    """The keys of letters that the text calls vectors or matrices."""
    for letter in shapes_said(parts):
        with suppress(Unparsed):
            key = key_of(parse(letter))
            if key is not None and key not in COUNTING:
                yield key


def _steps(walk: Walk, number: int) -> Iterator[Step]:
    part = walk.parts[number].part
    walk.reached = number
    match part:
        case Heading(level=7):
            walk.context.enter(proof=part.title == "proof")
        case End():
            walk.context.leave()
        case Heading():
            walk.context.heading(part.level)
            walk.constraints.clear()
        case Comment():
            _comment(walk, part)
        case Prose():
            walk.before = (walk.before + part.text)[-400:]
        case Formula(display=True):
            yield from _display(walk, part)
            walk.before = ""
        case Formula():
            _inline(walk, part, number)
            walk.before = f"{walk.before}${part.text.text}$"[-400:]


def _comment(walk: Walk, comment: Comment) -> None:
    for item in (part.strip() for part in comment.text.split(";")):
        word, _, rest = item.partition(" ")
        if word in ("check", "assume") and not rest:
            walk.check_next, walk.assume_next = word == "check", word == "assume"
        elif word == "here" and not rest:
            walk.here = []
        elif word in ("on", "off") and not rest:
            walk.on = word == "on"
        elif word == "expect":
            walk.expect_next = rest.strip()
        elif item and walk.here is not None:
            walk.here.append(item)
        elif item:
            walk.context.declare(item, comment.start)


def _inline(walk: Walk, formula: Formula, number: int) -> None:
    """A formula in running text declares, or names; it claims nothing."""
    following = walk.parts[number + 1].part if number + 1 < len(walk.parts) else None
    after = following.text if isinstance(following, Prose) else ""
    for item in declarations_in(walk.before, formula.text.text, after):
        walk.context.declare(item, formula.start)
    for item in items_said(*in_its_place(walk.plain, number)):
        if not (" ~ " in item and walk.roles.is_shaped(item.partition(" ~ ")[0])):
            walk.context.declare(item, formula.start)
    for statement in statements(formula):
        for link in statement.links[:1]:
            if (name := name_of(link.lhs.text)) is not None and link.sign in ("=", ":="):
                _define(walk, name, link, formula.start)
            elif link.sign == "=":
                _constrain(walk, link)


def _display(walk: Walk, formula: Formula) -> Iterator[Step]:
    expected, check = walk.expect_next, walk.check_next
    walk.expect_next, walk.check_next = None, False
    if formula.unread and walk.on:
        begin, end = walk.lines.position(formula.start), walk.lines.position(formula.end)
        source = Source(*begin, *end, "step", formula.unread, expected=expected)
        yield Step((), walk.document.text[formula.start : formula.end], "", source=source)
    here, assume = walk.here, walk.assume_next
    walk.here, walk.assume_next = None, False
    for statement in statements(formula):
        for link in statement.links:
            if here is not None:
                yield from _step_of_its_own(walk, link, "; ".join(here), "definition" if assume else "step", expected)
            else:
                yield from _step(walk, link, statement, formula, check, expected)


def _step_of_its_own(walk: Walk, link: Link, given: str, kind: str, expected: str | None) -> Iterator[Step]:
    """``derive: here``: a display that brings all its declarations, and no others hold, is read as strictly as what we write."""
    shown = f"{link.lhs.text} {link.sign} {link.rhs.text}"
    try:
        claims, unread = read_claims(shown, given), ""
    except Unread as problem:
        claims, unread = (), str(problem.args[0])
    begin, end = walk.lines.position(link.place[0]), walk.lines.position(link.place[1])
    source = Source(*begin, *end, kind, unread, expected=expected)
    if walk.on:
        yield Step(claims, shown, "", assumed=kind == "definition", source=source)


def _step(
    walk: Walk, link: Link, statement: Statement, formula: Formula, check: bool, expected: str | None
) -> Iterator[Step]:
    name = name_of(link.lhs.text)
    fresh = name is not None and name not in walk.named
    kind = kind_of(link, statement, fresh, walk.before)
    if check:
        kind = "step" if kind != "definition" else kind
    shown = f"{link.lhs.text} {link.sign} {link.rhs.text}"
    found = _understood(walk, link)
    if kind == "constraint" and _says_a_result(found.claims):
        kind = "identity"
    elif kind == "identity" and may_be_solved(link, statement, walk.before) and _tells_nothing(found.claims):
        found = replace(found, doubt=found.doubt or "it may be an equation to be solved")
        _constrain(walk, link)
    if name is not None and kind == "definition":
        _define(walk, name, link, formula.start)
    if kind == "constraint":
        _constrain(walk, link, found.claims)
    if not walk.on:
        return
    line, column = walk.lines.position(link.place[0])
    end_line, end_column = walk.lines.position(link.place[1])
    source = Source(line, column, end_line, end_column, kind, found.unread, found.beyond, found.doubt, expected)
    assumed = kind in ("definition", "constraint")
    yield Step(found.claims, shown, "", assumed=assumed, source=source)


_COMPUTES = frozenset(
    ["sum", "prod", "limit", "derivative", "integral", "gradient", "hessian", "transpose", "expect", "variance"]
)
"""Heads of what is computed: an equation with one of them says what came out."""
_RESULTS = _COMPUTES - {"transpose"} | {"trace", "det", "covariance", "binomial", "matrix"}


def _says_a_result(claims: tuple[Claim, ...]) -> bool:
    """An equation by itself that is no equation to be solved: something is computed, or no letter is in it."""
    return bool(claims) and all(
        claim.relation == "="
        and (
            not (free_letters(claim.lhs) | free_letters(claim.rhs))
            or not _RESULTS.isdisjoint(heads(claim.lhs, claim.rhs))
        )
        for claim in claims
    )


def _tells_nothing(claims: tuple[Claim, ...]) -> bool:
    """Some letter is not declared, and nothing is computed: an equation like those that are solved."""
    computes = any(not _COMPUTES.isdisjoint(heads(claim.lhs, claim.rhs)) for claim in claims)
    silent = [one.name for claim in claims for one in claim.scope.declarations if not (one.declared or one.where)]
    used = frozenset[str]().union(*(free_letters(side) for claim in claims for side in (claim.lhs, claim.rhs)))
    return not computes and any(name in used for name in silent)


@dataclass(frozen=True, slots=True)
class Understood:
    """The claim of a link, or why it is not read, or why nothing can be decided about it; ``doubt``: why a failure would not be
    held against the author."""

    claims: tuple[Claim, ...] = ()
    unread: str = ""
    beyond: str = ""
    doubt: str = ""


def _understood(walk: Walk, link: Link) -> Understood:
    """Read with what was said of its letters; an item that does not go together with the formula is left out, with a doubt."""
    if link.sign not in (*JUDGED, ":="):
        return Understood(beyond=f"nothing is known of the relation {link.sign}")
    lower = Lowering(walk.roles)
    try:
        lhs, rhs = (lower(parse(side.text)) for side in (link.lhs, link.rhs))
    except Unparsed as problem:
        return Understood(unread=problem.reason)
    except OutOfScope as problem:
        return Understood(beyond=str(problem.args[0]))
    latex = f"{lhs} {'=' if link.sign == ':=' else link.sign} {rhs}"
    items = walk.context.given(latex)
    left_out: list[str] = []
    while True:
        try:
            claims = claims_in(latex, "; ".join(items), walk.roles, walk.sizes)
            found = [
                reason for claim in claims for reason in (*doubts(claim, walk.constraints), *_reserved(walk, claim))
            ]
            return Understood(claims, doubt="; ".join(dict.fromkeys([*left_out, *found])))
        except Unread as problem:
            said = str(problem.args[0])
            guilty = next((item for item in items if said.startswith(f"in '{with_backslashes(item)}'")), None)
            if guilty is None:
                return Understood(beyond=said)
            items.remove(guilty)
            left_out.append(f"{guilty} is not understood here")


def _reserved(walk: Walk, claim: Claim) -> Iterator[str]:
    """What the words around say that is not understood."""
    yield from [one.reason for one in walk.reservations if one.bears_on(walk.reached, claim)][:1]


def _constrain(walk: Walk, link: Link, claims: tuple[Claim, ...] = ()) -> None:
    """An equation that the text assumes ties its letters."""
    letters = letters_in(f"{link.lhs.text} {link.rhs.text}")
    walk.constraints.append(Constraint(letters, walk.lines.position(link.place[0])[0], claims))


def _define(walk: Walk, name: str, link: Link, start: int) -> None:
    """From here on the name stands for the right side, where that can be read; else the equation ties its letters."""
    walk.named.add(name)
    item = f"{link.lhs.text} = {link.rhs.text}"
    short = len(item) <= LONGEST_DEFINITION and ";" not in item
    circular = letters_in(link.lhs.text) & letters_in(link.rhs.text)
    if name.endswith("()"):
        return
    if not short or circular or walk.context.declare(item, start):
        _constrain(walk, link)
