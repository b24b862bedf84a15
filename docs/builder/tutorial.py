"""Runs a document whose blocks are steps: files that accumulate in a folder, commands with the output they give.

    ```yaml file=policies/…/policy.yaml     writes the file
    ```yaml append=policies/…/rules.yaml    adds to its end
    ```console                              $ guiju …, then the output; a line […] matches any lines,
                                            a last line [1] is an exit status other than 0
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

WIDTH = "96"
ANYTHING = "[…]"
_FENCE = re.compile(r"^```(?P<language>\w+)(?: (?P<verb>file|append)=(?P<path>\S+))?$")


@dataclass(frozen=True, slots=True)
class Step:
    """A block of the document: a file to write, or a command to run. `line` is the first line inside the fence."""

    kind: str
    path: str
    lines: tuple[str, ...]
    line: int


def steps_of(text: str) -> Iterator[Step]:
    """The steps of a document, in order; other blocks are prose."""
    lines = text.splitlines()
    position = 0
    while position < len(lines):
        fence = _FENCE.match(lines[position])
        position += 1
        if fence is None:
            continue
        end = lines.index("```", position)
        if fence["verb"] or fence["language"] == "console":
            yield Step(fence["verb"] or "run", fence["path"] or "", tuple(lines[position:end]), position + 1)
        position = end + 1


def play(document: Path, folder: Path) -> Iterator[tuple[Step, list[str]]]:
    """Carry out every step in `folder`, with the document's examples; for each command its output as it should be
    shown."""
    examples = document.parent / "examples"
    if examples.is_dir():
        shutil.copytree(examples, folder / "examples")
    for step in steps_of(document.read_text(encoding="utf-8")):
        if step.kind == "run":
            yield step, _run(step.lines[0], folder)
        else:
            path = folder / step.path
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("w" if step.kind == "file" else "a", encoding="utf-8") as file:
                file.write("\n".join(step.lines) + "\n")


def _run(line: str, folder: Path) -> list[str]:
    assert line.startswith("$ guiju "), line
    program = Path(sys.executable).with_name("guiju")
    done = subprocess.run([str(program), *shlex.split(line[len("$ guiju "):])], cwd=folder, check=False, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8",
                          env={**os.environ, "COLUMNS": WIDTH, "GUIJU_LANG": "zh", "NO_COLOR": "1"})
    output = done.stdout.rstrip().splitlines()
    return [*output, f"[{done.returncode}]"] if done.returncode else output


def matches(shown: list[str], actual: list[str]) -> bool:
    """Whether the output shown is the actual one; space does not matter, and […] stands for any lines."""
    pieces = [[]]
    for line in shown:
        if line.strip() == ANYTHING:
            pieces.append([])
        else:
            pieces[-1].append(line)
    words = [_flat(piece) for piece in pieces]
    return re.fullmatch(".*".join(map(re.escape, words)), _flat(actual)) is not None


def _flat(lines: list[str]) -> str:
    return "".join("".join(lines).split())


def differences(document: Path) -> list[str]:
    """`file:line` of each command whose output is not the one shown."""
    with tempfile.TemporaryDirectory() as folder:
        place = document.name if document.name == "README.md" else f"docs/{document.name}"
        return [f"{place}:{step.line}  {step.lines[0]}: the output is now\n" + "\n".join(actual)
                for step, actual in play(document, Path(folder)) if not matches(list(step.lines[1:]), actual)]


def accept(document: Path) -> None:
    """Show the outputs as they are now, where they differ. What was cut short with […] stays as short."""
    lines = document.read_text(encoding="utf-8").splitlines()
    with tempfile.TemporaryDirectory() as folder:
        played = list(play(document, Path(folder)))
    for step, actual in reversed(played):
        shown = list(step.lines[1:])
        if not matches(shown, actual):
            short = len(shown) > 1 and shown[-1].strip() == ANYTHING
            new = [*actual[:len(shown) - 1], ANYTHING] if short else actual
            lines[step.line:step.line + len(shown)] = new
    document.write_text("\n".join(lines) + "\n", encoding="utf-8")
