"""What a laboratory does and hands in: plan, reports, acceptance, evaluation, changes, outputs.

`event`: the number of the case's event with which something was handed in or decided; the event proves who and when.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from guiju.source.diagnostics import Text
from guiju.web.kit.ids import public_id
from guiju.web.kit.text import t
from guiju.web.laboratories.models.register import GRADES, Laboratory

# 办17: the six kinds of building tasks, which are what acceptance looks at.
TASK_KINDS = {
    "principle": t("原理创新", "new principles"), "technology": t("质量技术研发", "quality technology"),
    "standards": t("标准研制", "standards"), "tools": t("工具开发", "tools"), "people": t("人才培养", "people"),
    "services": t("质量标准技术服务", "technical services"),
}
CONCLUSIONS = {"通过验收": Text("通过验收", "passed"), "验收须整改": Text("整改", "to be rectified"),
               "未通过验收": Text("未通过验收", "failed")}
REPORTS = ("building", "operation")
CHANGE_KINDS = {
    "更名": Text("更名", "change of name"), "变更研究方向": Text("变更研究方向", "change of direction"),
    "结构调整": Text("结构调整", "change of structure"), "重组": Text("重组", "reorganisation"),
    "其他重大事项": Text("其他重大事项", "another major change"),
}
CHANGES = {"open": t("处理中", "being handled"), "reviewed": t("重新评审中", "being reviewed anew"),
           "settled": t("办结", "settled"), "failed": t("重新评审未通过", "new review not passed")}
# 办23: the first must carry the laboratory's name if they were made in it; the others follow the State's rules.
OUTPUT_KINDS = {
    "monograph": t("专著", "monograph"), "paper": t("论文", "paper"), "software": t("软件", "software"),
    "database": t("数据库", "database"), "other": t("其他成果", "other output"), "patent": t("专利", "patent"),
    "transfer": t("成果转让", "transfer"), "award": t("奖励", "award"),
}
EXEMPT = ("patent", "transfer", "award")


class PlanRevision(models.Model):
    """The whole plan as it was adopted: `tasks`, each {id, kind, title, promised, unit, due, source}. Nothing is
    overwritten; acceptance looks at the last one."""

    laboratory = models.ForeignKey(Laboratory, models.CASCADE, related_name="plans")
    number = models.PositiveIntegerField()
    tasks = models.JSONField()
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["laboratory", "number"], name="one_plan_a_number"),
                       models.CheckConstraint(condition=Q(number=1) | ~Q(reason=""), name="plan_changed_for_a_reason"))


class Report(models.Model):
    """A yearly report. `content`: its sections by id."""

    laboratory = models.ForeignKey(Laboratory, models.CASCADE, related_name="reports")
    kind = models.CharField(max_length=10)
    first = models.DateField()
    last = models.DateField()
    content = models.JSONField()
    event = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(kind__in=REPORTS), name="report_of_a_known_kind"),
                       models.CheckConstraint(condition=Q(last__gte=F("first")), name="report_covers_a_span"),
                       models.UniqueConstraint(fields=["laboratory", "event"], name="one_report_an_event"))


class Submission(models.Model):
    """What was handed in for acceptance, task by task against a revision of the plan: `rows`, each {task, achieved,
    done, evidence}."""

    laboratory = models.ForeignKey(Laboratory, models.CASCADE, related_name="submissions")
    plan = models.ForeignKey(PlanRevision, models.PROTECT, null=True, related_name="submissions")
    rows = models.JSONField()
    summary = models.TextField(blank=True)
    event = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["laboratory", "event"], name="one_submission_an_event"),)


class Opinion(models.Model):
    """What the expert committee found on a submission. `rows`: {task, met, remark}; `text`: for the ministries;
    `told`: what the laboratory has to put right, which it reads. `event`: none where the conclusion is one on which
    the ministries decide."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="opinions")
    conclusion = models.CharField(max_length=10)
    rows = models.JSONField()
    text = models.TextField()
    told = models.TextField(blank=True)
    event = models.PositiveIntegerField(null=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(conclusion__in=list(CONCLUSIONS)),
                                              name="opinion_of_a_known_conclusion"),
                       models.CheckConstraint(condition=~Q(conclusion="验收须整改") | ~Q(told=""),
                                              name="rectification_says_what"))

    @property
    def label(self) -> Text:
        return CONCLUSIONS[self.conclusion]


class Evaluation(models.Model):
    """What an evaluation found on its four sides: `sides`, each by id {text, evidence, score}. `grade`: as decided."""

    laboratory = models.ForeignKey(Laboratory, models.CASCADE, related_name="evaluations")
    sides = models.JSONField()
    grade = models.CharField(max_length=10)
    again = models.BooleanField(default=False)
    event = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["laboratory", "event"], name="one_evaluation_an_event"),)

    @property
    def label(self) -> Text:
        return GRADES[self.grade]


class MajorChange(models.Model):
    """A major change that was reported: a thread of the case. A new name is borne from the day on which the change is
    settled."""

    laboratory = models.ForeignKey(Laboratory, models.CASCADE, related_name="changes")
    thread = models.CharField(max_length=80)
    kind = models.CharField(max_length=20)
    text = models.TextField(blank=True)
    new_name = models.CharField(max_length=200, blank=True)
    new_name_en = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, default="open")
    reported = models.DateField()
    settled = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["laboratory", "thread"], name="one_change_a_thread"),
                       models.CheckConstraint(condition=Q(state__in=list(CHANGES)), name="change_in_a_known_state"))

    @property
    def state_label(self) -> str:
        return CHANGES[self.state]

    @property
    def number(self) -> str:
        """Which of the case's changes it is, counted from 1."""
        return self.thread.rpartition("#")[2]

    @property
    def label(self) -> Text:
        return CHANGE_KINDS.get(self.kind, Text(self.kind, self.kind))


class Output(models.Model):
    """A result of the laboratory. `made_here`: finished in the laboratory; `named`: it carries the laboratory's
    name."""

    public_id = models.CharField(max_length=20, unique=True, default=public_id, editable=False)
    laboratory = models.ForeignKey(Laboratory, models.CASCADE, related_name="outputs")
    kind = models.CharField(max_length=12)
    title = models.CharField(max_length=300)
    authors = models.CharField(max_length=300, blank=True)
    on = models.DateField(null=True, blank=True)
    reference = models.CharField(max_length=300, blank=True)
    made_here = models.BooleanField(default=True)
    named = models.BooleanField(default=False)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(kind__in=list(OUTPUT_KINDS)), name="output_of_a_known_kind"),
                       models.CheckConstraint(condition=~Q(title=""), name="output_has_a_title"))
        indexes = (models.Index(fields=["laboratory", "kind"], name="output_by_kind"),)

    @property
    def must_name(self) -> bool:
        """Whether it has to carry the laboratory's name."""
        return self.made_here and self.kind not in EXEMPT
