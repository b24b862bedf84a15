"""What is kept of laboratories beside their cases."""

from guiju.web.laboratories.models.register import (
    GRADES,
    POSTS,
    STATES,
    Grade,
    Laboratory,
    LaboratoryName,
    LaboratoryState,
    Leader,
)
from guiju.web.laboratories.models.work import (
    CHANGES,
    OUTPUT_KINDS,
    TASK_KINDS,
    Evaluation,
    MajorChange,
    Opinion,
    Output,
    PlanRevision,
    Report,
    Submission,
)

__all__ = ["CHANGES", "GRADES", "OUTPUT_KINDS", "POSTS", "STATES", "TASK_KINDS", "Evaluation", "Grade", "Laboratory",
           "LaboratoryName", "LaboratoryState", "Leader", "MajorChange", "Opinion", "Output", "PlanRevision", "Report",
           "Submission"]
