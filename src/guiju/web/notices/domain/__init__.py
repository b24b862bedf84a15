"""Acts on notices and objections."""

from guiju.web.notices.domain.publishing import Item, Plan, plan, publish, withdraw

__all__ = ["Item", "Plan", "plan", "publish", "withdraw"]
