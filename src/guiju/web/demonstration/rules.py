"""Who may do what in the demonstration."""

from __future__ import annotations

from guiju.web.cases.rules import is_operator
from guiju.web.kit.permissions import PERMISSIONS

PERMISSIONS["demonstration.clock"] = is_operator
