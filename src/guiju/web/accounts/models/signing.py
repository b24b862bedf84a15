"""Sign-in: sessions, failures, second factors."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.db.models import F, Q

USER = settings.AUTH_USER_MODEL


class Session(AbstractBaseSession):
    """Django's session with what its owner needs to recognise it."""

    user = models.ForeignKey(USER, models.CASCADE, null=True, related_name="sessions")
    began = models.DateTimeField(null=True)
    seen = models.DateTimeField(null=True)
    agent = models.CharField(max_length=300, blank=True)
    address = models.CharField(max_length=45, blank=True)

    objects: ClassVar[BaseSessionManager[Any]] = BaseSessionManager()

    @classmethod
    def get_session_store_class(cls) -> type:
        from guiju.web.accounts.sessions import SessionStore

        return SessionStore


class SignInAttempt(models.Model):
    """Who tried to sign in, whether or not there is such a person. Old ones are deleted."""

    login = models.CharField(max_length=60)
    address = models.CharField(max_length=45, blank=True)
    at = models.DateTimeField()
    succeeded = models.BooleanField()

    class Meta:
        indexes = (models.Index(fields=["login", "at"], name="attempt_by_login"),
                   models.Index(fields=["address", "at"], name="attempt_by_address"))


class TotpDevice(models.Model):
    """An authenticator app. `secret` is sealed; `last_step`: the last password used, which is never taken again."""

    user = models.OneToOneField(USER, models.CASCADE, related_name="totp")
    secret = models.TextField()
    confirmed = models.DateTimeField(null=True)
    last_step = models.BigIntegerField(default=-1)


class RecoveryCode(models.Model):
    user = models.ForeignKey(USER, models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)
    used = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["user", "digest"], name="recovery_code_made_once"),)


class Passkey(models.Model):
    """A passkey (WebAuthn). `credential`: what the authenticator registered, as the library writes it."""

    user = models.ForeignKey(USER, models.CASCADE, related_name="passkeys")
    name = models.CharField(max_length=60)
    key_id = models.BinaryField(unique=True)
    credential = models.BinaryField()
    sign_count = models.BigIntegerField(default=0)
    created = models.DateTimeField()
    used = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.CheckConstraint(condition=~Q(name=""), name="passkey_has_a_name"),)


class ExternalIdentity(models.Model):
    """Who a person is elsewhere: for single sign-on (OIDC)."""

    user = models.ForeignKey(USER, models.CASCADE, related_name="identities")
    issuer = models.CharField(max_length=200)
    subject = models.CharField(max_length=200)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["issuer", "subject"], name="one_person_an_identity"),)


class PasswordReset(models.Model):
    """A link by which a person sets a new password, once. Only the digest of its token is kept."""

    user = models.ForeignKey(USER, models.CASCADE, related_name="resets")
    digest = models.CharField(max_length=64, unique=True)
    created = models.DateTimeField()
    expires = models.DateTimeField()
    used = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(expires__gt=F("created")),
                                              name="reset_ends_after_it_begins"),)
