"""`all_of: [member, …]`: every member holds."""

from guiju.language.compile.reader import ConditionReader
from guiju.language.constructs.conditions import Form
from guiju.source.document import Mapping

KEY = "all_of"
COMPANIONS: tuple[str, ...] = ()


def lower(mapping: Mapping, reader: ConditionReader) -> Form:
    members = reader.members(mapping, KEY)
    return Form(reader.builder.every([m.node for m in members if m.counts]), members)
