"""Which move has which part of ours."""

from __future__ import annotations

from guiju.web.laboratories.forms.acceptance import OpinionForm, SubmissionForm
from guiju.web.laboratories.forms.change import ChangeForm
from guiju.web.laboratories.forms.evaluation import EvaluationForm, FailedAgainForm, FailedForm
from guiju.web.laboratories.forms.misconduct import MisconductForm
from guiju.web.laboratories.forms.report import BuildingReportForm, ReportForm
from guiju.web.laboratories.forms.supplement import Supplement

__all__ = ["SUPPLEMENTS", "Supplement"]
SUPPLEMENTS: dict[str, type[Supplement]] = {
    "T21": BuildingReportForm, "T38": ReportForm,
    "T27": SubmissionForm, "T27b": SubmissionForm, "T33": SubmissionForm,
    "T29": OpinionForm, "T32": OpinionForm, "T34": OpinionForm,
    "T40": EvaluationForm, "T41": FailedForm, "T42b": EvaluationForm, "T43": FailedAgainForm,
    "T44": ChangeForm, "T45a": MisconductForm, "T45b": MisconductForm,
}
