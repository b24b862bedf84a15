"""When people want to be reminded."""

from __future__ import annotations

from collections.abc import Iterable

from guiju.web.accounts.models import User
from guiju.web.cases.domain.reminding import MOST_AHEAD, USUAL, WISHES, Wish
from guiju.web.desk.models import ReminderWish
from guiju.web.kit.clock import now
from guiju.web.kit.permissions import Refused
from guiju.web.rounds.models import Round
from guiju.web.rounds.review_rules import rules_of

MOST_DAYS = 6


def wish(user: User, days: Iterable[int], mail: bool) -> ReminderWish:
    """Raises Refused for days that can't be counted on."""
    chosen = sorted(set(days), reverse=True)
    if len(chosen) > MOST_DAYS or any(not 0 < d <= MOST_AHEAD for d in chosen):
        raise Refused(f"最多 {MOST_DAYS} 个提前天数，每个 1–{MOST_AHEAD} 天",
                      f"at most {MOST_DAYS} figures, each from 1 to {MOST_AHEAD} days")
    made, _ = ReminderWish.objects.update_or_create(user=user, defaults={
        "days": chosen, "mail": mail, "changed": now()})
    return made


def wishes() -> dict[int, Wish]:
    return {w.user_id: Wish(tuple(w.days), w.mail) for w in ReminderWish.objects.all()}


def usual() -> dict[str, tuple[int, ...]]:
    """The days ahead that the rules of a round set."""
    found = {r.public_id: rules_of(r).reminders for r in Round.objects.exclude(state="draft")}
    return {id_: tuple(d for d in days if 0 < d <= MOST_AHEAD) for id_, days in found.items() if days}


def enter() -> None:
    """Tell the reminders whom to ask."""
    if wishes not in WISHES:
        WISHES.append(wishes)
        USUAL.append(usual)
