"""Acts on rounds."""

from guiju.web.rounds.domain.drafting import Edit, edit, edit_bodies, new_round
from guiju.web.rounds.domain.opening import open_case
from guiju.web.rounds.domain.publishing import close, finish, publish

__all__ = ["Edit", "close", "edit", "edit_bodies", "finish", "new_round", "open_case", "publish"]
