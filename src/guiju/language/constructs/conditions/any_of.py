"""`any_of: [member, …]`: one member is enough."""

from guiju.language.compile.reader import ConditionReader
from guiju.language.constructs.conditions import Form
from guiju.source.document import Mapping

KEY = "any_of"
COMPANIONS: tuple[str, ...] = ()


def lower(mapping: Mapping, reader: ConditionReader) -> Form:
    members = reader.members(mapping, KEY)
    return Form(reader.builder.some([reader.available(m) for m in members]), members)
