from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_texts_apart")]
    operations = [
        migrations.AlterField("chartrevision", "files", models.JSONField(default=dict)),  # for the way back
        migrations.RemoveField("chartrevision", "files"),
    ]
