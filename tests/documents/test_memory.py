"""A long text takes hardly more memory than a short one: what was read is written, not kept."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
import sys
from pathlib import Path
from guiju.documents.importing import import_file
import_file(Path(sys.argv[1]), Path(sys.argv[2]))
print(next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""
ARTICLE = "第{n}条 承担第{n}类检测的单位，按规定给予5万元补助，名单公示7日。\n（一）申请表；\n（二）报告。\n"
MOST = 4  # times the bytes that were added; a text that is kept takes far more


def peak(file: Path, store: Path) -> int:
    """The most that a process of its own has held while it imported, in bytes."""
    done = subprocess.run([sys.executable, "-c", PROGRAM, str(file), str(store)], capture_output=True, text=True,
                          check=True)
    return int(done.stdout) * 1024


@pytest.mark.skipif(not Path("/proc/self/status").is_file(), reason="this system does not tell")
def test_memory_does_not_grow_with_the_text(tmp_path: Path) -> None:
    sizes, peaks = [], []
    for articles in (2_000, 24_000):
        file = tmp_path / f"{articles}.txt"
        text = "".join(ARTICLE.format(n=n) for n in range(articles))
        file.write_text(f"甲市检测奖励办法\n{text}", encoding="utf-8")
        sizes.append(file.stat().st_size)
        peaks.append(peak(file, tmp_path / f"texts{articles}"))

    assert peaks[1] - peaks[0] < MOST * (sizes[1] - sizes[0])
