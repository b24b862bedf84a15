"""The worlds of the apps' own tests are attacked here: their folders are looked in, too."""

from __future__ import annotations

import sys
from pathlib import Path

_WEB = Path(__file__).parents[1]
sys.path += [str(_WEB / app) for app in ("intake", "reviewing", "secrecy", "api")]
