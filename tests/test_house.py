"""The house rules that no other tool holds: locks, licences, a light import, small files, rows that are held."""

import ast
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LOCKS = ["requirements.lock", "benchmarks/requirements.lock", "requirements-spark.lock"]
PIN = re.compile(r"^([a-z0-9][a-z0-9.-]*)==", re.MULTILINE)
HEAVY = ["django", "numpy", "openpyxl", "pandas", "pydantic", "rapidfuzz"]
LONGEST_FILE = 400


def read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def sources() -> list[Path]:
    return sorted((ROOT / "src").rglob("*.py"))


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_of_a_lock_has_a_hash(lock: str) -> None:
    pins = re.split(r"^(?=[a-z0-9])", read(lock), flags=re.MULTILINE)[1:]

    assert pins
    assert [pin.split()[0] for pin in pins if "--hash=sha256:" not in pin] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_host_no_index_and_no_path_of_a_machine(lock: str) -> None:
    assert re.findall(r"\w+://\S*|--\S*index\S*|--find-links\S*|\s/\S+", read(lock)) == []


def test_no_peer_of_the_benchmarks_is_a_dependency_of_the_product() -> None:
    peers = {"openfisca-core", "panzi-json-logic", "zen-engine"}

    assert peers <= set(PIN.findall(read("benchmarks/requirements.lock")))
    assert peers & set(PIN.findall(read("requirements.lock"))) == set()


def test_evaluating_loads_no_heavy_package() -> None:
    program = f"import sys, guiju.evaluate; print([m for m in {HEAVY} if m in sys.modules])"

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)

    assert (done.stdout.strip(), done.stderr) == ("[]", "")


def test_a_source_file_says_one_thing_and_stays_short() -> None:
    lengths = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in sources()}

    assert lengths
    assert {name: n for name, n in lengths.items() if n > LONGEST_FILE} == {}


def test_no_two_files_of_tests_have_one_name() -> None:
    names = Counter(path.name for path in (ROOT / "tests").rglob("test_*.py"))

    assert names
    assert [name for name, count in names.items() if count > 1] == []


def test_no_source_file_carries_a_notice_of_someone_elses_code() -> None:
    notice = re.compile(r"copyright|licensed under|SPDX-|all rights reserved", re.IGNORECASE)

    assert [path.name for path in sources() if notice.search(path.read_text(encoding="utf-8"))] == []


def test_the_licence_is_the_one_that_the_package_declares() -> None:
    assert 'license = "Apache-2.0"' in read("pyproject.toml")
    assert "Apache License\n                           Version 2.0, January 2004" in read("LICENSE")


def test_no_question_that_holds_a_row_joins_others_that_may_change_while_it_waits() -> None:
    def chained(call: ast.AST) -> set[str]:
        found = set()
        while isinstance(call, ast.Call | ast.Attribute):
            found |= {call.attr} if isinstance(call, ast.Attribute) else set()
            call = call.func if isinstance(call, ast.Call) else call.value
        return found

    chains = [(path.name, chained(node)) for path in sources()
              for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    holding = [(name, chain) for name, chain in chains if "select_for_update" in chain and name != "holding.py"]

    assert holding
    assert [name for name, chain in holding if "select_related" in chain] == []
