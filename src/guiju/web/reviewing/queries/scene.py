"""A round as the review's core sees it: experts, applications, declarations, rules. Ids are public ids."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from django.db.models import prefetch_related_objects

from guiju.forms import Form, Table, load_form
from guiju.review.conflicts import Declaration, Findings, Rules, Setting, find_conflicts
from guiju.review.organisation import Organisation
from guiju.review.people import Application as Reviewed
from guiju.review.people import Expert as Reviewer
from guiju.review.people import Person, Post, Work
from guiju.web.accounts.models import ExpertPost, User
from guiju.web.applications.models import Application, Revision
from guiju.web.applications.queries import handed_in_revision
from guiju.web.kit.clock import today
from guiju.web.reviewing.models import Declared
from guiju.web.reviewing.queries.experts import employers
from guiju.web.reviewing.queries.names import readers_of_names
from guiju.web.rounds.models import Round
from guiju.web.rounds.review_rules import rules_of

_MEMO, _ANSWERS = "_laboratory", "_answers"
TITLE, PARTNERS = "lab_name_zh", "partner_items"
NAMES = ("姓名",)
MAKERS = ("完成人",)
TITLES = ("名称",)


def content_of(application: Application) -> dict[str, Any]:
    """The answers as they were handed in."""
    known: dict[str, Any] | None = application.__dict__.get(_ANSWERS)
    if known is not None:
        return known
    kept = handed_in_revision(application)
    answers: dict[str, Any] = kept.content["answers"] if kept is not None else {}
    return answers


def read_at_once(applications: Iterable[Application]) -> None:
    """What was handed in and who takes part, for a list: `content_of` and masks know it afterwards."""
    rows = list(applications)
    last = Revision.objects.filter(application__in=rows, event__isnull=False).order_by("number").values_list(
        "application", "content")
    contents = dict(last)
    for application in rows:
        application.__dict__[_ANSWERS] = contents.get(application.pk, {}).get("answers", {})
    prefetch_related_objects([a.case for a in rows], "parties__organisation")


def reviewed(application: Application) -> Reviewed:
    """An application with the organisations, people and works that its tables name."""
    form, answers = load_form(application.form), content_of(application)
    placement = getattr(application, "placement", None)
    body = application.body.body.organisation
    return Reviewed(
        application.public_id, title_of(application, answers), _own(application.organisation),
        tuple(partners_of(application, answers)), tuple(_people(form, answers, application)),
        tuple(_works(form, answers)), placement.panel.field if placement else "", recommender=_own(body))


def title_of(application: Application, answers: dict[str, Any] | None = None) -> str:
    """The laboratory's name as the applicant wrote it; else his own."""
    if answers is not None:
        return str(answers.get(TITLE) or application.organisation.name)
    known: str | None = application.__dict__.get(_MEMO)
    return titled([application])[0][1] if known is None else known


def titled(applications: Iterable[Application]) -> list[tuple[Application, str]]:
    """Applications with their names, in one query for all; `title_of` knows them afterwards."""
    rows = list(applications)
    last = Revision.objects.filter(application__in=rows, event__isnull=False).order_by("number").values_list(
        "application", f"content__answers__{TITLE}")
    names = dict(last)
    for row in rows:
        row.__dict__[_MEMO] = str(names.get(row.pk) or row.organisation.name)
    return [(row, row.__dict__[_MEMO]) for row in rows]


def partners_of(application: Application, answers: dict[str, Any]) -> Iterator[Organisation]:
    """The others of a consortium: those that take part on the site, and those that the form lists."""
    seen = {application.organisation.code}
    for party in application.case.parties.select_related("organisation").order_by("pk"):
        seen.add(party.organisation.code)
        yield _own(party.organisation)
    rows = answers.get(PARTNERS)
    for row in rows if isinstance(rows, list) else ():
        code = Organisation(str(row.get("code", ""))).key
        if code and code not in seen:
            seen.add(code)
            yield Organisation(code, str(row.get("name", "")))


def _own(organisation: Any) -> Organisation:
    return Organisation(organisation.code, organisation.name)


def tables_of(form: Form) -> Iterator[Table]:
    for section in form.sections:
        for item in section.items:
            if isinstance(item, Table):
                yield item


