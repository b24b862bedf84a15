"""A secret ballot on one motion, that each voter can check, decided by the round's own rule.

    >>> ballot = Ballot("2024-A07", motion, members, recused, Rule(...))
    >>> open_rules(ballot)  # what the round still has to set; () if nothing
    >>> box = open_ballot(ballot)
    >>> box, receipt = cast(box, "m03", "yes", chance)  # chance: 32 random bytes as hex, from the caller
    >>> box = close(box)
    >>> count = tally(box, present)
    >>> check_receipt(receipt, box)

One ballot, one motion: members who have to keep away from one application then give no fewer marks on one paper than
others, which would show who they are. The names of those who have voted, and the papers, are two lists without a link;
papers stand in the order of their commitments, which chance alone decides.

What is kept, and all that may be kept: `to_data(box)`, as one value that is written over at each vote, so that no row,
number or time of a paper shows who gave it. A receipt is shown to the voter once and kept nowhere.

What this can't do. Whoever can read the store between two votes, by copies or a log of changes, and knows who voted
then, sees what was voted; so can the program while a vote passes through it. A voter who shows a receipt to others
proves how he voted. An outcome in which all agree shows every vote. Against these stand organisation (who can read the
store, one session for all), not sums.
"""

from guiju.review.ballots.box import CHOICES, Ballot, Box, Choice, Paper, Receipt, Rule, cast, close, open_ballot
from guiju.review.ballots.count import Outcome, Tally, base_of, open_rules, tally
from guiju.review.ballots.store import of_data, to_data
from guiju.review.ballots.verify import check_receipt, findings

__all__ = ["CHOICES", "Ballot", "Box", "Choice", "Outcome", "Paper", "Receipt", "Rule", "Tally", "base_of",
           "cast", "check_receipt", "close", "findings", "of_data", "open_ballot", "open_rules", "tally", "to_data"]
