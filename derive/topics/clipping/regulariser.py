"""Section: what does treat vanishing: Pascanu's regulariser (claim X4)."""

from __future__ import annotations

from derive.authoring import matrix, scope, step, vector
from derive.core import Block, Prose, Section
from derive.topics.clipping import Options


def regulariser(options: Options) -> Section:
    """The penalty of one step, its immediate gradient, when it is 0."""
    return Section("regulariser", "A penalty for gradients that vanish", _blocks())


def _blocks() -> tuple[Block, ...]:
    letters = scope(matrix("W"), matrix("D", "diagonal"), vector("u"))
    ratio = r"\frac{\lVert D W^\top u \rVert_2}{\lVert u \rVert_2}"
    return (
        Prose(
            "Clipping was one half of the proposal of Pascanu, Mikolov and Bengio. The other half is for gradients that vanish. In a network "
            "$x_{k+1} = W f(x_k) + \\dots$ the gradient $u$ with respect to $x_{k+1}$ becomes $D W^\\top u$ one step further back, where the diagonal matrix $D$ "
            "holds the slopes $f'(x_k)$. Ask that it keep its length: the penalty of this step is $(r - 1)^2$ with the ratio $r$ of the two lengths, and the "
            "penalties of all steps are added. Its *immediate* gradient treats $u$ and $D$ as constants:"
        ),
        step(
            r"\nabla_W \lVert D W^\top u \rVert_2^{2} = 2 u (D D W^\top u)^\top",
            "First the squared length.",
            letters,
            ledger=("X4",),
        ),
        step(
            rf"\nabla_W \left( {ratio} - 1 \right)^{{2}} = 2 \left( {ratio} - 1 \right) \frac{{1}}{{\lVert u \rVert_2 \lVert D W^\top u \rVert_2}} u (D D W^\top u)^\top",
            "Then the penalty, by the chain rule. It is a rank 1 matrix, and it pushes the ratio towards 1 from both sides.",
            letters,
            ledger=("X4",),
        ),
        step(
            r"\frac{\lVert Q u \rVert_2}{\lVert u \rVert_2} - 1 = 0",
            "If the Jacobian is orthogonal, the penalty is 0 for every $u$.",
            scope(matrix("Q", "orthogonal"), vector("u")),
            ledger=("X4",),
        ),
        Prose(
            "**To take home.** Clipping is a limit on the length of a step and on nothing else. By the norm it keeps the direction, by the entries it may turn it almost sideways; "
            "average first and clip then; keep the learning rate below two over the curvature all the same; and where gradients vanish, look for another remedy."
        ),
    )
