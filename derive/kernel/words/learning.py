"""The rewriting rules that the hypotheses give."""

from __future__ import annotations

from collections.abc import Iterator

from derive.core import Relation, Term
from derive.kernel.facts import Facts
from derive.kernel.normal import NoNormalForm, Normaliser, with_normaliser
from derive.kernel.ratio import Ratio
from derive.kernel.terms import number, power
from derive.kernel.words.algebra import Words
from derive.kernel.words.letters import Letter, Polynomial, Rule, Word, with_exponent
from derive.kernel.words.shapes import ShapeError, is_matrix
from derive.kernel.words.terms import polynomial_of


def words(normaliser: Normaliser, facts: Facts) -> Words:
    """The words of this normaliser, rules learnt once: unfolding definitions is a choice of the whole claim."""
    if normaliser.words is None:
        normaliser.words = _learn(Words(normaliser, facts, normaliser.unfold))
    learnt = normaliser.words
    copy = Words(normaliser, facts, learnt.unfold)
    copy.rules, copy.scalar_rules = learnt.rules, learnt.scalar_rules
    copy.symmetric, copy.skew = learnt.symmetric, learnt.skew
    return copy


def is_zero_matrix(term: Term, facts: Facts) -> bool:
    """The matrix term is 0, by the algebra of words; False is "could not show it"."""
    try:
        return not with_normaliser(facts, lambda normaliser: polynomial_of(words(normaliser, facts), term, facts))
    except (NoNormalForm, ZeroDivisionError):
        return False


def _learn(algebra: Words) -> Words:
    """Turn the equations among the hypotheses into rewriting rules."""
    algebra.symmetric |= set(_declared_equal_to_their_transpose(algebra.facts))
    algebra.skew |= set(_declared_minus_their_transpose(algebra.facts))
    plain = Words(algebra.normaliser, algebra.facts, False)
    plain.symmetric |= algebra.symmetric
    for relation in algebra.facts.given:
        if relation.relation == "=":
            _learn_relation(algebra, relation, plain)
    for relation in algebra.facts.scope.hypotheses:
        if relation.relation == "=" and relation.lhs.head != "index":
            _learn_relation(algebra, relation, plain)
    return algebra


def _declared_equal_to_their_transpose(facts: Facts) -> Iterator[str]:
    """Letters A with A^T = A among the hypotheses."""
    for relation in facts.scope.hypotheses:
        for one, other in ((relation.lhs, relation.rhs), (relation.rhs, relation.lhs)):
            if relation.relation == "=" and one.head == "symbol" and other == Term("transpose", (one,)):
                yield str(one.value)


def _declared_minus_their_transpose(facts: Facts) -> Iterator[str]:
    """Letters A with A^T = -A among the hypotheses."""
    for relation in facts.scope.hypotheses:
        minus = relation.rhs.args[0] if relation.relation == "=" and relation.rhs.head == "neg" else None
        if minus is not None and minus.head == "symbol" and relation.lhs == Term("transpose", (minus,)):
            yield str(minus.value)


def _learn_relation(algebra: Words, relation: Relation, plain: Words) -> None:
    defines = relation.lhs.head == "symbol"
    if relation.lhs.head == "transpose" and relation.rhs in relation.lhs.args:
        return
    if not _mentions_matrix(relation, algebra.facts) or (defines and not algebra.unfold):
        return
    try:
        left, right = (
            polynomial_of(plain, relation.lhs, algebra.facts),
            polynomial_of(plain, relation.rhs, algebra.facts),
        )
    except (NoNormalForm, ZeroDivisionError):
        return
    if len(left) > 1:
        left, right = _led_by_the_longest(algebra, left, right)
    if len(left) != 1:
        return
    coefficient, word = next(iter(left.values()))
    if not word.letters:
        _learn_scalar(algebra, coefficient, right)
    elif coefficient.constant() == 1 and not word.ends:
        _learn_word(algebra, relation, word, right, plain, defines)


