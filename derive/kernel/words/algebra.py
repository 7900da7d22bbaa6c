"""Sums of words in non-commuting letters, with scalar coefficients: sums, products, transposes, rewriting by rules."""

from __future__ import annotations

from dataclasses import replace

from derive.core import Declaration, Term
from derive.kernel.facts import Facts
from derive.kernel.normal import NoNormalForm, Normaliser
from derive.kernel.ratio import Ratio, TooLarge
from derive.kernel.terms import number, power
from derive.kernel.words.letters import Letter, Polynomial, Rule, Word, diagonal_range, with_exponent
from derive.kernel.words.matching import match
from derive.kernel.words.shapes import declared_shape
from derive.kernel.words.written import written_polynomial, written_word

REWRITE_LIMIT = 400
SYMMETRIC = {"symmetric", "diagonal", "positive_definite", "positive_semidefinite"}


class Words:
    """Matrix terms to polynomials in words, over one scalar normaliser."""

    def __init__(self, normaliser: Normaliser, facts: Facts, unfold: bool) -> None:
        self.normaliser = normaliser
        self.facts = facts
        self.unfold = unfold
        self.rewrites = 0
        self.rules: list[Rule] = []
        self.scalar_rules: dict[str, Ratio] = {}
        self.symmetric: set[str] = set()
        self.skew: set[str] = set()

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
        for rule in (*self.rules, *self.normaliser.inverse_rules):
            found = match(self.normaliser, self.facts, rule.pattern, merged)
            if found is not None:
                self.rewrites += 1
                if self.rewrites > REWRITE_LIMIT:
                    raise TooLarge("rewriting by the hypotheses does not end")
                before, after = found
                outer_left = self.normal_word(before, ends, ends_key)
                middle = self.times(outer_left, rule.result)
                return self.times(middle, self.normal_word(after))
        return self._with_scalars_out(merged, ends, ends_key)

    def transposed(self, a: Polynomial) -> Polynomial:
        total: Polynomial = {}
        for coefficient, word in a.values():
            letters = tuple(self.transposed_letter(letter) for letter in reversed(word.letters))
            total = self.plus(total, self.scaled(self.normal_word(letters, word.ends, word.ends_key), coefficient))
        return total

    def _merged(self, letters: tuple[Letter, ...]) -> tuple[Letter, ...]:
        out: list[Letter] = []
        for letter in letters:
            previous = out[-1] if out else None
            if (
                previous
                and previous.body
                and letter.body
                and diagonal_range(previous.name) == diagonal_range(letter.name)
            ):
                out.pop()
                letter = self.diagonal(Term("mul", (previous.body, letter.body)), letter.name)
            elif previous and previous.name == letter.name and letter.body is None:
                out.pop()
                letter = with_exponent(self.normaliser, letter, previous.exponent + letter.exponent)
            if letter.exponent_key != "0|1":
                out.append(letter)
        return tuple(out)

    def diagonal(self, body: Term, name: str, letter: Letter | None = None) -> Letter:
        """A diagonal letter, named by the normal form of its general entry."""
        inside = self.facts.extended(Declaration("#0", "integer"))
        entry = self.normaliser.key(self.normaliser.value(body, inside))
        prefix = diagonal_range(name)
        if letter is None:
            return Letter(
                f"{prefix}:{entry}", self.normaliser.constant(1), "1|1", self._sizes[prefix], self._sizes[prefix], body
            )
        self._sizes[prefix] = letter.rows
        return replace(letter, name=f"{prefix}:{entry}", body=body)

    @property
    def _sizes(self) -> dict[str, str]:
        return self.normaliser.__dict__.setdefault("diagonal_sizes", {})  # type: ignore[no-any-return]

    def transposed_letter(self, letter: Letter) -> Letter:
        if letter.body is not None:
            return letter
        if letter.opened is not None:
            flipped = self.inverse_letter_of(self.transposed(self.inverted(letter)), letter.rows)
            return with_exponent(self.normaliser, flipped, letter.exponent)
        properties = self.properties(letter.name)
        if SYMMETRIC & set(properties) or letter.name in self.symmetric:
            return letter
        if "orthogonal" in properties:
            return with_exponent(self.normaliser, letter, -letter.exponent)
        name = letter.name[:-1] if letter.name.endswith("'") else letter.name + "'"
        return replace(letter, name=name, rows=letter.columns, columns=letter.rows)

    def properties(self, name: str) -> tuple[str, ...]:
        declaration = self.facts.declaration(name.removesuffix("'").split("[")[0])
        sizes = declared_shape(declaration)
        square = sizes is not None and sizes[0] == sizes[1]  # Q^T Q = I alone does not make Q Q^T = I
        return declaration.properties if declaration and square else ()

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
        backward = Word(tuple(self.transposed_letter(letter) for letter in reversed(letters))).key
        if self.skew and self._is_skew(letters):
            return self.normaliser.constant(0)
        name = min(forward, backward)
        if name in self.scalar_rules:
            return self.scalar_rules[name]
        real = not any(self.is_complex(letter) for letter in letters)
        chosen = letters if name == forward else tuple(self.transposed_letter(letter) for letter in reversed(letters))
        shown = written_word(self.normaliser, chosen)
        return self.normaliser.generator(("word", name), "word", shown, real, (name,))

    def _is_skew(self, letters: tuple[Letter, ...]) -> bool:
        """The number is minus itself: its transpose is the same word but for an odd number of letters with A^T = -A."""
        odd = [letter.name in self.skew and letter.exponent.constant() == 1 for letter in letters]
        powers = any(letter.name in self.skew and not one for letter, one in zip(letters, odd, strict=True))
        turned = tuple(
            letter if one else self.transposed_letter(letter)
            for letter, one in zip(reversed(letters), reversed(odd), strict=True)
        )
        return not powers and sum(odd) % 2 == 1 and Word(turned).key == Word(letters).key

    def is_complex(self, letter: Letter) -> bool:
        if letter.opened is not None:
            return self.may_be_complex(self.inverted(letter))
        declaration = self.facts.declaration(letter.name.removesuffix("'").split("[")[0])
        return declaration is None or declaration.domain == "complex"

    def may_be_complex(self, polynomial: Polynomial) -> bool:
        """A letter or a coefficient of the sum of words may be complex."""
        real = self.normaliser.is_real
        return any(
            not (real(coefficient.num) and real(coefficient.den)) or any(self.is_complex(part) for part in word.letters)
            for coefficient, word in polynomial.values()
        )

    # ------------------------------------------------------------------------------------------------ inverses of sums

    def inverted(self, letter: Letter) -> Polynomial:
        """The sum of words S of which the letter names the inverse."""
        return next(value for named, value in self.normaliser.inverses.values() if named.name == letter.name)

    def inverse_letter_of(self, value: Polynomial, size: str) -> Letter:
        """A letter P for the inverse of a sum S, with P S = I and S P = I as rules: the longest word of S that has a numeral
        for its coefficient goes to the rest."""
        key = polynomial_key(self.normaliser, value)
        if key not in self.normaliser.inverses:
            term = power(written_polynomial(self.normaliser, value), number(-1))
            name = f"inverse {len(self.normaliser.inverses)}"
            letter = Letter(name, self.normaliser.constant(1), "1|1", size, size, None, None, term)
            self.normaliser.inverses[key] = (letter, value)
            self._learn_inverse(letter, value)
        return self.normaliser.inverses[key][0]

    def _learn_inverse(self, letter: Letter, value: Polynomial) -> None:
        named = self.normal_word((letter,))
        found = [(len(w.letters), key) for key, (c, w) in value.items() if w.letters and c.constant()]
        if not found or any(word.ends for _, word in value.values()):
            return
        coefficient, word = value[max(found)[1]]
        others = {key: entry for key, entry in value.items() if key != max(found)[1]}
        one, scale = self.scalar(self.normaliser.constant(1)), coefficient.inverse()
        minus = self.normaliser.constant(-1)
        before = self.plus(one, self.scaled(self.times(named, others), minus))
        after = self.plus(one, self.scaled(self.times(others, named), minus))
        self.normaliser.inverse_rules += [
            Rule((letter, *word.letters), self.scaled(before, scale)),
            Rule((*word.letters, letter), self.scaled(after, scale)),
        ]


def polynomial_key(normaliser: Normaliser, polynomial: Polynomial) -> str:
    return " + ".join(f"({normaliser.key(c)}){key}" for key, (c, _) in sorted(polynomial.items(), key=lambda e: e[0]))
