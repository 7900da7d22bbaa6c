"""A document to the steps that the judge takes, one for each relation: read where it stands, with what holds there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from derive.core import Claim, Derivation, Section, Source, Step
from derive.formula.claims import read_claims
from derive.formula.tokens import Unread
from derive.kernel.terms import free_letters, heads, subterms
from derive.notation import Unparsed, show
from derive.notes.argued import argued, follows
from derive.notes.arguments import Premises, groups, offers
from derive.notes.behind import restriction
from derive.notes.beside import said_beside
from derive.notes.constant_chains import EQUAL_VALUES, speaks_of_letters, tells_a_value
from derive.notes.constraints import Constraint
from derive.notes.context import ASSUMES, declarations_in, is_case, letters_in
from derive.notes.determined import determined
from derive.notes.display import JUDGED, Link, Statement, statements
from derive.notes.document import Comment, Document, End, Formula, Heading, Lines, Part, Prose
from derive.notes.elsewhere import chosen_in, is_chosen, is_english, puts_unknown
from derive.notes.expanding import expanded
from derive.notes.instances.finding import follows_from_before, instances_of, told_by_law
from derive.notes.instances.repeated import stated_in
from derive.notes.kinds import kind_of, may_be_solved, name_of
from derive.notes.known_functions import named_function
from derive.notes.lowering import OutOfScope
from derive.notes.macros import Macro
from derive.notes.parsing import parse
from derive.notes.primes import with_transposes
from derive.notes.prose import in_its_place, items_said
from derive.notes.quantified import asserts, letters_meant, recalled, unsaid
from derive.notes.references import labelled, rows_of, used_at
from derive.notes.reservations import reservations
from derive.notes.roots import lists_roots, polynomial_of, put_in, speaks_of
from derive.notes.scopes import scopes_of
from derive.notes.solved import drawn, equation_for, letter_solved_for, values_of
from derive.notes.taylor import SAYS, SENTENCE
from derive.notes.trying import never_holds, seems_an_identity
from derive.notes.unknown import Varied
from derive.notes.usage import trees
from derive.notes.walk import (
    Understood,
    Walk,
    claims_of,
    constrain,
    define,
    defines_anew,
    derives_a_rule,
    forget_rules,
    give_several,
    given_anew,
    look_behind,
    of_itself,
    referred,
    source_of,
    taylor_limits,
    under_item,
    understood,
)

SUBSTITUTED = "what the text substitutes is not understood"
WORDS = ("check", "assume", "here", "off", "on", "expect")
_LISTED = re.compile(r"\s*(?:,|,?\s*(?:and|or))\s*\$?-?\d")
_PLACE = re.compile(
    r"(?:^|[\s(])(?:at|when|whenever|if|unless|until|near|around)\s+(?:the (?:point|points|time|place|value|origin)\s+)?$",
    re.IGNORECASE,
)
"""Words in front of a value that a letter has here, and not from here on: "at $x = 1$"."""
_ITEM = re.compile(r"(?:^|\n)\s*(?:[-*+]|\(?(?:\d{1,2}|[a-z]|[ivx]{2,4})[.)])\s")
_BECAUSE = re.compile(r"(?:^|[\s(,;:])(?:because|since)\s+$", re.IGNORECASE)
ARGUES = 3
"""So many relations in a row behind "because" are an argument, not an assumption."""
BEHIND = 200


def derivation_of(document: Document, macros: Mapping[str, Macro] | None = None) -> Derivation:
    """Every relation of the document itself as a step with its place."""
    return derivations_of(document, macros)[0][1]


def derivations_of(document: Document, macros: Mapping[str, Macro] | None = None) -> list[tuple[Document, Derivation]]:
    """The document, and each text that it includes, with its relations as steps."""
    parts = with_transposes(expanded(document, macros))
    plain = [placed.part for placed in parts]
    scopes = scopes_of(plain)
    walk = Walk(parts, document, Lines.of(document.text), scopes.whole.roles, scopes.whole.sizes)
    walk.plain = plain
    walk.reservations = reservations(walk.plain)
    walk.foreign = not is_english(walk.plain)
    if counts_with_i(walk.plain):
        walk.context.declare("i in Z", 0)
    texts = {document.path: document}
    steps: dict[str, list[Step]] = {document.path: []}
    for number, placed in enumerate(parts):
        if placed.document is not walk.document:
            walk.document, walk.lines = placed.document, Lines.of(placed.document.text)
            texts.setdefault(placed.document.path, placed.document)
        if (letters := scopes.at(number)) is not None:
            walk.begin_section(letters)
        steps.setdefault(placed.document.path, []).extend(_steps(walk, number))
    return [(text, _derivation(path, steps[path])) for path, text in texts.items()]


_COUNTS = re.compile(
    r"(?:\\leq?(?![A-Za-z])|<)\s*i\s*(?:\\leq?(?![A-Za-z])|<)|\bi\s*=\s*[01]\s*,\s*(?:2\s*,\s*)?\\l?dots"
    r"|\\(?:exists|forall)\s*i(?![A-Za-z])|(?<![A-Za-z\\])i\s*\\in\s*\\(?:mathbb\s*\{?\s*)?[NZ]"
)
_COMPLEX = re.compile(
    r"imaginary|complex|\\sqrt\s*\{\s*-\s*1|i\^\{?2\}?\s*=\s*-\s*1|\\mathbb\s*\{?C|\\pi\s*i(?![A-Za-z])|e\^\{\s*-?\s*i"
)


def counts_with_i(parts: Sequence[Part]) -> bool:
    """The letter i runs through whole numbers, and nothing is said of complex ones."""
    words = [_words_of(part) for part in parts]
    return any(map(_COUNTS.search, words)) and not any(map(_COMPLEX.search, words))


def _words_of(part: Part) -> str:
    return part.text.text if isinstance(part, Formula) else part.text if isinstance(part, Prose) else ""


def _derivation(path: str, steps: list[Step]) -> Derivation:
    return Derivation(path, path, (), (Section("text", "", tuple(steps)),))


def _steps(walk: Walk, number: int) -> Iterator[Step]:
    part = walk.parts[number].part
    walk.reached = walk.context.part = number
    match part:
        case Heading(level=7):
            walk.enter(proof=part.title == "proof")
        case End():
            walk.leave()
        case Heading():
            walk.context.heading(part.level)
            walk.forget(part.level)
        case Comment():
            _comment(walk, part)
        case Prose():
            walk.before = (walk.before + part.text)[-400:]
            if _ITEM.search(part.text):
                walk.context.item()
        case Formula(display=True):
            walk.after = _words_behind(walk, number)
            look_behind(walk, part, number)
            yield from _taylor(walk, part)
            yield from _solved(walk, part)
            yield from _display(walk, part)
            _keep(walk, part)
            walk.behind, walk.anew = [], frozenset()
            walk.labels.update(labelled(part, walk.after))
            walk.before = ""
        case Formula():
            yield from _roots(walk, part)
            yield from _taylor(walk, part)
            yield from _solved(walk, part)
            yield from _computed_inline(walk, part)
            yield from _quantified_inline(walk, part, number)
            _inline(walk, part, number)
            _keep(walk, part)
            walk.before = f"{walk.before}${part.text.text}$"[-400:]


MOST_KEPT = 40
"""Left sides that are remembered."""


def _keep(walk: Walk, formula: Formula) -> None:
    """Remember what a formula says of its left sides."""
    line = walk.lines.position(formula.start)[0]
    walk.stated = [*walk.stated, *stated_in(formula, statements(formula), walk.reached, line)][-MOST_KEPT:]


def _words_behind(walk: Walk, number: int) -> str:
    """What stands in the text behind a display, up to the next one."""
    words = ""
    for placed in walk.parts[number + 1 : number + 6]:
        if isinstance(placed.part, Prose):
            words += placed.part.text
        elif not (isinstance(placed.part, Formula) and not placed.part.display):
            break
    return words[:BEHIND]


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
        elif item and named_function(item) is None:
            walk.context.declare(item, comment.start)


def _inline(walk: Walk, formula: Formula, number: int) -> None:
    """A formula in running text declares, or names; it claims nothing."""
    following = walk.parts[number + 1].part if number + 1 < len(walk.parts) else None
    after = following.text if isinstance(following, Prose) else ""
    items = list(declarations_in(walk.before, formula.text.text, after))
    refused = [problem for item in items for problem in walk.context.declare(item, formula.start)]
    for item in items_said(*in_its_place(walk.plain, number)):
        if not (" ~ " in item and walk.roles.is_shaped(item.partition(" ~ ")[0])):
            walk.context.declare(item, formula.start)
    found = statements(formula)
    claims = _equation(walk, found) if not items else ()
    if not items:
        letters = letters_in(" ".join(f"{link.lhs.text} {link.rhs.text}" for one in found for link in one.links))
        walk.mentions.append(Constraint(letters, walk.lines.position(formula.start)[0], claims))
    if any(one.follows or one.joint == "or" for one in found) or is_case(walk.before, formula.text.text):
        return
    for statement in found:
        for link in statement.links[:1]:
            name = name_of(link.lhs.text)
            if name is not None and link.sign == "=":
                walk.context.give(name)
            if _LISTED.match(after):  # $n = 10$, 30, and 100: several values
                if name is not None:
                    walk.context.forget(link.lhs.text)
                continue
            if name is not None and link.sign in ("=", ":=") and not _PLACE.search(walk.before):
                define(walk, name, link, formula.start)
            elif link.sign == "=":
                if name is not None:  # at another value than before
                    walk.context.forget(link.lhs.text)
                if name is not None or items:
                    claims = _equation(walk, found)
                constrain(walk, link, claims, passing=_PLACE.search(walk.before) is not None)
        if not items or refused:
            told = (restriction(link, walk.line_of(link)) for link in statement.links)
            walk.constraints += [one for one in told if one is not None]


def _equation(walk: Walk, found: tuple[Statement, ...]) -> tuple[Claim, ...]:
    """The claims of a formula that is one equation: an identity, such as a derivative that is well known, restricts nothing."""
    links = [link for statement in found for link in statement.links]
    return claims_of(walk, links[0]) if len(links) == 1 and links[0].sign == "=" else ()


def _computed_inline(walk: Walk, formula: Formula) -> Iterator[Step]:
    """``$(a + b)^2 = a^2 + 2 a b + b^2 = b^2 + \\dots$`` in running text goes on from side to side, as in a display; a single
    relation, or one behind words that assume it, claims nothing."""
    stated = [statement for statement in statements(formula) if statement.links]
    if not stated or formula.unread or not walk.on:
        return
    if ASSUMES.search(walk.before) and not (_BECAUSE.search(walk.before) and len(stated[0].links) >= ARGUES):
        return
    for statement in stated:
        signs = {link.sign for link in statement.links}
        single = len(statement.links) < 2 and not derives_a_rule(walk, statement.links[0])
        if single or not signs <= {"=", r"\approx"} or statement.follows or statement.joint:
            continue
        walk.nearby = Varied.of(trees([formula])).others
        told = _value_told(walk, statement)
        for link in statement.links:
            if not (link.first and name_of(link.lhs.text) is not None) or derives_a_rule(walk, link):
                shown = f"{link.lhs.text} {link.sign} {link.rhs.text}"
                found = understood(walk, link, ())
                if given_anew(walk, link, found.claims):
                    continue
                found = _with_doubt(found, told if speaks_of_letters(link) else "")
                cases = instances_of(walk, link)
                if cases or (found.claims and all(map(_on_both_sides, found.claims))):
                    source = source_of(walk, link.place, "step", found, None)
                    yield Step(found.claims, shown, "", source=source, instances=cases)


def _quantified_inline(walk: Walk, formula: Formula, number: int) -> Iterator[Step]:
    """``for all $x$, $(x + 1)^2 = x^2 + 2 x + 1$``: one relation of which the words say that it holds."""
    found = statements(formula) if walk.on and not formula.unread else ()
    if len(found) != 1 or len(found[0].links) != 1 or found[0].follows or found[0].joint:
        return
    after, behind = (*(placed.part for placed in walk.parts[number + 1 : number + 3]), None, None)[:2]
    meant = letters_meant(
        walk.before,
        after.text if isinstance(after, Prose) else "",
        behind.text.text if isinstance(behind, Formula) and not behind.display else "",
    )
    link = found[0].links[0]
    if meant is None and link.sign == "=" and asserts(walk.before) and not formula.unread:
        yield from _result_inline(walk, link)
    if meant is None or link.sign not in JUDGED or name_of(link.lhs.text) is not None or derives_a_rule(walk, link):
        return
    read = understood(walk, link)
    if read.claims and all(map(_on_both_sides, read.claims)):
        if any(unsaid(claim, meant) and not recalled(walk.before, claim) for claim in read.claims):
            read = replace(read, doubt=read.doubt or "it may be an equation to be solved")
        shown = f"{link.lhs.text} {link.sign} {link.rhs.text}"
        yield Step(read.claims, shown, "", source=source_of(walk, link.place, "identity", read, None))


def _result_inline(walk: Walk, link: Link) -> Iterator[Step]:
    r"""``$\int_0^1 x \, dx = \frac{1}{2}$``: something is computed, and nothing is left open."""
    claims = claims_of(walk, link)
    if claims and all(map(_is_computed, claims)):
        read = understood(walk, link)
        shown = f"{link.lhs.text} {link.sign} {link.rhs.text}"
        yield Step(read.claims, shown, "", source=source_of(walk, link.place, "identity", read, None))


def _is_computed(claim: Claim) -> bool:
    """No letter is free in it, and something is worked out."""
    closed = not free_letters(claim.lhs) | free_letters(claim.rhs)
    return closed and not _COMPUTES.isdisjoint(heads(claim.lhs, claim.rhs))


def _on_both_sides(claim: Claim) -> bool:
    """The sides share a letter, or have none: ``(r - 4)^2 = 0`` is an equation."""
    lhs, rhs = free_letters(claim.lhs), free_letters(claim.rhs)
    return bool(lhs & rhs) or not (lhs | rhs)


def _display(walk: Walk, formula: Formula) -> Iterator[Step]:
    expected, check = walk.expect_next, walk.check_next
    walk.expect_next, walk.check_next = None, False
    if formula.unread and walk.on:
        begin, end = walk.lines.position(formula.start), walk.lines.position(formula.end)
        source = Source(*begin, *end, "step", formula.unread, expected=expected, why="macro")
        yield Step((), walk.document.text[formula.start : formula.end], "", source=source)
    here, assume = walk.here, walk.assume_next
    walk.here, walk.assume_next = None, False
    walk.nearby = Varied.of(trees([formula])).others
    if here is not None:
        kind = "definition" if assume else "step"
        for statement in statements(formula):
            for link in statement.links:
                yield from _step_of_its_own(walk, link, "; ".join(here), kind, expected)
        return
    found = tuple(groups(statements(formula)))
    if not found and walk.on:
        yield from _never_closed(walk, formula, expected)
    drawn = follows(walk, found)
    rows = rows_of(formula)
    beside, behind = _said_beside(walk, found), walk.behind
    dropped, chosen = False, frozenset[str]()
    puts = not check and puts_unknown(walk.before, walk.labels)
    for number, group in enumerate(found):
        then = "".join(drawn[number + 1 : number + 2])
        if (drawn[number] or then or offers(group)) and not _differentiates(walk, group):
            for link in (
                link for statement in group for link in statement.links[:1] if link.first and link.sign == "="
            ):
                give_several(walk, link)
            yield from argued(walk, group, drawn[number], then, formula, expected)
            continue
        for statement in group:
            told = "" if check else _value_told(walk, statement)
            here_said = beside.get(statement.row, Beside())
            walk.behind = [*behind, *_told_elsewhere(beside, statement.row)]
            for link in statement.links:
                premises = referred(walk, used_at(rows, link.place[0])) if rows else Premises()
                premises = premises.then(here_said.items, "") if here_said.items else premises
                dropped = (dropped and not link.first) or link.sign == r"\propto"
                doubt = "constant factors may be left out" if dropped else told if speaks_of_letters(link) else ""
                if here_said.tied & letters_in(f"{link.lhs.text} {link.rhs.text}"):
                    doubt = doubt or "the words beside it say something of its letters"
                chosen = chosen_in(link.lhs.text) if link.first else chosen
                if puts or is_chosen(link, chosen):
                    doubt = doubt or (SUBSTITUTED if puts else "its letters are those that a minimum chooses")
                yield from _step(walk, link, statement, formula, check, expected, premises, doubt)
    walk.previous = found[-1] if found else ()
    yield from _roots(walk, formula)


def _taylor(walk: Walk, formula: Formula) -> Iterator[Step]:
    """That what is called a Taylor polynomial is one."""
    if not walk.on or r"\approx" not in formula.text.text:
        return
    words = SENTENCE.split(walk.before.rstrip())[-1]
    if not SAYS.search(words):
        return
    for link in (link for one in statements(formula) for link in one.links if link.sign == r"\approx"):
        found = list(taylor_limits(walk, link, words))
        if found and not any(read.beyond for read in found):
            read = Understood(tuple(c for one in found for c in one.claims), doubt=found[0].doubt)
            shown = f"{link.lhs.text} {link.sign} {link.rhs.text}"
            yield Step(read.claims, shown, "", source=source_of(walk, link.place, "identity", read, None))


def _solved(walk: Walk, formula: Formula) -> Iterator[Step]:
    """That what an equation is solved for satisfies it."""
    found = statements(formula) if walk.on and "=" in formula.text.text else ()
    if len(found) != 1 or not found[0].links or not letter_solved_for(walk.before, found[0]):
        return
    link = found[0].links[0]
    line = walk.line_of(link)
    item = equation_for(found[0], (*walk.constraints, *walk.mentions), line)
    if not item:
        return
    with suppress(Unparsed, OutOfScope):
        put = [under_item(walk, item, value) for value in values_of(found[0], walk.lower)[:1]]
        meant = under_item(walk, drawn(found[0], walk.lower), item)
        if meant.claims and all(one.claims for one in put):
            readings = tuple(("as what follows from the equation", claim) for claim in meant.claims)
            doubt = next((one.doubt for one in (*put, meant) if one.doubt), "")
            read = Understood(tuple(c for one in put for c in one.claims), doubt=doubt, readings=readings)
            shown = f"{link.lhs.text} {link.sign} {link.rhs.text}"
            yield Step(read.claims, shown, "", source=source_of(walk, link.place, "identity", read, None))


def _roots(walk: Walk, formula: Formula) -> Iterator[Step]:
    """That listed values are roots of the polynomial before them; a polynomial is remembered."""
    found = statements(formula)
    line = walk.lines.position(formula.start)[0]
    known = walk.polynomial
    if walk.on and known is not None and lists_roots(walk.before, known, line):
        for one in put_in(known, formula, found):
            read = of_itself(walk, one.lhs, one.rhs)
            shown, source = (
                f"{show(one.lhs)} = {show(one.rhs)}",
                source_of(walk, one.place, "identity", read, None),
            )
            yield Step(read.claims, shown, "", source=source)
    for statement in found:
        if (polynomial := polynomial_of(statement, line)) is not None:
            walk.polynomial = polynomial
        elif walk.polynomial is not None and speaks_of(statement, walk.polynomial.letter):
            walk.polynomial = None


@dataclass(frozen=True, slots=True)
class Beside:
    """What a remark says: what it declares for its row, restrictions that hold there, and for the other rows perhaps, and the letters
    of its equations."""

    items: tuple[str, ...] = ()
    told: tuple[Constraint, ...] = ()
    tied: frozenset[str] = frozenset()


def _said_beside(walk: Walk, found: Sequence[tuple[Statement, ...]]) -> dict[int, Beside]:
    """By the row of the display."""
    rows: dict[int, Beside] = {}
    for statement in (one for group in found for one in group if one.remark and one.links):
        declared, told = said_beside(statement.remark, walk.line_of(statement.links[0]))
        tied = frozenset[str]().union(*(one.letters for one in told if not one.orders))
        rows[statement.row] = Beside(tuple(declared), tuple(told), tied)
    return rows


def _told_elsewhere(beside: Mapping[int, Beside], row: int) -> list[Constraint]:
    """What holds of the letters of a row without being declared for it."""
    return [one for place, said in beside.items() for one in said.told if place != row or not said.items]


def _with_doubt(found: Understood, doubt: str) -> Understood:
    return replace(found, doubt="; ".join(filter(None, (found.doubt, doubt))))


def _value_told(walk: Walk, statement: Statement) -> str:
    return EQUAL_VALUES if tells_a_value(statement, lambda link: claims_of(walk, link)) else ""


def _never_closed(walk: Walk, formula: Formula, expected: str | None) -> Iterator[Step]:
    """A display whose relation stands inside what nothing closes is unread, not left out."""
    text = formula.text.text
    if "=" not in text or "&" in text or r"\\" in text:
        return
    try:
        parse(text)
    except Unparsed as problem:
        if problem.kind == "closing":
            unread = Understood(unread=problem.reason, why=problem.kind)
            yield Step(
                (), text.strip(), "", source=source_of(walk, (formula.start, formula.end), "step", unread, expected)
            )


def _step_of_its_own(walk: Walk, link: Link, given: str, kind: str, expected: str | None) -> Iterator[Step]:
    """``derive: here``: a display that brings all its declarations, and no others hold, is read as strictly as what we write,
    also where the text around is ``off``."""
    shown = f"{link.lhs.text} {link.sign} {link.rhs.text}"
    try:
        claims, unread = read_claims(shown, given), ""
    except Unread as problem:
        claims, unread = (), str(problem.args[0])
    begin, end = walk.lines.position(link.place[0]), walk.lines.position(link.place[1])
    source = Source(*begin, *end, kind, unread, expected=expected)
    yield Step(claims, shown, "", assumed=kind == "definition", source=source)


def _step(
    walk: Walk,
    link: Link,
    statement: Statement,
    formula: Formula,
    check: bool,
    expected: str | None,
    premises: Premises,
    doubt: str = "",
) -> Iterator[Step]:
    name = name_of(link.lhs.text)
    if link.first and link.sign == "=":
        give_several(walk, link)
    fresh = name is not None and (name not in walk.named or defines_anew(walk))
    kind = kind_of(link, statement, fresh, walk.before)
    if kind in ("definition", "constraint") and derives_a_rule(walk, link):
        kind = "identity"
    if check:
        kind = "step" if kind != "definition" else kind
    shown = f"{link.lhs.text} {link.sign} {link.rhs.text}"
    found = understood(walk, link, premises.items)
    if kind == "identity" and name is not None and any(claim.lhs.head == "constant" for claim in found.claims):
        kind = "constraint"  # \gamma = 2: a letter that is called like a constant
    if anew := given_anew(walk, link, found.claims):
        found = replace(found, doubt=found.doubt or anew)
    found = _with_doubt(found, doubt or ("it may say that letters are equal" if _equates_letters(link, found) else ""))
    if link.first and any(claim.lhs.head in ("symbol", "index") for claim in found.claims):
        found = replace(found, doubt=found.doubt or "the letter may be given anew")
    ready = (
        instances_of(walk, link) if kind == "identity" else None
    )  # before it is taken for an equation that ties its letters
    if kind == "constraint" and _says_a_result(found.claims):
        kind = "identity"
    elif kind == "constraint" and (_holds_wherever_looked(found.claims) or follows_from_before(walk, link)):
        kind, found = "identity", replace(found, doubt=found.doubt or "it may be an equation to be solved")
    elif kind == "identity" and may_be_solved(link, statement, walk.before) and _may_have_solutions(found.claims):
        found = replace(found, doubt=found.doubt or "it may be an equation to be solved")
        constrain(walk, link, found.claims)
    if name is not None and kind == "definition":
        define(walk, name, link, formula.start)
    if kind in ("constraint", "identity") and not statement.is_chain:
        _give_anew(walk, name, link, found, formula.start)
    if kind == "constraint":
        constrain(walk, link, found.claims)
        forget_rules(walk, link)
    if not walk.on:
        return
    source = source_of(walk, link.place, kind, found, expected)
    assumed = kind in ("definition", "constraint")
    cases = told_by_law(walk, link) if assumed else instances_of(walk, link) if ready is None else ready
    yield Step(found.claims, shown, "", assumed=assumed, source=source, instances=cases)


def _differentiates(walk: Walk, group: Sequence[Statement]) -> bool:
    """It begins with the derivative of a function that is given by a rule: what stands before it is no premise."""
    links = [link for statement in group for link in statement.links[:1]]
    return len(links) == 1 and links[0].first and derives_a_rule(walk, links[0])


def _equates_letters(link: Link, found: Understood) -> bool:
    r"""``\mu_A = \mu_B = \mu_C`` of a null hypothesis, whatever values an example before it told."""
    names = [name_of(side.text) for side in (link.lhs, link.rhs)]
    bare = None not in names and not any(name and "(" in name for name in names)
    plain = all(side.head in ("symbol", "index") for claim in found.claims for side in (claim.lhs, claim.rhs))
    return bare and plain and not any(d.shape for claim in found.claims for d in claim.scope.declarations)


def _give_anew(walk: Walk, name: str | None, link: Link, found: Understood, start: int) -> None:
    """``A = \\begin{pmatrix} ... \\end{pmatrix}`` of a letter that had another value: from here on it has this one, or an unknown one."""
    if name is None or name.endswith("()") or link.sign != "=":
        return
    if not found.claims:
        walk.context.forget(link.lhs.text)
    elif all(claim.rhs.head == "matrix" for claim in found.claims):
        define(walk, name, link, start)
    elif not all(map(seems_an_identity, found.claims)):  # another value, or an equation for it
        walk.context.forget(link.lhs.text)


def _holds_wherever_looked(claims: tuple[Claim, ...]) -> bool:
    """An equation by itself, which nobody would solve: its sides share letters, and it fails nowhere at first sight."""
    return bool(claims) and all(
        _on_both_sides(claim) and claim.lhs != claim.rhs and seems_an_identity(claim) for claim in claims
    )


_COMPUTES = frozenset(
    ["sum", "prod", "limit", "derivative", "integral", "gradient", "hessian", "transpose", "expect", "variance"]
)
"""Heads of what is computed: an equation with one of them says what came out."""
_RESULTS = _COMPUTES - {"transpose"} | {"trace", "det", "covariance", "binomial", "matrix"}


def _says_a_result(claims: tuple[Claim, ...]) -> bool:
    """An equation by itself that is no equation to be solved: something is computed, or no letter is in it."""
    return bool(claims) and all(claim.lhs.head != "constant" and _says_one(claim) for claim in claims)


def _says_one(claim: Claim) -> bool:
    if not (free_letters(claim.lhs) | free_letters(claim.rhs)):
        return claim.relation == "=" or (claim.relation == "~~" and bool(claim.lhs.args))
    return claim.relation == "=" and (not _RESULTS.isdisjoint(heads(claim.lhs, claim.rhs)) or _by_euler(claim))


def _by_euler(claim: Claim) -> bool:
    r"""``\sin t = \frac{1}{2 i} (e^{i t} - e^{-i t})``: nobody solves such an equation for t."""
    unit = any(part.head == "constant" and part.value == "i" for part in subterms(claim.rhs))
    return claim.lhs.head in ("sin", "cos", "tan") and unit and free_letters(claim.lhs) == free_letters(claim.rhs)


def _may_have_solutions(claims: tuple[Claim, ...]) -> bool:
    return _tells_nothing(claims) and not (claims and all(map(never_holds, claims)))


def _tells_nothing(claims: tuple[Claim, ...]) -> bool:
    """Some letter is not declared, and nothing is computed: an equation like those that are solved."""
    computes = any(not _COMPUTES.isdisjoint(heads(claim.lhs, claim.rhs)) for claim in claims)
    silent = [one.name for claim in claims for one in claim.scope.declarations if not (one.declared or one.where)]
    sides = [free_letters(side) - _told_vectors(claim) for claim in claims for side in (claim.lhs, claim.rhs)]
    used = frozenset[str]().union(*sides)
    return not computes and any(name in used for name in silent)


def _told_vectors(claim: Claim) -> frozenset[str]:
    """Vectors and matrices with known entries, for which no equation is solved; a number may be told of another case."""
    shaped = {d.name for d in claim.scope.declarations if d.shape}
    return determined(claim) & shaped
