"""Section: the two methods as recurrences with two steps of memory (claims C11, X16)."""

from __future__ import annotations

from derive.authoring import real, scope, step
from derive.core import Block, Prose, Section

LETTERS = scope(real("x"), real("v"), real("mu"), real("eta"), real("lambda"))


def recurrences() -> Section:
    """Classical momentum, Nesterov's, and in which sense one is the other."""
    blocks: tuple[Block, ...] = (
        Prose(
            "*Classical* momentum keeps a velocity, $v \\leftarrow \\mu v - \\eta \\nabla f(x)$, and adds it: $x \\leftarrow x + v$. *Nesterov's* form differs in one place: the gradient is "
            "taken at $x + \\mu v$, where the velocity is about to lead. Along an eigenvector the gradient at $x$ is $\\lambda x$. The point before $x$ was $x - v$, so the velocity can be "
            "eliminated. The next point, classically:"
        ),
        step(
            r"x + (\mu v - \eta \lambda x) = (1 + \mu - \eta \lambda) x - \mu (x - v)",
            "So $x_{k+1} = p \\, x_k - q \\, x_{k-1}$ with $p = 1 + \\mu - \\eta \\lambda$ and $q = \\mu$.",
            LETTERS,
            ledger=("C11", "X16"),
        ),
        step(
            r"x + (\mu v - \eta \lambda (x + \mu v)) = (1 + \mu) (1 - \eta \lambda) x - \mu (1 - \eta \lambda) (x - v)",
            "With Nesterov's gradient: $p = (1 + \\mu) c$ and $q = \\mu c$, where $c = 1 - \\eta \\lambda$.",
            LETTERS,
            ledger=("C11", "X16"),
        ),
        step(
            r"\mu v - \eta \lambda (x + \mu v) = \mu (1 - \eta \lambda) v - \eta \lambda x",
            "Seen the other way: Nesterov's velocity is the classical one with the momentum $\\mu (1 - \\eta \\lambda)$ instead of $\\mu$. Where the curvature is large it brakes. "
            "Where $\\eta \\lambda > 1$ that momentum is negative.",
            LETTERS,
            ledger=("X16",),
        ),
    )
    return Section("recurrences", "Two recurrences", blocks)
