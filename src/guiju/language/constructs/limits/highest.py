"""`highest: n`: of the items of one family (equal keys), only the n highest; before any class is counted."""

from guiju.language.compile.context import Context
from guiju.language.constructs.limits import KEEP_HIGHEST
from guiju.language.ir import Node
from guiju.source.document import Mapping
from guiju.source.fields import int_of
from guiju.vocabulary import RecordType

KEY = "highest"
STAGE = KEEP_HIGHEST


def read(mapping: Mapping, _context: Context, _record: RecordType | None) -> tuple[int, Node | None]:
    return int_of(mapping, KEY), None
