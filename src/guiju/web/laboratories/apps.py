from django.apps import AppConfig


class Laboratories(AppConfig):
    name = "guiju.web.laboratories"
    label = "laboratories"

    def ready(self) -> None:
        from guiju.web.cases.domain.writing import AFTER
        from guiju.web.kit.navigation import enter, everyone
        from guiju.web.laboratories import rules, ways  # noqa: F401  # rules enter their permissions
        from guiju.web.laboratories.domain.following import follow

        if follow not in AFTER:
            AFTER.append(follow)
        ways.enter()
        enter("实验室", "Laboratories", "laboratories:register", 45, everyone)
