"""The worlds of two other folders are used here: together they hold every page of a round."""

from __future__ import annotations

import sys
from pathlib import Path

for _folder in ("intake", "reviewing"):
    sys.path.append(str(Path(__file__).parents[1] / _folder))
