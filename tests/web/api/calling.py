"""A program that calls the API for a person."""

from __future__ import annotations

import json
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from guiju.web.accounts.models import User
from guiju.web.api.domain import issue
from guiju.web.api.models import SCOPES


class Program:
    def __init__(self, user: User, *scopes: str) -> None:
        self.token = issue(user, "测试", scopes or tuple(SCOPES), 30)
        self.headers = {"Authorization": f"Bearer {self.token}"}
        self.client = Client()

    def get(self, path: str, **query: Any) -> Any:
        answer: Any = self.client.get(f"/api/v1/{path}", query, headers=self.headers)
        if answer.streaming:  # read to its end, it closes its file
            b"".join(answer.streaming_content)
        return answer

    def post(self, path: str, content: Any = None) -> Any:
        return self.client.post(f"/api/v1/{path}", json.dumps(content or {}), "application/json", headers=self.headers)

    def put(self, path: str, content: Any) -> Any:
        return self.client.put(f"/api/v1/{path}", json.dumps(content), "application/json", headers=self.headers)

    def delete(self, path: str) -> Any:
        return self.client.delete(f"/api/v1/{path}", headers=self.headers)

    def sends(self, name: str, content: bytes) -> str:
        """Send a file; its ticket."""
        answer = self.client.post("/api/v1/files", {"file": SimpleUploadedFile(name, content)}, headers=self.headers)
        assert answer.status_code == 201, answer.content.decode()
        return str(answer.json()["ticket"])

    def sent(self, method: str, path: str, content: Any = None, status: int = 0) -> Any:
        """What comes back; an answer that is not 2xx fails, unless its status is asked for."""
        data = json.dumps(content) if content is not None else ""
        answer = self.client.generic(method, f"/api/v1/{path}", data, "application/json", headers=self.headers)
        assert answer.status_code == status or (not status and answer.status_code < 300), answer.content.decode()
        return answer.json() if answer.content else None
