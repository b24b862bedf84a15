"""`require: expression`: one test."""

from guiju.language.compile.reader import ConditionReader
from guiju.language.constructs.conditions import Form
from guiju.source.document import Mapping
from guiju.source.fields import as_scalar

KEY = "require"
COMPANIONS: tuple[str, ...] = ()


def lower(mapping: Mapping, reader: ConditionReader) -> Form:
    expression = reader.context.parse(as_scalar(mapping.get(KEY) or mapping, KEY))
    return Form(reader.elaborator.condition(expression), expression=expression)
