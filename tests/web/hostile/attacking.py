"""Finds the forms of pages as a browser sees them, and fills them with what nobody should write."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote_from_bytes, urlsplit

from django.db import transaction
from django.test import Client

MARK = "攻7x"
# One line of everything that a page, a sheet, a typesetter, a template or a shell might run.
LINE = (f"=1+1{MARK}<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{{{731*733}}}}{{% now \"Y\" %}}"
        "#(731*733)$x$ *b* [a](javascript:alert(1)) </w:t>\u202e\u200b&amp;\\n")
LETTER = f"{MARK}\r\nBcc: thief@example.org\r\n\r\nEND:VEVENT\r\nBEGIN:VALARM\r\nContent-Type: text/html"
BROKEN = f"{MARK}\x00\ud800\x1b[31m\ufeff\x0b".encode("utf-8", "surrogatepass")
FORMULAS = ("=", "+", "-", "@", "\t", "\r")
# What would run: none of it may stand in a page as it was written.
RAW = re.compile(r"<script>alert|<img src=x|535823|href=\"javascript:", re.IGNORECASE)
LEFT_ALONE = re.compile(r"/(sign-out|language|close|sessions/end|second|passkeys|password|sso|tokens)/"
                        r"|/programmes/(?!national/leader-title/)")
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
        where = re.sub(r"[A-Z0-9]{4}(-[A-Z0-9]{4}){2}|\d+", "…", urlsplit(self.action).path)
        names = sorted({re.sub(r"\d+", "…", f.name) for f in self.fields})
        return (where, self.button[1] if self.button else "", *names)

    def filled(self, text: str | None) -> dict[str, Any]:
        """As someone would send it who means it: `text` in every field for text, as long as the field takes it. None:
        what stands there."""
        sent: dict[str, Any] = {}
        for one in self.fields:
            if one.kind in ("file", "submit", "button", "image", "reset") or not one.name:
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
                sent[one.name] = text[:one.most] if one.most else text
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
class Attacker:
    """A person who opens all that links lead to. `seen`: what each address answered, by its form."""

    client: Client
    seen: dict[str, str] = field(default_factory=dict)
    forms: dict[tuple[str, ...], Form] = field(default_factory=dict)
    files: dict[str, Any] = field(default_factory=dict)

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
            self.files[address] = answer

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
