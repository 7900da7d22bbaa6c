"""T1 to T11: sentences that no other entry covers."""

from __future__ import annotations

from derive.entry import entry, reading

ENTRIES = (
    entry(
        "T5",
        "10.7, after equation 10.39",
        "What is not aligned with the largest eigenvector is discarded in the end.",
        reading(
            "largest in modulus",
            r"\lim_{t \to \infty} \lvert q \rvert^t = 0",
            r"q in R; \lvert q \rvert < 1",
            "With $q = \\mu / \\lambda$ the quotient of another eigenvalue and the largest one: smaller in modulus, so its share vanishes.",
        ),
        reading(
            "largest number",
            r"\lim_{t \to \infty} \lvert q \rvert^t = 0",
            r"q in R; q < 1",
            "With $\\lambda > 0$ the largest of the real eigenvalues, $\\mu < \\lambda$ says $q < 1$ only.",
        ),
        correction="Say: the eigenvector of the eigenvalue of largest modulus, which must be simple and the only one with that modulus.",
        topic="vanishing",
        see=("A6",),
    ),
)
