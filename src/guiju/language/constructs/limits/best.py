"""`best: k` with `of: category`: the k categories with the highest sums."""

from guiju.language.compile.context import Context
from guiju.language.constructs.limits import BEST_CATEGORIES
from guiju.language.ir import Node
from guiju.source.document import Mapping
from guiju.source.fields import int_of
from guiju.vocabulary import RecordType

KEY = "best"
STAGE = BEST_CATEGORIES


def read(mapping: Mapping, _context: Context, _record: RecordType | None) -> tuple[int, Node | None]:
    return int_of(mapping, KEY), None
