"""The evidence cache: a second run searches for nothing and says the same; whatever is wrong with the file, nothing that is
said of a claim depends on it."""

from __future__ import annotations

import multiprocessing
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from derive import cache as cache_module
from derive import checkers
from derive.asking import Found, Question
from derive.cache import LARGEST, TABLE, Cache, users_cache
from derive.checkers import CHECKERS, search
from derive.core import (
    Asymptotic,
    Citation,
    Claim,
    Complex,
    Counterexample,
    Enclosure,
    Evidence,
    Family,
    FiniteLaw,
    Function,
    Hints,
    Induction,
    Matrix,
    Normal,
    Oracle,
    OtherValue,
    Overlap,
    Point,
    Repair,
    Term,
)
from derive.evidence_json import Unreadable, from_json, to_json
from derive.formula.claims import read_claim
from derive.judge import judge, judge_claims
from derive.kernel.terms import ONE, ZERO, symbol
from derive.topics.vanishing import Options, derivation
from derive.worker import Worker

SECRET = bytes(32)
CLAIMS = [
    read_claim(latex, given)
    for latex, given in (
        (r"(a + b)^2 = a^2 + 2 a b + b^2", ""),
        (r"(a + b)^2 = a^2 + b^2", ""),
        (r"\sqrt{x^2} = x", ""),
        (r"\sqrt{x^2} = x", "x > 0"),
        (r"\sum_{k=0}^{n} k = \frac{n (n + 1)}{2}", "n in N"),
        (r"\lim_{t \to \infty} \left(\frac{1}{2}\right)^{t} = 1", ""),
        (r"\ln 2 < 0.7", ""),
        (r"x^2 + y^2 \ge 2 x y", ""),
        (r"f(x) = f(x + 1)", "f: R -> R"),
        (r"\frac{x}{x} = 1", ""),
    )
]
QUESTIONS = [Question(claim, audit=True) for claim in CLAIMS]


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "evidence.sqlite", SECRET)


@pytest.fixture(scope="module")
def plain() -> list[tuple[str, str]]:
    """What is said without a cache."""
    return said(None)


def said(cache: Cache | None, claims: list[Claim] = CLAIMS) -> list[tuple[str, str]]:
    return [(finding.status.value, finding.reason) for finding in judge_claims(claims, cache=cache)]


