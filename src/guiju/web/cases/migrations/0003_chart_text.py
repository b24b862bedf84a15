from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_daily_digests")]
    operations = [migrations.CreateModel(
        name="ChartText",
        fields=[
            ("revision", models.OneToOneField(on_delete=models.PROTECT, primary_key=True, related_name="text",
                                              serialize=False, to="cases.chartrevision")),
            ("files", models.JSONField()),
        ])]
