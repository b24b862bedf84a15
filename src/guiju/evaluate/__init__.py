"""One applicant: verdict, amount, explanation, next question, improvement, receipt.

`assess` gives the full answer; `evaluate` a traced evaluation for explanations and questions; `quick` the outcome
alone, by the generated closure.
"""

from guiju.evaluate.answer import Answer
from guiju.evaluate.assess import assess
from guiju.evaluate.evaluation import Evaluation, Outcome, Setting, evaluate, outcome_of, quick, setting_for

__all__ = ["Answer", "Evaluation", "Outcome", "Setting", "assess", "evaluate", "outcome_of", "quick", "setting_for"]
