"""What the user gives is read exactly, and refused in one line that names the place."""

from __future__ import annotations

import io
import json
import pickle
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from derive.core import InputError, Matrix
from derive.inputs import LARGEST_SIZE, read_matrix, read_rational, to_matrix

EXACT = Matrix(((Fraction(3, 10), Fraction(1)), (Fraction(-1, 100), Fraction(1, 10))))
DYADIC = Matrix(((Fraction(0.3), Fraction(1)), (Fraction(-0.01), Fraction(0.1))))


def test_decimals_in_text_are_exact_and_npy_means_dyadics(tmp_path: Path) -> None:
    (tmp_path / "w.csv").write_text("0.3, 1\n-0.01, 0.1\n")
    (tmp_path / "w.json").write_text('[[0.3, 1], ["-1/100", 1e-1]]')
    np.save(tmp_path / "w.npy", np.array([[0.3, 1], [-0.01, 0.1]]))
    assert read_matrix(str(tmp_path / "w.csv")) == EXACT
    assert read_matrix(str(tmp_path / "w.json")) == EXACT
    assert read_matrix(" [[0.3, 1], [-1/100, .1]] ") == EXACT
    assert read_matrix(str(tmp_path / "w.npy")) == DYADIC != EXACT


@pytest.mark.parametrize("kind", ["float16", "float32", "float64", ">f8", "int8", "uint64", "int64", "longdouble"])
def test_npy_numbers_are_exact(tmp_path: Path, kind: str) -> None:
    array = np.array([[1.1, 2], [100, 0.3]]).astype(kind)
    np.save(tmp_path / "w.npy", array)
    rows = read_matrix(str(tmp_path / "w.npy")).rows
    assert [[x if isinstance(x, Fraction) else None for x in row] for row in rows] == [
        [Fraction(*x.as_integer_ratio()) if hasattr(x, "as_integer_ratio") else Fraction(int(x)) for x in row]
        for row in array
    ]
    assert np.all(np.array([[float(x) for x in row] for row in rows]) == array.astype(float))  # type: ignore[arg-type]


def test_largest_and_smallest_doubles(tmp_path: Path) -> None:
    np.save(tmp_path / "w.npy", np.array([[5e-324, 1.7976931348623157e308], [0.0, -0.0]]))
    rows = read_matrix(str(tmp_path / "w.npy")).rows
    assert rows == ((Fraction(1, 2**1074), Fraction(1.7976931348623157e308)), (Fraction(0), Fraction(0)))


