"""Expert review: who may not judge what, who judges what, what the marks come to, how a committee decided.

| module | answers |
|---|---|
| `people` | what is known of experts and of applications |
| `conflicts` | ties between an expert and an application, declared and derived, each with its reason |
| `assignment` | who reviews what: exact, explained, replayable; or why nobody can |
| `draw` | who is drawn by lot, where a programme asks for it: replayable, within a cap |
| `rubric`, `scores` | marks, vetoes, results and ranks by the round's rules; beside them, evidence about the marks |
| `ballots` | a secret ballot that each voter can check |

The sources leave weights, pass lines, ways of counting and recusal to a round's detailed rules. What such a rule does
not say is `NotComputable` here, with the name of what has to be set; nothing is made up.

All is pure: plain frozen data in, plain frozen data out, no clock, no hidden chance. `assignment` needs the extra
`review` (numpy, scipy); nothing else does.
"""

from guiju.review.unset import Missing, NotComputable

__all__ = ["Missing", "NotComputable"]
