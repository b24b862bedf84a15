"""Goes everywhere that the addresses of the site lead, as one person, with every id that there is, and reads whatever
comes: pages, sheets, papers, archives, calendars, the API's answers, letters.

What could tell nothing new is left out: views that answer no GET, after the first answer; of the library and the
programmes, which are the same whoever looks, all but one page of a kind, and the round's own; pages behind a look-up
that found nothing, after one page behind that look-up has said so.
"""

from __future__ import annotations

import functools
import html
import inspect
import io
import itertools
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import unquote, urlsplit

import pypdfium2
from django.conf import settings
from django.http import Http404
from django.test import Client
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve
from guarded_world import Guarded
from people import LEADER as OTHER
from rounds_world import LABORATORY

from guiju.web.accounts.models import Invitation, Organisation, User
from guiju.web.api.models import ApiToken
from guiju.web.applications.models import Application, Comment
from guiju.web.cases.models import CaseRecord, PendingMove
from guiju.web.files.models import Attachment
from guiju.web.intake.models import Batch, Consultation
from guiju.web.laboratories.models import Laboratory
from guiju.web.notices.models import Inquiry, Objection, PublicNotice
from guiju.web.outbox.models import Message
from guiju.web.reviewing.models import Assigned, Hearing, Meeting, Panel, Run, Seat, VetoClaim, Visit
from guiju.web.rounds.models import Round, RoundBody

Values = Callable[[], list[Any]]
LookUp = tuple[Callable[..., Any], tuple[tuple[str, Any], ...]]


def ids(model: Any, field: str = "public_id") -> Values:
    return lambda: list(model.objects.order_by("pk").values_list(field, flat=True))


def words(*given: Any) -> Values:
    return lambda: list(given)


# What stands in the place of a parameter: by the word before it in the address; by both where two come together.
GIVES: dict[str, Values] = {
    "organisations": lambda: ids(Organisation)()[3:7], "invitations": ids(Invitation),
    "people": lambda: ids(User)()[::9],
    "delegations": words(1), "passkeys": words(1), "reset": words("x"), "address": words("x"), "invitation": words("x"),
    "files": ids(Attachment), "cases": ids(CaseRecord), "roles": words(1),
    "do": lambda: sorted({*PendingMove.objects.values_list("name", flat=True), "major_change:T44"}),
    "programmes": words(LABORATORY), "begin": words("T01"),
    "rounds": ids(Round), "call.": words("pdf", "docx"), "edit": words("dates", "review", "texts"),
    "act": words("close"), "notices": ids(PublicNotice), "desk": ids(Objection),
    "inquiries": ids(Inquiry, "pk"), "answer": lambda: [1], "object": words(1, 2), "items": words(1, 2),
    "paper.": words("pdf", "docx"), "minutes.": words("pdf", "docx"), "paper": words("pdf", "docx"),
    "call": words("pdf", "docx"), "bodies": ids(RoundBody, "pk"),
    "apply": ids(Application), "applications": ids(Application), "application": ids(Application),
    "recommending": ids(Application), "examining": ids(Application), "led": ids(Application),
    "parts": words("purpose", "host", "evidence"), "fields": words("purpose_text", "staff"),
    "to": words("purpose_text"),
    "comments": lambda: ids(Comment, "pk")()[:1], "revisions": words(1, 2), "receipts": words(2),
    "documents": words("filled.docx", "form.pdf"),
    "application/act": words("take-in", "send-back", "forward", "decline"),
    "recommend": ids(Round), "recommend/number": ids(RoundBody, "pk"), "examine": ids(Round), "batches": ids(Batch),
    "mine": ids(Assigned), "reviews": ids(Assigned), "marks": words("equipment", "scientific"),
    "meetings": ids(Meeting), "hearings": ids(Hearing), "laboratories": ids(Laboratory), "leaders": words("director"),
    "outputs": words(1), "calendar": words("x"), "tokens": ids(ApiToken, "pk"),
    "objections": ids(Objection), "moves": words("T21"), "organising": ids(Round), "presiding": ids(Round),
    "results": ids(Round), "approval": ids(Round), "panels": ids(Panel), "members": lambda: ids(User)()[-1:],
    "seats": ids(Seat, "pk"), "assignment": ids(Run), "leading": ids(Application), "claims": ids(VetoClaim),
    "figures": ids(Round), "consultations": ids(Consultation),
    "visits": ids(Visit), "minutes": words("pdf", "docx"), "library": words("dictionary"),
}
_PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")
_OTHER_PROGRAMMES = re.compile(rf"/cases/programmes/(?!{LABORATORY}|{OTHER}).")
_LIBRARY = "library/"
_ONLY_SENT_TO: set[str] = set()  # the routes that answered 405: their views are shut to GET whatever stands in them


