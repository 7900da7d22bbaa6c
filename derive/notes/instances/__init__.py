"""Special cases of a relation: what a text says of every law, every number of dimensions, it says of a small one, too.

A case that holds says nothing of the others; one that fails refutes what is said of all.
"""