def test_other_separators_and_marks(tmp_path: Path) -> None:
    file = tmp_path / "w.csv"
    for text in ("1;2\n3;4\n", "1 2\n3\t4\n\n", "\ufeff1,2\r\n3,4\r\n", '"1", 2\n3, "4"\n'):
        file.write_bytes(text.encode())
        assert read_matrix(str(file)) == Matrix(((Fraction(1), Fraction(2)), (Fraction(3), Fraction(4)))), text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[]", "empty"),
        ("[[]]", "not square"),
        ("[[1, 2]]", "not square: 1 row, but row 1 has 2 entries"),
        ("[[1, 2], [3]]", "row 2 has 1 entry"),
        ("[[1, nan], [3, 4]]", "row 1, column 2 of --matrix is nan"),
        ("[[1, inf], [3, 4]]", "finite"),
        ("[[1, 1/0], [3, 4]]", "row 1, column 2 of --matrix divides by zero"),
        ("[[1, 2], [3, 4]", "lacks a ']'"),
        ("[[1, 2], [3, 4]]]", "goes on after"),
        ("[[1, 2 3], [3, 4]]", "'2 3', not a number"),
        ("[[1,, 2], [3, 4]]", "lacks an entry"),
        ("[1, 2]", "lacks a '['"),
        ("[[1, 2], [3, 1e401]]", "exponent may be at most 60"),
        ("[[1, 2], [3, " + "1" * 401 + "]]", "401 characters"),
        ("[[1, 2], [3, __import__('os')]]", "not a number"),
        ("[[1, 2], [3, ٣]]", "not a number"),
        ("[[1, 2], [3, 1_0]]", "not a number"),
        ("[[1, 2], [3, 0x10]]", "not a number"),
        ("[[1, 2], [3, 1j]]", "not a number"),
        ("nowhere.csv", "there is no file nowhere.csv"),
        ("nowhere\0.csv", "cannot read"),
        ("[" * 5000, "lacks"),
    ],
)
def test_bad_literals(text: str, words: str) -> None:
    refused(text, words)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("w.csv", b"", "empty"),
        ("w.csv", b"1,x\n3,4\n", "row 1, column 2 of"),
        ("w.csv", b"1,\n3,4\n", "row 1, column 2 of"),
        ("w.csv", b"0,5;1\n1;2\n", "mixes commas and semicolons"),
        ("w.csv", b"\xff\xfe\x00", "not text in UTF-8"),
        ("w.csv", b"1\n" * 1000, "1000 rows; at most 128"),
        ("w.json", b"{}", "does not hold a list of rows"),
        ("w.json", b"[1, 2]", "row 1 of"),
        ("w.json", b"[[1, null], [3, 4]]", "row 1, column 2 of"),
        ("w.json", b"[[1, NaN], [3, 4]]", "is NaN"),
        ("w.json", b"[[1, 2], [3, 4]", "is not JSON: line 1"),
        ("w.json", b"[" * 100_000, "nested too deeply"),
        ("w.json", b"[[1, 1e999999999], [3, 4]]", "exponent"),
        ("w.npy", b"", "not a NumPy array file"),
        ("w.npy", b"\x93NUMPY\x01\x00", "not a NumPy array file"),
        ("w.txt", b"1", "cannot tell how to read"),
    ],
)
def test_bad_files(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    (tmp_path / name).write_bytes(content)
    refused(str(tmp_path / name), words)


@pytest.mark.parametrize(
    ("array", "words"),
    [
        (np.eye(2) * 1j, "complex"),
        (np.array([[1.0, np.nan], [0, 1]]), "row 1, column 2 of"),
        (np.array([[1.0, np.inf], [0, 1]]), "finite"),
        (np.zeros((0, 0)), "empty"),
        (np.zeros((2, 3)), "not square"),
        (np.zeros(4), "1 axes"),
        (np.zeros((2, 2, 2)), "3 axes"),
        (np.zeros((LARGEST_SIZE + 1,) * 2), "at most 128"),
        (np.array([["a", "b"], ["c", "d"]]), "not numbers"),
        (np.array([[True, False], [False, True]]), "not numbers"),
        (np.array([[np.longdouble("1e-3000"), 0], [0, 1]]), "outside the range of doubles"),
    ],
)
def test_bad_arrays(tmp_path: Path, array: np.ndarray, words: str) -> None:
    np.save(tmp_path / "w.npy", array)
    refused(str(tmp_path / "w.npy"), words)


class Bomb:
    """Unpickling it leaves a mark."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return exec, ("import builtins; builtins.unpickled = True",)


def test_pickles_are_not_opened(tmp_path: Path) -> None:
    import builtins

    np.save(tmp_path / "object.npy", np.array([[Bomb(), 1], [2, 3]], dtype=object), allow_pickle=True)
    (tmp_path / "bare.npy").write_bytes(pickle.dumps(Bomb()))
    refused(str(tmp_path / "object.npy"), "pickled objects, which are not opened")
    refused(str(tmp_path / "bare.npy"), "pickles are not opened")
    assert not hasattr(builtins, "unpickled")


def test_a_header_that_promises_too_much_allocates_nothing(tmp_path: Path) -> None:
    file = io.BytesIO()
    np.lib.format.write_array_header_1_0(file, {"descr": "<f8", "fortran_order": False, "shape": (10**9, 10**9)})
    (tmp_path / "huge.npy").write_bytes(file.getvalue())
    refused(str(tmp_path / "huge.npy"), "1000000000 rows; at most 128")
    file = io.BytesIO()
    np.lib.format.write_array_header_1_0(file, {"descr": "<f8", "fortran_order": False, "shape": (2, 2)})
    (tmp_path / "short.npy").write_bytes(file.getvalue() + b"12345678")
    refused(str(tmp_path / "short.npy"), "damaged")


def test_odd_paths(tmp_path: Path) -> None:
    refused(str(tmp_path), "is a directory")
    refused("/dev/zero", "not a regular file")
    refused("x" * 5000 + ".csv", "cannot read")


def test_a_file_beyond_the_limit(tmp_path: Path) -> None:
    with (tmp_path / "w.csv").open("wb") as file:
        file.truncate(65 * 2**20)
    refused(str(tmp_path / "w.csv"), "64 MB")


def test_rationals() -> None:
    for text, value in (
        ("2/3", Fraction(2, 3)),
        ("-0.30", Fraction(-3, 10)),
        ("1e-3", Fraction(1, 1000)),
        ("+5", Fraction(5)),
    ):
        assert read_rational(text, "here") == value
    for text in ("", "x", "1/2/3", "1..2", "--1", "1/-2", "NaN", "1e"):
        with pytest.raises(InputError, match="here"):
            read_rational(text, "here")


def test_matrices_from_python() -> None:
    assert to_matrix([[0.3, 1], [-0.01, 0.1]], "W") == DYADIC
    assert to_matrix(np.array([[0.3, 1], [-0.01, 0.1]]), "W") == DYADIC
    assert to_matrix([["0.3", 1], [Fraction(-1, 100), "1/10"]], "W") == EXACT
    for rows in (3, [1, 2], [[1j]], [[None]], [[True]], [[float("nan")]], [[1, 2]]):
        with pytest.raises(InputError, match="W"):
            to_matrix(rows, "W")


def test_the_whole_size_range_round_trips(tmp_path: Path) -> None:
    rows = [[i * j for j in range(LARGEST_SIZE)] for i in range(LARGEST_SIZE)]
    (tmp_path / "w.json").write_text(json.dumps(rows))
    assert read_matrix(str(tmp_path / "w.json")).rows[7][9] == 63


def refused(text: str, words: str) -> None:
    with pytest.raises(InputError) as caught:
        read_matrix(text)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)
