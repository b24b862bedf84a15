"""Sessions in the database that know whose they are."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as Base
from django.contrib.sessions.base_session import AbstractBaseSession
from django.utils.dateparse import parse_datetime

MARK = "_mark"  # of what device it is: {"agent", "address", "began", "seen"}


class SessionStore(Base):
    @classmethod
    def get_model_class(cls) -> type[AbstractBaseSession]:
        from guiju.web.accounts.models import Session

        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        made: Any = super().create_model_instance(data)
        mark = data.get(MARK, {})
        made.user_id = data.get(SESSION_KEY)
        made.agent, made.address = mark.get("agent", ""), mark.get("address", "")
        made.began, made.seen = parse_datetime(mark.get("began", "")), parse_datetime(mark.get("seen", ""))
        return made
