"""Finds the forms of pages as a browser sees them, and fills them with what nobody should write."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from email import message_from_bytes
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote_from_bytes, urlsplit

import openpyxl
import pypdfium2
from django.apps import apps
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models, transaction
from django.test import Client
from hostile_files import PDF
from icalendar import Calendar
from lxml import etree

from guiju.web.accounts.models import User
from guiju.web.outbox.domain import send_due

MARK = "攻7x"
# One line of everything that a page, a sheet, a typesetter, a template or a shell might run.
LINE = (f"=1+1{MARK}<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{{{731*733}}}}{{% now \"Y\" %}}"
        "#(731*733)$x$ *b* [a](javascript:alert(1)) </w:t>\u202e\u200b&amp;\\n")
LETTER = f"{MARK}\r\nBcc: thief@example.org\r\n\r\nEND:VEVENT\r\nBEGIN:VALARM\r\nContent-Type: text/html"
LONG = f"{MARK}长" * 1500
BROKEN = f"{MARK}\x00\ud800\x1b[31m\ufeff\x0b".encode("utf-8", "surrogatepass")
FORMULAS = ("=", "+", "-", "@", "\t", "\r")
# What would run: none of it may stand in a page as it was written.
RAW = re.compile(r"<script>alert|<img src=x|535823|href=\"javascript:", re.IGNORECASE)
TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")  # what shows the rest of a line in another order
LEFT_ALONE = re.compile(r"/(sign-out|language|close|sessions/end|second|passkeys|password|sso|tokens)/"
                        r"|/programmes/(?!national/leader-title/)")
FAMILY = models.CharField, models.TextField
ENDS = {"decline", "submit", "close", "count", "forward", "off", "list"}
# Where anything else would be refused before its text is kept.
FITS = {"value": "80", "own-new_name": f"{MARK}<script>alert(1)</script>国家质量标准实验室"}
TYPED = {"date": "2026-03-20", "datetime-local": "2026-03-20T09:00", "number": "1", "email": "a@example.org",
         "tel": "010-12345678", "time": "09:00"}


@dataclass
class Field:
    name: str
    kind: str
    value: str = ""
    most: int = 0
    options: list[str] = field(default_factory=list)
    on: bool = False

    @property
    def is_text(self) -> bool:
        return self.kind in ("text", "textarea", "search", "url")


@dataclass
class Form:
    """A form of a page, with what stands in it."""

    page: str
    action: str
    method: str
    fields: list[Field] = field(default_factory=list)
    button: tuple[str, str] | None = None

    @property
    def key(self) -> tuple[str, ...]:
        """Two forms that differ in ids only are the same attack."""
        where = re.sub(r"[A-Z0-9]{4}(-[A-Z0-9]{4}){2}|\d+|(?<=/marks/)\w+", "…", urlsplit(self.action).path)
        names = sorted({re.sub(r"\d+", "…", f.name) for f in self.fields})
        return (where, self.button[1] if self.button else "", *names)

    @property
    def ends(self) -> bool:
        """Whether it takes away what the other forms of the page are about."""
        return bool(ENDS & {self.button[1] if self.button else "", *(f.value for f in self.fields if f.name == "do")})

    def filled(self, text: str | None) -> dict[str, Any]:
        """As someone would send it who means it: `text` in every field for text, as long as the field takes it (LONG is
        longer), and a file. None: what stands there."""
        sent: dict[str, Any] = {}
        for one in self.fields:
            if one.kind in ("submit", "button", "image", "reset") or not one.name:
                continue
            if one.kind == "file":
                sent |= {one.name: SimpleUploadedFile("a.pdf", PDF)} if text is not None else {}
                continue
            if one.kind in ("checkbox", "radio"):
                if one.kind == "checkbox" or one.name not in sent:
                    sent.setdefault(one.name, [] if one.kind == "checkbox" else one.value)
                    if one.kind == "checkbox":
                        sent[one.name].append(one.value or "on")
            elif one.kind == "select":
                chosen = [o for o in one.options if o]
                sent[one.name] = chosen[0] if chosen else ""
            elif one.kind == "hidden":
                sent[one.name] = one.value
            elif one.is_text and text is not None:
                sent[one.name] = FITS.get(one.name) or (text[:one.most] if one.most and text != LONG else text)
            else:
                sent[one.name] = one.value or TYPED.get(one.kind, "")
        if self.button:
            sent[self.button[0]] = self.button[1]
        return sent

    def broken(self, value: Any) -> dict[str, Any]:
        """`value` in every field, whatever its kind."""
        return {f.name: value for f in self.fields if f.name}


class _Reader(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.page, self.forms = page, list[Form]()
        self.links = set[str]()
        self._by_id: dict[str, Form] = {}
        self._form: Form | None = None
        self._select: Field | None = None
        self._area: Field | None = None

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        a = {k: v or "" for k, v in attributes}
        if tag == "a" and a.get("href", "").startswith(("/", "?")):
            self.links.add(_address(self.page, a["href"]))
        if tag == "form":
            self._form = Form(self.page, _address(self.page, a.get("action", "") or self.page),
                              a.get("method", "get").lower())
            self.forms.append(self._form)
            if a.get("id"):
                self._by_id[a["id"]] = self._form
        form = self._by_id.get(a["form"]) if "form" in a else self._form
        if form is not None:
            self._control(form, tag, a)

    def _control(self, form: Form, tag: str, a: dict[str, str]) -> None:
        if tag == "input":
            form.fields.append(Field(a.get("name", ""), a.get("type", "text"), a.get("value", ""),
                                     int(a.get("maxlength", 0) or 0)))
        elif tag == "textarea":
            self._area = Field(a.get("name", ""), "textarea", "", int(a.get("maxlength", 0) or 0))
            form.fields.append(self._area)
        elif tag == "select":
            self._select = Field(a.get("name", ""), "select")
            form.fields.append(self._select)
        elif tag == "option" and self._select is not None:
            self._select.options.append(a.get("value", ""))
        elif tag == "button" and a.get("name") and form.button is None:
            form.button = (a["name"], a.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea":
            self._area = None

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._area.value += data


def _address(page: str, given: str) -> str:
    given = given.partition("#")[0]
    return urlsplit(page).path + given if given.startswith("?") else given or page


@dataclass
class File:
    """What was downloaded, and how it was announced."""

    kind: str
    disposition: str
    content: bytes


@dataclass
class Attacker:
    """A person who opens all that links lead to. `seen`: what each address answered, by its form."""

    client: Client
    seen: dict[str, str] = field(default_factory=dict)
    forms: dict[tuple[str, ...], Form] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)

    def walk(self, *start: str, most: int = 400) -> Attacker:
        waiting, known, kinds = list(start), set(start), {}
        while waiting and len(self.seen) < most:
            address = waiting.pop(0)
            kind = re.sub(r"[A-Z0-9]{4}(-[A-Z0-9]{4}){2}|\d+", "…", address)
            kinds[kind] = kinds.get(kind, 0) + 1
            if kinds[kind] > 2:
                continue
            answer = self.client.get(address, follow=True)
            assert answer.status_code < 500, address
            self._read(address, answer)
            for link in sorted(self._links - known):
                if not link.startswith("/static/") and not LEFT_ALONE.search(link):
                    known.add(link)
                    waiting.append(link)
        return self

    def _read(self, address: str, answer: Any) -> None:
        self._links: set[str] = set()
        if answer.get("Content-Type", "").startswith("text/html"):
            html = answer.content.decode()
            assert not RAW.search(html), (address, RAW.search(html))
            assert not TURNS.search(html), address
            self.seen[address] = html
            page = answer.request["PATH_INFO"]
            if answer.request.get("QUERY_STRING"):
                page += "?" + answer.request["QUERY_STRING"]
            reader = _Reader(page)
            reader.feed(html.partition("<main")[2])
            self._links = reader.links
            for form in reader.forms:
                if form.method == "post" and not LEFT_ALONE.search(form.action):
                    self.forms.setdefault(form.key, form)
        elif address not in self.files:
            self.files[address] = File(answer.get("Content-Type", ""), answer.get("Content-Disposition", ""), b"".join(
                answer.streaming_content) if answer.streaming else answer.content)

    def tried(self, form: Form, data: Any, kept: bool = False) -> Any:
        """Send a form. What it did is undone, unless it is to be kept."""
        with transaction.atomic():
            answer = self.client.post(form.action, data, HTTP_REFERER=f"http://testserver{form.page}")
            if answer.status_code in (200, 400, 403, 404, 409, 413, 422) and \
                    answer.get("Content-Type", "").startswith("text/html"):
                html = answer.content.decode()
                assert not RAW.search(html), (form.action, RAW.search(html))
            if not kept:
                transaction.set_rollback(True)
        assert answer.status_code < 500, (form.action, answer.status_code)
        return answer


def raw_body(pairs: list[tuple[str, bytes]]) -> bytes:
    """A form's body with bytes as they are, escaped for a URL."""
    return b"&".join(quote_from_bytes(n.encode()).encode() + b"=" + quote_from_bytes(v).encode() for n, v in pairs)


