"""Gradients and Hessians of scalar terms by the chain rule, as terms without such heads.

Backwards: a part M of the body with adjoint G contributes tr(G^T dM) to the differential; what reaches the letter is the
gradient, in the shape of the letter. Refused: parts without a rule, and letters that a hypothesis ties to the variable.
Source: Magnus and Neudecker, Matrix Differential Calculus, 3rd ed., chapters 8 and 9.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from derive.core import Term
from derive.kernel.conditions import unsettled
from derive.kernel.differentiate import OUTER
from derive.kernel.facts import Facts
from derive.kernel.heads import conditions_of, is_complex
from derive.kernel.normal import NoNormalForm
from derive.kernel.normal.table import require_untied
from derive.kernel.terms import ONE, ZERO, add, free_letters, heads, number, power, rational_value, sub
from derive.kernel.verdict import NotAdmitted
from derive.kernel.words.shapes import shape

HEADS = ("gradient", "hessian")
MOST_FACTORS = 12
SYMMETRIC = {"symmetric", "positive_definite", "positive_semidefinite"}
IDENTITY = Term("identity")


def has_gradient(term: Term) -> bool:
    """Whether a gradient or Hessian occurs in the term."""
    return not heads(term).isdisjoint(HEADS)


def without_gradients(term: Term, facts: Facts, *, checked: bool = True) -> Term:
    """``term`` with every gradient and Hessian worked out. Raises NoNormalForm.

    ``checked``: what the result needs to be defined must follow from ``facts`` (which hold the visible conditions). At a
    point that is left to the evaluation.
    """
    if not has_gradient(term):
        return term
    if term.head not in HEADS:
        return replace(term, args=tuple(without_gradients(arg, facts, checked=checked) for arg in term.args))
    body = without_gradients(term.args[0], facts, checked=checked)
    key = ("gradient", term.head, body, term.args[1])
    found: Term | None = facts.memo.get(
        key
    )  # the proof, the search for points and the kernel at a point all ask for it
    if found is None:
        found = facts.memo[key] = _worked_out(term.head, body, str(term.args[1].value), facts)
    if checked:
        _require_defined(found, facts)
    return found


def _worked_out(head: str, body: Term, name: str, facts: Facts) -> Term:
    declaration = facts.declaration(name)
    if is_complex(body, facts.scope) or declaration is None or declaration.domain != "real":
        raise NoNormalForm("a gradient by what is not real")
    require_untied(body, name, facts)
    found = gradient_term(body, name, facts)
    _require_free_entries(found, name, facts)
    return found if head == "gradient" else jacobian_term(found, name, facts)


def _require_defined(found: Term, facts: Facts) -> None:
    try:
        for condition in conditions_of(found, facts.scope):
            for _ in unsettled(condition, facts, hidden=True):
                raise NotAdmitted("not settled")
    except NotAdmitted:
        raise NoNormalForm(
            "the gradient exists under a further condition only, which the formula does not show"
        ) from None


def _require_free_entries(gradient: Term, name: str, facts: Facts) -> None:
    """The entries of the letter vary freely; or it is symmetric, and so is the gradient, which then is the same whether or not
    the letter stays symmetric."""
    declaration = facts.declaration(name)
    properties = set(declaration.properties) - {"invertible"} if declaration else set()
    if not properties:
        return
    if properties <= SYMMETRIC:
        from derive.kernel.words import is_zero_matrix

        if is_zero_matrix(sub(gradient, Term("transpose", (gradient,))), facts):
            return
    raise NoNormalForm(f"the gradient by {name}, whose entries do not vary freely, depends on the convention")


def gradient_term(body: Term, name: str, facts: Facts) -> Term:
    """The gradient of the scalar ``body`` by the letter ``name``."""
    parts = list(_Backwards(name, facts).scalar(body, ONE))
    return add(*parts) if parts else ZERO


def jacobian_term(column: Term, name: str, facts: Facts) -> Term:
    """The matrix of derivatives of the entries of a column by those of a vector letter (of a number by a number)."""
    if shape(Term("symbol", (), name), facts) is None:
        return gradient_term(column, name, facts)
    parts = list(_Forwards(name, facts).times(column, ()))
    return add(*parts) if parts else ZERO


# ------------------------------------------------------------------------------------------------------- small terms


def _neg(term: Term) -> Term:
    return Term("neg", (term,))


def _times(*factors: Term) -> Term:
    kept = tuple(factor for factor in factors if factor != ONE)
    return kept[0] if len(kept) == 1 else Term("mul", kept) if kept else ONE


def _flipped(term: Term) -> Term:
    if term.head == "identity":
        return term
    return term.args[0] if term.head == "transpose" else Term("transpose", (term,))


def _reversed(factors: tuple[Term, ...]) -> tuple[Term, ...]:
    return tuple(_flipped(factor) for factor in reversed(factors))


@dataclass(frozen=True, slots=True)
class _Product:
    """A product as numbers times one run of matrices (empty for a number). A run that closes to 1 by 1 is a number."""

    numbers: tuple[Term, ...]
    run: tuple[Term, ...]

    def others(self, i: int) -> tuple[Term, ...]:
        return self.numbers[:i] + self.numbers[i + 1 :]


def _split(args: tuple[Term, ...], facts: Facts) -> _Product:
    """Numbers may be moved; the run keeps its order. Raises NoNormalForm."""
    numbers: list[Term] = []
    run: list[Term] = []
    for arg in args:
        sizes = shape(arg, facts)
        if sizes is None:
            numbers.append(arg)
            continue
        if sizes == ("1", "1"):
            raise NoNormalForm("a matrix of one entry in a gradient")
        run.append(arg)
        if len(run) > 1 and shape(Term("mul", tuple(run)), facts) is None:
            numbers.append(Term("mul", tuple(run)))
            run = []
    return _Product(tuple(numbers), tuple(run))


def _unrolled_power(base: Term, exponent: Term) -> tuple[Term, ...]:
    """The factors of a numeral power of a matrix, each the base or its inverse."""
    k = rational_value(exponent)
    if k is None or k.denominator != 1 or abs(k) > MOST_FACTORS:
        raise NoNormalForm("the gradient of a matrix to an exponent that is no small numeral")
    return (base if k > 0 else power(base, number(-1)),) * abs(int(k))


def _square(head: str) -> bool:
    return head in ("norm", "frobenius")


# ------------------------------------------------------------------------------------------------------- backwards


@dataclass(frozen=True, slots=True)
class _Backwards:
    """What each part of a body contributes to the gradient by ``name``."""

    name: str
    facts: Facts

    def free(self, term: Term) -> bool:
        return self.name not in free_letters(term)

    def scalar(self, term: Term, seed: Term) -> Iterator[Term]:
        """Contributions of a number whose adjoint is ``seed``."""
        head, args = term.head, term.args
        if self.free(term):
            return
        if head == "symbol":
            yield seed
        elif head == "add":
            for arg in args:
                yield from self.scalar(arg, seed)
        elif head == "neg":
            yield from self.scalar(args[0], _neg(seed))
        elif head == "mul":
            yield from self._product(args, seed)
        elif head == "div":
            yield from self.scalar(args[0], Term("div", (seed, args[1])))
            yield from self.scalar(args[1], _neg(_times(seed, Term("div", (args[0], power(args[1], number(2)))))))
        elif head == "pow":
            yield from self._power(term, seed)
        elif head in OUTER:
            yield from self.scalar(args[0], _times(seed, OUTER[head](args[0])))
        elif head == "apply" and len(args) == 2:
            yield from self.scalar(args[1], _times(seed, Term("prime", (*args, ONE))))
        elif head == "sum":
            yield from self._sum(term, seed)
        else:
            yield from self._of_matrix(term, seed)

    def _of_matrix(self, term: Term, seed: Term) -> Iterator[Term]:
        """Numbers made of matrices."""
        head, inner = term.head, term.args[0]
        if head == "trace":
            yield from self.matrix(inner, _times(seed, IDENTITY))
        elif head == "det":
            yield from self.matrix(inner, _times(seed, term, _flipped(power(inner, number(-1)))))
        elif head == "inner":
            yield from self.matrix(inner, _times(seed, term.args[1]))
            yield from self.matrix(term.args[1], _times(seed, inner))
        elif _square(head):
            self._require_entrywise(term)
            yield from self.matrix(inner, _times(Term("div", (seed, term)), inner))
        else:
            raise NoNormalForm(f"no rule for the gradient of {head}")

    def _require_entrywise(self, term: Term) -> None:
        sizes = shape(term.args[0], self.facts)
        if sizes is None or (term.head == "norm" and "1" not in sizes):
            raise NoNormalForm("the gradient of a spectral norm")

    def _power(self, term: Term, seed: Term) -> Iterator[Term]:
        base, exponent = term.args
        k = rational_value(exponent)
        if not self.free(exponent):
            yield from self.scalar(exponent, _times(seed, term, Term("log", (base,))))
        if self.free(base) or k == 0:
            return
        if _square(base.head) and k is not None and k >= 2:
            self._require_entrywise(base)  # smooth also where the norm is 0
            rest = ONE if k == 2 else power(base, number(k - 2))
            yield from self.matrix(base.args[0], _times(seed, exponent, rest, base.args[0]))
        elif self.facts.kind(exponent) == "integer":
            rest = (
                ONE if k == 1 else base if k == 2 else power(base, sub(exponent, ONE) if k is None else number(k - 1))
            )
            yield from self.scalar(base, _times(seed, exponent, rest))
        else:  # undefined where the base is 0, as it must be
            yield from self.scalar(base, _times(seed, exponent, Term("div", (term, base))))

    def _product(self, args: tuple[Term, ...], seed: Term) -> Iterator[Term]:
        product = _split(args, self.facts)
        if product.run:
            raise NoNormalForm("a matrix where a number is expected")
        for i, part in enumerate(product.numbers):
            outer = _times(seed, *product.others(i))
            if part.head == "mul" and any(shape(arg, self.facts) is not None for arg in part.args):
                yield from self._run(part.args, outer, ())
            else:
                yield from self.scalar(part, outer)

    def _run(self, run: tuple[Term, ...], outer: Term, adjoint: tuple[Term, ...]) -> Iterator[Term]:
        """M = L F R with adjoint G: F has the adjoint L^T G R^T."""
        for i, factor in enumerate(run):
            if not self.free(factor):
                seed = _times(outer, *_reversed(run[:i]), *adjoint, *_reversed(run[i + 1 :]))
                yield from self.matrix(factor, seed)

    def _sum(self, term: Term, seed: Term) -> Iterator[Term]:
        body, letter, *ends = term.args
        if not all(map(self.free, ends)) or str(letter.value) in free_letters(seed):
            raise NoNormalForm("the gradient of a sum whose ends or index mean something else outside")
        inside = replace(self, facts=self.facts.under(letter, ends[0], ends[1]))
        for part in inside.scalar(body, ONE):
            yield _times(seed, Term("sum", (part, letter, *ends)))

    def matrix(self, term: Term, adjoint: Term) -> Iterator[Term]:
        """Contributions of a matrix whose adjoint is ``adjoint``."""
        head, args = term.head, term.args
        if self.free(term):
            return
        if head == "symbol":
            yield adjoint
        elif head == "add":
            for arg in args:
                yield from self.matrix(arg, adjoint)
        elif head == "neg":
            yield from self.matrix(args[0], _neg(adjoint))
        elif head == "transpose":
            yield from self.matrix(args[0], _flipped(adjoint))
        elif head == "div":
            yield from self.matrix(_times(Term("div", (ONE, args[1])), args[0]), adjoint)
        elif head == "pow":
            yield from self._matrix_power(args[0], args[1], adjoint)
        elif head == "mul":
            yield from self._matrix_product(args, adjoint)
        else:
            raise NoNormalForm(f"no rule for the gradient of a matrix given by {head}")

    def _matrix_power(self, base: Term, exponent: Term, adjoint: Term) -> Iterator[Term]:
        """d(M^{-1}) = -M^{-1} dM M^{-1}; other numeral powers are products."""
        factors = _unrolled_power(base, exponent)
        if len(factors) == 1 and factors[0] != base:
            inverse = _flipped(factors[0])
            yield from self.matrix(base, _neg(_times(inverse, adjoint, inverse)))
        else:
            yield from self._run(factors, ONE, (adjoint,))

    def _matrix_product(self, args: tuple[Term, ...], adjoint: Term) -> Iterator[Term]:
        product = _split(args, self.facts)
        yield from self._run(product.run, _times(*product.numbers), (adjoint,))
        for i, part in enumerate(product.numbers):
            if not self.free(part):
                weight = Term("trace", (Term("mul", (_flipped(adjoint), *product.run)),))
                if shape(Term("mul", product.run), self.facts) is not None and "1" in _sizes(product.run, self.facts):
                    weight = Term("inner", (adjoint, _times(*product.run)))
                yield from self.scalar(part, _times(weight, *product.others(i)))


def _sizes(run: tuple[Term, ...], facts: Facts) -> tuple[str, ...]:
    sizes = shape(_times(*run), facts)
    return sizes[1:] if sizes is not None else ()


# -------------------------------------------------------------------------------------------------------- forwards


@dataclass(frozen=True, slots=True)
class _Forwards:
    """Jacobians by a vector letter x: contributions M with d(F R) = M dx for a part F that stands before factors R held
    fast, F R being a column."""

    name: str
    facts: Facts

    def free(self, term: Term) -> bool:
        return self.name not in free_letters(term)

    def times(self, term: Term, after: tuple[Term, ...]) -> Iterator[Term]:
        head, args = term.head, term.args
        if self.free(term):
            return
        if shape(term, self.facts) is None:
            yield from self._number(term, after)
        elif head == "symbol":
            yield _times(*after, IDENTITY)
        elif head == "add":
            for arg in args:
                yield from self.times(arg, after)
        elif head == "neg":
            yield from (_neg(part) for part in self.times(args[0], after))
        elif head == "div":
            yield from self._product((Term("div", (ONE, args[1])), args[0]), after)
        elif head == "mul":
            yield from self._product(args, after)
        elif head == "transpose":
            yield from self._transpose(args[0], after)
        elif head == "pow":
            yield from self._matrix_power(args[0], args[1], after)
        elif head == "sum":
            yield from self._sum(term, after)
        else:
            raise NoNormalForm(f"no rule for the Hessian of a matrix given by {head}")

    def _number(self, term: Term, column: tuple[Term, ...]) -> Iterator[Term]:
        """d(s c) = c (grad s)^T dx for a number s and a column c."""
        for part in _Backwards(self.name, self.facts).scalar(term, ONE):
            yield _times(*column, _flipped(part))

    def _product(self, args: tuple[Term, ...], after: tuple[Term, ...]) -> Iterator[Term]:
        product = _split(args, self.facts)
        for i, part in enumerate(product.numbers):
            for row in self._number(part, (*product.run, *after)):
                yield _times(*product.others(i), row)
        for i, factor in enumerate(product.run):
            for part in self.times(factor, (*product.run[i + 1 :], *after)):
                yield _times(*product.numbers, *product.run[:i], part)

    def _transpose(self, inner: Term, after: tuple[Term, ...]) -> Iterator[Term]:
        """u^T R = R^T u for a column u; other transposes are moved inwards first."""
        sizes = shape(inner, self.facts)
        if inner.head in ("add", "neg"):
            yield from self.times(replace(inner, args=tuple(map(_flipped, inner.args))), after)
        elif inner.head == "mul":
            product = _split(inner.args, self.facts)
            yield from self._product((*product.numbers, *_reversed(product.run)), after)
        elif sizes is not None and sizes[1] == "1":
            for part in self.times(inner, ()):
                yield _times(*_reversed(after), part)
        else:
            raise NoNormalForm("no rule for the Hessian of such a transpose")

    def _matrix_power(self, base: Term, exponent: Term, after: tuple[Term, ...]) -> Iterator[Term]:
        factors = _unrolled_power(base, exponent)
        if len(factors) > 1 or factors[0] == base:
            yield from self._product(factors, after)
            return
        for part in self.times(base, (factors[0], *after)):
            yield _neg(_times(factors[0], part))

    def _sum(self, term: Term, after: tuple[Term, ...]) -> Iterator[Term]:
        body, letter, *ends = term.args
        clash = any(str(letter.value) in free_letters(factor) for factor in after)
        if clash or not all(map(self.free, ends)):
            raise NoNormalForm("the Hessian of a sum whose ends or index mean something else outside")
        inside = replace(self, facts=self.facts.under(letter, ends[0], ends[1]))
        for part in inside.times(body, after):
            yield Term("sum", (part, letter, *ends))


__all__ = ["gradient_term", "has_gradient", "jacobian_term", "without_gradients"]
