"""Who may do what in `desk`: everyone has a desk of his own; what stands on it is said by the look-ups."""

from __future__ import annotations

from guiju.web.cases.rules import is_operator, signed_in
from guiju.web.kit.permissions import PERMISSIONS

PERMISSIONS["desk.own"] = signed_in
PERMISSIONS["desk.log"] = is_operator
