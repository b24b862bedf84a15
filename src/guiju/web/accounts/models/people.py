"""A person, and what an expert says of himself."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from guiju.web.kit.ids import public_id


class People(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(login=(username or "").strip().lower())


class User(AbstractBaseUser):
    """`login` is kept in small letters. An operator runs the platform; that gives no part in any case.

    `confirmed`: when it was shown that mail to the address reaches the person. `closed`: when he closed the account.
    """

    public_id = models.CharField(max_length=20, unique=True, default=public_id, editable=False)
    login = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=60)
    email = models.EmailField(blank=True)
    confirmed = models.DateTimeField(null=True)
    language = models.CharField(max_length=2, default="zh")
    is_active = models.BooleanField(default=True)
    is_operator = models.BooleanField(default=False)
    joined = models.DateTimeField()
    closed = models.DateTimeField(null=True)

    objects: ClassVar[People] = People()
    USERNAME_FIELD = "login"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(login=Lower("login")), name="login_in_small_letters"),
            models.CheckConstraint(condition=~Q(login="") & ~Q(name=""), name="user_has_a_login_and_a_name"),
            models.CheckConstraint(condition=Q(language__in=("zh", "en")), name="user_reads_a_known_language"),
            models.CheckConstraint(condition=Q(closed__isnull=True) | Q(is_active=False),
                                   name="closed_account_is_not_active"),
            models.CheckConstraint(condition=Q(confirmed__isnull=True) | ~Q(email=""),
                                   name="confirmed_address_is_there"),
        )

    def __str__(self) -> str:
        return self.name


class Expert(models.Model):
    user = models.OneToOneField(User, models.CASCADE, related_name="expert")
    title = models.CharField(max_length=60, blank=True)
    biography = models.TextField(blank=True)
    available = models.BooleanField(default=True)


class ExpertSpeciality(models.Model):
    expert = models.ForeignKey(Expert, models.CASCADE, related_name="specialities")
    field = models.CharField(max_length=60)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["expert", "field"], name="speciality_said_once"),)


class ExpertPost(models.Model):
    """Where an expert worked or works: conflicts of interest are derived from it. `code`: the credit code, if known."""

    expert = models.ForeignKey(Expert, models.CASCADE, related_name="posts")
    institution = models.CharField(max_length=120)
    code = models.CharField(max_length=18, blank=True)
    position = models.CharField(max_length=60, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                                              name="post_ends_after_it_begins"),)
