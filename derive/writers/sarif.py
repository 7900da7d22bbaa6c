"""Findings as SARIF 2.1.0, which code hosts and editors show. Places are lines and columns from 1, columns in code points."""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256
from typing import Any
from urllib.parse import quote

from derive import __version__
from derive.codes import CODES
from derive.core import Status
from derive.found import Found, Text

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {Status.REFUTED.value: "error", Status.CONDITIONAL.value: "warning"}
BY_HUNDRED = {"2": "error", "3": "warning"}


def write(texts: Sequence[tuple[Text, Sequence[Found]]]) -> str:
    """One run with a result for each finding that is shown."""
    rules = sorted({str(found.code) for _, shown in texts for found in shown})
    results = [_result(text, found, rules) for text, shown in texts for found in shown]
    driver = {
        "name": "derive",
        "semanticVersion": __version__,
        "rules": [_rule(code) for code in rules],
    }
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1) + "\n"


def _rule(id: str) -> dict[str, Any]:
    code = CODES[id]
    return {
        "id": id,
        "name": "".join(word.capitalize() for word in code.name.split("-")),
        "shortDescription": {"text": code.meaning},
        "help": {"text": f"{code.advice} Example: {code.example}"},
        "defaultConfiguration": {"level": BY_HUNDRED.get(id[1], "note")},
    }


def _result(text: Text, found: Found, rules: Sequence[str]) -> dict[str, Any]:
    entry = found.entry
    return {
        "ruleId": found.code,
        "ruleIndex": rules.index(str(found.code)),
        "level": LEVELS.get(entry["verdict"], "note"),
        "message": {"text": "; ".join(_sentences(found))},
        "locations": [_location(text.path, found)],
        "partialFingerprints": {"formulaAndSection/v1": _fingerprint(text.path, found)},
    }


def _sentences(found: Found) -> list[str]:
    entry = found.entry
    point = [
        f"{name} = {value}" for name, value in (entry["counterexample"] or {}).items() if name not in ("lhs", "rhs")
    ]
    parts = [f"{found.formula}: {entry['reason']}"]
    parts += [f"at {', '.join(point)}"] if point else []
    parts += [f"true if {entry['repair'].replace('; ', ' and ')}"] if entry["repair"] else []
    return parts


def _location(path: str, found: Found) -> dict[str, Any]:
    """A cell of a notebook is a logical place: its lines are not those of the file."""
    file, _, cell = path.partition("#")
    uri = quote(file.replace("\\", "/").encode("utf-8", "surrogateescape"), safe="/.-_~")
    entry = found.entry
    place: dict[str, Any] = {"artifactLocation": {"uri": f"./{uri}" if ":" in file.split("/")[0] else uri}}
    if cell:
        name = f"{cell}, line {entry['line']}"
        return {"physicalLocation": place, "logicalLocations": [{"name": name, "fullyQualifiedName": f"{file}#{name}"}]}
    place["region"] = {
        "startLine": entry["line"],
        "startColumn": entry["column"],
        "endLine": entry["end_line"],
        "endColumn": entry["end_column"],
        "snippet": {"text": found.text},
    }
    return {"physicalLocation": place}


def _fingerprint(path: str, found: Found) -> str:
    """The same while formula and section stay, whatever moves above them."""
    words = "\n".join((path, found.section, found.formula, found.entry["verdict"]))
    return sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:32]
