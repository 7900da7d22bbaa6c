"""The exact zero test for symbolic matrices: sums of words in non-commuting letters, with scalar coefficients.

A word is a product of letters ``A^e`` (e an integer, possibly symbolic). Used always: associativity, distributivity,
``A^s A^t = A^{s+t}`` (s, t >= 0, or A invertible), ``(AB)^T = B^T A^T``, ``(AB)^{-1} = B^{-1} A^{-1}`` (square), ``Q^T = Q^{-1}`` for
declared orthogonal Q, ``S^T = S`` for declared symmetric or diagonal S, ``diag(a)^s diag(b)^t = diag(a^s b^t)``. Equations among
the hypotheses are rewriting rules, left side to right side; a definition ``W = ...`` of a letter is unfolded when that is
needed. Reaching zero is a proof whatever the order of rewriting; getting stuck proves nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from derive.core import Declaration, Relation, Term
from derive.kernel.binders import bound_letter, reference_end
from derive.kernel.facts import Facts
from derive.kernel.normal import NoNormalForm, Normaliser
from derive.kernel.ratio import Ratio, TooLarge
from derive.kernel.recurrence import unroll
from derive.kernel.terms import free_letters, number, power, rational_value, substitute

REWRITE_LIMIT = 400
POWER_LIMIT = 64

Shape = tuple[str, str]
ANY: Shape = ("?", "?")


class ShapeError(NoNormalForm):
    """Sizes that do not fit."""


# ------------------------------------------------------------------------------------------------------------ shapes


def shape(term: Term, facts: Facts) -> Shape | None:
    """(rows, columns) of a matrix or vector, ``ANY`` for the identity, None for a scalar. Raises ShapeError."""
    head, args = term.head, term.args
    if head == "symbol":
        return _declared_shape(facts.declaration(str(term.value)))
    if head == "index":
        return _member_shape(facts.declaration(str(args[0].value)))
    if head == "matrix":
        return str(len(args)), str(len(args[0].args))
    if head == "diagonal":
        return str(len(args)), str(len(args))
    if head == "diagonal_family":
        return ANY if rational_value(args[2]) != 1 else (_size(args[3]), _size(args[3]))
    if head == "identity":
        return ANY
    if head == "transpose":
        inner = shape(args[0], facts)
        return None if inner is None else (inner[1], inner[0])
    if head in ("neg", "pow", "div", "sum", "prod", "limit", "expect"):
        return shape(args[0], facts)
    if head == "add":
        return _shape_of_sum([shape(arg, facts) for arg in args])
    if head == "mul":
        return _shape_of_product([shape(arg, facts) for arg in args])
    return None


def _declared_shape(declaration: Declaration | None) -> Shape | None:
    if declaration is None or not declaration.shape:
        return None
    sizes = [str(size) for size in declaration.shape]
    return (sizes[0], "1") if len(sizes) == 1 else (sizes[0], sizes[1])


def _member_shape(declaration: Declaration | None) -> Shape | None:
    """Of a member of a family; None for the component of a vector."""
    sizes = _declared_shape(declaration)
    return None if sizes is not None and "1" in sizes and declaration is not None and not declaration.family else sizes


def _size(term: Term) -> str:
    return str(rational_value(term)) if rational_value(term) is not None else str(term.value)


def _shape_of_sum(shapes: list[Shape | None]) -> Shape | None:
    known = [s for s in shapes if s is not None and s != ANY]
    if any(s != known[0] for s in known):
        raise ShapeError("a sum of matrices of different shapes")
    if any(s is None for s in shapes) and any(s is not None for s in shapes):
        raise ShapeError("a sum of a scalar and a matrix")
    return known[0] if known else shapes[0]


def _shape_of_product(shapes: list[Shape | None]) -> Shape | None:
    current: Shape | None = None
    for following in shapes:
        if following is None:
            continue
        if current is None or current == ANY:
            current = following
        elif following != ANY:
            current = _join(current, following)
    return None if current == ("1", "1") else current


def _join(left: Shape, right: Shape) -> Shape:
    if left[1] == right[0]:
        return left[0], right[1]
    if left == ("1", "1"):
        return right
    if right == ("1", "1"):
        return left
    raise ShapeError(f"a product of a {left[0]}x{left[1]} and a {right[0]}x{right[1]} matrix")


def is_matrix(term: Term, facts: Facts) -> bool:
    """The term is matrix- or vector-valued (products x^T y are scalars)."""
    if rational_value(term) is not None:
        return False
    return shape(term, facts) is not None


# ------------------------------------------------------------------------------------------------------------- words


@dataclass(frozen=True, slots=True)
class Letter:
    """``base`` to an integer ``exponent``; ``exponent_key`` is its canonical text. ``name`` tells the base (a transposed
    letter ends with ')"""

    name: str
    exponent: Ratio
    exponent_key: str
    rows: str
    columns: str
    body: Term | None = None

    @property
    def key(self) -> str:
        return f"{self.name}^{self.exponent_key}"


@dataclass(frozen=True, slots=True)
class Word:
    """A product of letters, possibly summed over a bound letter between two ends."""

    letters: tuple[Letter, ...]
    ends: tuple[Ratio, Ratio] | None = None
    ends_key: str = ""

    @property
    def key(self) -> str:
        return f"{self.ends_key}[{' '.join(letter.key for letter in self.letters)}]"


Polynomial = dict[str, tuple[Ratio, Word]]


@dataclass(frozen=True, slots=True)
class Rule:
    """Rewrite the word ``pattern`` to ``result`` wherever it stands."""

    pattern: tuple[Letter, ...]
    result: Polynomial


class Words:
    """Matrix terms to polynomials in words, over one scalar normaliser."""

    def __init__(self, normaliser: Normaliser, facts: Facts, unfold: bool) -> None:
        self.normaliser = normaliser
        self.facts = facts
        self.unfold = unfold
        self.rewrites = 0
        self.rules: list[Rule] = []
        self.scalar_rules: dict[str, Ratio] = {}

    def learn(self) -> Words:
        """Turn the equations among the hypotheses into rewriting rules."""
        plain = Words(self.normaliser, self.facts, False)
        for relation in self.facts.given:
            if relation.relation == "=":
                self._learn_relation(relation, plain)
        for relation in self.facts.scope.hypotheses:
            if relation.relation == "=" and relation.lhs.head != "index":
                self._learn_relation(relation, plain)
        return self

    # --------------------------------------------------------------------------------------------------- algebra

    def scalar(self, value: Ratio) -> Polynomial:
        return {} if value.is_zero else {"[]": (value, Word(()))}

    def plus(self, a: Polynomial, b: Polynomial) -> Polynomial:
        total = dict(a)
        for key, (coefficient, word) in b.items():
            merged = total[key][0] + coefficient if key in total else coefficient
            total[key] = (self.normaliser.reduce(merged), word)
        return {key: entry for key, entry in total.items() if not entry[0].is_zero}

    def scaled(self, a: Polynomial, factor: Ratio) -> Polynomial:
        return {key: (coefficient * factor, word) for key, (coefficient, word) in a.items()}

    def times(self, a: Polynomial, b: Polynomial) -> Polynomial:
        total: Polynomial = {}
        for left_coefficient, left in a.values():
            for right_coefficient, right in b.values():
                piece = self._joined(left, right)
                total = self.plus(total, self.scaled(piece, left_coefficient * right_coefficient))
        return total

    def _joined(self, left: Word, right: Word) -> Polynomial:
        if left.ends and right.ends:
            raise NoNormalForm("a product of two sums of matrices")
        ends, key = (left.ends, left.ends_key) if left.ends else (right.ends, right.ends_key)
        return self.normal_word(left.letters + right.letters, ends, key)

    def normal_word(
        self, letters: tuple[Letter, ...], ends: tuple[Ratio, Ratio] | None = None, ends_key: str = ""
    ) -> Polynomial:
        """Merge neighbours, pull scalar words out, rewrite by the rules."""
        merged = self._merged(letters)
        for rule in self.rules:
            found = self._match(rule.pattern, merged)
            if found is not None:
                self.rewrites += 1
                if self.rewrites > REWRITE_LIMIT:
                    raise TooLarge("rewriting by the hypotheses does not end")
                before, after = found
                outer_left = self.normal_word(before, ends, ends_key)
                middle = self.times(outer_left, rule.result)
                return self.times(middle, self.normal_word(after))
        return self._with_scalars_out(merged, ends, ends_key)

    def _merged(self, letters: tuple[Letter, ...]) -> tuple[Letter, ...]:
        out: list[Letter] = []
        for letter in letters:
            if out and out[-1].body is not None and letter.body is not None and out[-1].rows == letter.rows:
                previous = out.pop()
                assert previous.body is not None
                letter = self._diagonal(Term("mul", (previous.body, letter.body)), letter.name)
            elif out and out[-1].name == letter.name and letter.body is None:
                previous = out.pop()
                letter = self._with_exponent(letter, previous.exponent + letter.exponent)
            if letter.exponent_key != "0|1":
                out.append(letter)
        return tuple(out)

    def _with_exponent(self, letter: Letter, exponent: Ratio) -> Letter:
        reduced = self.normaliser.reduce(exponent)
        return replace(letter, exponent=reduced, exponent_key=f"{reduced.num}|{reduced.den}")

    def _with_scalars_out(
        self, letters: tuple[Letter, ...], ends: tuple[Ratio, Ratio] | None, ends_key: str
    ) -> Polynomial:
        start = next((i for i in range(len(letters)) if letters[i].rows == "1" and letters[i].columns != "1"), None)
        stop = None
        if start is not None:
            stop = next((j for j in range(start + 1, len(letters)) if letters[j].columns == "1"), None)
        if start is None or stop is None:
            word = Word(letters, ends, ends_key)
            return {word.key: (self.normaliser.constant(1), word)}
        if ends is not None:
            raise NoNormalForm("a sum of scalar products")
        value = self._scalar_word(letters[start : stop + 1])
        return self.scaled(self.normal_word(letters[:start] + letters[stop + 1 :]), value)

    def _scalar_word(self, letters: tuple[Letter, ...]) -> Ratio:
        """x^T A y is a number, equal to its transpose y^T A^T x: one generator for both."""
        forward = Word(letters).key
        backward = Word(tuple(self._transposed(letter) for letter in reversed(letters))).key
        name = min(forward, backward)
        if name in self.scalar_rules:
            return self.scalar_rules[name]
        real = not any(self._complex(letter) for letter in letters)
        return self.normaliser.generator(("word", name), "word", Term("symbol", (), f"({name})"), real, (name,))

    def _complex(self, letter: Letter) -> bool:
        declaration = self.facts.declaration(letter.name.removesuffix("'").split("[")[0])
        return declaration is None or declaration.domain == "complex"

    # ------------------------------------------------------------------------------------------------------- rules

    def _learn_relation(self, relation: Relation, plain: Words) -> None:
        defines = relation.lhs.head == "symbol"
        if not _mentions_matrix(relation, self.facts) or (defines and not self.unfold):
            return
        try:
            left, right = plain.polynomial(relation.lhs, self.facts), plain.polynomial(relation.rhs, self.facts)
        except (NoNormalForm, ZeroDivisionError):
            return
        if len(left) != 1:
            return
        coefficient, word = next(iter(left.values()))
        if not word.letters:
            self._learn_scalar(coefficient, right)
        elif coefficient.constant() == 1 and not word.ends:
            self._learn_word(relation, word, right, plain, defines)

    def _learn_scalar(self, left: Ratio, right: Polynomial) -> None:
        """x^T y = number."""
        used = [i for i, degree in enumerate(left.num.degrees()) if degree > 0]
        monic = left.is_polynomial and len(used) == 1 and left.num == self.normaliser.ring.gen(used[0])
        if monic and all(not word.letters for _, word in right.values()):
            total = self.normaliser.constant(0)
            for coefficient, _ in right.values():
                total += coefficient
            generator = self.normaliser.generators[used[0]]
            if generator.tag == "word":
                self.scalar_rules[str(generator.data[0])] = total

    def _learn_word(self, relation: Relation, word: Word, right: Polynomial, plain: Words, defines: bool) -> None:
        self.rules.append(Rule(word.letters, right))
        if defines:
            self.rules += self._inverse_rules(relation, word.letters[0], plain)
        flipped = tuple(self._transposed(letter) for letter in reversed(word.letters))
        if flipped != word.letters and not any(w.ends for _, w in right.values()):
            self.rules.append(Rule(flipped, plain.transposed(right)))

    def _inverse_rules(self, relation: Relation, letter: Letter, plain: Words) -> list[Rule]:
        """A definition W = V D V^{-1} also gives W^{-1}, where the right side is one product."""
        if letter.rows != letter.columns:
            return []
        try:
            inverse = plain.polynomial(power(relation.rhs, number(-1)), self.facts)
        except (NoNormalForm, ZeroDivisionError):
            return []
        return [Rule((plain._with_exponent(letter, self.normaliser.constant(-1)),), inverse)]

    def _match(
        self, pattern: tuple[Letter, ...], letters: tuple[Letter, ...]
    ) -> tuple[tuple[Letter, ...], tuple[Letter, ...]] | None:
        """Where the pattern stands, as (what is before, what is after); the outer letters may lend part of their power."""
        for at in range(len(letters) - len(pattern) + 1):
            window = letters[at : at + len(pattern)]
            if any(w.name != p.name for w, p in zip(window, pattern, strict=True)):
                continue
            if any(w.exponent_key != p.exponent_key for w, p in zip(window[1:-1], pattern[1:-1], strict=True)):
                continue
            spare_left = self._spare(window[0], pattern[0])
            spare_right = self._spare(window[-1], pattern[-1]) if len(pattern) > 1 else ()
            if spare_left is None or spare_right is None:
                continue
            return letters[:at] + spare_left, spare_right + letters[at + len(pattern) :]
        return None

    def _spare(self, letter: Letter, pattern: Letter) -> tuple[Letter, ...] | None:
        if letter.exponent_key == pattern.exponent_key:
            return ()
        if letter.body is not None:
            return None
        rest = self.normaliser.reduce(letter.exponent - pattern.exponent)
        pattern_term, rest_term = self.normaliser.ratio_term(pattern.exponent), self.normaliser.ratio_term(rest)
        constant = pattern.exponent.constant()
        if constant is not None and letter.exponent.constant() is None and constant != 1:
            return None
        same_sign = self.facts.non_negative(pattern_term) and self.facts.non_negative(rest_term)
        both_negative = self.facts.non_negative(Term("neg", (pattern_term,))) and self.facts.non_negative(
            Term("neg", (rest_term,))
        )
        return (self._with_exponent(letter, rest),) if same_sign or both_negative else None

    # ------------------------------------------------------------------------------------------------------- terms

    def polynomial(self, term: Term, facts: Facts) -> Polynomial:
        """The normal form of a matrix term (or of a scalar, as a multiple of the identity)."""
        head, args = term.head, term.args
        if not is_matrix(term, facts) and head != "mul":
            return self.scalar(self.normaliser.value(term, facts))
        if head == "symbol":
            return self.normal_word((self._letter(str(term.value), facts),))
        if head == "identity":
            return self.scalar(self.normaliser.constant(1))
        if head == "index":
            return self._member(term, facts)
        if head == "add":
            total: Polynomial = {}
            for arg in args:
                total = self.plus(total, self.polynomial(arg, facts))
            return total
        if head == "neg":
            return self.scaled(self.polynomial(args[0], facts), self.normaliser.constant(-1))
        if head == "mul":
            product = self.scalar(self.normaliser.constant(1))
            for arg in args:
                product = self.times(product, self.polynomial(arg, facts))
            return product
        if head == "div":
            return self.scaled(self.polynomial(args[0], facts), self.normaliser.value(args[1], facts).inverse())
        if head == "transpose":
            return self.transposed(self.polynomial(args[0], facts))
        if head == "pow":
            return self._power(args[0], args[1], facts)
        if head == "diagonal_family":
            return self._diagonal_family(term, facts)
        if head == "sum":
            return self._sum(term, facts)
        raise NoNormalForm(f"no normal form for {head} among symbolic matrices")

    def _letter(self, name: str, facts: Facts) -> Letter:
        rows, columns = _declared_shape(facts.declaration(name)) or ("1", "1")
        return Letter(name, self.normaliser.constant(1), "1|1", rows, columns)

    def _member(self, term: Term, facts: Facts) -> Polynomial:
        unrolled = unroll(term, facts)
        if unrolled is not None:
            return self.polynomial(unrolled, facts)
        index = self.normaliser.key(self.normaliser.value(term.args[1], facts))
        letter = self._letter(str(term.args[0].value), facts)
        return self.normal_word((replace(letter, name=f"{term.args[0].value}[{index}]"),))

    def _properties(self, name: str) -> tuple[str, ...]:
        declaration = self.facts.declaration(name.removesuffix("'").split("[")[0])
        return declaration.properties if declaration else ()

    def _transposed(self, letter: Letter) -> Letter:
        if letter.body is not None:
            return letter
        properties = self._properties(letter.name)
        if "symmetric" in properties or "diagonal" in properties or "positive_definite" in properties:
            return letter
        if "orthogonal" in properties:
            return self._with_exponent(letter, -letter.exponent)
        name = letter.name[:-1] if letter.name.endswith("'") else letter.name + "'"
        return replace(letter, name=name, rows=letter.columns, columns=letter.rows)

    def transposed(self, a: Polynomial) -> Polynomial:
        total: Polynomial = {}
        for coefficient, word in a.values():
            letters = tuple(self._transposed(letter) for letter in reversed(word.letters))
            total = self.plus(total, self.scaled(self.normal_word(letters, word.ends, word.ends_key), coefficient))
        return total

    # ------------------------------------------------------------------------------------------------------ powers

    def _power(self, base: Term, exponent: Term, facts: Facts) -> Polynomial:
        sizes = shape(base, facts)
        if sizes is None or (sizes != ANY and sizes[0] != sizes[1]):
            raise ShapeError("a power of a matrix that is not square")
        numeral = rational_value(exponent)
        if numeral is not None:
            return self._numeral_power(base, numeral, facts)
        if facts.kind(exponent) != "integer":
            raise NoNormalForm("a matrix to an exponent that is not declared an integer")
        plain = Words(self.normaliser, facts, False)
        return self._symbolic_power(plain.polynomial(base, facts), exponent, facts)

    def _numeral_power(self, base: Term, numeral: Fraction, facts: Facts) -> Polynomial:
        if numeral.denominator != 1 or abs(numeral) > POWER_LIMIT:
            raise NoNormalForm(f"a matrix to the power {numeral}")
        value = self.polynomial(base, facts)
        value = self._inverse(value) if numeral < 0 else value
        total = self.scalar(self.normaliser.constant(1))
        for _ in range(abs(int(numeral))):
            total = self.times(total, value)
        return total

    def _inverse(self, value: Polynomial) -> Polynomial:
        """The inverse of one word with a coefficient, letter by letter; every letter must be square."""
        if len(value) != 1:
            raise NoNormalForm("the inverse of a sum of matrices")
        coefficient, word = next(iter(value.values()))
        if word.ends or any(letter.rows != letter.columns for letter in word.letters):
            raise NoNormalForm("the inverse of a product of matrices that are not square")
        letters = tuple(self._inverse_letter(letter) for letter in reversed(word.letters))
        return self.scaled(self.normal_word(letters), coefficient.inverse())

    def _inverse_letter(self, letter: Letter) -> Letter:
        if letter.body is not None:
            return self._diagonal(power(letter.body, number(-1)), letter.name)
        return self._with_exponent(letter, -letter.exponent)

    def _symbolic_power(self, value: Polynomial, exponent: Term, facts: Facts) -> Polynomial:
        """Of one letter, by its name: a defined letter is not unfolded under a symbolic power."""
        if len(value) != 1:
            raise NoNormalForm("a symbolic power of a sum of matrices")
        coefficient, word = next(iter(value.values()))
        if word.ends or len(word.letters) > 1:
            raise NoNormalForm("a symbolic power of a product of matrices")
        scalar = self.normaliser.integer_power(coefficient, self.normaliser.value(exponent, facts), facts)
        if not word.letters:
            return self.scalar(scalar)
        return self.scaled(self._power_of_letter(word.letters[0], exponent, facts), scalar)

    def _power_of_letter(self, letter: Letter, exponent: Term, facts: Facts) -> Polynomial:
        value = self.normaliser.value(exponent, facts)
        diagonal = letter if letter.body is not None else self._defined_diagonal(letter)
        if diagonal is not None and diagonal.body is not None:
            return self.normal_word((self._diagonal(power(diagonal.body, exponent), diagonal.name),))
        invertible = {"invertible", "orthogonal", "positive_definite"} & set(self._properties(letter.name))
        if not (facts.non_negative(exponent) or invertible):
            raise NoNormalForm("a matrix to an exponent that may be negative")
        return self.normal_word((self._with_exponent(letter, letter.exponent * value),))

    def _defined_diagonal(self, letter: Letter) -> Letter | None:
        """The diagonal that a rule gives for the letter, if it gives one."""
        for rule in self.rules:
            if rule.pattern == (letter,) and len(rule.result) == 1:
                coefficient, word = next(iter(rule.result.values()))
                if coefficient.constant() == 1 and len(word.letters) == 1 and word.letters[0].body is not None:
                    return word.letters[0]
        return None

    # -------------------------------------------------------------------------------------- diagonals and matrix sums

    def _diagonal_family(self, term: Term, facts: Facts) -> Polynomial:
        body, bound, lower, upper = term.args
        canonical = substitute(body, str(bound.value), Term("symbol", (), "#0"))
        name = f"diag:{self.normaliser.key(self.normaliser.value(lower, facts))}:"
        name += self.normaliser.key(self.normaliser.value(upper, facts))
        sizes = shape(term, facts) or ANY
        letter = Letter(name, self.normaliser.constant(1), "1|1", sizes[0], sizes[1], canonical)
        return self.normal_word((self._diagonal(canonical, name, letter),))

    def _diagonal(self, body: Term, name: str, letter: Letter | None = None) -> Letter:
        """A diagonal letter, named by the normal form of its general entry."""
        inside = self.facts.extended(Declaration("#0", "integer"))
        entry = self.normaliser.key(self.normaliser.value(body, inside))
        prefix = ":".join(name.split(":")[:3])
        size = letter.rows if letter else "?"
        if letter is None:
            size = prefix.split(":")[2]
            return Letter(f"{prefix}:{entry}", self.normaliser.constant(1), "1|1", self._sizes[prefix], self._sizes[prefix], body)
        self._sizes[prefix] = size
        return replace(letter, name=f"{prefix}:{entry}", body=body)

    @property
    def _sizes(self) -> dict[str, str]:
        return self.normaliser.__dict__.setdefault("diagonal_sizes", {})  # type: ignore[no-any-return]

    def _sum(self, term: Term, facts: Facts) -> Polynomial:
        body, bound, *ends = term.args
        lower, upper = (self.normaliser.reduce(self.normaliser.value(end, facts)) for end in ends)
        reference = reference_end(self.normaliser, lower, upper, facts)
        if reference is None:
            raise NoNormalForm("a sum of matrices whose length may be negative")
        end, extra = reference
        total = self._summed(term, lower, end, facts) if (end - lower).constant() != -1 else {}
        for j in range(1, extra + 1):
            at = self.normaliser.ratio_term(end + self.normaliser.constant(j))
            total = self.plus(total, self.polynomial(substitute(body, str(bound.value), at), facts))
        return total

    def _summed(self, term: Term, lower: Ratio, end: Ratio, facts: Facts) -> Polynomial:
        low, high = self.normaliser.ratio_term(lower), self.normaliser.ratio_term(end)
        key = f"sum:{self.normaliser.key(lower)}:{self.normaliser.key(end)}"
        with bound_letter(self.normaliser) as letter:
            inside = facts.under(letter, low, high)
            outer, self.facts = self.facts, inside
            try:
                value = self.polynomial(substitute(term.args[0], str(term.args[1].value), letter), inside)
            finally:
                self.facts = outer
            total: Polynomial = {}
            for coefficient, word in value.values():
                if word.ends or str(letter.value) in free_letters(self.normaliser.ratio_term(coefficient)):
                    raise NoNormalForm("a sum of matrices with coefficients that depend on the index")
                piece = Word(word.letters, (lower, end), key)
                total = self.plus(total, {piece.key: (coefficient, piece)})
        return total


def _mentions_matrix(relation: Relation, facts: Facts) -> bool:
    """A matrix equation, or a product x^T y of vectors, on the left."""
    try:
        lhs = relation.lhs
        return is_matrix(lhs, facts) or (lhs.head == "mul" and any(is_matrix(arg, facts) for arg in lhs.args))
    except ShapeError:
        return False


# ------------------------------------------------------------------------------------------ scalars made of matrices


def scalar_value(normaliser: Normaliser, term: Term, facts: Facts) -> Ratio:
    """The normal form of x^T A y, of norms, entries and the like: explicit where the entries are, else one generator."""
    from derive.kernel.explicit import NotExplicit, explicit_scalar

    try:
        return explicit_scalar(normaliser, term, facts)
    except NotExplicit:
        pass
    if term.head == "condition_number":
        inverse = power(term.args[0], number(-1))
        return normaliser.value(Term("norm", term.args), facts) * normaliser.value(Term("norm", (inverse,)), facts)
    if term.head == "mul":
        return _scalar_product(normaliser, term, facts)
    return _matrix_atom(normaliser, term, facts)


def _scalar_product(normaliser: Normaliser, term: Term, facts: Facts) -> Ratio:
    polynomial = words(normaliser, facts).polynomial(term, facts)
    if any(word.letters for _, word in polynomial.values()):
        raise NoNormalForm("a matrix where a number is expected")
    total = normaliser.constant(0)
    for coefficient, _ in polynomial.values():
        total += coefficient
    return total


def _matrix_atom(normaliser: Normaliser, term: Term, facts: Facts) -> Ratio:
    polynomial = words(normaliser, facts).polynomial(term.args[0], facts)
    rest = [normaliser.key(normaliser.value(arg, facts)) for arg in term.args[1:]]
    scale = normaliser.constant(1)
    if term.head == "norm" and len(polynomial) == 1:
        coefficient, word = next(iter(polynomial.values()))
        scale = normaliser.absolute(coefficient, facts)
        if not word.letters:
            return scale
        polynomial = {word.key: (normaliser.constant(1), word)}
    name = polynomial_key(normaliser, polynomial)
    if name == "" and term.head == "norm":
        return normaliser.constant(0)
    real = term.head != "eigenvalue" and facts.kind(term) != "complex"
    return scale * normaliser.generator((term.head, name, *rest), term.head, term, real)


def polynomial_key(normaliser: Normaliser, polynomial: Polynomial) -> str:
    return " + ".join(f"({normaliser.key(c)}){key}" for key, (c, _) in sorted(polynomial.items(), key=lambda e: e[0]))


def words(normaliser: Normaliser, facts: Facts) -> Words:
    """The words of this normaliser, rules learnt once: unfolding definitions is a choice of the whole claim."""
    if normaliser.words is None:
        normaliser.words = Words(normaliser, facts, normaliser.unfold).learn()
    learnt = normaliser.words
    copy = Words(normaliser, facts, learnt.unfold)
    copy.rules, copy.scalar_rules = learnt.rules, learnt.scalar_rules
    return copy
