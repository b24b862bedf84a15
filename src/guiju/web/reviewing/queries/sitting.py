"""Who judges: on a committee, or on a panel that has applications before it."""

from __future__ import annotations

from guiju.web.accounts.models import User
from guiju.web.reviewing.models import Assigned, PanelMember, Seat
from guiju.web.reviewing.models.assigning import STANDING


def judges(user: User) -> bool:
    """Whether the person holds a seat or a review: he must have a second factor as who holds an office must."""
    return (Seat.objects.filter(user=user, committee__state="confirmed").exists()
            or PanelMember.objects.filter(user=user, panel__placements__isnull=False).exists()
            or Assigned.objects.filter(user=user, state__in=STANDING).exists())