def no_search(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever searches finds nothing."""
    monkeypatch.setattr(checkers, "searching", lambda *_, **__: iter([Found(tried=("a search",))]))


# -------------------------------------------------------------------------------------------------------- a second run


def test_the_second_run_searches_for_nothing(
    cache: Cache, plain: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert said(cache) == plain
    no_search(monkeypatch)
    assert said(None) == [("undecided", "a search")] * len(CLAIMS)
    assert said(cache) == plain


def test_the_second_run_starts_no_process(
    cache: Cache, plain: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    said(cache)
    monkeypatch.setattr(Worker, "start", lambda self: pytest.fail("a process") if self.tasks else False)
    assert said(cache) == plain


def test_the_second_report_of_a_handout_is_the_same_byte_for_byte(
    cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = derivation(Options(n=4))
    without = judge(made).to_json(measured=False)
    assert judge(made, cache=cache).to_json(measured=False) == without
    no_search(monkeypatch)
    assert judge(made, cache=cache).to_json(measured=False) == without


def test_verdicts_are_not_stored(cache: Cache) -> None:
    said(cache)
    with closing(sqlite3.connect(cache.path)) as connection:
        stored = " ".join(text for (text,) in connection.execute("SELECT found FROM evidence"))
    assert "Counterexample" in stored
    assert not any(word in stored for word in ("proved", "refuted", "supported", "trust"))


def test_what_depends_on_the_question_is_in_the_key(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    (question,) = QUESTIONS[:1]
    cache.keep([(question, Found(proof=Normal()))])
    assert cache.recall([question]) == [Found(proof=Normal())]
    others = [
        replace(question, claim=replace(question.claim, relation="<=")),
        replace(question, claim=replace(question.claim, scope=CLAIMS[3].scope)),
        replace(question, hints=Hints(axiom="jensen_log")),
        replace(question, audit=False),
        replace(question, budget=7),
    ]
    assert cache.recall(others) == [None] * len(others)
    monkeypatch.setattr(cache_module, "searching_code", lambda: b"another version")
    assert cache.recall([question]) == [None]


def test_what_the_clock_ended_is_not_kept(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    def hang(claim: Claim, hints: Hints) -> list[Evidence]:
        while True:
            pass

    monkeypatch.setattr("derive.checkers.CHECKERS", (("hang", hang), *CHECKERS))
    assert "stopped after" in next(judge_claims(CLAIMS[8:9], patience=0.2, cache=cache)).reason
    assert cache.recall(QUESTIONS[8:9]) == [None]


def test_what_broke_down_is_not_kept(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    def fault(claim: Claim, hints: Hints) -> list[Evidence]:
        raise OSError

    monkeypatch.setattr("derive.checkers.CHECKERS", (("fault", fault), *CHECKERS))
    assert said(cache, CLAIMS[:1])[0][0] == "proved"
    assert cache.recall(QUESTIONS[:1]) == [None]


def test_what_the_budget_ended_is_kept(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    first = next(iter(judge_claims(CLAIMS[:1], budget=3, cache=cache)))
    list(judge_claims(CLAIMS[:1], budget=3, cache=cache))
    no_search(monkeypatch)
    assert next(iter(judge_claims(CLAIMS[:1], budget=3, cache=cache))).reason == first.reason
    assert first.reason == "the budget of 3 operations is used up"


# ------------------------------------------------------------------------------------------------------- forged entries


def nested(depth: int) -> Term:
    term = ONE
    for _ in range(depth):
        term = Term("neg", (term,))
    return term


def tower(height: int) -> Term:
    """9^9^9^...: too large for any computer."""
    nine = Term("number", (), Fraction(9))
    term = nine
    for _ in range(height):
        term = Term("pow", (nine, term))
    return term


HUGE = Fraction(3**60_000, 2)
X: Point = (("x", HUGE),)
FORGED: list[tuple[str, Found]] = [
    ("a proof that is none", Found(proof=Normal())),
    ("an induction over nothing", Found(proof=Induction("no_such_letter", -(10**18)))),
    ("an induction from far away", Found(proof=Induction("n", 10**19))),
    ("a theorem of no list", Found(proof=Citation("everything_is_true"))),
    ("an enclosure of letters", Found(proof=Enclosure())),
    ("a limit of no limit", Found(proof=Asymptotic())),
    ("a point of another claim", Found(refutation=Counterexample((("a", Fraction(1)), ("b", Fraction(1)))))),
    ("a huge point", Found(refutation=Counterexample(X))),
    ("huge points everywhere", Found(refutation=Counterexample((("a", HUGE), ("b", HUGE), ("n", HUGE), ("x", HUGE))))),
    ("a letter with two values", Found(refutation=Counterexample((("x", Fraction(1)), ("x", Fraction(-1)))))),
    ("a matrix for a number", Found(refutation=Counterexample((("x", Matrix(((HUGE,) * 40,) * 40)),)))),
    ("a matrix without rows", Found(refutation=Counterexample((("x", Matrix(())),)))),
    (
        "a ragged matrix",
        Found(refutation=Counterexample((("x", Matrix(((Fraction(1), Fraction(1)), (Fraction(1),)))),))),
    ),
    ("a complex value", Found(refutation=Counterexample((("x", Complex(Fraction(1), HUGE)),)))),
    ("a family", Found(refutation=Counterexample((("x", Family((Fraction(1),) * 1000)),)))),
    ("a law", Found(refutation=Counterexample((("x", FiniteLaw(((HUGE, HUGE),))),)))),
    ("a function of something else", Found(refutation=Counterexample((("f", Function("y", symbol("z"))),)))),
    ("a function that is a tower", Found(refutation=Counterexample((("f", Function("x", tower(9))),)))),
    ("another value", Found(refutation=OtherValue(ZERO))),
    ("another value, nested deeply", Found(refutation=OtherValue(nested(400)))),
    ("a repair that repairs nothing", Found(refutation=Repair(Counterexample(X), (), Normal(), None))),
    ("agreement at no points", Found(support=Overlap(()))),
    ("agreement at one point, many times", Found(support=Overlap((X,) * 1000))),
    ("the word of nobody", Found(support=Oracle("nobody", "take my word for it"))),
    ("the word of an oracle on something else", Found(support=Oracle("mellin_inversion", "it is so"))),
    ("proof and refutation at once", Found(proof=Normal(), refutation=Counterexample(X), support=Overlap((X,) * 20))),
    ("evidence of the wrong sort", Found(proof=Counterexample(X), refutation=Normal(), support=Normal())),
]
every_forgery = pytest.mark.parametrize("forged", [pytest.param(found, id=name) for name, found in FORGED])


@every_forgery
def test_forged_evidence_with_our_seal_changes_nothing(
    forged: Found, cache: Cache, plain: list[tuple[str, str]]
) -> None:
    """As if somebody had our key, or we had stored nonsense ourselves: the kernel refuses it and a search decides. Where the
    forged evidence happens to be true of a claim, it shows what it shows."""
    cache.keep([(question, forged) for question in QUESTIONS])
    for claim, (status, reason), expected in zip(CLAIMS, said(cache), plain, strict=True):
        alone = search_status(claim, forged)
        assert (status, reason) == expected or status in alone, (claim, status, reason)


def search_status(claim: Claim, forged: Found) -> set[str]:
    """What the kernel itself says of forged evidence that happens to be good."""
    from derive.kernel import NotAdmitted, admit

    found = set()
    for evidence in (forged.proof, forged.refutation, forged.support):
        if evidence is not None:
            try:
                found.add(admit(claim, evidence, forged.witness).status.value)
            except (NotAdmitted, ArithmeticError, ValueError, TypeError):
                continue
    return found


def rewritten(cache: Cache, change: Callable[[bytes, str, bytes], tuple[object, object, object]]) -> None:
    """Every row of the file replaced by another."""
    with closing(sqlite3.connect(cache.path)) as connection, connection:
        rows = connection.execute("SELECT key, found, seal FROM evidence").fetchall()
        connection.execute("DELETE FROM evidence")
        for row in rows:
            connection.execute("INSERT OR REPLACE INTO evidence VALUES (?, ?, ?, 0)", change(*row))


TAMPERED: list[tuple[str, Callable[[bytes, str, bytes], tuple[object, object, object]]]] = [
    ("nothing found", lambda key, text, seal: (key, to_json(Found()), seal)),
    ("support only", lambda key, text, seal: (key, to_json(Found(support=Overlap(()))), seal)),
    ("a proof", lambda key, text, seal: (key, to_json(Found(proof=Normal())), seal)),
    ("no JSON", lambda key, text, seal: (key, "[", seal)),
    ("a pickle", lambda key, text, seal: (key, b"\x80\x04cos\nsystem\n(S'false'\ntR.", seal)),
    ("empty", lambda key, text, seal: (key, "", b"")),
    ("a number", lambda key, text, seal: (key, 17, 3.5)),
    ("a long text", lambda key, text, seal: (key, "[" * 3_000_000, seal)),
    ("not ASCII", lambda key, text, seal: (key, "\u2261\ud7ff", seal)),
    ("the seal as text", lambda key, text, seal: (key, text, seal.hex())),
    ("a row of another key", lambda key, text, seal: (bytes(reversed(key)), text, seal)),
]


@pytest.mark.parametrize("change", [pytest.param(change, id=name) for name, change in TAMPERED])
def test_a_row_that_was_changed_is_no_row(
    change: Callable[[bytes, str, bytes], tuple[object, object, object]], cache: Cache, plain: list[tuple[str, str]]
) -> None:
    said(cache)
    rewritten(cache, change)
    assert cache.recall(QUESTIONS) == [None] * len(QUESTIONS)
    assert said(cache) == plain
    assert None not in cache.recall(QUESTIONS)  # and it was written again


def test_the_cache_of_somebody_else_does_not_count(cache: Cache) -> None:
    cache.keep([(question, Found(proof=Normal())) for question in QUESTIONS])
    assert replace(cache, secret=b"x" * 32).recall(QUESTIONS) == [None] * len(QUESTIONS)


def test_rows_that_were_swapped_do_not_count(cache: Cache) -> None:
    said(cache)
    with closing(sqlite3.connect(cache.path)) as connection, connection:
        rows = connection.execute("SELECT key, found, seal FROM evidence ORDER BY key").fetchall()
        for (key, _, _), (_, text, seal) in zip(rows, rows[1:] + rows[:1], strict=True):
            connection.execute("UPDATE evidence SET found = ?, seal = ? WHERE key = ?", (text, seal, key))
    assert cache.recall(QUESTIONS) == [None] * len(QUESTIONS)


# -------------------------------------------------------------------------------------------------------- damaged files


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def scrambled(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[100::7] = bytes(len(data[100::7]))
    path.write_bytes(data)


def foreign_table(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")
        connection.execute("INSERT INTO bookmarks VALUES ('kept')")


def other_columns(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE evidence (found TEXT)")


def endless_view(path: Path) -> None:
    """A view of our name, the reading of which would never end."""
    path.unlink()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "CREATE VIEW evidence AS WITH RECURSIVE n(key) AS (SELECT 1 UNION ALL SELECT key + 1 FROM n) "
            "SELECT key, 'x' AS found, 'y' AS seal, 0 AS day FROM n"
        )


def with_trigger(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TRIGGER t AFTER INSERT ON evidence BEGIN DELETE FROM evidence; END")


def a_directory(path: Path) -> None:
    path.unlink()
    path.mkdir()


DAMAGES: list[Callable[[Path], object]] = [
    truncated,
    scrambled,
    foreign_table,
    other_columns,
    endless_view,
    with_trigger,
    a_directory,
    lambda path: path.write_bytes(b""),
    lambda path: path.write_bytes(b"this is no database, but somebody's letter" * 100),
    lambda path: path.write_bytes(b"SQLite format 3\0" + b"\xff" * 5000),
    lambda path: (path.unlink(), path.symlink_to(path.parent / "nowhere" / "at all")),
    lambda path: (path.unlink(), path.symlink_to("/dev/full")),
]


@pytest.mark.parametrize("ours", [False, True], ids=["chosen place", "our own place"])
@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__.strip("<>"))
def test_a_damaged_file_changes_nothing(
    damage: Callable[[Path], object], ours: bool, cache: Cache, plain: list[tuple[str, str]]
) -> None:
    cache = replace(cache, ours=ours)
    said(cache)
    damage(cache.path)
    start = time.monotonic()
    assert said(cache) == plain
    assert said(cache) == plain
    assert time.monotonic() - start < 60


def test_a_damaged_file_in_our_own_place_is_made_anew(cache: Cache) -> None:
    cache = replace(cache, ours=True)
    cache.path.write_bytes(b"no database" * 100)
    said(cache)
    assert None not in cache.recall(QUESTIONS)
    assert cache.path.with_name("evidence.sqlite.damaged").read_bytes().startswith(b"no database")


def test_a_foreign_file_in_a_chosen_place_is_left_alone(cache: Cache) -> None:
    said(cache)
    foreign_table(cache.path)
    before = cache.path.read_bytes()
    said(cache)
    assert cache.path.read_bytes() == before


def test_a_locked_file_is_not_waited_for(
    cache: Cache, plain: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache_module, "WRITING_WAIT", 0.3)
    said(cache)
    with closing(sqlite3.connect(cache.path, isolation_level=None)) as connection:
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("BEGIN EXCLUSIVE")
        start = time.monotonic()
        assert said(cache) == plain
        assert time.monotonic() - start < 30


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root writes everywhere")
def test_a_place_that_is_not_writable(cache: Cache, plain: list[tuple[str, str]]) -> None:
    cache.path.parent.chmod(0o500)
    assert said(cache) == plain
    cache.path.parent.chmod(0o700)


def test_a_place_that_is_no_place(plain: list[tuple[str, str]]) -> None:
    assert said(Cache(Path("/dev/null/evidence.sqlite"), SECRET)) == plain
    assert said(Cache(Path("/proc/evidence.sqlite"), SECRET, ours=True)) == plain


# ----------------------------------------------------------------------------------------------------- several writers


def questions(writer: int, batch: int) -> list[Question]:
    return [Question(Claim(symbol(f"x_{writer}"), "=", symbol(f"y_{batch}_{i}"))) for i in range(4)]


def write(path: Path, writer: int, batches: int) -> None:
    cache = Cache(path, SECRET)
    for batch in range(batches):
        cache.keep([(question, Found(tried=(f"{writer} {batch}",))) for question in questions(writer, batch)])


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="no processes to be forked")
def test_writers_side_by_side_lose_nothing(cache: Cache) -> None:
    """Also the creation of the file is a race."""
    writers, batches = 6, 15
    processes = [
        multiprocessing.get_context("fork").Process(target=write, args=(cache.path, writer, batches))
        for writer in range(writers)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    for writer in range(writers):
        for batch in range(batches):
            expected = [Found(tried=(f"{writer} {batch}",))] * 4
            assert cache.recall(questions(writer, batch)) == expected


def test_the_file_stays_within_its_bound(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache_module, "LARGEST", 1 << 19)
    assert LARGEST >= 1 << 24
    for batch in range(30):
        cache.keep([(question, Found(tried=("x" * 20_000,))) for question in questions(0, batch)])
    assert cache.path.stat().st_size < 1 << 20
    assert (
        None not in cache.recall(questions(0, 29))
        or sum(found is not None for batch in range(30) for found in cache.recall(questions(0, batch))) > 10
    )


# ----------------------------------------------------------------------------------------------------------- the place


def test_where_it_is(tmp_path: Path) -> None:
    home = {"HOME": str(tmp_path)}
    assert users_cache({**home, "DERIVE_CACHE": "off"}) is None
    own = {**home, "XDG_CACHE_HOME": str(tmp_path / "c"), "XDG_STATE_HOME": str(tmp_path / "s")}
    found = users_cache(own)
    assert found is not None and (found.path, found.ours) == (tmp_path / "c" / "derive" / "evidence.sqlite", True)
    assert (tmp_path / "s" / "derive" / "seal").stat().st_size == 32
    again = users_cache({**own, "DERIVE_CACHE": str(tmp_path / "elsewhere.sqlite")})
    assert again is not None and (again.path, again.ours) == (tmp_path / "elsewhere.sqlite", False)
    assert again.secret == found.secret != bytes(32)
    folder = users_cache({**own, "DERIVE_CACHE": str(tmp_path)})
    assert folder is not None and folder.path == tmp_path / "evidence.sqlite"
    relative = users_cache({**home, "XDG_CACHE_HOME": "not/absolute"})
    assert relative is not None and tmp_path in relative.path.parents


def test_without_a_home_there_is_no_cache(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert users_cache({"HOME": str(tmp_path / "file")}) is None
    assert users_cache({"HOME": "/dev/null"}) is None


def test_a_damaged_seal_means_no_cache(tmp_path: Path) -> None:
    place = {"XDG_CACHE_HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path)}
    assert users_cache(place) is not None
    (tmp_path / "derive" / "seal").write_bytes(b"short")
    assert users_cache(place) is None


def test_the_command_line_uses_it_and_says_the_same(tmp_path: Path) -> None:
    def run(*options: str, **environment: str) -> bytes:
        command = [sys.executable, "-m", "derive", "vanishing", "--n", "3", "-f", "json", *options]
        kept = {name: value for name, value in os.environ.items() if name != "DERIVE_CACHE"}
        done = subprocess.run(
            command, capture_output=True, check=True, cwd=Path(__file__).parent.parent, env={**kept, **environment}
        )
        return done.stdout

    place = {"XDG_CACHE_HOME": str(tmp_path / "c"), "XDG_STATE_HOME": str(tmp_path / "s")}
    file = tmp_path / "c" / "derive" / "evidence.sqlite"
    without = run("--no-cache", **place)
    assert not file.exists()
    assert run(**place) == without
    assert file.exists()
    assert run(**place) == without


# ------------------------------------------------------------------------------------------------------- JSON and back


def test_every_kind_of_evidence_and_value_travels() -> None:
    values = (
        Fraction(-7, 3),
        HUGE,
        Complex(Fraction(1), Fraction(-1, 2)),
        Matrix(((Fraction(1), Complex(Fraction(0), Fraction(1))),)),
        Family((Fraction(1), Matrix(((Fraction(2),),)))),
        FiniteLaw(((Fraction(1), Fraction(1)),)),
        Function("x", nested(150)),
    )
    point: Point = tuple((f"x_{i}", value) for i, value in enumerate(values))
    for evidence in (
        Normal(),
        Induction("n", -3),
        Citation("jensen_log"),
        Counterexample(point),
        Overlap((point, ())),
        OtherValue(Term("decimal", (), "1.50")),
        Oracle("\u03bb", 'quoted "and" \\ \x00'),
        Repair(Counterexample(point), CLAIMS[3].scope.declarations[0].where, Normal(), None),
        Repair(OtherValue(ONE), (), Repair(Normal(), (), Induction("n", 1), ()), point),
    ):
        found = Found(evidence, point, evidence, None, ("why", ""), False)
        assert from_json(to_json(found), Found) == found


def test_every_search_travels() -> None:
    for claim in CLAIMS:
        found = search(claim, audit=True)
        assert from_json(to_json(found), Found) == found
        assert from_json(to_json(claim), Claim) == claim


@pytest.mark.parametrize("evidence", Evidence.__args__, ids=lambda kind: kind.__name__)
def test_the_types_of_every_kind_of_evidence_can_be_read(evidence: type) -> None:
    """What a new kind of evidence contains must be something that is read from JSON."""
    with pytest.raises(Unreadable):
        from_json(f'["{evidence.__name__}",{",".join(["1.5"] * 20)}]', Evidence)
    from derive.evidence_json import _decoder, _names

    for hint in __import__("typing").get_type_hints(evidence).values():
        _decoder(hint)
    assert len(_names(evidence)) < 20


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "{}",
        "[]",
        '["Normal"',
        '["Normal",1]',
        '["Nothing"]',
        '["Verdict","proved"]',
        '["Term","add",[],null]',
        '["Induction","n","0"]',
        '["Induction","n",true]',
        '["Induction","n",0.0]',
        '["Induction","n",1e999]',
        '["Induction","n",NaN]',
        f'["Induction","n",{"9" * 5000}]',
        '["Induction",["n"],0]',
        '["Citation",null]',
        '["Counterexample",[["x",["Fraction","1/0"]]]]',
        '["Counterexample",[["x",["Fraction","0x10"]]]]',
        '["Counterexample",[["x",["Fraction","1_0"]]]]',
        '["Counterexample",[["x",["Fraction"," 1"]]]]',
        '["Counterexample",[["x",["Fraction","' + "f" * 200_000 + '"]]]]',
        '["Counterexample",[["x",1]]]',
        '["Counterexample",[["x",["Fraction","1"],2]]]',
        '["Counterexample",[["x",["Matrix",[["Fraction","1"]]]]]]',
        '["Counterexample",{"x":["Fraction","1"]}]',
        '["OtherValue",["Term","neg",[["Term","number",[]]],null]]',
        '["OtherValue",' + '["Term","neg",[' * 2000 + "null",
        '["OtherValue",' + '["Term","neg",[' * 600 + '["Term","pi",[],null]' + "],null]" * 600 + "]",
        "[" * 100_000,
        "[" * 100_000 + "]" * 100_000,
        '"' + "x" * 5_000_000 + '"',
    ],
    ids=lambda text: text[:40],
)
def test_what_is_no_evidence_is_unreadable(text: str) -> None:
    with pytest.raises(Unreadable):
        from_json(text, Evidence)


def test_nothing_else_is_written() -> None:
    for value in (object(), [1], {"a": 1}, {1}, b"bytes", 1j, print):
        with pytest.raises(TypeError):
            to_json(value)


def test_the_table_is_the_one_that_is_made(cache: Cache) -> None:
    said(cache, CLAIMS[:1])
    with closing(sqlite3.connect(cache.path)) as connection:
        assert connection.execute("SELECT sql FROM sqlite_master").fetchall() == [(TABLE,)]
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
