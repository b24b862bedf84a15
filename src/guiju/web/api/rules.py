"""Who may have tokens."""

from __future__ import annotations

from guiju.web.cases.rules import signed_in
from guiju.web.kit.permissions import PERMISSIONS

PERMISSIONS["token.own"] = signed_in
