"""For those who keep policies: what is wrong with them, and whether their cases come out as expected."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from guiju.language.compile import compile_policy
from guiju.language.library import installed_library, load_library
from guiju.language.policy import Policy
from guiju.source.diagnostics import Diagnostic, GuijuError, Span, fail
from guiju.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from guiju.evaluate.trial import Trial


def check_findings(path: Path | None) -> tuple[int, list[Diagnostic]]:
    """How many policies there are, and everything found in them; with the installed library also in the dictionary.

    Raises GuijuError E280 where there is no policy at `path`.
    """
    from guiju.evaluate.checks import check_policy, check_vocabulary

    findings: list[Diagnostic] = [] if path is not None else list(check_vocabulary(load_vocabulary()))
    count = 0
    for folder, policy in _compiled(path):
        count += 1
        if isinstance(policy, GuijuError):
            findings += policy.diagnostics
            continue
        findings += check_policy(policy)
        findings += _misplaced(folder, policy)
    return count, list(dict.fromkeys(findings))


def trials(path: Path | None) -> Iterator[Trial]:
    """The worked cases of each policy, run: policies side by side on the processors there are, told in their order.

    Raises GuijuError for a policy that does not compile.
    """
    folders = _folders(path)
    workers = min(len(folders), os.cpu_count() or 1)
    if workers == 1:
        yield from map(_trial, folders)
        return
    # Fresh processes: a copy of this one could hold locks of threads that it does not have.
    with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn")) as pool:
        yield from pool.map(_trial, folders)


def _trial(folder: Path) -> Trial:
    from guiju.evaluate.trial import try_policy

    return try_policy(compile_policy(folder, load_vocabulary()), folder)


def _compiled(path: Path | None) -> Iterator[tuple[Path, Policy | GuijuError]]:
    """Each policy's folder with the policy, or with what keeps it from compiling."""
    for folder in _folders(path):
        yield folder, _compile(folder)


def _folders(path: Path | None) -> list[Path]:
    """Where the policies are: one, or all of a library. Raises GuijuError E280 where there is none."""
    if path is not None and (path / "policy.yaml").is_file():
        return [path]
    if path is not None and not path.exists() and path.as_posix() in installed_library().ids():
        return [installed_library().folder / path]
    library = installed_library() if path is None else load_library(path)
    if not library.ids():
        raise fail("E280", Span(str(path)), "这里没有 policy.yaml", "there is no policy.yaml here")
    return [library.folder / id_ for id_ in library.ids()]


def _compile(folder: Path) -> Policy | GuijuError:
    try:
        return compile_policy(folder, load_vocabulary())
    except GuijuError as error:
        return error


def _misplaced(folder: Path, policy: Policy) -> list[Diagnostic]:
    """A policy's folder must end in its id."""
    if folder.resolve().as_posix().endswith(policy.id):
        return []
    return list(fail("E281", policy.span, f"id “{policy.id}”应与文件夹同名", f"id '{policy.id}' must equal its folder"
                     ).diagnostics)
