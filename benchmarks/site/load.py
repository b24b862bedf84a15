"""Fifty people at once, for `make bench-web`: each asks one page after another for as long as it lasts, with
a pause before each as people make who read what they see, or with none.

Run by `web.py` in a process of its own, so that measuring and serving share nothing but the machine. Reads what
`seed.py` printed from standard input; prints times in milliseconds and what went wrong, by kind of page.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import random
import re
import sys
import threading
import time
from collections import defaultdict
from typing import Any
from urllib.parse import urlencode

TOKEN = "a" * 32
PUBLIC = ("/", "/cases/programmes/", "/rounds/", "/notices/", "/laboratories/")
DASHBOARDS = ("/desk/", "/cases/", "/desk/deadlines/", "/inbox/")
VERSION = re.compile(r'name="version"[^>]*value="(\d+)"')


class Person:
    """One connection and one session. `times`, `faults`: by kind, shared with everyone."""

    def __init__(self, port: int, times: dict[str, list[float]], faults: dict[str, list[str]], seed: int,
                 pause: tuple[float, float]) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.times, self.faults = times, faults
        self.random, self.version, self.pause = random.Random(seed), 0, pause

    def ask(self, kind: str, path: str, session: str = "", form: dict[str, str] | None = None) -> tuple[int, str]:
        headers = {"Cookie": f"guiju_session={session}; csrftoken={TOKEN}" if session else f"csrftoken={TOKEN}"}
        body = None
        if form is not None:
            body = urlencode(form)
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": TOKEN, "HX-Request": "true"}
        time.sleep(self.random.uniform(*self.pause))
        began = time.perf_counter()
        try:
            self.connection.request("POST" if form is not None else "GET", path, body, headers)
            answer = self.connection.getresponse()
            content = answer.read().decode()
        except (OSError, http.client.HTTPException) as error:
            self.connection.close()
            self.faults[kind].append(f"{type(error).__name__} {path}")
            return 0, ""
        self.times[kind].append((time.perf_counter() - began) * 1000)
        if answer.status != 200:
            self.faults[kind].append(f"{answer.status} {path}")
        return answer.status, content

    def look(self, known: dict[str, Any]) -> None:
        self.ask("public page", self.random.choice(PUBLIC))
        self.ask("dashboard", self.random.choice(DASHBOARDS), known["session"])
        self.ask("case", f"/cases/{self.random.choice(known['cases'])}/", known["session"])

    def write(self, known: dict[str, Any]) -> None:
        """Autosave of a field that is this person's alone."""
        text = f"拟建实验室围绕先进陶瓷的检验检测开展研究，第 {self.random.random()} 稿。" * 8
        status, content = self.ask("form autosave", known["path"], known["session"],
                                   {"value": text, "version": str(self.version)})
        if status in (200, 409):
            self.version = json.loads(content)["version"]
        if status == 409 and self.version:  # the first one only learns what stands there
            self.faults["form autosave"].pop()

    def mark(self, known: dict[str, Any]) -> None:
        form = {"value": str(self.random.randint(0, 5)), "reason": "依据见材料。" * 5, "version": str(self.version)}
        status, content = self.ask("score entry", known["path"], known["session"], form)
        found = VERSION.search(content)
        if status == 200 and found:
            self.version = int(found[1])


def main(port: int, people: int, seconds: float, pause: tuple[float, float]) -> None:
    given = json.load(sys.stdin)
    times: dict[str, list[float]] = defaultdict(list)
    faults: dict[str, list[str]] = defaultdict(list)
    jobs = jobs_of(given, people)
    until = time.monotonic() + seconds

    def live(place: int) -> None:
        person = Person(port, times, faults, place, pause)
        act, known = jobs[place]
        with contextlib.closing(person.connection):
            while time.monotonic() < until:
                getattr(person, act)(known)

    threads = [threading.Thread(target=live, args=(n,)) for n in range(people)]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(json.dumps({"seconds": time.monotonic() - began, "times": times, "faults": faults}))


def jobs_of(given: dict[str, Any], people: int) -> list[tuple[str, dict[str, Any]]]:
    """What each of them does: a fifth writes, a fifth marks, the others look; of these, one in five is an officer, who
    sees every organisation's cases. Raises IndexError where there is not enough to write or to mark."""
    some = people // 5
    jobs = [(act, given[of][n]) for act, of in (("write", "writers"), ("mark", "experts")) for n in range(some)]
    return jobs + [("look", _one_of(given["hosts" if n % 5 else "officers"], n)) for n in range(people - len(jobs))]


def _one_of(found: list[dict[str, Any]], number: int) -> dict[str, Any]:
    return found[number % len(found)]


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), (float(sys.argv[4]), float(sys.argv[5])))
