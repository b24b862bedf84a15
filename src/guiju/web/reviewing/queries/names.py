"""Who could read in a case itself what reviewing without names keeps from him."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.db.models import Q

from guiju.review.conflicts import Conflict
from guiju.source.diagnostics import Text
from guiju.web.accounts.models import User
from guiju.web.applications.models import Application
from guiju.web.cases.queries import seen_by
from guiju.web.rounds.models import Round
from guiju.web.rounds.review_rules import rules_of

RULE = "reads_names"
_WHY = Text("能在事项里看到申报方（任主任委员，或在经办单位），盲评不能由他评",
            "sees the applicant in the case itself, as chair or in a body in charge: not one to review it blind")


def readers_of_names(round_: Round, users: Collection[User], applications: Collection[Application]
                     ) -> Iterator[Conflict]:
    """The pairs that can't be blind. None in a round whose reviewers may see names."""
    if not rules_of(round_).hides_names:
        return
    by_case = {a.case_id: a.public_id for a in applications}
    # Only organisations and roles show a case to anyone: most experts have neither.
    some = User.objects.filter(Q(memberships__isnull=False) | Q(delegations_held__isnull=False)
                               | Q(roles_held__isnull=False),
                               pk__in=[u.pk for u in users])
    for user in some.distinct().order_by("public_id"):
        for case in seen_by(user).filter(pk__in=by_case).order_by("pk").values_list("pk", flat=True):
            yield Conflict(RULE, user.public_id, by_case[case], "bars", _WHY, (), f"《{round_.title}》评审细则·盲评")
