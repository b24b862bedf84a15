from django.apps import AppConfig


class Rounds(AppConfig):
    name = "guiju.web.rounds"
    label = "rounds"

    def ready(self) -> None:
        from guiju.web.cases.ways import BESIDE
        from guiju.web.kit.navigation import enter, everyone
        from guiju.web.rounds import rules  # noqa: F401  # enters its permissions
        from guiju.web.rounds.queries import page_of

        BESIDE.append(page_of)
        enter("申报批次", "Rounds", "rounds:list", 35, everyone)
