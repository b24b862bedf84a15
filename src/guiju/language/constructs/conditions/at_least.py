"""`at_least: k` with `of: [member, …]`: k of the members hold."""

from guiju.language.compile.reader import ConditionReader
from guiju.language.constructs.conditions import Form
from guiju.source.diagnostics import fail
from guiju.source.document import Mapping
from guiju.source.fields import int_of

KEY = "at_least"
COMPANIONS = ("of",)


def lower(mapping: Mapping, reader: ConditionReader) -> Form:
    members = reader.members(mapping, "of")
    k = int_of(mapping, KEY)
    if not 1 <= k <= len(members):
        raise fail("E250", mapping.span, f"at_least 是 {k}，但 of 只有 {len(members)} 项",
                   f"at_least is {k} but 'of' has {len(members)}; it must lie between 1 and {len(members)}")
    return Form(reader.builder.at_least(k, [reader.available(m) for m in members]), members, k)
