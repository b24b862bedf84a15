"""A small dictionary over the real units and code tables, and doors that read like the words of a user."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from guiju.facts.model import Facts
from guiju.facts.read import facts_from_node
from guiju.facts.scalars import read_value
from guiju.source.diagnostics import GuijuError
from guiju.source.document import parse_document
from guiju.vocabulary import Vocabulary, load_vocabulary
from guiju.vocabulary.loader import DATA

Read = Callable[[str], Facts]


@pytest.fixture(scope="session")
def vocabulary(tmp_path_factory: pytest.TempPathFactory) -> Vocabulary:
    folder = tmp_path_factory.mktemp("dictionary")
    for path in (Path(__file__).parent / "dictionary/office.yaml",
                 *(DATA / f"{name}.yaml" for name in ("units", "regions", "industries"))):
        shutil.copy(path, folder)
    return load_vocabulary(folder)


@pytest.fixture(scope="session")
def read(vocabulary: Vocabulary) -> Read:
    """Facts from YAML text."""
    return lambda text: facts_from_node(parse_document(text, "facts.yaml"), vocabulary)


@pytest.fixture(scope="session")
def mistakes(read: Read) -> Callable[[str], list[str]]:
    """The mistakes in YAML text, each as its line in Chinese."""
    def find(text: str) -> list[str]:
        with pytest.raises(GuijuError) as caught:
            read(text)
        return [d.render() for d in caught.value.diagnostics]
    return find


@pytest.fixture(scope="session")
def value(vocabulary: Vocabulary) -> Callable[[str, str], object]:
    """The value of a fact from its text."""
    def of(name: str, text: str) -> object:
        fact = vocabulary.fact(name)
        assert fact is not None
        return read_value(text, fact, vocabulary).value
    return of
