"""Words for what a chart says by a key: on which basis a rule stands, what follows when a term is over."""

from __future__ import annotations

from guiju.lifecycle.chart import LAPSE, REGISTER
from guiju.source.diagnostics import Text

BASES = {"inferred": Text("推定", "inferred"), "default": Text("默认", "default")}
AFTER = {REGISTER: Text("登记逾期", "the overrun is registered"), LAPSE: Text("机会作废", "the chance passes")}
