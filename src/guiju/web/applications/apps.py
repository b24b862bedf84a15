from django.apps import AppConfig


class Applications(AppConfig):
    name = "guiju.web.applications"
    label = "applications"

    def ready(self) -> None:
        from guiju.web.accounts.domain.invitations import JOINS
        from guiju.web.applications import rules  # noqa: F401  # enters its permissions
        from guiju.web.applications.domain.partners import name_on_cover
        from guiju.web.applications.domain.writing import read_forms
        from guiju.web.applications.queries import may_apply
        from guiju.web.applications.ways import to_check_page
        from guiju.web.cases.ways import ONLY, WAYS
        from guiju.web.kit.ahead import AHEAD
        from guiju.web.kit.navigation import enter
        from guiju.web.rounds.programmes import LABORATORY

        WAYS[LABORATORY, "T03"] = to_check_page
        ONLY.add((LABORATORY, "T03"))  # checked, in time, with the form's own PDF
        AHEAD.append(read_forms)
        JOINS.append(name_on_cover)
        enter("我的申报", "My applications", "applications:mine", 16, may_apply)