def attacked(user: User | None, *start: str, most: int = 25) -> Attacker:
    """Every form that the person's pages hold is sent: with broken bytes in all fields and undone; with what runs, and
    kept. Nobody: somebody of the public."""
    client = Client()
    if user is not None:
        client.force_login(user)
    attacker = Attacker(client).walk(*start, most=most)
    assert attacker.forms
    for form in list(attacker.forms.values()):
        broken(attacker, form)
        attacker.tried(form, form.broken("9" * 5000))
        attacker.tried(form, form.filled(LONG), kept=not form.ends)
        attacker.tried(form, form.filled(LETTER), kept=not form.ends)
        attacker.tried(form, form.filled(LINE), kept=not form.ends)
    return Attacker(client).walk(*start, most=most)


def broken(attacker: Attacker, form: Form) -> None:
    with transaction.atomic():
        answer = attacker.client.generic("POST", form.action, raw_body([(f.name, BROKEN) for f in form.fields]),
                                         "application/x-www-form-urlencoded")
        assert answer.status_code < 500, form.action
        transaction.set_rollback(True)


def files_are_whole(attacker: Attacker) -> set[str]:
    """What was downloaded opens, and nothing of it runs: no cell is a formula, no text is markup, no line of a calendar
    is one that somebody typed. The kinds of files that there were."""
    for address, file in attacker.files.items():
        assert "\n" not in file.disposition + file.kind
        if "/files/" in address:  # as somebody sent it
            assert file.disposition.startswith("attachment")
        elif "spreadsheetml" in file.kind:
            _sheet_is_plain(address, file.content)
        elif "wordprocessingml" in file.kind:
            with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
                parts = [etree.fromstring(archive.read(n)) for n in archive.namelist() if n.endswith(".xml")]
            assert not any(TURNS.search("".join(p.itertext())) for p in parts), address
        elif "pdf" in file.kind:
            assert len(pypdfium2.PdfDocument(file.content)), address
        elif "calendar" in file.kind:
            lines = file.content.decode().replace("\r\n ", "")
            assert Calendar.from_ical(file.content)
            assert not re.search(r"^(Bcc|Content-Type):|^END:VEVENT\s+BEGIN:VALARM\s+Content", lines, re.MULTILINE)
            assert not TURNS.search(lines), address
    return {file.kind.partition(";")[0].rpartition(".")[2] for file in attacker.files.values()}