def patterns(found: list[URLPattern | URLResolver] | None = None, before: str = "", space: str = ""
             ) -> Iterator[tuple[URLPattern, str, str]]:
    """Every view, its address as it is written, and its app."""
    for pattern in get_resolver().url_patterns if found is None else found:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern.url_patterns, here, pattern.namespace or space)
        else:
            yield pattern, here, space


def addresses(written: str) -> Iterator[str]:
    """The address with everything that its first parameter may be, and with two of what the next ones may: what belongs
    to the first is met by the links of its pages."""
    lists = []
    for found in _PARAMETER.finditer(written):
        values = ["x"] if found[2] == "token" else GIVES[_word(written, found)]()
        lists.append(list(dict.fromkeys((values[0], values[-1]))) if lists and values else values)
    for values in itertools.product(*lists):
        given = iter(values)
        yield "/" + _PARAMETER.sub(lambda _, g=given: str(next(g)), written)


def _word(written: str, found: re.Match[str]) -> str:
    """By which `GIVES` knows a parameter."""
    before = written[:found.start()]
    if not before.endswith("/"):
        return before.rpartition("/")[2]
    last, name = before.rstrip("/").rpartition("/")[2], found[2]
    if not last.startswith("<"):
        return last
    word = before.rstrip("/").rpartition("/")[0].rpartition("/")[2]
    return f"{word}/{name}"


def client_of(world: Guarded, who: str) -> Client:
    made = Client(raise_request_exception=True)
    if who != "anonymous":
        made.force_login(world.people[who])
    return made


def visited(world: Guarded, who: str) -> Iterator[tuple[str, str]]:
    """Where the person gets to by GET, and all that he reads there."""
    client, token = client_of(world, who), world.tokens.get(who)
    queue = list(dict.fromkeys(a for _, written, _ in patterns() for a in addresses(written)))
    seen, nothing, read_once = set(queue), set[Any](), set[str]()
    for address in queue:
        route, look_up = _behind(address)
        if route in _ONLY_SENT_TO | read_once or look_up in nothing or _OTHER_PROGRAMMES.match(address):
            continue
        if route.startswith(_LIBRARY):
            read_once.add(route)
        headers = {"Authorization": f"Bearer {token}"} if address.startswith("/api/v1/") and token else None
        answer = client.get(address, headers=headers)
        if answer.status_code == 405:
            _ONLY_SENT_TO.add(route)
        elif answer.status_code == 404 and look_up and _finds_nothing(look_up, world.people[who]):
            nothing.add(look_up)
        read = read_of(answer)
        yield address, read
        if answer.status_code == 200 and "html" in answer["Content-Type"]:
            fresh = set(_links(read)) - seen
            seen |= fresh
            queue += sorted(fresh)


@functools.cache
def _behind(address: str) -> tuple[str, LookUp | None]:
    """How the address is written where it is declared, and what its door looks up: the look-up with what it is told."""
    try:
        match = resolve(urlsplit(address).path)
    except Resolver404:
        return address, None
    find = getattr(match.func, "find", None)
    named = [n for n in inspect.signature(find).parameters if n in match.kwargs] if find else []
    return match.route, (find, tuple((n, match.kwargs[n]) for n in named)) if named else None


def _finds_nothing(look_up: LookUp, user: User) -> bool:
    find, told = look_up
    try:
        find(user, **dict(told))
    except Http404:
        return True
    return False


def letters_of(world: Guarded, who: str) -> Iterator[tuple[str, str]]:
    if who == "anonymous":
        return
    for letter in Message.objects.filter(user=world.people[who]):
        yield f"letter {letter.key}", " ".join(
            (letter.subject_zh, letter.subject_en, letter.body_zh, letter.body_en, unquote(letter.link)))


def _links(page: str) -> Iterator[str]:
    for link in re.findall(r'(?:href|hx-get)="([^"#]+)', page):
        parts = urlsplit(html.unescape(link))
        if not parts.netloc and parts.path.startswith("/") and not parts.path.startswith(settings.STATIC_URL):
            yield parts.path + (f"?{parts.query}" if parts.query else "")


def read_of(answer: Any) -> str:
    """All that an answer says, its headers as well."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return unquote(str(dict(answer.headers))) + "".join(_texts(body))


def _texts(body: bytes) -> Iterator[str]:
    if body[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            for name in archive.namelist():
                yield name
                yield from _texts(archive.read(name))
    elif body[:5] == b"%PDF-":
        yield body.decode("utf-8", "replace")
        yield _printed(body)
    else:
        text = html.unescape(body.decode("utf-8", "replace")).replace("\r\n ", "")
        yield text
        if "\\u" in text:
            try:
                yield json.dumps(json.loads(body), ensure_ascii=False)
            except ValueError:
                return


@functools.lru_cache(maxsize=64)
def _printed(body: bytes) -> str:
    """The text of a PDF, without its spaces; the same paper, read by another, is not unfolded again."""
    try:
        pages = pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError:
        return ""
    return "\n".join("".join(page.get_textpage().get_text_range().replace("\u200b", "").split()) for page in pages)
