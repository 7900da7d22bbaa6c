"""Section H: history, advice and intent. There is nothing to prove in them, and that is what is said."""

from __future__ import annotations

from derive.entry import not_mathematical

ENTRIES = (
    not_mathematical(
        "H",
        "LW, at the beginning and at the end",
        "What the author of the post means to do, doubts, and plans to write next.",
        "a statement of intent",
    ),
    not_mathematical(
        "H1",
        "10.7, on the history",
        "Several groups discovered the problem independently of each other.",
        "history: papers and their dates settle it, not a proof",
    ),
    not_mathematical(
        "H2",
        "10.11, on Hessian-free optimisation",
        "Second-order methods gave promising results in 2011.",
        "a report of experiments elsewhere; “promising” is no statement about them",
    ),
    not_mathematical(
        "H3",
        "10.11, on momentum",
        "In 2013 simpler methods were found to do as well.",
        "a report of experiments elsewhere; what can be proved about momentum is claim C11",
    ),
    not_mathematical(
        "H4",
        "10.11, on LSTMs",
        "Both approaches have largely been replaced by plain gradient descent on LSTMs.",
        "a statement about what people do",
    ),
    not_mathematical(
        "H5",
        "8.2.6",
        "In practice one usually has a noisy estimate of the gradient only.",
        "a statement about practice; what such estimates are worth is claim G1",
    ),
    not_mathematical(
        "H6",
        "10.11.1, the last line of the page",
        "How learning rates are typically chosen.",
        "the page ends in the middle of the sentence",
    ),
    not_mathematical(
        "H7",
        "SE-A, image and recommendation",
        "A picture of a trajectory, and the advice to read the paper that it is from.",
        "a picture and an advice",
    ),
)
