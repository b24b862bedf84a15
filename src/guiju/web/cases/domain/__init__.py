"""Acts on cases. The law is asked in `guiju.lifecycle`; here its answers are kept, each in one transaction."""

from guiju.web.cases.domain.acts import Call, Overtaken, begin_case, bring_up_to_date, make_move, refused_already
from guiju.web.cases.domain.roles import assign, invite_partner, release

__all__ = ["Call", "Overtaken", "assign", "begin_case", "bring_up_to_date", "invite_partner", "make_move",
           "refused_already", "release"]
