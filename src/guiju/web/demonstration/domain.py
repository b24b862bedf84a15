"""Moving the demonstration's clock, and what falls due on the way."""

from __future__ import annotations

import datetime as dt

from guiju.web.cases.tasks import daily_round
from guiju.web.kit.clock import now, set_to


def move_on(days: int) -> int:
    """Set the clock so many days ahead and do what the days between bring; how many cases went on by themselves."""
    set_to(now() + dt.timedelta(days=days))
    return int(daily_round.call()["made"])
