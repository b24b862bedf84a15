"""Forms of a limit. Each module has `KEY`, `STAGE` and `read(mapping, context, record) -> (n, amount)`.

Stages follow the order of evaluation for money: what picks among items comes before what cuts sums.
"""

KEEP_HIGHEST = 60
ELECT = 65
TOP_PER_CLASS = 70
BEST_CATEGORIES = 75
CAP = 80
