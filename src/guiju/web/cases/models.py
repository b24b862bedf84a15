"""What is kept of a case. The events are the case; everything else here is derived from them."""

from __future__ import annotations

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from guiju.lifecycle.terms import only_passes
from guiju.source.diagnostics import Text
from guiju.web.accounts.models import Organisation
from guiju.web.kit.ids import public_id
from guiju.web.kit.subjects import chart_id_of

DIGEST = 64


class ChartRevision(models.Model):
    """A revision of a chart, so that running cases keep theirs. Its text stands apart: every page reads revisions, and
    hardly any the text."""

    digest = models.CharField(max_length=DIGEST, unique=True)
    chart = models.CharField(max_length=120)
    revision = models.CharField(max_length=60)
    kept = models.DateTimeField()

    @property
    def files(self) -> dict[str, str]:
        """What it was compiled from, by path."""
        kept: dict[str, str] = self.text.files
        return kept


class ChartText(models.Model):
    """What a revision of a chart was compiled from: `files`, by path."""

    revision = models.OneToOneField(ChartRevision, models.PROTECT, primary_key=True, related_name="text")
    files = models.JSONField()


class CaseRecord(models.Model):
    """`head`: the SHA-256 of the last event, `count` its number, `sealed` the last one that
    a day's digest covers; `bans`: whether one began in it. `next_deadline`: the soonest day on the agenda by which
    something is or was to be done, as of the last day on which the case was brought up to date.

    `owner`: the person of the applicant who sees to it; it passes to another when he leaves.
    """

    public_id = models.CharField(max_length=20, unique=True, default=public_id, editable=False)
    chart = models.CharField(max_length=120)
    revision = models.ForeignKey(ChartRevision, models.PROTECT, related_name="cases")
    round = models.CharField(max_length=60, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="cases")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="cases")
    title = models.CharField(max_length=200, blank=True)
    stage = models.CharField(max_length=60)
    stage_zh = models.CharField(max_length=120)
    stage_en = models.CharField(max_length=160, blank=True)
    final = models.BooleanField(default=False)
    head = models.CharField(max_length=DIGEST)
    count = models.PositiveIntegerField()
    sealed = models.PositiveIntegerField(default=0)
    bans = models.BooleanField(default=False)
    next_deadline = models.DateField(null=True)
    began = models.DateTimeField()
    changed = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(count__gte=1) & ~Q(head=""), name="case_has_an_event"),
            models.CheckConstraint(condition=Q(changed__gte=F("began")), name="case_changes_after_it_begins"),
        )
        indexes = (models.Index(fields=["chart", "round", "stage"], name="case_by_chart"),
                   models.Index(fields=["next_deadline"], name="case_by_deadline"))

    def __str__(self) -> str:
        return self.public_id

    @property
    def named(self) -> Text:
        """How people know it: by its title and whose it is."""
        if self.organisation.name in self.title:
            return Text(self.title, self.title)
        return Text(f"{self.title}（{self.organisation.name}）", f"{self.title} ({self.organisation.name})")

    @property
    def stage_label(self) -> Text:
        return Text(self.stage_zh, self.stage_en)


@chart_id_of.register
def _(record: CaseRecord) -> str:
    return record.chart


class AppendOnly(models.QuerySet["EventRecord"]):
    """Rows that are only ever added."""

    def _never(self, *_: Any, **__: Any) -> NoReturn:
        raise TypeError("events are only appended")

    update = delete = bulk_update = update_or_create = _never


