"""`keep: n`: of the items with equal keys, the n highest."""

from guiju.language.compile.context import Context
from guiju.language.constructs.limits import TOP_PER_CLASS
from guiju.language.ir import Node
from guiju.source.document import Mapping
from guiju.source.fields import int_of
from guiju.vocabulary import RecordType

KEY = "keep"
STAGE = TOP_PER_CLASS


def read(mapping: Mapping, _context: Context, _record: RecordType | None) -> tuple[int, Node | None]:
    return int_of(mapping, KEY), None
