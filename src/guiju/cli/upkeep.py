"""For those who keep policies: what is wrong with them, and whether their cases come out as expected."""

from __future__ import annotations

from collections.abc import Iterator
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
        findings += _misplaced(folder, path, policy)
    return count, list(dict.fromkeys(findings))


def trials(path: Path | None) -> Iterator[Trial]:
    """The worked cases of each policy, run. Raises GuijuError for a policy that does not compile."""
    from guiju.evaluate.trial import try_policy

    for folder, policy in _compiled(path):
        if isinstance(policy, GuijuError):
            raise policy
        yield try_policy(policy, folder)


def _compiled(path: Path | None) -> Iterator[tuple[Path, Policy | GuijuError]]:
    """Each policy's folder with the policy, or with what keeps it from compiling."""
    if path is not None and (path / "policy.yaml").is_file():
        yield path, _compile(path)
        return
    library = installed_library() if path is None else load_library(path)
    if not library.ids():
        raise fail("E280", Span(str(path)), "这里没有 policy.yaml", "there is no policy.yaml here")
    for id_ in library.ids():
        folder = library.folder / id_
        try:
            yield folder, library.policy(id_)
        except GuijuError as error:
            yield folder, error


def _compile(folder: Path) -> Policy | GuijuError:
    try:
        return compile_policy(folder, load_vocabulary())
    except GuijuError as error:
        return error


def _misplaced(folder: Path, path: Path | None, policy: Policy) -> list[Diagnostic]:
    """A single policy's folder must end in its id."""
    if path != folder or folder.resolve().as_posix().endswith(policy.id):
        return []
    return list(fail("E281", policy.span, f"id “{policy.id}”应与文件夹同名", f"id '{policy.id}' must equal its folder"
                     ).diagnostics)