def _led_by_the_longest(algebra: Words, left: Polynomial, right: Polynomial) -> tuple[Polynomial, Polynomial]:
    """A B w + c w = b as A B w = b - c w, where one word comes behind all others, longer ones last, so that rewriting ends."""
    (key, (coefficient, word)), *shorter = sorted(left.items(), key=lambda entry: _place(entry[1][1]), reverse=True)
    others = [*(entry for _, entry in shorter), *right.values()]
    if coefficient.constant() in (None, 0) or any(_place(other) >= _place(word) for _, other in others):
        return left, right
    minus = algebra.normaliser.constant(-1)
    moved = algebra.plus(right, algebra.scaled(dict(shorter), minus))
    one = algebra.normaliser.constant(1)
    return {key: (one, word)}, algebra.scaled(moved, one / coefficient)


def _place(word: Word) -> tuple[int, list[str]]:
    return len(word.letters), [letter.name for letter in word.letters]


def _learn_scalar(algebra: Words, left: Ratio, right: Polynomial) -> None:
    """x^T y = number."""
    used = [i for i, degree in enumerate(left.num.degrees()) if degree > 0]
    monic = left.is_polynomial and len(used) == 1 and left.num == algebra.normaliser.ring.gen(used[0])
    if monic and all(not word.letters for _, word in right.values()):
        total = algebra.normaliser.constant(0)
        for coefficient, _ in right.values():
            total += coefficient
        generator = algebra.normaliser.generators[used[0]]
        if generator.tag == "word":
            algebra.scalar_rules[str(generator.data[0])] = total


def _learn_word(algebra: Words, relation: Relation, word: Word, right: Polynomial, plain: Words, defines: bool) -> None:
    algebra.rules.append(Rule(word.letters, right))
    if right.keys() == {"[]"} and right["[]"][0].constant() == 1 and _two_square(word):
        algebra.rules.append(Rule(word.letters[::-1], right))  # X Y = I makes Y X = I
    if defines:
        algebra.rules += _inverse_rules(algebra, relation, word.letters[0], plain)
    flipped = tuple(algebra.transposed_letter(letter) for letter in reversed(word.letters))
    undoes = [other.letters for _, other in right.values()] == [flipped]  # A B = B A of symmetric matrices
    if (
        flipped != word.letters
        and not undoes
        and not _turns_in_circles(word, right)
        and not any(w.ends for _, w in right.values())
    ):
        algebra.rules.append(Rule(flipped, plain.transposed(right)))


def _two_square(word: Word) -> bool:
    return len(word.letters) == 2 and all(
        letter.rows == letter.columns and letter.exponent.constant() == 1 for letter in word.letters
    )


def _turns_in_circles(word: Word, right: Polynomial) -> bool:
    """A^T = -A: the flipped rule would undo this one."""
    names = {letter.name.removesuffix("'") for letter in word.letters}
    again = {letter.name.removesuffix("'") for _, other in right.values() for letter in other.letters}
    return len(word.letters) == 1 and again <= names


def _inverse_rules(algebra: Words, relation: Relation, letter: Letter, plain: Words) -> list[Rule]:
    """A definition W = V D V^{-1} also gives W^{-1}, where the right side is one product."""
    if letter.rows != letter.columns:
        return []
    try:
        inverse = polynomial_of(plain, power(relation.rhs, number(-1)), algebra.facts)
    except (NoNormalForm, ZeroDivisionError):
        return []
    return [Rule((with_exponent(plain.normaliser, letter, algebra.normaliser.constant(-1)),), inverse)]


def _mentions_matrix(relation: Relation, facts: Facts) -> bool:
    """A matrix equation, or a product x^T y of vectors, on the left."""
    try:
        lhs = relation.lhs
        return is_matrix(lhs, facts) or (lhs.head == "mul" and any(is_matrix(arg, facts) for arg in lhs.args))
    except ShapeError:
        return False
