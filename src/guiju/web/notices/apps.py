from django.apps import AppConfig


class Notices(AppConfig):
    name = "guiju.web.notices"
    label = "notices"

    def ready(self) -> None:
        from guiju.web.kit.navigation import enter, everyone
        from guiju.web.kit.ticks import every
        from guiju.web.notices import holds, queries, rules, ways  # noqa: F401  # enter permissions and files
        from guiju.web.notices.tasks import forget

        ways.enter()
        holds.enter()
        every(3600, forget)
        enter("公示", "Notices", "notices:list", 36, everyone)
        enter("异议办理", "Objections", "notices:desk", 15, queries.settles_objections)
