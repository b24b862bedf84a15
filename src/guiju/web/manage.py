"""Django's own commands over this site: `guiju manage …`, or `python -m guiju.web.manage …`."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from guiju.web.secret import prepare


def main(arguments: Sequence[str]) -> None:
    """Run one command. Django says what is wrong with it, and exits."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guiju.web.settings")
    prepare()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["guiju manage", *arguments])


if __name__ == "__main__":
    main(sys.argv[1:])
