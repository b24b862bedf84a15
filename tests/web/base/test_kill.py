"""Real servers under load, killed at any moment: what was acknowledged is there, once, and every case holds."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import random
import signal
import threading
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode

import pytest
from places import Place
from test_server import free_port, wait_for

pytestmark = pytest.mark.django_db(transaction=True)
CLIENTS, KILLS = 12, 2
ENOUGH, PATIENCE = 12, 300  # acts before a kill; seconds to wait for them
SEED = """
from guiju.web.secret import prepare; prepare()
import django; django.setup()
import json
from django.conf import settings
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
settings.ALLOWED_HOSTS = ["testserver"]
from django.core.management import call_command
call_command("migrate", verbosity=0)
from django.test import Client
from people import build
from test_faults import leader
world = build()
record = leader(world)
def cookie(user):
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value
print(json.dumps({"case": record.public_id, "officer": cookie(world.officer), "manager": cookie(world.manager)}))
"""
CHECK = """
import django; django.setup()
import json
from guiju.web.cases.models import CaseRecord, EventRecord
from guiju.web.cases.store import verified
from guiju.web.outbox.models import Message
records = list(CaseRecord.objects.all())
print(json.dumps({
  "faults": [str(f) for r in records for f in verified(r)],
  "heads": [r.public_id for r in records if r.events.order_by("-number").first().sha256 != r.head],
  "cases": [r.public_id for r in records],
  "notes": [json.loads(line).get("evidence", {}).get("note", "") or line
            for line in EventRecord.objects.values_list("line", flat=True)]}, ensure_ascii=False))
"""


@dataclass
class Load:
    """Clients that do one act after another; each act carries a note that is its own."""

    port: int
    seed: dict[str, str]
    stop: threading.Event = field(default_factory=threading.Event)
    asked: list[str] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def client(self, place: int) -> None:
        while not self.stop.is_set():
            with contextlib.suppress(OSError, http.client.HTTPException):
                self.act(place)

    def act(self, place: int) -> None:
        note = f"n{len(self.asked)}-{place}-{random.getrandbits(48):x}"
        self.asked.append(note)
        if place % 2:
            path, who = f"/cases/{self.seed['case']}/do/adopt/", "officer"
            facts = {"fact-title_use": "政府采购"}
        else:
            path, who = "/cases/programmes/national/leader-title/begin/enter/", "manager"
            facts = {"fact-leader_standard_declared": "是", "fact-leader_standard_in_field": "是"}
        status, where, body = self.post(path, self.seed[who], {**facts, "note": note})
        if status == 302:
            self.acknowledged.append(note)
            self.opened.append(where.split("/")[2])
        else:
            self.refused.append(f"{status} {path} {body[:2000]}")

    def post(self, path: str, session: str, form: dict[str, str]) -> tuple[int, str, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("POST", path, urlencode(form), {
                "Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": "a" * 32,
                "Cookie": f"guiju_session={session}; csrftoken={'a' * 32}"})
            answer = connection.getresponse()
            return answer.status, answer.getheader("Location", ""), answer.read().decode()
        finally:
            connection.close()


def killed_under_load(place: Place, load: Load) -> None:
    """Serve, work, and kill everything at once, at no particular moment."""
    process = place.serving(load.port)
    try:
        wait_for(f"http://127.0.0.1:{load.port}/healthz")
        load.stop.clear()
        threads = [threading.Thread(target=load.client, args=(n,), daemon=True) for n in range(CLIENTS)]
        for thread in threads:
            thread.start()
        until, before = time.monotonic() + PATIENCE, len(load.acknowledged)
        while len(load.acknowledged) < before + ENOUGH and time.monotonic() < until:
            time.sleep(random.uniform(0, 0.1))
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)
    load.stop.set()
    for thread in threads:
        thread.join(20)


def test_no_acknowledged_act_is_lost_and_none_is_doubled(elsewhere: Place) -> None:
    elsewhere.more["GUIJU_SECOND_FACTOR"] = "off"
    seeded = elsewhere.run("-c", SEED)
    assert seeded.returncode == 0, seeded.stderr
    load = Load(free_port(), json.loads(seeded.stdout.splitlines()[-1]))
    for _ in range(KILLS):
        killed_under_load(elsewhere, load)

    found = elsewhere.run("-c", CHECK)
    assert found.returncode == 0, found.stderr
    state = json.loads(found.stdout)
    assert (state["faults"], state["heads"], load.refused) == ([], [], [])
    times = {note: sum(note in kept for kept in state["notes"]) for note in load.asked}
    assert len(load.acknowledged) >= KILLS * ENOUGH
    assert [n for n in load.acknowledged if times[n] != 1] == []
    assert [n for n in load.asked if times[n] > 1] == []
    assert set(load.opened) <= set(state["cases"])
