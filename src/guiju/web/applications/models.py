"""An application: field by field as it is written, and every state in which it was handed on."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from guiju.web.accounts.models import Organisation
from guiju.web.cases.models import CaseRecord
from guiju.web.kit.ids import public_id
from guiju.web.kit.subjects import chart_id_of, region_of
from guiju.web.rounds.models import Round, RoundBody

DIGEST = 64


class Application(models.Model):
    """An application in a round; its case carries the procedure. `form`: the form's id, `form_digest`: its text's.
    `joint`: by a consortium. `body`: who is asked to recommend it. `returned`: when the body sent it back to be
    completed, and why; empty again when it is handed in anew."""

    public_id = models.CharField(max_length=20, unique=True, default=public_id, editable=False)
    round = models.ForeignKey(Round, models.PROTECT, related_name="applications")
    case = models.OneToOneField(CaseRecord, models.PROTECT, related_name="application")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="applications")
    body = models.ForeignKey(RoundBody, models.PROTECT, related_name="applications")
    form = models.CharField(max_length=120)
    form_digest = models.CharField(max_length=DIGEST)
    joint = models.BooleanField(default=False)
    begun = models.DateTimeField()
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    handed_in = models.DateTimeField(null=True, blank=True)
    returned = models.DateTimeField(null=True, blank=True)
    returned_reason = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(returned__isnull=True) | Q(handed_in__isnull=False),
                                   name="application_returned_after_it_came"),
            models.CheckConstraint(condition=Q(returned__isnull=True) | ~Q(returned_reason=""),
                                   name="application_returned_for_a_reason"),
        )
        indexes = (models.Index(fields=["round", "body"], name="application_by_round"),)

    def __str__(self) -> str:
        return self.public_id


@chart_id_of.register
def _(application: Application) -> str:
    return application.round.chart


@region_of.register
def _(application: Application) -> str:
    return region_of(application.body)


@region_of.register
def _(record: CaseRecord) -> str:
    return region_of(record.application) if hasattr(record, "application") else ""


class Answer(models.Model):
    """What stands in one field: text, or rows of a table (a list of mappings). `version` grows with each change, so
    that two windows do not overwrite each other unseen. `owners`: which partner wrote a row, by the row's digest; a row
    that is not there is the host's."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="answers")
    field = models.CharField(max_length=80)
    value = models.JSONField()
    version = models.PositiveIntegerField(default=1)
    owners = models.JSONField(default=dict, blank=True)
    changed = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["application", "field"], name="one_answer_a_field"),)


class Revision(models.Model):
    """All answers and attachments at one moment. `digest`: SHA-256 of `content` in canonical JSON. `event`: the number
    of the case's event that it was handed in with; none for one that the applicant kept himself."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    digest = models.CharField(max_length=DIGEST)
    note = models.CharField(max_length=200, blank=True)
    event = models.PositiveIntegerField(null=True, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["application", "number"], name="one_revision_a_number"),
                       models.CheckConstraint(condition=Q(number__gte=1), name="revision_is_numbered"))


class Comment(models.Model):
    """What partners tell each other of a field; `field` empty: of the whole."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="comments")
    field = models.CharField(max_length=80, blank=True)
    text = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    settled = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (models.CheckConstraint(condition=~Q(text=""), name="comment_says_something"),)
