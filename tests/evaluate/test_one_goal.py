"""One goal asked alone gets the answer that it has among all the others."""

from __future__ import annotations

import datetime as dt

import pytest

from guiju.evaluate.assess import assess, assess_goal
from guiju.evaluate.cases import read_cases
from guiju.evaluate.trial import evaluation_of
from guiju.language.library import installed_library

LIBRARY = installed_library()


@pytest.mark.parametrize("id_", LIBRARY.ids())
def test_a_goal_alone_has_the_answer_that_it_has_in_the_whole(id_: str) -> None:
    policy = LIBRARY.policy(id_)
    days = {policy.start, policy.start - dt.timedelta(days=1)}
    cases = read_cases(LIBRARY.folder_of(policy), policy)
    for facts in [evaluation_of(case, policy).facts for case in cases[:: max(len(cases) // 8, 1)]]:
        for day in days:
            whole = assess(policy, facts, day)
            assert [assess_goal(policy, g.id, facts, day) for g in policy.goals] == list(whole.goals)
