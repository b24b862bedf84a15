"""`elect: n`: the applicant chooses n items; the best choice is shown."""

from guiju.language.compile.context import Context
from guiju.language.constructs.limits import ELECT
from guiju.language.ir import Node
from guiju.source.document import Mapping
from guiju.source.fields import int_of
from guiju.vocabulary import RecordType

KEY = "elect"
STAGE = ELECT


def read(mapping: Mapping, _context: Context, _record: RecordType | None) -> tuple[int, Node | None]:
    return int_of(mapping, KEY), None
