r"""The textbook ledger: what well-known texts say, entry by entry. ``derive claims`` judges and prints it.

One file a group; a file has a tuple ``ENTRIES``, and is found by being here. An entry stores **no verdict**: it stores what
the sentence could mean, as formulas, and these are judged whenever somebody asks. The words are in ``derive/entry.py``::

    entry(
        "A10",                                               # the id
        "LW, on the eigenvalues; 10.7",                      # places; each begins with a key of SOURCES
        "Eigenvalues below 1 decay, those above 1 explode.", # the claim in OUR words, never the source's sentence
        reading(
            "literally",                                     # the name of this reading
            r"\lvert \lambda \rvert^{t+1} \le \lvert \lambda \rvert^t",   # a relation or a chain, in LaTeX
            r"\lambda in R; \lambda < 1; t in N_0",          # what is declared (formula/given.py)
            "Each step shrinks every eigenvalue below 1.",   # the reading in words
            repair=provided(r"\lvert \lambda \rvert < 1", r"$\lvert \lambda \rvert < 1$"),
        ),
        correction="It is the modulus that decides.",        # the corrected statement, in words
        corrected=(reading("modulus", ...),),                # ... and, if it has a formula, judged as well
        topic="vanishing",                                   # the handout whose steps carry ledger=("A10",)
    )

The verdict follows from the readings. *True*: all are proved. *False*: all are refuted. *True if*: each one that fails is
proved under its ``repair=provided(given, words)``: the same formula with further declarations (they may declare a letter
anew: ``W in R^{n x n} symmetric``). *Vague*: some hold and some fail. What is not decided is said to be so. So do not print a
repair where the honest verdict is "false": then say what is right in ``correction`` and ``corrected``.

A formula that is not proved in one go gets lemmas, judged first and then used: ``using=(lemma(r"W^t = Q \Lambda^t Q^\top",
induction=("t", 0)),)``; hints are ``induction=`` and ``axiom=``. ``given`` may also be a ``Scope`` made with
``derive/authoring.py``. Four more words: ``empirical(id, source, claim, Experiment(description, run), *core)``, where
``run(seed)`` returns ``Count(setting, successes, trials)``; ``not_mathematical(id, source, claim, why)``;
``unreadable(id, source, claim, what_is_missing, *literal)``; besides, ``note=`` for what a reader should know, and
``see=("A6",)`` where steps that carry another id derive this claim too.

Try it: ``derive claims A10`` prints one entry in full, ``derive claims A`` a group, ``derive claims --verdict undecided`` what
is left to do. Tests: the verdict expected by the ledger stands in ``tests/ledger_verdicts.py``.
"""
