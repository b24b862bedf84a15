"""What every part of the story uses: who there is, the day on which something is done, and that it was done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from django.contrib.auth.hashers import make_password
from django.core.files.uploadedfile import SimpleUploadedFile

from guiju.lifecycle.events import CHINA
from guiju.lifecycle.refusal import Refusal
from guiju.papers import typeset
from guiju.web.accounts.domain.people import register
from guiju.web.accounts.models import Organisation, User
from guiju.web.applications.models import Application
from guiju.web.cases.domain import Overtaken
from guiju.web.cases.models import CaseRecord
from guiju.web.files.domain import Upload, take_in
from guiju.web.kit.clock import held
from guiju.web.rounds.models import Round

T = TypeVar("T")
# Stands for scans, reports and other papers.
_PAPER = ("#set page(paper: \"a4\")\n#align(center + horizon)[#text(24pt)[示例文件，内容虚构]\n\n"
          "#text(16pt)[Example. Invented.]]")



class Stuck(Exception):
    """The site refused an act of the story; nothing of the story stays."""


@dataclass
class Stage:
    """`people`, `units`: by login and by a short name of ours; `agents`: who acts for a unit or in a case. `apps`,
    `cases`: by a short name that says what becomes of it; `cases` are those without a form."""

    hashed: str
    people: dict[str, User] = field(default_factory=dict)
    units: dict[str, Organisation] = field(default_factory=dict)
    rounds: dict[str, Round] = field(default_factory=dict)
    apps: dict[str, Application] = field(default_factory=dict)
    agents: dict[str, User] = field(default_factory=dict)
    cases: dict[str, CaseRecord] = field(default_factory=dict)
    _paper: Upload | None = None

    def person(self, login: str, name: str, email: str = "", operator: bool = False) -> User:
        made = register(login, name, "", email, operator=operator, hashed=self.hashed)
        self.people[login] = made
        return made

    def fresh(self, name: str) -> Application:
        """An application as it stands now."""
        found = Application.objects.select_related(
            "case__revision", "case__organisation", "round", "organisation",
            "body__body__organisation").get(pk=self.apps[name].pk)
        self.apps[name] = found
        return found

    def paper(self, name: str) -> Upload:
        """A page for whatever paper is asked for."""
        if self._paper is None:
            self._paper = take_in(SimpleUploadedFile("示例.pdf", typeset(_PAPER), "application/pdf"))
        return Upload(self._paper.file, f"{name}（示例）.pdf", name)


def hashed(password: str) -> str:
    """One hash for all: making it is slow on purpose."""
    return make_password(password)


@contextmanager
def on(moment: str) -> Iterator[dt.datetime]:
    """What is done inside is done in the morning of a day, or at `2026-03-02T16:59`."""
    at = dt.datetime.fromisoformat(moment if "T" in moment else f"{moment}T09:30").replace(tzinfo=CHINA)
    with held(at):
        yield at


def done(made: T | Refusal | Overtaken, what: str = "") -> T:
    """What was made. Raises Stuck where the site refused it."""
    if isinstance(made, Refusal):
        raise Stuck(f"{what} {made.move}: " + "; ".join(f"{r.code} {r.about} {r.text.zh}" for r in made.reasons))
    if isinstance(made, Overtaken):
        raise Stuck(f"{what}: {made.label.zh}")
    return made
