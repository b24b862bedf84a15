"""`none_of: [member, …]`: no member holds."""

from guiju.language.compile.reader import ConditionReader
from guiju.language.constructs.conditions import Form
from guiju.source.document import Mapping

KEY = "none_of"
COMPANIONS: tuple[str, ...] = ()


def lower(mapping: Mapping, reader: ConditionReader) -> Form:
    members = reader.members(mapping, KEY)
    return Form(reader.builder.negate(reader.builder.some([reader.available(m) for m in members])), members)
