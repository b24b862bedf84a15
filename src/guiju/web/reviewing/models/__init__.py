"""The tables of `reviewing`."""

from guiju.web.reviewing.models.assigning import Assigned, Declared, PairRule, Run
from guiju.web.reviewing.models.bodies import Committee, Panel, PanelMember, Placement, Seat
from guiju.web.reviewing.models.marking import Mark, Sheet, VetoClaim, Visit
from guiju.web.reviewing.models.voting import Box, Hearing, Meeting

__all__ = ["Assigned", "Box", "Committee", "Declared", "Hearing", "Mark", "Meeting", "PairRule", "Panel", "PanelMember",
           "Placement", "Run", "Seat", "Sheet", "VetoClaim", "Visit"]
