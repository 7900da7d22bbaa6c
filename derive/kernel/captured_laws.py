"""Letters under a bound letter on which they depend: the sum of E X over n for X of law N(n, 1), of y over n for y = n^2, of the trace
of an n by n matrix over n; the limit of x/n where x > n.

Whether such a letter follows the bound letter or belongs to the one outside is a matter of reading, so nothing is decided: rules
that take it for a constant and those that put the bound letter in would contradict each other.
"""

from __future__ import annotations

from functools import lru_cache

from derive.core import Claim, Scope, Term
from derive.kernel.terms import AT_THE_LETTER, BINDERS, free_letters, heads, letters_of, subterms
from derive.kernel.verdict import NotAdmitted

Ties = dict[str, frozenset[str]]


def require_laws_outside(claim: Claim) -> None:
    """No sum, integral, limit or derivative is over a letter on which the law, the size or the definition of a letter inside it
    depends. Raises NotAdmitted."""
    laws, definitions = _laws_and_sizes(claim.scope), _definitions(claim.scope)
    if not laws and not claim.scope.hypotheses:
        return
    for side in (claim.lhs, claim.rhs):
        for part in subterms(side):
            if part.head in BINDERS:
                inside, bound = free_letters(part.args[0]), free_letters(part.args[1])
                _require(bound, inside, laws)
                if part.head not in AT_THE_LETTER:  # there the letter is the one outside
                    _require(bound, inside, definitions)
                if part.head == "limit":
                    _require_untied(part, claim.scope)


def _require(bound: frozenset[str], inside: frozenset[str], ties: Ties) -> None:
    if any(bound & ties.get(name, frozenset()) for name in inside):
        raise NotAdmitted(
            f"the law, size or definition of a letter depends on {min(bound)}, which varies inside the formula"
        )


def _require_untied(limit: Term, scope: Scope) -> None:
    """No hypothesis orders the letter of a limit and another letter inside."""
    name = str(limit.args[1].value)
    inside = free_letters(limit.args[0]) - {name}
    for hypothesis in scope.hypotheses:
        letters = letters_of(hypothesis)
        if name in letters and letters & inside and hypothesis.lhs.head not in ("index", "apply"):
            raise NotAdmitted(f"a hypothesis ties {name}, which varies in a limit, to another letter there")


@lru_cache(maxsize=512)
def _laws_and_sizes(scope: Scope) -> Ties:
    """For each letter the letters of its law and its size, and of those on which it depends by way of hypotheses."""
    known: Ties = {}
    for d in scope.declarations:
        terms = () if d.law is None else (d.law.mean, d.law.variance, *d.law.parameters)
        sizes = frozenset(size for size in d.shape if isinstance(size, str))
        if sizes or terms:
            known[d.name] = sizes.union(*map(free_letters, terms))
    if not any(known.values()):
        return {}
    before = -1
    while sum(map(len, known.values())) != before:
        before = sum(map(len, known.values()))
        for hypothesis in scope.hypotheses:
            letters = letters_of(hypothesis)
            running = "index" in heads(hypothesis.lhs, hypothesis.rhs)  # its letters are bound to the hypothesis
            for name, found in list(known.items()):
                if found & letters and not running:
                    known[name] = found | letters
            through = frozenset[str]().union(*(known[name] for name in letters & known.keys()))
            for name in letters if through else ():
                known[name] = known.get(name, frozenset()) | through
    return known


@lru_cache(maxsize=512)
def _definitions(scope: Scope) -> Ties:
    """For each letter that ``y = term`` defines the letters of the term, and of their definitions."""
    known: Ties = {
        str(h.lhs.value): free_letters(h.rhs) for h in scope.hypotheses if h.relation == "=" and h.lhs.head == "symbol"
    }
    for _ in known:
        known = {
            name: letters.union(*(known.get(letter, frozenset()) for letter in letters))
            for name, letters in known.items()
        }
    return known