class EventRecord(models.Model):
    """One event: its line of the case file, exactly as `lifecycle` writes it."""

    case = models.ForeignKey(CaseRecord, models.PROTECT, related_name="events")
    number = models.PositiveIntegerField()
    line = models.TextField()
    sha256 = models.CharField(max_length=DIGEST, unique=True)
    sm3 = models.CharField(max_length=DIGEST)
    at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = AppendOnly.as_manager()

    class Meta:
        base_manager_name = "objects"
        constraints = (
            models.UniqueConstraint(fields=["case", "number"], name="one_event_a_number"),
            models.CheckConstraint(condition=Q(number__gte=1) & ~Q(line=""), name="event_is_numbered_and_written"),
        )

    def save(self, *arguments: Any, **more: Any) -> None:
        if not self._state.adding:
            raise TypeError("events are only appended")
        super().save(*arguments, **{**more, "force_insert": True})

    def delete(self, *_: Any, **__: Any) -> NoReturn:
        raise TypeError("events are only appended")


class AgendaItem(models.Model):
    """A day that counts in a case: `kind`, `ref`, `thread`, `end` as in `lifecycle.terms.Deadline`."""

    case = models.ForeignKey(CaseRecord, models.CASCADE, related_name="agenda")
    kind = models.CharField(max_length=10)
    ref = models.CharField(max_length=80)
    thread = models.CharField(max_length=80, blank=True)
    label_zh = models.CharField(max_length=200)
    label_en = models.CharField(max_length=300, blank=True)
    end = models.DateField()
    then = models.JSONField(default=list)
    clauses = models.JSONField(default=list)
    unknown_years = models.JSONField(default=list)

    @property
    def only_passes(self) -> bool:
        """Whether nothing was to be done by its end: it is waited for, or a chance."""
        return only_passes(self.kind, self.then)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=("term", "minimum", "notice", "duty")),
                                   name="agenda_item_of_a_known_kind"),
        )
        indexes = (models.Index(fields=["end"], name="agenda_by_day"),)

    @property
    def label(self) -> Text:
        return Text(self.label_zh, self.label_en)


class PendingMove(models.Model):
    """A move that could be made as things stood after the last event, and a role in which it may be made.
    `applicant`: the role is the applicant's."""

    case = models.ForeignKey(CaseRecord, models.CASCADE, related_name="pending")
    name = models.CharField(max_length=160)
    role = models.CharField(max_length=60)
    applicant = models.BooleanField(default=False)
    label_zh = models.CharField(max_length=200)
    label_en = models.CharField(max_length=300, blank=True)
    by = models.DateField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["case", "name", "role"], name="one_pending_move_a_role"),)

    @property
    def label(self) -> Text:
        return Text(self.label_zh, self.label_en)


class RoleHolder(models.Model):
    """Who holds a role of a chart: an organisation (its agents and managers act) or a person.

    `round` empty: in every round; `case` empty: in every case. `until`: the last day.
    """

    chart = models.CharField(max_length=120)
    role = models.CharField(max_length=60)
    round = models.CharField(max_length=60, blank=True)
    case = models.ForeignKey(CaseRecord, models.CASCADE, null=True, blank=True, related_name="holders")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="roles_held")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="roles_held")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(organisation__isnull=True, user__isnull=False)
                                   | Q(organisation__isnull=False, user__isnull=True), name="role_held_by_one"),
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                                   name="role_ends_after_it_begins"),
        )
        indexes = (models.Index(fields=["chart", "role"], name="holder_by_chart"),)


class DailyDigest(models.Model):
    """What was recorded up to a day, in one figure: the SHA-256 of the digest before and of `lines`: each case that
    went on since, with the number and digest of its last event. Whoever keeps it elsewhere can tell that nothing was
    rewritten."""

    day = models.DateField(unique=True)
    before = models.CharField(max_length=DIGEST, blank=True)
    lines = models.TextField()
    cases = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=DIGEST)

    class Meta:
        constraints = (models.CheckConstraint(condition=~Q(sha256=""), name="day_has_a_digest"),)


class CaseParty(models.Model):
    """An organisation that takes part in a case beside the applicant: it sees the case."""

    case = models.ForeignKey(CaseRecord, models.CASCADE, related_name="parties")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="taking_part")
    joined = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["case", "organisation"], name="party_joins_once"),)
