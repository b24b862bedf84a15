"""Who reviews what: exact, explained, replayable.

    >>> result = assign(Problem(experts, applications, panel=5, load=Load(3, 9), kinds={"财务": 1}, seed="2024-A"))

`assign` gives an `Assignment`, or an `Infeasible` that names in words what is too few. First the fit of the
worst-served application is made as great as can be, then the total; the seed decides between equals only. `explain`
says why this expert, and what fairness costs; `replay` verifies a record; `breaches` checks pairs changed by hand.
Needs the extra `review`: pip install 'guiju[review]'.
"""

from guiju.review.assignment.assign import Price, Replay, assign, price_of, replay
from guiju.review.assignment.explain import PairReason, PanelReason, PassedOver, explain
from guiju.review.assignment.problem import Load, Pair, Problem
from guiju.review.assignment.result import Assignment, Concession, Infeasible, Record, Shortage
from guiju.review.assignment.verify import breaches

__all__ = ["Assignment", "Concession", "Infeasible", "Load", "Pair", "PairReason", "PanelReason", "PassedOver", "Price",
           "Problem", "Record", "Replay", "Shortage", "assign", "breaches", "explain", "price_of", "replay"]
