from django.apps import AppConfig


class Intake(AppConfig):
    name = "guiju.web.intake"
    label = "intake"

    def ready(self) -> None:
        from guiju.web.intake import queries, rules, ways  # noqa: F401  # enter permissions, files, pages of moves
        from guiju.web.kit.navigation import enter
        from guiju.web.kit.permissions import verdict

        enter("推荐", "Recommending", "intake:recommend", 60, lambda user: bool(verdict(user, "recommend.list")))
        enter("形式审查", "Examination", "intake:examine", 61, lambda user: bool(verdict(user, "examine.list")))
