"""The worlds of the other folders, for the API's tests."""

from __future__ import annotations

import sys
from pathlib import Path

for _folder in ("reviewing", "intake", "secrecy"):
    sys.path.append(str(Path(__file__).parents[1] / _folder))
