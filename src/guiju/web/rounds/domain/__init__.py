"""Acts on rounds."""

from guiju.web.rounds.domain.changing import change, impact_of
from guiju.web.rounds.domain.drafting import edit, new_round, refuse_superseded
from guiju.web.rounds.domain.opening import open_case
from guiju.web.rounds.domain.publishing import close, finish, publish
from guiju.web.rounds.edits import Edit

__all__ = ["Edit", "change", "close", "edit", "finish", "impact_of", "new_round", "open_case", "publish",
           "refuse_superseded"]
