"""What the experts' marks come to, by the round's rules alone; and evidence about the marks, which decides nothing.

    >>> result = result_of(rubric, "A07", scores, rulings)
    >>> rows = ranking([result, ...])

| function | answers |
|---|---|
| `result_of` | each expert's total, each indicator's mean, the exact total, the veto: or what is not set, or lacking |
| `ranking` | ranks; equal totals share a rank |
| `agreement` | how far experts agree (evidence) |
| `calibrate` | how severe each expert is, and totals without it (evidence) |
| `rounded`, `stated` | a fraction in figures: to be looked at; to be compared with a pass line |

All numbers are exact fractions. A veto comes first: with one, marks count for nothing.
"""

from guiju.review.scores.agreement import Agreement, agreement
from guiju.review.scores.calibration import Calibration, Severity, calibrate
from guiju.review.scores.figures import rounded, stated
from guiju.review.scores.model import Ruling, Score, Veto
from guiju.review.scores.ranking import Row, ranking
from guiju.review.scores.result import ExpertTotal, IndicatorMean, Result, Spread, result_of

__all__ = ["Agreement", "Calibration", "ExpertTotal", "IndicatorMean", "Result", "Row", "Ruling", "Score", "Severity",
           "Spread", "Veto", "agreement", "calibrate", "ranking", "result_of", "rounded", "stated"]
