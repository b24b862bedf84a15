"""Sign-in by login and password. Permissions are not Django's: see each app's `rules`."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from guiju.web.accounts.models import User


class Passwords(BaseBackend):
    def authenticate(self, request: HttpRequest | None, **given: Any) -> User | None:
        login, password = given.get("login", ""), given.get("password", "")
        user = User.objects.filter(login=login.strip().lower()).first()
        if user is None:
            User().set_password(password)  # takes as long as for someone who exists
            return None
        return user if user.check_password(password) and user.is_active else None

    def get_user(self, user_id: int) -> User | None:
        return User.objects.filter(pk=user_id, is_active=True).first()