def _rows(table: Table, answers: dict[str, Any]) -> Iterator[dict[str, str]]:
    found = answers.get(table.id)
    yield from (row for row in found if isinstance(row, dict)) if isinstance(found, list) else ()


def _columns(table: Table, words: Iterable[str]) -> list[str]:
    return [c.id for c in table.columns if any(w in c.label.zh for w in words)]


def _people(form: Form, answers: dict[str, Any], application: Application) -> Iterator[Person]:
    """Whoever a table lists by name: with the applicant, unless the row says otherwise."""
    home = _own(application.organisation)
    for table in tables_of(form):
        for column in _columns(table, NAMES):
            for row in _rows(table, answers):
                name = str(row.get(column, "")).strip()
                if name:
                    yield Person(name, home, role=table.label.zh)


def _works(form: Form, answers: dict[str, Any]) -> Iterator[Work]:
    """Whatever a table lists with those who made it. Where they work is not said: only a possible match."""
    for table in tables_of(form):
        makers, titles = _columns(table, MAKERS), _columns(table, TITLES)
        for row in _rows(table, answers) if makers else ():
            people = tuple(Person(name) for c in makers for name in split_names(str(row.get(c, ""))))
            title = next((str(row[c]) for c in titles if row.get(c)), table.label.zh)
            if people:
                yield Work(title, people, table.label.zh)


def split_names(text: str) -> list[str]:
    """Names as people write them in one cell: 张三、李四（2）."""
    for sign in "，,；;/\n\t ":
        text = text.replace(sign, "、")
    found = [part.partition("（")[0].partition("(")[0].strip("。.1234567890 ") for part in text.split("、")]
    return [name for name in found if 2 <= len(name) <= 20]


def reviewers(users: Iterable[User]) -> list[Reviewer]:
    """Experts with their posts and specialities."""
    people = sorted(users, key=lambda u: u.public_id)
    work = employers(people)
    made = []
    for user in people:
        code, name = work.get(user.pk, ("", ""))
        posts = ExpertPost.objects.filter(expert__user=user).order_by("since", "pk")
        specialities = frozenset(s.field for s in user.expert.specialities.all())
        made.append(Reviewer(user.public_id, user.name, Organisation(code, name), tuple(map(_post, posts)),
                             specialities, title=user.expert.title))
    return made


def _post(post: ExpertPost) -> Post:
    return Post(Organisation(post.code, post.institution), post.since, post.until, post.position)


def declarations(round_: Round, users: Iterable[User], applications: Iterable[Application]) -> list[Declaration]:
    """The last word of each expert on each application and organisation, where it is a tie."""
    known = {u.pk for u in users}
    asked = {a.pk for a in applications}
    last: dict[tuple[int, int | None, str], Declared] = {}
    for said in Declared.objects.filter(round=round_).select_related("user", "application").order_by("at", "pk"):
        last[said.user_id, said.application_id, said.organisation] = said
    return [Declaration(d.user.public_id, d.relation, d.application.public_id if d.application else "", d.organisation,
                        "", d.at.date())
            for d in last.values()
            if d.relation and d.user_id in known and (d.application_id in asked or d.organisation)]


def conflict_rules(round_: Round, day: dt.date | None = None) -> Rules:
    """What the round makes of each rule. A rule that bars names the round's own detailed rules."""
    basis = f"《{round_.title}》评审细则·回避"
    return Rules(day or today(), {
        rule: Setting(mode, basis) if mode == "bar" else Setting(mode)  # type: ignore[arg-type]  # one of the three
        for rule, mode in rules_of(round_).conflicts.items()})


def conflicts_in(round_: Round, users: Iterable[User], applications: Iterable[Application]) -> Findings:
    """Every tie between these people and these applications, declared or derived."""
    people, papers = list(users), list(applications)
    return find_conflicts(reviewers(people), [reviewed(a) for a in papers], conflict_rules(round_),
                          declarations(round_, people, papers))


def conflicts_of_reviewers(round_: Round, users: Iterable[User], applications: Iterable[Application]) -> Findings:
    """The same of those who review; and who of them could not be blind."""
    people, papers = list(users), list(applications)
    found = conflicts_in(round_, people, papers)
    return replace(found, conflicts=(*found.conflicts, *readers_of_names(round_, people, papers)))
