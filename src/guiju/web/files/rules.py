"""Who may have a file: whoever may see what it hangs on. The app that has such things says who that is."""

from __future__ import annotations

from typing import Any

from guiju.web.files.models import Attachment
from guiju.web.files.queries import sees
from guiju.web.kit.permissions import PERMISSIONS, rule


@rule("您看不到这个文件所属的事项", "you may not see what this file belongs to")
def sees_holder(user: Any, attachment: Attachment) -> bool:
    return sees(user, attachment)


PERMISSIONS["file.view"] = sees_holder
