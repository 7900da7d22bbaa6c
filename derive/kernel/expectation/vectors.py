"""Means, covariance matrices and quadratic forms of random vectors: a body of degree at most two in random vectors is expanded,
and each letter is its mean plus a deviation; products of deviations average to the covariance matrix.

    E[L x] = L mu,   E[x M x^T] = E[x x^T] M (M a number),   E[x^T M x] = tr(M Sigma) + mu^T M mu,   E[x a^T x] = (Sigma + mu mu^T) a
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from derive.core import Declaration, Law, Term
from derive.kernel.expectation.randomness import apart, law_of, random_in
from derive.kernel.facts import Facts
from derive.kernel.heads import is_complex
from derive.kernel.normal import NoNormalForm
from derive.kernel.terms import ONE, ZERO, add, mul, number, rational_value, subterms, symbol
from derive.kernel.words.shapes import shape

LARGEST_POWER = 4
AVERAGES = ("expect", "variance", "covariance")

Chain = tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Product:
    """Fixed numbers, products of matrices that are numbers (x^T A y), and one product that is a matrix."""

    scalars: Chain = ()
    forms: tuple[Chain, ...] = ()
    main: Chain = ()


def mentions_vector(term: Term, facts: Facts) -> bool:
    """A random vector occurs in an average."""
    vectors = {d.name for d in facts.scope.declarations if d.law is not None and d.shape}
    return bool(vectors) and any(part.head == "symbol" and part.value in vectors for part in subterms(term))


def vector_free(term: Term, facts: Facts) -> Term:
    """The term with every average over random vectors worked out. Raises NoNormalForm."""
    if not mentions_vector(term, facts):
        return term
    if term.head not in AVERAGES:
        if term.head in ("expect_given", "probability"):
            raise NoNormalForm(f"{term.head} of random vectors")
        return replace(term, args=tuple(vector_free(arg, facts) for arg in term.args))
    args = tuple(_inside_free(arg, facts) for arg in term.args)
    if term.head == "expect":
        return _mean(args[0], facts)
    left, right = args[0], args[-1]
    if is_complex(left, facts.scope) or is_complex(right, facts.scope):
        raise NoNormalForm("the covariance of complex random vectors")
    turned = right if shape(right, facts) is None else Term("transpose", (right,))
    means = _mean(left, facts), _mean(right, facts)
    if ZERO in means:
        return _mean(mul(left, turned), facts)
    flipped = means[1] if shape(right, facts) is None else Term("transpose", (means[1],))
    return add(_mean(mul(left, turned), facts), Term("neg", (mul(means[0], flipped),)))


def _inside_free(term: Term, facts: Facts) -> Term:
    """Averages inside the body of an average worked out."""
    if term.head in AVERAGES:
        return vector_free(term, facts)
    return replace(term, args=tuple(_inside_free(arg, facts) for arg in term.args)) if term.args else term


def _mean(body: Term, facts: Facts) -> Term:
    if not random_in(body, facts.scope):
        return body
    if body.head == "trace":
        inner = _mean(body.args[0], facts)
        return inner if inner == ZERO else Term("trace", (inner,))
    if body.head == "sum":
        inner = _mean(body.args[0], facts.under(body.args[1], body.args[2], body.args[3]))
        return inner if inner == ZERO else replace(body, args=(inner, *body.args[1:]))
    parts = [part for product in _expanded(body, facts) for part in _averaged(product, facts)]
    return add(*parts) if parts else ZERO


# ----------------------------------------------------------------------------------------------------------- expanding


def _expanded(term: Term, facts: Facts) -> list[Product]:
    """The term as a sum of products."""
    if not random_in(term, facts.scope):
        return [_single(term, facts)]
    head, args = term.head, term.args
    if head == "add":
        return [product for arg in args for product in _expanded(arg, facts)]
    if head == "neg":
        return [replace(p, scalars=(number(-1), *p.scalars)) for p in _expanded(args[0], facts)]
    if head == "mul":
        return _expanded_product(list(args), facts)
    if head == "div" and not random_in(args[1], facts.scope):
        inverse = Term("div", (ONE, args[1]))
        return [replace(p, scalars=(inverse, *p.scalars)) for p in _expanded(args[0], facts)]
    if head == "transpose":
        return [replace(p, main=_turned(p.main)) for p in _expanded(args[0], facts)]
    if head == "inner":
        if any(is_complex(arg, facts.scope) for arg in args):
            raise NoNormalForm("an inner product of complex vectors")
        return _expanded(mul(Term("transpose", (args[0],)), args[1]), facts)
    if head == "pow":
        return _expanded_power(args[0], args[1], facts)
    if head == "symbol":
        return [_single(term, facts)]
    raise NoNormalForm(f"no rule for the expectation of {head} of a random vector")


def _single(term: Term, facts: Facts) -> Product:
    return Product(scalars=(term,)) if shape(term, facts) is None else Product(main=(term,))


def _expanded_product(args: list[Term], facts: Facts) -> list[Product]:
    products = [Product()]
    for arg in args:
        following = _expanded(arg, facts)
        products = [_joined(a, b, facts) for a in products for b in following]
        if len(products) > 400:
            raise NoNormalForm("too many products of random vectors")
    return products


def _joined(a: Product, b: Product, facts: Facts) -> Product:
    """One product after the other; where the matrices make a number, it is set apart."""
    scalars, forms, main = a.scalars + b.scalars, a.forms + b.forms, a.main + b.main
    if main and shape(mul(*main), facts) is None:
        return Product(scalars, (*forms, main), ())
    return Product(scalars, forms, main)


def _expanded_power(base: Term, exponent: Term, facts: Facts) -> list[Product]:
    k = rational_value(exponent)
    if k is None or k.denominator != 1 or not 1 <= k <= LARGEST_POWER:
        raise NoNormalForm("a power of a random vector")
    if base.head == "norm" and k % 2 == 0:
        vector = base.args[0]
        sizes = shape(vector, facts)
        if sizes is None or sizes[1] != "1":
            raise NoNormalForm("the norm of a random matrix")
        if is_complex(vector, facts.scope):
            raise NoNormalForm("the norm of a complex random vector")
        return _expanded_product([Term("transpose", (vector,)), vector] * int(k // 2), facts)
    return _expanded_product([base] * int(k), facts)


def _turned(chain: Chain) -> Chain:
    return tuple(_transposed(factor) for factor in reversed(chain))


def _transposed(factor: Term) -> Term:
    return factor.args[0] if factor.head == "transpose" else Term("transpose", (factor,))


# ----------------------------------------------------------------------------------------------------------- averaging


def _averaged(product: Product, facts: Facts) -> list[Term]:
    """The mean of one product: with every random letter at its mean, and with the two random letters as deviations."""
    chains = [*product.forms, *([product.main] if product.main else [])]
    places = [(c, i) for c, chain in enumerate(chains) for i, f in enumerate(chain) if random_in(f, facts.scope)]
    if any(random_in(scalar, facts.scope) for scalar in product.scalars) or len(places) > 2:
        raise NoNormalForm("a product of more than two random vectors, or of random numbers and vectors")
    letters = [_letter(chains[c][i], facts) for c, i in places]
    laws = [law_of(letter.name, facts)[1] for letter in letters]
    at_means = [list(chain) for chain in chains]
    for (c, i), law in zip(places, laws, strict=True):
        at_means[c][i] = law.mean if chains[c][i].head == "symbol" else Term("transpose", (law.mean,))
    found = [] if any(law.mean == ZERO for law in laws) else [_product(product.scalars, at_means)]
    if len(places) == 2:
        found += _of_deviations(product, chains, places, letters, laws, facts)
    return found


def _letter(factor: Term, facts: Facts) -> Declaration:
    inner = factor.args[0] if factor.head == "transpose" else factor
    declaration = facts.declaration(str(inner.value)) if inner.head == "symbol" else None
    if declaration is None or declaration.law is None or len(declaration.shape) != 1 or declaration.family:
        raise NoNormalForm("a random matrix, or a member of a family of vectors")
    return declaration


def _product(scalars: Chain, chains: list[list[Term]]) -> Term:
    factors = [*scalars, *(mul(*chain) for chain in chains if chain)]
    return mul(*factors) if factors else ONE


def _of_deviations(
    product: Product,
    chains: list[Chain],
    places: list[tuple[int, int]],
    letters: list[Declaration],
    laws: list[Law],
    facts: Facts,
) -> list[Term]:
    if letters[0].name != letters[1].name:
        if apart(frozenset(letter.name for letter in letters), facts.scope):
            return []
        raise NoNormalForm("random vectors that may depend on each other")
    spread = laws[0].variance
    (c, i), (d, j) = places
    if c == d:
        pieces = _within(chains[c], i, j, spread, letters[0], facts)
    else:
        pieces = _across(chains[c], i, chains[d], j, spread)
    rest = [list(chain) for k, chain in enumerate(chains) if k not in (c, d)]
    return [_product((*product.scalars, *pieces[0]), [*rest, list(pieces[1])])]


def _within(chain: Chain, i: int, j: int, spread: Term, letter: Declaration, facts: Facts) -> tuple[Chain, Chain]:
    """Both random letters in one product of matrices: (numbers, the rest)."""
    left, middle, right = chain[:i], chain[i + 1 : j], chain[j + 1 :]
    turned = tuple(factor.head == "transpose" for factor in (chain[i], chain[j]))
    if turned == (False, True):
        return (), (*left, *middle, spread, *right)
    if turned == (False, False):
        return (), (*left, spread, *_turned(middle), *right)
    if turned == (True, True):
        return (), (*left, *_turned(middle), spread, *right)
    return (_trace(middle, spread, letter),), (*left, *right)


def _trace(middle: Chain, spread: Term, letter: Declaration) -> Term:
    """tr(M Sigma); tr(c I) is c times the size."""
    if middle:
        return Term("trace", (mul(*middle, spread),))
    size = letter.shape[0]
    count = number(size) if isinstance(size, int) else symbol(size)
    factors = spread.args if spread.head == "mul" else (spread,)
    if factors[-1] == Term("identity") and all(
        rational_value(f) is not None or f.head != "identity" for f in factors[:-1]
    ):
        return mul(*factors[:-1], count)
    return Term("trace", (spread,))


def _across(first: Chain, i: int, second: Chain, j: int, spread: Term) -> tuple[Chain, Chain]:
    """One random letter in each of two products, the first of them a number c^T x b (or a x^T c): (numbers, the rest)."""
    before, after = first[:i], first[i + 1 :]
    turned = first[i].head == "transpose"
    row, number_ = (_turned(after), before) if turned else (before, after)
    if not row:
        raise NoNormalForm("a random vector that stands for a number")
    left, right = second[:j], second[j + 1 :]
    numbers = (mul(*number_),) if number_ else ()
    if second[j].head == "transpose":
        return numbers, (*left, *row, spread, *right)
    return numbers, (*left, spread, *_turned(row), *right)
