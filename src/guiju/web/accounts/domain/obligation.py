"""Who must have a second factor before he may do anything: by the setting GUIJU_SECOND_FACTOR."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings

from guiju.web.accounts.domain.passkeys import has_passkey
from guiju.web.accounts.domain.second_factor import has_factor
from guiju.web.accounts.models import RecommendingBody, User
from guiju.web.accounts.queries import ACTING, capacities

OFFICIAL = ("office", "evaluator")
# A higher app enters here who else acts for an office: by a role that he holds.
HOLDS_OFFICE: list[Callable[[User], bool]] = []


def lacks_factor(user: User) -> bool:
    """Whether the person must set a second factor up, and has not."""
    return must_have_factor(user) and not has_factor(user) and not has_passkey(user)


def must_have_factor(user: User) -> bool:
    """`offices`: operators, whoever acts for an authority, an evaluator or a recommending body, and whoever holds a
    role that is no applicant's, sits on a committee, or on a panel that has applications before it."""
    if settings.SECOND_FACTOR != "offices":
        return bool(settings.SECOND_FACTOR == "all")
    acting = [c.organisation for c in capacities(user) if c.role in ACTING]
    return bool(user.is_operator or any(o.kind in OFFICIAL for o in acting)
                or RecommendingBody.objects.filter(organisation__in=[o.pk for o in acting]).exists()
                or any(holds(user) for holds in HOLDS_OFFICE))
