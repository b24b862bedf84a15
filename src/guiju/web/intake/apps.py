from django.apps import AppConfig


class Intake(AppConfig):
    name = "guiju.web.intake"
    label = "intake"

    def ready(self) -> None:
        from guiju.web.intake import queries, rules, ways  # noqa: F401  # enter permissions, files, pages of moves
        from guiju.web.kit.navigation import enter

        enter("推荐", "Recommending", "intake:recommend", 13, queries.recommends)
        enter("形式审查", "Examination", "intake:examine", 14, queries.examines)
