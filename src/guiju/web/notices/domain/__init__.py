"""Acts on notices and objections."""

from guiju.web.notices.domain.handling import answer, handle, inquire
from guiju.web.notices.domain.objecting import Objector, Receipt, object_to
from guiju.web.notices.domain.publishing import Item, Plan, plan, publish, withdraw

__all__ = ["Item", "Objector", "Plan", "Receipt", "answer", "handle", "inquire", "object_to", "plan", "publish",
           "withdraw"]
