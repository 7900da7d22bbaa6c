"""The trusted part. A Verdict is made by ``admit(claim, evidence)`` and nowhere else; see ``admit.py`` first, then the
rule that interests you: ``normal`` (zero test), ``words`` and ``explicit`` (matrices), ``balls`` (enclosures), ``points``
(counterexamples), ``expectation``, ``asymptotic``, ``axioms``. Neither SymPy nor NumPy is imported here."""

from derive.kernel.admit import admit
from derive.kernel.axiom import Axiom
from derive.kernel.axioms import AXIOMS
from derive.kernel.verdict import NotAdmitted, Verdict, genuine

__all__ = ["AXIOMS", "Axiom", "NotAdmitted", "Verdict", "admit", "genuine"]
