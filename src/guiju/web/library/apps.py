from django.apps import AppConfig


class Library(AppConfig):
    name = "guiju.web.library"
    label = "library"

    def ready(self) -> None:
        from guiju.web.kit.ahead import AHEAD
        from guiju.web.kit.navigation import enter, everyone
        from guiju.web.kit.ticks import every
        from guiju.web.library.tasks import bring_index_up_to_date, prepare_pages

        enter("政策库", "Library", "library:overview", 38, everyone)
        AHEAD.append(_read_ahead)
        every(3600, prepare_pages, when=_wants_pages)
        every(3600, bring_index_up_to_date)


def _read_ahead() -> None:
    """Here and below: commands that show no page load no book."""
    from guiju.web.library.pages import read_ahead
    from guiju.web.library.searching import warm

    read_ahead()
    warm()


def _wants_pages() -> bool:
    from guiju.web.library.pages import is_prepared

    return not is_prepared()
