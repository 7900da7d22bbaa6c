"""The evidence cache: what earlier searches found, so that the same claim is not searched for again.

Evidence is stored, never a verdict: whoever recalls it has it admitted again. A row is keyed by the claim with its scope and
hints, the code that searches and admits, and the budget; it counts only with the seal of this user, a keyed hash whose key
is kept apart from the cache, so that a row that somebody else wrote, or that was changed, is no row. Whatever is wrong with
the file (damaged, foreign, locked, not writable), the worst outcome is a search.

Writers append in one transaction a batch; SQLite's write-ahead log lets them do so side by side.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path

from derive.asking import Found, Question
from derive.evidence_json import Unreadable, from_json, to_json

LARGEST = 64 << 20
"""Bytes of evidence beyond which the oldest quarter goes."""
LONGEST_ROW = 4_000_000
READING_WAIT, WRITING_WAIT = 0.5, 5.0
"""Seconds for which a locked file is waited for."""
STEPS = 1000
"""Thousands of steps of SQLite's machine after which a query is stopped: ours need a few for each row."""
SEARCHING = ("core.py", "asking.py", "evidence_json.py", "kernel", "checkers", "formula", "sympy_bridge.py")
"""The code on which the outcome of a search depends."""
LIBRARIES = {"flint": "__init__.py", "sympy": "release.py", "numpy": "version.py"}
"""Where each says its version; importing it would take longer than all the rest."""
TABLE = (
    "CREATE TABLE evidence (key BLOB PRIMARY KEY, found TEXT NOT NULL, seal BLOB NOT NULL, day INTEGER NOT NULL) "
    "WITHOUT ROWID"
)


@dataclass(frozen=True, slots=True)
class Cache:
    """The evidence in the file ``path``, sealed with ``secret``; ``ours`` where the file may be replaced if it is damaged."""

    path: Path
    secret: bytes
    ours: bool = False

    def recall(self, questions: Sequence[Question]) -> list[Found | None]:
        """What is known of each question."""
        keys = [self._key(question) for question in questions]
        rows: dict[bytes, Found] = {}
        with suppress(sqlite3.Error, OSError), _connected(self, READING_WAIT) as connection:
            for key in filter(None, dict.fromkeys(keys)):
                with suppress(Unreadable, sqlite3.DataError):
                    row = connection.execute("SELECT found, seal FROM evidence WHERE key = ?", (key,)).fetchone()
                    if row is not None and self._genuine(key, *row):
                        rows[key] = from_json(row[0], Found)
        return [rows.get(key) for key in keys]

    def keep(self, answers: Sequence[tuple[Question, Found]]) -> None:
        """Add what was found, in one transaction. An answer that another search might not repeat is left out."""
        day = int(time.time()) // 86_400
        rows = []
        for question, found in answers:
            text = to_json(found) if found.repeatable else ""
            if text and len(text) <= LONGEST_ROW and (key := self._key(question)):
                rows.append((key, text, self._seal(key, text), day))
        if rows:
            with suppress(sqlite3.Error, OSError):
                self._write(rows)

    def _write(self, rows: list[tuple[bytes, str, bytes, int]]) -> None:
        """Again where another writer is in the way: SQLite does not wait in every such case. Raises sqlite3.Error, OSError."""
        end = time.monotonic() + WRITING_WAIT
        while True:
            try:
                with _connected(self, WRITING_WAIT) as connection:
                    connection.execute("BEGIN IMMEDIATE")
                    connection.executemany("INSERT OR REPLACE INTO evidence VALUES (?, ?, ?, ?)", rows)
                    connection.execute("COMMIT")
                    _evict(connection)
                return
            except sqlite3.OperationalError as problem:
                if "locked" not in str(problem) or time.monotonic() > end:
                    raise
                time.sleep(0.02)

    def _key(self, question: Question) -> bytes:
        """Empty for a claim that is nested too deeply to be written down."""
        try:
            return blake2b(to_json(question).encode("ascii"), digest_size=32, key=searching_code()).digest()
        except RecursionError:
            return b""

    def _seal(self, key: bytes, text: str) -> bytes:
        return blake2b(key + text.encode("ascii"), digest_size=32, key=self.secret).digest()

    def _genuine(self, key: bytes, text: object, seal: object) -> bool:
        if not (isinstance(text, str) and isinstance(seal, bytes) and text.isascii()):
            return False
        from hmac import compare_digest

        return compare_digest(seal, self._seal(key, text))


# ------------------------------------------------------------------------------------------------------------ the file


@contextmanager
def _connected(cache: Cache, wait: float) -> Iterator[sqlite3.Connection]:
    """A connection to a file that has our table and nothing else; a damaged file of ours is made anew. Raises sqlite3.Error
    or OSError where there is none."""
    with closing(_opened(cache, wait)) as connection:
        yield connection