def _sheet_is_plain(address: str, content: bytes) -> None:
    for sheet in openpyxl.load_workbook(io.BytesIO(content)).worksheets:
        for cell in (c for row in sheet.iter_rows() for c in row):
            assert cell.data_type != "f", (address, cell.coordinate)
            if isinstance(cell.value, str):
                assert cell.quotePrefix or not cell.value.startswith(FORMULAS), (address, cell.coordinate)
                assert not TURNS.search(cell.value), (address, cell.coordinate)


def nothing_unfit_is_kept() -> None:
    """No text of the database holds a NUL, none is longer than its column: PostgreSQL takes neither, so a page that
    kept one here would break there."""
    for model in apps.get_models():
        columns = [f for f in model._meta.concrete_fields if isinstance(f, FAMILY)]
        for row in model._default_manager.values_list(*(c.name for c in columns)) if columns else ():
            for column, value in zip(columns, row, strict=True):
                if isinstance(value, str):
                    assert "\0" not in value, column
                    assert len(value) <= (column.max_length or len(value)), column


def letters_are_whole() -> None:
    """What was typed makes no header, no second person and no other kind of letter."""
    mail.outbox.clear()
    send_due()
    for letter in mail.outbox:
        read = message_from_bytes(letter.message().as_bytes())
        assert not TURNS.search(letter.subject + letter.body)
        assert read["Bcc"] is None
        assert len(letter.recipients()) == 1
        assert read.get_content_type() == "text/plain"


def shows(pages: Iterable[str]) -> bool:
    return any(MARK in page for page in pages)
