"""Moves each chart's text into its own table. Apart from the change of tables before and after: PostgreSQL alters no
table whose rows have just changed."""

from typing import Any

from django.db import migrations


def apart(apps: Any, _: Any) -> None:
    text = apps.get_model("cases", "ChartText")
    for revision in apps.get_model("cases", "ChartRevision").objects.iterator():
        text.objects.update_or_create(revision=revision, defaults={"files": revision.files})


def together(apps: Any, _: Any) -> None:
    revisions = apps.get_model("cases", "ChartRevision").objects
    for text in apps.get_model("cases", "ChartText").objects.iterator():
        revisions.filter(pk=text.pk).update(files=text.files)


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_chart_text")]
    operations = [migrations.RunPython(apart, together)]