def _opened(cache: Cache, wait: float) -> sqlite3.Connection:
    with suppress(FileExistsError):
        cache.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        return _checked(cache.path, wait)
    except sqlite3.OperationalError:  # locked, or not to be opened: nothing says that it is damaged
        raise
    except sqlite3.DatabaseError:
        if not cache.ours:
            raise
    aside = cache.path.with_name(f"{cache.path.name}.damaged")
    for suffix in ("", "-wal", "-shm"):
        with suppress(FileNotFoundError):
            os.replace(f"{cache.path}{suffix}", f"{aside}{suffix}")
    return _checked(cache.path, wait)


def _checked(path: Path, wait: float) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=wait, isolation_level=None)
    try:
        steps = iter(range(STEPS))
        connection.set_progress_handler(lambda: int(next(steps, None) is None), 1000)
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_ROW + 4096)
        connection.execute("PRAGMA trusted_schema = OFF")
        tables = connection.execute("SELECT sql FROM sqlite_master LIMIT 3").fetchall()
        if not tables:
            connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute(TABLE.replace("TABLE", "TABLE IF NOT EXISTS", 1))
            tables = connection.execute("SELECT sql FROM sqlite_master LIMIT 3").fetchall()
        if tables != [(TABLE,)]:
            raise sqlite3.DatabaseError("the file holds something else")
        connection.execute("PRAGMA synchronous = NORMAL")
    except BaseException:
        connection.close()
        raise
    return connection


def _evict(connection: sqlite3.Connection) -> None:
    """Keep the file within its bound."""
    pages, free, size = (
        connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count", "page_size")
    )
    if (pages - free) * size > LARGEST:
        connection.set_progress_handler(None, 0)
        connection.execute(
            "DELETE FROM evidence WHERE key IN "
            "(SELECT key FROM evidence ORDER BY day LIMIT (SELECT count(*) / 4 + 1 FROM evidence))"
        )
        connection.execute("PRAGMA incremental_vacuum").fetchall()


def _code(folder: str, name: str) -> Iterator[str]:
    """The files of Python at a place in a folder, by their names there."""
    if name.endswith(".py"):
        yield name
        return
    with os.scandir(os.path.join(folder, name)) as entries:
        for entry in entries:
            if entry.name.endswith(".py") or (entry.is_dir() and entry.name != "__pycache__"):
                yield from _code(folder, f"{name}/{entry.name}")


@cache
def searching_code() -> bytes:
    """A digest of the code and the libraries that search and admit. Raises OSError where the code cannot be read."""
    digest = blake2b(digest_size=32)
    folder = os.path.dirname(os.path.abspath(__file__))
    for name in SEARCHING:
        for path in sorted(_code(folder, name)):
            with open(os.path.join(folder, path), "rb", buffering=0) as source:
                content = source.readall()
            digest.update(f"{path}\0".encode())
            digest.update(blake2b(content).digest())
    digest.update(sys.version.encode())
    for library, file in LIBRARIES.items():
        found = find_spec(library)
        if found is not None and found.origin is not None:
            digest.update(Path(found.origin).with_name(file).read_bytes())
    return digest.digest()


# ----------------------------------------------------------------------------------------------------------- where it is


def users_cache(environment: Mapping[str, str] | None = None) -> Cache | None:
    """The cache of this user, where ``DERIVE_CACHE`` says (``off``, a file or a folder), else under the user's cache
    directory; None where there is none to be had."""
    environment = os.environ if environment is None else environment
    chosen = environment.get("DERIVE_CACHE", "")
    if chosen.lower() in ("off", "0", "no", "none", "false"):
        return None
    try:
        searching_code()
        path = Path(chosen).expanduser() if chosen else _directory(environment, "cache") / "evidence.sqlite"
        if path.is_dir():
            path = path / "evidence.sqlite"
        return Cache(path, _secret(_directory(environment, "state") / "seal"), ours=not chosen)
    except (OSError, RuntimeError, ValueError):  # no home, no right to write there, a path that is none
        return None


def _directory(environment: Mapping[str, str], kind: str) -> Path:
    """The user's directory for caches or for what is to stay. Raises RuntimeError where there is no home."""
    named = environment.get(f"XDG_{kind.upper()}_HOME", "")
    if os.path.isabs(named):
        return Path(named) / "derive"
    if sys.platform == "win32" and environment.get("LOCALAPPDATA"):
        return Path(environment["LOCALAPPDATA"]) / "derive" / kind
    home = Path(environment["HOME"]) if environment.get("HOME") else Path.home()
    if sys.platform == "darwin":
        return home / "Library" / ("Caches" if kind == "cache" else "Application Support") / "derive"
    return home / (".cache" if kind == "cache" else ".local/state") / "derive"


def _secret(path: Path) -> bytes:
    """The key of the seals, made at the first use; whoever comes second takes what is there. Raises OSError."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = path.with_name(f".seal-{os.urandom(6).hex()}")
        try:
            with open(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
                file.write(os.urandom(32))
            with suppress(FileExistsError):
                os.link(draft, path)
        finally:
            with suppress(OSError):
                draft.unlink()
    with open(path, "rb") as file:
        secret = file.read(64)
    if len(secret) != 32:
        raise OSError("the key of the seals is damaged")
    return secret
