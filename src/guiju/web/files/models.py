"""A content, and its uses."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length

from guiju.web.kit.ids import public_id

models.CharField.register_lookup(Length)


class StoredFile(models.Model):
    """A content, by its SHA-256. `kind`: the ending that fits what it is, e.g. `pdf`."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.BigIntegerField()
    kind = models.CharField(max_length=8)
    stored = models.DateTimeField()

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(sha256__length=64) & Q(size__gt=0),
                                              name="file_has_a_content"),)


class Attachment(models.Model):
    """A content under a name, hanging on something: `holder` its kind ("case"), `holder_id` its public id.

    `paper`: which of the documents asked for it is; `note`: where it came in, in the holder's own terms.
    `uploaded_by`: nobody, for what came from someone of the public without an account.
    """

    public_id = models.CharField(max_length=20, unique=True, default=public_id, editable=False)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="attachments")
    name = models.CharField(max_length=150)
    holder = models.CharField(max_length=20)
    holder_id = models.CharField(max_length=40)
    paper = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=60, blank=True)
    uploaded = models.DateTimeField()
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = (models.CheckConstraint(condition=~Q(name="") & ~Q(holder="") & ~Q(holder_id=""),
                                              name="attachment_hangs_on_something"),)
        indexes = (models.Index(fields=["holder", "holder_id"], name="attachment_by_holder"),)
