"""What the ledger says of each claim, typed from it row by row and independently of the entries.

Several words, where a row gives several: ``false|vague`` for one that is false in one reading and true in another. ``PENDING``:
rows that neither a topic nor an entry covers yet.
"""

from __future__ import annotations

VERDICTS: dict[str, str] = {
    # powers of one matrix
    "A1": "true",
    "A2": "true if",
    "A3": "true",
    "A4": "true if",
    "A5": "true if",
    "A6": "vague",
    "A7": "true if",
    "A8": "false",
    "A9": "true if",
    "A10": "false",
    "A11": "true if",
    "A12": "true if",
    "A13": "false|vague|true if",
    "A14": "false",
    "A15": "true if|vague",
    # products of random weights; saturation
    "B1": "true",
    "B2": "true",
    "B3": "true if",
    "B4": "true if",
    "B5": "true",
    "B6": "false",
    "B9": "true if",
    "B10": "true if",
    "B11": "vague",
    "B12": "true if",
    # second-order methods
    "C1": "vague",
    "C2": "false|vague",
    "C3": "false",
    "C4": "true if",
    "C5": "true",
    "C6": "true if",
    "C7": "vague",
    "C8": "true",
    "C9": "true",
    "C10": "true",
    "C11": "empirical",
    "C12": "true|vague",
    # cliffs and clipping
    "D1": "true if",
    "D2": "true",
    "D3": "true",
    "D4": "true if",
    "D5": "true|true if",
    "D6": "true",
    "D7": "true",
    "D8": "true",
    "D9": "true",
    # memory
    "E1": "true if",
    "E2": "false",
    "E3": "false",
    "E4": "false",
    "E5": "true if",
    "E6": "false",
    "E7": "true",
    "E8": "empirical",
    "E9": "empirical",
    "E10": "false",
    "E11": "empirical",
    # remedies
    "F1": "true",
    "F2": "true if",
    "F3": "false|vague|true if",
    "F4": "true",
    "F5": "false",
    "F6": "true if|vague",
    # stochastic gradients
    "G1": "true if",
    "G2": "true",
    "G3": "empirical|false",
    "G4": "true",
    # further claims
    "X1": "true|vague",
    "X2": "true|vague",
    "X3": "true",
    "X4": "true",
    "X5": "true",
    "X6": "true",
    "X7": "true",
    "X8": "true|true if",
    "X9": "empirical|true",
    "X10": "true",
    "X11": "true",
    "X12": "true|true if",
    "X13": "true",
    "X14": "true",
    "X15": "true",
    "X16": "true|vague",
    "X17": "true if|false",
    "X18": "true",
    # single sentences
    "T1": "true",
    "T2": "false",
    "T3": "vague",
    "T4": "false|true if",
    "T5": "vague",
    "T6": "empirical",
    "T7": "true if",
    "T8": "vague",
    "T9": "false",
    "T10": "false",
    "T11": "not mathematical",
}

GROUPS: dict[str, str] = {"H": "not mathematical", "0": "unreadable"}
"""Sections whose rows have no ids: every entry of the group has this verdict."""

METHODS = ("B7", "B8", "M")
"""Rows about how to check, not about what a text says: a topic shows them."""

NEIGHBOURS = {"C2": "C1", "C12": "X16", "E3": "E2", "E4": "E2", "E9": "E8", "B7": "M", "B8": "M"}
"""Rows that live in another one."""

PENDING: tuple[str, ...] = ()
