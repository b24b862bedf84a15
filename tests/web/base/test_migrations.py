"""From the previous revision to this one: what the earlier tables held is there afterwards, and every case holds."""

from __future__ import annotations

import json

import pytest
from places import Place

pytestmark = pytest.mark.django_db(transaction=True)
# Back to each app's last migration but one, with the rows of a working site; then rows as that revision wrote them.
EARLIER = """
from guiju.web.secret import prepare; prepare()
import django; django.setup()
import json
from django.apps import apps
from django.conf import settings
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
call_command("migrate", verbosity=0)
from people import build, moved, RESULT
world = build()
moved(world.case, "evaluate", world.officer, RESULT)
executor = MigrationExecutor(connection)
graph = executor.loader.graph
ours = {app for app, _ in graph.leaf_nodes() if apps.get_app_config(app).name.startswith("guiju.")}
before = {}
for app, name in graph.leaf_nodes():
    parents = [p.key for p in graph.node_map[app, name].parents if p.key[0] == app]
    if app in ours and parents:
        before[app] = max(parents)
executor.migrate(sorted(before.values()))
old = MigrationExecutor(connection).loader.project_state(sorted(before.values())).apps
User, Organisation = old.get_model("accounts.User"), old.get_model("accounts.Organisation")
when = world.manager.joined
made = User.objects.create(public_id="AAAA-BBBB-CCCC", login="earlier", name="早先的人", email="e@example.org",
                           joined=when, password="!")
code = "91110000000000019X"
own = Organisation.objects.create(public_id="AAAA-BBBB-DDDD", code=code, name="早先的单位", kind="office", created=when)
body = old.get_model("accounts.RecommendingBody").objects.create(organisation=own, region="110000")
old.get_model("accounts.RecommendingQuota").objects.create(body=body, chart="x", round="2024", places=3)
print(json.dumps(sorted(before)))
"""
LATER = """
import django; django.setup()
import json
from guiju.web.accounts.models import Organisation, RecommendingBody, User
from guiju.web.cases.models import CaseRecord, EventRecord
from guiju.web.cases.store import verified
early = User.objects.get(login="earlier")
print(json.dumps({
  "faults": [str(f) for r in CaseRecord.objects.all() for f in verified(r)], "events": EventRecord.objects.count(),
  "users": User.objects.count(), "early": [early.name, early.confirmed, early.closed],
  "recommends": RecommendingBody.objects.get(organisation__name="早先的单位").region}))
"""


def test_the_rows_of_the_previous_revision_are_taken_along(elsewhere: Place) -> None:
    earlier = elsewhere.run("-c", EARLIER)
    assert earlier.returncode == 0, earlier.stderr
    assert "accounts" in json.loads(earlier.stdout.splitlines()[-1])
    unready = elsewhere.run("-m", "guiju.web.manage", "migrate", "--check")
    assert unready.returncode == 1
    assert elsewhere.run("-m", "guiju.web.manage", "migrate", "-v0").returncode == 0

    later = elsewhere.run("-c", LATER)
    assert later.returncode == 0, later.stderr
    assert json.loads(later.stdout.splitlines()[-1]) == {
        "faults": [], "events": 3, "users": 8, "early": ["早先的人", None, None], "recommends": "110000"}
